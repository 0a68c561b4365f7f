//! A VM with its globals, from run to run.

use std::ffi::c_int;
use std::rc::Rc;

use mlua::ffi::{self, lua_State};
use mlua::{Lua, LuaOptions, StdLib, Value};
use wire::{Limits, RunMode};

use super::capture::{Capture, PlaceCache};
use super::failure::{self, Failure};
use super::interrupt::{self, Cut};
use super::permanents::Permanents;
use super::restore::{self, RestoreError};
use super::{chunk, library};
use crate::host::{self, Host};
use crate::image::{self, HeapImage};

/// Globals that are the user's, not the engine's.
const USERS_GLOBALS: [&str; 2] = ["_home", "Memory"];

/// Slots of the Lua stack that a capture or restore may use.
const STACK_ROOM: c_int = 16;

/// A Lua state and what the engine knows of it.
pub struct Vm {
    lua: Lua,
    permanents: Permanents,
    places: PlaceCache,
    host: Rc<dyn Host>,
    limits: Limits,
}

/// What the VM itself could not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VmError {
    /// `_home` was set to something that can not be saved.
    #[error("`_home` is {0}, not a table, so it was not saved; the last saved state is kept")]
    HomeIsNoTable(String),
    /// There is not enough memory, or Lua failed in another way.
    #[error("Lua failed: {0}")]
    Lua(String),
}

/// Why a run did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// The program failed.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The host asked for a stop.
    #[error("stopped")]
    Stopped,
}

impl From<mlua::Error> for VmError {
    fn from(error: mlua::Error) -> Self {
        VmError::Lua(error.to_string())
    }
}

impl Vm {
    /// A fresh VM with an empty `_home`.
    pub fn new(host: Rc<dyn Host>, limits: Limits) -> Result<Vm, VmError> {
        host::enter(Rc::clone(&host));
        let libraries = StdLib::COROUTINE | StdLib::TABLE | StdLib::STRING | StdLib::UTF8 | StdLib::MATH | StdLib::OS;
        // SAFETY: the `debug` library is unsafe where it hands out the registry or sets hooks and upvalues;
        // library.lua takes those functions out before any other code runs.
        let lua =
            unsafe { Lua::unsafe_new_with(libraries | StdLib::DEBUG, LuaOptions::new().catch_rust_panics(false)) };
        library::install(&lua)?;
        let permanents = Permanents::collect(&lua, &USERS_GLOBALS)?;
        let vm = Vm { lua, permanents, places: PlaceCache::default(), host, limits };
        vm.lua.set_memory_limit(limits.memory_bytes as usize)?;
        Ok(vm)
    }

    /// Limits for the runs to come.
    pub fn set_limits(&mut self, limits: Limits) -> Result<(), VmError> {
        self.limits = limits;
        self.lua.set_memory_limit(limits.memory_bytes as usize)?;
        Ok(())
    }

    /// Bytes that Lua holds.
    pub fn memory_bytes(&self) -> u64 {
        self.lua.used_memory() as u64
    }

    /// Runs a chunk and gives what it returns as the roots of an image, one for each value.
    ///
    /// `name` is what messages call the chunk. After a failure the VM goes on, with its globals as they are.
    pub fn run(&mut self, name: &str, text: &[u8], mode: RunMode) -> Result<HeapImage, Interrupted> {
        host::enter(Rc::clone(&self.host));
        if let Err(error) = self.alias_memory() {
            return Err(failure::take(error.to_string()).into());
        }
        let mut outcome = Ok(HeapImage::default());
        let Vm { lua, permanents, places, limits, .. } = self;
        // SAFETY: all calls are balanced; what is dropped late (on a Lua error in the capture) is only lost.
        let executed = unsafe {
            lua.exec_raw::<()>((), |state| {
                let base = ffi::lua_gettop(state);
                if ffi::lua_checkstack(state, STACK_ROOM) == 0 {
                    outcome = Err(failure::take("not enough memory".into()).into());
                    return;
                }
                ffi::lua_pushcfunction(state, failure::note);
                let mut status = compile(state, name, text, mode);
                if status == ffi::LUA_OK {
                    interrupt::watch((limits.time_millis > 0).then_some(limits.time_millis));
                    status = ffi::lua_pcall(state, 0, ffi::LUA_MULTRET, base + 1);
                    let cut = interrupt::unwatch().filter(|_| status != ffi::LUA_OK);
                    if cut == Some(Cut::Stopped) {
                        failure::forget();
                        outcome = Err(Interrupted::Stopped);
                        ffi::lua_settop(state, base);
                        return;
                    }
                }
                outcome = if status == ffi::LUA_OK {
                    // Captured as they are now; a value may refer to all of the heap.
                    let mut capture = Capture::new(state, permanents, places);
                    let last = ffi::lua_gettop(state);
                    ffi::lua_checkstack(state, STACK_ROOM);
                    without_limits(lua, *limits, || {
                        for index in base + 2..=last {
                            capture.add_root(index);
                        }
                    });
                    Ok(capture.finish())
                } else {
                    Err(failure::take(failure::text_at_top(state)).into())
                };
                ffi::lua_settop(state, base);
            })
        };
        match executed {
            Ok(()) => outcome,
            Err(error) => Err(failure::take(error.to_string()).into()),
        }
    }

