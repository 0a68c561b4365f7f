//! Moving through history, and what a person does with single snapshots. Every checkpoint knows the one before it;
//! together they are a tree, in which undoing goes to the root and redoing along the newest branch.

use wire::{History, SnapshotId, SnapshotInfo, SnapshotKind};

use super::{Archive, LoadError};
use crate::store::{Change, HeadMove, Record, SnapshotStore, StoreError};

/// Where undoing the last run leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// To an empty `_home`.
    ToNothing,
    /// To a snapshot.
    To(SnapshotId),
}

impl<S: SnapshotStore> Archive<S> {
    /// Where one step back leads; `None` if what was before is not known (any more).
    pub fn undo(&self) -> Option<Undo> {
        let head = self.record(self.head.as_ref()?)?;
        match &head.parent {
            None => Some(Undo::ToNothing),
            Some(parent) => self.record(parent).map(|record| Undo::To(record.info.id.clone())),
        }
    }

    /// Where one step forward leads: to the newest checkpoint that followed the head.
    pub fn redo(&self) -> Option<SnapshotId> {
        let follows = |record: &&Record| {
            record.parent == self.head && matches!(record.info.kind, SnapshotKind::Checkpoint { .. })
        };
        self.records.iter().rev().find(follows).map(|record| record.info.id.clone())
    }

    /// What can be undone and redone.
    pub fn history(&self) -> History {
        let name = |id: &SnapshotId| self.info(id).map(|info| info.kind.name().to_owned());
        History {
            head: self.head.clone(),
            undo: self.undo().and(self.head.as_ref()).and_then(name),
            redo: self.redo().as_ref().and_then(name),
        }
    }

    /// Makes another snapshot the one to start from; `None` is an empty `_home`.
    pub async fn move_head(&mut self, head: Option<SnapshotId>) -> Result<(), StoreError> {
        self.apply(Change { head: HeadMove::To(head.clone()), ..self.change() }).await?;
        self.head = head;
        Ok(())
    }

    /// The first checkpoints, as followers of one that holds the empty `_home` they started from: so they can still
    /// be redone.
    pub(super) fn after_nothing(&self, id: &SnapshotId) -> Vec<Record> {
        let is_first =
            |record: &&Record| record.parent.is_none() && matches!(record.info.kind, SnapshotKind::Checkpoint { .. });
        let first = self.records.iter().filter(is_first);
        first.map(|record| Record { parent: Some(id.clone()), ..record.clone() }).collect()
    }

    /// Gives a named or imported snapshot another name.
    pub async fn rename(&mut self, id: &SnapshotId, name: String) -> Result<SnapshotInfo, LoadError> {
        let mut record = self.record(id).ok_or(LoadError::Unknown)?.clone();
        record.info.kind = match record.info.kind {
            SnapshotKind::Named { .. } => SnapshotKind::Named { name },
            SnapshotKind::Imported { .. } => SnapshotKind::Imported { name },
            SnapshotKind::Checkpoint { .. } => return Err(LoadError::NoName),
        };
        self.apply(Change { put: vec![record.clone()], ..self.change() }).await?;
        let info = record.info.clone();
        self.replace(record);
        Ok(info)
    }

    /// Stores a copy of a snapshot under a name. That of an imported one is not to be trusted either.
    pub async fn duplicate(
        &mut self,
        id: &SnapshotId,
        copy: SnapshotId,
        name: String,
        now_millis: f64,
    ) -> Result<SnapshotInfo, LoadError> {
        let mut record = self.record(id).ok_or(LoadError::Unknown)?.clone();
        record.info.id = copy;
        record.info.created_millis = now_millis;
        record.info.kind = match record.info.kind {
            SnapshotKind::Imported { .. } => SnapshotKind::Imported { name },
            SnapshotKind::Named { .. } | SnapshotKind::Checkpoint { .. } => SnapshotKind::Named { name },
        };
        self.apply(Change { put: vec![record.clone()], ..self.change() }).await?;
        let info = record.info.clone();
        self.records.push(record);
        Ok(info)
    }

    /// Deletes a snapshot for ever. The head stays what it is, unless it was that one: then the newest other
    /// snapshot is that was not brought from outside. What followed the deleted one now follows what was before it.
    pub async fn delete(&mut self, id: &SnapshotId) -> Result<(), StoreError> {
        let head = if self.head.as_ref() == Some(id) {
            let can_be_head =
                |info: &&SnapshotInfo| info.id != *id && !matches!(info.kind, SnapshotKind::Imported { .. });
            let newest = self.records.iter().rev().map(|record| &record.info).find(can_be_head);
            HeadMove::To(newest.map(|info| info.id.clone()))
        } else {
            HeadMove::None
        };
        let before = self.record(id).and_then(|record| record.parent.clone());
        let followers = self.records.iter().filter(|record| record.parent.as_ref() == Some(id));
        let put: Vec<Record> = followers.map(|record| Record { parent: before.clone(), ..record.clone() }).collect();
        let change = Change { put: put.clone(), delete: vec![id.clone()], head: head.clone(), ..self.change() };
        self.apply(change).await?;
        put.into_iter().for_each(|record| self.replace(record));
        self.records.retain(|record| record.info.id != *id);
        self.unreadable.retain(|unreadable| unreadable != id);
        if let HeadMove::To(head) = head {
            self.head = head;
        }
        Ok(())
    }

    pub(super) fn replace(&mut self, record: Record) {
        if let Some(known) = self.records.iter_mut().find(|known| known.info.id == record.info.id) {
            *known = record;
        }
    }
}
