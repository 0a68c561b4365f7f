//! Reads what was stored. It may be of an older page, or have been changed by anybody.

use super::{Group, Layout, Node, Pane, beside_files};

/// The longest text that is read. Layouts of all panes take less than a quarter of it.
pub(super) const MAX_TEXT_BYTES: usize = 4096;

/// The layout that the text says, if it is a valid one. The parser refuses what is nested too deeply.
pub(super) fn read(text: &str) -> Option<Layout> {
    if text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let mut root: Node = serde_json::from_str(text).ok()?;
    let panes = root.panes();
    let has_one_twice = panes.iter().enumerate().any(|(index, pane)| panes[..index].contains(pane));
    if has_one_twice || !root.is_valid() {
        return None;
    }
    if !panes.contains(&Pane::Files) {
        root = beside_files(root);
    }
    add_missing_panes(&mut root);
    let front = root.groups().into_iter().find_map(Group::chosen)?;
    Some(Layout { root, front })
}

/// Adds the panes that the older page did not have, open if they are so by default: to a pane that shares the default group with it, or else to the
/// last group.
fn add_missing_panes(root: &mut Node) {
    let (default, stored) = (Layout::default(), root.panes());
    for pane in Pane::ALL.into_iter().filter(|pane| !stored.contains(pane)) {
        let siblings = default.root.groups().into_iter().map(Group::panes).find(|panes| panes.contains(&pane));
        let siblings = siblings.unwrap_or_default();
        let mut groups = root.groups_mut();
        let is_beside = |group: &&mut Group| group.panes().iter().any(|other| siblings.contains(other));
        let index = groups.iter().position(is_beside).unwrap_or(groups.len() - 1);
        groups[index].add(pane);
        if !default.is_open(pane) {
            groups[index].close(pane);
        }
    }
}
