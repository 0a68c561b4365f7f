//! What goes into a program as `_io.input`: a JSON text that the person writes, kept for the next visit.

use js_sys::JSON;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{documents::Documents, workspace::Workspace};

/// The input of the runs to come; copies are the same.
#[derive(Clone, Copy)]
pub struct ProgramInput {
    /// The text; blank is no input.
    pub text: RwSignal<String>,
    problem: Memo<Option<String>>,
}

impl ProgramInput {
    /// The text that was kept, as soon as it is there.
    pub fn restore(documents: Documents) -> Self {
        let id = Workspace::INPUT_ID;
        let text = RwSignal::new(String::new());
        documents.connect(
            move |other| (other == id).then(|| text.get_untracked()),
            move |other, new| {
                if other == id {
                    text.set(new.to_owned());
                }
            },
        );
        documents.when_open(move || {
            let kept = documents.text(id).unwrap_or_default();
            if text.with_untracked(String::is_empty) && !kept.is_empty() {
                text.set(kept);
            }
        });
        Effect::watch(move || text.track(), move |_, _, _| documents.changed(id), false);
        ProgramInput { text, problem: Memo::new(move |_| text.with(|text| problem_of(text))) }
    }

    /// What is wrong with the text, if something is.
    pub fn problem(self) -> Memo<Option<String>> {
        self.problem
    }
}

/// What is wrong with a JSON text, in the browser's words. A blank one is fine.
fn problem_of(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let error = JSON::parse(text).err()?;
    let message = error.dyn_into::<js_sys::Error>().ok()?.message();
    Some(String::from(message).trim_start_matches("JSON.parse: ").to_owned())
}
