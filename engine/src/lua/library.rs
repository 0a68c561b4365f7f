//! What Lua programs find besides the language: Lua's own libraries, and those of the engine in
//! library.lua over a few primitives.

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};
use mlua::{Function, Lua, Table};

use super::{interrupt, printing, records};
use crate::host;

/// Whether programs find `__crash`, which the tests of the page need.
const CAN_CRASH: bool = cfg!(test_build);
/// The registry's `math.random`, whatever programs make of theirs.
const RANDOM_KEY: &str = "cu.random";

/// Fills a new VM.
pub fn install(lua: &Lua) -> mlua::Result<()> {
    printing::install(lua)?;
    // SAFETY: the functions keep to the rules of Lua's C API, and the main state is alive.
    let (clock, exit, records) = unsafe {
        lua.exec_raw::<()>((), |state| lua::open_warnings(state.cast()))?;
        let records = lua.create_c_function(records::load)?;
        (lua.create_c_function(monotonic_seconds)?, lua.create_c_function(exit)?, records)
    };
    lua::set_read_line(read_line);
    let library = lua.load(include_str!("library.lua")).set_name("=[cu]").into_function()?;
    // SAFETY: the function is at the top, and nothing needs to be dropped where Lua may raise an error.
    unsafe { lua.exec_raw::<()>(&library, |state| lua::forget_text(state.cast(), c"=[cu]"))? };
    library.call::<()>((clock, exit, records))?;
    if CAN_CRASH {
        // SAFETY: as above.
        lua.globals().raw_set("__crash", unsafe { lua.create_c_function(crash) }?)?;
    }
    let seed = host::with(|host| host.random()).unwrap_or_default();
    let math: Table = lua.globals().get("math")?;
    math.get::<Function>("randomseed")?.call::<()>(seed as i64)?;
    lua.set_named_registry_value(RANDOM_KEY, math.get::<Function>("random")?)
}

/// The state of the generator behind `math.random`.
pub fn random_state(lua: &Lua) -> mlua::Result<[u64; 4]> {
    let mut numbers = [0; 4];
    // SAFETY: what is there can be read as numbers.
    with_random_state(lua, |state| numbers = unsafe { state.read_unaligned() })?;
    Ok(numbers)
}

/// Sets the state of the generator behind `math.random`.
pub fn set_random_state(lua: &Lua, numbers: &[u64; 4]) -> mlua::Result<()> {
    // SAFETY: any numbers are a state.
    with_random_state(lua, |state| unsafe { state.write_unaligned(*numbers) })
}

/// Calls `work` with where the state of the generator is: the userdata that is the function's upvalue (`RanState` in
/// lmathlib.c).
fn with_random_state(lua: &Lua, work: impl FnOnce(*mut [u64; 4])) -> mlua::Result<()> {
    let random: Function = lua.named_registry_value(RANDOM_KEY)?;
    // SAFETY: the function is at the top; a userdata of that size is its only upvalue, and is used before it is popped.
    unsafe {
        lua.exec_raw::<()>(random, |state| {
            if !ffi::lua_getupvalue(state, -1, 1).is_null() && ffi::lua_rawlen(state, -1) >= size_of::<[u64; 4]>() {
                work(ffi::lua_touserdata(state, -1).cast());
            }
            ffi::lua_settop(state, 0);
        })
    }
}

/// Waits for a line of the console.
fn read_line(state: *mut lua::lua_State) -> Option<Vec<u8>> {
    // SAFETY: a function that Lua called waits, so all of its interface may be used.
    let mut answer = || unsafe { interrupt::answer(state.cast()) };
    host::with(|host| host.read_line(&mut answer)).flatten()
}

/// `os.exit([status])`: ends the run. The second argument of Lua's own says whether to close the state; here what is
/// to be closed is never called.
unsafe extern "C-unwind" fn exit(state: *mut lua_State) -> c_int {
    // SAFETY: nothing needs to be dropped where the argument is refused, nor where the run ends.
    unsafe {
        let status = match ffi::lua_type(state, 1) {
            ffi::LUA_TBOOLEAN => ffi::lua_Integer::from(ffi::lua_toboolean(state, 1) == 0),
            _ => ffi::luaL_optinteger(state, 1, 0),
        };
        interrupt::exit(state, status)
    }
}

/// `monotonic_seconds()`
unsafe extern "C-unwind" fn monotonic_seconds(state: *mut lua_State) -> c_int {
    // SAFETY: pushes one number.
    unsafe { ffi::lua_pushnumber(state, host::monotonic_seconds()) };
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
