//! The stored snapshots: saved, read, and the list of them changed. Knows no VM.

use std::rc::Rc;

use wire::{Fault, HistoryEvent, RunId, SnapshotId, SnapshotInfo, SnapshotKind, Stage, Subject};

use super::events::Events;
use super::faults::{unsaved, unusable};
use crate::archive::{Archive, LoadError, Saved, Saving};
use crate::container::Metadata;
use crate::files::FileEdit;
use crate::host::Host;
use crate::image::HeapImage;
use crate::journal::Run;
use crate::slices::Slices;
use crate::store::{SnapshotStore, StoreError, WriterId};

/// The archive, or why its store did not open.
pub struct Snapshots<S> {
    pub(super) archive: Result<Archive<S>, StoreError>,
    host: Rc<dyn Host>,
}

impl<S: SnapshotStore> Snapshots<S> {
    /// The host is the clock, and where ids come from.
    pub fn new(archive: Result<Archive<S>, StoreError>, host: Rc<dyn Host>) -> Self {
        Snapshots { archive, host }
    }

    /// The archive, to change it.
    pub fn archive(&mut self) -> Result<&mut Archive<S>, Fault> {
        self.archive.as_mut().map_err(|error| unsaved(error))
    }

    /// The archive, if its store opened.
    pub fn opened(&self) -> Option<&Archive<S>> {
        self.archive.as_ref().ok()
    }

    /// The slices of the work on a request.
    pub fn slices(&self, events: &Events) -> Slices {
        Slices::new(Rc::clone(&self.host), events.request())
    }

    /// Why nothing can be saved, if so.
    pub fn problem(&self) -> Option<&StoreError> {
        self.archive.as_ref().err()
    }

    /// Lists all snapshots.
    pub fn list(&mut self, events: &Events) -> Result<(), Fault> {
        let snapshots = self.archive()?.list();
        events.history(HistoryEvent::SnapshotsListed(snapshots));
        Ok(())
    }

    /// Saves an image.
    pub async fn save(&mut self, image: &HeapImage, kind: SnapshotKind, events: &Events) -> Result<Saved, Fault> {
        self.save_with_run(image, kind, &[], None, events).await
    }

    /// Saves an image, what runs before it made of files, and the last of these runs.
    pub async fn save_with_run(
        &mut self,
        image: &HeapImage,
        kind: SnapshotKind,
        edits: &[FileEdit],
        run: Option<Run>,
        events: &Events,
    ) -> Result<Saved, Fault> {
        events.begin_stage(Stage::Storing, image.value_count());
        self.store(image, kind, edits, run).await
    }

    async fn store(
        &mut self,
        image: &HeapImage,
        kind: SnapshotKind,
        edits: &[FileEdit],
        run: Option<Run>,
    ) -> Result<Saved, Fault> {
        let (id, now_millis) = (self.new_id()?, self.host.unix_millis());
        let saved = self.archive()?.save_all(Saving { image, kind, id, now_millis, edits, run }).await;
        saved.map_err(|error| unsaved(&error))
    }

    /// Deletes runs of the journal; `None`: all.
    pub async fn forget_runs(&mut self, ids: Option<Vec<RunId>>) -> Result<(), Fault> {
        let forgotten = self.archive()?.forget_runs(ids).await;
        forgotten.map_err(|error| format!("The journal is as it was: {error}.").into())
    }

    fn new_id(&mut self) -> Result<SnapshotId, Fault> {
        let (now, random) = (self.host.unix_millis() as u64, self.host.random());
        Ok(self.archive()?.new_id(now, random))
    }

    /// Reads a snapshot. Where that fails, it may have been found damaged, and the list says so.
    pub async fn load(&mut self, snapshot: &SnapshotId, events: &Events) -> Result<HeapImage, LoadError> {
        let archive = self.archive.as_mut().map_err(|error| error.clone())?;
        events.begin_stage(Stage::Reading, archive.info(snapshot).map_or(0, |info| info.value_count));
        let loaded = archive.load(snapshot).await;
        if loaded.is_err() {
            events.history(HistoryEvent::SnapshotsListed(archive.list()));
        }
        loaded
    }

