//! Puts an example into the editor, and its input where programs find it.

use leptos::prelude::*;

use crate::{
    documents::new_name,
    examples::Example,
    session::{Pane, Session},
    workspace::Workspace,
};

/// A button for an example.
#[component]
pub fn ExampleButton(
    /// Which one.
    example: Example,
) -> impl IntoView {
    let session = Session::expect();
    let (program, input) = (session.program, session.input.text);
    let put_example = move |has_input: bool| {
        program.set_text(example.program());
        if let Some(json) = example.input() {
            if has_input {
                // As if another tab had typed it, so that the person is told about it.
                let text = Some(input.get_untracked());
                session.documents.decide(Workspace::INPUT_ID, |document| document.asides.want(new_name(), text));
            }
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
        match question(has_program, has_input) {
            Some((title, text)) => {
                session.dialogs.confirm(title.to_owned(), text, "Replace", move || put_example(has_input))
            }
            None => put_example(false),
        }
    };
    view! { <button type="button" class="button is-outlined" on:click=on_click>"Show me an example"</button> }
}

/// What is asked before something of the person's own is replaced, and how it comes back.
fn question(has_program: bool, has_input: bool) -> Option<(&'static str, &'static str)> {
    match (has_program, has_input) {
        (false, false) => None,
        (true, false) => {
            Some(("Replace the program with the example?", "Undo in the editor brings your program back."))
        }
        (false, true) => Some((
            "Replace the input with the example?",
            "Your input is kept beside it, and a message above the panes offers to bring it back.",
        )),
        (true, true) => Some((
            "Replace the program and the input with the example?",
            "Undo in the editor brings your program back. Your input is kept beside the example, and a message above the \
             panes offers to bring it back.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_come_back_does() {
        assert_eq!(question(false, false), None);
        for (has_program, has_input) in [(true, false), (false, true), (true, true)] {
            let (title, text) = question(has_program, has_input).expect("something of the person's own is replaced");
            // Undo is the editor's: it brings no input back.
            assert_eq!(text.contains("Undo in the editor"), has_program);
            assert_eq!(text.contains("Your input is kept"), has_input);
            assert_eq!((title.contains("program"), title.contains("input")), (has_program, has_input));
        }
    }
}
