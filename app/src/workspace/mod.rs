//! The texts of a person: the files of the workspace, and the input of programs. Which there are, what they are called,
//! which are open, and what of them is to be stored. Pure: `crate::documents` brings the store and the editor to it.

mod adding;
mod asides;
mod binary;
mod document;
mod files;
mod hearing;
mod names;
mod opened;
mod stored;
mod worker_files;

use wire::SourcePath;

pub use adding::{Added, Addition, Clash, is_litter};
pub use binary::{to_bytes, to_text};
pub use document::{Document, Notice};
pub use files::Removed;
pub use names::{NameError, is_lua};
pub use stored::{StoreChange, Stored};
pub use worker_files::WorkerFiles;

/// The name of the input of programs. Files have relative paths, so none has it.
pub const INPUT: &str = "/input";

/// The longest input that is kept, in bytes.
const MAX_INPUT_BYTES: usize = 1 << 20;

/// A text of the workspace, as long as this tab is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentId(pub u32);

/// What is to be changed in the store for a text.
pub type Pending = (DocumentId, Vec<StoreChange>);

/// All texts. There is at least one file, one is shown, and no two have one name.
#[derive(Clone, Debug)]
pub struct Workspace {
    tab: String,
    documents: Vec<(DocumentId, Document)>,
    /// The files that are open, in the order of their tabs.
    open: Vec<DocumentId>,
    shown: DocumentId,
    /// The path of the file that is marked as main, whether it is there or not.
    main: Option<SourcePath>,
    /// What was deleted here, and is stored still.
    deletions: Vec<(DocumentId, Document)>,
    ids: u32,
    /// The highest revision that was seen of any text, so that no stamp is used twice.
    revision: u64,
}

impl Workspace {
    /// The input of programs.
    pub const INPUT_ID: DocumentId = DocumentId(0);

    /// The workspace of a tab: what is stored, what earlier tabs could not store before they were left (with their
    /// names), and a file to begin with where there is none.
    pub fn open(tab: String, stored: Vec<Stored>, copies: Vec<(String, Stored)>, example: &str) -> Self {
        let input = Document::first(&tab, INPUT, "", MAX_INPUT_BYTES);
        let documents = vec![(Self::INPUT_ID, input)];
        let (open, deletions) = (Vec::new(), Vec::new());
        let shown = Self::INPUT_ID;
        let mut workspace = Workspace { tab, documents, open, shown, main: None, deletions, ids: 0, revision: 0 };
        workspace.hear(stored.into_iter().map(|one| (one.key(), Some(one))).collect());
        for (owner, copy) in copies {
            workspace.adopt(&owner, copy);
        }
        let main = SourcePath::main();
        if workspace.paths().is_empty() {
            workspace.add(Document::first(&workspace.tab, main.as_str(), example, usize::MAX));
        }
        workspace.show_another(&main);
        workspace
    }

    /// All files, in the order in which they were found or made.
    pub fn files(&self) -> impl Iterator<Item = (DocumentId, SourcePath, &Document)> {
        let file = |(id, document): &'_ (DocumentId, Document)| Some((*id, SourcePath::parse(&document.path).ok()?));
        self.documents.iter().filter_map(move |one| file(one).map(|(id, path)| (id, path, &one.1)))
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<SourcePath> {
        self.files().map(|(_, path, _)| path).collect()
    }

    /// The path of a file.
    pub fn path(&self, id: DocumentId) -> Option<SourcePath> {
        SourcePath::parse(&self.document(id)?.path).ok()
    }

    /// The file at a path, without regard to case.
    pub fn find(&self, path: &SourcePath) -> Option<DocumentId> {
        let is_it = |document: &Document| document.path.eq_ignore_ascii_case(path.as_str());
        self.documents.iter().find(|(_, document)| is_it(document)).map(|(id, _)| *id)
    }

    /// A text.
    pub fn document(&self, id: DocumentId) -> Option<&Document> {
        self.documents.iter().find(|(other, _)| *other == id).map(|(_, document)| document)
    }

    /// A text, to change it.
    pub fn document_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        self.documents.iter_mut().find(|(other, _)| *other == id).map(|(_, document)| document)
    }

    /// A free path like the one that is wanted.
    pub fn free_path(&self, wanted: &SourcePath) -> SourcePath {
        names::free_path(wanted, &self.taken_paths(&[]))
    }

    /// The paths that no other file can have. What was renamed has its old path until that is stored; what was deleted
    /// has none, since deletions are stored before all else.
    fn taken_paths(&self, except: &[DocumentId]) -> Vec<SourcePath> {
        let others = self.documents.iter().filter(|(id, _)| !except.contains(id));
        others.flat_map(|(_, document)| document.paths()).filter_map(|path| SourcePath::parse(path).ok()).collect()
    }

    fn add(&mut self, document: Document) -> DocumentId {
        self.ids += 1;
        let id = DocumentId(self.ids);
        self.documents.push((id, document));
        id
    }

    fn take_out(&mut self, id: DocumentId) -> Option<Document> {
        let at = self.documents.iter().position(|(other, _)| *other == id)?;
        let (_, document) = self.documents.remove(at);
        self.close(id);
        if self.open == [id] {
            self.open.clear();
            self.show_another(&SourcePath::main());
        }
        Some(document)
    }

    /// What is to be stored next, text by text: all of it or nothing. Several texts, at most this many, only where each
    /// just has a new text: what else there is to do depends on what was done before it.
    pub fn pending(&self, most: usize) -> Vec<Pending> {
        let deletions = self.deletions.iter().map(|(id, document)| (*id, document.deletion()));
        let changes = self.documents.iter().map(|(id, document)| (*id, document.pending(self.revision + 1)));
        let mut waiting = deletions.chain(changes).filter(|(_, changes)| !changes.is_empty());
        let is_plain = |(_, changes): &Pending| matches!(changes.as_slice(), [StoreChange { put: Some(put), .. }] if !put.is_aside);
        match waiting.next() {
            Some(first) if is_plain(&first) => {
                std::iter::once(first).chain(waiting.take_while(is_plain)).take(most).collect()
            }
            first => first.into_iter().collect(),
        }
    }

    /// The store was changed as [`Workspace::pending`] said.
    pub fn done(&mut self, stored: Vec<Pending>) {
        for (id, changes) in stored {
            changes.iter().for_each(|change| self.see(change.put.as_ref()));
            match self.document_mut(id) {
                Some(document) => document.done(changes),
                // It may have been deleted while it was being stored.
                None => self.deletions.retain_mut(|(other, document)| {
                    if *other == id {
                        document.done(changes.clone());
                    }
                    *other != id || !document.deletion().is_empty()
                }),
            }
        }
        self.resolve_path_conflicts();
    }

    fn adopt(&mut self, owner: &str, copy: Stored) {
        if let Some((_, document)) = self.documents.iter_mut().find(|(_, document)| document.is_at(&copy.path)) {
            document.adopt(owner, copy);
        } else if let Ok(path) = SourcePath::parse(&copy.path) {
            self.add(Document::new(&self.tab, self.free_path(&path).as_str(), copy.text));
        }
    }

    /// What is not stored.
    pub fn unsaved(&self) -> Vec<Stored> {
        self.documents.iter().flat_map(|(_, document)| document.unsaved()).collect()
    }

    /// What there is to tell of the texts.
    pub fn notices(&self) -> Vec<(DocumentId, Notice)> {
        let notice = |(id, document): &(DocumentId, Document)| Some((*id, document.notice()?));
        self.documents.iter().filter_map(notice).collect()
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
