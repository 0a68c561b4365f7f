//! Snapshots in a store: images cut into pieces, so that a hundred snapshots that differ a little cost
//! little more than one.

mod history;
mod pieces;

use wire::{Access, Omission, Preferences, SnapshotId, SnapshotInfo, SnapshotKind};

use crate::codec::{self, DecodeError, FORMAT_VERSION, NewerFormat};
use crate::image::HeapImage;
use crate::store::{Change, Contents, HeadMove, Piece, PieceName, Record, SnapshotStore, StoreError, WriterId};

pub use history::Undo;

/// What made a snapshot.
pub const PRODUCER: &str = concat!("cu ", env!("CARGO_PKG_VERSION"), ", Lua 5.4");
/// The most omissions that are recorded by their path.
const MOST_OMISSIONS: usize = 1000;
const WORKSPACE: &str = "default";

/// Why a snapshot can not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// There is no such snapshot.
    #[error("there is no such snapshot")]
    Unknown,
    /// It has no name that could be changed.
    #[error("a checkpoint has no name; a copy of it can have one")]
    NoName,
    /// Its record can not be read.
    #[error("its record can not be read")]
    UnreadableRecord,
    /// It was written in a format that this version does not know.
    #[error(transparent)]
    NewerFormat(#[from] NewerFormat),
    /// Part of its bytes is not there.
    #[error("piece {index} of {count} is missing")]
    PieceMissing {
        /// Which, from 1.
        index: usize,
        /// Of how many.
        count: usize,
    },
    /// Part of its bytes is not what was stored.
    #[error("piece {index} of {count} is damaged")]
    PieceDamaged {
        /// Which, from 1.
        index: usize,
        /// Of how many.
        count: usize,
    },
    /// Its bytes are not an image.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a checkpoint came to.
pub struct Saved {
    /// The snapshot that holds the state.
    pub info: SnapshotInfo,
    /// False if the head held the same bytes already, and nothing was written.
    pub is_new: bool,
    /// Checkpoints that made room.
    pub removed: Vec<SnapshotId>,
}

/// All snapshots of a store.
pub struct Archive<S> {
    store: S,
    records: Vec<Record>,
    unreadable: Vec<SnapshotId>,
    head: Option<SnapshotId>,
    writer: WriterId,
    access: Access,
    /// Whether the store knows that this is the writer.
    is_claimed: bool,
    checkpoints_kept: usize,
}

impl<S: SnapshotStore> Archive<S> {
    /// Reads what there is. `writer` is an id of its own for everybody who opens a store; until
    /// [`Archive::claim`], nothing can be written.
    pub async fn open(store: S, writer: WriterId) -> Result<Archive<S>, StoreError> {
        let Contents { records, unreadable, head } = store.contents().await?;
        let checkpoints_kept = Preferences::default().checkpoints_kept as usize;
        let access = Access::ReadOnly;
        Ok(Archive { store, records, unreadable, head, writer, access, is_claimed: false, checkpoints_kept })
    }

    /// Becomes the one writer of the store, in the place of whoever was it, and reads again what there is. Where
    /// that can not be noted (there may be no room), it is noted with the next change that succeeds.
    pub async fn claim(&mut self) -> Result<(), StoreError> {
        self.access = Access::Writer;
        self.is_claimed = false;
        let claimed = self.apply(self.change()).await;
        let Contents { records, unreadable, head } = self.store.contents().await?;
        (self.records, self.unreadable, self.head) = (records, unreadable, head);
        claimed
    }

    /// Writes no more: somebody else does.
    pub fn give_way(&mut self) {
        self.access = Access::ReadOnly;
    }

    /// Whether it may write.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Sets how many checkpoints are kept, from the next one on; at least one.
    pub fn keep_checkpoints(&mut self, count: u32) {
        self.checkpoints_kept = count.max(1) as usize;
    }

    /// A change that changes nothing yet.
    fn change(&self) -> Change {
        Change { writer: self.writer.clone(), claims: !self.is_claimed, ..Change::default() }
    }

    async fn apply(&mut self, change: Change) -> Result<(), StoreError> {
        if self.access == Access::ReadOnly {
            return Err(StoreError::OtherWriter);
        }
        let applied = self.store.apply(change).await;
        match applied {
            Ok(()) => self.is_claimed = true,
            Err(StoreError::OtherWriter) => self.give_way(),
            Err(_) => {}
        }
        applied
    }

    /// The store beneath.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Gives the store back.
    pub fn into_store(self) -> S {
        self.store
    }

    /// The snapshot to start from.
    pub fn head(&self) -> Option<&SnapshotId> {
        self.head.as_ref()
    }

    /// All snapshots, the newest first.
    pub fn list(&self) -> Vec<SnapshotInfo> {
        let unreadable = self.unreadable.iter().map(|id| SnapshotInfo {
            id: id.clone(),
            kind: SnapshotKind::Named { name: "(unreadable)".into() },
            created_millis: 0.0,
            byte_size: 0,
            value_count: 0,
            omissions: Vec::new(),
            omission_count: 0,
            damage: Some(LoadError::UnreadableRecord.to_string()),
        });
        self.records.iter().rev().map(|record| record.info.clone()).chain(unreadable).collect()
    }

    /// What is known of a snapshot.
    pub fn info(&self, id: &SnapshotId) -> Option<&SnapshotInfo> {
        self.record(id).map(|record| &record.info)
    }

    fn record(&self, id: &SnapshotId) -> Option<&Record> {
        self.records.iter().find(|record| record.info.id == *id)
    }

    /// Saves an image. A checkpoint becomes the head, and the oldest ones make room for it; if the head holds
    /// the same bytes already, nothing is written.
    pub async fn save(
        &mut self,
        image: &HeapImage,
        kind: SnapshotKind,
        id: SnapshotId,
        now_millis: f64,
    ) -> Result<Saved, StoreError> {
        let bytes = codec::encode(image).map_err(|error| StoreError::Failed(error.to_string()))?;
        let pieces = pieces::cut(&bytes);
        let is_checkpoint = matches!(kind, SnapshotKind::Checkpoint { .. });
        let is_imported = matches!(kind, SnapshotKind::Imported { .. });
        if is_checkpoint
            && let Some(head) = self.head.as_ref().and_then(|head| self.record(head))
            && head.info.damage.is_none()
            && head.pieces.iter().eq(pieces.iter().map(|(piece, _)| piece))
        {
            return Ok(Saved { info: head.info.clone(), is_new: false, removed: Vec::new() });
        }
        let (omissions, omission_count) = image.omissions("_home", MOST_OMISSIONS);
        let info = SnapshotInfo {
            id: id.clone(),
            kind,
            created_millis: now_millis,
            byte_size: bytes.len() as u64,
            value_count: image.value_count(),
            omissions: omissions
                .into_iter()
                .map(|omission| Omission { path: omission.path, kind: omission.kind.name().into() })
                .collect(),
            omission_count,
            damage: None,
        };
        let record = Record {
            info: info.clone(),
            workspace: WORKSPACE.into(),
            format: FORMAT_VERSION,
            producer: PRODUCER.into(),
            parent: if is_imported { None } else { self.head.clone() },
            pieces: pieces.iter().map(|(piece, _)| piece.clone()).collect(),
        };
        let new_pieces = pieces
            .into_iter()
            .map(|(piece, bytes)| Piece { compressed: lz4_flex::block::compress(bytes), name: piece.name });
        let delete = if is_checkpoint { self.superfluous_checkpoints() } else { Vec::new() };
        let followers = if is_checkpoint && self.head.is_none() && image.is_of_empty_table() {
            self.after_nothing(&id)
        } else {
            Vec::new()
        };
        let change = Change {
            put: followers.iter().chain([&record]).cloned().collect(),
            pieces: new_pieces.collect(),
            rewrite_pieces: self.records.iter().any(|record| record.info.damage.is_some()),
            delete: delete.clone(),
            head: if is_checkpoint { HeadMove::To(Some(id.clone())) } else { HeadMove::None },
            ..self.change()
        };
        self.apply(change).await?;
        self.records.retain(|record| !delete.contains(&record.info.id));
        followers.into_iter().for_each(|record| self.replace(record));
        self.records.push(record);
        if is_checkpoint {
            self.head = Some(id);
        }
        Ok(Saved { info, is_new: true, removed: delete })
    }

    /// The oldest checkpoints, as many as must go for one more to come. Damaged ones are never among them:
    /// somebody may yet be able to read them.
    fn superfluous_checkpoints(&self) -> Vec<SnapshotId> {
        let is_checkpoint = |record: &&Record| {
            matches!(record.info.kind, SnapshotKind::Checkpoint { .. }) && record.info.damage.is_none()
        };
        let count = self.records.iter().filter(is_checkpoint).count();
        let superfluous = (count + 1).saturating_sub(self.checkpoints_kept);
        let checkpoints = self.records.iter().filter(is_checkpoint).map(|record| record.info.id.clone());
        checkpoints.filter(|id| Some(id) != self.head.as_ref()).take(superfluous).collect()
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
            // If that can not be noted, the snapshot is still there, and whoever reads it next finds out.
            let _ = self.mark_damaged(id, error.to_string()).await;
        }
        loaded
    }

    /// Notes why a snapshot can not be used. It stays until somebody deletes it.
    pub async fn mark_damaged(&mut self, id: &SnapshotId, reason: String) -> Result<(), StoreError> {
        let Some(record) = self.records.iter_mut().find(|record| record.info.id == *id) else { return Ok(()) };
        record.info.damage = Some(reason);
        let record = record.clone();
        let change = Change { put: vec![record], ..self.change() };
        self.apply(change).await
    }

    async fn read(&self, id: &SnapshotId) -> Result<HeapImage, LoadError> {
        if self.unreadable.contains(id) {
            return Err(LoadError::UnreadableRecord);
        }
        let record = self.record(id).ok_or(LoadError::Unknown)?;
        codec::check_version(record.format)?;
        let names: Vec<PieceName> = record.pieces.iter().map(|piece| piece.name.clone()).collect();
        let count = names.len();
        let mut bytes = Vec::new();
        for (index, (stored, piece)) in self.store.pieces(&names).await?.into_iter().zip(&record.pieces).enumerate() {
            let index = index + 1;
            let stored = stored.ok_or(LoadError::PieceMissing { index, count })?;
            bytes.extend(pieces::open(&stored, piece).ok_or(LoadError::PieceDamaged { index, count })?);
        }
        Ok(codec::decode(&bytes)?)
    }
}
