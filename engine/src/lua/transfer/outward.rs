//! Lua values into a message. Runs no Lua code and allocates nothing in Lua: so nothing is collected meanwhile,
//! and objects can be identified by their address.

use std::ffi::{c_int, c_void};

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Value};
use rustc_hash::FxHashMap;

use super::strings::StringList;
use super::tokens::{self, Shape, write_number};
use super::{TransferError, refusal};

type Address = *const c_void;

/// Slots of the Lua stack that this needs, with some to spare.
const STACK_ROOM: c_int = 8;

/// Writes a value. `root` begins the path of a value that cannot be passed.
pub fn write(lua: &Lua, value: Value, root: &str) -> Result<Vec<u8>, TransferError> {
    let mut writer = Writer::new();
    // SAFETY: the value is the argument. What needs dropping lives outside of the call.
    let outcome = unsafe {
        lua.exec_raw::<()>(value, |state| {
            ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
            writer.write(state);
            ffi::lua_settop(state, 0);
        })
    };
    outcome?;
    let is_doubtful = writer.is_refused || writer.has_same_tables;
    let message = writer.strings.message(&writer.tokens);
    if is_doubtful {
        refusal::check(&message, root)?;
    }
    Ok(message)
}

/// A table that has a token, but whose contents are not written yet.
struct Pending {
    address: Address,
    shape: Shape,
    count: usize,
}

struct Writer {
    strings: StringList,
    tokens: Vec<u8>,
    tables: FxHashMap<Address, u32>,
    pending: Vec<Pending>,
    has_same_tables: bool,
    is_refused: bool,
}

impl Writer {
    fn new() -> Writer {
        Writer {
            strings: StringList::new(),
            tokens: Vec::new(),
            tables: FxHashMap::default(),
            pending: Vec::new(),
            has_same_tables: false,
            is_refused: false,
        }
    }

    unsafe fn write(&mut self, state: *mut lua_State) {
        // SAFETY: the value is at index 1; every step leaves the stack as it was.
        unsafe {
            self.value(state, 1);
            let mut next = 0;
            while next < self.pending.len() && !self.is_refused {
                self.entries(state, next);
                next += 1;
            }
        }
    }

    unsafe fn entries(&mut self, state: *mut lua_State, index: usize) {
        let Pending { address, shape, count } = self.pending[index];
        // SAFETY: the table can be reached from the value, and nothing is collected. No key is changed while
        // `lua_next` goes through them.
        unsafe {
            lua::push_object(state.cast(), address);
            let table = ffi::lua_gettop(state);
            if shape == Shape::Array {
                for key in 1..=count {
                    ffi::lua_rawgeti(state, table, key as ffi::lua_Integer);
                    self.value(state, -1);
                    ffi::lua_settop(state, table);
                }
            } else {
                ffi::lua_pushnil(state);
                while ffi::lua_next(state, table) != 0 {
                    if shape == Shape::Object {
                        self.string(state, -2);
                    } else {
                        self.value(state, -2);
                    }
                    self.value(state, -1);
                    ffi::lua_settop(state, table + 1);
                    if self.is_refused {
                        break;
                    }
                }
            }
            ffi::lua_settop(state, table - 1);
        }
    }

    unsafe fn value(&mut self, state: *mut lua_State, index: c_int) {
        if self.is_refused {
            return;
        }
        // SAFETY: the index is that of a value; each branch reads what the type says.
        unsafe {
            match ffi::lua_type(state, index) {
                ffi::LUA_TNIL => self.tokens.push(tokens::NIL),
                ffi::LUA_TBOOLEAN if ffi::lua_toboolean(state, index) != 0 => self.tokens.push(tokens::TRUE),
                ffi::LUA_TBOOLEAN => self.tokens.push(tokens::FALSE),
                ffi::LUA_TNUMBER if ffi::lua_isinteger(state, index) != 0 => {
                    self.integer(ffi::lua_tointeger(state, index));
                }
                ffi::LUA_TNUMBER => {
                    self.tokens.push(tokens::FLOAT);
                    self.tokens.extend_from_slice(&ffi::lua_tonumber(state, index).to_le_bytes());
                }
                ffi::LUA_TSTRING => {
                    self.tokens.push(tokens::STRING);
                    self.string(state, index);
                }
                ffi::LUA_TTABLE => self.table(state, index),
                ffi::LUA_TFUNCTION => self.refuse("a function"),
                ffi::LUA_TTHREAD => self.refuse("a coroutine"),
                _ => self.refuse("a userdata"),
            }
        }
    }

