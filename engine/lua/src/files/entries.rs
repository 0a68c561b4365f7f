//! Files by their paths, in the order of their keys.

use std::rc::Rc;

use super::node::{Content, Node};
use super::path::key_of;

/// A file and its path.
pub struct Entry {
    /// See [`key_of`].
    pub key: Rc<str>,
    pub path: Rc<str>,
    pub node: Rc<Node>,
}

/// All files. A sorted list: there are few, and a tree would be a good part of what a first visit loads.
#[derive(Default)]
pub struct Entries(Vec<Entry>);

impl Entries {
    fn find(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|entry| (*entry.key).cmp(key))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.find(key).ok().map(|at| &self.0[at])
    }

    /// Adds a file, in the place of the one with this key if there is one.
    pub fn put(&mut self, entry: Entry) {
        match self.find(&entry.key) {
            Ok(at) => self.0[at] = entry,
            Err(at) => self.0.insert(at, entry),
        }
    }

    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        self.find(key).ok().map(|at| self.0.remove(at))
    }

    /// Removes the files whose keys are wanted, and returns them in their order.
    pub fn take(&mut self, is_wanted: impl Fn(&str) -> bool) -> Vec<Entry> {
        let all = std::mem::take(&mut self.0);
        let (taken, left) = all.into_iter().partition(|entry| is_wanted(&entry.key));
        self.0 = left;
        taken
    }

    /// Whether there are files in a folder.
    pub fn has_folder(&self, key: &str) -> bool {
        let inside = [key, "/"].concat();
        let at = self.find(&inside).unwrap_or_else(|at| at);
        self.0.get(at).is_some_and(|entry| entry.key.starts_with(&inside))
    }

    /// The files of the workspace as they are now.
    pub fn contents(&self) -> Contents {
        let of_workspace = self.0.iter().filter(|entry| !entry.path.starts_with('/'));
        let file = |entry: &Entry| (Rc::clone(&entry.key), Rc::clone(&entry.path), entry.node.content());
        Contents(of_workspace.map(file).collect())
    }
}

/// The files of a workspace as they were at some time: the key, the path and the content of each.
pub struct Contents(Vec<(Rc<str>, Rc<str>, Content)>);

impl Contents {
    /// What was in the file with exactly this path.
    pub fn get(&self, path: &str) -> Option<&Content> {
        let wanted = key_of(path);
        let at = self.0.binary_search_by(|(key, ..)| (**key).cmp(&wanted)).ok()?;
        Some(&self.0[at]).filter(|(_, found, _)| **found == *path).map(|(.., content)| content)
    }

    /// All of them, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Content)> {
        self.0.iter().map(|(_, path, content)| (&**path, content))
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Contents {
    /// Of paths in order, and texts.
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(files: I) -> Self {
        let file = |(path, text): (&str, &str)| (key_of(path).into(), path.into(), Rc::new(text.into()));
        Contents(files.into_iter().map(file).collect())
    }
}
