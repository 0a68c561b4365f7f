//! A worker and the wires to it: messages, and the memory that it shares with the page.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use wire::{Command, Event, EventBody, Request, RequestId};

use super::Engine;
use crate::{assets::Asset, control::Control, rpc::Transport};

/// Why there is no worker.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the page was built without its worker")]
    NoUrl,
    #[error("the browser refused to start the worker: {}", describe(.0))]
    Refused(JsValue),
}

/// A worker and what belongs to it alone; dropping it ends the worker.
pub struct Connection {
    worker: Worker,
    /// How to reach the worker while it runs a program, where the page may share memory with it.
    control: Option<Control>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Connection {
    /// Starts a worker; a successor is the one after a worker of this page that could write.
    pub fn start(
        is_successor: bool,
        on_message: impl Fn(&JsValue) + 'static,
        on_error: impl Fn(&ErrorEvent) + 'static,
    ) -> Result<Connection, StartError> {
        let url = Asset::Engine.url().ok_or(StartError::NoUrl)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        if is_successor {
            options.set_name(wire::SUCCESSOR);
        }
        let worker = Worker::new_with_options(&url, &options).map_err(StartError::Refused)?;
        let on_message =
            Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| on_message(&message.data()));
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
            error.prevent_default();
            on_error(&error);
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Connection { worker, control: Control::new(), _on_message: on_message, _on_error: on_error })
    }

    /// Shares memory with the worker, which is up.
    pub fn share_control(&self) -> Result<(), String> {
        let shared = self.control.as_ref().map(|control| control.share_with(&self.worker));
        shared.unwrap_or(Ok(())).map_err(|error| describe(&error))
    }

    /// The memory that is shared with the worker, where that is possible.
    pub fn control(&self) -> Option<&Control> {
        self.control.as_ref()
    }
}

impl Transport<Engine> for Connection {
    fn post(&mut self, id: RequestId, command: &Command) -> Result<(), String> {
        let bytes = wire::encode(&Request { id, command: command.clone() }).map_err(|error| error.to_string())?;
        let array = Uint8Array::from(bytes.as_slice());
        let transfer = js_sys::Array::of1(&array.buffer());
        self.worker.post_message_with_transfer(&array, &transfer).map_err(|error| describe(&error))
    }
}

/// What a worker's message says. A text is the error that has ended it.
pub fn read(message: &JsValue) -> Result<Event, String> {
    if let Some(reason) = message.as_string() {
        return Ok(Event { request: None, body: EventBody::Crashed(reason.into()) });
    }
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
