//! Captures Lua's heap in an image. Runs no Lua code, and allocates in Lua only to compile a chunk whose functions
//! have not been named before.
//!
//! The walk keeps a list of objects still to be visited, so that depth costs no stack; objects are known
//! by their address, which is safe because the collector is held off and no Lua code runs meanwhile.

mod natives;
mod prototypes;

use std::collections::{HashMap, VecDeque};
use std::ffi::{c_int, c_void};
use std::ptr;

use mlua::ffi::{self, lua_State};
use rustc_hash::FxHashMap;

use super::heap::STACK_ROOM;
use super::permanents::Permanents;
use super::proto_paths::ProtoPathCache;
use crate::image::{
    CellId, FunctionId, FunctionSpan, HeapImage, NativeId, Opaque, PermanentId, StringId, TableId, TableSpan, Value,
};
use prototypes::Prototypes;

/// Strings of up to 40 bytes (LUAI_MAXSHORTLEN) with the same content are one object; longer ones need not be.
const SHORT_STRING_BYTES: usize = 40;

type Address = *const c_void;

/// How much a capture may hold. What comes after that is [`Opaque::LeftOut`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Values in tables.
    pub values: usize,
    /// Bytes of strings and of source texts.
    pub bytes: usize,
}

impl Budget {
    /// All that is reachable.
    pub const UNLIMITED: Budget = Budget { values: usize::MAX, bytes: usize::MAX };

    /// What is left of it.
    pub fn less(self, values: usize, bytes: usize) -> Budget {
        Budget { values: self.values.saturating_sub(values), bytes: self.bytes.saturating_sub(bytes) }
    }
}

/// A capture in progress.
pub struct Capture<'a> {
    state: *mut lua_State,
    budget: Budget,
    permanents: &'a Permanents,
    prototypes: Prototypes<'a>,
    image: HeapImage,
    strings: FxHashMap<Address, StringId>,
    long_strings: FxHashMap<Box<[u8]>, StringId>,
    tables: FxHashMap<Address, TableId>,
    functions: FxHashMap<Address, FunctionId>,
    cells: FxHashMap<Address, CellId>,
    natives: FxHashMap<Address, NativeId>,
    /// The coroutines whose open slots are not known yet.
    coroutines: Vec<(*const lua_State, NativeId)>,
    permanent_ids: HashMap<String, PermanentId>,
    to_visit: VecDeque<Visit>,
    /// The entries of one table, to be sorted.
    entries: Vec<(Value, Value)>,
}

enum Visit {
    Table(Address, TableId),
    Function(Address, FunctionId),
    Native(Address, NativeId),
}

impl<'a> Capture<'a> {
    /// Starts a capture. A bounded one holds what is nearest to the roots.
    pub fn new(permanents: &'a Permanents, proto_paths: &'a mut ProtoPathCache, budget: Budget) -> Self {
        Capture {
            state: ptr::null_mut(),
            budget,
            permanents,
            prototypes: Prototypes::new(proto_paths),
            image: HeapImage::default(),
            strings: FxHashMap::default(),
            long_strings: FxHashMap::default(),
            tables: FxHashMap::default(),
            functions: FxHashMap::default(),
            cells: FxHashMap::default(),
            natives: FxHashMap::default(),
            coroutines: Vec::new(),
            permanent_ids: HashMap::new(),
            to_visit: VecDeque::new(),
            entries: Vec::new(),
        }
    }

    /// Captures all values on a stack as the roots of the image, with everything reachable from them.
    ///
    /// # Safety
    /// In protected mode, the collector stopped, no memory limit. If there is no memory at all, Lua raises an
    /// error, so `self` must be outside of the protected call. No local here owns anything where that can happen.
    pub unsafe fn add_stack(&mut self, state: *mut lua_State) {
        self.state = state;
        // SAFETY: as the caller promises; there is room.
        unsafe {
            let last = ffi::lua_gettop(state);
            ffi::luaL_checkstack(state, STACK_ROOM, ptr::null());
            for index in 1..=last {
                self.add_root(index);
            }
            self.add_open_slots();
        }
    }

