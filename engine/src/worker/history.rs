//! Saving `_home`, and going back and forth between what was saved.

use std::rc::Rc;

use wire::{
    DiffTotals, EventBody, Fault, FaultKind, HistoryEvent, OpenReport, SaveReport, SnapshotId, SnapshotInfo,
    SnapshotKind, Stage, Step,
};

use super::events::Events;
use super::faults::unsaved;
use super::machine::Machine;
use super::snapshots::{Snapshots, checked_name};
use crate::archive::{Saved, Undo, Way};
use crate::codec;
use crate::diff::Diff;
use crate::files::{self, Edited, FileEdit};
use crate::image::{HeapImage, Value};
use crate::inspect::{self, Inspection};
use crate::journal::Run;
use crate::slices::Slices;
use crate::store::SnapshotStore;

/// How many values `_home` may have for its changes to be counted after each run: what takes about a millisecond.
const MAX_COMPARED_VALUES: u64 = 20_000;

/// The snapshots, and where among them `_home` is.
pub struct History<S> {
    pub(super) snapshots: Snapshots<S>,
    /// Whether `_home` is something else than the head of the archive.
    has_unsaved: bool,
    /// What runs made of files since the last checkpoint.
    edits: Vec<FileEdit>,
    /// Whether nothing is saved, but said: see [`wire::Load`].
    is_ghost: bool,
}

impl<S: SnapshotStore> History<S> {
    /// `_home` is empty, and so far nothing of it would be lost.
    pub fn new(snapshots: Snapshots<S>) -> Self {
        History { snapshots, has_unsaved: false, edits: Vec::new(), is_ghost: false }
    }

    /// Restores the last saved `_home`, if there is one and it can be read. If not, it is kept and the person is
    /// told.
    pub async fn restore_head(&mut self, machine: &mut Machine) -> OpenReport {
        let mut opening = OpenReport::default();
        if let Some(problem) = self.snapshots.problem() {
            opening.problem = Some(format!("Nothing can be saved or restored: {problem}"));
            return opening;
        }
        let (Ok(archive), Ok(vm)) = (self.snapshots.archive(), machine.vm()) else { return opening };
        self.has_unsaved = false;
        self.edits.clear();
        if let Some(head) = archive.head().cloned() {
            let restored = match archive.load(&head).await {
                Ok(image) => match vm.restore_home(&image) {
                    Ok(()) => Ok(image),
                    Err(error) => {
                        if error.is_of_the_image() {
                            // If even that cannot be recorded, the snapshot is still there, unchanged.
                            let _ = archive.mark_damaged(&head, error.to_string()).await;
                        }
                        Err(error.to_string())
                    }
                },
                Err(error) => Err(error.to_string()),
            };
            match restored {
                Ok(image) => {
                    opening.restored = archive.info(&head).cloned();
                    machine.show_home(image);
                }
                Err(reason) => {
                    opening.problem = Some(format!(
                        "The last saved _home could not be restored, and is kept: {reason}. _home starts empty."
                    ));
                }
            }
        }
        opening.snapshots = archive.list();
        opening.access = archive.access();
        opening
    }

    /// Whether `_home` is the head of the archive.
    pub fn is_saved(&self) -> bool {
        !self.has_unsaved
    }

    /// Notes what a run made of files. The next checkpoint stores it.
    pub fn add_edits(&mut self, edits: Vec<FileEdit>) {
        files::merge(&mut self.edits, edits);
    }

    /// Saves nothing from now on, and takes back what runs made of files.
    pub fn begin_trial(&mut self, machine: &mut Machine) -> Result<(), Fault> {
        self.is_ghost = true;
        let undo = self.edits.drain(..).map(FileEdit::reversed).collect();
        files::apply(machine.vm()?.files(), undo, &mut Edited::default());
        Ok(())
    }

