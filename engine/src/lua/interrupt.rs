//! Reaching a program that runs: stopping it when it does not want to stop, and looking into it.
//!
//! Every so many steps Lua asks what the host wants. If that is a stop, an error is raised before the next
//! instruction; and from then on every step asks again, so that a `pcall` that catches the error runs
//! straight into the next. If it is an answer, the host gives it before the next instruction.

use std::cell::{Cell, RefCell};
use std::ffi::c_int;
use std::rc::Rc;

use mlua::ffi::{self, lua_State};

use super::heap::Heap;
use crate::host::{self, Wish};

/// Steps between two questions: some microseconds of plain Lua, and a small part of a second where each step
/// throws and catches an error.
const STEPS: c_int = 4096;

/// Why a program was not let go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The host asked for a stop.
    Stopped,
    /// Its time was over.
    TimedOut,
    /// It ended itself, with this status.
    Exited(i64),
}

thread_local! {
    static CUT: Cell<Option<Cut>> = const { Cell::new(None) };
    /// When the time is over, by the host's monotonic clock.
    static DEADLINE_MILLIS: Cell<Option<f64>> = const { Cell::new(None) };
    /// What the host can look into.
    static HEAP: RefCell<Option<Rc<Heap>>> = const { RefCell::new(None) };
}

/// Begins to ask the host what it wants, and the clock if there is a limit.
pub fn watch(heap: &Rc<Heap>, time_millis: Option<u32>) {
    CUT.set(None);
    lua::set_ending(false);
    let now = host::with(|host| host.monotonic_millis()).unwrap_or_default();
    DEADLINE_MILLIS.set(time_millis.map(|limit| now + f64::from(limit)));
    HEAP.set(Some(Rc::clone(heap)));
    // SAFETY: `on_empty` does no more with the state than it may.
    unsafe { lua::set_fuel(STEPS, Some(on_empty)) };
}

/// Ends that. Gives whether and why the program was not let go on.
pub fn unwatch() -> Option<Cut> {
    // SAFETY: there is no callback.
    unsafe { lua::set_fuel(c_int::MAX, None) };
    lua::set_ending(false);
    HEAP.set(None);
    CUT.take()
}

/// From now on stops whatever runs for more than a moment: for finalizers, of a VM that closes or between runs.
pub fn halt() {
    CUT.set(Some(Cut::Stopped));
    // SAFETY: `cut` does no more with the state than it may.
    unsafe { lua::set_fuel(STEPS, Some(cut)) };
}

/// Ends the program that runs, with a status.
///
/// # Safety
/// In a function that Lua called, with nothing that must be dropped.
pub unsafe fn exit(state: *mut lua_State, status: i64) -> ! {
    CUT.set(Some(Cut::Exited(status)));
    lua::set_ending(true);
    // SAFETY: as the caller promises; the callback does no more with the state than it may.
    unsafe {
        lua::set_fuel(0, Some(cut));
        lua::end(state.cast())
    }
}

/// Lets the host answer a question about the program that runs.
///
/// # Safety
/// Where all of Lua's interface may be used.
pub unsafe fn answer(state: *mut lua_State) {
    let Some(heap) = HEAP.with_borrow(Clone::clone) else { return };
    // SAFETY: as the caller promises. A hook of the program must not run where the engine works.
    unsafe {
        let (hook, mask, count) = (ffi::lua_gethook(state), ffi::lua_gethookmask(state), ffi::lua_gethookcount(state));
        ffi::lua_sethook(state, None, 0, 0);
        let mut capture = || heap.capture_home(state).map_err(|error| error.to_string());
        host::with(|host| host.answer(&mut capture));
        ffi::lua_sethook(state, hook, mask, count);
    }
}

unsafe extern "C-unwind" fn on_empty(state: *mut lua::lua_State) {
    // SAFETY: asking for the size of the heap is allowed in the middle of an instruction.
    let kibibytes = unsafe { ffi::lua_gc(state.cast(), ffi::LUA_GCCOUNT) };
    let wish = host::with(|host| host.poll(u64::try_from(kibibytes).unwrap_or_default() << 10));
    let is_over = || {
        let now = || host::with(|host| host.monotonic_millis()).unwrap_or_default();
        DEADLINE_MILLIS.get().is_some_and(|deadline| now() > deadline)
    };
    let reason = match wish {
        Some(Wish::Stop) => Cut::Stopped,
        _ if is_over() => Cut::TimedOut,
        Some(Wish::Answer) => {
            // SAFETY: the hook takes itself off. Where there can be none, the wish will still be there later.
            unsafe { lua::call_soon(state, on_question) };
            return;
        }
        _ => return,
    };
    CUT.set(Some(reason));
    lua::set_ending(reason == Cut::Stopped);
    // SAFETY: as for `cut`.
    unsafe { cut(state) };
}

unsafe extern "C-unwind" fn cut(state: *mut lua::lua_State) {
    // SAFETY: the callback does no more with the state than it may; to interrupt is the last that happens here, and
    // there is nothing to be dropped.
    unsafe {
        lua::set_fuel(0, Some(cut));
        lua::interrupt(state, raise);
    }
}

unsafe extern "C-unwind" fn raise(state: *mut lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: hooks may raise. The coroutine may have outlived the run.
    unsafe {
        if CUT.get().is_some() {
            ffi::luaL_error(state, c"time limit exceeded".as_ptr());
        }
    }
}

unsafe extern "C-unwind" fn on_question(state: *mut lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: all of Lua's interface may be used in a hook. It may be a later run's, or nobody's.
    unsafe { answer(state) }
}
