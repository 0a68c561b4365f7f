//! What can be done with history and snapshots.

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;
use wire::{
    Command, Compare, CompareSources, DeleteBranch, DeleteSnapshot, DiffTotals, DuplicateSnapshot, Export, ExportJson,
    History, Import, ImportJson, JsonExport, NameBranch, Place, RenameSnapshot, RunInfo, SaveSnapshot, SnapshotId,
    SnapshotInfo, SnapshotKind, Step, Subject,
};

use super::{Pane, Session, pane_of};
use crate::{
    branches::Tree,
    client::PendingRequest,
    dialogs::OmissionsReport,
    files::{self, FileKind},
    rpc::CallError,
    state::StateEvent,
    viewer::{Revision, View},
};

impl Session {
    /// Saves `_home` under a name.
    pub fn save_snapshot(self, name: String) {
        self.client.ask(SaveSnapshot { name }, move |saved| self.snapshot_saved(saved.map(drop)));
        self.storage.ask_to_persist();
    }

    /// Puts a snapshot in the place of `_home`.
    pub fn restore_snapshot(self, id: SnapshotId) {
        self.change(History::RestoreSnapshot { id });
    }

    /// Deletes a snapshot.
    pub fn delete_snapshot(self, id: SnapshotId) {
        self.viewer.forget(&id);
        self.client.ask(DeleteSnapshot { id }, move |deleted| self.snapshots_changed(deleted));
    }

    /// Gives a snapshot another name.
    pub fn rename_snapshot(self, id: SnapshotId, name: String) {
        self.client.ask(RenameSnapshot { id, name }, move |renamed| self.snapshots_changed(renamed.map(drop)));
    }

    /// Saves a copy of a snapshot under a name.
    pub fn duplicate_snapshot(self, id: SnapshotId, name: String) {
        self.client.ask(DuplicateSnapshot { id, name }, move |saved| self.snapshot_saved(saved.map(drop)));
    }

    /// Makes the value at a path of `_home` what it is in a snapshot.
    pub fn restore_path(self, id: SnapshotId, path: Vec<Step>) {
        if path.is_empty() || !self.state.may_write().get_untracked() {
            return;
        }
        self.change(History::RestorePath { id, path });
    }

    /// Puts `_home` back as it was before the last run, if it can; with or without the files that the run changed.
    pub fn undo_run(self, with_files: bool) {
        if self.state.can_undo().get_untracked() {
            self.send_files();
            self.change(History::UndoRun { with_files });
        }
    }

    /// Takes back the last undo, if there is one. Where several runs followed what `_home` is, asks which.
    pub fn redo_run(self) {
        if self.tree(|tree| tree.next().len()) > 1 && self.state.can_redo().get_untracked() {
            self.dialogs.show_redo();
        } else {
            self.redo(None);
        }
    }

    /// Brings back the run that left this state, or the newest that can be.
    pub fn redo(self, to: Option<SnapshotId>) {
        if self.state.can_redo().get_untracked() {
            self.send_files();
            self.change(History::RedoRun { to });
        }
    }

    /// Makes a checkpoint what `_home` is, and shows that.
    pub fn go_to(self, id: SnapshotId) {
        if self.state.may_write().get_untracked() {
            self.send_files();
            self.change(History::GoTo { id });
            if self.viewer.current().with_untracked(|view| *view != View::Home) {
                self.close_view();
            }
        }
    }

    /// Gives a branch a name, or takes it away where that is blank; then does something else.
    pub fn name_branch(self, leaf: SnapshotId, name: String, on_end: impl FnOnce() + 'static) {
        self.client.ask(NameBranch { leaf, name }, move |named| match named {
            Ok(()) => on_end(),
            Err(error) => self.refuse("The branch has the name that it had", &error),
        });
    }

    /// Deletes what only one branch has; then does something else.
    pub fn delete_branch(self, leaf: SnapshotId, on_end: impl FnOnce() + 'static) {
        self.tree(|tree| tree.own(&leaf)).iter().for_each(|id| self.viewer.forget(id));
        self.client.ask(DeleteBranch { leaf }, move |deleted| match deleted {
            Ok(()) => on_end(),
            Err(error) => self.refuse("The branch is not deleted", &error),
        });
    }

