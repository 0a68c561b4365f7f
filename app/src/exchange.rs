//! What goes into a program as `_io.input`: a JSON text that the person writes, kept for the next visit.

use js_sys::JSON;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{kept_text::KeptText, preferences::Preference};

/// The longest text that is kept, in bytes: the browser stores only a few megabytes for a page.
const MAX_KEPT: usize = 1 << 20;

/// The input of the runs to come; copies are the same.
#[derive(Clone, Copy)]
pub struct ProgramInput {
    /// The text; blank is no input.
    pub text: RwSignal<String>,
    problem: Memo<Option<String>>,
    kept: KeptText,
}

impl ProgramInput {
    /// The text that was kept.
    pub fn restore() -> Self {
        let (kept, text) = KeptText::open(Preference::Input, Preference::InputsAside, MAX_KEPT, "");
        let text = RwSignal::new(text);
        kept.connect(move || text.get_untracked(), move |other| text.set(other.to_owned()));
        Effect::watch(move || text.track(), move |_, _, _| kept.changed(), false);
        ProgramInput { text, kept, problem: Memo::new(move |_| text.with(|text| problem_of(text))) }
    }

    /// How the text is kept.
    pub fn kept(self) -> KeptText {
        self.kept
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
