//! How the panes are arranged: splits and tab groups in one value, which is stored as JSON.
//! Pure: it is drawn elsewhere.
//!
//! A closed pane keeps its place in its group, so that it comes back where it was. Every pane is in exactly
//! one group, no group is empty, and at least one pane is open. Every function here keeps this so, and text
//! that says otherwise is refused.

mod node;
mod pane;
mod stored;

use serde::Serialize;

pub use self::{
    node::{Direction, Group, Node, Share},
    pane::Pane,
};

/// The arrangement of all panes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Layout {
    root: Node,
    /// The pane that a small screen shows. Not stored: a page starts with the first open pane.
    #[serde(skip)]
    front: Pane,
}

impl Default for Layout {
    fn default() -> Self {
        let main = Node::split(Direction::Rows, 38.0, Node::group([Pane::Editor]), Node::group([Pane::Console]));
        let lower_side = Node::group([Pane::Snapshots, Pane::InOut]);
        let side = Node::split(Direction::Rows, 36.0, Node::group([Pane::Inspector]), lower_side);
        Layout { root: Node::split(Direction::Columns, 40.0, main, side), front: Pane::Editor }
    }
}

impl Layout {
    /// The outermost split or group.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether a pane is open, be it in front of its group or not.
    pub fn is_open(&self, pane: Pane) -> bool {
        self.open_panes().contains(&pane)
    }

    /// The open panes, in the order in which they are drawn.
    pub fn open_panes(&self) -> Vec<Pane> {
        self.root.groups().into_iter().flat_map(Group::open_panes).collect()
    }

    /// The panes that a wide screen shows: one of each group that has an open pane.
    pub fn visible_panes(&self) -> Vec<Pane> {
        self.root.groups().into_iter().filter_map(Group::chosen).collect()
    }

    /// The one pane that a small screen shows.
    pub fn front(&self) -> Pane {
        self.front
    }

    /// Opens a pane if it is closed, and puts it in front, on wide and small screens.
    pub fn show(&mut self, pane: Pane) {
        for group in self.root.groups_mut() {
            group.show(pane);
        }
        self.front = pane;
    }

    /// Closes a pane. Returns false if it is the last open one, which stays open, or if it is closed already.
    pub fn close(&mut self, pane: Pane) -> bool {
        let open = self.open_panes();
        let Some(index) = open.iter().position(|other| *other == pane) else { return false };
        // The pane after it takes its place on a small screen, or the one before it.
        let Some(next) = open.get(index + 1).or_else(|| open.get(index.checked_sub(1)?)) else { return false };
        if self.front == pane {
            self.front = *next;
        }
        for group in self.root.groups_mut() {
            group.close(pane);
        }
        true
    }

    /// Gives the second part of a split this share of it, or as near to it as is allowed. Splits are counted
    /// from 0, outer before inner, first part before second. Does nothing if there is no such split.
    pub fn resize(&mut self, split: usize, percent: f64) {
        self.root.resize(split, Share::nearest(percent));
    }

    /// The share of a split that the second part takes.
    pub fn share(&self, split: usize) -> Option<Share> {
        self.root.splits().get(split).map(|split| split.share)
    }

    /// Reads a stored layout. Text that is no valid layout, and none at all, gives the default.
    pub fn read(text: Option<&str>) -> Self {
        text.and_then(stored::read).unwrap_or_default()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "../layout_tests.rs"]
mod tests;
