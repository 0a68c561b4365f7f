//! The interpreter's step counter.

use std::ffi::c_int;

use mlua_sys::lua_State;

unsafe extern "C-unwind" {
    fn cu_set_fuel(steps: c_int, callback: Option<unsafe extern "C-unwind" fn(*mut lua_State)>);
}

/// From now on calls `callback` at every `steps`-th step (backward jump, loop step or call) that Lua
/// code of this thread takes; `None` turns it off.
///
/// The callback runs in the middle of an instruction. All it may do with the state is `lua_sethook`;
/// the hook then runs before the next instruction, where it may raise.
pub fn set_fuel(steps: c_int, callback: Option<unsafe extern "C-unwind" fn(*mut lua_State)>) {
    // SAFETY: writes thread-local variables; the callback's type says what it will be called with.
    unsafe { cu_set_fuel(steps, callback) }
}
