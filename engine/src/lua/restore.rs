//! Restores an image into Lua's heap. Runs no Lua code: chunks are compiled, never called; tables get their
//! metatables last.
//!
//! Lua's C API does not check what it is given. What the codec cannot know is therefore checked here before anything
//! is built: that chunks compile and have the named functions, that permanents exist, and that metatables are tables.

mod error;
mod natives;

use std::ffi::c_int;

use mlua::ffi::{self, lua_State};

pub use error::RestoreError;

use super::chunk;
use crate::image::{CellId, ChunkId, FunctionId, HeapImage, NativeId, PrototypeId, TableId, Value};

/// Stack slots of a restore in progress, from the base where it starts.
struct Slots {
    permanents: c_int,
    mains: c_int,
    strings: c_int,
    tables: c_int,
    functions: c_int,
    natives: c_int,
}

/// The memory that a restore works with. It is owned outside of the protected call, since a memory error in Lua
/// jumps over everything inside.
#[derive(Default)]
pub struct Scratch {
    /// The main functions of the chunks.
    mains: Vec<lua::Prototype>,
    /// What the image's prototypes are in this VM.
    prototypes: Vec<lua::Prototype>,
    /// For each cell, the first function that has it, and as which of its upvalues.
    owners: Vec<Option<(FunctionId, c_int)>>,
    /// For each cell that is a slot of a coroutine, which one, from 1.
    open: Vec<Option<(NativeId, u32)>>,
    /// Whether the image's prototypes are compiled as they were, as far as that was asked.
    are_same: Vec<Option<bool>>,
}

/// Pushes the roots of an image, in order, or nothing if it returns an error. `scratch` is fresh.
///
/// # Safety
/// In protected mode, with `scratch` outside of it, the collector stopped, the permanents' registry at the top of
/// the stack (it is popped), and room for ten values and the roots.
pub unsafe fn restore(state: *mut lua_State, image: &HeapImage, scratch: &mut Scratch) -> Result<(), RestoreError> {
    // SAFETY: the slots are filled in order below, then used by index; indices into the image are in
    // range. Nothing here owns memory where Lua may raise an error.
    unsafe {
        let base = ffi::lua_gettop(state);
        let slots = Slots {
            permanents: base,
            mains: base + 1,
            strings: base + 2,
            tables: base + 3,
            functions: base + 4,
            natives: base + 5,
        };
        let (tables, functions) = (image.tables.len(), image.functions.len());
        for length in [image.chunk_texts.len(), image.strings.len(), tables, functions, image.natives.len()] {
            ffi::lua_createtable(state, length as c_int, 0);
        }
        compile(state, image, &slots, scratch)?;
        check_permanents(state, image, &slots)?;
        check_metatables(state, image, &slots)?;

        for (index, string) in image.strings.iter().enumerate() {
            ffi::lua_pushlstring(state, string.as_ptr().cast(), string.len());
            ffi::lua_rawseti(state, slots.strings, slot(index));
        }
        for (index, table) in image.tables.iter().enumerate() {
            ffi::lua_createtable(state, table.sequence as c_int, table.entries as c_int);
            ffi::lua_rawseti(state, slots.tables, slot(index));
        }
        for (index, function) in image.functions.iter().enumerate() {
            lua::push_closure(state.cast(), scratch.prototypes[function.prototype.0 as usize]);
            ffi::lua_rawseti(state, slots.functions, slot(index));
        }
        scratch.owners.resize(image.cells.len(), None);
        if !image.natives.is_empty() {
            natives::build(state, image, &slots, scratch)?;
        }
        link_upvalues(state, image, &slots, scratch);
        fill_tables(state, image, &slots);
        for root in image.roots.iter() {
            push(state, image, &slots, root);
        }
        for _ in base..=slots.natives {
            ffi::lua_remove(state, base);
        }
        Ok(())
    }
}

/// The index in a Lua table of the n-th item of an arena.
fn slot(index: usize) -> ffi::lua_Integer {
    index as ffi::lua_Integer + 1
}