    /// Saves `_home` as it is after a run, and says so. The run goes into the journal.
    pub async fn checkpoint(
        &mut self,
        machine: &mut Machine,
        label: String,
        run: Option<Run>,
        events: &Events,
    ) -> Result<(), Fault> {
        let has_saved_start = !self.has_unsaved;
        self.has_unsaved = true;
        let mut run = run.map(|run| Run { has_saved_start, ..run });
        let image = match machine.capture(events) {
            Ok(image) => image,
            Err(fault) => {
                if let Some(run) = run {
                    self.keep_run(run, None, events).await;
                }
                return Err(fault);
            }
        };
        let home = machine.show_home(image);
        if let Some(run) = &mut run {
            let is_first = has_saved_start && self.snapshots.opened().is_some_and(|archive| archive.head().is_none());
            let nothing = || is_first.then(|| Rc::new(Inspection::new(HeapImage::of_empty_table())));
            let before = machine.home_before().or_else(nothing);
            let most = if self.is_ghost { u64::MAX } else { MAX_COMPARED_VALUES };
            run.info.changes = count_changes(before, &home, most, &self.snapshots.slices(events)).await;
        }
        if self.is_ghost {
            run.into_iter().for_each(|run| events.history(HistoryEvent::RunTried(run.info)));
            return Ok(());
        }
        let kind = SnapshotKind::Checkpoint { label };
        let saved = self.snapshots.save_with_run(home.image(), kind, &self.edits, run, events).await;
        self.has_unsaved = saved.is_err();
        if saved.is_ok() {
            self.edits.clear();
        }
        let missing = machine.vm()?.missing_globals(home.image());
        self.announce(events)?;
        let Saved { info, is_new, removed, run } = saved?;
        // It is saved, also where this could not be found out.
        let (missing_globals, problem) = match missing {
            Ok(missing) => (missing, None),
            Err(error) => {
                (Vec::new(), Some(format!("_home is saved. Which globals it will miss is unknown: {error}.")))
            }
        };
        run.into_iter().for_each(|run| events.history(HistoryEvent::RunKept(run)));
        events.emit(EventBody::HomeSaved(SaveReport { snapshot: info, is_new, removed, missing_globals }));
        self.snapshots.sweep().await;
        problem.map_or(Ok(()), |problem| Err(problem.into()))
    }

    /// Keeps a run that saved no state. Where that fails, nothing is lost but the note of it.
    pub async fn keep_run(&mut self, run: Run, after: Option<&SnapshotId>, events: &Events) {
        if let Ok(archive) = self.snapshots.archive()
            && let Ok(run) = archive.keep_run(run, after).await
        {
            events.history(HistoryEvent::RunKept(run));
        }
    }

    /// Saves `_home` as it is now under a name.
    pub async fn save_named(
        &mut self,
        machine: &mut Machine,
        name: &str,
        events: &Events,
    ) -> Result<SnapshotInfo, Fault> {
        let name = checked_name(name)?;
        let image = machine.capture(events)?;
        let saved = self.snapshots.save(&image, SnapshotKind::Named { name }, events).await;
        machine.show_home(image);
        Ok(saved?.info)
    }

    /// Replaces `_home` with a snapshot, and returns that snapshot's record.
    async fn put_home(
        &mut self,
        machine: &mut Machine,
        snapshot: &SnapshotId,
        events: &Events,
    ) -> Result<SnapshotInfo, Fault> {
        let refuse = |error: String| Fault {
            kind: FaultKind::Unreadable,
            message: format!("The snapshot cannot be restored: {error}. _home is unchanged."),
        };
        let image = self.snapshots.load(snapshot, events).await.map_err(|error| refuse(error.to_string()))?;
        let info = self.snapshots.archive()?.info(snapshot).cloned();
        let info = info.ok_or_else(|| refuse("it no longer exists".into()))?;
        events.begin_stage(Stage::Restoring, image.value_count());
        machine.begin_change();
        machine.vm()?.restore_home(&image).map_err(|error| refuse(error.to_string()))?;
        machine.show_home(image);
        Ok(info)
    }

