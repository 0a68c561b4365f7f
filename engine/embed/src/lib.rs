//! The engine for other pages and programs, exported by wasm-bindgen to `package/web`. Everything is synchronous;
//! storing states is up to JavaScript.
#![cfg(target_arch = "wasm32")]

mod host;
mod state;

use std::rc::Rc;

use engine::host::Host;
use engine::lua::{EvaluationError, IoField, TransferError, Vm};
use js_sys::{Error, Function, Object, RangeError, Reflect, TypeError, Uint8Array};
use wasm_bindgen::prelude::*;
use wire::Limits;

use crate::host::Embedder;

/// Reports a panic of the engine on the console.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&format!("The Lua engine failed: {info}")));
    }));
}

/// A VM.
#[wasm_bindgen]
pub struct Engine {
    vm: Vm,
    host: Rc<Embedder>,
}

/// A field of `_io`.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Field {
    /// `_io.input`
    Input,
    /// `_io.output`
    Output,
    /// `_io.meta`
    Meta,
}

impl From<Field> for IoField {
    fn from(field: Field) -> IoField {
        match field {
            Field::Input => IoField::Input,
            Field::Output => IoField::Output,
            Field::Meta => IoField::Meta,
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Creates a fresh VM. `write` is called for each line with the number of a stream (1 or 2) and a text.
    #[wasm_bindgen(constructor)]
    pub fn new(memory_bytes: u32, time_millis: u32, write: Function) -> Result<Engine, Error> {
        let limits = Limits { memory_bytes, time_millis, ..Limits::default() };
        let host = Rc::new(Embedder::new(write));
        let vm = Vm::new(Rc::clone(&host) as Rc<dyn Host>, limits).map_err(plain_error)?;
        Ok(Engine { vm, host })
    }

    /// Runs a chunk and returns its last value as a message. Throws an `Error`, or, if the program fails, an object with
    /// `message`, `chunk`, `line`, `traceback` and `value`, of which only the first is always present.
    pub fn compute(&mut self, name: &str, code: &str) -> Result<Vec<u8>, JsValue> {
        let result = self.vm.evaluate(name, code.as_bytes());
        self.host.flush();
        result.map_err(|error| match error {
            EvaluationError::Transfer(error) => transfer_error(error).into(),
            EvaluationError::Failed { failure, value } => {
                let location = failure.location.as_ref();
                object([
                    ("message", failure.message.into()),
                    ("chunk", location.map(|location| location.chunk.as_str()).into()),
                    ("line", location.map(|location| location.line).into()),
                    ("traceback", failure.traceback.into()),
                    ("value", value.map(|value| Uint8Array::from(value.as_slice())).into()),
                ])
            }
        })
    }

    /// Sets a field of `_io`, or one entry of it, to the value of a message.
    #[wasm_bindgen(js_name = setIo)]
    pub fn set_io(&mut self, field: Field, key: Option<String>, message: &[u8]) -> Result<(), Error> {
        self.vm.set_io(field.into(), key.as_deref(), message).map_err(transfer_error)
    }

    /// Returns a field of `_io`, or one entry of it, as a message.
    #[wasm_bindgen(js_name = getIo)]
    pub fn get_io(&self, field: Field, key: Option<String>) -> Result<Vec<u8>, Error> {
        self.vm.io(field.into(), key.as_deref()).map_err(transfer_error)
    }

    /// Empties `_io`.
    #[wasm_bindgen(js_name = clearIo)]
    pub fn clear_io(&mut self) -> Result<(), Error> {
        self.vm.clear_io().map_err(transfer_error)
    }

    /// Captures `_home` as the bytes of a state.
    pub fn save(&mut self, is_compressed: bool) -> Result<Vec<u8>, Error> {
        let image = self.vm.capture_home().map_err(plain_error)?;
        state::write(&image, is_compressed, js_sys::Date::now()).map_err(plain_error)
    }

    /// Replaces `_home` with the one in a state, after checking all of it.
    pub fn load(&mut self, state: &[u8], is_verified: bool) -> Result<(), Error> {
        let image = state::read(state, is_verified).map_err(plain_error)?;
        self.vm.restore_home(&image).map_err(plain_error)
    }

    /// How many bytes Lua has allocated.
    #[wasm_bindgen(js_name = usedBytes)]
    pub fn used_bytes(&self) -> f64 {
        self.vm.memory_bytes() as f64
    }

    /// Collects all garbage. Finalizers run, within the time limit.
    #[wasm_bindgen(js_name = collectGarbage)]
    pub fn collect_garbage(&mut self) -> Result<(), Error> {
        let result = self.vm.collect_garbage();
        self.host.flush();
        result.map_err(plain_error)
    }

    /// Sets whether programs also find `_home` under its older name `Memory`.
    #[wasm_bindgen(js_name = setMemoryAlias)]
    pub fn set_memory_alias(&mut self, is_enabled: bool) {
        self.vm.set_memory_alias(is_enabled);
    }
}

/// Reads a state's header: `savedAt` in milliseconds since 1970, `byteSize`, `valueCount`, and `omissions`, each with
/// `path` and `kind`.
#[wasm_bindgen(js_name = stateInfo)]
pub fn state_info(bytes: &[u8]) -> Result<JsValue, Error> {
    let header = state::header(bytes).map_err(plain_error)?;
    let omissions = header.omissions.iter();
    let omissions: js_sys::Array =
        omissions.map(|(path, kind)| object([("path", path.into()), ("kind", kind.into())])).collect();
    Ok(object([
        ("savedAt", header.saved_millis.into()),
        ("byteSize", (bytes.len() as f64).into()),
        ("valueCount", (header.value_count as f64).into()),
        ("omissions", omissions.into()),
    ]))
}

fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        // Setting a property on a plain object cannot fail.
        let _ = Reflect::set(&object, &key.into(), &value);
    }
    object.into()
}

fn plain_error(error: impl std::fmt::Display) -> Error {
    Error::new(&error.to_string())
}

fn transfer_error(error: TransferError) -> Error {
    let message = error.to_string();
    match error {
        TransferError::Refused { .. } => TypeError::new(&message).unchecked_into(),
        TransferError::Lua(_) => RangeError::new(&message).unchecked_into(),
        TransferError::Json(_) | TransferError::Malformed => Error::new(&message),
    }
}
