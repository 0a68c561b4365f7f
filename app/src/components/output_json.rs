//! `_io.output` as JSON.

use leptos::prelude::*;

use crate::{formats, session::Session};

/// The most characters that are shown; a copy and a file hold all.
const MAX_SHOWN_CHARACTERS: usize = 100_000;

/// The JSON of what comes out of programs.
#[component]
pub fn OutputJson() -> impl IntoView {
    let session = Session::expect();
    let text = RwSignal::new(String::new());
    let pending = StoredValue::new_local(None);
    Effect::new(move || {
        session.state.home_revision().track();
        pending.set_value(Some(session.with_output_json(move |answer| {
            text.try_set(match answer {
                Ok(output) => {
                    let left_out = (output.omission_count > 0)
                        .then(|| format!("\n… {} not in it", formats::counted(output.omission_count, "value")));
                    shown(output.text) + &left_out.unwrap_or_default()
                }
                Err(error) => error.to_string(),
            });
        })));
    });
    view! { <pre class="in-out-json" tabindex="0" aria-label="Output as JSON">{text}</pre> }
}

fn shown(json: String) -> String {
    match json.char_indices().nth(MAX_SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}\n… more: copy or download it", &json[..end]),
        None => json,
    }
}
