//! Puts an example into the editor, and its input where programs find it.

use leptos::prelude::*;

use crate::{
    program::Example,
    session::{Pane, Session},
};

/// A button for an example.
#[component]
pub fn ExampleButton(
    /// Which one.
    example: Example,
) -> impl IntoView {
    let session = Session::expect();
    let (program, input) = (session.program, session.input.text);
    let put_example = move || {
        program.set_text(example.program());
        if let Some(json) = example.input() {
            input.set(json.to_owned());
        }
        session.focus(Pane::Editor);
    };
    let on_click = move |_| {
        let is_own = |text: &str, part: fn(Example) -> Option<&'static str>| {
            !text.trim().is_empty() && Example::ALL.into_iter().all(|example| part(example) != Some(text))
        };
        let has_program = is_own(&program.text(), |example| Some(example.program()));
        let has_input = example.input().is_some() && input.with_untracked(|text| is_own(text, Example::input));
        let what = match (has_program, has_input) {
            (false, false) => return put_example(),
            (true, false) => "the program",
            (false, true) => "the input",
            (true, true) => "the program and the input",
        };
        let question = format!("Replace {what} with the example?");
        session.dialogs.confirm(question, "Undo in the editor brings your program back.", "Replace", put_example);
    };
    view! { <button type="button" class="button is-outlined" on:click=on_click>"Show me an example"</button> }
}
