//! A worker of the browser, of any kind: starts it, and carries messages to it and back as bytes.

use js_sys::{ArrayBuffer, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use wire::{Request, RequestId};

use crate::{
    assets::Asset,
    rpc::{Service, Transport},
};

/// Why there is no worker.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the page was built without its worker")]
    NoUrl,
    #[error("the browser refused to start the worker: {}", describe(.0))]
    Refused(JsValue),
}

/// A worker; dropping it ends the worker.
pub struct BrowserWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for BrowserWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl BrowserWorker {
    /// Starts a worker, which can read its name.
    pub fn start(
        asset: Asset,
        name: &str,
        on_message: impl Fn(&JsValue) + 'static,
        on_error: impl Fn(&ErrorEvent) + 'static,
    ) -> Result<BrowserWorker, StartError> {
        let url = asset.url().ok_or(StartError::NoUrl)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(name);
        let worker = Worker::new_with_options(&url, &options).map_err(StartError::Refused)?;
        let on_message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| on_message(&message.data()));
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
            error.prevent_default();
            on_error(&error);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(BrowserWorker { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Gives it something that is not bytes.
    pub fn give(&self, value: &JsValue) -> Result<(), String> {
        self.worker.post_message(value).map_err(|error| describe(&error))
    }
}

impl<S: Service<Command: Serialize>> Transport<S> for BrowserWorker {
    fn post(&mut self, id: RequestId, command: &S::Command) -> Result<(), String> {
        let bytes = wire::encode(&Request { id, command }).map_err(|error| error.to_string())?;
        let array = Uint8Array::from(bytes.as_slice());
        let transfer = js_sys::Array::of1(&array.buffer());
        self.worker.post_message_with_transfer(&array, &transfer).map_err(|error| describe(&error))
    }
}

/// What a worker's message says.
pub fn read<M: DeserializeOwned>(message: &JsValue) -> Result<M, String> {
    let array = match message.dyn_ref::<Uint8Array>() {
        Some(array) => array.clone(),
        None if message.is_instance_of::<ArrayBuffer>() => Uint8Array::new(message),
        None => return Err("the worker sent something that is not bytes".to_owned()),
    };
    wire::decode(&array.to_vec()).map_err(|error| error.to_string())
}

fn describe(value: &JsValue) -> String {
    match value.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => value.as_string().unwrap_or_else(|| "unknown reason".to_owned()),
    }
}