    /// Puts a snapshot in the place of `_home`, as a step forward in history.
    pub async fn restore(
        &mut self,
        machine: &mut Machine,
        snapshot: &SnapshotId,
        events: &Events,
    ) -> Result<(), Fault> {
        let info = self.put_home(machine, snapshot, events).await?;
        let label = format!("restored: {}", info.kind.name());
        events.history(HistoryEvent::SnapshotRestored(info));
        self.checkpoint(machine, label, None, events).await
    }

    /// Restores the value at one path of `_home` from a snapshot, whose image is given.
    pub async fn restore_path(
        &mut self,
        machine: &mut Machine,
        snapshot: &SnapshotId,
        image: &Inspection,
        path: &[Step],
        events: &Events,
    ) -> Result<(), Fault> {
        let path_text = inspect::path_text(path);
        let refuse = |reason: String| format!("{path_text} cannot be restored: {reason}. _home is unchanged.");
        let value = match (image.value(path), path.split_last()) {
            (Some(value), Some(_)) => value,
            // The snapshot's table has no such entry: then restoring means to remove it.
            (None, Some((Step::Key(_) | Step::Metatable, way)))
                if matches!(image.value(way), Some(Value::Table(_))) =>
            {
                Value::Nil
            }
            _ => return Err(refuse("the snapshot has no such path".into()).into()),
        };
        let subgraph = codec::subgraph(image.image(), value).map_err(|error| refuse(error.to_string()))?;
        events.begin_stage(Stage::Restoring, subgraph.value_count());
        machine.begin_change();
        machine.vm()?.restore_at(path, &subgraph).map_err(|error| refuse(error.to_string()))?;
        let info = self.snapshots.archive()?.info(snapshot).cloned();
        let info = info.ok_or_else(|| String::from("The snapshot no longer exists."))?;
        events.history(HistoryEvent::PathRestored { snapshot: info, path: path_text.clone() });
        self.checkpoint(machine, format!("restored: {path_text}"), None, events).await
    }

    /// Puts `_home` back as it was before the last run that changed it, and the files that it changed if that is wanted. If
    /// that run could not be saved, that is the head.
    pub async fn undo(&mut self, machine: &mut Machine, with_files: bool, events: &Events) -> Result<(), Fault> {
        let has_unsaved = self.has_unsaved;
        let archive = self.snapshots.archive()?;
        let target =
            if has_unsaved { Some(archive.head().cloned().map_or(Undo::ToNothing, Undo::To)) } else { archive.undo() };
        let to = match target.ok_or_else(|| String::from("There is no earlier run that could be undone."))? {
            Undo::To(snapshot) => Some(snapshot),
            Undo::ToNothing => None,
        };
        self.go(machine, to, with_files, events, HistoryEvent::RunUndone).await
    }

    /// Takes back an undo: of the run that left this checkpoint, or of the newest that was undone.
    pub async fn redo(&mut self, machine: &mut Machine, to: Option<&SnapshotId>, events: &Events) -> Result<(), Fault> {
        let target = if self.has_unsaved { None } else { self.snapshots.archive()?.redo(to) };
        let target = target.ok_or_else(|| String::from("There is no such undone run that could be brought back."))?;
        let event = |info: Option<_>| info.map_or(HistoryEvent::RunUndone(None), HistoryEvent::RunRedone);
        self.go(machine, Some(target), true, events, event).await
    }

    /// Makes a checkpoint what `_home` is.
    pub async fn switch(&mut self, machine: &mut Machine, to: SnapshotId, events: &Events) -> Result<(), Fault> {
        let kind = self.snapshots.archive()?.info(&to).map(|info| &info.kind);
        if self.has_unsaved || !matches!(kind, Some(SnapshotKind::Checkpoint { .. })) {
            let why = if self.has_unsaved { "what _home is now is not saved" } else { "there is no such run" };
            return Err(format!("_home stays as it is: {why}.").into());
        }
        let event = |info: Option<_>| info.map_or(HistoryEvent::RunUndone(None), HistoryEvent::WentTo);
        self.go(machine, Some(to), true, events, event).await
    }

