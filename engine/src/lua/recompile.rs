//! What the compiler makes of a function whose text was changed.

use mlua::ffi;

use super::chunk;
use super::failure;
use super::heap::STACK_ROOM;
use super::vm::Vm;
use crate::image::{Chunk, HeapImage, Prototype, PrototypeId, Texts, Value};

/// The upvalue that functions find globals in.
pub const GLOBALS_UPVALUE: &str = "_ENV";

/// The text of a chunk in which a function was changed, and what is made of that function.
pub struct Recompiled {
    text: Vec<u8>,
    proto_path: Vec<u32>,
    fingerprint: u64,
    lines: (u32, u32),
    parameters: Texts,
    is_vararg: bool,
    /// The names of its upvalues.
    pub upvalue_names: Vec<String>,
}

impl Vm {
    /// Compiles a chunk in which a function has other lines, which include all of it. Nothing runs.
    pub fn recompile(&self, chunk: Chunk, old: Prototype, source: &str) -> Result<Recompiled, String> {
        let text = replaced(chunk.text, old, source)?;
        let name = chunk::name_of(chunk.name.as_bytes(), &text);
        let mut result = Err(String::new());
        let compiled = self.heap().without_limits(|| {
            // SAFETY: in protected mode, with room for what is pushed; the chunk is on the stack while its functions are used.
            unsafe {
                self.lua().exec_raw::<()>((), |state| {
                    ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
                    result = if chunk::load(state, &name, &text) == ffi::LUA_OK {
                        let main = lua::Prototype::of(state.cast(), -1);
                        let found = old.proto_path.iter().try_fold(main, |found, index| Some(found?.child(*index)));
                        found.flatten().filter(|found| found.line() == old.line).map(read).ok_or_else(|| MOVED.into())
                    } else {
                        Err(failure::text_at_top(state))
                    };
                    ffi::lua_settop(state, 0);
                })
            }
        });
        compiled.map_err(|error| error.to_string())?;
        Ok(Recompiled { text, proto_path: old.proto_path.to_vec(), ..result? })
    }
}

const MOVED: &str = "The text no longer begins with this function.";

fn read(prototype: lua::Prototype) -> Recompiled {
    Recompiled {
        text: Vec::new(),
        proto_path: Vec::new(),
        fingerprint: prototype.fingerprint(),
        lines: (prototype.line(), prototype.last_line()),
        parameters: Texts::from_iter(prototype.parameter_names()),
        is_vararg: prototype.is_vararg(),
        upvalue_names: prototype.upvalue_names(),
    }
}

/// The text of a chunk with other lines in the place of a function's.
fn replaced(text: &[u8], old: Prototype, source: &str) -> Result<Vec<u8>, String> {
    if old.line == 0 {
        return Ok(source.into());
    }
    let range = crate::inspect::line_range(text, old);
    if std::str::from_utf8(&text[range.clone()]).is_err() {
        return Err("The text of this function is not UTF-8, so it cannot be edited here.".into());
    }
    // What follows begins on a line of its own.
    let end = if text[range.clone()].ends_with(b"\n") && !source.ends_with('\n') { "\n" } else { "" };
    Ok([&text[..range.start], source.as_bytes(), end.as_bytes(), &text[range.end..]].concat())
}

impl Recompiled {
    /// Gives all functions of a prototype this one instead. They keep the cells of the upvalues whose names they have.
    /// Coroutines that wait inside of them go on with the old one.
    pub fn apply(&self, image: &mut HeapImage, old: PrototypeId) {
        let before = image.prototype(old);
        let old_names: Vec<String> = before.upvalue_names.iter().map(str::to_owned).collect();
        let name = image.chunk(before.chunk).name.to_owned();
        let chunk = image.add_chunk(Chunk { name: &name, text: &self.text });
        let names = Texts::from_iter(&self.upvalue_names);
        let new = image.add_prototype(Prototype {
            chunk,
            proto_path: &self.proto_path,
            fingerprint: self.fingerprint,
            line: self.lines.0,
            last_line: self.lines.1,
            parameters: self.parameters.all(),
            is_vararg: self.is_vararg,
            upvalue_names: names.all(),
        });
        let changed: Vec<_> = image.functions_of(old).collect();
        image.separate_calls(old);
        for id in changed {
            let cells = image.cells_of(id).to_vec();
            let cell = |name: &String| match old_names.iter().position(|old| old == name) {
                Some(index) => cells[index],
                None if name == GLOBALS_UPVALUE => {
                    let globals = Value::Permanent(image.add_permanent("_G"));
                    image.add_cell(globals)
                }
                None => image.add_cell(Value::Nil),
            };
            let upvalues: Vec<_> = self.upvalue_names.iter().map(cell).collect();
            image.replace_function(id, new, &upvalues);
        }
    }
}
