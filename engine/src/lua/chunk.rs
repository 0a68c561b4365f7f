//! Loading source text, and what the functions of a chunk know about it.
//!
//! The string that all functions of a chunk refer to as their source is its name, a NUL byte and the text; it is the
//! text alone where that is the name. `text.c` beside Lua sees to that, whoever loads.

use std::ffi::{CString, c_char, c_int, c_void};

use mlua::ffi;
use wire::ChunkName;

/// The longest chunk name that Lua shows, without its final NUL: LUA_IDSIZE less one.
const NAME_BYTES: usize = 59;

/// The name under which Lua takes a chunk.
pub fn name_in_lua(chunk: &ChunkName) -> String {
    let sign = if chunk.path().is_some() { "@" } else { "=" };
    [sign, chunk.as_str()].concat()
}

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

/// A name that is shown like this, for a chunk of which nothing else is known: named as Lua's own programs name chunks.
pub fn name_of(shown: &[u8], text: &[u8]) -> Vec<u8> {
    let inner = shown.strip_prefix(b"[string \"").and_then(|rest| rest.strip_suffix(b"\"]"));
    let file = || [b"@", shown].concat();
    let is_file = inner.is_none() && shown.iter().any(|byte| matches!(byte, b'.' | b'/'));
    let candidates = [inner.map(|_| text.to_vec()), inner.map(<[u8]>::to_vec), is_file.then(file)];
    let found = candidates.into_iter().flatten().find(|name| shown_name(name) == shown);
    found.unwrap_or_else(|| [b"=", shown].concat())
}

/// The name and the text of a chunk, from the source string of its functions. `None` if the text is not known.
pub fn split_source(source: &[u8]) -> Option<(&[u8], &[u8])> {
    match source.iter().position(|byte| *byte == 0) {
        Some(end) => Some((&source[..end], &source[end + 1..])),
        None => (!source.starts_with(b"=") && !source.starts_with(b"@")).then_some((source, source)),
    }
}

/// A program without what Lua skips at its start: the byte order mark, and a first line that begins with `#`. Its line
/// feed stays, so that lines keep their numbers.
pub fn without_first_comment(text: &[u8]) -> &[u8] {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    match text.first() {
        Some(b'#') => &text[text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len())..],
        _ => text,
    }
}

/// Compiles a text and pushes its main function, or pushes a message. Returns the status of `lua_load`.
///
/// `name` is as Lua takes it, and ends at a NUL byte. The globals are the upvalue of the main function.
///
/// # Safety
/// To be called in protected mode, with room for a value on the stack.
pub unsafe fn load(state: *mut ffi::lua_State, name: &[u8], text: &[u8]) -> c_int {
    let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
    let name = CString::new(name).unwrap_or_default();
    let mut rest = text;
    // SAFETY: the reader is passed the address of `rest`, which outlives the call. `lua_load` catches its own errors.
    unsafe { ffi::lua_load(state, read, (&raw mut rest).cast::<c_void>(), name.as_ptr(), c"t".as_ptr()) }
}

/// Pushes the main function of a chunk or a message. If the chunk is an expression, that is tried first.
///
/// # Safety
/// As for [`load`].
pub unsafe fn load_expression_or(
    state: *mut ffi::lua_State,
    name: &[u8],
    expression: Option<&[u8]>,
    text: &[u8],
) -> c_int {
    // SAFETY: as the caller promises.
    unsafe {
        if let Some(expression) = expression {
            let status = load(state, name, expression);
            if status == ffi::LUA_OK {
                return status;
            }
            ffi::lua_settop(state, -2);
        }
        load(state, name, text)
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
    #[test]
    fn what_is_shown_stays_as_it_is() {
        let cases: [(&[u8], &[u8], &[u8]); 7] = [
            (b"main.lua", b"x()", b"@main.lua"),
            (b"stdin", b"x()", b"=stdin"),
            (b"[string \"x()\"]", b"x()", b"x()"),
            (b"[string \"x()...\"]", b"x()\ny()", b"x()\ny()"),
            (b"[string \"name\"]", b"x()", b"name"),
            (b"[string \"a name...\"]", b"x()", b"a name..."),
            (b"...of/a/file.lua", b"x()", b"@...of/a/file.lua"),
        ];
        for (shown, text, name) in cases {
            assert_eq!(String::from_utf8_lossy(&name_of(shown, text)), String::from_utf8_lossy(name));
            assert_eq!(shown_name(name), shown);
        }
    }

    #[test]
    fn the_text_is_found_in_the_source() {
        assert_eq!(split_source(b"@name\0text"), Some((&b"@name"[..], &b"text"[..])));
        assert_eq!(split_source(b"return 1"), Some((&b"return 1"[..], &b"return 1"[..])));
        assert_eq!(split_source(b""), Some((&b""[..], &b""[..])));
        assert_eq!(split_source(b"=[cu]"), None);
    }

    #[test]
    fn a_first_line_for_a_shell_is_not_read() {
        let cases: [(&[u8], &[u8]); 6] = [
            (b"#!/usr/bin/lua\nx()", b"\nx()"),
            (b"\xEF\xBB\xBFx()", b"x()"),
            (b"\xEF\xBB\xBF# hello\r\nx()", b"\nx()"),
            (b"#", b""),
            (b" #x", b" #x"),
            (b"", b""),
        ];
        for (text, read) in cases {
            assert_eq!(without_first_comment(text), read);
        }
    }
}
