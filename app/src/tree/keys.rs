//! The names of groups: the keys of the first and the last child of each. They are asked for one by one, unless all
//! children are a sequence, whose keys are known.

use std::collections::HashMap;

use wire::{Key, Step};

use super::{range::Range, row::ListedRow};

/// The groups of a node's children.
#[derive(Clone, Debug)]
pub struct Groups {
    ranges: Vec<Range>,
    /// The labels of children at the ends of groups, by their numbers.
    labels: HashMap<u32, String>,
}

impl Groups {
    /// These groups. Names that are known already are shown until they are known anew.
    pub fn new(ranges: Vec<Range>, before: Option<Groups>) -> Self {
        Groups { ranges, labels: before.map(|before| before.labels).unwrap_or_default() }
    }

    /// The groups with their names, where these are known.
    pub fn named(&self) -> impl Iterator<Item = (Range, Option<[String; 2]>)> + '_ {
        let label = |index: u32| self.labels.get(&index).cloned();
        self.ranges.iter().map(move |range| (*range, label(range.start).zip(label(range.end - 1)).map(<[_; 2]>::from)))
    }

    /// The children to ask for first: the last two, of which one may be the metatable.
    pub fn first_question(&self) -> Range {
        let end = self.end();
        Range { start: end.saturating_sub(2), end }
    }

    /// Takes an answer. Returns which children are to be asked for then.
    pub fn receive(&mut self, asked: Range, rows: &[ListedRow]) -> Vec<Range> {
        let numbered = || (asked.start..).zip(rows);
        let is_first = asked == self.first_question();
        let is_item = |(index, row): (u32, &ListedRow)| *row.step() == Step::Key(Key::Integer(i64::from(index) + 1));
        let is_sequence = is_first && numbered().any(is_item);
        if is_sequence {
            let ends = self.ranges.iter().flat_map(|range| [range.start, range.end - 1]);
            self.labels = ends.map(|index| (index, format!("[{}]", u64::from(index) + 1))).collect();
        }
        self.labels.extend(numbered().map(|(index, row)| (index, row.label().to_owned())));
        if is_first && !is_sequence { self.borders() } else { Vec::new() }
    }

    /// The first child of all, and the two on both sides of each border between groups.
    fn borders(&self) -> Vec<Range> {
        let first = self.ranges.first().map(|range| Range { start: range.start, end: range.start + 1 });
        let between = self.ranges.iter().skip(1).map(|range| Range { start: range.start - 1, end: range.start + 1 });
        first.into_iter().chain(between).collect()
    }

    fn end(&self) -> u32 {
        self.ranges.last().map_or(0, |range| range.end)
    }
}

#[cfg(test)]
mod tests {
    use wire::{Kind, Reference, Row, Summary};

    use super::*;

    fn row(step: Step, label: &str) -> ListedRow {
        let value = Summary {
            kind: Kind::Number,
            text: "1".to_owned(),
            child_count: 0,
            reference: Reference::Single,
            location: None,
        };
        ListedRow::Value(Row::new(step, label.to_owned(), value))
    }

    fn key(name: &str) -> ListedRow {
        row(Step::Key(Key::String(name.into())), name)
    }

    fn item(index: i64) -> ListedRow {
        row(Step::Key(Key::Integer(index)), &format!("[{index}]"))
    }

    fn of(count: u32) -> Groups {
        Groups::new(Range { start: 0, end: count }.groups(), None)
    }

    fn names(groups: &Groups) -> Vec<Option<String>> {
        groups.named().map(|(_, keys)| keys.map(|keys| keys.join(" … "))).collect()
    }

    #[test]
    fn the_keys_of_a_sequence_need_one_question_with_a_metatable_too() {
        let mut groups = of(250);
        let asked = groups.first_question();
        assert_eq!((asked.start, asked.end), (248, 250));
        assert_eq!(names(&groups), [None, None, None]);
        assert_eq!(groups.receive(asked, &[item(249), item(250)]), []);
        let all = ["[1] … [100]", "[101] … [200]", "[201] … [250]"].map(|name| Some(name.to_owned()));
        assert_eq!(names(&groups), all);
        assert_eq!(groups.receive(asked, &[item(249), row(Step::Metatable, "metatable")]), []);
        assert_eq!(names(&groups)[2].as_deref(), Some("[201] … metatable"));
    }

    #[test]
    fn other_keys_are_asked_for_at_each_border() {
        let mut groups = of(250);
        let asked = groups.receive(groups.first_question(), &[key("y"), key("z")]);
        let ranges: Vec<_> = asked.iter().map(|range| (range.start, range.end)).collect();
        assert_eq!(ranges, [(0, 1), (99, 101), (199, 201)]);
        assert_eq!(groups.receive(asked[0], &[key("a")]), []);
        assert_eq!(groups.receive(asked[1], &[key("f"), key("g")]), []);
        assert_eq!(groups.receive(asked[2], &[key("n"), key("o")]), []);
        let all = ["a … f", "g … n", "o … z"].map(|name| Some(name.to_owned()));
        assert_eq!(names(&groups), all);
        // Asked anew, they are shown as they were until there is an answer.
        let mut again = Groups::new(Range { start: 0, end: 250 }.groups(), Some(groups));
        assert_eq!(names(&again)[0].as_deref(), Some("a … f"));
        again.receive(again.first_question(), &[key("y"), key("zz")]);
        assert_eq!(names(&again)[2].as_deref(), Some("o … zz"));
    }

    #[test]
    fn an_answer_that_is_empty_asks_for_nothing_twice() {
        let mut groups = of(250);
        let asked = groups.receive(groups.first_question(), &[]);
        assert_eq!(asked.len(), 3);
        assert_eq!(groups.receive(asked[0], &[]), []);
    }
}
