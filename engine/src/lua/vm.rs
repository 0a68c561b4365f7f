//! A VM with its globals, from run to run.

use std::ffi::c_int;
use std::rc::Rc;

use mlua::ffi;
use mlua::{Lua, LuaOptions, MultiValue, StdLib, Table, Value};
use wire::{ChunkName, Limits, MissingGlobal, RunMode, Step};

use super::error::{Interrupted, VmError};
use super::failure::{self, Failure};
use super::heap::{self, Heap, STACK_ROOM};
use super::interrupt::{self, InterruptReason};
use super::permanents::Permanents;
use super::proto_paths::ChunkPrototypes;
use super::records;
use super::restore::{self, RestoreError};
use super::results::{ResultPolicy, Thrown};
use super::value_path;
use super::{chunk, files, library};
use crate::host::{self, Host, Stream};
use crate::image::{self, ChunkId, HeapImage, PrototypeSpan};
use crate::show;

/// Globals that are the user's, not the engine's.
const USERS_GLOBALS: [&str; 2] = ["_home", "Memory"];

/// The registry's copy of what `Memory` was set to last.
const ALIASED_KEY: &str = "cu.aliased";
/// The most missing globals that are reported.
const MAX_MISSING_GLOBALS: usize = 100;
/// The most globals of programs that are named.
const MAX_OWN_GLOBALS: usize = 1000;
/// The most values that a chunk can return.
const MAX_RESULTS: c_int = 1000;

/// A Lua state and what the engine knows of it.
pub struct Vm {
    lua: Lua,
    heap: Rc<Heap>,
    host: Rc<dyn Host>,
    limits: Limits,
    has_memory_alias: bool,
    files: Rc<lua::Files>,
    hash_seed: u32,
}

impl Vm {
    /// A fresh VM with an empty `_home`.
    pub fn new(host: Rc<dyn Host>, limits: Limits) -> Result<Vm, VmError> {
        host::enter(Rc::clone(&host));
        // SAFETY: the `debug` library hands out nothing that is not the program's: patches of it and library.lua see to
        // that. The default options leave Lua its own `pcall` and `xpcall`, through which a coroutine can yield.
        let lua = unsafe { Lua::unsafe_new_with(StdLib::ALL_SAFE | StdLib::DEBUG, LuaOptions::new()) };
        let hash_seed = lua::hash_seed();
        // The finalizers of the last VM may have been interrupted.
        interrupt::unwatch();
        library::install(&lua)?;
        let heap = Rc::new(Heap::new(lua.clone(), &USERS_GLOBALS)?);
        heap.set_memory_limit(limits.memory_bytes as usize)?;
        let files = Rc::new(lua::Files::new(files::RULES));
        Ok(Vm { lua, heap, host, limits, has_memory_alias: true, files, hash_seed })
    }

    /// Sets the limits for later runs.
    pub fn set_limits(&mut self, limits: Limits) -> Result<(), VmError> {
        self.limits = limits;
        Ok(self.heap.set_memory_limit(limits.memory_bytes as usize)?)
    }

    /// The limits of runs.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether `_home` is also available as `Memory`.
    pub fn has_memory_alias(&self) -> bool {
        self.has_memory_alias
    }

    pub(super) fn lua(&self) -> &Lua {
        &self.lua
    }

    pub(super) fn heap(&self) -> &Heap {
        &self.heap
    }

    /// The files of programs.
    pub fn files(&self) -> &lua::Files {
        &self.files
    }

    /// Makes this the VM whose programs run.
    fn enter(&self) {
        host::enter(Rc::clone(&self.host));
        lua::set_files(Rc::clone(&self.files));
    }

    /// Bytes that Lua has allocated.
    pub fn memory_bytes(&self) -> u64 {
        self.lua.used_memory() as u64
    }

