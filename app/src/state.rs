//! What the page knows of the worker and of `_home`, as signals to read. [`State::apply`] is the only writer.

mod apply;
mod cells;
mod history;
mod journal;
mod run;

use std::sync::Arc;

use leptos::prelude::*;
use wire::{
    Access, Fault, HistoryPosition, MissingGlobal, Progress, RequestId, RunId, RunList, SnapshotId, SnapshotInfo,
    SnapshotKind, SourceLocation,
};

use self::cells::{Cells, Signals};
pub use self::journal::Journal;
use crate::{client::ClientEvent, console_buffer::ConsoleBuffer, formats, rpc::CallError};

/// What the worker is at, or how its last run ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// The worker is not up yet.
    Starting,
    /// The last run, if any, went well.
    Ready,
    /// A run was asked for and has not begun, since the worker is busy with something else.
    Queued,
    /// A program is running.
    Running {
        /// Since when, in milliseconds since 1970.
        since_millis: f64,
    },
    /// The last run was stopped.
    Stopped,
    /// The last run failed, or the worker did.
    Failed,
}

/// Whether `_home` is safe.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// Nothing was saved yet.
    Nothing,
    /// As this snapshot.
    As(SnapshotInfo),
    /// The last save failed, for this reason.
    Failed(String),
}

impl Saved {
    /// The snapshot that `_home` is saved as.
    pub fn snapshot(&self) -> Option<&SnapshotInfo> {
        match self {
            Saved::As(snapshot) => Some(snapshot),
            Saved::Nothing | Saved::Failed(_) => None,
        }
    }
}

/// What the last run used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// How long it took.
    pub elapsed_millis: f64,
    /// What Lua held after it.
    pub memory_bytes: u64,
}

/// A line of a file to be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorMark {
    /// Where it is.
    pub location: SourceLocation,
    /// What is wrong there.
    pub message: String,
}

/// What happens to the state.
#[derive(Clone, Debug)]
pub enum StateEvent {
    /// The client reports something.
    Client(Box<ClientEvent>),
    /// The program got the line that it waited for; `None`: there is none to come.
    InputAnswered(Option<String>),
    /// A program did not run, since its input is no JSON for this reason.
    InputRefused(String),
    /// The worker could not change the snapshots.
    SnapshotsFailed(CallError),
    /// Something else that was asked of the snapshots did not work, for this reason.
    SnapshotRefused(String),
    /// Something else that the person asked for did not work, for this reason.
    Refused(String),
    /// What a dry run did was made real, as this says.
    TrialKept(String),
    /// The person knows of what was not saved, or saved it under a name.
    UnsavedDismissed,
    /// The number of lines that the console keeps has changed.
    LineLimitChosen(usize),
    /// The person emptied the console.
    ConsoleCleared,
    /// The newest runs were listed.
    RunsListed(RunList),
    /// Older runs than those known were listed.
    OlderRunsListed(RunList),
    /// A run was forgotten; `None`: all were.
    RunsForgotten(Option<RunId>),
    /// The prompt took back what was only the beginning of a statement.
    UnfinishedTaken,
}

impl From<ClientEvent> for StateEvent {
    fn from(event: ClientEvent) -> Self {
        StateEvent::Client(Box::new(event))
    }
}

/// Where the state gets the time from.
#[derive(Clone, Copy)]
pub struct Clock {
    /// The present, in milliseconds since 1970.
    pub now_millis: fn() -> f64,
    /// A point in time as a person reads it.
    pub moment: fn(f64) -> String,
}

impl Clock {
    /// The clock of the browser, in the time zone of the person.
    pub fn of_browser() -> Self {
        Clock { now_millis: js_sys::Date::now, moment: formats::moment }
    }
}

/// Everything the page knows, as signals. These are made once, with the state: reading makes none.
#[derive(Clone, Copy)]
pub struct State(StoredValue<(Cells, Signals)>);

impl State {
    /// A page that was just opened, whose console keeps `console_lines` lines.
    pub fn new(console_lines: usize, clock: Clock) -> Self {
        let cells = Cells::new(console_lines, clock);
        State(StoredValue::new((cells, Signals::of(cells))))
    }

    /// Takes what happened.
    pub fn apply(self, event: impl Into<StateEvent>) {
        // A copy, so that nothing is locked while whoever watches a signal reads others.
        let cells = self.0.with_value(|(cells, _)| *cells);
        cells.apply(event.into());
    }

    fn signals(self) -> Signals {
        self.0.with_value(|(_, signals)| *signals)
    }

    /// What the worker is at.
    pub fn status(self) -> Signal<Status> {
        self.signals().status
    }