    /// Captures the value at a stack index as one more root, with everything reachable from it.
    unsafe fn add_root(&mut self, index: c_int) {
        // SAFETY: as the caller promises; every visit leaves the stack as it was.
        unsafe {
            let root = self.value(index);
            self.image.roots.push(root);
            while let Some(visit) = self.next_visit() {
                match visit {
                    Visit::Table(address, id) => self.visit_table(address, id),
                    Visit::Function(address, id) => self.visit_function(address, id),
                    Visit::Native(address, id) => self.visit_native(address, id),
                }
            }
        }
    }

    fn next_visit(&mut self) -> Option<Visit> {
        if self.budget.values == usize::MAX { self.to_visit.pop_back() } else { self.to_visit.pop_front() }
    }

    fn is_full(&self) -> bool {
        self.image.values.len() + self.entries.len() >= self.budget.values
    }

    /// The finished image.
    pub fn finish(self) -> HeapImage {
        self.image
    }

    unsafe fn visit_table(&mut self, address: Address, id: TableId) {
        let state = self.state;
        // SAFETY: the table is alive: it is reachable from a root, and nothing is collected.
        unsafe {
            lua::push_object(state.cast(), address);
            let table = ffi::lua_gettop(state);
            let start = self.image.values.len() as u32;
            let mut sequence: ffi::lua_Integer = 0;
            let mut is_whole = true;
            while is_whole && ffi::lua_rawgeti(state, table, sequence + 1) != ffi::LUA_TNIL {
                is_whole = !self.is_full();
                let value = if is_whole { self.value(-1) } else { Value::Opaque(Opaque::LeftOut) };
                self.image.values.push(value);
                sequence += 1;
                ffi::lua_settop(state, table);
            }
            ffi::lua_settop(state, table);

            ffi::lua_pushnil(state);
            while is_whole && ffi::lua_next(state, table) != 0 {
                let in_sequence =
                    ffi::lua_isinteger(state, -2) != 0 && (1..=sequence).contains(&ffi::lua_tointeger(state, -2));
                if !in_sequence {
                    is_whole = !self.is_full();
                    let left_out = Value::Opaque(Opaque::LeftOut);
                    let entry = if is_whole { (self.value(-2), self.value(-1)) } else { (left_out, left_out) };
                    self.entries.push(entry);
                }
                ffi::lua_settop(state, table + 1);
            }
            self.image.sort_entries(&mut self.entries);
            let entries = self.entries.len() as u32;
            self.image.values.extend(self.entries.drain(..).flat_map(|(key, value)| [key, value]));

            let has_metatable = ffi::lua_getmetatable(state, table) != 0;
            if has_metatable {
                let metatable = self.value(-1);
                self.image.values.push(metatable);
            }
            ffi::lua_settop(state, table - 1);
            let sequence = sequence as u32;
            self.image.tables[id.0 as usize] = TableSpan { start, sequence, entries, has_metatable };
        }
    }

    unsafe fn visit_function(&mut self, address: Address, id: FunctionId) {
        let state = self.state;
        // SAFETY: as for tables.
        unsafe {
            lua::push_object(state.cast(), address);
            let function = ffi::lua_gettop(state);
            self.image.functions[id.0 as usize].start = self.image.upvalues.len() as u32;
            for index in 1..=self.image.prototype_of(id).upvalue_names.len() as c_int {
                let cell = ffi::lua_upvalueid(state, function, index).cast_const();
                let id = match self.cells.get(&cell) {
                    Some(id) => *id,
                    None => {
                        let id = CellId(self.image.cells.len() as u32);
                        self.cells.insert(cell, id);
                        self.image.cells.push(Value::Nil);
                        ffi::lua_getupvalue(state, function, index);
                        let value = self.value(-1);
                        self.image.cells.set(id.0 as usize, value);
                        ffi::lua_settop(state, function);
                        id
                    }
                };
                self.image.upvalues.push(id);
            }
            ffi::lua_settop(state, function - 1);
        }
    }

