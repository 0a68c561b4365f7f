//! Files that come from elsewhere: from the person's computer, or out of a zip. Their names and contents may be anything.

use wire::{MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES, SourcePath};

use super::{Document, DocumentId, NameError, Removed, Workspace, binary};

/// What is done with a file whose name is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// The new file gets another name.
    KeepBoth,
    /// The new text takes the place of the old one.
    Replace,
    /// The old file stays, and the new one is left out.
    Skip,
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddError {
    /// It cannot have its name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Its bytes are no UTF-8, or one of them is 0.
    #[error("it is not text")]
    NotText,
    /// It is larger than the largest file.
    #[error("it is larger than {} MB", MAX_FILE_BYTES >> 20)]
    TooLarge,
    /// There would be too many files.
    #[error("there can be {MAX_FILES} files")]
    TooMany,
    /// All files together would be too large.
    #[error("all files together can have {} MB", MAX_FILES_BYTES >> 20)]
    Full,
}

/// Files that are to be added, and why others are not.
#[derive(Clone, Debug, Default)]
pub struct Addition {
    files: Vec<(SourcePath, String)>,
    /// Names, each with the reason.
    refused: Vec<(String, String)>,
    count: usize,
    bytes: usize,
    /// Whether bytes that are no text are kept as a text that stands for them.
    pub takes_bytes: bool,
}

impl Addition {
    /// Takes a file, or notes why not.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) {
        match self.check(name, bytes) {
            Ok((path, text)) => {
                self.count += 1;
                self.bytes += text.len();
                self.files.push((path, text));
            }
            Err(error) => self.refuse(name, &error.to_string()),
        }
    }

    fn check(&self, name: &str, bytes: Vec<u8>) -> Result<(SourcePath, String), AddError> {
        // Some systems write `\` where others write `/`.
        let path = SourcePath::parse(&name.replace('\\', "/")).map_err(NameError::from)?;
        let is_text = !bytes.contains(&0) && std::str::from_utf8(&bytes).is_ok();
        match () {
            () if bytes.len() > MAX_FILE_BYTES => Err(AddError::TooLarge),
            () if !is_text && !self.takes_bytes => Err(AddError::NotText),
            () if self.count >= MAX_FILES => Err(AddError::TooMany),
            () if self.bytes + bytes.len() > MAX_FILES_BYTES => Err(AddError::Full),
            () => Ok((path, binary::to_text(bytes))),
        }
    }

    /// Notes that a file is too large, without its bytes.
    pub fn refuse_large(&mut self, name: &str) {
        self.refuse(name, &AddError::TooLarge.to_string());
    }

    /// Notes why a file is not taken.
    pub fn refuse(&mut self, name: &str, reason: &str) {
        self.refused.push((name.to_owned(), reason.to_owned()));
    }

    /// Whether nothing is to be added or told.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.refused.is_empty()
    }

    /// What was refused, in words for a person, if anything was.
    pub fn problem(&self) -> Option<String> {
        const MOST: usize = 3;
        let line = |(name, reason): &(String, String)| ["“", name, "” was not added: ", reason, "."].concat();
        let mut lines: Vec<_> = self.refused.iter().take(MOST).map(line).collect();
        match self.refused.len().saturating_sub(MOST) {
            0 => {}
            1 => lines.push("Another file was not added either.".to_owned()),
            more => lines.push(format!("{more} more files were not added.")),
        }
        (!lines.is_empty()).then(|| lines.join(" "))
    }
}

/// What was added, so that it can be taken back.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// The files that were not there before.
    pub made: Vec<DocumentId>,
    /// The files whose text was replaced: the old text, and the new one.
    replaced: Vec<(DocumentId, String, String)>,
    /// Where each file is that was wanted under a path, new or not.
    pub places: Vec<(SourcePath, DocumentId)>,
}

impl Added {
    /// How many files it is about.
    pub fn count(&self) -> usize {
        self.made.len() + self.replaced.len()
    }

    /// The files whose text was replaced.
    pub fn replaced(&self) -> Vec<DocumentId> {
        self.replaced.iter().map(|(id, ..)| *id).collect()
    }

    /// All files that were added.
    pub fn ids(&self) -> Vec<DocumentId> {
        [self.made.clone(), self.replaced()].concat()
    }
}

/// Whether a file is one that systems leave everywhere, and that nobody means to add.
pub fn is_litter(path: &str) -> bool {
    path.split(['/', '\\']).any(|name| matches!(name, "__MACOSX" | ".DS_Store" | "Thumbs.db" | "desktop.ini" | ".git"))
}

impl Workspace {
    /// An addition to the files that there are.
    pub fn begin_addition(&self) -> Addition {
        let bytes = self.files().map(|(.., document)| document.text().len()).sum();
        Addition { count: self.files().count(), bytes, ..Addition::default() }
    }

    /// The files that are there with another text.
    pub fn clashes(&self, addition: &Addition) -> Vec<SourcePath> {
        let clashes = |(path, text): &&(SourcePath, String)| {
            self.find(path).and_then(|id| self.document(id)).is_some_and(|document| document.text() != text)
        };
        addition.files.iter().filter(clashes).map(|(path, _)| path.clone()).collect()
    }

    /// Adds files. `clash` says what is done with those whose names are taken. A file whose name cannot be for another
    /// reason, such as a folder of this name, gets another one; nothing is done for one that is there with the same text.
    pub fn add_files(&mut self, addition: &Addition, clash: impl Fn(&SourcePath) -> Clash) -> Added {
        let mut added = Added::default();
        for (path, text) in &addition.files {
            let there = self.find(path).and_then(|id| Some((id, self.document_mut(id)?)));
            let id = match there {
                Some((id, document)) if document.text() == text => id,
                // It came in just now: both have this name.
                Some((id, _)) if added.made.contains(&id) => self.add_beside(path, text, &mut added),
                Some((id, document)) => match clash(path) {
                    Clash::Skip => continue,
                    Clash::KeepBoth => self.add_beside(path, text, &mut added),
                    Clash::Replace => {
                        added.replaced.push((id, document.text().to_owned(), text.clone()));
                        document.edit(text.clone());
                        id
                    }
                },
                None => self.add_beside(path, text, &mut added),
            };
            added.places.push((path.clone(), id));
        }
        if !added.made.is_empty() {
            self.keep_all();
        }
        added
    }

    fn add_beside(&mut self, path: &SourcePath, text: &str, added: &mut Added) -> DocumentId {
        let path = self.free_path(path);
        let id = self.add(Document::new(&self.tab, path.as_str(), text.to_owned()));
        added.made.push(id);
        id
    }

    /// Takes back what was added: the files that were not there are deleted, and the old texts come back where nothing
    /// was typed since. Returns the files whose text was replaced, too.
    pub fn take_back(&mut self, added: Added) -> (Result<Removed, NameError>, Vec<DocumentId>) {
        let mut replaced = Vec::new();
        for (id, old, new) in added.replaced {
            if let Some(document) = self.document_mut(id).filter(|document| document.text() == new) {
                document.edit(old);
                replaced.push(id);
            }
        }
        (self.remove(&added.made), replaced)
    }
}

#[cfg(test)]
#[path = "adding_tests.rs"]
mod tests;
