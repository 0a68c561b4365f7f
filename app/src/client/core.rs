//! The client's inside: requests out, events in, and a new worker after a crash.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use wasm_bindgen::JsValue;
use web_sys::ErrorEvent;
use wire::{
    Access, ArchiveCommand, ArchiveEvent, BUILD_ID, Command, EventBody, Limits, Opening, Preferences, Request,
    RequestId,
};

use super::{
    Loss, Notice,
    connection::{self, Connection, StartError},
    questions::Questions,
};
use crate::control::Control;

type Answer = Box<dyn FnOnce(EventBody)>;

/// What the copies of a client share.
pub struct Core {
    pub report: Box<dyn Fn(Notice)>,
    /// What a run may use.
    pub limits: Cell<Limits>,
    /// What a person chose about history.
    pub preferences: Cell<Preferences>,
    pub next_id: Cell<u32>,
    pub connection: RefCell<Option<Connection>>,
    pub answers: RefCell<HashMap<RequestId, Answer>>,
    /// What was asked since the run began and is not answered.
    pub questions: RefCell<Questions>,
    /// The run that has not ended yet.
    pub run: Cell<Option<RequestId>>,
    /// Whether the present worker has opened `_home`.
    pub is_open: Cell<bool>,
    /// Whether this page's worker is the one that may write, or the worker before it was.
    pub is_writer: Cell<bool>,
}

impl Core {
    /// Without a worker.
    pub fn new(limits: Limits, preferences: Preferences, report: impl Fn(Notice) + 'static) -> Core {
        Core {
            report: Box::new(report),
            limits: Cell::new(limits),
            preferences: Cell::new(preferences),
            next_id: Cell::new(0),
            connection: RefCell::default(),
            answers: RefCell::default(),
            questions: RefCell::default(),
            run: Cell::new(None),
            is_open: Cell::new(false),
            is_writer: Cell::new(false),
        }
    }

    // Ids are never reused: a late event of a stopped run must match nothing.
    fn new_request(&self, command: Command) -> Request {
        Request { id: RequestId(self.next_id.replace(self.next_id.get() + 1)), command }
    }

    /// Sends a command.
    pub fn send(&self, command: Command) -> RequestId {
        let request = self.new_request(command);
        let id = request.id;
        if matches!(request.command, Command::Run { .. }) {
            self.run.set(Some(id));
            self.with_line_to_run(Control::clear);
        }
        (self.report)(Notice::Sent(request.clone()));
        self.post(request);
        id
    }

    fn post(&self, request: Request) {
        let result = match &mut *self.connection.borrow_mut() {
            Some(connection) => connection.send(request),
            // A start that failed was reported then.
            None => Ok(()),
        };
        if let Err(message) = result {
            self.lose(Loss::Unavailable(message));
        }
    }

    /// Uses the way to a run, if there is one.
    pub fn with_line_to_run<T>(&self, act: impl FnOnce(&Control) -> T) -> Option<T> {
        self.connection.borrow().as_ref().and_then(Connection::line_to_run).map(act)
    }

    /// Asks the program that runs.
    pub fn ask_run(&self, command: Command) -> RequestId {
        let request = self.new_request(command);
        let id = request.id;
        self.with_line_to_run(|control| self.questions.borrow_mut().ask(control, request));
        id
    }

    fn receive(&self, message: &JsValue) -> Option<Loss> {
        let event = match connection::read(message) {
            Ok(event) => event,
            Err(error) => return Some(Loss::Unavailable(error)),
        };
        match event.body {
            EventBody::Started { build_id } => return self.greet(&build_id).err().map(Loss::Unavailable),
            EventBody::Crashed(fault) => return Some(Loss::Crashed(fault.message)),
            EventBody::Opened(_) => self.is_open.set(true),
            EventBody::RunFinished(_) if event.request == self.run.get() => self.run_finished(),
            _ => {}
        }
        if let Some(id) = event.request {
            self.with_line_to_run(|control| self.questions.borrow_mut().answered(control, id));
        }
        self.note_access(&event.body);
        let is_answer = !matches!(event.body, EventBody::Archive(ArchiveEvent::Progressed(_)));
        let asked = event.request.filter(|_| is_answer);
        let answer = asked.and_then(|id| Some((id, self.answers.borrow_mut().remove(&id)?)));
        match answer {
            Some((id, answer)) => {
                (self.report)(Notice::Answered(id));
                answer(event.body);
            }
            None => (self.report)(Notice::Received(event)),
        }
        None
    }

    /// Notes who may write.
    fn note_access(&self, body: &EventBody) {
        if let EventBody::Opened(Opening { access, .. }) | EventBody::Archive(ArchiveEvent::AccessChanged(access)) =
            body
        {
            self.is_writer.set(*access == Access::Writer);
        }
    }

    /// What the program did not answer, the worker does.
    fn run_finished(&self) {
        self.run.set(None);
        let unanswered = self.with_line_to_run(|control| self.questions.borrow_mut().take_back(control));
        unanswered.into_iter().flatten().for_each(|question| self.post(question));
    }

    fn greet(&self, build_id: &str) -> Result<(), String> {
        if build_id != BUILD_ID {
            return Err(format!("the worker is of build {build_id}, the page of build {BUILD_ID}; reload the page"));
        }
        self.connection.borrow_mut().as_mut().map_or(Ok(()), Connection::greet)
    }

    /// Gives up the worker for good, until the next command.
    fn lose(&self, loss: Loss) {
        // Only taken out here: its closure may be the one that is running.
        let connection = self.connection.take();
        leptos::prelude::queue_microtask(move || drop(connection));
        self.forget_requests();
        (self.report)(Notice::Lost(loss));
    }

    /// No answer will come any more.
    pub fn forget_requests(&self) {
        self.run.set(None);
        self.answers.take();
        self.questions.take();
    }
}

/// Starts a worker and opens it.
pub fn open(core: &Rc<Core>) {
    core.is_open.set(false);
    match connect(core) {
        Ok(connection) => {
            core.connection.replace(Some(connection));
            core.send(Command::Open { limits: core.limits.get() });
            core.send(Command::Archive(ArchiveCommand::SetPreferences(core.preferences.get())));
        }
        Err(error) => (core.report)(Notice::Lost(Loss::Unavailable(error.to_string()))),
    }
}

fn connect(core: &Rc<Core>) -> Result<Connection, StartError> {
    let (on_message, on_error) = (Rc::downgrade(core), Rc::downgrade(core));
    Connection::start(
        core.is_writer.get(),
        move |message| {
            if let Some(core) = on_message.upgrade()
                && let Some(loss) = core.receive(message)
            {
                recover(&core, loss);
            }
        },
        move |error| {
            if let Some(core) = on_error.upgrade() {
                recover(&core, Loss::Crashed(reason(error)));
            }
        },
    )
}

/// After a crash: a new worker, unless this one did not even open `_home`, for then the next would not.
fn recover(core: &Rc<Core>, loss: Loss) {
    match loss {
        Loss::Crashed(message) if !core.is_open.get() => core.lose(Loss::Unavailable(message)),
        Loss::Crashed(_) => {
            core.lose(loss);
            open(core);
        }
        loss => core.lose(loss),
    }
}

/// Why a worker ended. A script that did not load gives an event without a message.
fn reason(error: &ErrorEvent) -> String {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.filter(|text| !text.is_empty()).unwrap_or_else(|| "the worker did not load".to_owned())
}
