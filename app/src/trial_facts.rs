//! What came of a trial, in a line.

use wire::{Ending, Stream};

use crate::{ghost::Trial, run_facts};

/// What a line of the prompt would give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What it returns: `42, "a"`.
    pub returned: String,
    /// The first line that it prints.
    pub printed: String,
    /// How it changes `_home`, in signs: `+1 ~2`.
    pub changes: String,
    /// The same, as it is read aloud.
    pub spoken_changes: String,
}

impl Preview {
    /// `None` where there is nothing to show: the line fails, does not end, or comes to nothing.
    pub fn of(trial: &Trial) -> Option<Preview> {
        let Ending::Returned(values) = &trial.info.ending else { return None };
        // It warns, or needs a line of the console.
        if trial.output.iter().any(|output| output.stream == Stream::Err) {
            return None;
        }
        let printed: String = trial.output.iter().map(|output| output.text.as_str()).collect();
        let changes = trial.info.changes.as_ref().map(run_facts::signs).unwrap_or_default();
        let spoken_changes = if changes.is_empty() { String::new() } else { run_facts::spoken_changes(&trial.info) };
        let preview = Preview {
            returned: values.join(", "),
            printed: printed.lines().next().unwrap_or_default().to_owned(),
            changes,
            spoken_changes,
        };
        (preview != Preview::default()).then_some(preview)
    }
}

#[cfg(test)]
mod tests {
    use wire::{DiffTotals, Output, RunInfo};

    use super::*;
    use crate::samples;

    fn trial(ending: Ending, changes: DiffTotals, output: &[(Stream, &str)]) -> Trial {
        let info = RunInfo { ending, changes: Some(changes), ..samples::run("1") };
        let output =
            output.iter().map(|(stream, text)| Output { stream: *stream, dropped_lines: 0, text: (*text).to_owned() });
        Trial { info, output: output.collect(), files: Vec::new() }
    }

    fn returned(values: &[&str]) -> Ending {
        Ending::Returned(values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn a_preview_has_values_the_first_printed_line_and_changes() {
        let changes = DiffTotals { added: 1, removed: 0, changed: 2 };
        let preview = Preview::of(&trial(returned(&["42", "\"a\""]), changes, &[(Stream::Out, "one\ntwo\n")]));
        let expected = Preview {
            returned: "42, \"a\"".to_owned(),
            printed: "one".to_owned(),
            changes: "+1 ~2".to_owned(),
            spoken_changes: "1 added, 2 changed".to_owned(),
        };
        assert_eq!(preview, Some(expected));
    }

    #[test]
    fn what_fails_warns_or_comes_to_nothing_has_none() {
        let none = DiffTotals::default();
        assert_eq!(Preview::of(&trial(returned(&[]), none, &[])), None);
        assert_eq!(Preview::of(&trial(returned(&["1"]), none, &[(Stream::Err, "io.read returns nil")])), None);
        let failed = Ending::Failed { message: "no".to_owned(), location: None };
        assert_eq!(Preview::of(&trial(failed, none, &[])), None);
        assert_eq!(Preview::of(&trial(Ending::Stopped, none, &[])), None);
    }
}
