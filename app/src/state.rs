//! What the page knows of the worker and of `_home`, as signals to read. Written in `apply` alone,
//! but for [`State::clear_console`], [`State::keep_lines`], [`State::input_answered`], [`State::input_refused`],
//! [`State::snapshot_refused`] and [`State::forget_unsaved`].

mod apply;
mod archive;

use leptos::prelude::*;
use wire::{Access, Fault, History, MissingGlobal, Omission, Progress, RequestId, RunMode, SnapshotInfo, SnapshotKind};

use crate::{
    console_buffer::{Body, ConsoleBuffer, Severity},
    formats,
};

/// What the worker is at, or how its last run ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// The worker is not up yet.
    Starting,
    /// The last run, if any, went well.
    Ready,
    /// A run is under way.
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

/// What the last run used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// How long it took.
    pub elapsed_millis: f64,
    /// What Lua held after it.
    pub memory_bytes: u64,
}

/// A line of the program to be marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorMark {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
}

/// All of it.
#[derive(Clone, Copy)]
pub struct State {
    status: RwSignal<Status>,
    detail: RwSignal<Option<String>>,
    saved: RwSignal<Saved>,
    is_saving: RwSignal<bool>,
    awaits_input: RwSignal<bool>,
    usage: RwSignal<Option<Usage>>,
    console: RwSignal<ConsoleBuffer>,
    error_mark: RwSignal<Option<ErrorMark>>,
    snapshots: RwSignal<Vec<SnapshotInfo>>,
    snapshot_problem: RwSignal<Option<String>>,
    history: RwSignal<History>,
    access: RwSignal<Access>,
    progress: RwSignal<Option<(RequestId, Progress)>>,
    missing_globals: RwSignal<Vec<MissingGlobal>>,
    unsaved: RwSignal<Option<Fault>>,
    home_revision: RwSignal<u32>,
    /// What runs, or ran last.
    run: StoredValue<Option<(RequestId, RunMode)>>,
    /// What was asked of the snapshots last.
    snapshot_request: StoredValue<Option<RequestId>>,
}

impl State {
    /// A page that has just been opened, whose console keeps so many lines.
    pub fn new(console_lines: usize) -> Self {
        State {
            status: RwSignal::new(Status::Starting),
            detail: RwSignal::new(None),
            saved: RwSignal::new(Saved::Nothing),
            is_saving: RwSignal::new(false),
            awaits_input: RwSignal::new(false),
            usage: RwSignal::new(None),
            console: RwSignal::new(ConsoleBuffer::new(console_lines)),
            error_mark: RwSignal::new(None),
            snapshots: RwSignal::default(),
            snapshot_problem: RwSignal::new(None),
            history: RwSignal::default(),
            access: RwSignal::default(),
            progress: RwSignal::new(None),
            missing_globals: RwSignal::default(),
            unsaved: RwSignal::new(None),
            home_revision: RwSignal::new(0),
            run: StoredValue::new(None),
            snapshot_request: StoredValue::new(None),
        }
    }

    /// What the worker is at.
    pub fn status(self) -> Signal<Status> {
        self.status.into()
    }

    /// Whether a run is under way.
    pub fn is_running(self) -> Signal<bool> {
        Signal::derive(move || matches!(self.status.get(), Status::Running { .. }))
    }

    /// What there is to say about the status.
    pub fn detail(self) -> Signal<Option<String>> {
        self.detail.into()
    }

    /// Whether `_home` is safe.
    pub fn saved(self) -> Signal<Saved> {
        self.saved.into()
    }

    /// Whether the state after the last run is still on its way to the disk.
    pub fn is_saving(self) -> Signal<bool> {
        self.is_saving.into()
    }

    /// Whether the program waits for a line.
    pub fn awaits_input(self) -> Signal<bool> {
        self.awaits_input.into()
    }

    /// What the last save had to leave out.
    pub fn omissions(self) -> Signal<Vec<Omission>> {
        Signal::derive(move || match self.saved.get() {
            Saved::As(snapshot) => snapshot.omissions,
            _ => Vec::new(),
        })
    }

    /// What the last run used.
    pub fn usage(self) -> Signal<Option<Usage>> {
        self.usage.into()
    }

    /// What the console holds.
    pub fn console(self) -> Signal<ConsoleBuffer> {
        self.console.into()
    }

    /// The line that the last run failed in.
    pub fn error_mark(self) -> Signal<Option<ErrorMark>> {
        self.error_mark.into()
    }

    /// All snapshots, the newest first.
    pub fn snapshots(self) -> Signal<Vec<SnapshotInfo>> {
        self.snapshots.into()
    }

    /// Why the last thing asked of the snapshots did not work.
    pub fn snapshot_problem(self) -> Signal<Option<String>> {
        self.snapshot_problem.into()
    }

    /// Where in history `_home` is.
    pub fn history(self) -> Signal<History> {
        self.history.into()
    }

    /// Which tab saves.
    pub fn access(self) -> Signal<Access> {
        self.access.into()
    }

    /// Whether this tab is the one that saves.
    pub fn is_writer(self) -> Signal<bool> {
        Signal::derive(move || self.access.get() == Access::Writer)
    }

    /// How far work has come that takes its time.
    pub fn progress(self) -> Signal<Option<Progress>> {
        Signal::derive(move || self.progress.get().map(|(_, progress)| progress))
    }

    /// Globals that functions in `_home` use, and that are not saved with them.
    pub fn missing_globals(self) -> Signal<Vec<MissingGlobal>> {
        self.missing_globals.into()
    }

    /// Why the storage did not take the last save, though `_home` is fine.
    pub fn unsaved(self) -> Signal<Option<Fault>> {
        self.unsaved.into()
    }

    /// Grows whenever `_home` may be another than before.
    pub fn home_revision(self) -> Signal<u32> {
        self.home_revision.into()
    }

    /// The program got the line that it waited for.
    pub fn input_answered(self, line: Option<String>) {
        self.awaits_input.set(false);
        if let Some(line) = line {
            self.console.update(|console| console.push(Body::Input(line.into())));
        }
    }

    /// A program did not run, since its input is no JSON for this reason.
    pub fn input_refused(self, problem: &str) {
        self.status.set(Status::Failed);
        self.detail.set(Some("the input is not JSON".to_owned()));
        self.note(Severity::Error, format!("The program did not run, since its input is not JSON: {problem}."));
    }

    /// Something that was asked of the snapshots did not work.
    pub fn snapshot_refused(self, reason: String) {
        self.snapshot_problem.set(Some(reason));
    }

    /// The person knows of what was not saved.
    pub fn forget_unsaved(self) {
        self.unsaved.set(None);
    }

    /// Has the console keep so many lines.
    pub fn keep_lines(self, line_limit: usize) {
        self.console.update(|console| console.keep_lines(line_limit));
    }

    /// Empties the console.
    pub fn clear_console(self) {
        self.console.update(ConsoleBuffer::clear);
    }
}

/// A snapshot as a person knows it: `“before the party”`, `the checkpoint of 14:02`.
pub fn title(snapshot: &SnapshotInfo) -> String {
    match snapshot.kind {
        SnapshotKind::Checkpoint { .. } => {
            format!("the checkpoint of {}", formats::moment(snapshot.created_millis))
        }
        _ => format!("“{}”", snapshot.kind.name()),
    }
}

/// What a function will miss, in a sentence.
pub fn missing_global(missing: &MissingGlobal) -> String {
    format!("{} uses the global “{}”, which is not in _home", missing.path, missing.name)
}