    /// Runs a chunk and returns its results as the roots of an image, one for each value.
    ///
    /// After a failure the VM can still be used, with its globals as they are.
    pub fn run(&mut self, chunk: &ChunkName, text: &[u8], mode: RunMode) -> Result<HeapImage, Interrupted> {
        let name = chunk::name_in_lua(chunk);
        let results = self
            .execute(&name, text, mode, ResultPolicy::First(MAX_RESULTS))
            .map_err(|thrown| thrown.interrupted.of_chunk(chunk, &name))?;
        // Captured now, before they can change; they may refer to the whole heap.
        self.heap.capture(results).map_err(|error| failure::take(error.to_string()).into())
    }

    /// Runs a chunk, named as Lua takes it, and returns those of its results that `policy` asks for.
    pub(super) fn execute(
        &mut self,
        name: &str,
        text: &[u8],
        mode: RunMode,
        policy: ResultPolicy,
    ) -> Result<MultiValue, Thrown> {
        self.enter();
        self.alias_memory()?;
        self.heap.without_limits(|| files::drop_stale_modules(&self.lua, &self.files))?;
        let mut interrupted = None;
        let mut surplus = 0;
        lua::forget_input();
        let is_program = mode == RunMode::Program;
        let text = if is_program { chunk::without_first_comment(text) } else { text };
        let expression = (!is_program).then(|| [b"return ", text.strip_prefix(b"=").unwrap_or(text)].concat());
        // SAFETY: all calls are balanced, and nothing that needs dropping is live where Lua may raise an error.
        let results: mlua::Result<MultiValue> = unsafe {
            self.lua.exec_raw((), |state| {
                let base = ffi::lua_gettop(state);
                ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
                ffi::lua_pushcfunction(state, failure::note);
                let mut status = chunk::load_expression_or(state, name.as_bytes(), expression.as_deref(), text);
                if status == ffi::LUA_OK {
                    self.watch();
                    status = ffi::lua_pcall(state, 0, ffi::LUA_MULTRET, base + 1);
                    let reason = interrupt::unwatch();
                    // A hook that the program set ends with the program.
                    ffi::lua_sethook(state, None, 0, 0);
                    interrupted = match reason {
                        _ if status == ffi::LUA_OK => None,
                        Some(InterruptReason::Stopped) => Some(Interrupted::Stopped),
                        Some(InterruptReason::Exited(status)) => Some(Interrupted::Exited(status)),
                        Some(InterruptReason::TimedOut) | None => None,
                    };
                    if interrupted.is_some() {
                        failure::forget();
                    }
                }
                if status != ffi::LUA_OK {
                    let is_refused = status == ffi::LUA_ERRSYNTAX && mode == RunMode::Console;
                    interrupted.get_or_insert_with(|| interruption(failure::take_at_top(state), is_refused));
                }
                ffi::lua_remove(state, base + 1);
                surplus = policy.apply(state, base);
            })
        };
        if surplus > 0 {
            let note = format!("only the first {MAX_RESULTS} returned values are kept, {surplus} are left out\n");
            self.host.write(Stream::Err, note.as_bytes());
        }
        let results = results?;
        match interrupted {
            Some(interrupted) => Err(Thrown { interrupted, value: results.into_iter().next().unwrap_or(Value::Nil) }),
            None => Ok(results),
        }
    }

    /// Whether a text is one expression; otherwise, why not. Nothing runs.
    pub fn check_expression(&self, text: &str) -> Result<(), String> {
        let text = ["return (", text, "\n)"].concat();
        let mut refused = None;
        let checked = self.heap.without_limits(|| {
            // SAFETY: in protected mode, with room for what is pushed. Nothing here needs to be dropped where Lua may raise
            // an error.
            unsafe {
                self.lua.exec_raw::<()>((), |state| {
                    ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
                    if chunk::load(state, b"=", text.as_bytes()) != ffi::LUA_OK {
                        refused = Some(failure::text_at_top(state));
                    }
                    ffi::lua_settop(state, 0);
                })
            }
        });
        checked.map_err(|error| error.to_string())?;
        // Without the name of the chunk, which has none, and the number of its line.
        refused.map_or(Ok(()), |message| Err(message.splitn(3, ':').last().unwrap_or_default().trim().to_owned()))
    }

