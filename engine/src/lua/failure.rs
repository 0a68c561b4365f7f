//! Errors of the user's program: from Lua's error values to [`Failure`].

use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::{CStr, c_int};

use mlua::ffi::{self, lua_State};
use wire::{ChunkLocation, ChunkName, SourcePath};

/// An error of a chunk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Lua's message, with the source location in front where Lua puts one.
    pub message: String,
    /// Where the error arose.
    pub location: Option<ChunkLocation>,
    /// As `debug.traceback` returns it.
    pub traceback: String,
}

/// How long the shown name of a chunk can be (LUA_IDSIZE), where each of its bytes became the replacement
/// character, as bytes that are not UTF-8 do.
const MAX_SHOWN_NAME_BYTES: usize = 60 * char::REPLACEMENT_CHARACTER.len_utf8();

thread_local! {
    /// What the message handler recorded about the last error.
    static NOTED: RefCell<Option<Failure>> = const { RefCell::new(None) };
}

/// A message handler for `lua_pcall`: records the error for [`take`] while its stack still exists.
pub unsafe extern "C-unwind" fn note(state: *mut lua_State) -> c_int {
    // SAFETY: Lua calls this with the error at index 1. The calls that can raise an error come first, when
    // nothing needs to be dropped.
    unsafe {
        if ffi::lua_type(state, 1) != ffi::LUA_TSTRING && ffi::luaL_callmeta(state, 1, c"__tostring".as_ptr()) == 0 {
            if ffi::lua_type(state, 1) == ffi::LUA_TNUMBER {
                ffi::luaL_tolstring(state, 1, std::ptr::null_mut());
            } else {
                let kind = ffi::luaL_typename(state, 1);
                ffi::lua_pushfstring(state, c"(error object is a %s value)".as_ptr(), kind);
            }
        }
        ffi::luaL_traceback(state, state, std::ptr::null(), 1);
        let traceback = text_at_top(state);
        ffi::lua_pushvalue(state, -1);
        let message = text_at_top(state);
        let location = location(state, &message);
        NOTED.replace(Some(Failure { message, location, traceback }));
        // The error value stays what the program threw.
        ffi::lua_settop(state, 1);
    }
    1
}

/// The failure that ended a call with [`note`] as its handler, given the message that it left. Lua does not call the
/// handler for memory errors and errors in error handling, and it does call it for some compiler errors that `load`
/// then returns as a value: so what was recorded counts only for its own message.
pub fn take(message: String) -> Failure {
    match NOTED.take() {
        Some(noted) if noted.message == message => noted,
        _ => Failure { location: location_in_message(&message), message, traceback: String::new() },
    }
}

/// The failure that ended a call with [`note`] as its handler. The error value is at the top of the stack and stays
/// there. If it is not a string, the program threw it, and it was recorded last.
///
/// # Safety
/// The stack has a value at the top and room for one more.
pub unsafe fn take_at_top(state: *mut lua_State) -> Failure {
    // SAFETY: as the caller promises.
    unsafe {
        let is_string = ffi::lua_type(state, -1) == ffi::LUA_TSTRING;
        ffi::lua_pushvalue(state, -1);
        let message = text_at_top(state);
        if is_string { take(message) } else { NOTED.take().unwrap_or_else(|| take(message)) }
    }
}

/// Drops the record of an error that nobody will ask for.
pub fn forget() {
    NOTED.take();
}

/// Pops the value at the top of the stack and returns its text.
///
/// # Safety
/// There is a string at the top, or a value that is turned into one without metamethods.
pub unsafe fn text_at_top(state: *mut lua_State) -> String {
    // SAFETY: as the caller promises; the text is copied before it is popped.
    unsafe {
        let mut length = 0;
        let start = ffi::lua_tolstring(state, -1, &mut length);
        let text = if start.is_null() {
            String::from("(error object is not a string)")
        } else {
            String::from_utf8_lossy(std::slice::from_raw_parts(start.cast::<u8>(), length)).into_owned()
        };
        ffi::lua_settop(state, -2);
        text
    }
}

