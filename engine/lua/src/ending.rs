//! Ending a program before its last instruction, and turning its warnings on.

use std::ffi::c_int;

use mlua_sys::lua_State;

unsafe extern "C-unwind" {
    fn cu_set_ending(ending: c_int);
    fn cu_end(state: *mut lua_State) -> !;
    fn cu_open_warnings(state: *mut lua_State);
}

/// Sets whether errors pass through all protected calls and coroutines of this thread's program.
pub fn set_ending(is_ending: bool) {
    // SAFETY: writes a variable of this thread.
    unsafe { cu_set_ending(c_int::from(is_ending)) }
}

/// Raises an error without calling any message handler.
///
/// # Safety
/// In a function that Lua called, with nothing that must be dropped.
pub unsafe fn end(state: *mut lua_State) -> ! {
    // SAFETY: as the caller promises.
    unsafe { cu_end(state) }
}

/// Lets a program turn warnings on, which then go to the console.
///
/// # Safety
/// The state is alive.
pub unsafe fn open_warnings(state: *mut lua_State) {
    // SAFETY: as the caller promises.
    unsafe { cu_open_warnings(state) }
}
