//! The pane with the files: which rows it shows, and what a person is doing with them.

use leptos::prelude::*;
use wire::SourcePath;

use crate::{
    documents::FileEntry,
    formats::lowercase,
    workspace::{Added, DocumentId, NameError, Removed},
};

/// A file, or a folder, by its path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A file.
    File(DocumentId),
    /// A folder.
    Folder(String),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// What it is of.
    pub place: Place,
    /// Its path.
    pub path: String,
    /// How deep it is, from 1.
    pub level: usize,
    /// Whether a folder is open; `None` for files.
    pub is_open: Option<bool>,
    /// Its place among those in the same folder, from 1.
    pub position: usize,
    /// How many are in the same folder.
    pub set_size: usize,
}

impl FileRow {
    /// The last name of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, name)| name)
    }
}

/// The rows of some files: in each folder its folders first, then its files, each by name.
pub fn rows(files: &[FileEntry], closed: &[String]) -> Vec<FileRow> {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by_key(|file| order(file.path.as_str()));
    let mut rows = Vec::new();
    let all: Vec<_> = sorted.iter().map(|file| (file.path.as_str(), *file)).collect();
    add_rows(&all, 0, 1, closed, &mut rows);
    rows
}

/// What paths are sorted by: folders come before files, and case does not count.
pub fn order(path: &str) -> Vec<(bool, String)> {
    let names: Vec<_> = path.split('/').collect();
    let last = names.len() - 1;
    names.iter().enumerate().map(|(at, name)| (at == last, lowercase(name))).collect()
}

/// Adds the rows of the files in one folder, whose path takes the first `start` bytes of theirs.
fn add_rows(files: &[(&str, &FileEntry)], start: usize, level: usize, closed: &[String], rows: &mut Vec<FileRow>) {
    let folder_of = |path: &str| path[start..].find('/').map(|length| path[..start + length].to_owned());
    let is_same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => lowercase(a) == lowercase(b),
        _ => false,
    };
    let parts: Vec<_> = files.chunk_by(|(a, _), (b, _)| is_same(&folder_of(a), &folder_of(b))).collect();
    for (at, part) in parts.iter().enumerate() {
        let (path, file) = part[0];
        let (position, set_size) = (at + 1, parts.len());
        let Some(folder) = folder_of(path) else {
            let (place, path) = (Place::File(file.id), path.to_owned());
            rows.push(FileRow { place, path, level, is_open: None, position, set_size });
            continue;
        };
        let is_open = !closed.contains(&folder);
        let (place, path) = (Place::Folder(folder.clone()), folder.clone());
        rows.push(FileRow { place, path, level, is_open: Some(is_open), position, set_size });
        if is_open {
            add_rows(part, folder.len() + 1, level + 1, closed, rows);
        }
    }
}

/// What was done with files last, for a person to know.
#[derive(Clone)]
pub enum LastChange {
    /// Files were deleted.
    Removed(Removed),
    /// Files came from elsewhere.
    Added(Added),
    /// A file was written to the computer, which cannot be taken back.
    Saved(SourcePath),
}

/// What a person is doing with the files.
#[derive(Clone, Default)]
pub struct Doing {
    /// The folders that are closed.
    pub closed: Vec<String>,
    /// The row that was chosen last.
    pub current: Option<Place>,
    /// The row that is getting another path, and what was typed of it.
    pub renamed: Option<(Place, String)>,
    /// What was done last.
    pub last: Option<LastChange>,
    /// Why the last thing was not done.
    pub problem: Option<String>,
}

/// What a person is doing with the files, as a signal; copies are the same.
#[derive(Clone, Copy)]
pub struct FileList(RwSignal<Doing>);

impl FileList {
    /// Everything is open.
    pub fn new() -> Self {
        FileList(RwSignal::default())
    }

    /// The signal.
    pub fn doing(self) -> ReadSignal<Doing> {
        self.0.read_only()
    }

    /// Changes it.
    pub fn change(self, change: impl FnOnce(&mut Doing)) {
        self.0.update(change);
    }

    /// Notes what was typed of another path, which is shown already.
    pub fn note_typed(self, text: String) {
        if let Some((_, typed)) = &mut self.0.write_untracked().renamed {
            *typed = text;
        }
    }

    /// Opens a folder that is closed, and closes one that is open.
    pub fn toggle(self, folder: &str) {
        self.0.update(|doing| {
            let count = doing.closed.len();
            doing.closed.retain(|other| other != folder);
            if doing.closed.len() == count {
                doing.closed.push(folder.to_owned());
            }
        });
    }

    /// Says why something was not done, and takes away what was said before. `None` where nothing could be done yet.
    pub fn note<T>(self, result: Option<Result<T, NameError>>) -> Option<T> {
        let (done, problem) = match result? {
            Ok(done) => (Some(done), None),
            Err(error) => (None, Some(error.to_string())),
        };
        if self.0.with_untracked(|doing| doing.problem != problem) {
            self.0.update(|doing| doing.problem = problem);
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use wire::SourcePath;

    use super::*;

    fn shown(paths: &[&str], closed: &[&str]) -> Vec<String> {
        let file = |(at, path): (usize, &&str)| FileEntry {
            id: DocumentId(at as u32),
            path: SourcePath::parse(path).expect(path),
        };
        let files: Vec<_> = paths.iter().enumerate().map(file).collect();
        let closed: Vec<_> = closed.iter().map(|folder| (*folder).to_owned()).collect();
        let sign = |row: &FileRow| match row.is_open {
            Some(true) => "▾",
            Some(false) => "▸",
            None => "",
        };
        let line = |row: FileRow| {
            let (indent, sign) = (" ".repeat(row.level - 1), sign(&row));
            format!("{indent}{sign}{} {}/{}", row.name(), row.position, row.set_size)
        };
        rows(&files, &closed).into_iter().map(line).collect()
    }

    #[test]
    fn folders_come_first_and_names_are_sorted_without_regard_to_case() {
        let paths = ["main.lua", "lib/Json.lua", "a.txt", "lib/deep/x", "B.txt", "lib/csv.lua", "assets/y"];
        let all = [
            "▾assets 1/5",
            " y 1/1",
            "▾lib 2/5",
            " ▾deep 1/3",
            "  x 1/1",
            " csv.lua 2/3",
            " Json.lua 3/3",
            "a.txt 3/5",
            "B.txt 4/5",
            "main.lua 5/5",
        ];
        assert_eq!(shown(&paths, &[]), all);
    }

    #[test]
    fn what_is_in_a_closed_folder_is_not_shown() {
        assert_eq!(shown(&["lib/a", "lib/b/c", "d"], &["lib"]), ["▸lib 1/2", "d 2/2"]);
        assert_eq!(shown(&["lib/a", "lib/b/c"], &["lib/b"]), ["▾lib 1/1", " ▸b 1/2", " a 2/2"]);
        assert!(shown(&[], &[]).is_empty());
    }

    #[test]
    fn a_folder_that_is_written_in_two_ways_is_one() {
        assert_eq!(shown(&["Lib/b", "lib/a"], &[]), ["▾lib 1/1", " a 1/2", " b 2/2"]);
    }
}
