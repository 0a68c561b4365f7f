//! Saving `_home`, and going back and forth between what was saved.

use wire::{
    ArchiveEvent, EventBody, Fault, FaultKind, Opening, RequestId, SaveReport, SnapshotId, SnapshotInfo, SnapshotKind,
    Stage, Subject,
};

use super::{Worker, unsaved};
use crate::archive::{LoadError, Saved, Undo};
use crate::host::Host;
use crate::image::HeapImage;
use crate::store::SnapshotStore;

impl<S: SnapshotStore> Worker<S> {
    /// Restores the last saved `_home`, if there is one and it can be read. If not, it is kept and the person is
    /// told.
    pub(super) async fn restore_head(&mut self) -> Opening {
        let mut opening = Opening::default();
        let (Ok(archive), Some(vm)) = (&mut self.archive, &mut self.vm) else {
            opening.problem =
                self.archive.as_ref().err().map(|error| format!("Nothing can be saved or restored: {error}"));
            return opening;
        };
        self.has_unsaved = false;
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
                    self.inspections.borrow_mut().keep_home(image);
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

    /// Saves `_home` as it is after a run, and says so.
    pub(super) async fn checkpoint(&mut self, id: RequestId, label: String) -> Result<(), Fault> {
        self.has_unsaved = true;
        let image = self.capture()?;
        let saved = self.save(&image, SnapshotKind::Checkpoint { label }).await;
        self.has_unsaved = saved.is_err();
        let missing = self.vm()?.missing_globals(&image);
        self.show_home(image);
        self.emit_history(id)?;
        let Saved { info, is_new, removed } = saved?;
        // It is saved, also where this could not be found out.
        let (missing_globals, problem) = match missing {
            Ok(missing) => (missing, None),
            Err(error) => {
                (Vec::new(), Some(format!("_home is saved. Which globals it will miss is unknown: {error}.")))
            }
        };
        self.emit(id, EventBody::HomeSaved(SaveReport { snapshot: info, is_new, removed, missing_globals }));
        self.sweep().await;
        problem.map_or(Ok(()), |problem| Err(problem.into()))
    }

    /// Tidies the store, now that nobody waits. What fails here costs no more than room, and is done later.
    pub(super) async fn sweep(&mut self) {
        if let Ok(archive) = &mut self.archive {
            let _ = archive.sweep().await;
        }
    }

    /// Captures `_home` as it is now.
    pub(super) fn capture(&mut self) -> Result<HeapImage, Fault> {
        self.begin_stage(Stage::Capturing, self.home_values());
        self.vm()?.capture_home().map_err(|error| error.to_string().into())
    }

    /// How many values `_home` had when it was last looked at.
    fn home_values(&self) -> u64 {
        self.inspections.borrow().find(&Subject::Home).map_or(0, |home| home.image().value_count())
    }

    /// Makes an image the one that [`wire::Subject::Home`] means.
    pub(super) fn show_home(&self, image: HeapImage) {
        self.inspections.borrow_mut().keep_home(image);
    }

    /// Writes an image into the archive.
    pub(super) async fn save(&mut self, image: &HeapImage, kind: SnapshotKind) -> Result<Saved, Fault> {
        self.begin_stage(Stage::Storing, image.value_count());
        let now = self.console.unix_millis();
        let snapshot = self.new_id()?;
        self.archive_mut()?.save(image, kind, snapshot, now).await.map_err(|error| unsaved(&error))
    }

    /// An id for a snapshot to come.
    pub(super) fn new_id(&mut self) -> Result<SnapshotId, Fault> {
        let (now, random) = (self.console.unix_millis() as u64, self.console.random());
        Ok(self.archive_mut()?.new_id(now, random))
    }

    /// Reads a snapshot.
    pub(super) async fn load(&mut self, snapshot: &SnapshotId) -> Result<HeapImage, LoadError> {
        let info = self.archive.as_ref().ok().and_then(|archive| archive.info(snapshot));
        self.begin_stage(Stage::Reading, info.map_or(0, |info| info.value_count));
        match &mut self.archive {
            Ok(archive) => archive.load(snapshot).await,
            Err(error) => Err(error.clone().into()),
        }
    }

    /// Replaces `_home` with a snapshot, and returns that snapshot's record.
    async fn put_home(&mut self, snapshot: &SnapshotId) -> Result<SnapshotInfo, Fault> {
        let refuse = |error: String| Fault {
            kind: FaultKind::Unreadable,
            message: format!("The snapshot cannot be restored: {error}. _home is unchanged."),
        };
        let image = self.load(snapshot).await.map_err(|error| refuse(error.to_string()))?;
        let info = self.archive_mut()?.info(snapshot).cloned().ok_or_else(|| refuse("it no longer exists".into()))?;
        self.begin_stage(Stage::Restoring, image.value_count());
        self.vm()?.restore_home(&image).map_err(|error| refuse(error.to_string()))?;
        self.show_home(image);
        Ok(info)
    }

    /// Puts a snapshot in the place of `_home`, as a step forward in history.
    pub(super) async fn restore(&mut self, id: RequestId, snapshot: SnapshotId) -> Result<(), Fault> {
        let info = self.put_home(&snapshot).await?;
        let label = format!("restored: {}", info.kind.name());
        self.emit(id, EventBody::SnapshotRestored(info));
        self.checkpoint(id, label).await
    }

    /// Puts `_home` back as it was before the last run that changed it. If that run could not be saved, that is
    /// the head.
    pub(super) async fn undo(&mut self, id: RequestId) -> Result<(), Fault> {
        let has_unsaved = self.has_unsaved;
        let archive = self.archive_mut()?;
        let target =
            if has_unsaved { Some(archive.head().cloned().map_or(Undo::ToNothing, Undo::To)) } else { archive.undo() };
        let restored = match target.ok_or_else(|| String::from("There is no earlier run that could be undone."))? {
            Undo::To(snapshot) => Some(self.put_home(&snapshot).await?),
            Undo::ToNothing => {
                let image = HeapImage::of_empty_table();
                self.vm()?.restore_home(&image).map_err(|error| error.to_string())?;
                self.show_home(image);
                None
            }
        };
        let head = restored.as_ref().map(|info| info.id.clone());
        self.move_head(head).await?;
        self.emit(id, EventBody::Archive(ArchiveEvent::RunUndone(restored)));
        self.emit_history(id)
    }

    /// Takes back the last undo.
    pub(super) async fn redo(&mut self, id: RequestId) -> Result<(), Fault> {
        let target = if self.has_unsaved { None } else { self.archive_mut()?.redo() };
        let target = target.ok_or_else(|| String::from("There is no undone run that could be brought back."))?;
        let restored = self.put_home(&target).await?;
        self.move_head(Some(target)).await?;
        self.emit(id, EventBody::Archive(ArchiveEvent::RunRedone(restored)));
        self.emit_history(id)
    }

    /// Notes where in history `_home` is now.
    async fn move_head(&mut self, head: Option<SnapshotId>) -> Result<(), Fault> {
        self.has_unsaved = true;
        self.archive_mut()?.move_head(head).await.map_err(|error| unsaved(&error))?;
        self.has_unsaved = false;
        Ok(())
    }

    /// Says what can be undone and redone now.
    pub(super) fn emit_history(&mut self, id: RequestId) -> Result<(), Fault> {
        let has_unsaved = self.has_unsaved;
        let mut history = self.archive_mut()?.history();
        if has_unsaved {
            history.undo = Some("what was not saved".into());
            history.redo = None;
        }
        self.emit(id, EventBody::Archive(ArchiveEvent::HistoryChanged(history)));
        Ok(())
    }
}