    /// What the next run depends on besides `_home` and the globals: the state of `math.random`, and what the hashes of
    /// this VM are seeded with.
    pub fn random_state(&self) -> Result<([u64; 4], u32), VmError> {
        // Without limits: the programs before may have used up the memory.
        let random_state = self.heap.without_limits(|| library::random_state(&self.lua))?;
        Ok((random_state, self.hash_seed))
    }

    /// Captures `_home` as it is now.
    pub fn capture_home(&mut self) -> Result<HeapImage, VmError> {
        let home: Value = self.lua.globals().raw_get("_home")?;
        let image = self.heap.capture(MultiValue::from_iter([home]))?;
        self.heap.forget_unused_chunks();
        heap::as_home(image)
    }

    /// Replaces `_home` with an image's only root. All other globals stay.
    pub fn restore_home(&mut self, image: &HeapImage) -> Result<(), RestoreError> {
        if image.home().is_none() {
            return Err(RestoreError::NotAHome);
        }
        let home = self.restore(image)?;
        Ok(self.lua.globals().raw_set("_home", home)?)
    }

    /// Replaces the value at a path in `_home` with an image's only root.
    pub fn restore_at(&mut self, path: &[Step], image: &HeapImage) -> Result<(), RestoreError> {
        let Some((last, steps)) = path.split_last() else { return Err(RestoreError::NoSuchPath) };
        let home: Value = self.lua.globals().raw_get("_home")?;
        let own = |value: mlua::Value| match self.heap.permanent_path(&value) {
            Some(path) => Err(RestoreError::InsidePermanent { path: path.to_owned() }),
            None => Ok(value),
        };
        let owner = steps.iter().try_fold(own(home)?, |value, step| own(value_path::get(&self.lua, &value, step)?))?;
        let value = self.restore(image)?;
        value_path::set(&self.lua, &owner, last, value)
    }

    /// Builds the value of an image's only root.
    pub(super) fn restore(&mut self, image: &HeapImage) -> Result<Value, RestoreError> {
        let registry = Permanents::registry(&self.lua)?;
        let mut outcome = Ok(());
        let mut scratch = restore::Scratch::default();
        let restored = self.heap.without_limits(|| {
            // SAFETY: the registry is at the top, as `restore` asks; there is room for it.
            unsafe {
                self.lua.exec_raw::<Value>(registry, |state| {
                    ffi::luaL_checkstack(state, STACK_ROOM, std::ptr::null());
                    outcome = match image.roots.len() {
                        1 => restore::restore(state, image, &mut scratch),
                        _ => Err(RestoreError::NotAHome),
                    };
                    if outcome.is_err() {
                        ffi::lua_settop(state, 0);
                        ffi::lua_pushnil(state);
                    }
                })
            }
        })?;
        outcome?;
        self.heap.without_limits(|| records::forget_indexes(&self.lua))?;
        Ok(restored)
    }

    /// Collects all garbage. Finalizers run, within the time limit.
    pub fn collect_garbage(&mut self) -> Result<(), VmError> {
        self.enter();
        self.watch();
        let collected = self.lua.gc_collect();
        interrupt::unwatch();
        Ok(collected?)
    }

    /// Sets whether `_home` is also available as `Memory`, as programs for version 1 of cu expect.
    pub fn set_memory_alias(&mut self, has_memory_alias: bool) {
        self.has_memory_alias = has_memory_alias;
    }

