//! What [`ArchiveCommand`]s do.

use wire::{
    Access, ArchiveCommand, ArchiveEvent, Event, EventBody, Fault, Opening, Preferences, RequestId, SnapshotId, Stage,
    Step, Subject,
};

use super::{Worker, refused, unsaved};
use crate::codec;
use crate::host::Host;
use crate::image::Value;
use crate::inspect;
use crate::store::SnapshotStore;

impl<S: SnapshotStore> Worker<S> {
    /// Carries out a command on history or snapshots.
    pub(super) async fn carry_out_archive(&mut self, id: RequestId, command: ArchiveCommand) -> Result<(), Fault> {
        match command {
            ArchiveCommand::SetPreferences(preferences) => self.set_preferences(preferences)?,
            ArchiveCommand::UndoRun => self.undo(id).await?,
            ArchiveCommand::RedoRun => self.redo(id).await?,
            ArchiveCommand::Rename { id: snapshot, name } => {
                let name = checked_name(&name)?;
                let renamed = self.archive_mut()?.rename(&snapshot, name).await.map_err(|error| refused(&error))?;
                self.emit(id, EventBody::Archive(ArchiveEvent::Renamed(renamed)));
                self.list_snapshots(id)?;
            }
            ArchiveCommand::Duplicate { id: snapshot, name } => {
                let name = checked_name(&name)?;
                let (copy, now) = (self.new_id()?, self.console.unix_millis());
                let copied = self.archive_mut()?.duplicate(&snapshot, copy, name, now).await;
                self.emit(id, EventBody::SnapshotSaved(copied.map_err(|error| refused(&error))?));
                self.list_snapshots(id)?;
            }
            ArchiveCommand::TakeOver => self.take_over(id).await?,
            ArchiveCommand::RestorePath { id: snapshot, path } => self.restore_path(id, snapshot, &path).await?,
        }
        Ok(())
    }

    fn set_preferences(&mut self, preferences: Preferences) -> Result<(), Fault> {
        if let Ok(archive) = &mut self.archive {
            archive.keep_checkpoints(preferences.checkpoints_kept);
        }
        self.vm()?.set_memory_alias(preferences.has_memory_alias);
        Ok(())
    }

    /// Restores the value at one path of `_home` from a snapshot.
    async fn restore_path(&mut self, id: RequestId, snapshot: SnapshotId, path: &[Step]) -> Result<(), Fault> {
        let path_text = inspect::path_text(path);
        let refuse = |reason: String| format!("{path_text} cannot be restored: {reason}. _home is unchanged.");
        let found = self.image(&Subject::Snapshot(snapshot.clone())).await?;
        let value = match (found.value(path), path.split_last()) {
            (Some(value), Some(_)) => value,
            // The snapshot's table has no such entry: then restoring means to remove it.
            (None, Some((Step::Key(_) | Step::Metatable, way)))
                if matches!(found.value(way), Some(Value::Table(_))) =>
            {
                Value::Nil
            }
            _ => return Err(refuse("the snapshot has no such path".into()).into()),
        };
        let image = codec::part(found.image(), value).map_err(|error| refuse(error.to_string()))?;
        self.begin_stage(Stage::Restoring, image.value_count());
        self.vm()?.restore_at(path, &image).map_err(|error| refuse(error.to_string()))?;
        let info = self.archive_mut()?.info(&snapshot).cloned();
        let info = info.ok_or_else(|| String::from("The snapshot no longer exists."))?;
        self.emit(id, EventBody::Archive(ArchiveEvent::PathRestored { snapshot: info, path: path_text.clone() }));
        self.checkpoint(id, format!("restored: {path_text}")).await
    }

    /// Becomes the one writer. What a run here did to `_home` is kept; else the last saved `_home` is restored.
    async fn take_over(&mut self, id: RequestId) -> Result<(), Fault> {
        self.archive_mut()?.claim().await.map_err(|error| unsaved(&error))?;
        if !self.has_unsaved {
            let opening = self.restore_head().await;
            self.emit(id, EventBody::Opened(opening));
            return self.emit_history(id);
        }
        self.checkpoint(id, String::from("runs of a tab that could not save")).await?;
        let archive = self.archive_mut()?;
        let restored = archive.head().and_then(|head| archive.info(head)).cloned();
        let (snapshots, access) = (archive.list(), archive.access());
        self.emit(id, EventBody::Opened(Opening { restored, problem: None, snapshots, access }));
        Ok(())
    }

    /// Another tab saves from now on, or none does.
    pub fn give_way(&mut self, access: Access) {
        if let Ok(archive) = &mut self.archive {
            archive.give_way();
        }
        let changed = ArchiveEvent::AccessChanged(access);
        (self.emit)(Event { request: None, body: EventBody::Archive(changed) });
    }
}

/// A name as it is stored.
pub(super) fn checked_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    if name.is_empty() { Err(String::from("a snapshot needs a name").into()) } else { Ok(name.to_owned()) }
}
