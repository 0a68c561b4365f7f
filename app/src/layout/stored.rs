//! Reads what was stored. It may be of an older page, or have been changed by anybody.

use serde::Deserialize;

use super::{Layout, Node, Pane};

/// The longest text that is read. Layouts of all panes take less than a quarter of it.
pub(super) const MAX_TEXT_BYTES: usize = 4096;

#[derive(Deserialize)]
struct Stored {
    root: Node,
}

/// The layout that the text says, if it is a valid one. The parser refuses what is nested too deeply.
pub(super) fn read(text: &str) -> Option<Layout> {
    if text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let Stored { root } = serde_json::from_str(text).ok()?;
    let panes: Vec<Pane> = root.groups().iter().flat_map(|group| group.tabs()).map(|tab| tab.pane).collect();
    let has_each_once = panes.len() == Pane::ALL.len() && Pane::ALL.iter().all(|pane| panes.contains(pane));
    if !has_each_once || !root.is_valid() {
        return None;
    }
    let front = root.groups().into_iter().find_map(|group| group.open_panes().first().copied())?;
    Some(Layout { root, front })
}
