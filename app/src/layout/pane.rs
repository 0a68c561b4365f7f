//! The panes that there are.

use serde::{Deserialize, Serialize};

/// A pane of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    /// The program.
    Editor,
    /// What it wrote.
    Console,
    /// The tree of `_home`.
    Inspector,
    /// The list of snapshots.
    Snapshots,
    /// What goes into programs and comes out of them.
    InOut,
}

impl Pane {
    /// Every pane, in the order in which the keys go through them.
    pub const ALL: [Pane; 5] = [Pane::Editor, Pane::Console, Pane::Inspector, Pane::Snapshots, Pane::InOut];

    /// Its name in the page, for finding it by an element inside.
    pub fn name(self) -> &'static str {
        match self {
            Pane::Editor => "editor",
            Pane::Console => "console",
            Pane::Inspector => "inspector",
            Pane::Snapshots => "snapshots",
            Pane::InOut => "in-out",
        }
    }

    /// The one after it; after the last, the first.
    pub fn next(self) -> Pane {
        Pane::ALL[(self.position() + 1) % Pane::ALL.len()]
    }

    /// The one before it; before the first, the last.
    pub fn previous(self) -> Pane {
        Pane::ALL[(self.position() + Pane::ALL.len() - 1) % Pane::ALL.len()]
    }

    fn position(self) -> usize {
        Pane::ALL.iter().position(|pane| *pane == self).unwrap_or_default()
    }
}
