//! How the value at a path differs between two states. What was found out is kept: it is asked for again when a run has
//! changed `_home`, or when there is more to be shown.

use std::rc::Rc;

use wire::{DiffTotals, Key, SnapshotId, Step, Summary};

use crate::diff::{self, Diff};
use crate::image::Value;
use crate::inspect::Inspection;
use crate::slices::{Slices, Withdrawn};

/// A value that is another in two states.
#[derive(Clone)]
pub struct Found {
    /// The earlier value.
    pub old: Option<Summary>,
    /// The later value.
    pub new: Option<Summary>,
    /// What differs in two tables or two functions.
    pub totals: Option<DiffTotals>,
}

/// The states of a comparison: an earlier one, if there is one, and a later one.
type Pair = (Option<SnapshotId>, SnapshotId);

/// What is known of the value at one path.
#[derive(Default)]
pub struct Known {
    path: Vec<Step>,
    /// `None` where the value is the same in both. There are no more of them than checkpoints.
    found: Vec<(Pair, Option<Found>)>,
}

impl Known {
    /// What is known is to be of this path from now on.
    pub fn of_path(&mut self, path: &[Step]) -> &mut Self {
        if self.path != path {
            *self = Known { path: path.to_vec(), found: Vec::new() };
        }
        self
    }

    /// What was found in two states, if they were compared.
    pub fn get(&self, pair: &Pair) -> Option<Option<Found>> {
        self.found.iter().find(|(known, _)| known == pair).map(|(_, found)| found.clone())
    }

    /// Keeps what was found in two states.
    pub fn keep(&mut self, pair: Pair, found: Option<Found>) {
        self.found.push((pair, found));
    }
}

/// Whether a path leads to the same place in another state.
pub fn is_lasting(path: &[Step]) -> bool {
    !path.iter().any(|step| matches!(step, Step::Key(Key::Entry(_)) | Step::Result(_)))
}

/// Compares the values at a path. `None` where they are the same, or there is none in both.
pub async fn compare(
    before: &Rc<Inspection>,
    after: &Rc<Inspection>,
    path: &[Step],
    slices: &Slices,
) -> Result<Option<Found>, Withdrawn> {
    let (old, new) = (value(before, path), value(after, path));
    let totals = match (old, new) {
        (None, None) => return Ok(None),
        (Some(old), Some(new)) => match Diff::of(Rc::clone(before), old, Rc::clone(after), new, slices).await? {
            Some(diff) if diff.totals() == DiffTotals::default() => return Ok(None),
            Some(diff) => Some(diff.totals()),
            None if diff::is_same_leaf(before.image(), old, after.image(), new) => return Ok(None),
            None => None,
        },
        _ => None,
    };
    let summary = |state: &Inspection, value: Option<Value>| value.map(|value| state.summary(value, &[], None));
    Ok(Some(Found { old: summary(before, old), new: summary(after, new), totals }))
}

/// The value at a path, if there is one.
fn value(state: &Inspection, path: &[Step]) -> Option<Value> {
    let is_there = |value: &Value| *value != Value::Nil || matches!(path.last(), Some(Step::Upvalue(_)));
    state.value(path).filter(is_there)
}
