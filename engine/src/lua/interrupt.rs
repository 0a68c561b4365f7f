//! Stopping a program that does not want to stop.
//!
//! Every so many steps Lua asks whether it may go on. If not, an error is raised before the next
//! instruction; and from then on every step asks again, so that a `pcall` that catches the error runs
//! straight into the next.

use std::cell::Cell;
use std::ffi::c_int;

use mlua::ffi::{self, lua_State};

use crate::host;

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
}

thread_local! {
    static CUT: Cell<Option<Cut>> = const { Cell::new(None) };
    /// When the time is over, by the host's monotonic clock.
    static DEADLINE_MILLIS: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Begins to ask the host whether to stop, and the clock if there is a limit.
pub fn watch(time_millis: Option<u32>) {
    CUT.set(None);
    let now = host::with(|host| host.monotonic_millis()).unwrap_or_default();
    DEADLINE_MILLIS.set(time_millis.map(|limit| now + f64::from(limit)));
    lua::set_fuel(STEPS, Some(on_empty));
}

/// Ends that. Gives whether and why the program was not let go on.
pub fn unwatch() -> Option<Cut> {
    lua::set_fuel(c_int::MAX, None);
    CUT.take()
}

/// From now on stops whatever runs for more than a moment: for the finalizers of a VM that closes.
pub fn halt() {
    CUT.set(Some(Cut::Stopped));
    lua::set_fuel(STEPS, Some(cut));
}

/// Why the program may not go on, if so.
fn reason() -> Option<Cut> {
    host::with(|host| {
        let is_over = |deadline: f64| host.monotonic_millis() > deadline;
        if host.is_stop_requested() {
            Some(Cut::Stopped)
        } else if DEADLINE_MILLIS.get().is_some_and(is_over) {
            Some(Cut::TimedOut)
        } else {
            None
        }
    })
    .flatten()
}

unsafe extern "C-unwind" fn on_empty(state: *mut lua::lua_State) {
    if let Some(reason) = reason() {
        CUT.set(Some(reason));
        // SAFETY: as for `cut`.
        unsafe { cut(state) };
    }
}

unsafe extern "C-unwind" fn cut(state: *mut lua::lua_State) {
    lua::set_fuel(0, Some(cut));
    // SAFETY: this is the last that happens here, and there is nothing to be dropped.
    unsafe { lua::interrupt(state, raise) };
}

unsafe extern "C-unwind" fn raise(state: *mut lua_State, _: *mut ffi::lua_Debug) {
    // SAFETY: hooks may raise. The hook of a coroutine that outlives the run takes itself off.
    unsafe {
        ffi::lua_sethook(state, None, 0, 0);
        if CUT.get().is_some() {
            ffi::luaL_error(state, c"time limit exceeded".as_ptr());
        }
    }
}
