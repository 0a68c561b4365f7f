//! Where the strip of history has branches: which states are on the line that `_home` is on, and what each of the others
//! follows.

use std::collections::HashMap;

use wire::{HistoryPosition, SnapshotId, SnapshotKind};

/// How a state of the strip is related to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// Whether it is on another branch than `_home`.
    pub is_aside: bool,
    /// The state that it follows, if that is in the strip.
    pub follows: Option<Link>,
}

/// From a state back to the one that it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// How many marks back that is.
    pub back: usize,
    /// Whether that is on another branch than `_home`.
    pub from_aside: bool,
}

/// The lineages of states, which are in the order of time. On the line of `_home` is what it came from, and what has
/// followed it: of several, the newest, as for a redo. What a person named is where the state is that it was saved at.
pub fn lineages(states: &[(SnapshotId, &SnapshotKind)], history: &HistoryPosition) -> Vec<Lineage> {
    let parents = parents(states, history);
    let is_checkpoint = |at: usize| matches!(states[at].1, SnapshotKind::Checkpoint { .. });
    let mut is_on_line = vec![false; states.len()];
    let head = states.iter().position(|(id, _)| Some(id) == history.head.as_ref());
    // Of what follows a state, the newest is the last.
    let mut newest_child = vec![None; states.len()];
    for (at, parent) in parents.iter().enumerate().filter(|(at, _)| is_checkpoint(*at)) {
        if let Some(parent) = parent {
            newest_child[*parent] = Some(at);
        }
    }
    let first = states.iter().enumerate().rposition(|(at, _)| is_checkpoint(at) && parents[at].is_none());
    let tip = std::iter::successors(head.or(first), |at| newest_child[*at]).last();
    for at in std::iter::successors(tip, |at| parents[*at]) {
        is_on_line[at] = true;
    }
    for at in 0..states.len() {
        // Nothing has followed it.
        if !is_checkpoint(at) && newest_child[at].is_none() {
            is_on_line[at] = parents[at].is_none_or(|parent| is_on_line[parent]);
        }
    }
    let lineage = |at: usize| Lineage {
        is_aside: !is_on_line[at],
        follows: parents[at].map(|parent| Link { back: at - parent, from_aside: !is_on_line[parent] }),
    };
    (0..states.len()).map(lineage).collect()
}

/// What each state follows, as an index: always one before it.
fn parents(states: &[(SnapshotId, &SnapshotKind)], history: &HistoryPosition) -> Vec<Option<usize>> {
    let turns: HashMap<_, _> = history.turns.iter().map(|turn| (&turn.id, turn.parent.as_ref())).collect();
    let mut indices = HashMap::new();
    let mut newest = None;
    let mut parents = Vec::with_capacity(states.len());
    for (at, (id, kind)) in states.iter().enumerate() {
        parents.push(match turns.get(id) {
            Some(parent) => parent.and_then(|parent| indices.get(parent).copied()),
            None if matches!(kind, SnapshotKind::Imported { .. }) => None,
            None => newest,
        });
        indices.insert(id, at);
        if matches!(kind, SnapshotKind::Checkpoint { .. }) {
            newest = Some(at);
        }
    }
    parents
}

#[cfg(test)]
mod tests {
    use wire::Turn;

    use super::*;

    /// Describes each lineage: `1` for the line of `_home`, `2` for another; then what it follows.
    fn described(kinds: &str, head: Option<usize>, turns: &[(usize, Option<usize>)]) -> String {
        let id = |at: usize| SnapshotId(at.to_string());
        let kind = |sign| match sign {
            'n' => SnapshotKind::Named { name: String::new() },
            'i' => SnapshotKind::Imported { name: String::new() },
            _ => SnapshotKind::Checkpoint { label: String::new() },
        };
        let kinds: Vec<_> = kinds.chars().map(kind).collect();
        let states: Vec<_> = kinds.iter().enumerate().map(|(at, kind)| (id(at), kind)).collect();
        let turns = turns.iter().map(|(at, parent)| Turn { id: id(*at), parent: parent.map(id) }).collect();
        let history = HistoryPosition { head: head.map(id), turns, ..HistoryPosition::default() };
        let describe = |(at, lineage): (usize, &Lineage)| {
            let line = if lineage.is_aside { "2" } else { "1" };
            let link = lineage.follows.map(|link| {
                let from = at - link.back;
                format!("<{from}{}", if link.from_aside { "a" } else { "" })
            });
            [line, &link.unwrap_or_default()].concat()
        };
        lineages(&states, &history).iter().enumerate().map(describe).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_history_without_turns_is_one_line() {
        assert_eq!(described("", None, &[]), "");
        assert_eq!(described("ccc", Some(2), &[]), "1 1<0 1<1");
        // Undone runs are still on it.
        assert_eq!(described("ccc", Some(0), &[]), "1 1<0 1<1");
        assert_eq!(described("ccc", None, &[]), "1 1<0 1<1");
    }

    #[test]
    fn what_ran_before_an_undo_is_aside() {
        // The third run follows the first.
        assert_eq!(described("cccc", Some(3), &[(2, Some(0))]), "1 2<0 1<0 1<2");
        // Back on the branch of the second run.
        assert_eq!(described("cccc", Some(1), &[(2, Some(0))]), "1 1<0 2<0 2<2a");
        // Before the branches, the newest is ahead.
        assert_eq!(described("cccc", Some(0), &[(2, Some(0))]), "1 2<0 1<0 1<2");
    }

    #[test]
    fn what_a_person_named_is_where_it_was_saved() {
        assert_eq!(described("cncn", Some(2), &[]), "1 1<0 1<0 1<2");
        assert_eq!(described("ccnc", Some(3), &[(3, Some(0))]), "1 2<0 2<1a 1<0");
        assert_eq!(described("cci", Some(1), &[]), "1 1<0 1");
    }

    #[test]
    fn what_follows_nothing_or_something_that_is_gone_begins_a_line() {
        assert_eq!(described("ccc", Some(2), &[(1, None)]), "2 1 1<1");
        assert_eq!(described("ccc", Some(0), &[(1, None)]), "1 2 2<1a");
        assert_eq!(described("cc", Some(1), &[(1, Some(7))]), "2 1");
        // All is undone: the newest beginning is what a redo brings.
        assert_eq!(described("ccc", None, &[(1, None)]), "2 1 1<1");
    }

    #[test]
    fn a_thousand_branches_of_one_state_have_lineages() {
        let turns: Vec<_> = (1..1000).map(|at| (at, Some(0))).collect();
        let text = described(&"c".repeat(1000), Some(500), &turns);
        assert_eq!(text.split(' ').filter(|lineage| lineage.starts_with('1')).count(), 2);
    }
}
