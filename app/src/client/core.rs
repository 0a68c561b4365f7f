//! The client's inside: requests out, events in, and a new worker after a stop or a crash.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use leptos::prelude::{queue_microtask, set_timeout};
use wasm_bindgen::JsValue;
use wire::{
    Access, BUILD_ID, Command, Event, EventBody, History, HistoryEvent, OpenReport, Outcome, Request, RequestId,
    RunReport, Settings, WorkerName,
};

use super::{
    ClientEvent, Disconnect, Engine,
    connection::{self, Connection},
    lost_run::RunWatch,
    run_control::{RunControl, RunEffect, RunEvent},
    run_queries::RunQueries,
};
use crate::{
    browser_worker::StartError,
    control::Control,
    rpc::{CallError, Channel, Ended, Received},
};

type OnEnd = Box<dyn FnOnce(Result<EventBody, CallError>)>;

/// What the copies of a client share.
pub struct Core {
    report: Box<dyn Fn(ClientEvent)>,
    /// Where the workers keep `_home`.
    database: String,
    /// What the person chose.
    pub settings: Cell<Settings>,
    channel: RefCell<Channel<Engine, Connection>>,
    /// What was asked since the run began and is not answered.
    queries: RefCell<RunQueries>,
    /// How far the last run is.
    run: Cell<RunControl>,
    /// What the journal keeps of the run if its worker ends in the middle of it.
    watch: RefCell<RunWatch>,
    /// How many workers there were.
    pub workers: Cell<u32>,
    /// Whether the present worker has opened `_home`.
    is_open: Cell<bool>,
    /// Whether this page's worker is the one that may write, or the worker before it was.
    is_writer: Cell<bool>,
}

impl Core {
    /// Without a worker.
    pub fn new(database: String, settings: Settings, report: impl Fn(ClientEvent) + 'static) -> Core {
        Core {
            report: Box::new(report),
            database,
            settings: Cell::new(settings),
            channel: RefCell::new(Channel::new()),
            queries: RefCell::default(),
            run: Cell::default(),
            watch: RefCell::default(),
            workers: Cell::new(0),
            is_open: Cell::new(false),
            is_writer: Cell::new(false),
        }
    }

    /// Whether there is a worker, though it may not be up yet.
    pub fn has_worker(&self) -> bool {
        self.channel.borrow().worker().is_some()
    }

    /// Sends a command.
    pub fn send(&self, command: Command) {
        let id = self.channel.borrow_mut().new_id();
        self.watch.borrow_mut().sent(id, &command);
        if matches!(command, Command::Run { .. }) {
            self.advance(RunEvent::Sent(id));
            self.with_control(Control::clear);
        }
        (self.report)(ClientEvent::Sent(Request { id, command: command.clone() }));
        self.post(id, command);
    }

    /// Sends a command, unless there is no worker that it would matter to.
    pub fn send_to_worker(&self, command: Command) {
        if self.has_worker() {
            self.send(command);
        }
    }

    /// Asks; gives a rejection to be told if there is no worker.
    pub fn ask(&self, command: Command, on_end: OnEnd) -> (RequestId, Option<Ended<Engine>>) {
        let id = self.channel.borrow_mut().new_id();
        let rejected = self.channel.borrow_mut().expect(id, on_end);
        if rejected.is_some() {
            return (id, rejected);
        }
        let is_look = matches!(&command, Command::Look(look) if look.subject().is_some());
        let is_running = self.run.get().running().is_some();
        if is_look && is_running && self.with_control(|_| ()).is_some() {
            let query = Request { id, command };
            self.with_control(|control| self.queries.borrow_mut().ask(control, query));
        } else {
            (self.report)(ClientEvent::Sent(Request { id, command: command.clone() }));
            self.post(id, command);
        }
        (id, None)
    }

    fn post(&self, id: RequestId, command: Command) {
        let posted = self.channel.borrow_mut().post(id, command);
        if let Err(message) = posted {
            self.disconnect(Disconnect::Unavailable(message));
        }
    }

