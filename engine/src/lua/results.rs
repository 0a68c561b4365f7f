//! What a chunk leaves: the values it returns, or what it raised.

use std::ffi::c_int;

use mlua::Value;
use mlua::ffi::{self, lua_State};

use super::error::Interrupted;
use super::failure;

/// Why a chunk did not come to its end, and what it raised.
pub struct Raised {
    pub interrupted: Interrupted,
    pub value: Value,
}

impl From<mlua::Error> for Raised {
    fn from(error: mlua::Error) -> Self {
        Raised { interrupted: failure::take(error.to_string()).into(), value: Value::Nil }
    }
}

/// Which of the values that a chunk returns are wanted.
#[derive(Clone, Copy)]
pub enum Keep {
    /// As many from the first on.
    First(c_int),
    /// The last one alone.
    Last,
}

impl Keep {
    /// Takes off what is not wanted of the values above `base`. Gives how many are left out for being too many.
    ///
    /// # Safety
    /// The stack has at least `base` values.
    pub unsafe fn cut(self, state: *mut lua_State, base: c_int) -> c_int {
        // SAFETY: the indices are those of values on the stack.
        unsafe {
            let count = ffi::lua_gettop(state) - base;
            match self {
                Keep::First(most) if count > most => {
                    ffi::lua_settop(state, base + most);
                    count - most
                }
                Keep::Last if count > 1 => {
                    ffi::lua_rotate(state, base + 1, 1);
                    ffi::lua_settop(state, base + 1);
                    0
                }
                _ => 0,
            }
        }
    }
}
