//! A message into a Lua value. Everything is built with raw access, under the memory limit of the VM.

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Value};

use super::tokens::{Reader, Shape, Token};
use super::{TransferError, refusal};

/// Slots of the Lua stack that this needs, with some to spare.
const STACK_ROOM: c_int = 10;

/// Longer messages are read with the collector stopped: it would find next to nothing.
const LARGE_MESSAGE: usize = 1 << 16;

/// Reads a value. `root` begins the path of a value that cannot be passed.
pub fn read(lua: &Lua, message: &[u8], root: &str) -> Result<Value, TransferError> {
    let mut tables = Vec::new();
    let mut outcome = Ok(NeedsRecheck::default());
    let is_collecting = lua.gc_is_running() && message.len() > LARGE_MESSAGE;
    if is_collecting {
        lua.gc_stop();
    }
    // SAFETY: what needs dropping lives outside of the call.
    let value = unsafe {
        lua.exec_raw::<Value>((), |state| {
            ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
            outcome = push(state, Reader::new(message), &mut tables);
            if outcome.is_err() {
                ffi::lua_settop(state, 0);
                ffi::lua_pushnil(state);
            }
        })
    };
    if is_collecting {
        lua.gc_restart();
    }
    let value = value?;
    let needs_recheck = outcome?;
    if needs_recheck.is_refused || needs_recheck.has_same_tables {
        refusal::check(message, root)?;
    }
    Ok(value)
}

/// Why the message needs a second check.
#[derive(Default)]
struct NeedsRecheck {
    is_refused: bool,
    has_same_tables: bool,
}

/// Pushes the value of a message. Its parts are kept in two tables below it, so that an emergency collection leaves
/// them alone.
unsafe fn push<'a>(
    state: *mut lua_State,
    mut reader: Reader<'a>,
    tables: &mut Vec<(Shape, usize)>,
) -> Result<NeedsRecheck, TransferError> {
    let mut strings = reader.strings()?;
    // SAFETY: there is room; every step leaves the stack as it was, except for the values named here.
    unsafe {
        ffi::lua_createtable(state, strings.count as c_int, 0);
        let string_list = ffi::lua_gettop(state);
        for number in 1..=strings.count {
            let string = strings.next()?;
            ffi::lua_pushlstring(state, string.as_ptr().cast(), string.len());
            ffi::lua_rawseti(state, string_list, number as ffi::lua_Integer);
        }
        ffi::lua_createtable(state, 0, 0);
        let mut pusher = Pusher {
            state,
            reader,
            string_count: strings.count,
            string_list,
            table_list: string_list + 1,
            tables,
            needs_recheck: NeedsRecheck::default(),
        };
        pusher.value()?;
        let mut next = 0;
        while next < pusher.tables.len() && !pusher.needs_recheck.is_refused {
            pusher.entries(next)?;
            next += 1;
        }
        let needs_recheck = pusher.needs_recheck;
        ffi::lua_rotate(state, string_list, 1);
        ffi::lua_settop(state, string_list);
        Ok(needs_recheck)
    }
}

struct Pusher<'a, 'b> {
    state: *mut lua_State,
    reader: Reader<'a>,
    string_count: usize,
    string_list: c_int,
    table_list: c_int,
    tables: &'b mut Vec<(Shape, usize)>,
    needs_recheck: NeedsRecheck,
}

impl Pusher<'_, '_> {
    unsafe fn entries(&mut self, number: usize) -> Result<(), TransferError> {
        let state = self.state;
        let (shape, count) = self.tables[number];
        // SAFETY: there is room for the table, a key and a value.
        unsafe {
            ffi::lua_rawgeti(state, self.table_list, number as ffi::lua_Integer + 1);
            let table = ffi::lua_gettop(state);
            for index in 1..=count {
                match shape {
                    Shape::Array => {}
                    Shape::Object => {
                        let key = self.reader.number()?;
                        self.string(key)?;
                    }
                    Shape::Map => self.key()?,
                }
                if self.needs_recheck.is_refused {
                    break;
                }
                self.value()?;
                if shape == Shape::Array {
                    ffi::lua_rawseti(state, table, index as ffi::lua_Integer);
                } else {
                    ffi::lua_rawset(state, table);
                }
            }
            ffi::lua_settop(state, table - 1);
        }
        Ok(())
    }

    /// Pushes a value that can be a key.
    unsafe fn key(&mut self) -> Result<(), TransferError> {
        // SAFETY: as for values.
        unsafe {
            self.value()?;
            let is_nil = ffi::lua_type(self.state, -1) == ffi::LUA_TNIL;
            let is_nan =
                ffi::lua_type(self.state, -1) == ffi::LUA_TNUMBER && ffi::lua_tonumber(self.state, -1).is_nan();
            if (is_nil || is_nan) && !self.needs_recheck.is_refused { Err(TransferError::Malformed) } else { Ok(()) }
        }
    }

    unsafe fn value(&mut self) -> Result<(), TransferError> {
        let state = self.state;
        let token = self.reader.token()?;
        // SAFETY: there is room for one value, and one more for a new table.
        unsafe {
            match token {
                Token::Nil => ffi::lua_pushnil(state),
                Token::Boolean(boolean) => ffi::lua_pushboolean(state, boolean.into()),
                Token::Integer(integer) => ffi::lua_pushinteger(state, integer),
                Token::Float(float) => ffi::lua_pushnumber(state, float),
                Token::Bytes(bytes) => {
                    ffi::lua_pushlstring(state, bytes.as_ptr().cast(), bytes.len());
                }
                Token::String(number) => self.string(number)?,
                Token::Table(shape, count) => {
                    let size = count as c_int;
                    let (array, hash) = if shape == Shape::Array { (size, 0) } else { (0, size) };
                    ffi::lua_createtable(state, array, hash);
                    self.tables.push((shape, count));
                    ffi::lua_pushvalue(state, -1);
                    ffi::lua_rawseti(state, self.table_list, self.tables.len() as ffi::lua_Integer);
                }
                Token::SameTable(number) if number < self.tables.len() => {
                    ffi::lua_rawgeti(state, self.table_list, number as ffi::lua_Integer + 1);
                    self.needs_recheck.has_same_tables = true;
                }
                Token::SameTable(_) => return Err(TransferError::Malformed),
                Token::Refused(_) => {
                    ffi::lua_pushnil(state);
                    self.needs_recheck.is_refused = true;
                }
            }
        }
        Ok(())
    }

    unsafe fn string(&mut self, number: usize) -> Result<(), TransferError> {
        if number >= self.string_count {
            return Err(TransferError::Malformed);
        }
        // SAFETY: there is room for one value.
        unsafe { ffi::lua_rawgeti(self.state, self.string_list, number as ffi::lua_Integer + 1) };
        Ok(())
    }
}
