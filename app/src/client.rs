//! The only user of `Worker`: sends requests, passes on what comes back, replaces a worker that
//! was stopped or has crashed. Does not know what the messages mean for the page.

mod connection;
mod core;
mod questions;

use std::{rc::Rc, time::Duration};

use leptos::prelude::*;
use wire::{ArchiveCommand, Command, Event, EventBody, Limits, Preferences, Request, RequestId};

use self::core::{Core, open};
use crate::control::Control;

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

/// The handle of the one client; copies are the same client.
#[derive(Clone, Copy)]
pub struct Client(StoredValue<Rc<Core>, LocalStorage>);

impl Client {
    /// A client without a worker; [`Client::start`] gives it one.
    pub fn new(limits: Limits, preferences: Preferences, report: impl Fn(Notice) + 'static) -> Self {
        Client(StoredValue::new_local(Rc::new(Core::new(limits, preferences, report))))
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