    /// Makes `Memory` another name for `_home`, or removes that name. A global `Memory` that a program made itself
    /// is left alone.
    fn alias_memory(&self) -> mlua::Result<()> {
        let globals = self.lua.globals();
        let known: Value = globals.raw_get("Memory")?;
        let aliased: Value = self.lua.named_registry_value(ALIASED_KEY)?;
        if !known.is_nil() && (aliased.is_nil() || known.to_pointer() != aliased.to_pointer()) {
            return Ok(());
        }
        let home = if self.has_memory_alias { globals.raw_get("_home")? } else { Value::Nil };
        globals.raw_set("Memory", &home)?;
        self.lua.set_named_registry_value(ALIASED_KEY, home)
    }

    /// The globals that functions in an image of `_home` use and that exist now, but will not exist in a fresh VM.
    /// `image` was just captured from this VM.
    pub fn missing_globals(&self, image: &HeapImage) -> Result<Vec<MissingGlobal>, VmError> {
        let chunks = (0..image.chunk_texts.len() as u32).map(|id| self.heap.known_prototypes(image.chunk(ChunkId(id))));
        let chunks: Vec<Option<ChunkPrototypes>> = chunks.collect();
        let globals = self.lua.globals();
        // Without limits: the program may have used up its memory.
        let missing: Vec<Vec<String>> = self.heap.without_limits(|| {
            let of = |prototype: &PrototypeSpan| {
                let prototypes = chunks[prototype.chunk.0 as usize].as_ref();
                let named = prototypes.and_then(|prototypes| prototypes.get(&prototype.fingerprint));
                let names = named.map_or(&[][..], |named| &named.globals);
                names.iter().filter_map(|name| self.missing_global(&globals, name).transpose()).collect()
            };
            image.prototypes.iter().map(of).collect::<mlua::Result<_>>()
        })?;
        let is_missing = |id: image::FunctionId| !missing[image[id].prototype.0 as usize].is_empty();
        let users = image.global_users("_home", MAX_MISSING_GLOBALS, is_missing);
        let all = users.into_iter().flat_map(|(id, path)| {
            let names = &missing[image[id].prototype.0 as usize];
            names.iter().map(move |name| MissingGlobal { path: path.clone(), name: name.clone() })
        });
        Ok(all.take(MAX_MISSING_GLOBALS).collect())
    }

    /// The names of the globals that programs made, in any order.
    pub fn own_globals(&self) -> Vec<String> {
        let globals = self.lua.globals();
        self.heap.without_limits(|| {
            let names = globals.pairs::<Value, Value>().filter_map(|pair| match pair {
                Ok((Value::String(name), _)) => Some(name.to_string_lossy()),
                _ => None,
            });
            let is_own = |name: &String| show::is_name(name.as_bytes()) && !self.heap.has_global(name);
            names.filter(is_own).take(MAX_OWN_GLOBALS).collect()
        })
    }

    /// The name of a global, if it exists now but will not exist in a fresh VM.
    fn missing_global(&self, globals: &Table, name: &[u8]) -> mlua::Result<Option<String>> {
        let value: Value = globals.raw_get(self.lua.create_string(name)?)?;
        let name = String::from_utf8_lossy(name).into_owned();
        let is_missing = !value.is_nil() && !USERS_GLOBALS.contains(&name.as_str()) && !self.heap.has_global(&name);
        Ok(is_missing.then_some(name))
    }

    /// Starts enforcing the limits on the program.
    fn watch(&self) {
        interrupt::watch(&self.heap, (self.limits.time_millis > 0).then_some(self.limits.time_millis));
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        // Closing the state calls finalizers; fields are dropped after this.
        interrupt::halt();
    }
}

/// What ended a run. `is_typed_text_refused`: what was typed at the console did not compile. As in Lua's own prompt,
/// it is incomplete if the compiler came to its end and wanted more.
fn interruption(failure: Failure, is_typed_text_refused: bool) -> Interrupted {
    if is_typed_text_refused && failure.message.ends_with("<eof>") {
        return Interrupted::Incomplete;
    }
    failure.into()
}
