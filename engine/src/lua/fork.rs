//! All that lives in a VM as one image: `_home`, the globals of programs, the modules they loaded, and what they made of
//! the libraries.
//!
//! The only root is a sequence of two tables, whose keys are the paths of permanents. The first holds the entries that a
//! permanent table has and a fresh VM does not; the second, its metatable if there is one.

use mlua::{Value, ffi};

use super::chunk;
use super::error::VmError;
use super::heap::STACK_ROOM;
use super::library;
use super::permanents::Permanents;
use super::restore::RestoreError;
use super::vm::Vm;
use crate::image::{self, HeapImage};

impl Vm {
    /// Captures all that programs left in the VM. What they removed from libraries is not noted.
    pub fn capture_all(&mut self) -> Result<HeapImage, VmError> {
        let all = self.fork(Value::Nil)?;
        Ok(self.heap().capture([all].into_iter().collect())?)
    }

    /// Makes what [`Vm::capture_all`] captured live here, and gives `math.random` this state. For a fresh VM.
    pub fn restore_all(&mut self, image: &HeapImage, random_state: &[u64; 4]) -> Result<(), RestoreError> {
        let all = self.restore(image)?;
        self.fork(all)?;
        Ok(self.heap().without_limits(|| library::set_random_state(self.lua(), random_state))?)
    }

    /// Calls the chunk of fork.lua.
    fn fork(&self, forked: Value) -> mlua::Result<Value> {
        let arguments = [Value::Table(Permanents::registry(self.lua())?), forked];
        self.heap().without_limits(|| {
            // SAFETY: in protected mode; there is room, and the two arguments are on the stack.
            unsafe {
                self.lua().exec_raw(arguments.into_iter().collect::<mlua::MultiValue>(), |state| {
                    ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
                    chunk::load(state, c"=[cu]".to_bytes(), include_str!("fork.lua").as_bytes());
                    ffi::lua_insert(state, 1);
                    ffi::lua_call(state, 2, 1);
                })
            }
        })
    }
}

/// `_home` in what [`Vm::capture_all`] captured.
pub fn home(image: &HeapImage) -> Option<image::Value> {
    let image::Value::Table(all) = image.roots.first()? else { return None };
    let image::Value::Table(entries) = image.table(all).sequence.iter().next()? else { return None };
    let image::Value::Table(globals) = find(image, entries, "_G")? else { return None };
    find(image, globals, "_home")
}

fn find(image: &HeapImage, table: image::TableId, name: &str) -> Option<image::Value> {
    let is_wanted = |key| matches!(key, image::Value::String(id) if image[id] == *name.as_bytes());
    image.table(table).entries.iter().find(|(key, _)| is_wanted(*key)).map(|(_, value)| value)
}