/// The location that the message itself names, if a function of that chunk is on the stack, or else if it is in a file;
/// otherwise that of the innermost function written in Lua.
unsafe fn location(state: *mut lua_State, message: &str) -> Option<ChunkLocation> {
    let mut innermost = location_in_file(message);
    let may_be_named = may_name_a_location(message);
    // SAFETY: `lua_getstack` and `to_caller` fill what `lua_getinfo` reads; `short_src` ends with a NUL.
    unsafe {
        let mut info: ffi::lua_Debug = std::mem::zeroed();
        let mut is_there = ffi::lua_getstack(state, 1, &mut info) != 0;
        while is_there && (may_be_named || innermost.is_none()) {
            #[cfg(test)]
            tests::CALLS_EXAMINED.set(tests::CALLS_EXAMINED.get() + 1);
            ffi::lua_getinfo(state, c"Sl".as_ptr(), &mut info);
            if info.currentline > 0 {
                let shown = CStr::from_ptr(info.short_src.as_ptr()).to_string_lossy();
                if let Some(line) = line_after(message, &shown) {
                    return Some(ChunkLocation { chunk: chunk_name(&info, shown), line });
                }
                innermost = innermost
                    .or_else(|| Some(ChunkLocation { chunk: chunk_name(&info, shown), line: info.currentline as u32 }));
            }
            is_there = lua::to_caller(state.cast(), &mut info);
        }
    }
    innermost
}

/// What the chunk of a function is called. `shown` is what messages call it, where a long path is shortened.
unsafe fn chunk_name(info: &ffi::lua_Debug, shown: Cow<str>) -> ChunkName {
    // SAFETY: `lua_getinfo` has filled `info`; the name ends with a NUL byte.
    let name = unsafe { CStr::from_ptr(info.source) }.to_bytes();
    let path = name.strip_prefix(b"@").and_then(|path| std::str::from_utf8(path).ok());
    match path.and_then(|path| SourcePath::resolve(path).ok()) {
        Some(path) => ChunkName::File(path),
        None => ChunkName::Other(shown.into()),
    }
}

/// Whether a message begins with something that could be a source location. If not, a deep stack need not be searched.
fn may_name_a_location(message: &str) -> bool {
    let colons = message.match_indices(':').take_while(|(at, _)| *at <= MAX_SHOWN_NAME_BYTES);
    colons.into_iter().any(|(at, _)| line_after(message, &message[..at]).is_some())
}

/// The line in `chunk:line:` at the start of a message.
fn line_after(message: &str, chunk: &str) -> Option<u32> {
    let rest = message.strip_prefix(chunk)?.strip_prefix(':')?;
    rest.split_once(':')?.0.parse().ok()
}

/// The location at the start of a syntax error's message.
fn location_in_message(message: &str) -> Option<ChunkLocation> {
    location_at_start(message.lines().next()?)
}

fn location_at_start(text: &str) -> Option<ChunkLocation> {
    text.match_indices(':').find_map(|(at, _)| {
        let line = line_after(text, &text[..at])?;
        Some(ChunkLocation { chunk: text[..at].into(), line })
    })
}

/// The location in the message of a file that does not compile, if there is such a file. That of `require` is in its second
/// line.
fn location_in_file(message: &str) -> Option<ChunkLocation> {
    let found = message.lines().take(2).find_map(|line| location_at_start(line.trim_start()))?;
    found.chunk.path().is_some_and(|path| lua::has_file(path.as_str())).then_some(found)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use wire::RunMode;

    use super::*;
    use crate::host::tests::vm;
    use crate::lua::Interrupted;

    thread_local! {
        pub static CALLS_EXAMINED: Cell<usize> = const { Cell::new(0) };
    }

    /// The location of the error that a statement raises 60,000 calls deep, and how many calls were examined to find
    /// it.
    fn deep_error(statement: &str) -> (Option<ChunkLocation>, usize) {
        let program = format!("local function f(n)\nif n == 0 then {statement} end\nreturn 1 + f(n - 1) end\nf(60000)");
        CALLS_EXAMINED.set(0);
        match vm().run(&"main.lua".into(), program.as_bytes(), RunMode::Program) {
            Err(Interrupted::Failed(failure)) => (failure.location, CALLS_EXAMINED.get()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_deep_stack_is_not_searched_in_vain() {
        let here = Some(ChunkLocation { chunk: "main.lua".into(), line: 2 });
        // The function `error` itself is the first call; the function that calls it is the second.
        for statement in ["error({})", "error('x', 0)", "error('see: 1: no line', 0)", "error(nil)", "error('oh')"] {
            assert_eq!(deep_error(statement), (here.clone(), 2), "{statement}");
        }
        assert_eq!(deep_error("local a = nil + 1"), (here.clone(), 1));
        // Each call once.
        let (location, calls) = deep_error("error('other.lua:7: x', 0)");
        assert_eq!(location, here);
        assert!((60_001..60_010).contains(&calls), "{calls}");
    }

    #[test]
    fn locations_are_read_from_messages() {
        let location = |name: &str, line| Some(ChunkLocation { chunk: name.into(), line });
        assert_eq!(location_in_message("main.lua:3: unexpected symbol"), location("main.lua", 3));
        assert_eq!(location_in_message("[string \"a:b\"]:12: oh"), location("[string \"a:b\"]", 12));
        assert_eq!(location_in_message("not enough memory"), None);
    }
}
