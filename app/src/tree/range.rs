//! Groups for large numbers of children, so that at most a hundred rows are shown or fetched at once.

use serde::{Deserialize, Serialize};

/// The maximum number of children listed without groups, and of groups on one level.
pub const PAGE: u32 = 100;

/// A range of a value's children, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    /// The index of the first child.
    pub start: u32,
    /// The index after the last child.
    pub end: u32,
}

impl Range {
    /// The number of children in the range.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Splits the range into at most a hundred groups of equal size, which is a power of a hundred.
    pub fn groups(self) -> Vec<Range> {
        let mut size = PAGE;
        while u64::from(self.len()) > u64::from(size) * u64::from(PAGE) {
            size = size.saturating_mul(PAGE);
        }
        (self.start..self.end)
            .step_by(size as usize)
            .map(|start| Range { start, end: start.saturating_add(size).min(self.end) })
            .collect()
    }

    /// The groups that a child is in, the largest first; none where the children are listed without.
    pub fn groups_of(self, index: u32) -> Vec<Range> {
        let (mut range, mut groups) = (self, Vec::new());
        while range.len() > PAGE {
            let Some(group) = range.groups().into_iter().find(|group| (group.start..group.end).contains(&index)) else {
                break;
            };
            groups.push(group);
            range = group;
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(count: u32) -> Vec<(u32, u32)> {
        Range { start: 0, end: count }.groups().into_iter().map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn the_last_group_may_be_smaller() {
        assert_eq!(groups(250), [(0, 100), (100, 200), (200, 250)]);
    }

    #[test]
    fn a_million_is_a_hundred_groups_of_a_hundred_pages() {
        let outer = groups(1_000_000);
        assert_eq!(outer.len(), 100);
        assert_eq!(outer[99], (990_000, 1_000_000));
        let inner = Range { start: 990_000, end: 1_000_000 }.groups();
        assert_eq!((inner.len(), inner[0].len()), (100, 100));
    }

    #[test]
    fn a_child_is_in_one_group_of_each_level() {
        let groups_of = |count, index| {
            let groups = Range { start: 0, end: count }.groups_of(index);
            groups.into_iter().map(|range| (range.start, range.end)).collect::<Vec<_>>()
        };
        assert_eq!(groups_of(1_000_000, 10_150), [(10_000, 20_000), (10_100, 10_200)]);
        assert_eq!(groups_of(250, 249), [(200, 250)]);
        assert_eq!((groups_of(100, 99), groups_of(250, 250)), (vec![], vec![]));
    }

    #[test]
    fn groups_grow_only_when_needed() {
        assert_eq!(groups(10_000).len(), 100);
        assert_eq!(groups(10_001), [(0, 10_000), (10_000, 10_001)]);
        assert!(groups(u32::MAX).len() <= 100);
    }
}
