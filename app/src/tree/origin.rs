//! Where a tree's rows come from: one state, or the difference between two.

use wire::{Compare, Inspect, SnapshotId, Subject};

use super::{DiffSide, Query, VisibleRow};

/// Where a tree's rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The values of one state.
    Values(Subject),
    /// The difference between two states.
    Difference {
        /// The earlier state.
        before: Subject,
        /// The later state.
        after: Subject,
    },
}

/// The look that lists a node's children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowsCall {
    /// Its values.
    Values(Inspect),
    /// Its differences.
    Differences(Compare),
}

impl Origin {
    /// The look that lists a node's children.
    pub fn rows_call(&self, query: &Query) -> RowsCall {
        let (path, offset, limit) = (query.steps.clone(), query.range.start, query.range.len());
        match (self, query.side) {
            (Origin::Difference { before, after }, DiffSide::Both) => {
                let (before, after) = (before.clone(), after.clone());
                RowsCall::Differences(Compare { before, after, path, offset, limit })
            }
            _ => RowsCall::Values(Inspect { subject: self.subject(query.side).clone(), path, offset, limit }),
        }
    }

    /// The state that contains a row's value.
    pub fn subject(&self, side: DiffSide) -> &Subject {
        match (self, side) {
            (Origin::Values(subject), _) => subject,
            (Origin::Difference { before, .. }, DiffSide::Earlier) => before,
            (Origin::Difference { after, .. }, _) => after,
        }
    }

    /// The snapshot that a row's value can be restored from, if there is one.
    pub fn restorable(&self, row: &VisibleRow) -> Option<&SnapshotId> {
        let (Origin::Values(Subject::Snapshot(id)) | Origin::Difference { before: Subject::Snapshot(id), .. }) = self
        else {
            return None;
        };
        (row.is_addressable() && row.side != DiffSide::Later).then_some(id)
    }
}
