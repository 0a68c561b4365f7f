//! Where each function of a chunk is in the tree of its functions: by that path a snapshot names a function.

use std::collections::HashMap;
use std::rc::Rc;

use mlua::ffi::{self, lua_State};
use rustc_hash::FxHashMap;

use super::chunk;
use crate::image::Chunk;

/// What is known about a function in a chunk.
#[derive(Default)]
pub struct Named {
    /// The path to it in the tree of the chunk's functions.
    pub path: Vec<u32>,
    /// The names of the globals that it and the functions in it read.
    pub globals: Vec<Vec<u8>>,
}

/// The functions of a chunk, by fingerprint.
pub type ChunkPrototypes = Rc<FxHashMap<u64, Named>>;

/// The paths of the functions of each chunk, by fingerprint. Kept from capture to capture, since
/// finding them out means to compile the chunk.
#[derive(Default)]
pub struct ProtoPathCache {
    chunks: HashMap<Box<[u8]>, (bool, ChunkPrototypes)>,
    /// How often a whole source text was looked up.
    #[cfg(test)]
    pub lookups: std::cell::Cell<usize>,
}

impl ProtoPathCache {
    /// Forgets the chunks that were not asked for since the last call.
    pub fn age(&mut self) {
        self.chunks.retain(|_, (used, _)| std::mem::replace(used, false));
    }

    /// The prototypes in a chunk of this name and text.
    ///
    /// # Safety
    /// In protected mode, without memory limit, with room for four values on the stack.
    pub unsafe fn of(&mut self, state: *mut lua_State, name: &[u8], text: &[u8]) -> Option<ChunkPrototypes> {
        #[cfg(test)]
        self.lookups.update(|lookups| lookups + 1);
        let key = key(&chunk::shown_name(name), text);
        if let Some((used, prototypes)) = self.chunks.get_mut(&key) {
            *used = true;
            return Some(Rc::clone(prototypes));
        }
        // SAFETY: in protected mode, without memory limit; the compiled chunk lives on the stack meanwhile.
        let prototypes = unsafe {
            let top = ffi::lua_gettop(state);
            match chunk::load(state, name, text) {
                ffi::LUA_OK => {}
                ffi::LUA_ERRMEM => {
                    drop(key);
                    ffi::lua_error(state)
                }
                _ => {
                    ffi::lua_settop(state, top);
                    return None;
                }
            }
            let main = lua::Prototype::of(state.cast(), -1)?;
            let mut prototypes: FxHashMap<u64, Named> = FxHashMap::default();
            let mut to_visit = vec![(main, Vec::new())];
            while let Some((prototype, path)) = to_visit.pop() {
                for (index, child) in prototype.children().enumerate() {
                    to_visit.push((child, [path.as_slice(), &[index as u32]].concat()));
                }
                // Equal functions on one line are the same for all that follows; the first one names them.
                let named = prototypes
                    .entry(prototype.fingerprint())
                    .or_insert_with(|| Named { path: path.clone(), globals: globals_of(prototype) });
                if path < named.path {
                    named.path = path;
                }
            }
            ffi::lua_settop(state, top);
            Rc::new(prototypes)
        };
        self.chunks.insert(key, (true, Rc::clone(&prototypes)));
        Some(prototypes)
    }

    /// The functions of a chunk that was asked for recently, without compiling it.
    pub fn known(&self, chunk: Chunk) -> Option<ChunkPrototypes> {
        #[cfg(test)]
        self.lookups.update(|lookups| lookups + 1);
        self.chunks.get(&key(chunk.name.as_bytes(), chunk.text)).map(|(_, prototypes)| Rc::clone(prototypes))
    }
}

/// Identifies a chunk: its name as it is shown, and its text.
fn key(shown_name: &[u8], text: &[u8]) -> Box<[u8]> {
    [shown_name, b"\0", text].concat().into()
}

fn globals_of(prototype: lua::Prototype) -> Vec<Vec<u8>> {
    let mut globals = Vec::new();
    let mut to_visit = vec![prototype];
    while let Some(prototype) = to_visit.pop() {
        globals.extend(prototype.globals());
        to_visit.extend(prototype.children());
    }
    lua::sort_seldom(&mut globals, Ord::cmp);
    globals.dedup();
    globals
}
