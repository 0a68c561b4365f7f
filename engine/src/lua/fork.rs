//! All that lives in a VM as one image: `_home`, the globals of programs, the modules they loaded, and what they made of
//! the libraries.
//!
//! The only root is a sequence of two tables, whose keys are the paths of permanents. The first holds the entries that a
//! permanent table has and a fresh VM does not; the second, its metatable if there is one.

use mlua::{Table, Value};

use super::error::VmError;
use super::library;
use super::permanents::Permanents;
use super::restore::RestoreError;
use super::vm::Vm;
use crate::image::{self, HeapImage};

/// The path of the table of globals.
const GLOBALS: &str = "_G";

impl Vm {
    /// Captures all that programs left in the VM. Entries that they removed from libraries are not noted.
    pub fn capture_all(&mut self) -> Result<HeapImage, VmError> {
        let all = self.heap().without_limits(|| self.own_entries())?;
        Ok(self.heap().capture([Value::Table(all)].into_iter().collect())?)
    }

    /// Makes what [`Vm::capture_all`] captured live here. For a fresh VM.
    pub fn restore_all(&mut self, image: &HeapImage) -> Result<(), RestoreError> {
        let Value::Table(all) = self.restore(image)? else { return Err(RestoreError::NotAHome) };
        self.heap().without_limits(|| {
            let registry = Permanents::registry(self.lua())?;
            let (entries, metatables): (Table, Table) = (all.raw_get(1)?, all.raw_get(2)?);
            for pair in entries.pairs() {
                let (path, own): (String, Table) = pair?;
                let permanent: Table = registry.raw_get(path)?;
                own.for_each(|key: Value, value: Value| permanent.raw_set(key, value))?;
            }
            for pair in metatables.pairs() {
                let (path, metatable): (String, Table) = pair?;
                registry.raw_get::<Table>(path)?.set_metatable(Some(metatable))?;
            }
            Ok(())
        })
    }

    /// Gives `math.random` this state.
    pub fn set_random_state(&mut self, state: &[u64; 4]) -> Result<(), VmError> {
        Ok(self.heap().without_limits(|| library::set_random_state(self.lua(), state))?)
    }

    fn own_entries(&self) -> mlua::Result<Table> {
        let lua = self.lua();
        let (entries, metatables) = (lua.create_table()?, lua.create_table()?);
        for pair in Permanents::registry(lua)?.pairs::<String, Value>() {
            let (path, Value::Table(permanent)) = pair? else { continue };
            let own = lua.create_table()?;
            permanent.for_each(
                |key: Value, value: Value| {
                    if self.is_own(&path, &key, &value) { own.raw_set(key, value) } else { Ok(()) }
                },
            )?;
            if !own.is_empty() {
                entries.raw_set(path.as_str(), own)?;
            }
            if let Some(metatable) = permanent.metatable() {
                metatables.raw_set(path, metatable)?;
            }
        }
        lua.create_sequence_from([entries, metatables])
    }

    /// Whether an entry of the permanent table at a path is not there in every VM. A number or a text that is there
    /// counts as well, which does no harm.
    fn is_own(&self, path: &str, key: &Value, value: &Value) -> bool {
        let (Value::String(key), Some(place)) = (key, self.heap().permanent_path(value)) else { return true };
        let is_global = path == GLOBALS;
        let name =
            if is_global { Some(place) } else { place.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) };
        name.is_none_or(|name| key.as_bytes() != name.as_bytes())
    }
}

/// `_home` in what [`Vm::capture_all`] captured.
pub fn home(image: &HeapImage) -> Option<image::Value> {
    let image::Value::Table(all) = image.roots.first()? else { return None };
    let image::Value::Table(entries) = image.table(all).sequence.iter().next()? else { return None };
    let image::Value::Table(globals) = find(image, entries, GLOBALS)? else { return None };
    find(image, globals, "_home")
}

fn find(image: &HeapImage, table: image::TableId, name: &str) -> Option<image::Value> {
    let is_wanted = |key| matches!(key, image::Value::String(id) if image[id] == *name.as_bytes());
    image.table(table).entries.iter().find(|(key, _)| is_wanted(*key)).map(|(_, value)| value)
}
