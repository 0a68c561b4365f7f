//! The commands for workspaces.

use crate::session::Session;

/// Names a command for workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorkspaceCommand {
    /// List all of them.
    ShowAll,
    /// Make a new one.
    New,
    /// Give the shown one another name.
    Rename,
    /// Make a copy of the shown one.
    Duplicate,
    /// Delete the shown one.
    Delete,
    /// Copy a link that carries the shown one.
    Share,
    /// Download the shown one as a file.
    Save,
    /// Open such a file.
    Open,
    /// List the examples.
    ShowExamples,
}

impl WorkspaceCommand {
    /// Every command, in the order of the list of keys.
    pub const ALL: [WorkspaceCommand; 9] = [
        WorkspaceCommand::ShowAll,
        WorkspaceCommand::New,
        WorkspaceCommand::Rename,
        WorkspaceCommand::Duplicate,
        WorkspaceCommand::Delete,
        WorkspaceCommand::Share,
        WorkspaceCommand::Save,
        WorkspaceCommand::Open,
        WorkspaceCommand::ShowExamples,
    ];

    /// Its name in stored settings, what menus and lists say, and the keys that it has by default, or none.
    pub fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            WorkspaceCommand::ShowAll => ("show-workspaces", "All workspaces…", "Alt+Shift+O"),
            WorkspaceCommand::New => ("new-workspace", "New workspace…", ""),
            WorkspaceCommand::Rename => ("rename-workspace", "Rename the workspace…", ""),
            WorkspaceCommand::Duplicate => ("duplicate-workspace", "Duplicate the workspace…", ""),
            WorkspaceCommand::Delete => ("delete-workspace", "Delete the workspace…", ""),
            WorkspaceCommand::Share => ("share", "Share as a link…", "Alt+Shift+L"),
            WorkspaceCommand::Save => ("save-workspace", "Save the workspace as a file", ""),
            WorkspaceCommand::Open => ("open-workspace", "Open a workspace file…", ""),
            WorkspaceCommand::ShowExamples => ("show-examples", "Examples…", ""),
        }
    }

    /// Whether it can be done now. Tracks what that depends on.
    pub fn is_enabled(self, session: Session) -> bool {
        match self {
            WorkspaceCommand::Delete => session.workspaces.listed().len() > 1,
            _ => true,
        }
    }

    /// Does it.
    pub fn act(self, session: Session) {
        match self {
            WorkspaceCommand::ShowAll => session.dialogs.show_workspaces(),
            WorkspaceCommand::Share => session.dialogs.show_share(),
            WorkspaceCommand::ShowExamples => session.dialogs.show_examples(),
            _ => session.with_later(move |views| (views.workspace_command)(session, self)),
        }
    }
}
