//! Lua 5.4 itself: the library that `mlua` binds to, built from source for the host and for
//! wasm32-unknown-unknown, plus what its C API lacks: fuel, access to closures,
//! and files in memory.

mod closures;
mod coroutines;
mod ending;
mod files;
mod fuel;
mod modules;
mod numbers;
mod order;
mod system;
#[cfg(target_arch = "wasm32")]
mod wasi;

pub use mlua_sys::lua_State;

pub use closures::{Prototype, forget_text, object_address, push_closure, push_object, to_caller};
pub use coroutines::{
    CoroutineProblem, Native, build_coroutine, coroutine_numbers, coroutine_problem, coroutine_slots, join_slot,
    matches, next_open, push_matches, push_native_upvalue, push_slot, push_wrap,
};
pub use ending::{end, open_warnings, set_ending};
pub use files::{Content, Contents, FileError, FileRules, Files, forget_input, has_file, set_files};
pub use fuel::{call_soon, interrupt, set_fuel};
pub use numbers::{exact_text_of, float_of, text_of};
pub use order::sort_seldom;
pub use system::{ReadLine, Stream, System, hash_seed, set_read_line, set_system, system};
