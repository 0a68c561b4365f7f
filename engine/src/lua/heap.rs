//! Images of a VM's heap, between runs and in the middle of one.

use std::cell::{Cell, RefCell};
use std::ffi::c_int;
use std::ptr;

use mlua::ffi::{self, lua_State};
use mlua::{Lua, MultiValue};

use super::capture::{Budget, Capture};
use super::error::VmError;
use super::failure;
use super::permanents::Permanents;
use super::proto_paths::{ChunkPrototypes, ProtoPathCache};
use crate::image::{self, HeapImage};

/// Slots of the Lua stack that a capture or restore may use.
pub const STACK_ROOM: c_int = 16;

/// A Lua state, and what is needed to capture its values.
pub struct Heap {
    pub lua: Lua,
    permanents: Permanents,
    proto_paths: RefCell<ProtoPathCache>,
    memory_limit: Cell<usize>,
    /// The limit while the program's limit is lifted. Tests set it, to make memory run out during a capture.
    #[cfg(test)]
    lifted_limit: Cell<usize>,
}

impl Heap {
    /// Everything in Lua now counts as permanent, except for these globals.
    pub fn new(lua: Lua, users_globals: &[&str]) -> mlua::Result<Heap> {
        let permanents = Permanents::collect(&lua, users_globals)?;
        Ok(Heap {
            lua,
            permanents,
            proto_paths: RefCell::default(),
            memory_limit: Cell::new(0),
            #[cfg(test)]
            lifted_limit: Cell::new(0),
        })
    }

    /// The most bytes that programs may allocate.
    pub fn set_memory_limit(&self, bytes: usize) -> mlua::Result<()> {
        self.memory_limit.set(bytes);
        self.lua.set_memory_limit(bytes).map(drop)
    }

    /// Captures values as the roots of an image. Must not be called while a program runs.
    pub fn capture(&self, values: MultiValue) -> mlua::Result<HeapImage> {
        let mut proto_paths = self.proto_paths.borrow_mut();
        // Outside of the protected call, so that what it owns is dropped even if Lua raises an error.
        let mut capture = Capture::new(&self.permanents, &mut proto_paths, Budget::UNLIMITED);
        self.without_limits(|| {
            // SAFETY: the values are the arguments; the collector is held off.
            unsafe {
                self.lua.exec_raw::<()>(values, |state| {
                    capture.add_stack(state);
                    ffi::lua_settop(state, 0);
                })
            }
        })?;
        Ok(capture.finish())
    }

    /// Captures `_home` in the middle of a run.
    ///
    /// # Safety
    /// `state` is the running coroutine, at a point where all of Lua's API may be used.
    pub unsafe fn capture_home(&self, state: *mut lua_State) -> Result<HeapImage, VmError> {
        unsafe extern "C-unwind" fn capture(state: *mut lua_State) -> c_int {
            // SAFETY: the only argument is a pointer to the capture, which nobody else borrows. The global
            // is read without a metamethod.
            unsafe {
                let capture = &mut *ffi::lua_touserdata(state, 1).cast::<Capture>();
                ffi::lua_settop(state, 0);
                ffi::lua_rawgeti(state, ffi::LUA_REGISTRYINDEX, ffi::LUA_RIDX_GLOBALS);
                ffi::lua_pushstring(state, c"_home".as_ptr());
                ffi::lua_rawget(state, 1);
                ffi::lua_rotate(state, 1, 1);
                ffi::lua_settop(state, 1);
                capture.add_stack(state);
            }
            0
        }
        // SAFETY: as the caller promises.
        as_home(unsafe { self.capture_in_run(state, capture, 0, Budget::UNLIMITED) }?)
    }

    /// Captures the values at the top of the stack in the middle of a run, and removes them.
    ///
    /// # Safety
    /// As for [`Heap::capture_home`]; there are as many values.
    pub unsafe fn capture_values(
        &self,
        state: *mut lua_State,
        count: c_int,
        budget: Budget,
    ) -> Result<HeapImage, VmError> {
        unsafe extern "C-unwind" fn capture(state: *mut lua_State) -> c_int {
            // SAFETY: the last argument is a pointer to the capture, which nobody else borrows.
            unsafe {
                let capture = &mut *ffi::lua_touserdata(state, -1).cast::<Capture>();
                ffi::lua_settop(state, -2);
                capture.add_stack(state);
            }
            0
        }
        // SAFETY: as the caller promises.
        unsafe { self.capture_in_run(state, capture, count, budget) }
    }

