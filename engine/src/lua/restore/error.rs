//! Why an image cannot be restored.

/// Why an image cannot be restored. The heap is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// A chunk's text is not valid Lua.
    #[error("the source text of chunk {name} does not compile: {message}")]
    ChunkDoesNotCompile {
        /// The chunk.
        name: String,
        /// The compiler's message.
        message: String,
    },
    /// A chunk has no function at this path.
    #[error("chunk {name} has no function at path {path:?}")]
    NoSuchFunction {
        /// The chunk.
        name: String,
        /// The path in its tree of functions.
        path: Vec<u32>,
    },
    /// A function has not as many upvalues as its source text says.
    #[error("the function at path {path:?} of chunk {name} has {expected} upvalues, the snapshot says {found}")]
    WrongUpvalues {
        /// The chunk.
        name: String,
        /// The path in its tree of functions.
        path: Vec<u32>,
        /// The number in the text.
        expected: usize,
        /// The number in the image.
        found: usize,
    },
    /// This engine provides nothing by that name.
    #[error("this version of the engine has no '{path}'")]
    NoSuchPermanent {
        /// Its path.
        path: String,
    },
    /// A table has something as its metatable that is not a table.
    #[error("the metatable of a table is '{path}', which is a {kind}, not a table")]
    NotAMetatable {
        /// The path of the permanent.
        path: String,
        /// Its type in Lua.
        kind: &'static str,
    },
    /// What Lua's C code makes cannot be made of these parts.
    #[error("a coroutine or an iterator in it has the wrong parts")]
    WrongParts,
    /// It holds something other than one table.
    #[error("what it holds is not a _home")]
    NotAHome,
    /// The path to restore leads into what every VM has from the start: that is never saved, so it is never changed.
    #[error("that path is now inside '{path}', which belongs to the engine and not to _home")]
    InsidePermanent {
        /// The path of the permanent.
        path: String,
    },
    /// The live `_home` has no such path.
    #[error("that path does not exist in _home now")]
    NoSuchPath,
    /// There is not enough memory, or Lua failed in another way.
    #[error("{0}")]
    Lua(String),
}

impl From<mlua::Error> for RestoreError {
    fn from(error: mlua::Error) -> Self {
        RestoreError::Lua(error.to_string())
    }
}

impl RestoreError {
    /// Whether the image is at fault, so that restoring it will fail again.
    pub fn is_of_the_image(&self) -> bool {
        !matches!(self, RestoreError::Lua(_) | RestoreError::NoSuchPath | RestoreError::InsidePermanent { .. })
    }
}
