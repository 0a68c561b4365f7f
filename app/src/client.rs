//! The only user of `Worker`: sends requests, passes on what comes back, replaces a worker that
//! was stopped or has crashed. Does not know what the messages mean for the page.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use wire::{BUILD_ID, Command, Event, EventBody, Limits, Request, RequestId};

use crate::{assets::Asset, control::Control};

/// What the client reports.
pub enum Notice {
    /// A request is on its way, or waits for the worker to be up.
    Sent(Request),
    /// The worker said something.
    Received(Event),
    /// The worker is gone.
    Lost(Loss),
}

/// Why a worker is gone. After the first two, a new one is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The person stopped it.
    Stopped,
    /// It ended by a trap or a panic.
    Crashed(String),
    /// It never came up.
    Unavailable(String),
}

#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("the page was built without its worker")]
    NoUrl,
    #[error("the browser refused to start the worker: {}", describe(.0))]
    Refused(JsValue),
}

/// How long a worker has to obey a soft stop.
const PATIENCE: Duration = Duration::from_secs(1);

type Answer = Box<dyn FnOnce(EventBody)>;

/// The handle of the one client; copies are the same client.
#[derive(Clone, Copy)]
pub struct Client(StoredValue<Rc<Core>, LocalStorage>);

struct Core {
    report: Box<dyn Fn(Notice)>,
    /// What a run may use.
    limits: Cell<Limits>,
    next_id: Cell<u32>,
    connection: RefCell<Option<Connection>>,
    answers: RefCell<HashMap<RequestId, Answer>>,
    /// The run that has not ended yet.
    run: Cell<Option<RequestId>>,
    /// Whether the present worker has opened `_home`.
    is_open: Cell<bool>,
}

/// A worker and what belongs to it alone; dropping it ends the worker.
struct Connection {
    worker: Worker,
    /// How to reach the worker while it runs a program, where the page may share memory with it.
    control: Option<Control>,
    /// What waits until the worker is up; `None` when it is.
    queue: Option<Vec<Request>>,
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

impl Client {
    /// A client without a worker; [`Client::start`] gives it one.
    pub fn new(limits: Limits, report: impl Fn(Notice) + 'static) -> Self {
        Client(StoredValue::new_local(Rc::new(Core {
            report: Box::new(report),
            limits: Cell::new(limits),
            next_id: Cell::new(0),
            connection: RefCell::default(),
            answers: RefCell::default(),
            run: Cell::new(None),
            is_open: Cell::new(false),
        })))
    }

    /// Starts a worker in the place of the present one, if any, and opens it.
    pub fn start(self) {
        let core = self.0.get_value();
        // The old worker must be gone before the new one opens the same database.
        core.connection.take();
        core.answers.take();
        core.run.set(None);
        match connect(&core) {
            Ok(connection) => {
                core.connection.replace(Some(connection));
                self.send(Command::Open { limits: core.limits.get() });
            }
            Err(error) => (core.report)(Notice::Lost(Loss::Unavailable(error.to_string()))),
        }
    }

    /// Sets what the runs to come may use, also those of workers to come.
    pub fn set_limits(self, limits: Limits) {
        let core = self.0.get_value();
        core.limits.set(limits);
        if core.connection.borrow().is_some() {
            core.send(Command::SetLimits { limits });
        }
    }

    /// Stops the run that is under way: softly where the worker can be reached, so that `_home` and the
    /// globals stay as the program left them; else, or if it does not obey, by a new worker.
    pub fn stop(self) {
        let core = self.0.get_value();
        let Some(run) = core.run.get() else { return };
        if !core.request_stop() {
            return self.replace_stopped();
        }
        set_timeout(
            move || {
                if self.0.with_value(|core| core.run.get() == Some(run)) {
                    self.replace_stopped();
                }
            },
            PATIENCE,
        );
    }

    fn replace_stopped(self) {
        (self.0.get_value().report)(Notice::Lost(Loss::Stopped));
        self.start();
    }

    /// Gives the program the line that it waits for; `None` says that there is none to come.
    pub fn answer_input(self, line: Option<&str>) {
        self.0.with_value(|core| {
            if let Some(Connection { control: Some(control), .. }) = &*core.connection.borrow() {
                control.give_line(line);
            }
        });
    }

    /// Whether a run can be stopped softly and can wait for input.
    pub fn can_reach_a_run(self) -> bool {
        Control::is_possible()
    }

    /// Sends a command; what it brings is reported. Without a worker, one is started first.
    pub fn send(self, command: Command) -> RequestId {
        if self.0.with_value(|core| core.connection.borrow().is_none()) && !matches!(command, Command::Open { .. }) {
            self.start();
        }
        self.0.get_value().send(command)
    }

