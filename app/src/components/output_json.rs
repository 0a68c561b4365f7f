//! `_io.output` as JSON.

use leptos::prelude::*;

use crate::session::Session;

/// The most characters that are shown; a copy and a file hold all.
const MOST_SHOWN: usize = 100_000;

/// The JSON of what comes out of programs.
#[component]
pub fn OutputJson() -> impl IntoView {
    let session = Session::expect();
    let text = RwSignal::new(String::new());
    Effect::new(move || {
        session.state.home_revision().track();
        session.with_output_json(move |json| {
            text.try_set(shown(json));
        });
    });
    view! { <pre class="io-json" tabindex="0" aria-label="Output as JSON">{text}</pre> }
}

fn shown(json: String) -> String {
    match json.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}\n… more: copy or download it", &json[..end]),
        None => json,
    }
}
