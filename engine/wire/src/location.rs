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
#[path = "location_tests.rs"]
mod tests;
