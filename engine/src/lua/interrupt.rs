//! Stopping a program that does not want to stop.
//!
//! Every so many steps Lua asks the host. If it wants a stop, a one-shot hook is set, which raises an error
//! before the next instruction. As long as the host wants it, every step asks again: a `pcall` that catches
//! the error runs straight into the next.

use std::cell::Cell;
use std::ffi::c_int;

use mlua::ffi::{self, lua_State};

use crate::host;

/// Steps between two questions: some microseconds of plain Lua, and a small part of a second where each step
/// throws and catches an error.
const STEPS: c_int = 4096;

thread_local! {
    static STOPPED: Cell<bool> = const { Cell::new(false) };
}

/// Begins to ask the host whether to stop.
pub fn watch() {
    STOPPED.set(false);
    lua::set_fuel(STEPS, Some(on_empty));
}

/// Ends that. Gives whether the program was stopped.
pub fn unwatch() -> bool {
    lua::set_fuel(c_int::MAX, None);
    STOPPED.replace(false)
}

/// From now on stops whatever runs for more than a moment: for the finalizers of a VM that closes.
pub fn halt() {
    STOPPED.set(true);
    lua::set_fuel(STEPS, Some(interrupt));
}

unsafe extern "C-unwind" fn interrupt(state: *mut lua::lua_State) {
    lua::set_fuel(0, Some(interrupt));
    // SAFETY: this is the last that happens here, and there is nothing to be dropped.
    unsafe { lua::interrupt(state, raise) };
}

unsafe extern "C-unwind" fn on_empty(state: *mut lua::lua_State) {
    if host::with(|host| host.is_stop_requested()) == Some(true) {
        STOPPED.set(true);
        lua::set_fuel(0, Some(on_empty));
        // SAFETY: as above.
        unsafe { lua::interrupt(state, raise) };
    }
}

unsafe extern "C-unwind" fn raise(state: *mut lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: hooks may raise. The hook of a coroutine that outlives the stop takes itself off.
    unsafe {
        ffi::lua_sethook(state, None, 0, 0);
        if STOPPED.get() {
            ffi::luaL_error(state, c"stopped".as_ptr());
        }
    }
}