    /// Calls `capture` with the values at the top of the stack, and a pointer to a [`Capture`] as its last argument.
    ///
    /// # Safety
    /// As for [`Heap::capture_home`]; there are as many values.
    unsafe fn capture_in_run(
        &self,
        state: *mut lua_State,
        capture: ffi::lua_CFunction,
        count: c_int,
        budget: Budget,
    ) -> Result<HeapImage, VmError> {
        let mut proto_paths = self.proto_paths.borrow_mut();
        // Outside of the protected call, so that what it owns is dropped even if Lua raises an error.
        let mut work = Capture::new(&self.permanents, &mut proto_paths, budget);
        // SAFETY: as the caller promises; the call is balanced, and protected.
        let status = unsafe {
            if ffi::lua_checkstack(state, 2) == 0 {
                return Err(VmError::Lua("there is no room on the stack".into()));
            }
            self.without_limits(|| {
                ffi::lua_pushcfunction(state, capture);
                ffi::lua_rotate(state, -1 - count, 1);
                ffi::lua_pushlightuserdata(state, ptr::from_mut(&mut work).cast());
                ffi::lua_pcall(state, count + 1, 0, 0)
            })
        };
        if status != ffi::LUA_OK {
            // SAFETY: the message is on the stack.
            return Err(VmError::Lua(unsafe { failure::text_at_top(state) }));
        }
        Ok(work.finish())
    }

    /// Forgets the chunks that had no function in the captures since the last call.
    pub fn forget_unused_chunks(&self) {
        self.proto_paths.borrow_mut().age();
    }

    /// The functions of a chunk that was captured recently.
    pub fn known_prototypes(&self, chunk: image::Chunk) -> Option<ChunkPrototypes> {
        self.proto_paths.borrow().known(chunk)
    }

    /// The path of a value that every VM has from the start.
    pub fn permanent_path(&self, value: &mlua::Value) -> Option<&str> {
        self.permanents.path_of(value)
    }

    /// Whether every VM has a global with this name from the start.
    pub fn has_global(&self, name: &str) -> bool {
        self.permanents.has_global(name)
    }

    /// Stops the collector and lifts the memory limit while `work` runs.
    pub fn without_limits<T>(&self, work: impl FnOnce() -> T) -> T {
        let was_running = self.lua.gc_is_running();
        self.lua.gc_stop();
        // 0 means no limit. Neither call can fail with the allocator of a state that mlua made.
        let _ = self.lua.set_memory_limit(0);
        #[cfg(test)]
        let _ = self.lua.set_memory_limit(self.lifted_limit.get());
        let result = work();
        let _ = self.lua.set_memory_limit(self.memory_limit.get());
        if was_running {
            self.lua.gc_restart();
        }
        result
    }
}

/// The image, if its root is a table.
pub fn as_home(image: HeapImage) -> Result<HeapImage, VmError> {
    match image.roots.first() {
        Some(image::Value::Table(_)) => Ok(image),
        other => Err(VmError::HomeIsNotATable(
            other.map_or_else(|| "nothing".into(), |value| crate::show::value(&image, &value)),
        )),
    }
}

#[cfg(test)]
mod tests {
    use wire::RunMode;

    use crate::host::tests::vm;
    use crate::image::ChunkId;
    use crate::lua::Vm;

    fn run(vm: &mut Vm, program: &str) {
        vm.run(&"main.lua".into(), program.as_bytes(), RunMode::Program).expect("the program is right");
    }

    /// Looking up a text reads all of it; doing so for each of its functions takes quadratic time.
    #[test]
    fn a_text_is_looked_up_once_however_many_functions_it_has() {
        let mut vm = vm();
        let functions = |count| (0..count).map(|n| format!("function _home.f{n}() return print, {n} end\n"));
        run(&mut vm, &functions(200).collect::<String>());
        run(&mut vm, "for i = 1, 3 do _home[i] = load('return function() return _home.f1 end, ' .. i)() end");
        for (chunks, program) in [(4, "_home.x = 1"), (1, "_home = { f = _home.f1, g = _home.f2 }")] {
            run(&mut vm, program);
            let before = vm.heap().proto_paths.borrow().lookups.get();
            let image = vm.capture_home().expect("an image");
            let captured = vm.heap().proto_paths.borrow().lookups.get();
            assert_eq!(captured - before, chunks, "{program}");
            assert_eq!(vm.missing_globals(&image), Ok(Vec::new()));
            assert_eq!(vm.heap().proto_paths.borrow().lookups.get() - captured, chunks, "{program}");
        }
    }

    #[test]
    fn a_chunk_that_was_loaded_twice_is_one() {
        let mut vm = vm();
        let text = "function _home.f() end function _home.g() end";
        run(&mut vm, text);
        run(&mut vm, "_home.old = { _home.f, _home.g }");
        run(&mut vm, text);
        let image = vm.capture_home().expect("an image");
        assert_eq!((image.chunk_texts.len(), image.functions.len(), image.prototypes.len()), (1, 4, 4));
    }

    #[test]
    fn what_is_known_of_chunks_survives_a_capture_that_runs_out_of_memory() {
        let mut vm = vm();
        run(&mut vm, "function _home.f() end");
        let image = vm.capture_home().expect("an image");
        let text = format!("function _home.g() end --{}", "x".repeat(100_000));
        run(&mut vm, &text);
        vm.heap().lifted_limit.set(vm.memory_bytes() as usize + 50_000);
        assert!(vm.capture_home().is_err());
        vm.heap().lifted_limit.set(0);
        assert!(vm.heap().known_prototypes(image.chunk(ChunkId(0))).is_some());
        assert_eq!(vm.capture_home().expect("an image").functions.len(), 2);
    }
}
