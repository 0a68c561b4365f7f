//! Builds coroutines, and what else Lua's C code makes. Nothing in their parts is trusted: a coroutine that does not fit its
//! code is replaced by one that says so when it is resumed.

use mlua::ffi::{self, lua_State};

use super::{RestoreError, Scratch, Slots, push, slot};
use crate::image::{HeapImage, Native, NativeId, NativeKind, Value};
use crate::lua::chunk;

/// How many instructions may be looked at in all: a few seconds. Real coroutines need a tiny part of it.
const MAX_WORK: i64 = 1 << 32;
/// How many kilobytes all coroutines may take. What a real one takes is in proportion to its image, but for a constant factor.
const MAX_KILOBYTES: i32 = 1 << 20;
/// The longest stack that Lua allows (`LUAI_MAXSTACK`).
const MAX_SLOTS: usize = 1_000_000;
/// What replaces a coroutine that does not fit.
const LOST: &[u8] =
    b"error('cannot resume this coroutine: what was saved of it does not fit this version of its code', 0)";

/// Makes all native objects. Functions and tables exist, still empty.
///
/// # Safety
/// As for [`super::restore`]; so below.
pub unsafe fn build(
    state: *mut lua_State,
    image: &HeapImage,
    slots: &Slots,
    scratch: &mut Scratch,
) -> Result<(), RestoreError> {
    let mut work = MAX_WORK;
    let all = || (0..image.natives.len() as u32).map(|id| (id, image.native(NativeId(id))));
    scratch.open.resize(image.cells.len(), None);
    scratch.are_same.resize(image.prototypes.len(), None);
    // SAFETY: as the caller promises. Coroutines come first: the others may refer to them.
    unsafe {
        let before = ffi::lua_gc(state, ffi::LUA_GCCOUNT, 0);
        let check_memory = || match ffi::lua_gc(state, ffi::LUA_GCCOUNT, 0) - before {
            ..MAX_KILOBYTES => Ok(()),
            _ => Err(RestoreError::Lua("not enough memory".into())),
        };
        for (id, native) in all() {
            match native.kind {
                NativeKind::Coroutine => drop(ffi::lua_newthread(state)),
                _ => ffi::lua_pushnil(state),
            }
            ffi::lua_rawseti(state, slots.natives, slot(id as usize));
            check_memory()?;
        }
        for (id, native) in all() {
            let is_made = match native.kind {
                NativeKind::Coroutine => continue,
                NativeKind::Wrap => {
                    push_part(state, image, slots, native, 0);
                    lua::push_wrap(state.cast())
                }
                NativeKind::Matches => {
                    push_part(state, image, slots, native, 0);
                    push_part(state, image, slots, native, 1);
                    let numbers = native.numbers.first_chunk();
                    numbers.is_some_and(|numbers| lua::push_matches(state.cast(), numbers))
                }
            };
            if !is_made {
                return Err(RestoreError::WrongParts);
            }
            ffi::lua_rawseti(state, slots.natives, slot(id as usize));
            check_memory()?;
        }
        for (id, native) in all().filter(|(_, native)| native.kind == NativeKind::Coroutine) {
            ffi::lua_rawgeti(state, slots.natives, slot(id as usize));
            let coroutine = ffi::lua_tothread(state, -1);
            if build_coroutine(state, coroutine, image, slots, native, scratch, &mut work) {
                native.open().for_each(|(slot, cell)| scratch.open[cell.0 as usize] = Some((NativeId(id), slot)));
            } else {
                ffi::lua_settop(coroutine, 0);
                if chunk::load(state, b"=coroutine", LOST) != ffi::LUA_OK {
                    return Err(RestoreError::Lua(crate::lua::failure::text_at_top(state)));
                }
                ffi::lua_xmove(state, coroutine, 1);
            }
            ffi::lua_settop(state, slots.natives);
            check_memory()?;
        }
    }
    Ok(())
}

unsafe fn push_part(state: *mut lua_State, image: &HeapImage, slots: &Slots, native: Native, index: usize) {
    // SAFETY: as the caller promises.
    unsafe { push(state, image, slots, native.slot(index).unwrap_or(Value::Nil)) }
}

/// Fills a new coroutine. Returns false if it does not fit.
unsafe fn build_coroutine(
    state: *mut lua_State,
    coroutine: *mut lua_State,
    image: &HeapImage,
    slots: &Slots,
    native: Native,
    scratch: &mut Scratch,
    work: &mut i64,
) -> bool {
    let is_same = native.frames().filter_map(|frame| native.function(frame)).all(|function| {
        let prototype = image[function].prototype;
        let is_as_it_was =
            || scratch.prototypes[prototype.0 as usize].fingerprint() == image.prototype(prototype).fingerprint;
        *scratch.are_same[prototype.0 as usize].get_or_insert_with(is_as_it_was)
    });
    // SAFETY: as the caller promises. The numbers have the form that whoever made the image guarantees, and no table has its
    // metatable yet.
    unsafe {
        if !is_same || native.len() >= MAX_SLOTS || ffi::lua_checkstack(coroutine, native.len() as i32 + 1) == 0 {
            return false;
        }
        for value in native.iter() {
            push(state, image, slots, value);
            ffi::lua_xmove(state, coroutine, 1);
        }
        let open = native.cells.len() as u32;
        lua::build_coroutine(state.cast(), coroutine.cast(), native.numbers, open, work)
    }
}
