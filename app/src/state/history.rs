//! What the page knows of history: written from what the worker says of it.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{Access, HistoryEvent, MissingGlobal, RequestId, SnapshotInfo, SourcePath};

use super::{Saved, cells::Cells, missing_global};
use crate::{console_buffer::Severity, formats};

/// How many missing globals the console lists.
const MISSING_LISTED: usize = 5;

impl Cells {
    pub(super) fn history_changed(self, request: Option<RequestId>, event: HistoryEvent) {
        match event {
            HistoryEvent::SnapshotsListed(snapshots) => self.snapshots.set(snapshots),
            HistoryEvent::HistoryChanged(position) => self.history.set(position),
            HistoryEvent::SnapshotRestored(snapshot) => {
                self.note(Severity::Info, format!("_home is now as in {}.", self.title(&snapshot)));
                self.saving.set(request);
                self.moved_to(Some(snapshot));
            }
            HistoryEvent::RunUndone(snapshot) => {
                self.note(Severity::Info, "The last run is undone: _home is as it was before. Globals are not.");
                self.moved_to(snapshot);
            }
            HistoryEvent::RunRedone(snapshot) => {
                self.note(Severity::Info, "The run is redone: _home is as it was after it.");
                self.moved_to(Some(snapshot));
            }
            HistoryEvent::WentTo(snapshot) => {
                self.note(Severity::Info, format!("_home is now as it was after “{}”.", snapshot.kind.name()));
                self.moved_to(Some(snapshot));
            }
            HistoryEvent::PathRestored { snapshot, path } => {
                self.note(Severity::Info, format!("{path} is now as in {}.", self.title(&snapshot)));
                self.saving.set(request);
                self.home_changed();
            }
            HistoryEvent::FunctionEdited { path } => {
                self.note(Severity::Info, [&path, " has its new text. Undo run takes it back."].concat());
                self.saving.set(request);
                self.home_changed();
            }
            HistoryEvent::FilesKept(paths) => {
                let paths: Vec<_> = paths.iter().map(SourcePath::as_str).collect();
                let text = format!("Files that were changed after their run stay as they are: {}.", paths.join(", "));
                self.note(Severity::Info, text);
            }
            HistoryEvent::RunKept(info) => {
                if let Some(run) = request {
                    let kept = Arc::new(info.clone());
                    self.console.update(|console| console.change_run(run, |head| head.kept = Some(kept)));
                }
                self.journal.update(|journal| journal.keep(info));
            }
            // Only a ghost says so.
            HistoryEvent::RunTried(_) => {}
            HistoryEvent::AccessChanged(access) => self.access_changed(access),
        }
    }

    pub(super) fn progress_ended(self, request: Option<RequestId>) {
        if self.progress.with_untracked(|progress| progress.is_some_and(|(at, _)| Some(at) == request)) {
            self.progress.set(None);
        }
    }

    /// Says which globals will be missing, when there are others than before.
    pub(super) fn tell_missing(self, missing: Vec<MissingGlobal>) {
        if !missing.is_empty() && self.missing_globals.with_untracked(|known| *known != missing) {
            let count = formats::counted(missing.len() as u64, "global");
            let uses: Vec<_> =
                missing.iter().take(MISSING_LISTED).map(|it| format!("\n{}", missing_global(it))).collect();
            let more = if missing.len() > MISSING_LISTED { "\n…" } else { "" };
            let text = format!("_home uses {count} that will not be there after a reload:{}{more}", uses.concat());
            self.note(Severity::Warning, text);
        }
        self.missing_globals.set(missing);
    }

    fn moved_to(self, snapshot: Option<SnapshotInfo>) {
        self.saved.set(snapshot.map_or(Saved::Nothing, Saved::As));
        self.home_changed();
    }

    fn access_changed(self, access: Access) {
        self.access.set(access);
        if access == Access::ReadOnly {
            self.note(Severity::Warning, "Another tab took _home over. This one saves nothing any more.");
        }
    }
}