    fn integer(&mut self, integer: i64) {
        match i32::try_from(integer) {
            Ok(small) => {
                self.tokens.push(tokens::SMALL_INTEGER);
                self.tokens.extend_from_slice(&small.to_le_bytes());
            }
            Err(_) => {
                self.tokens.push(tokens::INTEGER);
                self.tokens.extend_from_slice(&integer.to_le_bytes());
            }
        }
    }

    fn refuse(&mut self, what: &str) {
        self.is_refused = true;
        self.tokens.push(tokens::REFUSED);
        write_number(&mut self.tokens, what.len());
        self.tokens.extend(what.as_bytes());
    }

    /// Writes the number of a string.
    unsafe fn string(&mut self, state: *mut lua_State, index: c_int) {
        // SAFETY: the value is a string; it can be reached from the value that is written, and nothing is collected.
        let number = self.strings.number_of(unsafe { bytes_of(state, index) });
        write_number(&mut self.tokens, number);
    }

    unsafe fn table(&mut self, state: *mut lua_State, index: c_int) {
        // SAFETY: the value is a table.
        let address = unsafe { lua::object_address(state.cast(), index) };
        if let Some(number) = self.tables.get(&address) {
            self.tokens.push(tokens::SAME_TABLE);
            write_number(&mut self.tokens, *number as usize);
            self.has_same_tables = true;
            return;
        }
        // SAFETY: as above.
        let (shape, count) = unsafe { self.shape(state, index) };
        self.tables.insert(address, self.pending.len() as u32);
        self.pending.push(Pending { address, shape, count });
        self.tokens.push(shape.token());
        write_number(&mut self.tokens, count);
    }

    /// What a table becomes in JavaScript, and how many entries it has.
    unsafe fn shape(&mut self, state: *mut lua_State, index: c_int) -> (Shape, usize) {
        let (mut count, mut greatest) = (0_usize, 0);
        let (mut is_array, mut is_object) = (true, true);
        // SAFETY: the value is a table; all that is pushed is popped.
        unsafe {
            let table = ffi::lua_absindex(state, index);
            ffi::lua_pushnil(state);
            while ffi::lua_next(state, table) != 0 {
                count += 1;
                ffi::lua_settop(state, -2);
                if ffi::lua_isinteger(state, -1) != 0 {
                    let key = ffi::lua_tointeger(state, -1);
                    is_object = false;
                    is_array &= key > 0;
                    greatest = greatest.max(key);
                } else {
                    is_array = false;
                    let is_string = ffi::lua_type(state, -1) == ffi::LUA_TSTRING;
                    is_object = is_object && is_string && str::from_utf8(bytes_of(state, -1)).is_ok();
                }
            }
        }
        let shape = if is_array && greatest == count as ffi::lua_Integer {
            Shape::Array
        } else if is_object {
            Shape::Object
        } else {
            Shape::Map
        };
        (shape, count)
    }
}

/// The bytes of a string, which is neither changed nor converted.
///
/// # Safety
/// The value at the index is a string, and is not collected while the bytes are used.
unsafe fn bytes_of<'a>(state: *mut lua_State, index: c_int) -> &'a [u8] {
    let mut length = 0;
    // SAFETY: as the caller promises.
    unsafe {
        let start = ffi::lua_tolstring(state, index, &mut length);
        std::slice::from_raw_parts(start.cast::<u8>(), length)
    }
}
