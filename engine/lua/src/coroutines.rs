//! Coroutines, and what else Lua's C code makes for programs, as data. What the numbers mean is in FORMAT.md of the
//! engine's codec.

use std::ffi::{c_int, c_void};

use mlua_sys::lua_State;

unsafe extern "C-unwind" {
    fn cu_native_kind(state: *mut lua_State, index: c_int) -> c_int;
    fn cu_push_native_upvalue(state: *mut lua_State, index: c_int, upvalue: c_int);
    fn cu_matches(state: *mut lua_State, index: c_int, numbers: *mut u32);
    fn cu_push_matches(state: *mut lua_State, numbers: *const u32) -> c_int;
    fn cu_push_wrap(state: *mut lua_State) -> c_int;
    fn cu_coroutine_problem(coroutine: *const lua_State) -> c_int;
    fn cu_coroutine_slots(coroutine: *const lua_State) -> u32;
    fn cu_push_slot(state: *mut lua_State, coroutine: *const lua_State, slot: u32);
    fn cu_coroutine_numbers(coroutine: *const lua_State, numbers: *mut u32) -> u32;
    fn cu_next_open(coroutine: *const lua_State, upvalue: *const c_void, slot: *mut u32) -> *const c_void;
    fn cu_build_coroutine(
        from: *mut lua_State,
        coroutine: *mut lua_State,
        numbers: *const u32,
        count: u32,
        open: u32,
        work: *mut i64,
    ) -> c_int;
    fn cu_join_slot(state: *mut lua_State, index: c_int, upvalue: c_int, coroutine: *mut lua_State, slot: u32);
}

/// What Lua's C code makes and programs hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Native {
    /// A coroutine.
    Coroutine,
    /// A function that `coroutine.wrap` made. Its upvalue 0 is the coroutine.
    Wrap,
    /// An iterator of `string.gmatch`. Its upvalues 0 and 1 are the text and the pattern.
    Matches,
}

impl Native {
    /// Which one a value is.
    ///
    /// # Safety
    /// `index` is a valid index, not a pseudo one.
    pub unsafe fn of(state: *mut lua_State, index: c_int) -> Option<Native> {
        // SAFETY: as the caller promises.
        match unsafe { cu_native_kind(state, index) } {
            0 => Some(Native::Coroutine),
            1 => Some(Native::Wrap),
            2 => Some(Native::Matches),
            _ => None,
        }
    }
}

/// Why a coroutine cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoroutineProblem {
    /// It is the main one.
    Main,
    /// It runs, or waits for another one that it has resumed.
    Running,
    /// It waits in a function in C that has more state than Lua can name.
    InC,
}

/// Pushes an upvalue of the native function at an index.
///
/// # Safety
/// It has that upvalue, and there is room on the stack.
pub unsafe fn push_native_upvalue(state: *mut lua_State, index: c_int, upvalue: c_int) {
    // SAFETY: as the caller promises.
    unsafe { cu_push_native_upvalue(state, index, upvalue) }
}

/// How far the iterator of `string.gmatch` at an index has come.
///
/// # Safety
/// It is one.
pub unsafe fn matches(state: *mut lua_State, index: c_int) -> [u32; 2] {
    let mut numbers = [0; 2];
    // SAFETY: as the caller promises; there is room for two numbers.
    unsafe { cu_matches(state, index, numbers.as_mut_ptr()) }
    numbers
}

/// Replaces two values at the top by an iterator of `string.gmatch` that has come that far. Returns false, and leaves them, if
/// they are no text and no pattern, or the text ends before that.
///
/// # Safety
/// There are two values, and room for two more. Lua may raise a memory error.
pub unsafe fn push_matches(state: *mut lua_State, numbers: &[u32; 2]) -> bool {
    // SAFETY: as the caller promises.
    unsafe { cu_push_matches(state, numbers.as_ptr()) != 0 }
}

