//! Paths as programs write them, and what they mean in the workspace.

use crate::files::FileError;

/// Where temporary files are. They are no part of the workspace, and end with the VM.
pub const TEMPORARY_FOLDER: &str = "/tmp/";

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The path without `.`, `..` and empty names. It starts with `/` if it leads out of the workspace, and is empty for
    /// the workspace itself.
    pub path: String,
    /// Whether it ends in a way that only folders do.
    pub must_be_folder: bool,
}

/// The name under which a file is kept: paths that differ only in case lead to one file.
pub fn key_of(path: &str) -> String {
    path.to_ascii_lowercase()
}

impl Place {
    /// Reads a path. A folder that is left again by `..` need not be there.
    pub fn of(path: &[u8]) -> Result<Place, FileError> {
        let path = std::str::from_utf8(path).map_err(|_| FileError::Invalid)?;
        if path.is_empty() {
            return Err(FileError::NotFound);
        }
        let is_absolute = path.starts_with('/');
        let mut names = Vec::new();
        for name in path.split('/') {
            match name {
                "" | "." => {}
                ".." if names.pop().is_none() && !is_absolute => return Err(FileError::Denied),
                ".." => {}
                name => names.push(name),
            }
        }
        let root = if is_absolute { "/" } else { "" };
        let last = path.rsplit('/').next().unwrap_or_default();
        Ok(Place { path: [root, &names.join("/")].concat(), must_be_folder: matches!(last, "" | "." | "..") })
    }

    /// The name under which the file is kept.
    pub fn key(&self) -> String {
        key_of(&self.path)
    }

    /// Whether a new file can be here.
    pub fn check_for_file(&self, check_path: fn(&str) -> Result<(), FileError>) -> Result<(), FileError> {
        if self.must_be_folder {
            return Err(FileError::IsAFolder);
        }
        match self.path.strip_prefix(TEMPORARY_FOLDER) {
            Some(name) => check_path(name),
            // There is no other folder.
            None if self.path.starts_with('/') => Err(FileError::NotFound),
            None => check_path(&self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Result<String, FileError> {
        Place::of(text.as_bytes()).map(|place| place.path)
    }

    #[test]
    fn a_path_is_read_as_one_from_the_workspace() {
        for (text, expected) in [
            ("a.txt", "a.txt"),
            ("./a//b/./c", "a/b/c"),
            ("a/../b.lua", "b.lua"),
            ("none/../../none/../x", "!"),
            ("../x", "!"),
            ("/tmp/x", "/tmp/x"),
            ("/../tmp//x", "/tmp/x"),
            (".", ""),
            ("/", "/"),
            ("...", "..."),
        ] {
            assert_eq!(path(text).unwrap_or("!".into()), expected, "{text}");
        }
        assert_eq!(Place::of(b"\xff"), Err(FileError::Invalid));
        assert_eq!(path(""), Err(FileError::NotFound));
    }

    #[test]
    fn only_folders_end_so() {
        let must_be_folder = |text: &str| Place::of(text.as_bytes()).expect(text).must_be_folder;
        assert!(["a/", "a/.", "a/b/..", "."].iter().all(|text| must_be_folder(text)));
        assert!(!["a", "./a", "a/..b"].iter().any(|text| must_be_folder(text)));
    }
}
