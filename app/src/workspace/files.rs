//! Files made, renamed, deleted and brought back. What is done here is stored soon, and heard by other tabs.

use wire::SourcePath;

use super::{Document, DocumentId, NameError, Workspace, names};

/// What was deleted, so that it can be brought back.
#[derive(Clone, Debug)]
pub struct Removed {
    /// Each with the place of its tab, if it was open.
    files: Vec<(Document, Option<usize>)>,
}

impl Removed {
    /// Its paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(document, _)| document.path.as_str())
    }
}

impl Workspace {
    /// Makes a new file.
    pub fn create(&mut self, path: &SourcePath, text: String) -> Result<DocumentId, NameError> {
        names::check(path.as_str(), &self.taken_paths(&[]))?;
        self.keep_all();
        Ok(self.add(Document::new(&self.tab, path.as_str(), text)))
    }

    /// A file to begin with is one of several from now on: the next visit makes none.
    pub(super) fn keep_all(&mut self) {
        for (_, document) in self.documents.iter_mut().filter(|(id, _)| *id != Self::INPUT_ID) {
            document.keep();
        }
    }

    /// Whether a file can have this path, or a folder with these files.
    pub fn check_path(&self, ids: &[DocumentId], path: &SourcePath) -> Result<(), NameError> {
        names::check(path.as_str(), &self.taken_paths(ids))
    }

    /// Gives a file another path.
    pub fn rename(&mut self, id: DocumentId, path: &SourcePath) -> Result<(), NameError> {
        self.check_path(&[id], path)?;
        self.set_path(id, path);
        Ok(())
    }

    /// The files in a folder, and in the folders in it.
    pub fn files_in(&self, folder: &str) -> Vec<DocumentId> {
        let start = [folder, "/"].concat().to_ascii_lowercase();
        let is_in = |path: &SourcePath| path.as_str().to_ascii_lowercase().starts_with(&start);
        self.files().filter(|(_, path, _)| is_in(path)).map(|(id, ..)| id).collect()
    }

    /// Gives a folder another path, and so all files in it.
    pub fn rename_folder(&mut self, folder: &str, path: &SourcePath) -> Result<(), NameError> {
        let ids = self.files_in(folder);
        let taken = self.taken_paths(&ids);
        let depth = folder.split('/').count();
        let mut renamed = Vec::new();
        for id in ids {
            let old = self.path(id).map(String::from).unwrap_or_default();
            let rest = old.splitn(depth + 1, '/').last().unwrap_or_default();
            let new = SourcePath::parse(&[path.as_str(), "/", rest].concat())?;
            names::check(new.as_str(), &taken)?;
            renamed.push((id, new));
        }
        renamed.iter().for_each(|(id, path)| self.set_path(*id, path));
        Ok(())
    }

    fn set_path(&mut self, id: DocumentId, path: &SourcePath) {
        if self.main() == Some(id) {
            self.main = Some(path.clone());
        }
        if let Some(document) = self.document_mut(id) {
            document.path = path.to_string();
        }
    }

    /// Deletes some files, unless they are all that there are.
    pub fn remove(&mut self, ids: &[DocumentId]) -> Result<Removed, NameError> {
        if self.files().all(|(id, ..)| ids.contains(&id)) {
            return Err(NameError::OnlyFile);
        }
        let places: Vec<_> = ids.iter().map(|id| self.open.iter().position(|other| other == id)).collect();
        let mut files = Vec::new();
        for (id, place) in ids.iter().zip(places) {
            if let Some(document) = self.take_out(*id) {
                self.ids += 1;
                let name = [&self.tab, self.ids.to_string().as_str()].join(" ");
                files.push((document.anew(&name), place));
                self.deletions.push((*id, document));
            }
        }
        Ok(Removed { files })
    }

    /// Brings back what was deleted, with its tabs. Where a name is taken by now, it is another one.
    pub fn bring_back(&mut self, removed: Removed) -> Vec<DocumentId> {
        let mut ids = Vec::new();
        for (mut document, place) in removed.files {
            if let Ok(path) = SourcePath::parse(&document.path) {
                document.path = self.free_path(&path).to_string();
                let id = self.add(document);
                if let Some(place) = place {
                    self.show(id);
                    self.move_tab(id, place);
                }
                ids.push(id);
            }
        }
        ids
    }

    pub(super) fn is_only_file(&self, id: DocumentId) -> bool {
        self.files().all(|(other, ..)| other == id)
    }
}
