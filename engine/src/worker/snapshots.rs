//! What [`ArchiveCommand`]s do.

use std::rc::Rc;

use wire::{
    Access, ArchiveCommand, ArchiveEvent, Event, EventBody, Fault, FaultKind, Omission, Opening, Preferences,
    RequestId, SnapshotId, SnapshotKind, Stage, Step, Subject,
};

use super::{Worker, refused, unreadable, unsaved};
use crate::container::{self, About};
use crate::diff::Diff;
use crate::host::Host;
use crate::image::{HeapImage, Value};
use crate::inspect::{self, Inspection};
use crate::store::SnapshotStore;
use crate::{codec, json};

impl<S: SnapshotStore> Worker<S> {
    /// Carries out a command on history or snapshots.
    pub(super) async fn carry_out_archive(&mut self, id: RequestId, command: ArchiveCommand) -> Result<(), Fault> {
        match command {
            ArchiveCommand::SetPreferences(preferences) => self.set_preferences(preferences)?,
            ArchiveCommand::UndoRun => self.undo(id).await?,
            ArchiveCommand::RedoRun => self.redo(id).await?,
            ArchiveCommand::Export { subject } => {
                let about = self.about(&subject)?;
                let image = self.image(&subject).await?;
                let bytes = container::encode(image.image(), &about).map_err(|error| error.to_string())?;
                self.emit(id, EventBody::Archive(ArchiveEvent::Exported { bytes }));
            }
            ArchiveCommand::Import { name, bytes } => {
                let (image, about) = container::decode(&bytes).map_err(|error| unreadable(&error))?;
                drop(bytes);
                let name = if name.trim().is_empty() { about.name } else { name };
                self.import(id, &image, &name).await?;
            }
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
            ArchiveCommand::Diff { before, after, path, offset, limit } => {
                let listing = self.compare(&before, &after).await?.and_then(|diff| diff.list(&path, offset, limit));
                self.emit(id, EventBody::Archive(ArchiveEvent::Diffed(listing)));
            }
            ArchiveCommand::DiffSources { before, after, path } => {
                let sources = self.compare(&before, &after).await?.and_then(|diff| diff.sources(&path));
                self.emit(id, EventBody::Archive(ArchiveEvent::SourcesDiffed(sources)));
            }
            ArchiveCommand::ExportJson { subject } => {
                let image = self.image(&subject).await?;
                let root = if subject == Subject::Output { "_io.output" } else { "_home" };
                let exported = json::export(image.image(), root).ok_or_else(|| {
                    String::from("As JSON, this would be too long: shared tables are written again and again.")
                })?;
                let omissions = exported.omissions.into_iter().map(|(path, kind)| Omission { path, kind }).collect();
                let (text, omission_count) = (exported.text, exported.omission_count);
                let event = ArchiveEvent::JsonExported { text, omissions, omission_count };
                self.emit(id, EventBody::Archive(event));
            }
            ArchiveCommand::ImportJson { name, text } => {
                let image = json::import(&text).map_err(|error| Fault {
                    kind: FaultKind::Unreadable,
                    message: format!("The text can not be brought in: {error}."),
                })?;
                drop(text);
                self.import(id, &image, &name).await?;
            }
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

    /// Keeps an image that was brought from outside.
    async fn import(&mut self, id: RequestId, image: &HeapImage, name: &str) -> Result<(), Fault> {
        let kind = SnapshotKind::Imported { name: checked_name(name)? };
        let (snapshot, now) = (self.new_id()?, self.console.unix_millis());
        let saved = self.archive_mut()?.save(image, kind, snapshot, now).await.map_err(|error| unsaved(&error))?;
        self.emit(id, EventBody::Archive(ArchiveEvent::Imported(saved.info)));
        self.list_snapshots(id)
    }

    /// What a file says of the image in it.
    fn about(&mut self, subject: &Subject) -> Result<About, Fault> {
        let info = match subject {
            Subject::Snapshot(snapshot) => self.archive_mut()?.info(snapshot).cloned(),
            Subject::Home | Subject::Result(_) | Subject::Output => None,
        };
        let (name, created_millis) = match info {
            Some(info) => (info.kind.name().to_owned(), info.created_millis),
            None => (String::from("_home"), self.console.unix_millis()),
        };
        Ok(About { name, created_millis })
    }

    /// Makes what is at a path of `_home` what it is in a snapshot.
    async fn restore_path(&mut self, id: RequestId, snapshot: SnapshotId, path: &[Step]) -> Result<(), Fault> {
        let place = inspect::path_text(path);
        let refuse = |reason: String| format!("{place} can not be restored: {reason}. _home is unchanged.");
        let found = self.image(&Subject::Snapshot(snapshot.clone())).await?;
        let value = match (found.value(path), path.split_last()) {
            (Some(value), Some(_)) => value,
            // Not there, but it could be: then it shall not be there.
            (None, Some((Step::Key(_) | Step::Metatable, way)))
                if matches!(found.value(way), Some(Value::Table(_))) =>
            {
                Value::Nil
            }
            _ => return Err(refuse("the snapshot has no such place".into()).into()),
        };
        let image = codec::part(found.image(), value).map_err(|error| refuse(error.to_string()))?;
        self.begin_stage(Stage::Restoring, image.value_count());
        self.vm()?.restore_at(path, &image).map_err(|error| refuse(error.to_string()))?;
        let info = self.archive_mut()?.info(&snapshot).cloned();
        let info = info.ok_or_else(|| String::from("The snapshot is gone."))?;
        self.emit(id, EventBody::Archive(ArchiveEvent::PathRestored { snapshot: info, path: place.clone() }));
        self.checkpoint(id, format!("restored: {place}")).await
    }

    /// Two subjects compared.
    async fn compare(&mut self, before: &Subject, after: &Subject) -> Result<Option<&Diff>, Fault> {
        let (before, after) = (self.image(before).await?, self.image(after).await?);
        if self.diff.as_ref().is_none_or(|diff| !diff.is_of(&before, &after)) {
            self.begin_stage(Stage::Comparing, before.image().value_count().max(after.image().value_count()));
            self.diff = Diff::new(before, after);
        }
        Ok(self.diff.as_ref())
    }

    /// The image of a subject.
    async fn image(&mut self, subject: &Subject) -> Result<Rc<Inspection>, Fault> {
        self.look_up(subject).await?.ok_or_else(|| String::from("That is not there any more.").into())
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
