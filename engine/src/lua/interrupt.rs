//! Reaching a running program: stopping it even if it resists, and inspecting it.
//!
//! Every `STEPS` steps the engine asks the host what it wants. To stop the program, it raises an error before the
//! next instruction; from then on it does so at every step, so that a `pcall` that catches the error runs straight
//! into the next one. If the host wants to answer a query, it does so before the next instruction.

use std::cell::{Cell, RefCell};
use std::ffi::c_int;
use std::rc::Rc;

use mlua::ffi::{self, lua_State};

use super::capture::Budget;
use super::heap::Heap;
use crate::host::{self, HostRequest};
use crate::image::HeapImage;

/// Steps between two polls of the host: a few microseconds of plain Lua, or a fraction of a second where each step
/// throws and catches an error.
const STEPS: c_int = 4096;

/// Why a program was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterruptReason {
    /// The host asked for a stop.
    Stopped,
    /// It reached its time limit.
    TimedOut,
    /// It called `os.exit` with this status.
    Exited(i64),
}

thread_local! {
    static REASON: Cell<Option<InterruptReason>> = const { Cell::new(None) };
    /// When the time limit is reached, by the host's monotonic clock.
    static DEADLINE_MILLIS: Cell<Option<f64>> = const { Cell::new(None) };
    /// The heap that the host can inspect.
    static HEAP: RefCell<Option<Rc<Heap>>> = const { RefCell::new(None) };
}

/// Starts polling the host, and the clock if there is a time limit.
pub fn watch(heap: &Rc<Heap>, time_millis: Option<u32>) {
    REASON.set(None);
    lua::set_ending(false);
    let now = host::with(|host| host.monotonic_millis()).unwrap_or_default();
    DEADLINE_MILLIS.set(time_millis.map(|limit| now + f64::from(limit)));
    HEAP.set(Some(Rc::clone(heap)));
    // SAFETY: `on_empty` does only what a fuel callback may do with the state.
    unsafe { lua::set_fuel(STEPS, Some(on_empty)) };
}

/// Stops polling. Returns why the program was interrupted, if it was.
pub fn unwatch() -> Option<InterruptReason> {
    // SAFETY: there is no callback.
    unsafe { lua::set_fuel(c_int::MAX, None) };
    lua::set_ending(false);
    HEAP.set(None);
    REASON.take()
}

/// From now on interrupts any Lua code after `STEPS` steps: for finalizers that run between runs or when a VM closes.
pub fn halt() {
    REASON.set(Some(InterruptReason::Stopped));
    // SAFETY: `interrupt_now` does only what a fuel callback may do with the state.
    unsafe { lua::set_fuel(STEPS, Some(interrupt_now)) };
}

/// Ends the running program with a status.
///
/// # Safety
/// To be called in a function that Lua called, while nothing that must be dropped is live.
pub unsafe fn exit(state: *mut lua_State, status: i64) -> ! {
    REASON.set(Some(InterruptReason::Exited(status)));
    lua::set_ending(true);
    // SAFETY: as the caller promises; the callback does only what a fuel callback may do with the state.
    unsafe {
        lua::set_fuel(0, Some(interrupt_now));
        lua::end(state.cast())
    }
}

/// Lets the host answer a query about the running program.
///
/// # Safety
/// To be called where all of Lua's API may be used.
pub unsafe fn answer(state: *mut lua_State) {
    let Some(heap) = HEAP.with_borrow(Clone::clone) else { return };
    // SAFETY: as the caller promises.
    unsafe {
        without_hook(state, || {
            let mut capture = || heap.capture_home(state).map_err(|error| error.to_string());
            host::with(|host| host.answer(&mut capture));
        });
    }
}

/// Captures the values at the top of the stack, and removes them. `None` if no program runs, or there is no memory.
///
/// # Safety
/// As for [`answer`]; there are as many values.
pub unsafe fn capture_values(state: *mut lua_State, count: c_int, budget: Budget) -> Option<HeapImage> {
    let heap = HEAP.with_borrow(Clone::clone)?;
    // SAFETY: as the caller promises.
    unsafe { without_hook(state, || heap.capture_values(state, count, budget).ok()) }
}