    /// Says something of which checkpoints follow which, as they are now.
    pub fn tree<T>(self, say: impl FnOnce(&Tree<'_>) -> T) -> T {
        let (snapshots, history) = (self.state.snapshots(), self.state.history());
        snapshots.with_untracked(|all| history.with_untracked(|history| say(&Tree::new(all, history))))
    }

    /// Becomes the tab that saves.
    pub fn take_over(self) {
        self.change(History::TakeOver);
    }

    /// Shows a snapshot, or what differs, in the place of `_home`.
    pub fn show(self, view: View) {
        self.viewer.show(view);
        self.focus(Pane::Inspector);
    }

    /// Shows what a run changed in `_home`; where it changed nothing, or nothing was saved before it, the state after it.
    pub fn show_change(self, run: &RunInfo) {
        match [&run.before, &run.after].map(|id| self.state.find_snapshot(id.as_ref())) {
            [Some(before), Some(after)] if before.id != after.id => {
                let (before, after) = (Revision::Stored(before), Revision::Stored(after));
                self.show(View::Difference { before, after });
            }
            [_, Some(after)] => self.show(View::Snapshot(after)),
            _ => self.state.apply(StateEvent::Refused("The state after this run is not kept.".to_owned())),
        }
    }

    /// Asks for a name to save `_home` under.
    pub fn ask_to_save(self) {
        let name = self.state.snapshots().with_untracked(|all| free_name(all));
        self.dialogs
            .ask_name("Save _home as a snapshot".to_owned(), name, "Save", move |name| self.save_snapshot(name));
    }

    /// Shows a value of `_home`.
    pub fn show_value(self, places: Vec<Place>) {
        self.viewer.close();
        self.viewer.wanted.set(Some(places));
        self.show_pane(Pane::Inspector);
    }

    /// Shows `_home` again, and gives back the focus.
    pub fn close_view(self) {
        let opener = self.viewer.close();
        let pane = opener.as_deref().and_then(pane_of);
        match (opener, pane) {
            (Some(opener), Some(pane @ (Pane::Snapshots | Pane::Runs | Pane::Console))) => {
                self.show_pane(pane);
                // A small screen shows the pane first.
                request_animation_frame(move || drop(opener.focus()));
            }
            // The strip of history.
            (Some(opener), None) => drop(opener.focus()),
            _ => self.focus(Pane::Inspector),
        }
    }

    /// Shows a moment of history, and leaves the focus where it is. The present one is `_home` itself.
    pub fn look_at(self, id: &SnapshotId) {
        if untrack(|| self.state.is_head(id)) {
            self.viewer.close();
        } else if let Some(moment) = self.state.find_snapshot(Some(id)) {
            self.viewer.show(View::Snapshot(moment));
        }
        self.show_pane(Pane::Inspector);
    }

    /// The checkpoint that the inspector shows, if `_home` is another and can be changed. Tracks that.
    pub fn shown_elsewhere(self) -> Option<SnapshotId> {
        let is_free = self.state.may_write().get();
        self.viewer.current().with(|view| match view {
            View::Snapshot(SnapshotInfo { id, kind: SnapshotKind::Checkpoint { .. }, damage: None, .. }) => {
                Some(id).filter(|id| is_free && !self.state.is_head(id)).cloned()
            }
            _ => None,
        })
    }

    /// Asks how many differences there are, and whether all was compared. The answer is wanted only as long as what this
    /// returns is kept.
    pub fn count_differences(
        self,
        before: Subject,
        after: Subject,
        on_answer: impl FnOnce(Result<(DiffTotals, bool), CallError>) + 'static,
    ) -> PendingRequest {
        let call = Compare { before, after, path: Vec::new(), offset: 0, limit: 0 };
        self.client.ask_while_kept(call, move |answer| {
            on_answer(answer.map(|listing| {
                let found = listing.map(|listing| (listing.totals, listing.is_complete));
                found.unwrap_or((DiffTotals::default(), true))
            }));
        })
    }

    /// Asks how the source of a function differs and shows it, if the same view is still shown.
    pub fn show_source_difference(self, before: Subject, after: Subject, path: Vec<Step>, title: String) {
        let call = CompareSources { before, after, path };
        self.viewer.wait_for(self.client.ask_while_kept(call, move |answer| match answer {
            Ok(difference) => self.dialogs.show_source_difference(title, difference),
            Err(CallError::Cancelled) => {}
            Err(error) => self.refuse("The sources cannot be compared", &error),
        }));
    }

    /// Gives the person a state of `_home` as a file with this name.
    pub fn export(self, subject: Subject, name: String) {
        self.client.ask(Export { subject }, move |answer| match answer {
            Ok(file) => files::download(&name, FileKind::Snapshot, &file.bytes),
            Err(error) => self.refuse_snapshot(format!("Not exported: {error}")),
        });
    }

    /// Gives the person the plain data of a state as a file with this name, and says what is not in it.
    pub fn export_json(self, subject: Subject, name: String) {
        self.client.ask(ExportJson { subject }, move |answer| match answer {
            Ok(JsonExport { text, omissions, omission_count }) => {
                files::download(&name, FileKind::Json, text.as_bytes());
                if omission_count > 0 {
                    self.dialogs.show_omissions(OmissionsReport::of_json(omissions, omission_count));
                }
            }
            Err(CallError::Cancelled) => {}
            Err(error) => self.refuse_snapshot(format!("Not exported: {error}")),
        });
    }

    /// Keeps a file as a snapshot, and shows what is in it.
    pub fn import(self, file: File) {
        if !self.state.is_writer().get_untracked() {
            return self.refuse_snapshot("This tab is read-only and cannot keep a file.".to_owned());
        }
        spawn_local(async move {
            let name = files::stem(&file.name()).to_owned();
            let kind = FileKind::of_name(&file.name());
            match files::read(&file).await {
                Ok(bytes) => self.import_bytes(name, kind, bytes),
                Err(error) => self.refuse_snapshot(format!("Not imported: {error}.")),
            }
        });
    }

    /// Makes what a link brought the `_home` of this workspace, which is new. That itself runs nothing.
    pub(super) fn take_home(self, bytes: Vec<u8>) {
        self.client.ask(Import { name: "As it came".to_owned(), bytes }, move |answer| match answer {
            Ok(snapshot) => {
                self.restore_snapshot(snapshot.id);
                self.run_at_load();
            }
            Err(error) => self.refuse("The workspace has its files, but no _home", &error),
        });
    }

    fn import_bytes(self, name: String, kind: FileKind, bytes: Vec<u8>) {
        let on_end = move |answer| match answer {
            Ok(snapshot) => self.show(View::Snapshot(snapshot)),
            Err(error) => self.refuse_snapshot(CallError::to_string(&error)),
        };
        match kind {
            FileKind::Snapshot
            | FileKind::Workspace
            | FileKind::Picture
            | FileKind::Zip
            | FileKind::Text
            | FileKind::Any => self.client.ask(Import { name, bytes }, on_end),
            FileKind::Json => match String::from_utf8(bytes) {
                Ok(text) => self.client.ask(ImportJson { name, text }, on_end),
                Err(_) => self.refuse_snapshot(format!("Not imported: “{name}” is not UTF-8 text.")),
            },
        }
    }

    /// Says why something that was asked of the snapshots did not work.
    fn refuse_snapshot(self, reason: String) {
        self.state.apply(StateEvent::SnapshotRefused(reason));
    }

    /// A snapshot was saved under a name, or could not be saved.
    fn snapshot_saved(self, saved: Result<(), CallError>) {
        if saved.is_ok() {
            self.state.apply(StateEvent::UnsavedDismissed);
        }
        self.snapshots_changed(saved);
    }

    /// The snapshots were changed, which the list shows, or could not be changed.
    fn snapshots_changed(self, changed: Result<(), CallError>) {
        if let Err(error) = changed {
            self.state.apply(StateEvent::SnapshotsFailed(error));
        }
    }

    fn change(self, change: History) {
        self.client.send(Command::History(change));
    }
}

/// The first `Snapshot N` that is not taken.
fn free_name(snapshots: &[SnapshotInfo]) -> String {
    let is_taken =
        |wanted: &str| snapshots.iter().any(|it| matches!(&it.kind, SnapshotKind::Named { name } if name == wanted));
    (1_u64..).map(|number| format!("Snapshot {number}")).find(|name| !is_taken(name)).unwrap_or_default()
}
