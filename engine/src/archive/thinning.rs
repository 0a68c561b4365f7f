//! Which old checkpoints make room for new ones: the older, the fewer are kept.

/// A checkpoint, as far as this matters.
#[derive(Clone, Debug)]
pub struct Item {
    /// The index of the one that it follows, if that is known.
    pub parent: Option<usize>,
    /// When it was saved.
    pub millis: f64,
}

/// How many are kept.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// So many of the newest, and so many of the last on the line of `_home`, are all kept.
    pub last: usize,
    /// So many in all, unless more are protected.
    pub at_most: usize,
}

/// The checkpoints, of those from the oldest to the newest, that are deleted before one more is added after the head.
///
/// Of those that are not protected, the one goes first that leaves the shortest gap for its age: the time from the one before
/// to the one after it, divided by how long before the newest it was saved. So gaps grow with age. Protected are the last, the
/// head, where branches begin, and where they end; the beginning of a line goes when nothing else can.
pub fn superfluous(items: &[Item], head: Option<usize>, kept: Kept) -> Vec<usize> {
    let excess = (items.len() + 1).saturating_sub(kept.at_most.max(kept.last));
    if excess == 0 {
        return Vec::new();
    }
    let mut parents: Vec<_> = items.iter().map(|item| item.parent.filter(|parent| *parent < items.len())).collect();
    // Of those that are followed by one, which that is.
    let (mut counts, mut next) = (vec![0_usize; items.len()], vec![0; items.len()]);
    for (at, parent) in parents.iter().enumerate() {
        if let Some(parent) = *parent {
            counts[parent] += 1;
            next[parent] = at;
        }
    }
    let others = kept.last.saturating_sub(1);
    let mut is_protected: Vec<_> = (0..items.len()).map(|at| at + others >= items.len() || counts[at] != 1).collect();
    for at in std::iter::successors(head, |at| parents[*at]).take(others.max(1)) {
        is_protected[at] = true;
    }
    let newest = items.last().map_or(0.0, |item| item.millis);
    let mut deleted = Vec::new();
    for _ in 0..excess {
        let gap = |at: usize| {
            let since = |parent: usize| items[next[at]].millis - items[parent].millis;
            parents[at].map_or(f64::INFINITY, since) / (newest - items[at].millis).max(1.0)
        };
        let free = (0..items.len()).filter(|at| !is_protected[*at]);
        let Some(at) = free.min_by(|a, b| gap(*a).total_cmp(&gap(*b))) else { break };
        let (before, after) = (parents[at], next[at]);
        parents[after] = before;
        if let Some(before) = before.filter(|before| next[*before] == at) {
            next[before] = after;
        }
        is_protected[at] = true;
        deleted.push(at);
    }
    deleted
}
