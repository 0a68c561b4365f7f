//! The ghost of this page: a second worker of the engine, which tries things out in a copy of `_home` and of all else that
//! lives beside it, and saves nothing. It is started when something is tried, and ended when nothing is for a while.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::prelude::*;
use wire::{Call, ChunkName, Command, Event, EventBody, Fork, Forked, GHOST_NAME, RunMode, Subject, Trial, Try};

use crate::{
    assets::Asset,
    browser_worker::{self, BrowserWorker, StartError},
    client::Engine,
    rpc::{CallError, Channel, Ended, Received},
    session::Session,
    workspace::WorkerFiles,
};

/// How much longer than its limit a trial may take before its worker is ended: copying a large state takes a while, and
/// some functions of Lua do not look at the clock.
const GRACE: Duration = Duration::from_secs(3);
/// How long a ghost is kept that nobody needs.
const IDLE: Duration = Duration::from_secs(60);

/// What is to be tried.
#[derive(Clone)]
pub struct Wanted {
    /// The source text.
    pub source: String,
    /// What it is called in messages.
    pub chunk: ChunkName,
    /// As a program, or as a line of the console.
    pub mode: RunMode,
    /// The JSON text that is to be `_io.input`; `None`: it stays what it is.
    pub input: Option<String>,
    /// How long it may take, in milliseconds; `None`: as long as a run.
    pub time_millis: Option<u32>,
}

/// What came of it: `None` if it is only the beginning of a chunk.
pub type Tried = Result<Option<Trial>, CallError>;

type OnEnd = Box<dyn FnOnce(Tried)>;

/// The handle; copies are the same ghost.
#[derive(Clone)]
pub struct Ghost(Rc<Inner>);

struct Inner {
    session: Session,
    channel: RefCell<Channel<Engine, BrowserWorker>>,
    files: RefCell<WorkerFiles>,
    /// How many workers there were.
    workers: Cell<u32>,
    /// The revision of the state of which the worker has a copy, and how many values of it are missing there.
    copied: Cell<Option<(u32, u64)>>,
    /// How often something was tried.
    trials: Cell<u32>,
    is_busy: Cell<bool>,
    /// What is tried as soon as the worker is not busy any more.
    next: RefCell<Option<(Wanted, OnEnd)>>,
}

impl Ghost {
    /// The ghost of a page.
    pub fn of(session: Session) -> Self {
        let known = session.ghost.try_update_value(|ghost| ghost.get_or_insert_with(|| Ghost::new(session)).clone());
        known.unwrap_or_else(|| Ghost::new(session))
    }

    fn new(session: Session) -> Self {
        Ghost(Rc::new(Inner {
            session,
            channel: RefCell::new(Channel::new()),
            files: RefCell::default(),
            workers: Cell::new(0),
            copied: Cell::new(None),
            trials: Cell::new(0),
            is_busy: Cell::new(false),
            next: RefCell::default(),
        }))
    }

    /// How many values could not be copied for the last trial, such as coroutines.
    pub fn omission_count(&self) -> u64 {
        self.0.copied.get().map_or(0, |(_, count)| count)
    }

    /// Tries something out in the present state. Of what is to be tried while something else is, only the newest is, and
    /// the rest is cancelled.
    pub fn try_out(&self, wanted: Wanted, on_end: impl FnOnce(Tried) + 'static) {
        let inner = &self.0;
        if inner.is_busy.get() {
            let replaced = inner.next.replace(Some((wanted, Box::new(on_end))));
            return replaced.into_iter().for_each(|(_, on_end)| on_end(Err(CallError::Cancelled)));
        }
        inner.is_busy.set(true);
        let this = self.clone();
        let on_end = move |tried| {
            this.0.is_busy.set(false);
            on_end(tried);
            if let Some((wanted, on_end)) = this.0.next.take() {
                this.try_out(wanted, on_end);
            }
        };
        let revision = inner.session.state.home_revision().get_untracked();
        if inner.copied.get().is_some_and(|(copied, _)| copied == revision) {
            return self.post(wanted, None, on_end);
        }
        let this = self.clone();
        inner.session.ask(Fork { subject: Subject::Home }, move |forked| match forked {
            Ok(state) => this.post(wanted, Some((revision, state)), on_end),
            Err(error) => on_end(Err(error)),
        });
    }

