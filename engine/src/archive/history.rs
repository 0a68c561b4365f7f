//! Moving through the history, and changing single snapshots. Every checkpoint knows its predecessor; together they are
//! a tree, in which undo goes towards the root and redo along the newest branch.

use wire::{HistoryPosition, SnapshotId, SnapshotInfo, SnapshotKind, Turn};

use super::branches::is_untouched;
use super::{Archive, LoadError};
use crate::files;
use crate::store::{Change, HeadMove, Record, SnapshotStore, StoreError};

/// What undoing the last run leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undo {
    /// To an empty `_home`.
    ToNothing,
    /// To a snapshot.
    To(SnapshotId),
}

impl<S: SnapshotStore> Archive<S> {
    /// What one step back leads to; `None` if the previous state is not, or no longer, known.
    pub fn undo(&self) -> Option<Undo> {
        let head = self.record(self.head()?)?;
        match &head.parent {
            None => Some(Undo::ToNothing),
            Some(parent) => self.record(parent).map(|record| Undo::To(record.info.id.clone())),
        }
    }

    /// What one step forward leads to: of the checkpoints that followed the head, this one, or the newest.
    pub fn redo(&self, to: Option<&SnapshotId>) -> Option<SnapshotId> {
        let follows = |record: &&Record| {
            let is_wanted = to.is_none_or(|to| record.info.id == *to);
            is_wanted && record.parent.as_ref() == self.head() && record.is_checkpoint()
        };
        self.ledger.records().iter().rev().find(follows).map(|record| record.info.id.clone())
    }

    /// What can be undone and redone.
    pub fn history(&self) -> HistoryPosition {
        let name = |id: &SnapshotId| self.info(id).map(|info| info.kind.name().to_owned());
        HistoryPosition {
            head: self.head().cloned(),
            undo: self.undo().and(self.head()).and_then(name),
            redo: self.redo(None).as_ref().and_then(name),
            turns: self.turns(),
            branches: self.branches(),
        }
    }

    fn turns(&self) -> Vec<Turn> {
        let (mut turns, mut newest) = (Vec::new(), None);
        for record in self.ledger.records() {
            let Record { info, parent, .. } = record;
            let is_imported = matches!(info.kind, SnapshotKind::Imported { .. });
            if !is_imported && parent.as_ref() != newest {
                turns.push(Turn { id: info.id.clone(), parent: parent.clone() });
            }
            // What is not listed is not before what follows in the list.
            if record.is_checkpoint() && !record.is_deleted {
                newest = Some(&info.id);
            }
        }
        turns
    }

    /// Makes another snapshot the head; `None` is an empty `_home`.
    pub async fn move_head(&mut self, head: Option<SnapshotId>) -> Result<(), StoreError> {
        let is_move = head.as_ref() != self.head();
        let mut change = Change { head: HeadMove::To(head), ..Change::default() };
        if is_move {
            self.leave_head(&mut change);
        }
        self.apply(change).await
    }

    /// A head that a person deleted is kept only while it is what `_home` is now. After that, it is deleted.
    pub(super) fn leave_head(&self, change: &mut Change) {
        if let Some(head) = self.head().and_then(|head| self.record(head)).filter(|head| head.is_deleted) {
            self.remove(change, &head.info.id);
        }
    }

    /// Deletes a record. Its successors now follow its predecessor, which takes over the name of a branch that it ends now.
    pub(super) fn remove(&self, change: &mut Change, id: &SnapshotId) {
        let written = change.put.iter().position(|put| put.info.id == *id).map(|at| change.put.swap_remove(at));
        let Some(record) = written.or_else(|| self.record(id).cloned()) else { return };
        change.delete.push(id.clone());
        let is_follower = |other: &Record| other.parent.as_ref() == Some(id);
        let stored = self.ledger.records().iter().filter(|other| is_follower(other));
        let followers: Vec<Record> = stored.filter(|other| is_untouched(change, &other.info.id)).cloned().collect();
        change.put.extend(followers);
        for follower in change.put.iter_mut().filter(|other| is_follower(other)) {
            follower.parent = record.parent.clone();
            // Undoing the run of the follower undoes that of this record as well.
            let later = std::mem::replace(&mut follower.files, record.files.clone());
            files::merge(&mut follower.files, later);
        }
        if record.branch.is_some()
            && let Some(parent) = record.parent.filter(|parent| !self.is_followed(parent, change))
            && let Some(parent) = self.edit(change, &parent).filter(|parent| parent.is_checkpoint())
        {
            parent.branch = record.branch;
        }
    }

    /// Makes the first checkpoints follow one that holds the empty `_home` they started from, so that they can still be
    /// redone.
    pub(super) fn after_nothing(&self, id: &SnapshotId) -> Vec<Record> {
        let is_first = |record: &&Record| record.parent.is_none() && record.is_checkpoint();
        let first = self.ledger.records().iter().filter(is_first);
        first.map(|record| Record { parent: Some(id.clone()), ..record.clone() }).collect()
    }

    /// Renames a named or imported snapshot.
    pub async fn rename(&mut self, id: &SnapshotId, name: String) -> Result<SnapshotInfo, LoadError> {
        let mut record = self.record(id).ok_or(LoadError::Unknown)?.clone();
        record.info.kind = match record.info.kind {
            SnapshotKind::Named { .. } => SnapshotKind::Named { name },
            SnapshotKind::Imported { .. } => SnapshotKind::Imported { name },
            SnapshotKind::Checkpoint { .. } => return Err(LoadError::NoName),
        };
        let info = record.info.clone();
        self.apply(Change { put: vec![record], ..Change::default() }).await?;
        Ok(info)
    }

    /// Stores a copy of a snapshot under a name. A copy of an imported snapshot is not trusted either.
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
        record.is_deleted = false;
        record.branch = None;
        record.files.clear();
        let info = record.info.clone();
        self.apply(Change { put: vec![record], ..Change::default() }).await?;
        Ok(info)
    }

    /// Deletes a snapshot permanently. Its successors now follow its predecessor.
    ///
    /// The head is what `_home` is now, and that is not deleted: the record is no longer listed, but stays until
    /// `_home` is something else. If the head is damaged, `_home` is something else already; then the newest other
    /// snapshot that was not imported becomes the head.
    pub async fn delete(&mut self, id: &SnapshotId) -> Result<(), StoreError> {
        let is_head = self.head() == Some(id);
        let mut change = Change::default();
        match self.record(id) {
            Some(record) if is_head && record.info.damage.is_none() => {
                change.put.push(Record { is_deleted: true, ..record.clone() });
                return self.apply(change).await;
            }
            Some(_) => self.remove(&mut change, id),
            None => {
                self.may_have_litter = true;
                change.delete.push(id.clone());
            }
        }
        if is_head {
            let can_be_head =
                |info: &&SnapshotInfo| info.id != *id && !matches!(info.kind, SnapshotKind::Imported { .. });
            let newest = self.ledger.records().iter().rev().map(|record| &record.info).find(can_be_head);
            change.head = HeadMove::To(newest.map(|info| info.id.clone()));
        }
        self.apply(change).await
    }
}
