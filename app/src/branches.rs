//! The branches of history: which states are on the line that `_home` is on, what each of the others follows, and what can
//! be done with whole branches.

use std::collections::HashMap;

use wire::{HistoryPosition, SnapshotId, SnapshotInfo, SnapshotKind};

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
    /// How many of the marks from there on, this one left out, have the name of a branch beside them.
    pub names: usize,
    /// Whether that is on another branch than `_home`.
    pub from_aside: bool,
}

/// The lineages of states, which are in the order of time. On the line of `_home` is what it came from, and what has
/// followed it: of several, the newest, as for a redo. What a person named is where the state is that it was saved at.
pub fn lineages(states: &[(SnapshotId, &SnapshotKind)], history: &HistoryPosition) -> Vec<Lineage> {
    let parents = parents(states, history);
    let is_checkpoint = |at: usize| is_checkpoint(states[at].1);
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
    let is_named = |id: &SnapshotId| history.branches.iter().any(|it| it.name.is_some() && it.leaf == *id);
    let link = |at: usize, parent: usize| Link {
        back: at - parent,
        names: states[parent..at].iter().filter(|(id, _)| is_named(id)).count(),
        from_aside: !is_on_line[parent],
    };
    let lineage =
        |at: usize| Lineage { is_aside: !is_on_line[at], follows: parents[at].map(|parent| link(at, parent)) };
    (0..states.len()).map(lineage).collect()
}

fn is_checkpoint(kind: &SnapshotKind) -> bool {
    matches!(kind, SnapshotKind::Checkpoint { .. })
}

/// What each state follows, as an index: always one before it.
fn parents(states: &[(SnapshotId, &SnapshotKind)], history: &HistoryPosition) -> Vec<Option<usize>> {
    let followed = followed(states.iter().map(|(id, kind)| (id, *kind)), history);
    let mut indices = HashMap::new();
    let mut parents = Vec::with_capacity(states.len());
    for (at, ((id, _), parent)) in states.iter().zip(followed).enumerate() {
        parents.push(parent.and_then(|parent| indices.get(parent).copied()));
        indices.insert(id, at);
    }
    parents
}

/// What each state follows, where they are in the order of time.
fn followed<'a>(
    states: impl Iterator<Item = (&'a SnapshotId, &'a SnapshotKind)>,
    history: &'a HistoryPosition,
) -> Vec<Option<&'a SnapshotId>> {
    let turns: HashMap<_, _> = history.turns.iter().map(|turn| (&turn.id, turn.parent.as_ref())).collect();
    let mut newest = None;
    let follows = |(id, kind): (&'a SnapshotId, &'a SnapshotKind)| {
        let parent = match turns.get(id) {
            Some(parent) => *parent,
            None if matches!(kind, SnapshotKind::Imported { .. }) => None,
            None => newest,
        };
        if is_checkpoint(kind) {
            newest = Some(id);
        }
        parent
    };
    states.map(follows).collect()
}

/// Which checkpoints follow which.
pub struct Tree<'a> {
    /// All states, from the oldest to the newest.
    states: Vec<&'a SnapshotInfo>,
    indices: HashMap<&'a SnapshotId, usize>,
    /// What each of them follows.
    followed: Vec<Option<&'a SnapshotId>>,
    /// By how many checkpoints each is followed.
    counts: Vec<usize>,
    head: Option<&'a SnapshotId>,
    /// Whether each is `_home`, or what `_home` came from.
    of_home: Vec<bool>,
}

impl<'a> Tree<'a> {
    /// Of these, the newest are first.
    pub fn new(snapshots: &'a [SnapshotInfo], history: &'a HistoryPosition) -> Self {
        let states: Vec<_> = snapshots.iter().rev().collect();
        let indices: HashMap<_, _> = states.iter().enumerate().map(|(at, state)| (&state.id, at)).collect();
        let followed = followed(states.iter().map(|it| (&it.id, &it.kind)), history);
        let (counts, of_home) = (vec![0; states.len()], vec![false; states.len()]);
        let mut tree = Tree { states, indices, followed, counts, head: history.head.as_ref(), of_home };
        for at in 0..tree.states.len() {
            if let Some(parent) = tree.parent(at).filter(|_| tree.is_checkpoint(at)) {
                tree.counts[parent] += 1;
            }
        }
        let mut next = tree.head.and_then(|head| tree.indices.get(head).copied());
        // It ends where it would begin anew.
        while let Some(at) = next.filter(|at| !tree.of_home[*at]) {
            tree.of_home[at] = true;
            next = tree.parent(at);
        }
        tree
    }

    /// What a redo can lead to, the newest first.
    pub fn next(&self) -> Vec<SnapshotId> {
        let follows = |at: &usize| self.is_checkpoint(*at) && self.followed[*at] == self.head;
        (0..self.states.len()).rev().filter(follows).map(|at| self.states[at].id.clone()).collect()
    }

    /// Whether it is a checkpoint that is neither `_home` nor what `_home` came from.
    pub fn is_elsewhere(&self, id: &SnapshotId) -> bool {
        self.indices.get(id).is_some_and(|at| self.is_checkpoint(*at) && !self.of_home[*at])
    }

    /// How many runs a branch has since it began.
    pub fn count_runs(&self, leaf: &SnapshotId) -> usize {
        self.alone(leaf).len()
    }