unsafe fn compile(
    state: *mut lua_State,
    image: &HeapImage,
    slots: &Slots,
    scratch: &mut Scratch,
) -> Result<(), RestoreError> {
    let mains = &mut scratch.mains;
    for index in 0..image.chunk_texts.len() {
        let chunk = image.chunk(ChunkId(index as u32));
        // SAFETY: in protected mode; the main functions are kept by the table in their slot, and so are
        // the prototypes in them.
        unsafe {
            let name = chunk::name_of(chunk.name.as_bytes(), chunk.text);
            let status = chunk::load(state, &name, chunk.text);
            drop(name);
            if status != ffi::LUA_OK {
                let message = super::failure::text_at_top(state);
                return Err(RestoreError::ChunkDoesNotCompile { name: chunk.name.to_owned(), message });
            }
            mains.extend(lua::Prototype::of(state.cast(), -1));
            ffi::lua_rawseti(state, slots.mains, slot(index));
        }
    }
    let find = |id: PrototypeId| {
        let named = image.prototype(id);
        let name = || image.chunk(named.chunk).name.to_owned();
        let found =
            named.proto_path.iter().try_fold(mains[named.chunk.0 as usize], |prototype, index| prototype.child(*index));
        let found =
            found.ok_or_else(|| RestoreError::NoSuchFunction { name: name(), path: named.proto_path.to_vec() })?;
        if found.upvalue_count() != named.upvalue_names.len() {
            return Err(RestoreError::WrongUpvalues {
                name: name(),
                path: named.proto_path.to_vec(),
                expected: found.upvalue_count(),
                found: named.upvalue_names.len(),
            });
        }
        Ok(found)
    };
    for index in 0..image.prototypes.len() as u32 {
        scratch.prototypes.push(find(PrototypeId(index))?);
    }
    Ok(())
}

unsafe fn check_permanents(state: *mut lua_State, image: &HeapImage, slots: &Slots) -> Result<(), RestoreError> {
    for path in image.permanents.all().iter() {
        // SAFETY: the slot holds a table.
        if unsafe { permanent_kind(state, path, slots) } == ffi::LUA_TNIL {
            return Err(RestoreError::NoSuchPermanent { path: path.to_owned() });
        }
    }
    Ok(())
}

/// `lua_setmetatable` would treat any other value as a table, and write to it.
unsafe fn check_metatables(state: *mut lua_State, image: &HeapImage, slots: &Slots) -> Result<(), RestoreError> {
    for index in 0..image.tables.len() {
        let (path, kind) = match image.table(TableId(index as u32)).metatable {
            // Nil where there is none.
            Value::Nil | Value::Table(_) => continue,
            Value::Permanent(id) => {
                let path = &image[id];
                // SAFETY: the slot holds a table.
                match unsafe { permanent_kind(state, path, slots) } {
                    ffi::LUA_TTABLE => continue,
                    ffi::LUA_TFUNCTION => (path, "function"),
                    _ => (path, "userdata"),
                }
            }
            _ => ("?", "value"),
        };
        return Err(RestoreError::NotAMetatable { path: path.to_owned(), kind });
    }
    Ok(())
}

/// The basic type of a permanent, which is nil if there is none with that path.
unsafe fn permanent_kind(state: *mut lua_State, path: &str, slots: &Slots) -> c_int {
    // SAFETY: the slot holds a table; the value is popped again.
    unsafe {
        ffi::lua_pushlstring(state, path.as_ptr().cast(), path.len());
        let kind = ffi::lua_rawget(state, slots.permanents);
        ffi::lua_settop(state, -2);
        kind
    }
}

