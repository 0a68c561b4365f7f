//! Captures coroutines, and what else Lua's C code makes for programs.

use std::ffi::c_int;
use std::ptr;

use lua::{CoroutineProblem, Native};
use mlua::ffi::{self, lua_State};

use super::{Address, Capture, Visit};
use crate::image::{NativeId, NativeKind, NativeSpan, Opaque, Value};

impl Capture<'_> {
    /// The value at an index, if it is a native object.
    ///
    /// # Safety
    /// As for [`Capture::add_stack`]; so below.
    pub(super) unsafe fn native(&mut self, index: c_int) -> Option<Value> {
        // SAFETY: the index is valid.
        let (native, address) = unsafe {
            let state = self.state.cast();
            (lua::Native::of(state, index)?, lua::object_address(state, index))
        };
        if let Some(id) = self.natives.get(&address) {
            return Some(Value::Native(*id));
        }
        if self.is_full() {
            return Some(Value::Opaque(Opaque::LeftOut));
        }
        let kind = match native {
            Native::Coroutine => NativeKind::Coroutine,
            Native::Wrap => NativeKind::Wrap,
            Native::Matches => NativeKind::Matches,
        };
        // SAFETY: a function of `coroutine.wrap` has a coroutine as its only upvalue.
        let problem = unsafe {
            match native {
                Native::Coroutine => self.problem(ffi::lua_tothread(self.state, index)),
                Native::Wrap => {
                    lua::push_native_upvalue(self.state.cast(), index, 0);
                    let problem = self.problem(ffi::lua_tothread(self.state, -1));
                    ffi::lua_settop(self.state, -2);
                    problem
                }
                Native::Matches => None,
            }
        };
        if let Some(problem) = problem {
            return Some(Value::Opaque(problem));
        }
        let id = NativeId(self.image.natives.len() as u32);
        self.image.natives.push(NativeSpan { kind, ..NativeSpan::default() });
        self.natives.insert(address, id);
        self.to_visit.push_back(Visit::Native(address, id));
        Some(Value::Native(id))
    }

    /// Why a coroutine cannot be captured.
    unsafe fn problem(&mut self, coroutine: *mut lua_State) -> Option<Opaque> {
        let state = self.state;
        // SAFETY: it is alive, and there is room for the functions that it is in.
        unsafe {
            match lua::coroutine_problem(coroutine.cast()) {
                Some(CoroutineProblem::Main) => return Some(Opaque::MainCoroutine),
                Some(CoroutineProblem::Running) => return Some(Opaque::RunningCoroutine),
                Some(CoroutineProblem::InC) => return Some(Opaque::NativeCoroutine),
                None => {}
            }
            let start = self.image.numbers.len();
            lua::coroutine_numbers(coroutine.cast(), &mut self.image.numbers);
            let frames = self.image.numbers[start + 1] as usize;
            let mut is_kept = true;
            for frame in 0..frames {
                let func = self.image.numbers[start + 2 + 5 * frame];
                lua::push_slot(state.cast(), coroutine.cast(), func);
                is_kept = is_kept && self.has_source(ffi::lua_gettop(state));
                ffi::lua_settop(state, -2);
            }
            self.image.numbers.truncate(start);
            (!is_kept).then_some(Opaque::SourcelessCoroutine)
        }
    }

    /// Whether a function is written in C, or what it is made of can be captured. One of the library cannot: what it is made of
    /// may change from version to version.
    unsafe fn has_source(&mut self, index: c_int) -> bool {
        // SAFETY: the value is a function; its prototype lives as long as it.
        unsafe {
            let Some(prototype) = lua::Prototype::of(self.state.cast(), index) else { return true };
            let identity = ffi::lua_topointer(self.state, index);
            self.permanents.path(ffi::LUA_TFUNCTION, identity).is_none()
                && self.prototypes.id(self.state, prototype, &mut self.image, &mut self.budget.bytes).is_some()
        }
    }

    pub(super) unsafe fn visit_native(&mut self, address: Address, id: NativeId) {
        let state = self.state;
        let kind = self.image.natives[id.0 as usize].kind;
        let numbers_start = self.image.numbers.len() as u32;
        // SAFETY: the object is alive: it is reachable from a root, and nothing is collected. Each kind has as many parts.
        unsafe {
            lua::push_object(state.cast(), address);
            let object = ffi::lua_gettop(state);
            let coroutine = ffi::lua_tothread(state, object);
            let slots = match kind {
                NativeKind::Coroutine => lua::coroutine_slots(coroutine.cast()),
                NativeKind::Wrap => 1,
                NativeKind::Matches => 2,
            };
            let start = self.image.values.len() as u32;
            for slot in 0..slots {
                match kind {
                    NativeKind::Coroutine => lua::push_slot(state.cast(), coroutine.cast(), slot + 1),
                    _ => lua::push_native_upvalue(state.cast(), object, slot as c_int),
                }
                let value = self.value(-1);
                self.image.values.push(value);
                ffi::lua_settop(state, object);
            }
            match kind {
                NativeKind::Coroutine => {
                    lua::coroutine_numbers(coroutine.cast(), &mut self.image.numbers);
                    self.coroutines.push((coroutine, id));
                }
                NativeKind::Wrap => {}
                NativeKind::Matches => self.image.numbers.extend(lua::matches(state.cast(), object)),
            }
            ffi::lua_settop(state, object - 1);
            let numbers = self.image.numbers.len() as u32 - numbers_start;
            let parts = NativeSpan { kind, start, slots, numbers_start, numbers, ..NativeSpan::default() };
            self.image.natives[id.0 as usize] = parts;
        }
    }

    /// Notes which slots of coroutines are upvalues of functions: that is known when all functions were met. The collector
    /// decides when Lua forgets the others.
    pub(super) unsafe fn add_open_slots(&mut self) {
        for (coroutine, id) in std::mem::take(&mut self.coroutines) {
            if self.image.native(id).frames().next().is_none() {
                continue;
            }
            let mut open = Vec::new();
            let mut upvalue = ptr::null();
            // SAFETY: the coroutine is alive, and the upvalue is one of it.
            while let Some((next, slot)) = unsafe { lua::next_open(coroutine.cast(), upvalue) } {
                open.extend(self.cells.get(&next).map(|cell| (slot, *cell)));
                upvalue = next;
            }
            let image = &mut self.image;
            let span = &mut image.natives[id.0 as usize];
            if open.is_empty() {
                continue;
            }
            // The numbers stay together: they move to the end.
            let start = image.numbers.len() as u32;
            image.numbers.extend_from_within(span.numbers_start as usize..(span.numbers_start + span.numbers) as usize);
            span.cells_start = image.upvalues.len() as u32;
            for (slot, cell) in open.iter().rev() {
                image.numbers.push(*slot);
                image.upvalues.push(*cell);
                image.values.set((span.start + slot - 1) as usize, Value::Nil);
            }
            span.numbers_start = start;
            span.numbers += open.len() as u32;
            span.cells = open.len() as u32;
        }
    }
}
