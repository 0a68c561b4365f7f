//! The interpreter's step counter.

use std::ffi::c_int;

use mlua_sys::{lua_Hook, lua_State};

unsafe extern "C-unwind" {
    fn cu_call_soon(state: *mut lua_State, hook: lua_Hook) -> c_int;
    fn cu_interrupt(state: *mut lua_State, raise: lua_Hook);
    fn cu_set_fuel(steps: c_int, callback: Option<unsafe extern "C-unwind" fn(*mut lua_State)>);
}

/// From now on calls `callback` at every `steps`-th step (jump, loop step, call of a Lua function, position or way to
/// match a pattern) that Lua code of this thread takes; `None` turns it off.
///
/// # Safety
/// The callback runs in the middle of an instruction. All it may do with the state is [`interrupt`],
/// [`call_soon`], and asking for the size of the heap.
pub unsafe fn set_fuel(steps: c_int, callback: Option<unsafe extern "C-unwind" fn(*mut lua_State)>) {
    // SAFETY: writes thread-local variables; as the caller promises.
    unsafe { cu_set_fuel(steps, callback) }
}

/// Runs a hook before the next instruction of Lua code, where all of Lua's API may be used. Returns false
/// where Lua runs no hooks (see [`interrupt`]); then it will not run.
///
/// # Safety
/// To be called from a callback of [`set_fuel`]. The program's own hook is kept.
pub unsafe fn call_soon(state: *mut lua_State, hook: lua_Hook) -> bool {
    // SAFETY: as the caller promises.
    unsafe { cu_call_soon(state, hook) != 0 }
}

/// Raises an error in the running program: in Lua code, lets a hook that does so run before the next
/// instruction; in C functions, and where Lua runs no hooks (in finalizers, and in message handlers of errors
/// that came from a hook), at once.
///
/// # Safety
/// To be called from a callback of [`set_fuel`], as the last thing it does with the state; nothing that
/// must be dropped may be live.
pub unsafe fn interrupt(state: *mut lua_State, raise: lua_Hook) {
    // SAFETY: as the caller promises.
    unsafe { cu_interrupt(state, raise) }
}