/// Does something that no request of the host and no limit interrupts, and in which nothing of the program runs. What was
/// to interrupt the program does so afterwards.
///
/// # Safety
/// As for [`answer`]; `work` raises no error.
pub unsafe fn undisturbed<T>(state: *mut lua_State, work: impl FnOnce() -> T) -> T {
    let heap = HEAP.with_borrow(Clone::clone);
    // SAFETY: as the caller promises; the fuel is given back as it was.
    unsafe {
        lua::set_fuel(c_int::MAX, None);
        lua::set_ending(false);
        let done = without_hook(state, || match &heap {
            Some(heap) => heap.without_limits(work),
            None => work(),
        });
        match REASON.get() {
            None => lua::set_fuel(STEPS, Some(on_empty)),
            Some(reason) => {
                lua::set_ending(reason != InterruptReason::TimedOut);
                lua::set_fuel(0, Some(interrupt_now));
            }
        }
        done
    }
}

/// Does something while the program's finalizers and its own hook do not run.
///
/// # Safety
/// As for [`answer`]; `work` raises no error.
pub unsafe fn alone<T>(state: *mut lua_State, work: impl FnOnce() -> T) -> T {
    // SAFETY: as the caller promises.
    unsafe {
        let was_running = ffi::lua_gc(state, ffi::LUA_GCISRUNNING) != 0;
        ffi::lua_gc(state, ffi::LUA_GCSTOP);
        let done = without_hook(state, work);
        if was_running {
            ffi::lua_gc(state, ffi::LUA_GCRESTART);
        }
        done
    }
}

/// Whether the program is being ended, by a stop or by itself.
pub fn is_ending() -> bool {
    matches!(REASON.get(), Some(InterruptReason::Stopped | InterruptReason::Exited(_)))
}

/// Does something while the program's own hook, which must not run when the engine works, is off.
unsafe fn without_hook<T>(state: *mut lua_State, work: impl FnOnce() -> T) -> T {
    // SAFETY: the hook is set as it was.
    unsafe {
        let (hook, mask, count) = (ffi::lua_gethook(state), ffi::lua_gethookmask(state), ffi::lua_gethookcount(state));
        ffi::lua_sethook(state, None, 0, 0);
        let done = work();
        ffi::lua_sethook(state, hook, mask, count);
        done
    }
}

unsafe extern "C-unwind" fn on_empty(state: *mut lua::lua_State) {
    // SAFETY: asking for the size of the heap is allowed in the middle of an instruction.
    let kibibytes = unsafe { ffi::lua_gc(state.cast(), ffi::LUA_GCCOUNT) };
    let request = host::with(|host| host.poll(u64::try_from(kibibytes).unwrap_or_default() << 10));
    let is_past_deadline = || {
        let now = || host::with(|host| host.monotonic_millis()).unwrap_or_default();
        DEADLINE_MILLIS.get().is_some_and(|deadline| now() > deadline)
    };
    let reason = match request {
        Some(HostRequest::Stop) => InterruptReason::Stopped,
        _ if is_past_deadline() => InterruptReason::TimedOut,
        Some(HostRequest::Answer) => {
            // SAFETY: the hook removes itself. Where Lua runs no hooks, the request stays until a later poll.
            unsafe { lua::call_soon(state, on_query) };
            return;
        }
        _ => return,
    };
    REASON.set(Some(reason));
    lua::set_ending(reason == InterruptReason::Stopped);
    // SAFETY: as for `interrupt_now`.
    unsafe { interrupt_now(state) };
}

unsafe extern "C-unwind" fn interrupt_now(state: *mut lua::lua_State) {
    // SAFETY: the callback does only what a fuel callback may do with the state; interrupting is the last thing that
    // happens here, and nothing needs to be dropped.
    unsafe {
        lua::set_fuel(0, Some(interrupt_now));
        lua::interrupt(state, raise);
    }
}

unsafe extern "C-unwind" fn raise(state: *mut lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: hooks may raise. The coroutine may have outlived the run.
    unsafe {
        if REASON.get().is_some() {
            ffi::luaL_error(state, c"time limit exceeded".as_ptr());
        }
    }
}

unsafe extern "C-unwind" fn on_query(state: *mut lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: all of Lua's API may be used in a hook. It may fire in a later run or in none; `answer` checks that.
    unsafe { answer(state) }
}