    /// Uses the memory that is shared with the worker, where it is and the worker is up.
    pub fn with_control<T>(&self, act: impl FnOnce(&Control) -> T) -> Option<T> {
        self.channel.borrow().ready_worker().and_then(Connection::control).map(act)
    }

    fn advance(&self, event: RunEvent) -> Vec<RunEffect> {
        let mut run = self.run.get();
        let effects = run.apply(event, self.with_control(|_| ()).is_some());
        self.run.set(run);
        effects
    }

    /// Notes what an event means for who may write, and for what is asked in the middle of a run.
    fn note(&self, event: &Event) {
        self.watch.borrow_mut().heard(event, js_sys::Date::now);
        match &event.body {
            EventBody::Opened(OpenReport { access, .. }) | EventBody::History(HistoryEvent::AccessChanged(access)) => {
                self.is_writer.set(*access == Access::Writer);
            }
            EventBody::RunFinished(_) => {
                // What the program did not answer, the worker does.
                let unanswered = self.with_control(|control| self.queries.borrow_mut().withdraw_all(control));
                unanswered.into_iter().flatten().for_each(|query| self.post(query.id, query.command));
            }
            _ => {}
        }
        if let Some(id) = event.request {
            self.with_control(|control| self.queries.borrow_mut().answered(control, id));
        }
    }

    fn pass_on(&self, event: Event) {
        let Event { request, body } = event;
        let received = self.channel.borrow_mut().receive(request, body);
        match received {
            Received::Answer(ended) => {
                request.into_iter().for_each(|id| (self.report)(ClientEvent::Answered(id)));
                ended.tell();
            }
            Received::Event(body) => (self.report)(ClientEvent::Received(Event { request, body })),
        }
    }

    fn on_ready(&self, build_id: &str) -> Result<(), String> {
        if build_id != BUILD_ID {
            return Err(format!("the worker is of build {build_id}, the page of build {BUILD_ID}; reload the page"));
        }
        let mut channel = self.channel.borrow_mut();
        channel.worker().map_or(Ok(()), Connection::share_control)?;
        channel.on_ready()
    }

    /// Lets go of the worker, rejects what it has not answered, and reports why.
    fn disconnect(&self, reason: Disconnect) {
        let error = match reason {
            Disconnect::Stopped | Disconnect::Crashed(_) => CallError::Interrupted,
            Disconnect::Unavailable(_) => CallError::Unavailable,
        };
        let crash = match &reason {
            Disconnect::Crashed(message) => Some(message.clone()),
            Disconnect::Stopped | Disconnect::Unavailable(_) => None,
        };
        self.watch.borrow_mut().worker_ended(crash, js_sys::Date::now());
        let (connection, rejected) = self.channel.borrow_mut().disconnect(&error);
        match reason {
            // Nothing of it is running: it must be gone before the next one opens the same database.
            Disconnect::Stopped => drop(connection),
            // Dropped later: this may be inside its closure.
            _ => queue_microtask(move || drop(connection)),
        }
        self.queries.take();
        self.advance(RunEvent::Lost);
        (self.report)(ClientEvent::Disconnected(reason));
        rejected.into_iter().for_each(Ended::tell);
    }
}

/// Starts a worker and opens it.
pub fn open(core: &Rc<Core>) {
    core.is_open.set(false);
    match connect(core) {
        Ok(connection) => {
            core.workers.update(|count| count + 1);
            core.channel.borrow_mut().attach(connection);
            core.send(Command::Open { settings: core.settings.get() });
            let lost = core.watch.borrow_mut().take_lost();
            if let Some(run) = lost {
                // Nobody asked for it, and nobody waits for it.
                let id = core.channel.borrow_mut().new_id();
                core.post(id, Command::History(History::KeepLostRun(run)));
            }
        }
        Err(error) => (core.report)(ClientEvent::Disconnected(Disconnect::Unavailable(error.to_string()))),
    }
}

