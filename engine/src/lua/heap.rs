//! Images of a VM's heap, between runs and in the middle of one.

use std::cell::{Cell, RefCell};
use std::ffi::c_int;
use std::ptr;

use mlua::ffi::{self, lua_State};
use mlua::{Lua, MultiValue};

use super::capture::Capture;
use super::failure;
use super::permanents::Permanents;
use super::places::PlaceCache;
use super::vm::VmError;
use crate::image::{self, HeapImage};

/// Slots of the Lua stack that a capture or restore may use.
pub const STACK_ROOM: c_int = 16;

/// A Lua state and what it takes to capture its values.
pub struct Heap {
    pub lua: Lua,
    permanents: Permanents,
    places: RefCell<PlaceCache>,
    memory_limit: Cell<usize>,
}

impl Heap {
    /// All that there is in Lua now is taken for permanent, but for these globals.
    pub fn new(lua: Lua, users_globals: &[&str]) -> mlua::Result<Heap> {
        let permanents = Permanents::collect(&lua, users_globals)?;
        Ok(Heap { lua, permanents, places: RefCell::default(), memory_limit: Cell::new(0) })
    }

    /// The most bytes that programs may have Lua hold.
    pub fn set_memory_limit(&self, bytes: usize) -> mlua::Result<()> {
        self.memory_limit.set(bytes);
        self.lua.set_memory_limit(bytes).map(drop)
    }

    /// Captures values as the roots of an image. Not to be called while a program runs.
    pub fn capture(&self, values: MultiValue) -> mlua::Result<HeapImage> {
        let mut image = HeapImage::default();
        self.without_limits(|| {
            // SAFETY: the values are the arguments. On an error of Lua the capture is lost, which is all.
            unsafe {
                self.lua.exec_raw::<()>(values, |state| {
                    image = self.capture_stack(state);
                    ffi::lua_settop(state, 0);
                })
            }
        })?;
        Ok(image)
    }

    /// Captures `_home` in the middle of a run.
    ///
    /// # Safety
    /// `state` is the running coroutine, at a place where all of Lua's interface may be used.
    pub unsafe fn capture_home(&self, state: *mut lua_State) -> Result<HeapImage, VmError> {
        struct Work<'a> {
            heap: &'a Heap,
            image: HeapImage,
        }
        unsafe extern "C-unwind" fn capture(state: *mut lua_State) -> c_int {
            // SAFETY: the only argument is a pointer to the work, which is borrowed by nobody else. The global
            // is read without a metamethod.
            unsafe {
                let work = &mut *ffi::lua_touserdata(state, 1).cast::<Work>();
                ffi::lua_settop(state, 0);
                ffi::lua_rawgeti(state, ffi::LUA_REGISTRYINDEX, ffi::LUA_RIDX_GLOBALS);
                ffi::lua_pushstring(state, c"_home".as_ptr());
                ffi::lua_rawget(state, 1);
                ffi::lua_rotate(state, 1, 1);
                ffi::lua_settop(state, 1);
                work.image = work.heap.capture_stack(state);
            }
            0
        }
        let mut work = Work { heap: self, image: HeapImage::default() };
        // SAFETY: as the caller promises; the call is balanced, and protected.
        let status = unsafe {
            if ffi::lua_checkstack(state, 2) == 0 {
                return Err(VmError::Lua("there is no room on the stack".into()));
            }
            self.without_limits(|| {
                ffi::lua_pushcfunction(state, capture);
                ffi::lua_pushlightuserdata(state, ptr::from_mut(&mut work).cast());
                ffi::lua_pcall(state, 1, 0, 0)
            })
        };
        if status != ffi::LUA_OK {
            // SAFETY: the message is on the stack.
            return Err(VmError::Lua(unsafe { failure::text_at_top(state) }));
        }
        as_home(work.image)
    }

    /// Captures all values on a stack.
    ///
    /// # Safety
    /// In protected mode, the collector stopped, no memory limit.
    unsafe fn capture_stack(&self, state: *mut lua_State) -> HeapImage {
        // Taken out meanwhile: where Lua raises an error, it is no more than forgotten.
        let mut places = self.places.take();
        // SAFETY: as the caller promises; room is made.
        let image = unsafe {
            let last = ffi::lua_gettop(state);
            ffi::luaL_checkstack(state, STACK_ROOM, ptr::null());
            let mut capture = Capture::new(state, &self.permanents, &mut places);
            for index in 1..=last {
                capture.add_root(index);
            }
            capture.finish()
        };
        self.places.replace(places);
        image
    }

    /// Forgets what is known of chunks that had no function in the captures since the last call.
    pub fn forget_unused_chunks(&self) {
        self.places.borrow_mut().age();
    }

    /// The names of the globals that a function reads, itself or by the functions in it, if it was captured lately.
    pub fn globals(&self, chunk: image::Chunk, fingerprint: u64) -> Vec<Vec<u8>> {
        self.places.borrow().globals(chunk, fingerprint).to_vec()
    }

    /// The path of a value that every VM has from the start.
    pub fn permanent_path(&self, value: &mlua::Value) -> Option<&str> {
        self.permanents.path_of(value)
    }

    /// Whether every VM has a global of this name from the start.
    pub fn has_global(&self, name: &str) -> bool {
        self.permanents.has_global(name)
    }

    /// Holds the collector off and lifts the memory limit meanwhile.
    pub fn without_limits<T>(&self, work: impl FnOnce() -> T) -> T {
        let was_running = self.lua.gc_is_running();
        self.lua.gc_stop();
        // A limit of 0 is none. Neither call can fail with the allocator of a state that mlua made.
        let _ = self.lua.set_memory_limit(0);
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
        other => Err(VmError::HomeIsNoTable(
            other.map_or_else(|| "nothing".into(), |value| crate::show::value(&image, &value)),
        )),
    }
}
