//! Prototypes: what the compiler makes of each function in a chunk, and what closures are made of.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::NonNull;

use mlua_sys::{lua_Debug, lua_State};

unsafe extern "C-unwind" {
    fn cu_prototype(state: *mut lua_State, index: c_int) -> *const c_void;
    fn cu_child_count(prototype: *const c_void) -> c_int;
    fn cu_child(prototype: *const c_void, index: c_int) -> *const c_void;
    fn cu_line(prototype: *const c_void) -> c_int;
    fn cu_last_line(prototype: *const c_void) -> c_int;
    fn cu_upvalue_count(prototype: *const c_void) -> c_int;
    fn cu_parameter_count(prototype: *const c_void) -> c_int;
    fn cu_is_vararg(prototype: *const c_void) -> c_int;
    fn cu_source(prototype: *const c_void, length: *mut usize) -> *const c_char;
    fn cu_source_object(prototype: *const c_void) -> *const c_void;
    fn cu_upvalue_name(prototype: *const c_void, index: c_int, length: *mut usize) -> *const c_char;
    fn cu_parameter_name(prototype: *const c_void, index: c_int, length: *mut usize) -> *const c_char;
    fn cu_global(prototype: *const c_void, position: *mut c_int, length: *mut usize) -> *const c_char;
    fn cu_fingerprint(prototype: *const c_void) -> u64;
    fn cu_push_closure(state: *mut lua_State, prototype: *const c_void);
    fn cu_push_object(state: *mut lua_State, object: *const c_void);
    fn cu_object(state: *mut lua_State, index: c_int) -> *const c_void;
    fn cu_forget_text(state: *mut lua_State, name: *const c_char);
    fn cu_caller(state: *mut lua_State, call: *mut lua_Debug) -> c_int;
}

/// A prototype in Lua's heap. Alive as long as a function of its chunk is; the user of this type must
/// ensure that (so every constructor is unsafe).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prototype(NonNull<c_void>);

impl Prototype {
    /// The prototype of the value at a stack index; `None` if that is not a function written in Lua.
    ///
    /// # Safety
    /// `index` is a valid index, not a pseudo one. The function stays alive as long as the result is used.
    pub unsafe fn of(state: *mut lua_State, index: c_int) -> Option<Prototype> {
        // SAFETY: as the caller promises.
        NonNull::new(unsafe { cu_prototype(state, index) }.cast_mut()).map(Prototype)
    }

    /// The functions defined directly in this one, in the order of the source text.
    pub fn children(self) -> impl Iterator<Item = Prototype> {
        // SAFETY: `self` is alive.
        let count = unsafe { cu_child_count(self.0.as_ptr()) };
        (0..count as u32).filter_map(move |index| self.child(index))
    }

    /// One of the functions defined directly in this one, in the order of the source text.
    pub fn child(self, index: u32) -> Option<Prototype> {
        let index = c_int::try_from(index).ok()?;
        // SAFETY: `self` is alive, so its children are, and the index is in range.
        unsafe {
            if index >= cu_child_count(self.0.as_ptr()) {
                return None;
            }
            NonNull::new(cu_child(self.0.as_ptr(), index).cast_mut()).map(Prototype)
        }
    }

    /// The line of its `function`, from 1; 0 for the main function of a chunk.
    pub fn line(self) -> u32 {
        // SAFETY: `self` is alive; so below.
        unsafe { cu_line(self.0.as_ptr()) as u32 }
    }

    /// The line of its `end`; 0 for the main function of a chunk.
    pub fn last_line(self) -> u32 {
        // SAFETY: `self` is alive.
        unsafe { cu_last_line(self.0.as_ptr()) as u32 }
    }

    /// Whether it takes `...`.
    pub fn is_vararg(self) -> bool {
        // SAFETY: `self` is alive.
        unsafe { cu_is_vararg(self.0.as_ptr()) != 0 }
    }

    /// How many upvalues a closure of it has.
    pub fn upvalue_count(self) -> usize {
        // SAFETY: `self` is alive.
        unsafe { cu_upvalue_count(self.0.as_ptr()) as usize }
    }

    /// The names of its upvalues.
    pub fn upvalue_names(self) -> Vec<String> {
        let count = self.upvalue_count() as c_int;
        // SAFETY: `self` is alive and the indices are in range.
        (0..count).map(|index| lossy(|length| unsafe { cu_upvalue_name(self.0.as_ptr(), index, length) })).collect()
    }