    /// Sends a question whose answer only the asker wants. If the worker goes before it answers,
    /// there is none.
    pub fn ask(self, command: Command, on_answer: impl FnOnce(EventBody) + 'static) {
        let core = self.0.get_value();
        if core.connection.borrow().is_some() {
            let id = core.send(command);
            core.answers.borrow_mut().insert(id, Box::new(on_answer));
        }
    }
}

impl Core {
    fn send(&self, command: Command) -> RequestId {
        // Ids are never reused: a late event of a stopped run must match nothing.
        let id = RequestId(self.next_id.replace(self.next_id.get() + 1));
        if matches!(command, Command::Run { .. }) {
            self.run.set(Some(id));
            if let Some(Connection { control: Some(control), .. }) = &*self.connection.borrow() {
                control.clear();
            }
        }
        let request = Request { id, command };
        (self.report)(Notice::Sent(request.clone()));
        let result = match &mut *self.connection.borrow_mut() {
            Some(Connection { queue: Some(queue), .. }) => {
                queue.push(request);
                Ok(())
            }
            Some(connection) => post(&connection.worker, &request),
            // A start that failed was reported then.
            None => Ok(()),
        };
        if let Err(message) = result {
            self.lose(Loss::Unavailable(message));
        }
        id
    }

    fn receive(&self, message: &JsValue) {
        let event = match read(message) {
            Ok(event) => event,
            Err(error) => return self.lose(Loss::Unavailable(error)),
        };
        if let EventBody::Started { build_id } = &event.body {
            return self.greet(build_id);
        }
        if matches!(event.body, EventBody::Opened(_)) {
            self.is_open.set(true);
        }
        if matches!(event.body, EventBody::RunFinished(_)) && event.request == self.run.get() {
            self.run.set(None);
        }
        let answer = event.request.and_then(|id| self.answers.borrow_mut().remove(&id));
        match answer {
            Some(answer) => answer(event.body),
            None => (self.report)(Notice::Received(event)),
        }
    }

    fn greet(&self, build_id: &str) {
        if build_id != BUILD_ID {
            let message = format!("the worker is of build {build_id}, the page of build {BUILD_ID}; reload the page");
            return self.lose(Loss::Unavailable(message));
        }
        let failed = match &mut *self.connection.borrow_mut() {
            Some(connection) => {
                let waiting = connection.queue.take().unwrap_or_default();
                let shared = connection.control.as_ref().map(|control| control.share_with(&connection.worker));
                shared
                    .and_then(Result::err)
                    .map(|error| describe(&error))
                    .or_else(|| waiting.iter().find_map(|request| post(&connection.worker, request).err()))
            }
            None => None,
        };
        if let Some(message) = failed {
            self.lose(Loss::Unavailable(message));
        }
    }

    /// Whether the worker could be asked to stop.
    fn request_stop(&self) -> bool {
        match &*self.connection.borrow() {
            Some(Connection { control: Some(control), queue: None, .. }) => {
                control.stop();
                true
            }
            _ => false,
        }
    }

    /// Gives up the worker for good, until the next command.
    fn lose(&self, loss: Loss) {
        self.run.set(None);
        // Only taken out here: its closure may be the one that is running.
        let connection = self.connection.take();
        leptos::prelude::queue_microtask(move || drop(connection));
        self.answers.take();
        (self.report)(Notice::Lost(loss));
    }
}

fn connect(core: &Rc<Core>) -> Result<Connection, StartError> {
    core.is_open.set(false);
    let url = Asset::Worker.url().ok_or(StartError::NoUrl)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&url, &options).map_err(StartError::Refused)?;
    let weak = Rc::downgrade(core);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(core) = weak.upgrade() {
            core.receive(&message.data());
        }
    });
    let weak = Rc::downgrade(core);
    let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |error: ErrorEvent| {
        if let Some(core) = weak.upgrade() {
            error.prevent_default();
            recover(&core, &error);
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(Connection {
        worker,
        control: Control::new(),
        queue: Some(Vec::new()),
        _on_message: on_message,
        _on_error: on_error,
    })
}

/// After a trap: a new worker, unless this one did not even come up, for then the next would not.
fn recover(core: &Rc<Core>, error: &ErrorEvent) {
    // One that was never opened would end the same way again.
    let was_up = core.is_open.get();
    // A script that did not load gives an event without a message.
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    let message = message.filter(|text| !text.is_empty()).unwrap_or_else(|| "the worker did not load".to_owned());
    if !was_up {
        return core.lose(Loss::Unavailable(message));
    }
    core.lose(Loss::Crashed(message));
    match connect(core) {
        Ok(connection) => {
            core.connection.replace(Some(connection));
            core.send(Command::Open { limits: core.limits.get() });
        }
        Err(error) => (core.report)(Notice::Lost(Loss::Unavailable(error.to_string()))),
    }
}

fn post(worker: &Worker, request: &Request) -> Result<(), String> {
    let bytes = wire::encode(request).map_err(|error| error.to_string())?;
    let array = Uint8Array::from(bytes.as_slice());
    let transfer = js_sys::Array::of1(&array.buffer());
    worker.post_message_with_transfer(&array, &transfer).map_err(|error| describe(&error))
}

fn read(message: &JsValue) -> Result<Event, String> {
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
