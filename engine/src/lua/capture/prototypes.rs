//! Names the prototypes of the functions that are captured: each by its chunk and its path in the tree of that chunk.

use std::ffi::c_void;
use std::rc::Rc;

use mlua::ffi::lua_State;
use rustc_hash::FxHashMap;

use crate::image::{Chunk, ChunkId, HeapImage, Prototype, PrototypeId, Texts};
use crate::lua::chunk;
use crate::lua::proto_paths::{ChunkPrototypes, Named, ProtoPathCache};

/// The prototypes and chunks that an image has so far.
pub struct Prototypes<'a> {
    proto_paths: &'a mut ProtoPathCache,
    ids: FxHashMap<lua::Prototype, Option<PrototypeId>>,
    /// By the address of the source string that all functions of a chunk share; `None` for chunks without a text.
    sources: FxHashMap<*const c_void, Option<(ChunkId, ChunkPrototypes)>>,
    /// Chunks that were loaded twice are one: the cache knows them as one.
    chunks: FxHashMap<*const FxHashMap<u64, Named>, ChunkId>,
}

impl<'a> Prototypes<'a> {
    /// None so far.
    pub fn new(proto_paths: &'a mut ProtoPathCache) -> Self {
        Prototypes {
            proto_paths,
            ids: FxHashMap::default(),
            sources: FxHashMap::default(),
            chunks: FxHashMap::default(),
        }
    }

    /// The id of a prototype in the image, to which it is added if it is new. `None` for one whose source is not known,
    /// or for whose source there is no room. `room`: the bytes that may be added.
    ///
    /// # Safety
    /// The prototype is alive; the rest as for [`super::Capture::add_stack`].
    pub unsafe fn id(
        &mut self,
        state: *mut lua_State,
        prototype: lua::Prototype,
        image: &mut HeapImage,
        room: &mut usize,
    ) -> Option<PrototypeId> {
        if let Some(id) = self.ids.get(&prototype) {
            return *id;
        }
        // SAFETY: as the caller promises.
        let id = unsafe { self.add(state, prototype, image, room) };
        self.ids.insert(prototype, id);
        id
    }

    /// Finds the path of a prototype in the tree of its chunk.
    unsafe fn add(
        &mut self,
        state: *mut lua_State,
        prototype: lua::Prototype,
        image: &mut HeapImage,
        room: &mut usize,
    ) -> Option<PrototypeId> {
        // SAFETY: as the caller promises.
        let (chunk, prototypes) = unsafe { self.chunk_of(state, prototype, image, room) }?;
        let fingerprint = prototype.fingerprint();
        let named = prototypes.get(&fingerprint)?;
        let parameters = Texts::from_iter(prototype.parameter_names());
        let upvalue_names = Texts::from_iter(prototype.upvalue_names());
        Some(image.add_prototype(Prototype {
            chunk,
            proto_path: &named.path,
            fingerprint,
            line: prototype.line(),
            last_line: prototype.last_line(),
            parameters: parameters.all(),
            is_vararg: prototype.is_vararg(),
            upvalue_names: upvalue_names.all(),
        }))
    }

    /// The chunk that a prototype belongs to, and the prototypes in it. Its text is hashed once, however
    /// many functions it has.
    unsafe fn chunk_of(
        &mut self,
        state: *mut lua_State,
        prototype: lua::Prototype,
        image: &mut HeapImage,
        room: &mut usize,
    ) -> Option<(ChunkId, ChunkPrototypes)> {
        let address = prototype.source_address();
        if let Some(known) = self.sources.get(&address) {
            return known.clone();
        }
        // SAFETY: the prototype is alive, and with it its source; the rest as the caller promises.
        let known = unsafe {
            let source = prototype.source();
            chunk::split_source(source).and_then(|(name, text)| {
                let left = room.checked_sub(text.len())?;
                let prototypes = self.proto_paths.of(state, name, text)?;
                let shown = chunk::shown_name(name);
                let add = || {
                    *room = left;
                    image.add_chunk(Chunk { name: &String::from_utf8_lossy(&shown), text })
                };
                Some((*self.chunks.entry(Rc::as_ptr(&prototypes)).or_insert_with(add), prototypes))
            })
        };
        self.sources.insert(address, known.clone());
        known
    }
}
