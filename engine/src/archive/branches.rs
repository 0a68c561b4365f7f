//! Branches of history. A branch is the line of checkpoints up to a leaf: one that none follows. Its name is in the record
//! of the leaf.

use wire::{Branch, SnapshotId};

use super::{Archive, LoadError};
use crate::store::{Change, Record, SnapshotStore, StoreError};

/// The checkpoints on the way from one to another.
pub struct Way {
    /// Those whose runs are undone, the last first.
    pub back: Vec<SnapshotId>,
    /// Those whose runs are redone, the first first.
    pub forth: Vec<SnapshotId>,
}

impl<S: SnapshotStore> Archive<S> {
    /// All branches, those that ended first at the beginning.
    pub(super) fn branches(&self) -> Vec<Branch> {
        let records = self.ledger.records();
        let mut is_leaf: Vec<bool> = records.iter().map(Record::is_checkpoint).collect();
        for record in records.iter().filter(|record| record.is_checkpoint()) {
            if let Some(parent) = record.parent.as_ref().and_then(|parent| self.ledger.find(parent).ok()) {
                is_leaf[parent] = false;
            }
        }
        let leaves = records.iter().zip(is_leaf).filter(|(_, is_leaf)| *is_leaf);
        leaves.map(|(record, _)| Branch { leaf: record.info.id.clone(), name: record.branch.clone() }).collect()
    }

    /// The way from the head to a checkpoint; `None` is an empty `_home`.
    pub fn way(&self, to: Option<&SnapshotId>) -> Way {
        let (mut back, mut forth) = (self.line(self.head()), self.line(to));
        while !back.is_empty() && back.last() == forth.last() {
            back.pop();
            forth.pop();
        }
        forth.reverse();
        Way { back, forth }
    }

    /// A snapshot and what it came from, the newest first. No longer than there are records, whatever they say.
    pub fn line(&self, from: Option<&SnapshotId>) -> Vec<SnapshotId> {
        let first = from.and_then(|id| self.record(id));
        let line = std::iter::successors(first, |record| self.record(record.parent.as_ref()?));
        line.take(self.ledger.records().len()).map(|record| record.info.id.clone()).collect()
    }

    /// What a snapshot follows.
    pub fn parent(&self, id: &SnapshotId) -> Option<&SnapshotId> {
        self.record(id)?.parent.as_ref()
    }

    /// The change that gives a branch a name, or takes it away.
    pub fn naming(&self, leaf: &SnapshotId, name: Option<String>) -> Result<Change, LoadError> {
        let mut change = Change::default();
        let branches = self.branches();
        if name.is_some() && branches.iter().any(|other| other.name == name && other.leaf != *leaf) {
            return Err(LoadError::NameTaken);
        }
        let leaf = branches.iter().find(|branch| branch.leaf == *leaf).ok_or(LoadError::NoLeaf)?;
        self.edit(&mut change, &leaf.leaf).ok_or(LoadError::NoLeaf)?.branch = name;
        Ok(change)
    }

    /// The change that deletes the checkpoints that only one branch has, but none that `_home` came from.
    pub fn deletion(&self, leaf: &SnapshotId) -> Result<Change, LoadError> {
        let (mut change, of_home) = (Change::default(), self.line(self.head()));
        let mut next = Some(leaf.clone());
        while let Some(id) = next.filter(|id| !of_home.contains(id) && !self.is_followed(id, &change)) {
            let Some(record) = self.edit(&mut change, &id).filter(|record| record.is_checkpoint()) else { break };
            // It does not stay with what is left.
            record.branch = None;
            next = record.parent.clone();
            self.remove(&mut change, &id);
        }
        if change.delete.is_empty() { Err(LoadError::NothingOwn) } else { Ok(change) }
    }

    /// Makes a change of branches.
    pub async fn change_branches(&mut self, change: Change) -> Result<(), StoreError> {
        self.apply(change).await
    }

    /// Whether a checkpoint follows a snapshot once a change is made.
    pub(super) fn is_followed(&self, id: &SnapshotId, change: &Change) -> bool {
        let follows = |other: &Record| other.parent.as_ref() == Some(id) && other.is_checkpoint();
        let mut stored = self.ledger.records().iter().filter(|other| follows(other));
        change.put.iter().any(follows) || stored.any(|other| is_untouched(change, &other.info.id))
    }

    /// A record that a change writes, to be changed.
    pub(super) fn edit<'a>(&self, change: &'a mut Change, id: &SnapshotId) -> Option<&'a mut Record> {
        let written = change.put.iter().position(|put| put.info.id == *id);
        let at = match written {
            Some(at) => at,
            None => {
                change.put.push(self.record(id)?.clone());
                change.put.len() - 1
            }
        };
        change.put.get_mut(at)
    }
}

/// Whether a change neither writes nor deletes a record.
pub(super) fn is_untouched(change: &Change, id: &SnapshotId) -> bool {
    !change.delete.contains(id) && !change.put.iter().any(|put| put.info.id == *id)
}
