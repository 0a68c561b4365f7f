//! What goes into a program as `_io.input`: a JSON text that the person writes, remembered for the next visit.

use js_sys::JSON;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::preferences::Preference;

/// The longest text that is remembered, in bytes: the browser keeps only a few megabytes for a page.
const LONGEST_REMEMBERED: usize = 1 << 20;

/// The input of the runs to come; copies are the same.
#[derive(Clone, Copy)]
pub struct ProgramInput {
    /// The text; blank is no input.
    pub text: RwSignal<String>,
    problem: Memo<Option<String>>,
}

impl ProgramInput {
    /// The remembered text.
    pub fn restore() -> Self {
        let text = RwSignal::new(Preference::Input.load::<String>().unwrap_or_default());
        let remember = |text: &String| {
            let kept = if text.len() <= LONGEST_REMEMBERED { text.as_str() } else { "" };
            Preference::Input.save(&kept);
        };
        Effect::watch(move || text.get(), move |text, _, _| remember(text), false);
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
