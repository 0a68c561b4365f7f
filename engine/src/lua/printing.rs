//! `print`, whose lines can be opened on the page where tables or functions are in them.

use std::cell::Cell;
use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua};

use super::{heap::STACK_ROOM, interrupt};
use crate::host::{self, LinePart, Stream};

/// The most arguments of a line that can be opened.
const MAX_OPENED_ARGUMENTS: c_int = 50;
/// The most bytes of such a line as text.
const MAX_OPENED_BYTES: usize = 64 << 10;

thread_local! {
    /// Lua's own `print`.
    static PLAIN: Cell<Option<ffi::lua_CFunction>> = const { Cell::new(None) };
}

/// Puts this `print` in the place of Lua's own.
pub fn install(lua: &Lua) -> mlua::Result<()> {
    let plain: Function = lua.globals().get("print")?;
    // SAFETY: the function is at the top, and is a C function.
    unsafe { lua.exec_raw::<()>(plain, |state| PLAIN.set(ffi::lua_tocfunction(state, -1)))? };
    // SAFETY: the function keeps to the rules of Lua's C API.
    lua.globals().raw_set("print", unsafe { lua.create_c_function(print)? })
}

/// `print(...)`: writes as Lua's own does.
unsafe extern "C-unwind" fn print(state: *mut lua_State) -> c_int {
    // SAFETY: until the line is written, nothing needs to be dropped where `__tostring` may raise an error. The texts
    // stay on the stack, as the values of the line, for which there is room.
    unsafe {
        let count = ffi::lua_gettop(state);
        let is_opened = (1..=count).any(|index| can_open(state, index))
            && count <= MAX_OPENED_ARGUMENTS
            && ffi::lua_checkstack(state, 2 * count + STACK_ROOM) != 0;
        let budget = if is_opened { host::with(|host| host.begin_line()).flatten() } else { None };
        let Some(budget) = budget else {
            return PLAIN.get().map_or(0, |plain| plain(state));
        };
        let mut own_texts = 0_u64;
        for index in 1..=count {
            if index > 1 {
                write(b"\t");
            }
            write(text(state, index));
            if ffi::luaL_getmetafield(state, index, c"__tostring".as_ptr()) != ffi::LUA_TNIL {
                own_texts |= 1 << index;
                ffi::lua_settop(state, count + index);
            }
        }
        write(b"\n");
        end_line(state, count, own_texts, |values| interrupt::capture_values(state, values, budget));
    }
    0
}

/// Gives the host what was printed. The arguments are the lowest values on the stack; as many texts of them follow.
unsafe fn end_line(
    state: *mut lua_State,
    count: c_int,
    own_texts: u64,
    capture: impl FnOnce(c_int) -> Option<crate::image::HeapImage>,
) {
    // SAFETY: strings are read as they are, and pushing a value for which there is room raises no error.
    unsafe {
        let mut parts = Vec::new();
        let mut values = 0;
        let mut bytes = 0;
        for index in 1..=count {
            let can_open = can_open(state, index);
            if !can_open || own_texts & 1 << index != 0 {
                let text = text_at(state, count + index);
                bytes += text.len();
                parts.push(LinePart::Text(String::from_utf8_lossy(text).into_owned()));
            }
            if can_open {
                ffi::lua_pushvalue(state, index);
                values += 1;
                parts.push(LinePart::Value);
            }
        }
        if bytes <= MAX_OPENED_BYTES
            && let Some(image) = capture(values)
        {
            host::with(|host| host.end_line(parts, image));
        }
    }
}

/// Whether a value has something to look into.
unsafe fn can_open(state: *mut lua_State, index: c_int) -> bool {
    // SAFETY: only the type is read.
    unsafe {
        match ffi::lua_type(state, index) {
            ffi::LUA_TTABLE => true,
            ffi::LUA_TFUNCTION => ffi::lua_iscfunction(state, index) == 0,
            _ => false,
        }
    }
}

/// A value as `tostring` gives it, which is left at the top of the stack.
unsafe fn text<'a>(state: *mut lua_State, index: c_int) -> &'a [u8] {
    // SAFETY: the text lives as long as it is on the stack.
    unsafe {
        ffi::luaL_tolstring(state, index, std::ptr::null_mut());
        text_at(state, -1)
    }
}

/// The bytes of a string on the stack.
unsafe fn text_at<'a>(state: *mut lua_State, index: c_int) -> &'a [u8] {
    // SAFETY: it is a string, so nothing is converted.
    unsafe {
        let mut length = 0;
        let start = ffi::lua_tolstring(state, index, &mut length);
        std::slice::from_raw_parts(start.cast::<u8>(), length)
    }
}

fn write(bytes: &[u8]) {
    host::with(|host| host.write(Stream::Out, bytes));
}
