//! Where a person writes what programs get as `_io.input`.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::{
    icon::{Icon, icon},
    icon_button::IconButton,
};
use crate::{files, session::Session, state::StateEvent};

/// What goes into programs.
#[component]
pub fn Input(
    /// The field with the text.
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let session = Session::expect();
    let input = session.input;
    let (text, problem) = (input.text, input.problem());
    let file = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(file) = file.get_untracked() {
            file.click();
        }
    };
    view! {
        <div class="in-out-part" role="group" aria-label="Program input">
            <div class="pane-head">
                <h2 class="pane-title is-code">"_io.input"</h2>
                <input node_ref=file class="in-out-file" type="file" accept=".json,application/json" aria-label="JSON file" tabindex="-1" on:change=move |event| load(session, event)/>
                <button type="button" class="button is-small" on:click=choose>{icon(Icon::File)} "Load file"</button>
                <IconButton icon=Icon::CircleSlash name="Clear" is_enabled=Signal::derive(move || !text.with(String::is_empty)) act=move |()| text.set(String::new())/>
            </div>
            <textarea
                node_ref=node_ref
                class="in-out-text"
                aria-label="Input as JSON"
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby="in-out-problem"
                spellcheck="false"
                autocapitalize="off"
                placeholder="JSON that the next run finds in _io.input"
                bind:value=text
            ></textarea>
            <p class="in-out-problem" id="in-out-problem" role="status">{move || problem.get().map(problem_text)}</p>
        </div>
    }
}

fn problem_text(problem: String) -> String {
    format!("Not JSON, {problem}. A program runs once this is right.")
}

/// Puts the text of a chosen file into the field.
fn load(session: Session, event: ev::Event) {
    let Some(chooser) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let Some(file) = chooser.files().and_then(|files| files.get(0)) else { return };
    // So that choosing the same file again is a change again.
    chooser.set_value("");
    spawn_local(async move {
        let read = files::read_text(&file).await;
        match read {
            Ok(text) => session.input.text.set(text),
            Err(error) => session.state.apply(StateEvent::Refused(format!("The input is unchanged: {error}."))),
        }
    });
}