    /// The names of its parameters, without `...`.
    pub fn parameter_names(self) -> Vec<String> {
        // SAFETY: `self` is alive.
        let count = unsafe { cu_parameter_count(self.0.as_ptr()) };
        // SAFETY: `self` is alive and the indices are in range.
        (0..count).map(|index| lossy(|length| unsafe { cu_parameter_name(self.0.as_ptr(), index, length) })).collect()
    }

    /// The names of the globals that it reads, once for each read, without the functions in it.
    pub fn globals(self) -> Vec<Vec<u8>> {
        let mut position = 0;
        std::iter::from_fn(|| {
            // SAFETY: `self` is alive; the position is the number of instructions seen so far.
            let name = bytes(|length| unsafe { cu_global(self.0.as_ptr(), &raw mut position, length) });
            (position >= 0).then_some(name)
        })
        .collect()
    }

    /// The string that its chunk was loaded under, a NUL byte and its text; the text alone where it is the name.
    ///
    /// # Safety
    /// The bytes are part of Lua's heap: they live as long as a function of the chunk does.
    pub unsafe fn source<'a>(self) -> &'a [u8] {
        let mut length = 0;
        // SAFETY: `self` is alive, and so is its source; the caller promises the rest.
        unsafe {
            let start = cu_source(self.0.as_ptr(), &mut length);
            std::slice::from_raw_parts(start.cast::<u8>(), length)
        }
    }

    /// The address of that string: one for all functions of a chunk. Null where there is none.
    pub fn source_address(self) -> *const c_void {
        // SAFETY: `self` is alive.
        unsafe { cu_source_object(self.0.as_ptr()) }
    }

    /// A hash of its position in the text, code, constants and upvalue descriptions, and of the functions in it. The
    /// same on every platform.
    pub fn fingerprint(self) -> u64 {
        // SAFETY: `self` is alive.
        unsafe { cu_fingerprint(self.0.as_ptr()) }
    }
}

fn bytes(read: impl FnOnce(*mut usize) -> *const c_char) -> Vec<u8> {
    let mut length = 0;
    let start = read(&mut length);
    // SAFETY: Lua gave the start and the length of a string that lives in a live prototype.
    unsafe { std::slice::from_raw_parts(start.cast::<u8>(), length) }.to_vec()
}

fn lossy(read: impl FnOnce(*mut usize) -> *const c_char) -> String {
    String::from_utf8_lossy(&bytes(read)).into_owned()
}

/// Pushes a new closure of a prototype; each upvalue is fresh and nil. May raise a memory error.
///
/// # Safety
/// The prototype is alive in this state, and there is room on the stack.
pub unsafe fn push_closure(state: *mut lua_State, prototype: Prototype) {
    // SAFETY: as the caller promises.
    unsafe { cu_push_closure(state, prototype.0.as_ptr()) }
}

/// The address of the string, table, function or other object at a stack index; null for values that
/// are not objects. Two values are the same object if and only if the addresses are equal.
///
/// # Safety
/// `index` is a valid index, not a pseudo one.
pub unsafe fn object_address(state: *mut lua_State, index: c_int) -> *const c_void {
    // SAFETY: as the caller promises.
    unsafe { cu_object(state, index) }
}

/// Pushes the object at an address that [`object_address`] gave.
///
/// # Safety
/// The object is still alive (the collector is stopped meanwhile), and there is room on the stack.
pub unsafe fn push_object(state: *mut lua_State, object: *const c_void) {
    // SAFETY: as the caller promises.
    unsafe { cu_push_object(state, object) }
}

/// Goes from a call to its caller. Returns false at the end of the stack. Walking a deep stack this way takes linear
/// time; `lua_getstack` counts from the top each time, so walking with it takes quadratic time.
///
/// # Safety
/// `call` was filled by `lua_getstack` or by this, and that call has not returned since.
pub unsafe fn to_caller(state: *mut lua_State, call: &mut lua_Debug) -> bool {
    // SAFETY: as the caller promises.
    unsafe { cu_caller(state, call) != 0 }
}

/// Has the functions of a chunk know its name alone, as if nobody had the text: they are never stored then.
///
/// # Safety
/// The main function of the chunk is at the top of the stack; Lua may raise a memory error.
pub unsafe fn forget_text(state: *mut lua_State, name: &CStr) {
    // SAFETY: as the caller promises.
    unsafe { cu_forget_text(state, name.as_ptr()) }
}
