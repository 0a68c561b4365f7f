//! Where source text is: the path of a file, the name of a chunk, a line in either.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest path of a file, in bytes.
pub const MAX_PATH_BYTES: usize = 1000;
/// The longest name in a path, in bytes.
pub const MAX_NAME_BYTES: usize = 200;

/// The path of a file in the workspace: `lib/json.lua`. It is relative to the workspace, has `/` between its names, and
/// means one file only: there is no `.` or `..` in it, and no empty name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourcePath(Box<str>);

/// Why a text is not a [`SourcePath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// There is no text.
    #[error("a file needs a name")]
    Empty,
    /// It starts with `/`.
    #[error("a path cannot start with “/”")]
    Absolute,
    /// It ends with `/`, or has two of them in a row.
    #[error("a name is missing before or after “/”")]
    EmptyName,
    /// A name is `.` or `..`.
    #[error("“.” and “..” cannot be names in a path")]
    DotName,
    /// It has a character that names cannot have.
    #[error("a path cannot contain “\\”, “:” or control characters")]
    BadCharacter,
    /// A name is longer than [`MAX_NAME_BYTES`].
    #[error("a name in a path cannot be longer than {MAX_NAME_BYTES} bytes")]
    NameTooLong,
    /// The path is longer than [`MAX_PATH_BYTES`].
    #[error("a path cannot be longer than {MAX_PATH_BYTES} bytes")]
    TooLong,
}

impl SourcePath {
    /// The path of the program of a workspace that has no other file.
    pub fn main() -> SourcePath {
        SourcePath("main.lua".into())
    }

    /// Checks a text.
    pub fn parse(text: &str) -> Result<SourcePath, PathError> {
        check(text).map(|()| SourcePath(text.into()))
    }

    /// Reads a path as a program may write it: relative to the workspace, with `.`, `..` and empty names in it.
    pub fn resolve(text: &str) -> Result<SourcePath, PathError> {
        if text.starts_with('/') {
            return Err(PathError::Absolute);
        }
        let mut names = Vec::new();
        for name in text.split('/') {
            match name {
                "" | "." => {}
                ".." if names.pop().is_none() => return Err(PathError::DotName),
                ".." => {}
                name => names.push(name),
            }
        }
        SourcePath::parse(&names.join("/"))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last name in it: `json.lua`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// What follows the last dot of the file's name: `lua`. A dot at the start of the name begins no extension.
    pub fn extension(&self) -> Option<&str> {
        let (stem, extension) = self.file_name().rsplit_once('.')?;
        (!stem.is_empty() && !extension.is_empty()).then_some(extension)
    }

    /// The folder that the file is in: `lib`. `None` for the workspace itself.
    pub fn parent(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(folder, _)| folder)
    }
}

fn check(text: &str) -> Result<(), PathError> {
    if text.is_empty() {
        return Err(PathError::Empty);
    }
    if text.starts_with('/') {
        return Err(PathError::Absolute);
    }
    if text.len() > MAX_PATH_BYTES {
        return Err(PathError::TooLong);
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        return Err(PathError::BadCharacter);
    }
    text.split('/').try_for_each(|name| match name {
        "" => Err(PathError::EmptyName),
        "." | ".." => Err(PathError::DotName),
        name if name.len() > MAX_NAME_BYTES => Err(PathError::NameTooLong),
        _ => Ok(()),
    })
}

impl TryFrom<String> for SourcePath {
    type Error = PathError;

    fn try_from(text: String) -> Result<Self, PathError> {
        check(&text).map(|()| SourcePath(text.into()))
    }
}

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> String {
        path.0.into()
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a chunk is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChunkName {
    /// The chunk is a file.
    File(SourcePath),
    /// It is something else, such as a line of the console or a text that a program loaded; this is what Lua's messages
    /// call it.
    Other(Box<str>),
}

impl ChunkName {
    /// The file, if the chunk is one.
    pub fn path(&self) -> Option<&SourcePath> {
        match self {
            ChunkName::File(path) => Some(path),
            ChunkName::Other(_) => None,
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        match self {
            ChunkName::File(path) => path.as_str(),
            ChunkName::Other(name) => name,
        }
    }
}

/// The chunk that Lua's messages call so. It is taken for a file if the name has a dot or a slash, is a path that is not
/// shortened, and is not the start of a text (`[string "..."]`).
impl From<&str> for ChunkName {
    fn from(shown: &str) -> Self {
        let may_be_file = shown.contains(['.', '/']) && !shown.starts_with("...") && !shown.starts_with("[string \"");
        match SourcePath::resolve(shown) {
            Ok(path) if may_be_file => ChunkName::File(path),
            _ => ChunkName::Other(shown.into()),
        }
    }
}

impl From<SourcePath> for ChunkName {
    fn from(path: SourcePath) -> Self {
        ChunkName::File(path)
    }
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceLocation {
    /// The file.
    pub path: SourcePath,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for SourceLocation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_location(f, self.path.as_str(), self.line)
    }
}

/// A line of a chunk, which may be a file or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChunkLocation {
    /// The chunk.
    pub chunk: ChunkName,
    /// The line, from 1.
    pub line: u32,
}

impl ChunkLocation {
    /// The line of the file, if the chunk is one.
    pub fn source(&self) -> Option<SourceLocation> {
        self.chunk.path().map(|path| SourceLocation { path: path.clone(), line: self.line })
    }
}

impl fmt::Display for ChunkLocation {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_location(f, self.chunk.as_str(), self.line)
    }
}

