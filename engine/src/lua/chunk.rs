//! Loading source text so that every function of it knows the whole text.
//!
//! A chunk is loaded under an ordinary name; then the string that all its functions refer to as their
//! source is replaced by the name, a NUL byte and the text. Lua's messages stop at the NUL.

use std::ffi::{CString, c_char, c_int, c_void};

use mlua::ffi;

/// The longest chunk name that Lua shows, without its final NUL: LUA_IDSIZE less one.
const NAME_BYTES: usize = 59;

/// How Lua's messages show a chunk that is loaded under this name (`luaO_chunkid` in lobject.c): `=name`
/// and `@name` as they are, anything else as `[string "first line..."]`.
pub fn shown_name(name: &[u8]) -> Vec<u8> {
    match name.split_first() {
        Some((b'=', rest)) => rest[..rest.len().min(NAME_BYTES)].to_vec(),
        Some((b'@', rest)) if rest.len() <= NAME_BYTES => rest.to_vec(),
        Some((b'@', rest)) => [b"...", &rest[rest.len() - (NAME_BYTES - 3)..]].concat(),
        _ => {
            let line = name.split(|byte| *byte == b'\n').next().unwrap_or_default();
            let room = NAME_BYTES - b"[string \"...\"]".len();
            if line.len() == name.len() && line.len() < room {
                [b"[string \"", line, b"\"]"].concat()
            } else {
                [b"[string \"", &line[..line.len().min(room)], b"...\"]"].concat()
            }
        }
    }
}

/// The name and the text of a chunk, from the source string of its functions. `None` for a chunk that was
/// not loaded by [`load`].
pub fn split_source(source: &[u8]) -> Option<(&[u8], &[u8])> {
    let (b'=', rest) = source.split_first()? else { return None };
    let end = rest.iter().position(|byte| *byte == 0)?;
    Some((&rest[..end], &rest[end + 1..]))
}

/// Compiles a text and pushes its main function, or pushes a message. Gives the status of `lua_load`.
///
/// `shown_name` is what messages call the chunk. The globals are the upvalue of the main function.
///
/// # Safety
/// To be called in protected mode, with room for four values on the stack. Nothing that must be dropped
/// may be live in the callers below the protected call.
pub unsafe fn load(state: *mut ffi::lua_State, shown_name: &[u8], text: &[u8]) -> c_int {
    // SAFETY: the reader gets the address of `rest`, which outlives the call. No function called here
    // raises an error while `name` is alive: `lua_load` catches its own.
    unsafe {
        let status = {
            let shown = shown_name.split(|byte| *byte == 0).next().unwrap_or_default();
            let name = CString::new([b"=", shown].concat()).unwrap_or_default();
            let mut rest = text;
            ffi::lua_load(state, read, (&raw mut rest).cast::<c_void>(), name.as_ptr(), c"t".as_ptr())
        };
        if status == ffi::LUA_OK {
            ffi::lua_pushlstring(state, c"=".as_ptr(), 1);
            ffi::lua_pushlstring(state, shown_name.as_ptr().cast(), shown_name.len());
            ffi::lua_pushlstring(state, c"".as_ptr(), 1);
            ffi::lua_pushlstring(state, text.as_ptr().cast(), text.len());
            ffi::lua_concat(state, 4);
            lua::set_source(state.cast());
        }
        status
    }
}

unsafe extern "C-unwind" fn read(_: *mut ffi::lua_State, rest: *mut c_void, size: *mut usize) -> *const c_char {
    // SAFETY: `load` passed the address of its `rest`; Lua passes that of a size.
    unsafe {
        let text = std::mem::take(&mut *rest.cast::<&[u8]>());
        *size = text.len();
        text.as_ptr().cast()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_lua_shows_them() {
        let cases: [(&[u8], &[u8]); 6] = [
            (b"=stdin", b"stdin"),
            (b"@init.lua", b"init.lua"),
            (b"return 1", b"[string \"return 1\"]"),
            (b"return 1\nreturn 2", b"[string \"return 1...\"]"),
            (b"", b"[string \"\"]"),
            (&[b'x'; 60], b"[string \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\"]"),
        ];
        for (name, shown) in cases {
            assert_eq!(String::from_utf8_lossy(&shown_name(name)), String::from_utf8_lossy(shown));
        }
    }
}
