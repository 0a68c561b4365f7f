//! What Lua programs find besides the language: Lua's own libraries, and those of the engine in
//! library.lua over a few primitives.

use std::ffi::{c_char, c_int};

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua, Table};

use super::{chunk, interrupt};
use crate::host;

/// Whether programs find `__crash`, which the tests of the page need.
const CAN_CRASH: bool = option_env!("CU_TEST_BUILD").is_some();

/// Fills a new VM.
pub fn install(lua: &Lua) -> mlua::Result<()> {
    // SAFETY: the functions keep to the rules of Lua's C API.
    let primitives: [Function; 4] = unsafe {
        [
            lua.create_c_function(compile)?,
            lua.create_c_function(write)?,
            lua.create_c_function(read_line)?,
            lua.create_c_function(monotonic_seconds)?,
        ]
    };
    let [compile, write, read_line, clock] = primitives;
    lua.load(include_str!("library.lua")).set_name("=[cu]").call::<()>((compile, write, read_line, clock))?;
    if CAN_CRASH {
        // SAFETY: as above.
        lua.globals().raw_set("__crash", unsafe { lua.create_c_function(crash) }?)?;
    }
    let seed = host::with(|host| host.random()).unwrap_or_default();
    let math: Table = lua.globals().get("math")?;
    math.get::<Function>("randomseed")?.call::<()>(seed as i64)?;
    Ok(())
}

/// `compile(text, chunkname, has_environment, environment)`: a function, or nil and a message.
unsafe extern "C-unwind" fn compile(state: *mut lua_State) -> c_int {
    // SAFETY: library.lua passes strings as the first two arguments. The name is turned into the shown
    // one in a Lua string, since compiling may raise an error and nothing may need to be dropped then.
    unsafe {
        ffi::lua_settop(state, 4);
        let text = bytes(state, 1);
        {
            let shown = chunk::shown_name(bytes(state, 2));
            push_short(state, &shown);
        }
        if chunk::load(state, bytes(state, 5), text) != ffi::LUA_OK {
            ffi::lua_pushnil(state);
            ffi::lua_rotate(state, -2, 1);
            return 2;
        }
        if ffi::lua_toboolean(state, 3) != 0 {
            ffi::lua_pushvalue(state, 4);
            if ffi::lua_setupvalue(state, -2, 1).is_null() {
                ffi::lua_settop(state, -2);
            }
        }
        1
    }
}

/// Pushes a string of at most 60 bytes from a buffer that needs no dropping.
unsafe fn push_short(state: *mut lua_State, text: &[u8]) {
    let mut buffer = [0; 64];
    let length = text.len().min(buffer.len());
    buffer[..length].copy_from_slice(&text[..length]);
    // SAFETY: the bytes are copied by Lua.
    unsafe { ffi::lua_pushlstring(state, buffer.as_ptr().cast::<c_char>(), length) };
}

/// `write(stream, text)`: to the console; stream 2 is for errors.
unsafe extern "C-unwind" fn write(state: *mut lua_State) -> c_int {
    // SAFETY: library.lua passes a number and a string.
    let (stream, text) = unsafe { (ffi::lua_tointeger(state, 1), bytes(state, 2)) };
    let stream = if stream == 2 { host::Stream::Err } else { host::Stream::Out };
    host::with(|host| host.write(stream, text));
    0
}

/// `read_line()`: a line without its line feed, or nil.
unsafe extern "C-unwind" fn read_line(state: *mut lua_State) -> c_int {
    // SAFETY: this is a function that Lua called, so all of its interface may be used.
    let mut answer = || unsafe { interrupt::answer(state) };
    let line = host::with(|host| host.read_line(&mut answer)).flatten();
    // SAFETY: Lua copies the bytes. If it has no memory for them, the line leaks.
    unsafe {
        match &line {
            Some(line) => {
                ffi::lua_pushlstring(state, line.as_ptr().cast(), line.len());
            }
            None => ffi::lua_pushnil(state),
        }
    }
    1
}

/// `monotonic_seconds()`
unsafe extern "C-unwind" fn monotonic_seconds(state: *mut lua_State) -> c_int {
    let seconds = host::with(|host| host.monotonic_millis() / 1000.0).unwrap_or_default();
    // SAFETY: pushes one number.
    unsafe { ffi::lua_pushnumber(state, seconds) };
    1
}

/// `__crash(how)`: ends the worker, by a panic if `how` is given, else by a trap.
unsafe extern "C-unwind" fn crash(state: *mut lua_State) -> c_int {
    // SAFETY: reads an argument.
    if unsafe { ffi::lua_toboolean(state, 1) } != 0 {
        panic!("a test asked for this panic");
    }
    std::process::abort()
}

/// The bytes of the string at an index, as long as it stays there.
unsafe fn bytes<'a>(state: *mut lua_State, index: c_int) -> &'a [u8] {
    // SAFETY: `lua_tolstring` gives a start and a length, or null where there is no string.
    unsafe {
        let mut length = 0;
        let start = ffi::lua_tolstring(state, index, &mut length);
        if start.is_null() { &[] } else { std::slice::from_raw_parts(start.cast::<u8>(), length) }
    }
}
