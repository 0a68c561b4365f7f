//! Why an image cannot be restored.

/// Why an image cannot be restored. The heap is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// A chunk's text is not valid Lua.
    #[error("the source text of chunk {name} does not compile: {message}")]
    ChunkDoesNotCompile {
        /// The chunk.
        name: String,
        /// What the compiler says.
        message: String,
    },
    /// A chunk has no function at this place.
    #[error("chunk {name} has no function at place {place:?}")]
    NoSuchFunction {
        /// The chunk.
        name: String,
        /// The place in its tree of functions.
        place: Vec<u32>,
    },
    /// A function has other upvalues than its source text says.
    #[error("the function at place {place:?} of chunk {name} has {expected} upvalues, the snapshot gives {found}")]
    WrongUpvalues {
        /// The chunk.
        name: String,
        /// The place in its tree of functions.
        place: Vec<u32>,
        /// As many as the text says.
        expected: usize,
        /// As many as the image says.
        found: usize,
    },
    /// This engine provides nothing of that name.
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
    /// It holds something else than one table.
    #[error("what it holds is not a _home")]
    NotAHome,
    /// A place to restore lies in what every VM has from the start: that is never saved, so it is never changed.
    #[error("that place is now inside '{path}', which belongs to the engine and not to _home")]
    InsidePermanent {
        /// The path of the permanent.
        path: String,
    },
    /// The live `_home` has no such place.
    #[error("there is no such place in _home now")]
    NoSuchPlace,
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
    /// Whether the image is to blame, and will be next time.
    pub fn is_of_the_image(&self) -> bool {
        !matches!(self, RestoreError::Lua(_) | RestoreError::NoSuchPlace | RestoreError::InsidePermanent { .. })
    }
}
