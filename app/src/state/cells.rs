//! What the state is written to, and the signals that it is read from.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{Access, Fault, HistoryPosition, MissingGlobal, Progress, RequestId, RunMode, SnapshotInfo};

use super::{Clock, ErrorMark, Journal, Saved, Status, Usage};
use crate::console_buffer::ConsoleBuffer;

/// What the state is written to; only what is in this folder does that.
#[derive(Clone, Copy)]
pub(super) struct Cells {
    pub status: RwSignal<Status>,
    pub detail: RwSignal<Option<String>>,
    pub saved: RwSignal<Saved>,
    pub awaits_input: RwSignal<bool>,
    pub unfinished: RwSignal<Option<Arc<str>>>,
    pub usage: RwSignal<Option<Usage>>,
    pub console: RwSignal<ConsoleBuffer>,
    pub error_mark: RwSignal<Option<ErrorMark>>,
    pub snapshots: RwSignal<Vec<SnapshotInfo>>,
    pub journal: RwSignal<Journal>,
    pub snapshot_problem: RwSignal<Option<String>>,
    pub history: RwSignal<HistoryPosition>,
    pub access: RwSignal<Access>,
    pub progress: RwSignal<Option<(RequestId, Progress)>>,
    pub missing_globals: RwSignal<Vec<MissingGlobal>>,
    pub unsaved: RwSignal<Option<Fault>>,
    pub home_revision: RwSignal<u32>,
    pub openings: RwSignal<u32>,
    /// What runs, or ran last.
    pub run: StoredValue<Option<(RequestId, RunMode)>>,
    /// What the file is called that it is the text of.
    pub chunk: StoredValue<Arc<str>>,
    /// The request whose checkpoint is on its way to the disk.
    pub saving: RwSignal<Option<RequestId>>,
    /// What was asked of the snapshots last.
    pub snapshot_request: StoredValue<Option<RequestId>>,
    pub clock: StoredValue<Clock>,
}

impl Cells {
    /// A page that was just opened, with the number of lines that its console keeps.
    pub fn new(console_lines: usize, clock: Clock) -> Self {
        Cells {
            status: RwSignal::new(Status::Starting),
            detail: RwSignal::new(None),
            saved: RwSignal::new(Saved::Nothing),
            awaits_input: RwSignal::new(false),
            unfinished: RwSignal::new(None),
            usage: RwSignal::new(None),
            console: RwSignal::new(ConsoleBuffer::new(console_lines)),
            error_mark: RwSignal::new(None),
            snapshots: RwSignal::default(),
            journal: RwSignal::default(),
            snapshot_problem: RwSignal::new(None),
            history: RwSignal::default(),
            access: RwSignal::default(),
            progress: RwSignal::new(None),
            missing_globals: RwSignal::default(),
            unsaved: RwSignal::new(None),
            home_revision: RwSignal::new(0),
            openings: RwSignal::new(0),
            run: StoredValue::new(None),
            chunk: StoredValue::new("".into()),
            saving: RwSignal::new(None),
            snapshot_request: StoredValue::new(None),
            clock: StoredValue::new(clock),
        }
    }
}

/// What the state is read from. One set for the whole page: a signal that was made at each reading would stay for as
/// long as whoever read it.
#[derive(Clone, Copy)]
pub(super) struct Signals {
    pub status: Signal<Status>,
    pub is_running: Signal<bool>,
    pub detail: Signal<Option<String>>,
    pub saved: Signal<Saved>,
    pub is_saving: Signal<bool>,
    pub awaits_input: Signal<bool>,
    pub unfinished: Signal<Option<Arc<str>>>,
    pub usage: Signal<Option<Usage>>,
    pub console: Signal<ConsoleBuffer>,
    pub error_mark: Signal<Option<ErrorMark>>,
    pub snapshots: Signal<Vec<SnapshotInfo>>,
    pub journal: Signal<Journal>,
    pub snapshot_problem: Signal<Option<String>>,
    pub history: Signal<HistoryPosition>,
    pub access: Signal<Access>,
    pub is_writer: Signal<bool>,
    pub may_write: Signal<bool>,
    pub can_undo: Signal<bool>,
    pub can_redo: Signal<bool>,
    pub progress: Signal<Option<(RequestId, Progress)>>,
    pub missing_globals: Signal<Vec<MissingGlobal>>,
    pub unsaved: Signal<Option<Fault>>,
    pub home_revision: Signal<u32>,
    pub openings: Signal<u32>,
}

impl Signals {
    /// The signals of these cells.
    pub fn of(cells: Cells) -> Self {
        let is_writer = Signal::derive(move || cells.access.get() == Access::Writer);
        let is_running = Signal::derive(move || matches!(cells.status.get(), Status::Queued | Status::Running { .. }));
        let may_write = Signal::derive(move || is_writer.get() && !is_running.get());
        let history = cells.history;
        Signals {
            is_running,
            is_saving: Signal::derive(move || cells.saving.get().is_some()),
            is_writer,
            may_write,
            can_undo: Signal::derive(move || may_write.get() && history.with(|history| history.undo.is_some())),
            can_redo: Signal::derive(move || may_write.get() && history.with(|history| history.redo.is_some())),
            status: cells.status.into(),
            detail: cells.detail.into(),
            saved: cells.saved.into(),
            awaits_input: cells.awaits_input.into(),
            unfinished: cells.unfinished.into(),
            usage: cells.usage.into(),
            console: cells.console.into(),
            error_mark: cells.error_mark.into(),
            snapshots: cells.snapshots.into(),
            journal: cells.journal.into(),
            snapshot_problem: cells.snapshot_problem.into(),
            history: cells.history.into(),
            access: cells.access.into(),
            progress: cells.progress.into(),
            missing_globals: cells.missing_globals.into(),
            unsaved: cells.unsaved.into(),
            home_revision: cells.home_revision.into(),
            openings: cells.openings.into(),
        }
    }
}