    unsafe fn value(&mut self, index: c_int) -> Value {
        let state = self.state;
        // SAFETY: the index is valid; each branch reads what the type says.
        unsafe {
            match ffi::lua_type(state, index) {
                ffi::LUA_TNIL => Value::Nil,
                ffi::LUA_TBOOLEAN => Value::Boolean(ffi::lua_toboolean(state, index) != 0),
                ffi::LUA_TNUMBER if ffi::lua_isinteger(state, index) != 0 => {
                    Value::Integer(ffi::lua_tointeger(state, index))
                }
                ffi::LUA_TNUMBER => Value::Float(ffi::lua_tonumber(state, index)),
                ffi::LUA_TSTRING => self.string(index),
                ffi::LUA_TTABLE => self.table(index),
                ffi::LUA_TFUNCTION => self.function(index),
                ffi::LUA_TTHREAD => self.native(index).unwrap_or(Value::Opaque(Opaque::Coroutine)),
                kind => match self.permanents.path(kind, ffi::lua_topointer(state, index)) {
                    Some(path) => Value::Permanent(self.permanent(path.to_owned())),
                    None => Value::Opaque(Opaque::Userdata),
                },
            }
        }
    }

    unsafe fn string(&mut self, index: c_int) -> Value {
        // SAFETY: the value is a string, so `lua_tolstring` converts nothing; it lives on the stack.
        let bytes = unsafe {
            let mut length = 0;
            let start = ffi::lua_tolstring(self.state, index, &mut length);
            std::slice::from_raw_parts(start.cast::<u8>(), length)
        };
        let address = bytes.as_ptr().cast::<c_void>();
        if let Some(id) = self.strings.get(&address) {
            return Value::String(*id);
        }
        if bytes.len() > self.budget.bytes {
            return Value::Opaque(Opaque::LeftOut);
        }
        let next = StringId(self.image.strings.len() as u32);
        let id = if bytes.len() > SHORT_STRING_BYTES {
            *self.long_strings.entry(bytes.into()).or_insert(next)
        } else {
            next
        };
        if id == next {
            self.image.strings.push(bytes);
            self.budget.bytes -= bytes.len();
        }
        self.strings.insert(address, id);
        Value::String(id)
    }

    unsafe fn table(&mut self, index: c_int) -> Value {
        // SAFETY: the value is a table.
        let address = unsafe { lua::object_address(self.state.cast(), index) };
        if let Some(id) = self.tables.get(&address) {
            return Value::Table(*id);
        }
        // SAFETY: as above.
        let identity = unsafe { ffi::lua_topointer(self.state, index) };
        if let Some(path) = self.permanents.path(ffi::LUA_TTABLE, identity) {
            return Value::Permanent(self.permanent(path.to_owned()));
        }
        if self.is_full() {
            return Value::Opaque(Opaque::LeftOut);
        }
        let id = TableId(self.image.tables.len() as u32);
        self.image.tables.push(Default::default());
        self.tables.insert(address, id);
        self.to_visit.push_back(Visit::Table(address, id));
        Value::Table(id)
    }

    unsafe fn function(&mut self, index: c_int) -> Value {
        // SAFETY: the value is a function; its prototype lives as long as it.
        let (identity, prototype) =
            unsafe { (ffi::lua_topointer(self.state, index), lua::Prototype::of(self.state.cast(), index)) };
        if let Some(path) = self.permanents.path(ffi::LUA_TFUNCTION, identity) {
            return Value::Permanent(self.permanent(path.to_owned()));
        }
        let Some(prototype) = prototype else {
            // SAFETY: as above.
            let native = unsafe { self.native(index) };
            return native.unwrap_or(Value::Opaque(Opaque::NativeFunction));
        };
        // SAFETY: as above.
        let address = unsafe { lua::object_address(self.state.cast(), index) };
        if let Some(id) = self.functions.get(&address) {
            return Value::Function(*id);
        }
        if self.is_full() {
            return Value::Opaque(Opaque::LeftOut);
        }
        // SAFETY: the function is on the stack.
        let Some(prototype) =
            (unsafe { self.prototypes.id(self.state, prototype, &mut self.image, &mut self.budget.bytes) })
        else {
            return Value::Opaque(Opaque::SourcelessFunction);
        };
        let id = FunctionId(self.image.functions.len() as u32);
        self.image.functions.push(FunctionSpan { prototype, start: 0 });
        self.functions.insert(address, id);
        self.to_visit.push_back(Visit::Function(address, id));
        Value::Function(id)
    }

    fn permanent(&mut self, path: String) -> PermanentId {
        let permanents = &mut self.image.permanents;
        *self.permanent_ids.entry(path).or_insert_with_key(|path| {
            permanents.push(path);
            PermanentId(permanents.len() as u32 - 1)
        })
    }
}