/// Gives every closure its upvalues: the first closure with a cell owns it, the others join it. What is a slot of a coroutine is
/// joined by all.
unsafe fn link_upvalues(state: *mut lua_State, image: &HeapImage, slots: &Slots, scratch: &mut Scratch) {
    let Scratch { owners, open, .. } = scratch;
    // SAFETY: the functions are in their slot; each has as many upvalues as cells (checked by `compile`
    // and by whoever made the image).
    unsafe {
        for function in 0..image.functions.len() {
            for (index, cell) in image.cells_of(FunctionId(function as u32)).iter().enumerate() {
                let index = index as c_int + 1;
                if let Some(Some((coroutine, open_slot))) = open.get(cell.0 as usize) {
                    ffi::lua_rawgeti(state, slots.functions, slot(function));
                    ffi::lua_rawgeti(state, slots.natives, slot(coroutine.0 as usize));
                    let coroutine = ffi::lua_tothread(state, -1);
                    lua::join_slot(state.cast(), ffi::lua_gettop(state) - 1, index, coroutine.cast(), *open_slot);
                    ffi::lua_settop(state, -3);
                    continue;
                }
                match owners[cell.0 as usize] {
                    None => owners[cell.0 as usize] = Some((FunctionId(function as u32), index)),
                    Some((owner, owner_index)) => {
                        ffi::lua_rawgeti(state, slots.functions, slot(function));
                        ffi::lua_rawgeti(state, slots.functions, slot(owner.0 as usize));
                        ffi::lua_upvaluejoin(state, -2, index, -1, owner_index);
                        ffi::lua_settop(state, -3);
                    }
                }
            }
        }
        for (cell, owner) in owners.iter().enumerate() {
            if let Some((function, index)) = owner {
                ffi::lua_rawgeti(state, slots.functions, slot(function.0 as usize));
                push(state, image, slots, image.cell(CellId(cell as u32)));
                ffi::lua_setupvalue(state, -2, *index);
                ffi::lua_settop(state, -2);
            }
        }
    }
}

unsafe fn fill_tables(state: *mut lua_State, image: &HeapImage, slots: &Slots) {
    // SAFETY: the tables are in their slot; keys are neither nil nor NaN (whoever made the image made
    // sure), except for opaque ones, which are left out.
    unsafe {
        for index in 0..image.tables.len() {
            let table = image.table(TableId(index as u32));
            ffi::lua_rawgeti(state, slots.tables, slot(index));
            for (index, value) in table.sequence.iter().enumerate() {
                push(state, image, slots, value);
                ffi::lua_rawseti(state, -2, slot(index));
            }
            for (key, value) in table.entries.iter() {
                if !matches!(key, Value::Opaque(_)) {
                    push(state, image, slots, key);
                    push(state, image, slots, value);
                    ffi::lua_rawset(state, -3);
                }
            }
            ffi::lua_settop(state, -2);
        }
        for (index, table) in image.tables.iter().enumerate() {
            if table.has_metatable {
                ffi::lua_rawgeti(state, slots.tables, slot(index));
                push(state, image, slots, image.table(TableId(index as u32)).metatable);
                ffi::lua_setmetatable(state, -2);
                ffi::lua_settop(state, -2);
            }
        }
    }
}

unsafe fn push(state: *mut lua_State, image: &HeapImage, slots: &Slots, value: Value) {
    // SAFETY: there is room on the stack, and the slots are filled.
    unsafe {
        match value {
            Value::Nil | Value::Opaque(_) => ffi::lua_pushnil(state),
            Value::Boolean(boolean) => ffi::lua_pushboolean(state, c_int::from(boolean)),
            Value::Integer(integer) => ffi::lua_pushinteger(state, integer),
            Value::Float(float) => ffi::lua_pushnumber(state, float),
            Value::String(id) => {
                ffi::lua_rawgeti(state, slots.strings, slot(id.0 as usize));
            }
            Value::Table(id) => {
                ffi::lua_rawgeti(state, slots.tables, slot(id.0 as usize));
            }
            Value::Function(id) => {
                ffi::lua_rawgeti(state, slots.functions, slot(id.0 as usize));
            }
            Value::Native(id) => {
                ffi::lua_rawgeti(state, slots.natives, slot(id.0 as usize));
            }
            Value::Permanent(id) => {
                let path = &image[id];
                ffi::lua_pushlstring(state, path.as_ptr().cast(), path.len());
                ffi::lua_rawget(state, slots.permanents);
            }
        }
    }
}
