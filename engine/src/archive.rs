//! Snapshots in a store: images cut into pieces, so that a hundred snapshots that differ a little cost
//! little more than one.

mod branches;
mod files;
mod history;
mod journal;
mod ledger;
mod pieces;
mod save;
pub mod thinning;
mod whole;

use wire::{Access, Preferences, SnapshotId, SnapshotInfo, SnapshotKind};

use crate::codec::{self, DecodeError, NewerFormat};
use crate::image::HeapImage;
use crate::store::{Change, PieceName, PieceRef, Record, SnapshotStore, StoreError, WriterId};
use ledger::Ledger;
use thinning::Kept;

pub use branches::Way;
pub use history::Undo;
pub use save::{Saved, Saving};
pub use whole::WholeError;

/// What made a snapshot.
pub const PRODUCER: &str = concat!("cu ", env!("CARGO_PKG_VERSION"), ", Lua 5.4");

/// Why a snapshot cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// There is no such snapshot.
    #[error("there is no such snapshot")]
    Unknown,
    /// It has no name to change.
    #[error("a checkpoint has no name; keep a copy of it to give it one")]
    NoName,
    /// It is not the end of a branch.
    #[error("no branch ends there")]
    NoLeaf,
    /// Nothing of a branch can be deleted.
    #[error("_home came from all that it has, or other runs follow it")]
    NothingOwn,
    /// Another branch has the name.
    #[error("another branch has this name")]
    NameTaken,
    /// Its record cannot be read.
    #[error("its record cannot be read")]
    UnreadableRecord,
    /// It was written in a format that this version does not know.
    #[error(transparent)]
    NewerFormat(#[from] NewerFormat),
    /// Some of its bytes are missing.
    #[error("piece {index} of {count} is missing")]
    PieceMissing {
        /// Which piece, from 1.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// Some of its bytes are not what was stored.
    #[error("piece {index} of {count} is damaged")]
    PieceDamaged {
        /// Which piece, from 1.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// Its bytes are not an image.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All snapshots of a store.
pub struct Archive<S> {
    store: S,
    ledger: Ledger,
    writer: WriterId,
    access: Access,
    /// Whether the store has recorded that this is the writer.
    is_claimed: bool,
    /// Whether there may be pieces in the store that no record needs.
    may_have_litter: bool,
    kept: Kept,
}

impl<S: SnapshotStore> Archive<S> {
    /// Reads what the store holds. `writer` is a unique id for each opener of the store; until [`Archive::claim`],
    /// nothing can be written.
    pub async fn open(store: S, writer: WriterId) -> Result<Archive<S>, StoreError> {
        let ledger = Ledger::new(store.contents().await?);
        let access = Access::ReadOnly;
        let Preferences { checkpoints_kept, checkpoints_at_most, .. } = Preferences::default();
        let kept = Kept { last: checkpoints_kept as usize, at_most: checkpoints_at_most as usize };
        Ok(Archive { store, ledger, writer, access, is_claimed: false, may_have_litter: true, kept })
    }

    /// Claims write access, displacing the current writer, and reads the store again. If the claim cannot be recorded
    /// (there may be no room), it is recorded with the next change that succeeds.
    pub async fn claim(&mut self) -> Result<(), StoreError> {
        self.access = Access::Writer;
        self.is_claimed = false;
        let claimed = self.apply(Change::default()).await;
        if claimed.is_err() {
            self.ledger = Ledger::new(self.store.contents().await?);
        }
        claimed
    }

    /// Releases write access: somebody else writes now.
    pub fn demote(&mut self) {
        self.access = Access::ReadOnly;
    }

    /// Whether this archive may write.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Sets how many checkpoints are kept: all of the last, at least one, and so many in all. It takes effect with the next
    /// checkpoint.
    pub fn keep_checkpoints(&mut self, last: u32, at_most: u32) {
        self.kept = Kept { last: last.max(1) as usize, at_most: at_most as usize };
    }

    /// Applies a change, and deletes the pieces that are no longer needed.
    async fn apply(&mut self, change: Change) -> Result<(), StoreError> {
        if self.access == Access::ReadOnly {
            return Err(StoreError::OtherWriter);
        }
        let mut change = Change { writer: self.writer.clone(), claims: !self.is_claimed, ..change };
        if self.is_claimed {
            change.delete_pieces.extend(self.ledger.unneeded_after(&change));
        }
        let applied = self.store.apply(&change).await;
        match applied {
            Ok(()) if self.is_claimed => {
                // Pieces that were not deleted with a record may be litter once all records can be read again.
                let has_deleted = !change.delete.is_empty() || !change.delete_runs.is_empty();
                self.may_have_litter |= has_deleted && !self.ledger.is_complete();
                self.ledger.note(change);
            }
            Ok(()) => {
                // Until now another writer could change the store.
                self.ledger = Ledger::new(self.store.contents().await?);
                self.is_claimed = true;
                self.may_have_litter = true;
            }
            Err(StoreError::OtherWriter) => self.demote(),
            Err(_) => {}
        }
        applied
    }

    /// Deletes pieces that no record needs: left behind when a record could not be read, or by another writer. It lists
    /// all pieces, so it does so only if there is a reason to. To be called when nobody is waiting.
    pub async fn sweep(&mut self) -> Result<(), StoreError> {
        let can_know = self.access == Access::Writer && self.is_claimed && self.ledger.is_complete();
        if !self.may_have_litter || !can_know {
            return Ok(());
        }
        let mut litter = self.store.piece_names().await?;
        litter.retain(|piece| !self.ledger.is_needed(piece));
        if !litter.is_empty() {
            self.apply(Change { delete_pieces: litter, ..Change::default() }).await?;
        }
        self.may_have_litter = false;
        Ok(())
    }

    /// The underlying store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Gives the store back.
    pub fn into_store(self) -> S {
        self.store
    }

    /// The snapshot that a new worker restores.
    pub fn head(&self) -> Option<&SnapshotId> {
        self.ledger.head()
    }

    /// An id for a new snapshot. It sorts after all existing ones, even if the clock was set back.
    pub fn new_id(&self, unix_millis: u64, random: u64) -> SnapshotId {
        SnapshotId(id_after(self.ledger.newest_id().map(|id| id.0.as_str()), unix_millis, random))
    }

    /// All snapshots, the newest first.
    pub fn list(&self) -> Vec<SnapshotInfo> {
        let unreadable = self.ledger.unreadable().iter().map(|id| SnapshotInfo {
            id: id.clone(),
            kind: SnapshotKind::Named { name: "(unreadable)".into() },
            created_millis: 0.0,
            byte_size: 0,
            value_count: 0,
            omissions: Vec::new(),
            omission_count: 0,
            damage: Some(LoadError::UnreadableRecord.to_string()),
        });
        let listed = self.ledger.records().iter().rev().filter(|record| !record.is_deleted);
        listed.map(|record| record.info.clone()).chain(unreadable).collect()
    }

    /// What is known about a snapshot.
    pub fn info(&self, id: &SnapshotId) -> Option<&SnapshotInfo> {
        self.record(id).map(|record| &record.info)
    }

    fn record(&self, id: &SnapshotId) -> Option<&Record> {
        self.ledger.record(id)
    }

    fn is_listed(&self, id: &SnapshotId) -> bool {
        self.record(id).is_some_and(|record| !record.is_deleted)
    }

    /// Reads a snapshot's image. If that fails for good, the snapshot is marked as damaged, and kept.
    pub async fn load(&mut self, id: &SnapshotId) -> Result<HeapImage, LoadError> {
        let loaded = self.read(id).await;
        if let Err(error) = &loaded
            && !matches!(
                error,
                LoadError::Store(_) | LoadError::Unknown | LoadError::NoName | LoadError::UnreadableRecord
            )
        {
            // If that cannot be recorded, the snapshot is still there, and its next reader finds the damage again.
            let _ = self.mark_damaged(id, error.to_string()).await;
        }
        loaded
    }

    /// Records why a snapshot cannot be used. It stays until somebody deletes it.
    pub async fn mark_damaged(&mut self, id: &SnapshotId, reason: String) -> Result<(), StoreError> {
        let Some(mut record) = self.record(id).cloned() else { return Ok(()) };
        record.info.damage = Some(reason);
        self.ledger.note_read(&record.pieces, false);
        // Known in memory even if it cannot be recorded in the store.
        self.ledger.note(Change { put: vec![record.clone()], ..Change::default() });
        self.apply(Change { put: vec![record], ..Change::default() }).await
    }

    async fn read(&mut self, id: &SnapshotId) -> Result<HeapImage, LoadError> {
        if self.ledger.unreadable().contains(id) {
            return Err(LoadError::UnreadableRecord);
        }
        let record = self.record(id).ok_or(LoadError::Unknown)?;
        codec::check_version(record.format)?;
        let pieces = record.pieces.clone();
        let image = codec::decode(&self.read_pieces(&pieces).await?)?;
        self.ledger.note_read(&pieces, true);
        Ok(image)
    }

    async fn read_pieces(&self, pieces: &[PieceRef]) -> Result<Vec<u8>, LoadError> {
        let names: Vec<PieceName> = pieces.iter().map(|piece| piece.name.clone()).collect();
        let count = names.len();
        let mut bytes = Vec::new();
        for (index, (stored, piece)) in self.store.pieces(&names).await?.into_iter().zip(pieces).enumerate() {
            let index = index + 1;
            let stored = stored.ok_or(LoadError::PieceMissing { index, count })?;
            bytes.extend(pieces::open(&stored, piece).ok_or(LoadError::PieceDamaged { index, count })?);
        }
        Ok(bytes)
    }
}

/// An id that sorts after the newest one.
fn id_after(newest: Option<&str>, unix_millis: u64, random: u64) -> String {
    let newest = newest.and_then(|id| id.split('-').next()?.parse::<u64>().ok());
    let millis = newest.map_or(unix_millis, |newest| unix_millis.max(newest.saturating_add(1)));
    format!("{millis:013}-{random:016x}")
}
