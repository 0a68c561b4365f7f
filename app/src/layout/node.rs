//! The tree of a layout: splits, and groups of tabs as its leaves.

use serde::{Deserialize, Serialize};

use super::Pane;

/// A part of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Two parts with a line between them.
    Split(Box<Split>),
    /// Panes of which one is shown.
    Group(Group),
}

/// Two parts with a line between them that can be moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// How they lie.
    pub direction: Direction,
    /// What the second part takes.
    pub share: Share,
    /// The left or upper part.
    pub first: Node,
    /// The right or lower part.
    pub second: Node,
}

/// How the parts of a split lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Side by side.
    Columns,
    /// One below the other.
    Rows,
}

/// What the second part of a split takes, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(f64);

impl Share {
    /// The smallest share.
    pub const MIN: f64 = 12.0;
    /// The largest share.
    pub const MAX: f64 = 85.0;

    /// The nearest share that is allowed, to two decimal places: so it is stored briefly and read back exactly.
    pub fn nearest(percent: f64) -> Self {
        // `clamp` lets through what is not a number.
        let clamped = if percent.is_nan() { 50.0 } else { percent.clamp(Self::MIN, Self::MAX) };
        Share((clamped * 100.0).round() / 100.0)
    }

    /// In percent.
    pub fn percent(self) -> f64 {
        self.0
    }

    fn is_valid(self) -> bool {
        (Self::MIN..=Self::MAX).contains(&self.0)
    }
}

/// Panes in one place, of which one is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    tabs: Vec<Tab>,
    /// The tab in front. It is open, unless all are closed.
    chosen: Pane,
}

/// A pane in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Tab {
    pane: Pane,
    /// Whether it is open, in front or not.
    is_open: bool,
}

impl Node {
    /// Panes in one place, of which there is at least one.
    pub(super) fn group(panes: Vec<Pane>) -> Self {
        let chosen = panes[0];
        Node::Group(Group { tabs: panes.into_iter().map(|pane| Tab { pane, is_open: true }).collect(), chosen })
    }

    pub(super) fn split(direction: Direction, percent: f64, first: Node, second: Node) -> Self {
        Node::Split(Box::new(Split { direction, share: Share::nearest(percent), first, second }))
    }

    /// All groups below it, in the order in which they are drawn.
    pub fn groups(&self) -> Vec<&Group> {
        match self {
            Node::Group(group) => vec![group],
            Node::Split(split) => [split.first.groups(), split.second.groups()].concat(),
        }
    }

    /// All splits, outer before inner, first part before second.
    pub fn splits(&self) -> Vec<&Split> {
        match self {
            Node::Group(_) => Vec::new(),
            Node::Split(split) => [vec![&**split], split.first.splits(), split.second.splits()].concat(),
        }
    }

    /// All panes below it, closed ones too, in the order in which they are drawn.
    pub fn panes(&self) -> Vec<Pane> {
        self.groups().into_iter().flat_map(Group::panes).collect()
    }

    /// Where the panes are, as in `((editor/console)|(home/snapshots+input))`: all but what a person changes by
    /// opening, closing, choosing and resizing. The page is drawn anew only where this differs.
    pub fn arrangement(&self) -> String {
        match self {
            Node::Group(group) => {
                let names: Vec<_> = group.tabs.iter().map(|tab| tab.pane.texts().name).collect();
                names.join("+")
            }
            Node::Split(split) => {
                let sign = if split.direction == Direction::Columns { "|" } else { "/" };
                ["(", &split.first.arrangement(), sign, &split.second.arrangement(), ")"].concat()
            }
        }
    }

    pub(super) fn groups_mut(&mut self) -> Vec<&mut Group> {
        match self {
            Node::Group(group) => vec![group],
            Node::Split(split) => {
                let Split { first, second, .. } = &mut **split;
                first.groups_mut().into_iter().chain(second.groups_mut()).collect()
            }
        }
    }

    /// Changes the share of a split by its number in [`Node::splits`].
    pub(super) fn resize(&mut self, split: usize, share: Share) {
        let Node::Split(own) = self else { return };
        let Some(below) = split.checked_sub(1) else {
            own.share = share;
            return;
        };
        match below.checked_sub(own.first.splits().len()) {
            None => own.first.resize(below, share),
            Some(in_second) => own.second.resize(in_second, share),
        }
    }

    pub(super) fn is_valid(&self) -> bool {
        self.groups().into_iter().all(Group::is_valid) && self.splits().into_iter().all(|split| split.share.is_valid())
    }
}

impl Group {
    /// All panes of it, closed ones too.
    pub fn panes(&self) -> Vec<Pane> {
        self.tabs.iter().map(|tab| tab.pane).collect()
    }

    /// The pane that is shown, unless all are closed.
    pub fn chosen(&self) -> Option<Pane> {
        self.open_panes().into_iter().find(|pane| *pane == self.chosen)
    }

    /// Its open panes.
    pub fn open_panes(&self) -> Vec<Pane> {
        self.tabs.iter().filter(|tab| tab.is_open).map(|tab| tab.pane).collect()
    }

    pub(super) fn show(&mut self, pane: Pane) {
        if let Some(tab) = self.tabs.iter_mut().find(|tab| tab.pane == pane) {
            tab.is_open = true;
            self.chosen = pane;
        }
    }

    /// Closes a pane. Returns false if it is not in this group.
    pub(super) fn close(&mut self, pane: Pane) -> bool {
        let Some(index) = self.tabs.iter().position(|tab| tab.pane == pane) else { return false };
        self.tabs[index].is_open = false;
        if self.chosen == pane {
            let (before, after) = self.tabs.split_at(index);
            let next = after.iter().chain(before.iter().rev()).find(|tab| tab.is_open);
            self.chosen = next.map_or(pane, |tab| tab.pane);
        }
        true
    }

    /// Adds a pane behind the others.
    pub(super) fn add(&mut self, pane: Pane) {
        self.tabs.push(Tab { pane, is_open: true });
        if self.chosen().is_none() {
            self.chosen = pane;
        }
    }

    fn is_valid(&self) -> bool {
        let chosen = self.tabs.iter().find(|tab| tab.pane == self.chosen);
        chosen.is_some_and(|chosen| chosen.is_open || self.open_panes().is_empty())
    }
}
