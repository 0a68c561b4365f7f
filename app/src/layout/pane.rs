//! The panes that there are: one table, from which everything else that names them is made.

use serde::{Deserialize, Serialize};

/// What the page says of a pane.
pub struct PaneTexts {
    /// Its name in the page, in stored layouts and in stored keys. It never changes.
    pub name: &'static str,
    /// Its title, and its name for assistive technology.
    pub title: &'static str,
    /// What its tab says on a small screen.
    pub short_title: &'static str,
    /// The keys that lead to it.
    pub chord: &'static str,
    /// The name of the command that goes there, and what a menu says.
    pub go_to: (&'static str, &'static str),
    /// The name of the command that opens or closes it, and what a menu says.
    pub toggle: (&'static str, &'static str),
    /// The name of the button that closes it.
    pub close: &'static str,
}

macro_rules! panes {
    ($($(#[$doc:meta])* $pane:ident: $name:literal, $title:literal, $short_title:literal, $chord:literal $(, if $cfg:ident)?;)+) => {
        /// A pane of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Pane {
            $($(#[$doc])* $(#[cfg($cfg)])? #[serde(rename = $name)] $pane,)+
        }

        impl Pane {
            /// Every pane, in the order of the table.
            pub const ALL: [Pane; [$($(#[cfg($cfg)])? Pane::$pane),+].len()] = [$($(#[cfg($cfg)])? Pane::$pane),+];

            /// What the page says of it.
            pub fn texts(self) -> &'static PaneTexts {
                match self {
                    $($(#[cfg($cfg)])? Pane::$pane => &PaneTexts {
                        name: $name,
                        title: $title,
                        short_title: $short_title,
                        chord: $chord,
                        go_to: (concat!("go-to-", $name), concat!("Go to ", $title)),
                        toggle: (concat!("show-", $name), concat!("Show ", $title)),
                        close: concat!("Close ", $title),
                    },)+
                }
            }
        }
    };
}

// Name, title, short title, keys.
panes! {
    /// The program.
    Editor: "editor", "Editor", "Program", "Alt+Shift+1";
    /// What it wrote.
    Console: "console", "Console", "Output", "Alt+Shift+2";
    /// What is wrong in the files.
    Problems: "problems", "Problems", "Errors", "Alt+Shift+7";
    /// The tree of `_home`.
    Inspector: "home", "Inspector", "_home", "Alt+Shift+3";
    /// The list of snapshots.
    Snapshots: "snapshots", "Snapshots", "Saved", "Alt+Shift+4";
    /// The journal of runs.
    Runs: "runs", "Runs", "Runs", "Alt+Shift+8";
    /// What goes into programs and comes out of them.
    InOut: "input", "In / Out", "In / Out", "Alt+Shift+5";
    /// All files of the workspace.
    Files: "files", "Files", "Files", "Alt+Shift+6";
    /// What two workers say to the tests.
    Probe: "probe", "Probe", "Probe", "Alt+Shift+9", if test_build;
}

impl Pane {
    /// The pane with this name.
    pub fn of_name(name: &str) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| pane.texts().name == name)
    }
}
