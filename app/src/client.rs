//! The only user of `Worker`: sends requests, passes on what comes back, replaces a worker that
//! was stopped or has crashed. Does not know what the messages mean for the page.

mod connection;
mod questions;

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    time::Duration,
};

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::ErrorEvent;
use wire::{
    Access, ArchiveCommand, ArchiveEvent, BUILD_ID, Command, Event, EventBody, Limits, Preferences, Request, RequestId,
};

use crate::control::Control;
use connection::{Connection, StartError};
use questions::Questions;

/// What the client reports.
pub enum Notice {
    /// A request is on its way, or waits for the worker to be up.
    Sent(Request),
    /// The worker said something.
    Received(Event),
    /// Whoever asked this got the answer.
    Answered(RequestId),
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
    /// What a person chose about history.
    preferences: Cell<Preferences>,
    next_id: Cell<u32>,
    connection: RefCell<Option<Connection>>,
    answers: RefCell<HashMap<RequestId, Answer>>,
    /// What was asked since the run began and is not answered.
    questions: RefCell<Questions>,
    /// The run that has not ended yet.
    run: Cell<Option<RequestId>>,
    /// Whether the present worker has opened `_home`.
    is_open: Cell<bool>,
    /// Whether this page's worker is the one that may write, or the worker before it was.
    is_writer: Cell<bool>,
}

impl Client {
    /// A client without a worker; [`Client::start`] gives it one.
    pub fn new(limits: Limits, preferences: Preferences, report: impl Fn(Notice) + 'static) -> Self {
        Client(StoredValue::new_local(Rc::new(Core {
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
        })))
    }

    /// Starts a worker in the place of the present one, if any, and opens it.
    pub fn start(self) {
        let core = self.0.get_value();
        // The old worker must be gone before the new one opens the same database.
        core.connection.take();
        core.forget_requests();
        open(&core);
    }

    /// Sets what the runs to come may use, also those of workers to come.
    pub fn set_limits(self, limits: Limits) {
        let core = self.0.get_value();
        core.limits.set(limits);
        if core.connection.borrow().is_some() {
            core.send(Command::SetLimits { limits });
        }
    }

    /// Sets what is kept of history, and what programs find, also for workers to come.
    pub fn set_preferences(self, preferences: Preferences) {
        let core = self.0.get_value();
        core.preferences.set(preferences);
        if core.connection.borrow().is_some() {
            core.send(Command::Archive(ArchiveCommand::SetPreferences(preferences)));
        }
    }

    /// Stops the run that is under way: softly where the worker can be reached, so that `_home` and the
    /// globals stay as the program left them; else, or if it does not obey, by a new worker.
    pub fn stop(self) {
        let core = self.0.get_value();
        let Some(run) = core.run.get() else { return };
        if core.with_line_to_run(Control::stop).is_none() {
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
            core.with_line_to_run(|control| control.give_line(line));
        });
    }

    /// Whether a run can be stopped softly, can wait for input, and answers questions.
    pub fn can_reach_a_run(self) -> bool {
        Control::is_possible()
    }

    /// How many bytes the program that runs holds, if it can be reached.
    pub fn memory_in_use(self) -> Option<u64> {
        self.0.with_value(|core| core.with_line_to_run(Control::memory_bytes))
    }

    /// Sends a command; what it brings is reported. Without a worker, one is started first.
    pub fn send(self, command: Command) -> RequestId {
        if self.0.with_value(|core| core.connection.borrow().is_none()) && !matches!(command, Command::Open { .. }) {
            self.start();
        }
        self.0.get_value().send(command)
    }

    /// Sends a question whose answer only the asker wants; one that looks into something is answered in
    /// the middle of a run. If the worker goes before it answers, there is no answer.
    pub fn ask(self, command: Command, on_answer: impl FnOnce(EventBody) + 'static) {
        let core = self.0.get_value();
        if core.connection.borrow().is_none() {
            return;
        }
        let is_look = matches!(command, Command::Inspect { .. } | Command::ShowSource { .. });
        let id = if is_look && core.run.get().is_some() && core.with_line_to_run(|_| ()).is_some() {
            core.ask_run(command)
        } else {
            core.send(command)
        };
        core.answers.borrow_mut().insert(id, Box::new(on_answer));
    }
}

impl Core {
    /// What every worker is told first.
    fn open(&self) {
        self.send(Command::Open { limits: self.limits.get() });
        self.send(Command::Archive(ArchiveCommand::SetPreferences(self.preferences.get())));
    }

    // Ids are never reused: a late event of a stopped run must match nothing.
    fn new_request(&self, command: Command) -> Request {
        Request { id: RequestId(self.next_id.replace(self.next_id.get() + 1)), command }
    }

    fn send(&self, command: Command) -> RequestId {
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

    fn with_line_to_run<T>(&self, act: impl FnOnce(&Control) -> T) -> Option<T> {
        self.connection.borrow().as_ref().and_then(Connection::line_to_run).map(act)
    }

    /// Asks the program that runs.
    fn ask_run(&self, command: Command) -> RequestId {
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
        let is_locked_out = self.note_access(&event.body);
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
        if is_locked_out {
            self.send(Command::Archive(ArchiveCommand::TakeOver));
        }
        None
    }

    /// Notes who may write. Gives whether a worker that this page has replaced still keeps the new one out:
    /// a browser may take seconds to end one that is busy.
    fn note_access(&self, body: &EventBody) -> bool {
        let access = match body {
            EventBody::Opened(opening) => opening.access,
            EventBody::Archive(ArchiveEvent::AccessChanged(access)) => *access,
            _ => return false,
        };
        let was_writer = self.is_writer.replace(access == Access::Writer);
        was_writer && access != Access::Writer && matches!(body, EventBody::Opened(_))
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

    fn forget_requests(&self) {
        self.run.set(None);
        self.answers.take();
        self.questions.take();
    }
}

/// Starts a worker and opens it.
fn open(core: &Rc<Core>) {
    core.is_open.set(false);
    match connect(core) {
        Ok(connection) => {
            core.connection.replace(Some(connection));
            core.open();
        }
        Err(error) => (core.report)(Notice::Lost(Loss::Unavailable(error.to_string()))),
    }
}

fn connect(core: &Rc<Core>) -> Result<Connection, StartError> {
    let (on_message, on_error) = (Rc::downgrade(core), Rc::downgrade(core));
    Connection::start(
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
