//! What a chunk leaves behind: the values it returned, or the value it threw.

use std::ffi::c_int;

use mlua::Value;
use mlua::ffi::{self, lua_State};

use super::error::Interrupted;
use super::failure;

/// Why a chunk did not finish, and the value that it threw.
pub struct Thrown {
    pub interrupted: Interrupted,
    pub value: Value,
}

impl From<mlua::Error> for Thrown {
    fn from(error: mlua::Error) -> Self {
        Thrown { interrupted: failure::take(error.to_string()).into(), value: Value::Nil }
    }
}

/// Which of the values that a chunk returns are kept.
#[derive(Clone, Copy)]
pub enum ResultPolicy {
    /// At most this many, from the first one.
    First(c_int),
    /// Only the last one.
    Last,
}

impl ResultPolicy {
    /// Removes the values above `base` that are not kept. Returns how many exceeded the limit.
    ///
    /// # Safety
    /// The stack has at least `base` values.
    pub unsafe fn apply(self, state: *mut lua_State, base: c_int) -> c_int {
        // SAFETY: the indices are those of values on the stack.
        unsafe {
            let count = ffi::lua_gettop(state) - base;
            match self {
                ResultPolicy::First(max) if count > max => {
                    ffi::lua_settop(state, base + max);
                    count - max
                }
                ResultPolicy::Last if count > 1 => {
                    ffi::lua_rotate(state, base + 1, 1);
                    ffi::lua_settop(state, base + 1);
                    0
                }
                _ => 0,
            }
        }
    }
}
