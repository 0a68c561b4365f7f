//! How a run, or the VM itself, can fail.

use wire::ChunkName;

use super::chunk;
use super::failure::Failure;

/// A failure of the VM itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VmError {
    /// `_home` was set to something that cannot be saved.
    #[error("`_home` is {0}, not a table, so it was not saved; the last saved state is kept")]
    HomeIsNotATable(String),
    /// There is not enough memory, or Lua failed in another way.
    #[error("Lua failed: {0}")]
    Lua(String),
}

/// Why a run did not finish.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// The program failed.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The host asked for a stop.
    #[error("stopped")]
    Stopped,
    /// The text typed at the console is only the beginning of a statement.
    #[error("the statement is not complete")]
    Incomplete,
    /// The program called `os.exit` with this status.
    #[error("ended by os.exit with status {0}")]
    Exited(i64),
}

impl Interrupted {
    /// Names the chunk that was run, where only what messages call it is known, as it is after an error of the compiler.
    pub(super) fn of_chunk(mut self, chunk: &ChunkName, name_in_lua: &str) -> Self {
        if let Interrupted::Failed(Failure { location: Some(location), .. }) = &mut self
            && location.chunk.as_str().as_bytes() == chunk::shown_name(name_in_lua.as_bytes())
        {
            location.chunk = chunk.clone();
        }
        self
    }
}

impl From<mlua::Error> for VmError {
    fn from(error: mlua::Error) -> Self {
        VmError::Lua(error.to_string())
    }
}