    /// Whether a run is under way, or waits to begin.
    pub fn is_running(self) -> Signal<bool> {
        self.signals().is_running
    }

    /// What there is to say about the status.
    pub fn detail(self) -> Signal<Option<String>> {
        self.signals().detail
    }

    /// Whether `_home` is safe.
    pub fn saved(self) -> Signal<Saved> {
        self.signals().saved
    }

    /// Whether the state after the last run is still on its way to the disk.
    pub fn is_saving(self) -> Signal<bool> {
        self.signals().is_saving
    }

    /// Whether the program waits for a line.
    pub fn awaits_input(self) -> Signal<bool> {
        self.signals().awaits_input
    }

    /// What was typed at the prompt and is only the beginning of a statement, until the prompt takes it back.
    pub fn unfinished(self) -> Signal<Option<Arc<str>>> {
        self.signals().unfinished
    }

    /// What the last run used.
    pub fn usage(self) -> Signal<Option<Usage>> {
        self.signals().usage
    }

    /// What the console holds.
    pub fn console(self) -> Signal<ConsoleBuffer> {
        self.signals().console
    }

    /// The line that the last run failed in.
    pub fn error_mark(self) -> Signal<Option<ErrorMark>> {
        self.signals().error_mark
    }

    /// All snapshots, the newest first.
    pub fn snapshots(self) -> Signal<Vec<SnapshotInfo>> {
        self.signals().snapshots
    }

    /// The snapshot with this id, if there is an id and the snapshot is kept. Does not track it.
    pub fn find_snapshot(self, id: Option<&SnapshotId>) -> Option<SnapshotInfo> {
        self.snapshots().with_untracked(|all| all.iter().find(|snapshot| Some(&snapshot.id) == id).cloned())
    }

    /// What is known of the journal of runs.
    pub fn journal(self) -> Signal<Journal> {
        self.signals().journal
    }

    /// Why the last thing asked of the snapshots did not work.
    pub fn snapshot_problem(self) -> Signal<Option<String>> {
        self.signals().snapshot_problem
    }

    /// Where in history `_home` is.
    pub fn history(self) -> Signal<HistoryPosition> {
        self.signals().history
    }

    /// Whether `_home` is as in this snapshot: a new worker would restore it. Tracks it.
    pub fn is_head(self, id: &SnapshotId) -> bool {
        self.history().with(|history| history.head.as_ref() == Some(id))
    }

    /// Which tab saves.
    pub fn access(self) -> Signal<Access> {
        self.signals().access
    }

    /// Whether this tab is the one that saves.
    pub fn is_writer(self) -> Signal<bool> {
        self.signals().is_writer
    }

    /// Whether what is stored can be changed now: by this tab, and while nothing runs.
    pub fn may_write(self) -> Signal<bool> {
        self.signals().may_write
    }

    /// Whether a run can be undone now.
    pub fn can_undo(self) -> Signal<bool> {
        self.signals().can_undo
    }

    /// Whether an undone run can be brought back now.
    pub fn can_redo(self) -> Signal<bool> {
        self.signals().can_redo
    }

    /// How far long work has come, and on which request.
    pub fn progress(self) -> Signal<Option<(RequestId, Progress)>> {
        self.signals().progress
    }

    /// Globals that functions in `_home` use, and that are not saved with them.
    pub fn missing_globals(self) -> Signal<Vec<MissingGlobal>> {
        self.signals().missing_globals
    }

    /// Why the storage did not take the last save, though `_home` is fine.
    pub fn unsaved(self) -> Signal<Option<Fault>> {
        self.signals().unsaved
    }

    /// Grows whenever `_home` may be another than before.
    pub fn home_revision(self) -> Signal<u32> {
        self.signals().home_revision
    }

    /// Grows whenever a worker has opened `_home`: what an earlier one did not answer can be asked again.
    pub fn openings(self) -> Signal<u32> {
        self.signals().openings
    }
}

/// A snapshot as a person knows it: `“before the party”`, `the checkpoint of 14:02`.
pub fn title(snapshot: &SnapshotInfo) -> String {
    title_of(&snapshot.kind, snapshot.created_millis, formats::moment)
}

/// The title of a snapshot of this kind that was saved then; `moment` says when that was.
pub fn title_of(kind: &SnapshotKind, created_millis: f64, moment: fn(f64) -> String) -> String {
    match kind {
        SnapshotKind::Checkpoint { .. } => format!("the checkpoint of {}", moment(created_millis)),
        _ => format!("“{}”", kind.name()),
    }
}

/// What a function will miss, in a sentence.
pub fn missing_global(missing: &MissingGlobal) -> String {
    format!("{} uses the global “{}”, which is not in _home", missing.path, missing.name)
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