/// As in Lua's messages: `lib/json.lua:12`.
fn write_location(f: &mut fmt::Formatter, name: &str, line: u32) -> fmt::Result {
    write!(f, "{name}:{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::parse(text).expect(text)
    }

    #[test]
    fn the_path_of_a_file_is_taken_apart() {
        let parts = |text: &str| {
            let path = path(text);
            let (name, extension, parent) = (path.file_name(), path.extension(), path.parent());
            format!("{name} {} {}", extension.unwrap_or("-"), parent.unwrap_or("-"))
        };
        assert_eq!(parts("main.lua"), "main.lua lua -");
        assert_eq!(parts("a/b c/json.min.lua"), "json.min.lua lua a/b c");
        assert_eq!(parts("data/table"), "table - data");
        assert_eq!(parts("v1.2/.luarc"), ".luarc - v1.2");
        assert_eq!(parts("odd."), "odd. - -");
        assert_eq!(parts("…/übung.lua"), "übung.lua lua …");
        assert_eq!(parts("..a/b..lua"), "b..lua lua ..a");
        assert_eq!(SourcePath::parse(SourcePath::main().as_str()), Ok(SourcePath::main()));
    }

    #[test]
    fn what_is_no_path_of_one_file_is_refused() {
        let cases = [
            ("", PathError::Empty),
            ("/", PathError::Absolute),
            ("/etc/passwd", PathError::Absolute),
            ("lib/", PathError::EmptyName),
            ("lib//a.lua", PathError::EmptyName),
            (".", PathError::DotName),
            ("../a.lua", PathError::DotName),
            ("lib/./a.lua", PathError::DotName),
            ("lib/..", PathError::DotName),
            ("lib\\a.lua", PathError::BadCharacter),
            ("C:a.lua", PathError::BadCharacter),
            ("a\0.lua", PathError::BadCharacter),
            ("a\n.lua", PathError::BadCharacter),
            ("a\u{7f}", PathError::BadCharacter),
            ("a\u{85}", PathError::BadCharacter),
        ];
        for (text, error) in cases {
            assert_eq!(SourcePath::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn the_length_of_a_path_is_limited_in_bytes() {
        let name = "ü".repeat(MAX_NAME_BYTES / 2);
        assert!(SourcePath::parse(&name).is_ok());
        assert_eq!(SourcePath::parse(&format!("{name}a")), Err(PathError::NameTooLong));
        let deep = format!("{}abc", "abc/".repeat(MAX_PATH_BYTES / 4 - 1));
        assert_eq!(SourcePath::parse(&format!("{deep}d")).map(|path| path.as_str().len()), Ok(MAX_PATH_BYTES));
        assert_eq!(SourcePath::parse(&format!("{deep}de")), Err(PathError::TooLong));
    }

    #[test]
    fn a_path_is_checked_when_it_is_read() {
        let bytes = crate::encode(&path("lib/a.lua")).expect("a path");
        assert_eq!(bytes, crate::encode(&"lib/a.lua").expect("a text"));
        assert_eq!(crate::decode(&bytes), Ok(path("lib/a.lua")));
        let bytes = crate::encode(&"../a.lua").expect("a text");
        assert!(crate::decode::<SourcePath>(&bytes).is_err());
    }

    #[test]
    fn a_shown_name_is_taken_for_a_file_if_it_reads_like_one() {
        for name in ["main.lua", "lib/json", ".hidden"] {
            assert_eq!(ChunkName::from(name), ChunkName::File(path(name)));
        }
        for name in ["console", "=?", "[string \"a.b\"]", "...of/a/file.lua", "../x.lua", "C:\\a.lua", ""] {
            assert_eq!(ChunkName::from(name), ChunkName::Other(name.into()));
        }
    }

    #[test]
    fn a_location_in_a_file_is_one_of_a_source() {
        let location = |name: &str| ChunkLocation { chunk: name.into(), line: 3 };
        assert_eq!(location("a.lua").source(), Some(SourceLocation { path: path("a.lua"), line: 3 }));
        assert_eq!(location("a.lua").to_string(), "a.lua:3");
        assert_eq!(location("console").source(), None);
        assert_eq!(location("console").to_string(), "console:3");
    }
}
