//! What programs leave in `_io.output`, as a tree and as JSON.

use leptos::prelude::*;
use wire::Subject;

use super::{
    copy_button::CopyButton,
    example_button::ExampleButton,
    icon::Icon,
    icon_button::IconButton,
    output_json::OutputJson,
    tree::{Tree, ask_all},
};
use crate::{
    examples::Example,
    session::Session,
    tree::{Origin, TreeModel},
};

/// What comes out of programs.
#[component]
pub fn Output() -> impl IntoView {
    let session = Session::expect();
    let is_json = RwSignal::new(false);
    let model = RwSignal::new(TreeModel::default());
    view! {
        <div class="in-out-part" role="group" aria-label="Program output">
            <div class="pane-head">
                <h2 class="pane-title is-code">"_io.output"</h2>
                <button type="button" class="button is-small" aria-pressed=move || is_json.get().to_string() on:click=move |_| is_json.update(|is_json| *is_json = !*is_json)>"JSON"</button>
                <CopyButton class="button is-small" copy=move |on_copied| session.copy_output(on_copied)/>
                <IconButton icon=Icon::Download name="Download" act=move |()| session.download_output()/>
            </div>
            <div class="in-out-output">
                <Show when=move || is_json.get() fallback=move || view! { <OutputTree model/> }>
                    <OutputJson/>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn OutputTree(
    /// What of it is open.
    model: RwSignal<TreeModel>,
) -> impl IntoView {
    let session = Session::expect();
    let is_nil = RwSignal::new(true);
    Effect::new(move || {
        session.state.home_revision().track();
        session.with_output(move |value| {
            // The tree may have left the page before the answer came.
            is_nil.try_set(value.text == "nil");
            let queries = model.try_update(|model| model.show(value));
            ask_all(session, &Origin::Values(Subject::Output), model, queries.unwrap_or_default());
        });
    });
    view! {
        <Show
            when=move || !is_nil.get()
            fallback=|| view! {
                <div class="empty">
                    <p>"What a program puts into " <code>"_io.output"</code> " is shown here."</p>
                    <ExampleButton example=Example::Input/>
                </div>
            }
        >
            <Tree name="_io.output" origin=Origin::Values(Subject::Output) model/>
        </Show>
    }
}