    /// Has the worker try something out, in a copy of the state of this revision, if there is a new one.
    fn post(&self, wanted: Wanted, state: Option<(u32, Forked)>, on_end: impl FnOnce(Tried) + 'static) {
        let inner = &self.0;
        if inner.channel.borrow().worker().is_none() && self.start().is_err() {
            return on_end(Err(CallError::Unavailable));
        }
        if let Some((revision, state)) = &state {
            inner.copied.set(Some((*revision, state.omission_count)));
        }
        let Wanted { source, chunk, mode, input, time_millis } = wanted;
        let mut settings = inner.session.settings.current().get_untracked().of_worker();
        settings.limits.time_millis = time_millis.unwrap_or(settings.limits.time_millis);
        let wanted = Try { state: state.map(|(_, state)| state), source, chunk, mode, input, settings };
        let files = inner.session.documents.update_files(&mut inner.files.borrow_mut(), inner.workers.get());
        let read = |body| Try::reply_of(body).ok_or(CallError::Unavailable);
        let on_body = move |body: Result<EventBody, CallError>| on_end(body.and_then(read));
        let failed = {
            let channel = &mut *inner.channel.borrow_mut();
            let (setting, trying) = (channel.new_id(), channel.new_id());
            // There is a worker, so nothing ends at once.
            drop(channel.expect(trying, Box::new(on_body)));
            let posted = channel.post(setting, Command::SetFiles(files));
            posted.and_then(|()| channel.post(trying, wanted.into_command())).is_err()
        };
        if failed {
            return self.end();
        }
        let trial = inner.trials.get() + 1;
        inner.trials.set(trial);
        if settings.limits.time_millis > 0 {
            self.end_later(Duration::from_millis(settings.limits.time_millis.into()) + GRACE, move |inner| {
                inner.is_busy.get() && inner.trials.get() == trial
            });
        }
        self.end_later(IDLE, move |inner| !inner.is_busy.get() && inner.trials.get() == trial);
    }

    /// Ends the worker after a while, if this is so then.
    fn end_later(&self, after: Duration, is_due: impl Fn(&Inner) -> bool + 'static) {
        let ghost = Rc::downgrade(&self.0);
        let end = move || {
            if let Some(inner) = ghost.upgrade().filter(|inner| is_due(inner)) {
                Ghost(inner).end();
            }
        };
        set_timeout(end, after);
    }

    /// Ends the worker, and what it is at.
    pub fn end(&self) {
        self.0.copied.set(None);
        let (worker, ended) = self.0.channel.borrow_mut().disconnect(&CallError::Interrupted);
        drop(worker);
        ended.into_iter().for_each(Ended::tell);
    }

    fn start(&self) -> Result<(), StartError> {
        let inner = &self.0;
        let (heard, failed) = (Rc::downgrade(inner), Rc::downgrade(inner));
        let number = inner.workers.get() + 1;
        let of_worker = move |inner: &Rc<Inner>| inner.workers.get() == number;
        let on_message = move |message: &_| {
            let Some(inner) = heard.upgrade().filter(of_worker) else { return };
            match browser_worker::read(message) {
                Ok(event) => inner.take(event),
                // The reason why it has ended.
                Err(_) => Ghost(inner).end(),
            }
        };
        let on_error = move |_: &_| failed.upgrade().filter(of_worker).into_iter().for_each(|inner| Ghost(inner).end());
        let worker = BrowserWorker::start(Asset::Engine, GHOST_NAME, on_message, on_error)?;
        inner.workers.set(number);
        let channel = &mut *inner.channel.borrow_mut();
        channel.attach(worker);
        let settings = inner.session.settings.current().get_untracked().of_worker();
        let id = channel.new_id();
        // It waits until the worker is up.
        drop(channel.post(id, Command::Open { settings }));
        Ok(())
    }
}

impl Inner {
    fn take(&self, Event { request, body }: Event) {
        if matches!(body, EventBody::Started { .. }) {
            return drop(self.channel.borrow_mut().on_ready());
        }
        let received = self.channel.borrow_mut().receive(request, body);
        if let Received::Answer(answer) = received {
            answer.tell();
        }
    }
}
