//! What the page knows of the worker and of `_home`, as signals to read. Written in `apply` alone,
//! but for [`State::clear_console`], [`State::keep_lines`] and [`State::input_answered`].

mod apply;

use leptos::prelude::*;
use wire::{Omission, RequestId, RunMode, SnapshotInfo};

use crate::{
    console_buffer::{Body, ConsoleBuffer},
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

    /// Has the console keep so many lines.
    pub fn keep_lines(self, line_limit: usize) {
        self.console.update(|console| console.keep_lines(line_limit));
    }

    /// Empties the console.
    pub fn clear_console(self) {
        self.console.update(ConsoleBuffer::clear);
    }
}

/// A snapshot as a person knows it: `"before the party"`, `the checkpoint of 14:02`.
pub fn title(snapshot: &SnapshotInfo) -> String {
    match &snapshot.kind {
        wire::SnapshotKind::Named { name } | wire::SnapshotKind::Imported { name } => format!("“{name}”"),
        wire::SnapshotKind::Checkpoint { .. } => {
            format!("the checkpoint of {}", formats::moment(snapshot.created_millis))
        }
    }
}
