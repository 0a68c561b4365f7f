//! What goes into a program as `_io.input`: a JSON text that the person writes, remembered for the next visit.

use leptos::prelude::*;
use serde::de::IgnoredAny;

use crate::preferences::Preference;

/// The longest text that is remembered, in bytes: the browser keeps only a few megabytes for a page.
const LONGEST_REMEMBERED: usize = 1 << 20;

/// The input of the runs to come; copies are the same.
#[derive(Clone, Copy)]
pub struct ProgramInput {
    /// The text; blank is no input.
    pub text: RwSignal<String>,
    problem: Memo<Option<JsonProblem>>,
}

/// Why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonProblem {
    /// The line, from 1.
    pub line: usize,
    /// The column, in bytes from 1.
    pub column: usize,
    /// What is wrong there.
    pub reason: String,
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
    pub fn problem(self) -> Signal<Option<JsonProblem>> {
        self.problem.into()
    }
}

/// What is wrong with a JSON text. A blank one is fine.
fn problem_of(text: &str) -> Option<JsonProblem> {
    if text.trim().is_empty() {
        return None;
    }
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = error.to_string().trim_end_matches(&place).to_owned();
    Some(JsonProblem { line: error.line(), column: error.column(), reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_an_error_is_told() {
        assert_eq!(problem_of(" \n"), None);
        assert_eq!(problem_of("{\"a\": [1, 2.5e3, null, \"é\"]}"), None);
        let cases =
            [("{\n  \"a\": x\n}", (2, 8)), ("[1,\n2", (2, 1)), ("[1,]", (1, 4)), ("{} 1", (1, 4)), ("'a'", (1, 1))];
        for (text, place) in cases {
            let problem = problem_of(text);
            assert_eq!(
                problem.as_ref().map(|problem| (problem.line, problem.column)),
                Some(place),
                "{text}: {problem:?}"
            );
            assert!(problem.is_some_and(|problem| !problem.reason.contains(" at line ")), "{text}");
        }
    }
}
