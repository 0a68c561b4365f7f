//! Collections, queries and transactions: the part of the library that is loaded when a program first uses it. It is
//! written in Lua, in `records`, over one primitive that undoes what fails.

use std::ffi::{CStr, c_int};

use mlua::ffi::{self, lua_State};
use mlua::{Lua, Table, Value};

use super::{chunk, interrupt, permanents};
use crate::host;

/// Its text.
pub const TEXT: &str = concat!(
    include_str!("records/values.lua"),
    include_str!("records/indexes.lua"),
    include_str!("records/schemas.lua"),
    include_str!("records/transactions.lua"),
    include_str!("records/collections.lua"),
    include_str!("records/queries.lua"),
    include_str!("records/plans.lua"),
    include_str!("records/results.lua"),
);

/// What a program is told where the text cannot be had.
const UNREACHABLE: &CStr =
    c"collections and transactions could not be loaded: this page cannot reach the place it came \
    from. Nothing was changed; go online and run the program again";
/// The registry's table that holds the indexes of collections.
const SHARED_KEY: &CStr = c"cu.records";

/// `load_records(globals)`: compiles the text with these globals, and returns what it returns: its functions by name.
///
/// # Safety
/// To be called by Lua.
pub unsafe extern "C-unwind" fn load(state: *mut lua_State) -> c_int {
    // SAFETY: nothing needs to be dropped where Lua may raise an error: the text is gone by then.
    unsafe {
        let compile = |text: &str| chunk::load(state, b"=[records]", text.as_bytes());
        let status = host::with(|host| host.records().map(|text| compile(&text))).flatten();
        match status {
            Some(ffi::LUA_OK) => {}
            Some(ffi::LUA_ERRMEM) => ffi::lua_error(state),
            _ => {
                // Where the program called the function of the library that called this.
                ffi::luaL_where(state, 2);
                ffi::lua_pushstring(state, UNREACHABLE.as_ptr());
                ffi::lua_concat(state, 2);
                ffi::lua_error(state);
            }
        }
        lua::forget_text(state.cast(), c"=[records]");
        ffi::lua_pushvalue(state, 1);
        ffi::lua_setupvalue(state, -2, 1);
        ffi::lua_getfield(state, ffi::LUA_REGISTRYINDEX, permanents::REGISTRY_KEY.as_ptr());
        ffi::lua_pushcfunction(state, guard);
        ffi::luaL_getsubtable(state, ffi::LUA_REGISTRYINDEX, SHARED_KEY.as_ptr());
        ffi::lua_call(state, 3, 1);
    }
    1
}

/// To be called when tables were changed by the engine: collections find their indexes anew.
pub fn forget_indexes(lua: &Lua) -> mlua::Result<()> {
    match lua.named_registry_value::<Value>(&SHARED_KEY.to_string_lossy())? {
        Value::Table(shared) => Table::clear(&shared),
        _ => Ok(()),
    }
}

/// `guard(remember, put_back, work, ...)`: like `pcall(work, ...)`. If that fails, for whatever reason, calls `put_back`
/// with what `remember` returned before, and lets nothing interrupt that.
unsafe extern "C-unwind" fn guard(state: *mut lua_State) -> c_int {
    // SAFETY: the library calls this with three functions; no value here needs to be dropped.
    unsafe {
        ffi::luaL_checkstack(state, 8, std::ptr::null());
        ffi::lua_pushvalue(state, 1);
        if interrupt::alone(state, || ffi::lua_pcall(state, 0, 1, 0)) != ffi::LUA_OK {
            ffi::lua_error(state);
        }
        ffi::lua_replace(state, 1);
        let count = ffi::lua_gettop(state) - 3;
        if ffi::lua_pcall(state, count, ffi::LUA_MULTRET, 0) == ffi::LUA_OK {
            ffi::lua_pushboolean(state, 1);
            ffi::lua_replace(state, 2);
            return ffi::lua_gettop(state) - 1;
        }
        ffi::lua_pushboolean(state, 0);
        ffi::lua_pushvalue(state, 3);
        ffi::lua_pushvalue(state, 2);
        ffi::lua_pushvalue(state, 1);
        if interrupt::undisturbed(state, || ffi::lua_pcall(state, 1, 0, 0)) != ffi::LUA_OK {
            ffi::lua_error(state);
        }
        if interrupt::is_ending() {
            lua::end(state.cast());
        }
    }
    2
}
