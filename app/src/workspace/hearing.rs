//! How the workspace takes notice of what other tabs have stored.

use wire::SourcePath;

use super::{Document, DocumentId, Stored, Workspace, names};

impl Workspace {
    /// Takes notice of what is stored under some keys. Returns the texts that were replaced.
    pub fn hear(&mut self, found: Vec<(String, Option<Stored>)>) -> Vec<DocumentId> {
        found.iter().for_each(|(_, stored)| self.see(stored.as_ref()));
        let is_aside = |stored: &Option<Stored>| stored.as_ref().is_some_and(|stored| stored.is_aside);
        let (asides, own): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, stored)| is_aside(stored));
        let mut replaced = Vec::new();
        for (_, stored) in own.iter().chain(&asides) {
            self.revive(stored.as_ref());
        }
        for (key, stored) in own {
            replaced.extend(self.hear_one(&key, stored));
        }
        for (key, stored) in asides {
            self.hear_aside(&key, stored);
        }
        self.resolve_path_conflicts();
        replaced
    }

    /// Takes notice of everything that is stored. Where nothing is, the store was emptied, and what is here stays.
    pub fn hear_all(&mut self, stored: Vec<Stored>) -> Vec<DocumentId> {
        let mut found: Vec<_> = stored.into_iter().map(|one| (one.key(), Some(one))).collect();
        if !found.is_empty() {
            let is_gone = |key: &String| !found.iter().any(|(other, _)| other == key);
            let known = self.documents.iter().flat_map(|(_, document)| document.stored_keys());
            let gone: Vec<_> = known.filter(is_gone).map(|key| (key, None)).collect();
            found.extend(gone);
        }
        self.hear(found)
    }

    pub(super) fn see(&mut self, stored: Option<&Stored>) {
        self.revision = self.revision.max(stored.map_or(0, |stored| stored.stamp.revision));
    }

    /// What was deleted here is back if another tab has changed it: that is not deleted unseen.
    fn revive(&mut self, stored: Option<&Stored>) {
        let Some(stored) = stored else { return };
        let is_changed = |(_, document): &(DocumentId, Document)| {
            document.is_at(&stored.path) && !document.deletion().is_empty() && !document.knows(stored)
        };
        if let Some(at) = self.deletions.iter().position(is_changed) {
            // Before a new one of this path, which gives way.
            self.documents.insert(1, self.deletions.remove(at));
        }
    }

    fn is_being_deleted(&self, stored: &Stored) -> bool {
        self.deletions.iter().any(|(_, document)| document.knows(stored))
    }

    fn hear_one(&mut self, key: &str, stored: Option<Stored>) -> Option<DocumentId> {
        if key.contains('\n') {
            self.documents.iter_mut().for_each(|(_, document)| document.asides.hear(key, None));
            return None;
        }
        if stored.as_ref().is_some_and(|stored| self.is_being_deleted(stored)) {
            return None;
        }
        let Some((id, document)) = self.documents.iter_mut().find(|(_, document)| document.is_at(key)) else {
            let stored = stored.filter(|stored| SourcePath::parse(&stored.path).is_ok())?;
            let mut document = Document::new(&self.tab, &stored.path, stored.text.clone());
            document.hear(Some(stored));
            self.add(document);
            return None;
        };
        let id = *id;
        let is_gone = stored.is_none() && document.is_as_stored();
        if document.hear(stored) {
            return Some(id);
        }
        if is_gone && !self.is_only_file(id) && id != Self::INPUT_ID {
            self.take_out(id);
        }
        None
    }

    /// A text that is kept beside one that is not there becomes a file of its own.
    fn hear_aside(&mut self, key: &str, stored: Option<Stored>) {
        let Some(one) = stored.as_ref().filter(|one| !self.is_being_deleted(one)) else { return };
        let is_its_own = |(_, document): &(DocumentId, Document)| document.asides.is_at(key);
        let at = self.documents.iter().position(is_its_own);
        let at = at.or_else(|| self.documents.iter().position(|(_, document)| document.is_at(&one.path)));
        if let Some(at) = at {
            self.documents[at].1.asides.hear(key, stored);
        } else if let Ok(path) = SourcePath::parse(&one.path) {
            let (path, owner) = (self.free_path(&path), one.stamp.tab.clone());
            let mut document = Document::new(&self.tab, path.as_str(), one.text.clone());
            document.asides.hear(key, stored);
            document.asides.want(owner, None);
            self.add(document);
        }
    }

    /// What is not stored under its path yet takes another one where a stored file is.
    pub(super) fn resolve_path_conflicts(&mut self) {
        for at in 0..self.documents.len() {
            let (id, document) = &self.documents[at];
            let Ok(path) = SourcePath::parse(&document.path) else { continue };
            if document.has_new_path() {
                let path = names::free_path(&path, &self.taken_paths(&[*id]));
                self.documents[at].1.path = path.to_string();
            }
        }
    }
}
