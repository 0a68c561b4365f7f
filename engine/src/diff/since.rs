//! What changed in a listing since an earlier image: only what is listed is compared, and what is in it as far as that
//! is quick.

use std::collections::HashMap;

use wire::{Change, Key, Row, Step};

use super::Pair;
use super::children;
use super::code::Code;
use crate::image::Value;
use crate::inspect::Inspection;

/// How many values inside the listed ones are compared. Where more would be needed, a value counts as unchanged inside.
const MAX_VISITS: u32 = 100_000;

/// Says of each row of a listing how it differs from what is at its place in the earlier image.
pub fn mark(rows: &mut [Row], path: &[Step], before: &Inspection, after: &Inspection) {
    // Where the whole is new, nothing in it stands out.
    let (Some(old), Some(new)) = (before.value(path), after.value(path)) else { return };
    let code = Code::new(before.image(), after.image());
    let mut comparison = Comparison { before, after, code, met: HashMap::new(), visits_left: MAX_VISITS };
    for (number, row) in rows.iter_mut().enumerate() {
        let Some(value) = after.child(new, &row.step) else { continue };
        match before.child(old, &row.step) {
            // Keys that are objects are known by their number, which may be another one's now.
            _ if matches!(row.step, Step::Key(Key::Entry(_))) => {}
            // There was no metatable.
            None | Some(Value::Nil) => row.change = Some(Change::Added),
            Some(old) => match comparison.compare(old, value) {
                Found::Same => {}
                Found::Different => {
                    row.change = Some(Change::Changed);
                    row.before = Some(before.summary(old, &[], None).text);
                }
                Found::Objects(pair) => {
                    row.change = comparison.differs_inside(pair, number as u32).then_some(Change::Inside);
                }
            },
        }
    }
}

/// What two values turn out to be.
enum Found {
    Same,
    Different,
    Objects(Pair),
}

struct Comparison<'a> {
    before: &'a Inspection,
    after: &'a Inspection,
    code: Code<'a>,
    /// Pairs that are the same, as far as that was compared, and the row whose comparison met them.
    met: HashMap<Pair, u32>,
    visits_left: u32,
}

impl Comparison<'_> {
    fn compare(&mut self, old: Value, new: Value) -> Found {
        let (before, after) = (self.before.image(), self.after.image());
        let is_same = match (old, new) {
            (Value::Table(old), Value::Table(new)) => return Found::Objects(Pair::Tables(old, new)),
            (Value::Function(old), Value::Function(new)) if self.code.is_same(old, new) => {
                return Found::Objects(Pair::Functions(old, new));
            }
            (Value::Native(old), Value::Native(new)) if children::are_alike(before, old, after, new) => {
                return Found::Objects(Pair::Natives(old, new));
            }
            (old, new) => super::is_same_leaf(before, old, after, new),
        };
        if is_same { Found::Same } else { Found::Different }
    }

    /// Whether two objects are known to differ inside.
    fn differs_inside(&mut self, pair: Pair, row: u32) -> bool {
        let (before, after) = (self.before.image(), self.after.image());
        let mut to_visit = vec![pair];
        while let Some(pair) = to_visit.pop() {
            if self.met.contains_key(&pair) {
                continue;
            }
            self.met.insert(pair, row);
            let is_different = match pair {
                Pair::Tables(old, new) => {
                    self.has_different(&mut children::of_tables(before, old, after, new), &mut to_visit)
                }
                Pair::Functions(old, new) => {
                    self.has_different(&mut children::of_functions(before, old, after, new), &mut to_visit)
                }
                Pair::Natives(old, new) => {
                    self.has_different(&mut children::of_natives(before, old, after, new), &mut to_visit)
                }
            };
            match is_different {
                Some(false) => {}
                Some(true) => {
                    // Not all of them were compared to the end.
                    self.met.retain(|_, met_in| *met_in != row);
                    return true;
                }
                None => return false,
            }
        }
        false
    }

    /// Whether a child differs, as far as that is known without visiting objects. `None` if there are too many.
    fn has_different(
        &mut self,
        children: &mut dyn Iterator<Item = children::Child>,
        to_visit: &mut Vec<Pair>,
    ) -> Option<bool> {
        for child in children {
            self.visits_left = self.visits_left.checked_sub(1)?;
            let (Some(old), Some(new)) = (child.before, child.after) else { return Some(true) };
            match self.compare(old, new) {
                Found::Same => {}
                Found::Different => return Some(true),
                Found::Objects(pair) => to_visit.push(pair),
            }
        }
        Some(false)
    }
}
