//! The commands for files.

use leptos::prelude::*;

use crate::{
    file_list::{LastChange, Place},
    session::Session,
    workspace::{DocumentId, is_lua},
};

/// Names a command for files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileCommand {
    /// Make a new one.
    New,
    /// Give one another name.
    Rename,
    /// Delete one.
    Delete,
    /// Bring back what was deleted last, or take back what was added.
    UndoLast,
    /// Close the tab of the shown one.
    Close,
    /// Show the next open one.
    Next,
    /// Show the open one before.
    Previous,
    /// Move the tab of the shown one to the left.
    MoveLeft,
    /// Move it to the right.
    MoveRight,
    /// Mark one as the one that is run.
    MarkMain,
    /// Run the shown one.
    Run,
    /// Run what is selected in it.
    RunSelection,
    /// Add files from the computer.
    Add,
    /// Add a folder from the computer.
    AddFolder,
    /// Download all of them as a zip.
    Export,
    /// Find a text in all of them.
    Find,
    /// Write the shown one to the computer.
    Save,
    /// Format the shown one.
    Format,
    /// Format what is selected in it.
    FormatSelection,
}

impl FileCommand {
    /// Every command, in the order of the list of keys.
    pub const ALL: [FileCommand; 19] = [
        FileCommand::New,
        FileCommand::Rename,
        FileCommand::Delete,
        FileCommand::UndoLast,
        FileCommand::Close,
        FileCommand::Next,
        FileCommand::Previous,
        FileCommand::MoveLeft,
        FileCommand::MoveRight,
        FileCommand::MarkMain,
        FileCommand::Run,
        FileCommand::RunSelection,
        FileCommand::Add,
        FileCommand::AddFolder,
        FileCommand::Export,
        FileCommand::Find,
        FileCommand::Save,
        FileCommand::Format,
        FileCommand::FormatSelection,
    ];

    /// Its name in stored settings, what menus and lists say, and the keys that it has by default, or none.
    pub fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            FileCommand::New => ("new-file", "New file", "Alt+N"),
            FileCommand::Rename => ("rename-file", "Rename the file or folder", "F2"),
            FileCommand::Delete => ("delete-file", "Delete the file or folder", ""),
            FileCommand::UndoLast => ("undo-file-deletion", "Undo deleting or adding files", ""),
            FileCommand::Close => ("close-file", "Close the file", "Alt+Shift+W"),
            FileCommand::Next => ("next-file", "Go to the next open file", "Alt+PageDown"),
            FileCommand::Previous => ("previous-file", "Go to the previous open file", "Alt+PageUp"),
            FileCommand::MoveLeft => ("move-tab-left", "Move the file’s tab to the left", ""),
            FileCommand::MoveRight => ("move-tab-right", "Move the file’s tab to the right", ""),
            FileCommand::MarkMain => ("mark-main", "Mark the file as main, or not", ""),
            FileCommand::Run => ("run-file", "Run the shown file", "Ctrl+Shift+Enter"),
            FileCommand::RunSelection => ("run-selection", "Run the selection", "Alt+Enter"),
            FileCommand::Add => ("add-files", "Add files or a zip from the computer…", ""),
            FileCommand::AddFolder => ("add-folder", "Add a folder from the computer…", ""),
            FileCommand::Export => ("export-files", "Export all files as a zip", ""),
            FileCommand::Find => ("search-files", "Search all files", "Ctrl+Shift+F"),
            FileCommand::Save => ("save-file", "Save the file to the computer", "Ctrl+S"),
            FileCommand::Format => ("format-document", "Format document", "Alt+Shift+F"),
            FileCommand::FormatSelection => ("format-selection", "Format selection", ""),
        }
    }

    /// Whether it can be done now. Tracks what that depends on.
    pub fn is_enabled(self, session: Session) -> bool {
        match self {
            FileCommand::Close | FileCommand::Next | FileCommand::Previous => {
                session.documents.files().read().open.len() > 1
            }
            FileCommand::UndoLast => {
                matches!(session.file_list.doing().read().last, Some(LastChange::Removed(_) | LastChange::Added(_)))
            }
            FileCommand::Run | FileCommand::RunSelection => {
                let is_lua = session.documents.files().read().shown_path().is_some_and(is_lua);
                is_lua && !session.state.is_running().get()
            }
            FileCommand::Format | FileCommand::FormatSelection => {
                session.documents.files().read().shown_path().is_some_and(is_lua)
            }
            _ => true,
        }
    }

    /// Does it.
    pub fn act(self, session: Session) {
        match self {
            FileCommand::New => session.new_file(),
            FileCommand::Rename => session.file_at_hand().into_iter().for_each(|place| session.rename_file(place)),
            FileCommand::Delete => session.file_at_hand().iter().for_each(|place| session.delete_file(place)),
            FileCommand::Close => shown(session).into_iter().for_each(|id| session.close_file(id)),
            FileCommand::Next => session.show_next_file(1),
            FileCommand::Previous => session.show_next_file(-1),
            FileCommand::MoveLeft => session.move_shown_tab(-1),
            FileCommand::MoveRight => session.move_shown_tab(1),
            FileCommand::MarkMain => {
                if let Some(Place::File(id)) = session.file_at_hand() {
                    session.mark_main(id);
                }
            }
            FileCommand::Run => session.run_file(),
            FileCommand::RunSelection => session.run_selection(),
            FileCommand::Find => session.find_in_files(),
            FileCommand::UndoLast
            | FileCommand::Add
            | FileCommand::AddFolder
            | FileCommand::Export
            | FileCommand::Save
            | FileCommand::Format
            | FileCommand::FormatSelection => {
                session.with_later(move |views| (views.file_command)(session, self));
            }
        }
    }
}

fn shown(session: Session) -> Option<DocumentId> {
    session.documents.shown().get_untracked()
}
