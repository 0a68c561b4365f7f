//! What is done with the files of the workspace.

use leptos::prelude::*;
use wire::SourcePath;

use super::{Pane, Session};
use crate::{
    file_list::{LastChange, Place},
    workspace::{Added, DocumentId, Workspace},
};

impl Session {
    /// Makes an empty file, shows it, and asks for its name in the list.
    pub fn new_file(self) {
        let made = self.documents.change(|workspace| {
            let path = workspace.free_path(&SourcePath::parse("untitled.lua")?);
            let id = workspace.create(&path, String::new())?;
            workspace.show(id);
            Ok(id)
        });
        if let Some(id) = self.file_list.note(made) {
            self.rename_file(Place::File(id));
        }
    }

    /// Shows a file in the editor.
    pub fn show_file(self, id: DocumentId) {
        self.documents.change(|workspace| workspace.show(id));
        self.show_pane(Pane::Editor);
    }

    /// Closes the tab of a file. The file stays.
    pub fn close_file(self, id: DocumentId) {
        self.documents.change(|workspace| workspace.close(id));
    }

    /// Shows the open file this many tabs after the shown one.
    pub fn show_next_file(self, steps: isize) {
        self.documents.change(|workspace| workspace.show(workspace.neighbour(steps)));
        self.show_pane(Pane::Editor);
    }

    /// Moves the tab of the shown file by this many places.
    pub fn move_shown_tab(self, steps: isize) {
        self.documents.change(|workspace| {
            let at = workspace.open_files().iter().position(|id| *id == workspace.shown()).unwrap_or_default();
            workspace.move_tab(workspace.shown(), at.saturating_add_signed(steps));
        });
    }

    /// Brings the tab of a file to the place of another one.
    pub fn move_tab_to(self, moved: DocumentId, target: DocumentId) {
        self.documents.change(|workspace| {
            if let Some(to) = workspace.open_files().iter().position(|id| *id == target) {
                workspace.move_tab(moved, to);
            }
        });
    }

    /// Asks for another path of a file or folder, in the list.
    pub fn rename_file(self, place: Place) {
        let path = match &place {
            Place::File(id) => self.documents.with(|workspace| workspace.path(*id)).flatten().map(String::from),
            Place::Folder(folder) => Some(folder.clone()),
        };
        self.file_list.change(|doing| {
            doing.problem = None;
            doing.current = Some(place.clone());
            doing.renamed = path.map(|path| (place, path));
        });
        self.focus(Pane::Files);
    }

    /// Gives a file or folder another path. Returns false, and says why, where it cannot have it.
    pub fn finish_rename(self, place: &Place, path: &str) -> bool {
        let renamed = self.documents.change(|workspace| {
            let path = SourcePath::parse(path)?;
            match place {
                Place::File(id) => workspace.rename(*id, &path),
                Place::Folder(folder) => workspace.rename_folder(folder, &path),
            }?;
            Ok(workspace.main_path().cloned())
        });
        // It may be the main file.
        self.file_list.note(renamed).map(|main| self.documents.mark_main(main)).is_some()
    }

    /// Deletes a file or folder, and offers to bring it back.
    pub fn delete_file(self, place: &Place) {
        let removed = self.documents.change(|workspace| workspace.remove(&ids_at(workspace, place)));
        if let Some(removed) = self.file_list.note(removed) {
            self.file_list.change(|doing| doing.last = Some(LastChange::Removed(removed)));
        }
        self.show_pane(Pane::Files);
    }

    /// Brings back what was deleted last, or takes back what was added last.
    pub fn undo_last_change(self) {
        let last = self.file_list.doing().with_untracked(|doing| doing.last.clone());
        self.file_list.change(|doing| doing.last = None);
        match last {
            Some(LastChange::Removed(removed)) => {
                drop(self.documents.change(|workspace| workspace.bring_back(removed)))
            }
            Some(LastChange::Added(added)) => self.take_back(added),
            Some(LastChange::Saved(_)) | None => {}
        }
    }

    /// Takes back what was added. The files are deleted, and can be brought back.
    fn take_back(self, added: Added) {
        let mut removed = None;
        self.documents.hear(|workspace| {
            let (deleted, replaced) = workspace.take_back(added);
            removed = Some(deleted);
            replaced
        });
        if let Some(removed) = self.file_list.note(removed).filter(|removed| removed.paths().next().is_some()) {
            self.file_list.change(|doing| doing.last = Some(LastChange::Removed(removed)));
        }
    }

    /// Goes to the field that searches all files.
    pub fn find_in_files(self) {
        self.show_pane(Pane::Files);
        self.file_search.is_wanted.set(true);
    }

    /// Marks a file as the one that is run, or takes its mark away.
    pub fn mark_main(self, id: DocumentId) {
        let is_main = self.documents.files().with_untracked(|files| files.main == Some(id));
        let path = self.documents.with(|workspace| workspace.path(id)).flatten();
        self.documents.mark_main(path.filter(|_| !is_main));
    }

    /// The file or folder that a command is about: the chosen row if the list has the focus, or else the shown file.
    pub fn file_at_hand(self) -> Option<Place> {
        let chosen = self.file_list.doing().read_untracked().current.clone().filter(|_| self.has_focus(Pane::Files));
        chosen.or_else(|| self.documents.shown().get_untracked().map(Place::File))
    }
}

fn ids_at(workspace: &Workspace, place: &Place) -> Vec<DocumentId> {
    match place {
        Place::File(id) => vec![*id],
        Place::Folder(folder) => workspace.files_in(folder),
    }
}