    /// Captures `_home` as it is now.
    pub fn capture_home(&mut self) -> Result<HeapImage, VmError> {
        let home: Value = self.lua.globals().raw_get("_home")?;
        let Vm { lua, permanents, places, limits, .. } = self;
        let mut image = HeapImage::default();
        // SAFETY: as in `run`.
        unsafe {
            lua.exec_raw::<()>(home, |state| {
                let mut capture = Capture::new(state, permanents, places);
                ffi::lua_checkstack(state, STACK_ROOM);
                without_limits(lua, *limits, || capture.add_root(1));
                image = capture.finish();
                ffi::lua_settop(state, 0);
            })?;
        }
        places.age();
        match image.roots.first() {
            Some(image::Value::Table(_)) => Ok(image),
            other => Err(VmError::HomeIsNoTable(
                other.map_or_else(|| "nothing".into(), |value| crate::show::value(&image, value)),
            )),
        }
    }

    /// Puts an image's first root in the place of `_home`. All other globals stay.
    pub fn restore_home(&mut self, image: &HeapImage) -> Result<(), RestoreError> {
        let lua_error = |error: mlua::Error| RestoreError::Lua(error.to_string());
        let registry = Permanents::registry(&self.lua).map_err(lua_error)?;
        let limits = self.limits;
        let lua = &self.lua;
        let mut outcome = Ok(());
        // SAFETY: the registry is at the top, as `restore` asks; room is made.
        let home: Value = unsafe {
            lua.exec_raw(registry, |state| {
                ffi::lua_checkstack(state, STACK_ROOM + image.roots.len() as c_int);
                without_limits(lua, limits, || outcome = restore::restore(state, image));
                if outcome.is_err() {
                    ffi::lua_settop(state, 0);
                    ffi::lua_pushnil(state);
                }
            })
        }
        .map_err(lua_error)?;
        outcome?;
        self.lua.globals().raw_set("_home", home).map_err(lua_error)
    }

    /// Programs written for version 1 of cu know `_home` as `Memory`.
    fn alias_memory(&self) -> mlua::Result<()> {
        let globals = self.lua.globals();
        globals.raw_set("Memory", globals.raw_get::<Value>("_home")?)
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        // Closing the state calls finalizers; fields are dropped after this.
        interrupt::halt();
    }
}

/// Holds the collector off and lifts the memory limit meanwhile.
fn without_limits(lua: &Lua, limits: Limits, work: impl FnOnce()) {
    let was_running = lua.gc_is_running();
    lua.gc_stop();
    // A limit of 0 is none. Neither call can fail with the allocator of a state that mlua made.
    let _ = lua.set_memory_limit(0);
    work();
    let _ = lua.set_memory_limit(limits.memory_bytes as usize);
    if was_running {
        lua.gc_restart();
    }
}

/// Pushes the main function of a chunk or a message.
unsafe fn compile(state: *mut lua_State, name: &str, text: &[u8], mode: RunMode) -> c_int {
    // SAFETY: `exec_raw` is protected mode.
    unsafe {
        if mode == RunMode::Console {
            let expression = [b"return ", text].concat();
            let status = chunk::load(state, name.as_bytes(), &expression);
            drop(expression);
            if status == ffi::LUA_OK {
                return status;
            }
            ffi::lua_settop(state, -2);
        }
        chunk::load(state, name.as_bytes(), text)
    }
}
