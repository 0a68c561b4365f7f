//! What every VM has from the start: the globals table, the libraries, what the engine adds. Not stored
//! in images but named by path.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ffi::{CStr, c_int, c_void};

use mlua::{Lua, Table, Value, ffi};

/// The registry's table of permanents by path. It keeps them alive, so that no other object ever gets their
/// address.
pub const REGISTRY_KEY: &CStr = c"cu.permanents";
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
        let registry = lua.create_table()?;
        let mut permanents = Permanents { paths: HashMap::new(), globals: HashSet::new() };
        let mut queue = VecDeque::new();
        let string_metatable = lua.type_metatable::<mlua::LuaString>();
        queue.push_back((String::from("_G"), lua.globals()));
        if let Some(table) = string_metatable {
            queue.push_back((String::from(STRING_METATABLE), table));
        }
        if let Some(table) = lua.named_registry_value(FILE_KEY)? {
            queue.push_back((String::from(FILE_METATABLE), table));
        }
        while let Some((path, table)) = queue.pop_front() {
            if !permanents.add(&registry, &path, Value::Table(table.clone()))? {
                continue;
            }
            let mut entries: Vec<(String, Value)> = table.pairs().collect::<mlua::Result<_>>()?;
            lua::sort_seldom(&mut entries, |a, b| a.0.cmp(&b.0));
            for (key, value) in entries {
                if path == "_G" && excluded.contains(&key.as_str()) {
                    continue;
                }
                if path == "_G" {
                    permanents.globals.insert(key.clone());
                }
                let path = if path == "_G" { key } else { format!("{path}.{key}") };
                match value {
                    Value::Table(table) => queue.push_back((path, table)),
                    Value::Function(_) | Value::UserData(_) => {
                        permanents.add(&registry, &path, value)?;
                    }
                    _ => {}
                }
            }
        }
        lua.set_named_registry_value(&REGISTRY_KEY.to_string_lossy(), registry)?;
        Ok(permanents)
    }

    /// Returns false if the object already has a path.
    fn add(&mut self, registry: &Table, path: &str, value: Value) -> mlua::Result<bool> {
        let kind = match value {
            Value::Table(_) => ffi::LUA_TTABLE,
            Value::UserData(_) => ffi::LUA_TUSERDATA,
            _ => ffi::LUA_TFUNCTION,
        };
        let identity = (kind, value.to_pointer());
        if self.paths.contains_key(&identity) {
            return Ok(false);
        }
        registry.raw_set(path, value)?;
        self.paths.insert(identity, path.to_owned());
        Ok(true)
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