fn connect(core: &Rc<Core>) -> Result<Connection, StartError> {
    let (on_message, on_error) = (Rc::downgrade(core), Rc::downgrade(core));
    Connection::start(
        // A successor is the one after a worker of this page that could write.
        &WorkerName { database: core.database.clone(), is_successor: core.is_writer.get() },
        move |message| {
            if let Some(core) = on_message.upgrade()
                && let Err(reason) = receive(&core, message)
            {
                recover(&core, reason);
            }
        },
        move |error| {
            if let Some(core) = on_error.upgrade() {
                recover(&core, Disconnect::Crashed(connection::reason(error)));
            }
        },
    )
}

fn receive(core: &Rc<Core>, message: &JsValue) -> Result<(), Disconnect> {
    let event = connection::read(message).map_err(Disconnect::Unavailable)?;
    match &event.body {
        EventBody::Started { build_id } => return core.on_ready(build_id).map_err(Disconnect::Unavailable),
        EventBody::Crashed(fault) => return Err(Disconnect::Crashed(fault.message.clone())),
        EventBody::Opened(_) => core.is_open.set(true),
        _ => {}
    }
    core.note(&event);
    let run_event = run_event(&event);
    core.pass_on(event);
    if let Some(run_event) = run_event {
        drive(core, run_event);
    }
    Ok(())
}

/// What an event of the worker means for a run.
fn run_event(event: &Event) -> Option<RunEvent> {
    match (&event.body, event.request) {
        (EventBody::Opened(_), _) => Some(RunEvent::Opened),
        (EventBody::RunStarted, Some(run)) => Some(RunEvent::Started(run)),
        (EventBody::Cancelled, Some(run)) => Some(RunEvent::Cancelled(run)),
        // Nothing ran, and nothing is saved.
        (EventBody::RunFinished(RunReport { outcome: Outcome::Incomplete, .. }), Some(run)) => {
            Some(RunEvent::Ended(run))
        }
        (EventBody::RunFinished(_), Some(run)) => Some(RunEvent::Finished(run)),
        (EventBody::HomeSaved(_) | EventBody::Faulted(_), Some(run)) => Some(RunEvent::Ended(run)),
        _ => None,
    }
}

/// Takes what happened to a run, and does what is to be done about it.
pub fn drive(core: &Rc<Core>, event: RunEvent) {
    for effect in core.advance(event) {
        match effect {
            RunEffect::Withdraw(run) => withdraw(core, run),
            RunEffect::RaiseStop => {
                core.with_control(Control::stop);
            }
            RunEffect::StartTimer(run, time) => {
                let core = Rc::clone(core);
                let on_time = move || {
                    let has_ended = core.with_control(|control| !control.is_program_running()).unwrap_or(false);
                    drive(&core, RunEvent::TimedOut { run, has_ended });
                };
                set_timeout(on_time, time);
            }
            RunEffect::ReplaceWorker => {
                core.disconnect(Disconnect::Stopped);
                open(core);
            }
        }
    }
}

/// Withdraws what was asked, unless it has ended.
pub fn withdraw_pending(core: &Rc<Core>, request: RequestId) {
    let is_pending = core.channel.borrow().is_pending(request);
    if is_pending {
        withdraw(core, request);
    }
}

/// Withdraws a run, or what was asked.
fn withdraw(core: &Rc<Core>, request: RequestId) {
    let cancelled = core.channel.borrow_mut().cancel(request);
    match cancelled {
        Ok(true) => {
            core.pass_on(Event { request: Some(request), body: EventBody::Cancelled });
            drive(core, RunEvent::Cancelled(request));
        }
        Ok(false) => {}
        Err(message) => core.disconnect(Disconnect::Unavailable(message)),
    }
}

/// After a crash: a new worker, unless this one did not even open `_home`, for then the next would not.
fn recover(core: &Rc<Core>, reason: Disconnect) {
    match reason {
        Disconnect::Crashed(message) if !core.is_open.get() => core.disconnect(Disconnect::Unavailable(message)),
        Disconnect::Crashed(_) => {
            core.disconnect(reason);
            open(core);
        }
        reason => core.disconnect(reason),
    }
}