    /// Reads the `_home` that another workspace stored last, from its database. `None` if it has none.
    pub async fn load_other(&mut self, database: &str, events: &Events) -> Result<Option<HeapImage>, LoadError> {
        let archive = self.archive.as_ref().map_err(|error| error.clone())?;
        let Some(store) = archive.store().open_other(database).await? else { return Ok(None) };
        // It never claims the store, so its name does not matter.
        let mut other = Archive::open(store, WriterId::default()).await?;
        let loaded = match other.head().cloned() {
            Some(head) => {
                events.begin_stage(Stage::Reading, other.info(&head).map_or(0, |info| info.value_count));
                other.load(&head).await.map(Some)
            }
            None => Ok(None),
        };
        other.into_store().close();
        loaded
    }

    /// All that is stored, as a file.
    pub async fn export_history(&mut self) -> Result<Vec<u8>, Fault> {
        let file = self.archive()?.to_whole().await;
        file.map_err(|error| format!("The history cannot be exported: {error}.").into())
    }

    /// Keeps all that is in such a file.
    pub async fn import_history(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let taken = self.archive()?.take_whole(bytes).await;
        taken.map_err(|error| format!("The history was not imported: {error}.").into())
    }

    /// Keeps an image that was brought from outside.
    pub async fn import(&mut self, image: &HeapImage, name: &str) -> Result<SnapshotInfo, Fault> {
        let kind = SnapshotKind::Imported { name: checked_name(name)? };
        Ok(self.store(image, kind, &[], None).await?.info)
    }

    /// Gives a snapshot another name.
    pub async fn rename(&mut self, snapshot: &SnapshotId, name: &str) -> Result<SnapshotInfo, Fault> {
        let name = checked_name(name)?;
        self.archive()?.rename(snapshot, name).await.map_err(|error| unusable(&error))
    }

    /// Keeps a copy of a snapshot under a name.
    pub async fn duplicate(&mut self, snapshot: &SnapshotId, name: &str) -> Result<SnapshotInfo, Fault> {
        let name = checked_name(name)?;
        let (copy, now) = (self.new_id()?, self.host.unix_millis());
        self.archive()?.duplicate(snapshot, copy, name, now).await.map_err(|error| unusable(&error))
    }

    /// Deletes a snapshot for ever.
    pub async fn delete(&mut self, snapshot: &SnapshotId) -> Result<(), Fault> {
        self.archive()?.delete(snapshot).await.map_err(|error| unsaved(&error))
    }

    /// Gives a branch a name, or takes it away where that is blank; where none is given, deletes what only the branch has.
    /// Returns what was deleted.
    pub async fn change_branch(&mut self, leaf: &SnapshotId, name: Option<String>) -> Result<Vec<SnapshotId>, Fault> {
        let archive = self.archive()?;
        let change = match name {
            Some(name) => archive.naming(leaf, Some(name.trim().to_owned()).filter(|name| !name.is_empty())),
            None => archive.deletion(leaf),
        };
        let change = change.map_err(|error| unusable(&error))?;
        let deleted = change.delete.clone();
        archive.change_branches(change).await.map_err(|error| unsaved(&error))?;
        Ok(deleted)
    }

    /// Tidies the store, now that nobody waits. What fails here costs no more than room, and is done later.
    pub async fn sweep(&mut self) {
        if let Ok(archive) = &mut self.archive {
            let _ = archive.sweep().await;
        }
    }

    /// What a file says of a subject that is exported.
    pub fn metadata(&mut self, subject: &Subject) -> Result<Metadata, Fault> {
        let info = match subject {
            Subject::Snapshot(snapshot) => self.archive()?.info(snapshot),
            Subject::Home
            | Subject::Result(_)
            | Subject::Printed { .. }
            | Subject::Output
            | Subject::Trial
            | Subject::Workspace(_) => None,
        };
        Ok(match info {
            Some(info) => Metadata { name: info.kind.name().to_owned(), created_millis: info.created_millis },
            None => Metadata { name: String::from("_home"), created_millis: self.host.unix_millis() },
        })
    }
}

/// A name as it is stored.
pub fn checked_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    if name.is_empty() { Err(String::from("a snapshot needs a name").into()) } else { Ok(name.to_owned()) }
}
