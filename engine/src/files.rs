//! What runs made of files, and how that is taken back.

use std::rc::Rc;

use lua::{Content, Contents, Files};
use serde::{Deserialize, Serialize};
use wire::{FileChange, SourcePath};

/// What a run made of a file. The contents may be stored elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEdit<C = Content> {
    /// The file.
    pub path: SourcePath,
    /// What was in it; `None` if there was none.
    pub before: Option<C>,
    /// What is in it after; `None` if there is none.
    pub after: Option<C>,
}

impl<C> FileEdit<C> {
    /// What takes it back.
    pub fn reversed(self) -> Self {
        FileEdit { path: self.path, before: self.after, after: self.before }
    }
}

impl FileEdit {
    /// The path, and what is in the file now.
    pub fn change(&self) -> FileChange {
        FileChange { path: self.path.clone(), content: self.after.as_deref().cloned() }
    }
}

/// How files differ from what they were.
pub fn edits(before: &Contents, after: &Contents) -> Vec<FileEdit> {
    let is_same = |old: &Content, new: &Content| Rc::ptr_eq(old, new) || old == new;
    let edit = |path: &str, before: Option<&Content>, after: Option<&Content>| {
        let path = SourcePath::parse(path).ok()?;
        Some(FileEdit { path, before: before.cloned(), after: after.cloned() })
    };
    let gone = before.iter().filter(|(path, _)| after.get(path).is_none());
    let gone = gone.filter_map(|(path, old)| edit(path, Some(old), None));
    let there = after.iter().filter_map(|(path, new)| match before.get(path) {
        Some(old) if is_same(old, new) => None,
        old => edit(path, old, Some(new)),
    });
    gone.chain(there).collect()
}

/// Adds later edits to earlier ones.
pub fn merge<C: PartialEq>(earlier: &mut Vec<FileEdit<C>>, later: Vec<FileEdit<C>>) {
    for edit in later {
        match earlier.iter_mut().find(|other| other.path == edit.path) {
            Some(other) => other.after = edit.after,
            None => earlier.push(edit),
        }
    }
    earlier.retain(|edit| edit.before != edit.after);
}

/// What edits made of files.
#[derive(Default)]
pub struct Edited {
    /// What is in those that were changed.
    pub changes: Vec<FileChange>,
    /// Those that were left alone, since something else was in them than what was to be changed.
    pub kept: Vec<SourcePath>,
}

/// Makes edits in files that are as they were before.
pub fn apply(files: &Files, edits: Vec<FileEdit>, edited: &mut Edited) {
    let (possible, others): (Vec<_>, Vec<_>) =
        edits.into_iter().partition(|edit| files.content(edit.path.as_str()) == edit.before);
    // What is deleted makes room for a path that differs only in case.
    let (gone, there): (Vec<_>, Vec<_>) = possible.iter().map(FileEdit::change).partition(|it| it.content.is_none());
    let changes = [gone, there].concat();
    for change in changes {
        files.set(change.path.as_str(), change.content.clone());
        edited.changes.retain(|earlier| earlier.path != change.path);
        edited.changes.push(change);
    }
    for edit in others {
        edited.kept.retain(|earlier| *earlier != edit.path);
        edited.kept.push(edit.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Option<Content> {
        (!text.is_empty()).then(|| Rc::new(text.into()))
    }

    fn edit(path: &str, before: &str, after: &str) -> FileEdit {
        let path = SourcePath::parse(path).expect(path);
        FileEdit { path, before: content(before), after: content(after) }
    }

    #[test]
    fn edits_are_added_up() {
        let mut edits = vec![edit("a", "1", "2"), edit("b", "", "1"), edit("c", "1", "2")];
        merge(&mut edits, vec![edit("a", "2", "1"), edit("b", "1", "2"), edit("d", "1", "")]);
        assert_eq!(edits, [edit("b", "", "2"), edit("c", "1", "2"), edit("d", "1", "")]);
    }

    #[test]
    fn what_differs_is_found() {
        let before: Contents = [("a", "1"), ("b", "1"), ("c", "1")].into_iter().collect();
        let after: Contents = [("a", "1"), ("b", "2"), ("d", "1")].into_iter().collect();
        assert_eq!(edits(&before, &after), [edit("c", "1", ""), edit("b", "1", "2"), edit("d", "", "1")]);
    }
}