    /// Makes a snapshot what `_home` is, or empties it, and makes of files what the runs on the way made of them.
    async fn go(
        &mut self,
        machine: &mut Machine,
        to: Option<SnapshotId>,
        with_files: bool,
        events: &Events,
        // One function for all, so that this is there once.
        event: fn(Option<SnapshotInfo>) -> HistoryEvent,
    ) -> Result<(), Fault> {
        let restored = match &to {
            Some(snapshot) => Some(self.put_home(machine, snapshot, events).await?),
            None => {
                let image = HeapImage::of_empty_table();
                machine.begin_change();
                machine.vm()?.restore_home(&image).map_err(|error| error.to_string())?;
                machine.show_home(image);
                None
            }
        };
        let unsaved = std::mem::take(&mut self.edits);
        let files = if with_files { self.put_files(machine, unsaved, to.as_ref(), events).await } else { Ok(()) };
        self.move_head(to).await?;
        events.history(event(restored));
        self.announce(events)?;
        files
    }

    /// Takes back what was not saved, and then what the runs did that are undone on the way; does what the others did.
    async fn put_files(
        &mut self,
        machine: &mut Machine,
        unsaved: Vec<FileEdit>,
        to: Option<&SnapshotId>,
        events: &Events,
    ) -> Result<(), Fault> {
        let reversed = |edits: Vec<FileEdit>| edits.into_iter().map(FileEdit::reversed).collect();
        let archive = self.snapshots.archive()?;
        let Way { back, forth } = archive.way(to);
        let (mut edited, mut problem) = (Edited::default(), Ok(()));
        files::apply(machine.vm()?.files(), reversed(unsaved), &mut edited);
        let way = back.iter().map(|id| (id, true)).chain(forth.iter().map(|id| (id, false)));
        for (id, is_back) in way {
            match archive.load_edits(id).await {
                Ok(edits) => {
                    let edits = if is_back { reversed(edits) } else { edits };
                    files::apply(machine.vm()?.files(), edits, &mut edited);
                }
                Err(error) => problem = Err(format!("Files of a run are as they were: {error}.").into()),
            }
        }
        machine.tell_edited(edited, events);
        problem
    }

    /// Notes where in history `_home` is now.
    async fn move_head(&mut self, head: Option<SnapshotId>) -> Result<(), Fault> {
        self.has_unsaved = true;
        self.snapshots.archive()?.move_head(head).await.map_err(|error| unsaved(&error))?;
        self.has_unsaved = false;
        Ok(())
    }

    /// Becomes the one writer. What a run here did to `_home` is kept; else the last saved `_home` is restored.
    pub async fn take_over(&mut self, machine: &mut Machine, events: &Events) -> Result<(), Fault> {
        self.snapshots.archive()?.claim().await.map_err(|error| unsaved(&error))?;
        if !self.has_unsaved {
            let opening = self.restore_head(machine).await;
            events.emit(EventBody::Opened(opening));
            return self.announce(events);
        }
        self.checkpoint(machine, String::from("runs of a tab that could not save"), None, events).await?;
        let archive = self.snapshots.archive()?;
        let restored = archive.head().and_then(|head| archive.info(head)).cloned();
        let (snapshots, access) = (archive.list(), archive.access());
        events.emit(EventBody::Opened(OpenReport { restored, problem: None, snapshots, access }));
        Ok(())
    }

    /// Says what can be undone and redone now.
    pub fn announce(&mut self, events: &Events) -> Result<(), Fault> {
        let mut history = self.snapshots.archive()?.history();
        if self.has_unsaved {
            history.undo = Some("what was not saved".into());
            history.redo = None;
        }
        events.history(HistoryEvent::HistoryChanged(history));
        Ok(())
    }
}

/// How many values of `_home` differ from what they were before the run; `None` if there are too many to compare them all.
async fn count_changes(
    before: Option<Rc<Inspection>>,
    home: &Rc<Inspection>,
    most: u64,
    slices: &Slices,
) -> Option<DiffTotals> {
    let before = before?;
    if before.image().value_count().max(home.image().value_count()) > most {
        return None;
    }
    let diff = Diff::new(before, Rc::clone(home), slices).await.ok()??;
    Some(diff.totals())
}
