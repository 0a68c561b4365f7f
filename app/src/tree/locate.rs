//! Finds the row of a value by its path: for what is listed with the row alone, and for where it is among its siblings.
//! The worker lists rows by their numbers, so the row is looked for where it was last, and then from the first one on.

use wire::{Place, Step};

use super::{DiffSide, ListedRow, ListedRows, Purpose, Query, Range};

/// How many rows are listed at once where a row was last: some before it, and some after it.
const NEAR: u32 = 25;
/// How many are listed at once otherwise.
const MANY: u32 = 1000;
/// How many times that is done for one step.
const MAX_LISTS: u32 = 20;

/// A search for the row at the end of a path.
#[derive(Clone, Debug)]
pub struct Locate {
    steps: Vec<Step>,
    /// Where each step was among its siblings.
    hints: Vec<u32>,
    /// Which step is looked for now.
    level: usize,
    /// What was listed of its siblings before this.
    lists: u32,
    places: Vec<Place>,
}

/// How far a search has come.
#[derive(Debug)]
pub enum Progress {
    /// This is to be asked for next.
    Ask(Locate, Query),
    /// The row, and the places on the way to it, as far as they were wanted.
    Found(Box<ListedRow>, Vec<Place>),
    /// There is no such row.
    Gone,
    /// There are too many rows to look through.
    TooMany,
}

impl Locate {
    /// Looks for all places on the way to a value. `None` if there is no step.
    pub fn all(steps: Vec<Step>, hints: Vec<u32>) -> Option<(Self, Query)> {
        Locate::from(steps, hints, 0)
    }

    /// Looks for the row of a value alone.
    pub fn row(steps: Vec<Step>, hints: Vec<u32>) -> Option<(Self, Query)> {
        let level = steps.len().checked_sub(1)?;
        Locate::from(steps, hints, level)
    }

    fn from(steps: Vec<Step>, hints: Vec<u32>, level: usize) -> Option<(Self, Query)> {
        let locate = Locate { steps, hints, level, lists: 0, places: Vec::new() };
        let query = locate.query()?;
        Some((locate, query))
    }

    fn query(&self) -> Option<Query> {
        self.steps.get(self.level)?;
        let near = self.hints.get(self.level).copied().unwrap_or(0).saturating_sub(NEAR);
        let range = match self.lists.checked_sub(1) {
            None => Range { start: near, end: near.saturating_add(2 * NEAR) },
            Some(before) => Range { start: before * MANY, end: (before + 1) * MANY },
        };
        let steps = self.steps[..self.level].to_vec();
        Some(Query { node: Vec::new(), side: DiffSide::Both, steps, range, purpose: Purpose::Rows })
    }

    /// Takes an answer.
    pub fn receive(mut self, query: &Query, answer: Option<ListedRows>) -> Progress {
        let (Some(ListedRows { child_count, rows }), Some(wanted)) = (answer, self.steps.get(self.level)) else {
            return Progress::Gone;
        };
        let found = (query.range.start..).zip(rows).find(|(_, row)| row.step() == wanted);
        if let Some((index, row)) = found {
            self.places.push(Place { step: wanted.clone(), index, sibling_count: child_count });
            self.level += 1;
            self.lists = 0;
            return match self.query() {
                Some(query) => Progress::Ask(self, query),
                None => Progress::Found(Box::new(row), self.places),
            };
        }
        let is_whole = if self.lists == 0 { query.range.start == 0 } else { true };
        if is_whole && query.range.end >= child_count {
            return Progress::Gone;
        }
        self.lists += 1;
        match self.query() {
            Some(query) if self.lists <= MAX_LISTS => Progress::Ask(self, query),
            _ => Progress::TooMany,
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::{Key, Kind, Reference, Row, Summary};

    use super::*;

    fn item(index: u32) -> Step {
        Step::Key(Key::Integer(i64::from(index)))
    }

    /// Answers from tables of this many items, until the search ends. Returns how often it was asked.
    fn search(started: Option<(Locate, Query)>, count: u32) -> (Progress, u32) {
        let (mut locate, mut query) = started.expect("a path");
        for asked in 1.. {
            let row = |index| {
                let (kind, reference) = (Kind::Table, Reference::Single);
                let value = Summary { kind, text: String::new(), child_count: count, reference, location: None };
                ListedRow::Value(Row::new(item(index), format!("[{index}]"), value))
            };
            let rows = (query.range.start..query.range.end.min(count)).map(row).collect();
            match locate.receive(&query, Some(ListedRows { child_count: count, rows })) {
                Progress::Ask(next, further) => (locate, query) = (next, further),
                ended => return (ended, asked),
            }
        }
        unreachable!()
    }

    #[test]
    fn a_row_is_found_where_it_was_or_elsewhere() {
        let found = |hint, wanted, count| match search(Locate::row(vec![item(wanted)], vec![hint]), count) {
            (Progress::Found(row, places), asked) => {
                assert_eq!((row.step(), places[0].index, places[0].sibling_count), (&item(wanted), wanted, count));
                asked
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(found(0, 3, 10), 1);
        assert_eq!(found(50_000, 50_010, 100_000), 1);
        assert_eq!(found(50_000, 5, 100_000), 2);
        assert_eq!(found(0, 2500, 100_000), 4);
    }

    #[test]
    fn a_search_ends_where_there_is_no_such_row() {
        assert!(matches!(search(Locate::row(vec![item(20)], vec![0]), 10), (Progress::Gone, 1)));
        assert!(matches!(search(Locate::row(vec![item(20)], vec![700]), 10), (Progress::Gone, 2)));
        assert!(matches!(search(Locate::row(vec![item(u32::MAX)], vec![0]), 1_000_000), (Progress::TooMany, 21)));
        let (locate, query) = Locate::row(vec![item(1)], vec![]).expect("a path");
        assert!(matches!(locate.receive(&query, None), Progress::Gone));
        assert!(Locate::all(vec![], vec![]).is_none());
        assert!(Locate::row(vec![], vec![u32::MAX]).is_none());
    }

    #[test]
    fn all_places_on_the_way_are_found() {
        let (found, asked) = search(Locate::all(vec![item(1), item(150), item(7)], vec![0, 150, u32::MAX]), 200);
        let Progress::Found(_, places) = found else { panic!("{found:?}") };
        assert_eq!(places.iter().map(|place| place.index).collect::<Vec<_>>(), [1, 150, 7]);
        assert_eq!(asked, 4);
    }
}
