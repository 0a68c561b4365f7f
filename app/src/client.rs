//! The only user of the engine's worker: sends requests, stops runs, passes on what comes back, and replaces a worker
//! that was stopped or has crashed. Does not know what the messages mean for the page.

mod connection;
mod core;
mod lost_run;
mod pending_request;
mod run_control;
mod run_queries;

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;
use wire::{Call, Command, Event, EventBody, Request, RequestId, Settings};

pub use self::pending_request::PendingRequest;
use self::{
    core::{Core, drive, open, withdraw_pending},
    run_control::RunEvent,
};
use crate::{
    control::Control,
    rpc::{CallError, Ended, Service},
};

/// What the client reports.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientEvent {
    /// A request is on its way, or waits for the worker to be up.
    Sent(Request),
    /// The worker said something.
    Received(Event),
    /// Whoever asked this was told how it ended.
    Answered(RequestId),
    /// The worker is gone.
    Disconnected(Disconnect),
}

/// Why a worker is gone. After the first two, a new one is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disconnect {
    /// The person stopped it.
    Stopped,
    /// It ended by a trap or a panic.
    Crashed(String),
    /// It never came up.
    Unavailable(String),
}

/// The engine as a service: what its worker takes and says.
pub struct Engine;

impl Service for Engine {
    type Command = Command;
    type Body = EventBody;

    fn cancel(request: RequestId) -> Command {
        Command::Cancel { request }
    }

    fn end(body: &EventBody) -> Option<Result<(), CallError>> {
        match body {
            EventBody::Replied(_) => Some(Ok(())),
            EventBody::Faulted(fault) => Some(Err(CallError::Failed(fault.clone()))),
            EventBody::Cancelled => Some(Err(CallError::Cancelled)),
            _ => None,
        }
    }
}

/// The handle of the one client; copies are the same client.
#[derive(Clone, Copy)]
pub struct Client(StoredValue<Rc<Core>, LocalStorage>);

impl Client {
    /// A client without a worker; [`Client::start`] gives it one, which keeps `_home` in this database.
    pub fn new(database: String, settings: Settings, report: impl Fn(ClientEvent) + 'static) -> Self {
        Client(StoredValue::new_local(Rc::new(Core::new(database, settings, report))))
    }

    /// Starts a worker.
    pub fn start(self) {
        open(&self.0.get_value());
    }

    /// Changes the settings, also those of workers to come.
    pub fn change_settings(self, settings: Settings) {
        let core = self.0.get_value();
        core.settings.set(settings);
        core.send_to_worker(Command::ChangeSettings(settings));
    }

    /// Stops the last run. One that has not begun is withdrawn. One that is running is asked to end, so that `_home` and
    /// the globals stay as the program left them; where it cannot be asked, or does not obey, the worker is replaced.
    pub fn stop(self) {
        drive(&self.0.get_value(), RunEvent::StopWanted);
    }

    /// Gives the program the line that it waits for; `None` says that there is none to come.
    pub fn answer_input(self, line: Option<&str>) {
        self.0.with_value(|core| {
            core.with_control(|control| control.give_line(line));
        });
    }

    /// Whether a run can be stopped softly, can wait for input, and answers queries.
    pub fn can_reach_a_run(self) -> bool {
        Control::is_possible()
    }

    /// How many bytes the program that runs holds, if it can be reached.
    pub fn memory_in_use(self) -> Option<u64> {
        self.0.with_value(|core| core.with_control(Control::memory_bytes))
    }

    /// Which worker there is, of all that this page had.
    pub fn worker_number(self) -> Option<u32> {
        self.0.with_value(|core| core.has_worker().then_some(core.workers.get()))
    }

    /// Sends a command; what it brings is reported. Without a worker, one is started first.
    pub fn send(self, command: Command) {
        let core = self.0.get_value();
        if !core.has_worker() {
            open(&core);
        }
        core.send(command);
    }

    /// Asks for something that only the asker wants. It ends in an answer, or in the reason why there is none. What
    /// looks into something is answered in the middle of a run.
    pub fn ask<C: Call>(self, call: C, on_end: impl FnOnce(Result<C::Reply, CallError>) + 'static) {
        self.begin(call, on_end);
    }

    /// Asks for something that is wanted only as long as what this returns is kept.
    pub fn ask_while_kept<C: Call>(
        self,
        call: C,
        on_end: impl FnOnce(Result<C::Reply, CallError>) + 'static,
    ) -> PendingRequest {
        let is_wanted = Rc::new(Cell::new(true));
        let still_wanted = Rc::clone(&is_wanted);
        let on_end = move |answer| {
            if still_wanted.get() {
                on_end(answer);
            }
        };
        PendingRequest { id: self.begin(call, on_end), core: self.0.get_value(), is_wanted }
    }

    /// Withdraws what was asked, unless it has ended. Whoever asked hears of it.
    pub fn cancel(self, request: RequestId) {
        withdraw_pending(&self.0.get_value(), request);
    }

    fn begin<C: Call>(self, call: C, on_end: impl FnOnce(Result<C::Reply, CallError>) + 'static) -> RequestId {
        let core = self.0.get_value();
        // A worker of the same build gives the answer that belongs to the call.
        let read = |body| C::reply_of(body).ok_or(CallError::Unavailable);
        let on_body = move |body: Result<EventBody, CallError>| on_end(body.and_then(read));
        let (id, rejected) = core.ask(call.into_command(), Box::new(on_body));
        if let Some(rejected) = rejected {
            // Later, as all answers come: the asker may be in the middle of something.
            queue_microtask(move || Ended::tell(rejected));
        }
        id
    }
}
