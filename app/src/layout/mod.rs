//! How the panes are arranged: splits and tab groups in one value, which is stored as JSON.
//! Pure: it is drawn elsewhere. To add a pane, see ARCHITECTURE.md.
//!
//! A closed pane keeps its place in its group, so that it comes back where it was. Every pane is in exactly
//! one group, no group is empty, and at least one pane is open. Every function here keeps this so, and text
//! that says otherwise is refused.

mod node;
mod pane;
mod stored;

pub use self::{
    node::{Direction, Group, Node, Share},
    pane::Pane,
};

/// The arrangement of all panes.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    root: Node,
    /// The pane that a small screen shows. Not stored: a page starts with the first visible pane.
    front: Pane,
}

impl Default for Layout {
    fn default() -> Self {
        let tools = Node::group(vec![Pane::Console, Pane::Problems]);
        let main = Node::split(Direction::Rows, 38.0, Node::group(vec![Pane::Editor]), tools);
        let lower_side = Node::group(
            [
                Pane::Snapshots,
                Pane::Runs,
                Pane::InOut,
                #[cfg(test_build)]
                Pane::Probe,
            ]
            .to_vec(),
        );
        let side = Node::split(Direction::Rows, 30.0, Node::group(vec![Pane::Inspector]), lower_side);
        let mut layout =
            Layout { root: beside_files(Node::split(Direction::Columns, 40.0, main, side)), front: Pane::Editor };
        // The status bar leads to it.
        layout.close(Pane::Problems);
        // So that all else about the page is as people find it.
        #[cfg(test_build)]
        layout.close(Pane::Probe);
        layout
    }
}

/// The pane with the files, which is closed, at the left of all else.
fn beside_files(all_else: Node) -> Node {
    let mut files = Node::group(vec![Pane::Files]);
    for group in files.groups_mut() {
        group.close(Pane::Files);
    }
    Node::split(Direction::Columns, 84.0, files, all_else)
}

impl Layout {
    /// The outermost split or group. It is what is stored.
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

    /// How many of these panes are open.
    pub fn open_count(&self, panes: &[Pane]) -> usize {
        self.open_panes().iter().filter(|pane| panes.contains(pane)).count()
    }

    /// The open pane that is this many places after another one, in the order in which they are drawn; after the last
    /// comes the first.
    pub fn neighbour(&self, pane: Pane, steps: isize) -> Pane {
        let open = self.open_panes();
        let at = open.iter().position(|other| *other == pane).unwrap_or_default();
        open[at.wrapping_add_signed(steps).wrapping_add(open.len()) % open.len()]
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

    /// Whether a pane is open and can be closed: the last open one stays open.
    pub fn can_close(&self, pane: Pane) -> bool {
        self.is_open(pane) && self.open_panes().len() > 1
    }

    /// Closes a pane, if it can be closed. Returns the pane that is looked at next: the one that takes its place, or
    /// the one after it, or before.
    pub fn close(&mut self, pane: Pane) -> Option<Pane> {
        if !self.can_close(pane) {
            return None;
        }
        let is_last = self.open_panes().last() == Some(&pane);
        let neighbour = self.neighbour(pane, if is_last { -1 } else { 1 });
        let mut next = neighbour;
        for group in self.root.groups_mut() {
            if group.close(pane) {
                next = group.chosen().unwrap_or(neighbour);
            }
        }
        if self.front == pane {
            self.front = next;
        }
        Some(next)
    }

    /// Gives the second part of a split this share of it, or as near to it as is allowed. Splits are counted
    /// from 0, outer before inner, first part before second. Does nothing if there is no such split.
    pub fn resize(&mut self, split: usize, percent: f64) {
        self.root.resize(split, Share::nearest(percent));
    }

    /// The share of a split that the second part takes, in percent; half if there is no such split.
    pub fn share(&self, split: usize) -> f64 {
        self.root.splits().get(split).map_or(50.0, |split| split.share.percent())
    }

    /// The share that a split has by default; half of it in another arrangement than the default.
    pub fn default_share(&self, split: usize) -> f64 {
        let default = Layout::default();
        if default.root.arrangement() == self.root.arrangement() { default.share(split) } else { 50.0 }
    }

    /// Reads a stored layout. Text that is no valid layout, and none at all, gives the default.
    pub fn read(text: Option<&str>) -> Self {
        text.and_then(stored::read).unwrap_or_default()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[path = "../layout_tests.rs"]
mod tests;
