//! What the page says of a run: what ran, and what it changed.

use std::collections::HashMap;

use wire::{DiffTotals, RunInfo, RunMode, SnapshotId};

use crate::formats;

/// What ran: a file, or what was typed at the prompt.
pub fn what_ran(run: &RunInfo) -> &str {
    if run.mode == RunMode::Program { run.chunk.as_str() } else { "Prompt" }
}

/// The run as a person knows it: `main.lua: x = 1`.
pub fn title(run: &RunInfo) -> String {
    [what_ran(run), ": ", &run.label].concat()
}

/// What it changed, as it is read aloud: `3 added, 1 file changed`.
pub fn spoken_changes(run: &RunInfo) -> String {
    let values = match &run.changes {
        Some(totals) if *totals != DiffTotals::default() => totals_text(totals),
        _ => home_change(run).to_owned(),
    };
    let files = match run.files_changed {
        0 => String::new(),
        count => [", ", &formats::counted(count.into(), "file"), " changed"].concat(),
    };
    [values, files].concat()
}

/// What it changed, in signs: `+3 −1 ~2 · 1 file`.
pub fn changes(run: &RunInfo) -> String {
    let mut text = String::new();
    match &run.changes {
        Some(totals) if *totals != DiffTotals::default() => text += &signs(totals),
        _ => text += home_change(run),
    }
    if run.files_changed > 0 {
        text += " · ";
        text += &formats::counted(run.files_changed.into(), "file");
    }
    text
}

/// `+3 −1 ~2`; empty where nothing differs.
pub fn signs(totals: &DiffTotals) -> String {
    let counts = [("+", totals.added), ("−", totals.removed), ("~", totals.changed)];
    let shown = counts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<_> = shown.map(|(sign, count)| [sign, &formats::count(count)].concat()).collect();
    parts.join(" ")
}

/// What a run did that left a state: what ran, and what it changed, in signs and as it is read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What ran.
    pub by: String,
    /// What it changed, in signs.
    pub changes: String,
    /// What it changed, as it is read aloud.
    pub spoken: String,
}

/// The runs that made states, by the ids of these. `runs` has the newest first; of several that left the same, the one
/// that made it counts.
pub fn made(runs: &[RunInfo]) -> HashMap<SnapshotId, Made> {
    let makers = runs.iter().filter(|run| run.after != run.before);
    let of = |run: &RunInfo| {
        let made = Made { by: what_ran(run).to_owned(), changes: changes(run), spoken: spoken_changes(run) };
        Some((run.after.clone()?, made))
    };
    makers.filter_map(of).collect()
}

/// What is known of the change where it is not counted, or is none.
fn home_change(run: &RunInfo) -> &'static str {
    match (&run.after, &run.changes) {
        (None, _) => "not saved",
        (after, None) if *after != run.before => "changed",
        _ => "no change",
    }
}

/// `2 added, 1 changed`.
pub fn totals_text(totals: &DiffTotals) -> String {
    let parts: Vec<_> = [(totals.added, "added"), (totals.removed, "removed"), (totals.changed, "changed")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", formats::count(count)))
        .collect();
    if parts.is_empty() { "No difference.".to_owned() } else { parts.join(", ") }
}

#[cfg(test)]
mod tests {
    use wire::SnapshotId;

    use super::*;
    use crate::samples;

    #[test]
    fn totals_name_what_there_is() {
        assert_eq!(totals_text(&DiffTotals::default()), "No difference.");
        assert_eq!(totals_text(&DiffTotals { added: 2, removed: 0, changed: 1204 }), "2 added, 1,204 changed");
    }

    #[test]
    fn changes_are_signs_of_what_there_is() {
        let run = samples::run("1");
        assert_eq!(changes(&run), "no change");
        let totals = DiffTotals { added: 3, removed: 1, changed: 1204 };
        let changed = RunInfo { changes: Some(totals), files_changed: 2, ..run.clone() };
        assert_eq!(changes(&changed), "+3 −1 ~1,204 · 2 files");
        assert_eq!(spoken_changes(&changed), "3 added, 1 removed, 1,204 changed, 2 files changed");
        let uncounted = RunInfo { changes: None, after: Some(SnapshotId("b".into())), ..run.clone() };
        assert_eq!(changes(&uncounted), "changed");
        assert_eq!(changes(&RunInfo { after: None, ..uncounted }), "not saved");
        assert_eq!(title(&RunInfo { mode: RunMode::Console, ..run }), "Prompt: x = 1");
    }

    #[test]
    fn a_state_is_of_the_run_that_made_it() {
        let id = |text: &str| Some(SnapshotId(text.to_owned()));
        let totals = Some(DiffTotals { added: 1, removed: 0, changed: 0 });
        let maker = RunInfo { before: id("a"), after: id("b"), changes: totals, ..samples::run("1") };
        let same = RunInfo { before: id("b"), after: id("b"), mode: RunMode::Console, ..samples::run("2") };
        let unsaved = RunInfo { before: id("b"), after: None, ..samples::run("3") };
        let made = made(&[unsaved, same, maker]);
        assert_eq!(made.len(), 1);
        let of = &made[&SnapshotId("b".to_owned())];
        assert_eq!((of.by.as_str(), of.changes.as_str(), of.spoken.as_str()), ("main.lua", "+1", "1 added"));
    }
}
