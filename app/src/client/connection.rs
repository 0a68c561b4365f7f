//! The engine's worker and the wires to it: messages, and the memory that it shares with the page.

use wasm_bindgen::JsValue;
use web_sys::ErrorEvent;
use wire::{Command, Event, EventBody, RequestId, WorkerName};

use super::Engine;
use crate::{
    assets::Asset,
    browser_worker::{self, BrowserWorker, StartError},
    control::Control,
    rpc::Transport,
};

/// A worker and what belongs to it alone; dropping it ends the worker.
pub struct Connection {
    worker: BrowserWorker,
    /// How to reach the worker while it runs a program, where the page may share memory with it.
    control: Option<Control>,
}

impl Connection {
    /// Starts a worker.
    pub fn start(
        name: &WorkerName,
        on_message: impl Fn(&JsValue) + 'static,
        on_error: impl Fn(&ErrorEvent) + 'static,
    ) -> Result<Connection, StartError> {
        let worker = BrowserWorker::start(Asset::Engine, &name.to_text(), on_message, on_error)?;
        Ok(Connection { worker, control: Control::new() })
    }

    /// Shares memory with the worker, which is up.
    pub fn share_control(&self) -> Result<(), String> {
        self.control.as_ref().map_or(Ok(()), |control| self.worker.give(&control.memory()))
    }

    /// The memory that is shared with the worker, where that is possible.
    pub fn control(&self) -> Option<&Control> {
        self.control.as_ref()
    }
}

impl Transport<Engine> for Connection {
    fn post(&mut self, id: RequestId, command: &Command) -> Result<(), String> {
        Transport::<Engine>::post(&mut self.worker, id, command)
    }
}

/// What a worker's message says. A text is the error that has ended it.
pub fn read(message: &JsValue) -> Result<Event, String> {
    match message.as_string() {
        Some(reason) => Ok(Event { request: None, body: EventBody::Crashed(reason.into()) }),
        None => browser_worker::read(message),
    }
}

/// Why a worker ended. A script that did not load gives an event without a message.
pub fn reason(error: &ErrorEvent) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.filter(|text| !text.is_empty()).unwrap_or_else(|| "the worker did not load".to_owned())
}
