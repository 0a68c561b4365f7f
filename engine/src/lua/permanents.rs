//! What every VM has from the start: the globals table, the libraries, what the engine adds. Not stored
//! in images but named by path.

use std::collections::{HashMap, HashSet};
use std::ffi::{CStr, c_int, c_void};

use mlua::{Lua, Table, Value, ffi};

/// The registry's table of permanents by path. It keeps them alive, so that no other object ever gets their
/// address.
pub const REGISTRY_KEY: &CStr = c"cu.permanents";
/// The path of the globals table.
const GLOBALS: &str = "_G";
/// The path of the metatable that all strings share.
const STRING_METATABLE: &str = "<string metatable>";
/// The path of the metatable of files.
const FILE_METATABLE: &str = "<file metatable>";
/// The name that Lua's `io` library has for it in the registry.
const FILE_KEY: &str = "FILE*";

/// The permanents of a VM by identity.
pub struct Permanents {
    paths: HashMap<(c_int, *const c_void), String>,
    globals: HashSet<String>,
}

impl Permanents {
    /// Collects what is reachable from the globals table by string keys, except for the `excluded` globals.
    pub fn collect(lua: &Lua, excluded: &[&str]) -> mlua::Result<Permanents> {
        let (left_out, roots) = (lua.create_table()?, lua.create_table()?);
        excluded.iter().try_for_each(|name| left_out.raw_set(*name, true))?;
        let string_metatable = lua.type_metatable::<mlua::LuaString>();
        let file_metatable: Option<Table> = lua.named_registry_value(FILE_KEY)?;
        let all =
            [(GLOBALS, Some(lua.globals())), (STRING_METATABLE, string_metatable), (FILE_METATABLE, file_metatable)];
        for (path, table) in all.into_iter().filter_map(|(path, table)| Some((path, table?))) {
            roots.raw_push(path)?;
            roots.raw_push(table)?;
        }
        let chunk = lua.load(include_str!("permanents.lua")).set_name("=[cu]");
        let found: Table = chunk.into_function()?.call((left_out, roots))?;
        let (registry, names): (Table, Table) = (found.raw_get(1)?, found.raw_get(2)?);
        let (mut paths, mut globals) = (HashMap::new(), HashSet::new());
        each(lua, &registry, &mut |path, identity| drop(paths.insert(identity, path)))?;
        each(lua, &names, &mut |name, _| _ = globals.insert(name))?;
        lua.set_named_registry_value(&REGISTRY_KEY.to_string_lossy(), registry)?;
        Ok(Permanents { paths, globals })
    }

    /// The path of an object, given its basic type and its address from `lua_topointer`.
    pub fn path(&self, kind: c_int, address: *const c_void) -> Option<&str> {
        self.paths.get(&(kind, address)).map(String::as_str)
    }

    /// The path of a value, if it is a permanent.
    pub fn path_of(&self, value: &Value) -> Option<&str> {
        let kind = match value {
            Value::Table(_) => ffi::LUA_TTABLE,
            Value::Function(_) => ffi::LUA_TFUNCTION,
            _ => return None,
        };
        self.path(kind, value.to_pointer())
    }

    /// Whether every VM has a global with this name from the start.
    pub fn has_global(&self, name: &str) -> bool {
        self.globals.contains(name)
    }

    /// The permanents by path.
    pub fn registry(lua: &Lua) -> mlua::Result<Table> {
        lua.named_registry_value(&REGISTRY_KEY.to_string_lossy())
    }
}

/// Visits the entries of a table whose keys are strings: each key, and the basic type and the address of the value.
fn each(lua: &Lua, table: &Table, visit: &mut dyn FnMut(String, (c_int, *const c_void))) -> mlua::Result<()> {
    // SAFETY: the table is at the top, and is not changed meanwhile. Nothing here raises an error.
    unsafe {
        lua.exec_raw::<()>(table, |state| {
            ffi::lua_pushnil(state);
            while ffi::lua_next(state, 1) != 0 {
                let mut length = 0;
                let start = ffi::lua_tolstring(state, 2, &mut length);
                let key = std::slice::from_raw_parts(start.cast::<u8>(), length);
                let identity = (ffi::lua_type(state, 3), ffi::lua_topointer(state, 3));
                visit(String::from_utf8_lossy(key).into_owned(), identity);
                ffi::lua_settop(state, 2);
            }
            ffi::lua_settop(state, 0);
        })
    }
}