    /// The checkpoints that only this branch has, and that `_home` did not come from: those that are deleted with it.
    pub fn own(&self, leaf: &SnapshotId) -> Vec<SnapshotId> {
        let own = self.alone(leaf).into_iter().take_while(|at| !self.of_home[*at]);
        own.map(|at| self.states[at].id.clone()).collect()
    }

    /// A leaf and what is before it, up to where other branches begin.
    fn alone(&self, leaf: &SnapshotId) -> Vec<usize> {
        let mut alone = Vec::new();
        let mut next = self.indices.get(leaf).copied();
        while let Some(at) = next.filter(|at| self.is_checkpoint(*at) && alone.len() < self.states.len()) {
            alone.push(at);
            next = self.parent(at).filter(|parent| self.counts[*parent] == 1);
        }
        alone
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.indices.get(self.followed[at]?).copied()
    }

    fn is_checkpoint(&self, at: usize) -> bool {
        is_checkpoint(&self.states[at].kind)
    }
}

#[cfg(test)]
mod tests {
    use wire::{Branch, Turn};

    use super::*;
    use crate::samples;

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

    /// Checkpoints, each of which follows the one before it but for the turns, as the list of snapshots has them.
    fn checkpoints(count: usize) -> Vec<SnapshotInfo> {
        let kind = || SnapshotKind::Checkpoint { label: String::new() };
        (0..count).rev().map(|at| samples::snapshot(&at.to_string(), kind())).collect()
    }

    fn position(head: Option<usize>, turns: &[(usize, Option<usize>)], branches: &[(usize, &str)]) -> HistoryPosition {
        let id = |at: usize| SnapshotId(at.to_string());
        let turns = turns.iter().map(|(at, parent)| Turn { id: id(*at), parent: parent.map(id) }).collect();
        let branch = |(leaf, name): &(usize, &str)| Branch { leaf: id(*leaf), name: Some((*name).to_owned()) };
        let branches = branches.iter().map(branch).collect();
        HistoryPosition { head: head.map(id), turns, branches, ..HistoryPosition::default() }
    }

    fn next(head: Option<usize>, turns: &[(usize, Option<usize>)]) -> String {
        let (snapshots, history) = (checkpoints(5), position(head, turns, &[]));
        Tree::new(&snapshots, &history).next().into_iter().map(|id| id.0).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_redo_leads_to_what_followed_the_newest_first() {
        assert_eq!(next(Some(4), &[]), "");
        assert_eq!(next(Some(1), &[]), "2");
        assert_eq!(next(Some(0), &[(2, Some(0)), (4, Some(0))]), "4 2 1");
        assert_eq!(next(None, &[]), "0");
        assert_eq!(next(None, &[(3, None)]), "3 0");
        // The head was deleted, and is no longer listed.
        assert_eq!(next(Some(9), &[(2, Some(9))]), "2");
        // A run that emptied _home once more is before the first, which is older.
        assert_eq!(next(Some(4), &[(0, Some(4)), (4, None)]), "0");
    }

    #[test]
    fn a_branch_has_what_was_run_since_it_began() {
        // 0 1 2 and 0 3 4.
        let (snapshots, turns) = (checkpoints(5), [(3, Some(0))]);
        let counts = |head, leaf: usize| {
            let history = position(head, &turns, &[]);
            let (tree, leaf) = (Tree::new(&snapshots, &history), SnapshotId(leaf.to_string()));
            (tree.count_runs(&leaf), tree.own(&leaf).len(), tree.is_elsewhere(&leaf))
        };
        assert_eq!(counts(Some(4), 2), (2, 2, true));
        assert_eq!(counts(Some(4), 4), (2, 0, false));
        assert_eq!(counts(Some(3), 4), (2, 1, true));
        assert_eq!(counts(Some(0), 4), (2, 2, true));
        assert_eq!(counts(None, 2), (2, 2, true));
        assert_eq!(counts(Some(4), 9), (0, 0, false));
        let history = position(Some(2), &[], &[]);
        let alone = Tree::new(&snapshots, &history);
        assert_eq!((alone.count_runs(&SnapshotId("4".into())), alone.own(&SnapshotId("4".into())).len()), (5, 2));
    }

    #[test]
    fn what_follows_itself_ends_somewhere() {
        let (snapshots, history) = (checkpoints(3), position(Some(0), &[(0, Some(2)), (1, Some(0))], &[]));
        let tree = Tree::new(&snapshots, &history);
        assert_eq!(tree.count_runs(&SnapshotId("2".into())), 3);
        assert!(!tree.is_elsewhere(&SnapshotId("1".into())));
    }

    #[test]
    fn a_line_is_longer_by_the_names_that_it_passes() {
        let (snapshots, history) = (checkpoints(5), position(Some(4), &[(3, Some(0))], &[(2, "tried")]));
        let states: Vec<_> = snapshots.iter().rev().map(|it| (it.id.clone(), &it.kind)).collect();
        let names = |it: &Lineage| it.follows.map_or(0, |link| link.names);
        assert_eq!(lineages(&states, &history).iter().map(names).collect::<Vec<_>>(), [0, 0, 0, 1, 0]);
    }

    #[test]
    fn a_thousand_branches_of_one_state_have_lineages() {
        let turns: Vec<_> = (1..1000).map(|at| (at, Some(0))).collect();
        let text = described(&"c".repeat(1000), Some(500), &turns);
        assert_eq!(text.split(' ').filter(|lineage| lineage.starts_with('1')).count(), 2);
    }
}