/// Replaces the coroutine at the top by a function as `coroutine.wrap` makes it. Returns false, and leaves it, if it is no
/// coroutine.
///
/// # Safety
/// There is a value. Lua may raise a memory error.
pub unsafe fn push_wrap(state: *mut lua_State) -> bool {
    // SAFETY: as the caller promises.
    unsafe { cu_push_wrap(state) != 0 }
}

/// Why a coroutine cannot be kept, as far as that is known without a look at its functions.
///
/// # Safety
/// The coroutine is alive; so for all that follows.
pub unsafe fn coroutine_problem(coroutine: *const lua_State) -> Option<CoroutineProblem> {
    // SAFETY: as the caller promises.
    match unsafe { cu_coroutine_problem(coroutine) } {
        0 => None,
        1 => Some(CoroutineProblem::Main),
        2 => Some(CoroutineProblem::Running),
        _ => Some(CoroutineProblem::InC),
    }
}

/// How many slots of a coroutine's stack are stored.
///
/// # Safety
/// It has no [`CoroutineProblem`].
pub unsafe fn coroutine_slots(coroutine: *const lua_State) -> u32 {
    // SAFETY: as the caller promises.
    unsafe { cu_coroutine_slots(coroutine) }
}

/// Pushes the value of a stored slot, from 1.
///
/// # Safety
/// There is that slot, and room on the stack.
pub unsafe fn push_slot(state: *mut lua_State, coroutine: *const lua_State, slot: u32) {
    // SAFETY: as the caller promises.
    unsafe { cu_push_slot(state, coroutine, slot) }
}

/// Appends the numbers of a coroutine, without those of open slots.
///
/// # Safety
/// It has no [`CoroutineProblem`].
pub unsafe fn coroutine_numbers(coroutine: *const lua_State, numbers: &mut Vec<u32>) {
    let start = numbers.len();
    // SAFETY: as the caller promises; there is room for as many numbers as there are.
    unsafe {
        let count = cu_coroutine_numbers(coroutine, std::ptr::null_mut());
        numbers.resize(start + count as usize, 0);
        cu_coroutine_numbers(coroutine, numbers[start..].as_mut_ptr());
    }
}

/// The identity of the open upvalue after another one of a coroutine, with its slot: from the innermost, which is after null.
/// An identity is what `lua_upvalueid` says.
///
/// # Safety
/// The upvalue is an open one of the coroutine, or null.
pub unsafe fn next_open(coroutine: *const lua_State, upvalue: *const c_void) -> Option<(*const c_void, u32)> {
    let mut slot = 0;
    // SAFETY: as the caller promises.
    let next = unsafe { cu_next_open(coroutine, upvalue, &raw mut slot) };
    (!next.is_null()).then_some((next, slot))
}

/// Builds the calls of a new coroutine, whose stack already has its values and nothing else. Trusts neither the values nor
/// the numbers. Returns false if they do not fit; it has not started then. `work` is how many instructions may be
/// looked at, in this and the next ones. The last `open` numbers are those of open slots.
///
/// # Safety
/// Of the numbers, the second is how many frames follow, and as many follow; the metatables of the values are not set yet. In
/// protected mode.
pub unsafe fn build_coroutine(
    state: *mut lua_State,
    coroutine: *mut lua_State,
    numbers: &[u32],
    open: u32,
    work: &mut i64,
) -> bool {
    // SAFETY: as the caller promises.
    unsafe { cu_build_coroutine(state, coroutine, numbers.as_ptr(), numbers.len() as u32, open, work) != 0 }
}

/// Has an upvalue, counted from 1, of the function at an index be a slot of a coroutine.
///
/// # Safety
/// It is a function in Lua with as many upvalues; the coroutine was built with that slot as an open one. In protected
/// mode.
pub unsafe fn join_slot(state: *mut lua_State, index: c_int, upvalue: c_int, coroutine: *mut lua_State, slot: u32) {
    // SAFETY: as the caller promises.
    unsafe { cu_join_slot(state, index, upvalue, coroutine, slot) }
}
