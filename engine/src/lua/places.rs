//! Which function of a chunk is which: the places in the tree of its functions.

use std::collections::HashMap;
use std::rc::Rc;

use mlua::ffi::{self, lua_State};
use rustc_hash::FxHashMap;

use super::chunk;

/// The place of each function in the tree of its chunk, by fingerprint.
pub type Places = Rc<FxHashMap<u64, Vec<u32>>>;

/// Where each function of a chunk stands in its tree, by fingerprint. Kept from capture to capture, since
/// it takes compiling the chunk to know.
#[derive(Default)]
pub struct PlaceCache {
    chunks: HashMap<Box<[u8]>, (bool, Places)>,
}

impl PlaceCache {
    /// Forgets the chunks that were not asked for since the last call.
    pub fn age(&mut self) {
        self.chunks.retain(|_, (used, _)| std::mem::replace(used, false));
    }

    /// The places in a chunk, given the source string of its functions, and the name and text in that.
    ///
    /// # Safety
    /// In protected mode, without memory limit, with room for four values on the stack.
    pub unsafe fn of(&mut self, state: *mut lua_State, source: &[u8], name: &[u8], text: &[u8]) -> Option<Places> {
        if let Some((used, places)) = self.chunks.get_mut(source) {
            *used = true;
            return Some(Rc::clone(places));
        }
        // SAFETY: in protected mode, without memory limit; the compiled chunk lives on the stack meanwhile.
        let places = unsafe {
            let top = ffi::lua_gettop(state);
            if chunk::load(state, name, text) != ffi::LUA_OK {
                ffi::lua_settop(state, top);
                return None;
            }
            let main = lua::Prototype::of(state.cast(), -1)?;
            let mut places = FxHashMap::default();
            let mut to_visit = vec![(main, Vec::new())];
            while let Some((prototype, place)) = to_visit.pop() {
                for (index, child) in prototype.children().enumerate() {
                    to_visit.push((child, [place.as_slice(), &[index as u32]].concat()));
                }
                // Equal functions on one line are the same for all that follows; the first one names them.
                let named = places.entry(prototype.fingerprint()).or_insert_with(|| place.clone());
                if place < *named {
                    *named = place;
                }
            }
            ffi::lua_settop(state, top);
            Rc::new(places)
        };
        self.chunks.insert(source.into(), (true, Rc::clone(&places)));
        Some(places)
    }
}
