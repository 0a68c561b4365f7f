//! The files of a VM's programs: what they are limited to, and which modules are loaded afresh because of them.

use lua::{FileError, FileRules, Files};
use mlua::{Lua, Table, Value};
use wire::{MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES, MAX_OPEN_FILES, PathError, SourcePath};

/// What programs can do with files.
pub const RULES: FileRules = FileRules {
    max_files: MAX_FILES,
    max_bytes: MAX_FILES_BYTES,
    max_file_bytes: MAX_FILE_BYTES,
    max_open: MAX_OPEN_FILES,
    check_path,
};

/// Lua's table of the modules that are loaded.
const LOADED_KEY: &str = "_LOADED";
/// The registry's table of those that `require` loaded (`c/modules.h`).
const REQUIRED_KEY: &str = "cu.modules";

fn check_path(path: &str) -> Result<(), FileError> {
    SourcePath::parse(path).map(drop).map_err(|error| match error {
        PathError::NameTooLong | PathError::TooLong => FileError::NameTooLong,
        PathError::Empty | PathError::Absolute | PathError::EmptyName | PathError::DotName => FileError::NotFound,
        PathError::BadCharacter => FileError::Invalid,
    })
}

/// Forgets the modules whose files have changed, or that depend on such modules: they are loaded afresh. What a program
/// put in their place stays.
pub fn drop_stale_modules(lua: &Lua, files: &Files) -> mlua::Result<()> {
    let stale = files.take_stale_modules();
    if stale.is_empty() {
        return Ok(());
    }
    let (loaded, required): (Table, Table) =
        (lua.named_registry_value(LOADED_KEY)?, lua.named_registry_value(REQUIRED_KEY)?);
    for name in stale {
        let name = lua.create_string(&name)?;
        let (there, known): (Value, Value) = (loaded.raw_get(&name)?, required.raw_get(&name)?);
        if there == known {
            loaded.raw_set(&name, Value::Nil)?;
        }
        required.raw_set(&name, Value::Nil)?;
    }
    Ok(())
}
