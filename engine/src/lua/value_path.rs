//! Paths in live values: reading and replacing the value that a step leads to. No metamethod runs.

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Value};
use wire::{Key, Step};

use super::restore::RestoreError;

/// The value one step from another.
pub fn get(lua: &Lua, owner: &Value, step: &Step) -> Result<Value, RestoreError> {
    match (owner, step) {
        (Value::Table(table), Step::Key(step)) => Ok(table.raw_get(key(lua, step)?)?),
        (Value::Table(table), Step::Metatable) => Ok(table.metatable().map_or(Value::Nil, Value::Table)),
        (Value::Function(_), Step::Upvalue(index)) => {
            let index = upvalue(*index)?;
            let mut is_there = false;
            // SAFETY: the function is the only value on the stack, and there is room for one more.
            let value = unsafe {
                lua.exec_raw(owner.clone(), |state: *mut lua_State| {
                    is_there = !ffi::lua_getupvalue(state, 1, index).is_null();
                    ffi::lua_remove(state, 1);
                })?
            };
            if is_there { Ok(value) } else { Err(RestoreError::NoSuchPath) }
        }
        _ => Err(RestoreError::NoSuchPath),
    }
}

/// Replaces the value one step from another.
pub fn set(lua: &Lua, owner: &Value, step: &Step, value: Value) -> Result<(), RestoreError> {
    match (owner, step, value) {
        (Value::Table(table), Step::Key(step), value) => Ok(table.raw_set(key(lua, step)?, value)?),
        (Value::Table(table), Step::Metatable, Value::Table(metatable)) => Ok(table.set_metatable(Some(metatable))?),
        (Value::Table(table), Step::Metatable, Value::Nil) => Ok(table.set_metatable(None)?),
        (Value::Function(_), Step::Upvalue(index), value) => {
            let index = upvalue(*index)?;
            let mut is_there = false;
            // SAFETY: the function and the value are on the stack, and the value is popped if it is set.
            unsafe {
                lua.exec_raw::<()>((owner.clone(), value), |state: *mut lua_State| {
                    is_there = !ffi::lua_setupvalue(state, 1, index).is_null();
                    ffi::lua_settop(state, 0);
                })?;
            }
            if is_there { Ok(()) } else { Err(RestoreError::NoSuchPath) }
        }
        _ => Err(RestoreError::NoSuchPath),
    }
}

fn upvalue(index: u32) -> Result<i32, RestoreError> {
    i32::try_from(index).ok().and_then(|index| index.checked_add(1)).ok_or(RestoreError::NoSuchPath)
}

fn key(lua: &Lua, key: &Key) -> Result<Value, RestoreError> {
    Ok(match key {
        Key::Boolean(boolean) => Value::Boolean(*boolean),
        Key::Integer(integer) => Value::Integer(*integer),
        Key::Float(bits) if !f64::from_bits(*bits).is_nan() => Value::Number(f64::from_bits(*bits)),
        Key::String(bytes) => Value::String(lua.create_string(bytes)?),
        Key::Float(_) | Key::Entry(_) => return Err(RestoreError::NoSuchPath),
    })
}
