//! The ghost of this page: a second worker of the engine, which tries things out in a copy of `_home` and of all else that
//! lives beside it, and saves nothing. It is started when something is tried, and ended when nothing is for a while.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::prelude::*;
use wire::{
    Call, ChunkName, Command, Event, EventBody, FileChange, Fork, Forked, GHOST_NAME, HistoryEvent, Load, Outcome,
    Output, RequestId, RunInfo, RunMode, RunReport, Stream, Subject,
};

use crate::{
    assets::Asset,
    browser_worker::{self, BrowserWorker, StartError},
    client::Engine,
    rpc::{CallError, Channel, Ended, Received, Service},
    session::Session,
    workspace::WorkerFiles,
};

/// How much longer than its limit a trial may take before its worker is ended: copying a large state takes a while, and
/// some functions of Lua do not look at the clock.
const GRACE: Duration = Duration::from_secs(3);
/// How long a ghost is kept that nobody needs.
const IDLE: Duration = Duration::from_secs(60);
/// How much of what a trial writes is kept, in bytes: the last of it.
const MAX_OUTPUT_BYTES: usize = 256 << 10;

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

/// What came of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// How it went, and how many values of `_home` it changed.
    pub info: RunInfo,
    /// What it wrote.
    pub output: Vec<Output>,
    /// The files that it changed.
    pub files: Vec<FileChange>,
}

/// What came of it, or why there is nothing; `None`: it is only the beginning of a chunk.
pub type Tried = Result<Option<Trial>, CallError>;

/// A worker of the engine that is a ghost: a run ends with what is said of it.
struct Ghosts;

impl Service for Ghosts {
    type Command = Command;
    type Body = EventBody;

    fn cancel(request: RequestId) -> Command {
        Engine::cancel(request)
    }

    fn end(body: &EventBody) -> Option<Result<(), CallError>> {
        match body {
            EventBody::History(HistoryEvent::RunTried(_))
            | EventBody::RunFinished(RunReport { outcome: Outcome::Incomplete, .. }) => Some(Ok(())),
            _ => Engine::end(body),
        }
    }
}

/// The handle; copies are the same ghost.
#[derive(Clone)]
pub struct Ghost(Rc<Inner>);

struct Inner {
    session: Session,
    channel: RefCell<Channel<Ghosts, BrowserWorker>>,
    files: RefCell<WorkerFiles>,
    /// How many workers there were.
    workers: Cell<u32>,
    /// The revision of the state of which the worker has a copy, and how many values of it are missing there.
    copied: Cell<Option<(u32, u64)>>,
    /// How often something was tried.
    trials: Cell<u32>,
    /// What the trial under way has done so far.
    output: RefCell<Vec<Output>>,
    changed_files: RefCell<Vec<FileChange>>,
    is_busy: Cell<bool>,
    /// What is tried as soon as the worker is not busy any more.
    next: RefCell<Option<(Wanted, OnEnd)>>,
}

type OnEnd = Box<dyn FnOnce(Tried)>;

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
            output: RefCell::default(),
            changed_files: RefCell::default(),
            is_busy: Cell::new(false),
            next: RefCell::default(),
        }))
    }

    /// How many values could not be copied for the last trial, such as open files.
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
            return self.begin(wanted, None, on_end);
        }
        let this = self.clone();
        inner.session.ask(Fork { subject: Subject::Home }, move |forked| match forked {
            Ok(state) => this.begin(wanted, Some((revision, state)), on_end),
            Err(error) => on_end(Err(error)),
        });
    }

    /// Copies the state that the last trial has left.
    pub fn fork(&self, on_end: impl FnOnce(Result<Forked, CallError>) + 'static) {
        self.ask(Fork { subject: Subject::Home }, on_end);
    }

    /// Begins a trial in a copy of the state of this revision; `None`: of the one that the worker has.
    fn begin(&self, wanted: Wanted, state: Option<(u32, Forked)>, on_end: impl FnOnce(Tried) + 'static) {
        let inner = &self.0;
        if inner.channel.borrow().worker().is_none() && self.start().is_err() {
            return on_end(Err(CallError::Unavailable));
        }
        let trial = inner.trials.get() + 1;
        inner.trials.set(trial);
        let mut settings = inner.session.settings.current().get_untracked().of_worker();
        settings.limits.time_millis = wanted.time_millis.unwrap_or(settings.limits.time_millis);
        self.post(Command::ChangeSettings(settings));
        if settings.limits.time_millis > 0 {
            let limit = Duration::from_millis(settings.limits.time_millis.into());
            self.end_later(limit + GRACE, move |inner| inner.is_busy.get() && inner.trials.get() == trial);
        }
        self.end_later(IDLE, move |inner| !inner.is_busy.get() && inner.trials.get() == trial);
        let copied = state.as_ref().map(|(revision, state)| (*revision, state.omission_count)).or(inner.copied.get());
        let this = self.clone();
        self.ask(Load { state: state.map(|(_, state)| state) }, move |loaded| {
            // Where it was not loaded, the worker may have an earlier one: the next trial brings its own.
            this.0.copied.set(copied.filter(|_| loaded.is_ok()));
            match loaded {
                Ok(()) => this.run(wanted, on_end),
                Err(error) => on_end(Err(error)),
            }
        });
    }

    fn run(&self, wanted: Wanted, on_end: impl FnOnce(Tried) + 'static) {
        let inner = &self.0;
        let files = inner.session.documents.update_files(&mut inner.files.borrow_mut(), inner.workers.get());
        self.post(Command::SetFiles(files));
        wanted.input.into_iter().for_each(|json| self.post(Command::SetInput { json }));
        inner.output.take();
        inner.changed_files.take();
        let Wanted { source, chunk, mode, .. } = wanted;
        let this = self.clone();
        let on_end = move |ended: Result<EventBody, CallError>| {
            let (output, files) = (this.0.output.take(), this.0.changed_files.take());
            on_end(ended.map(|body| match body {
                EventBody::History(HistoryEvent::RunTried(info)) => Some(Trial { info, output, files }),
                _ => None,
            }));
        };
        self.request(Command::Run { source, chunk, mode }, on_end);
    }

    fn ask<C: Call>(&self, call: C, on_end: impl FnOnce(Result<C::Reply, CallError>) + 'static) {
        let read = |body| C::reply_of(body).ok_or(CallError::Unavailable);
        self.request(call.into_command(), move |body| on_end(body.and_then(read)));
    }

    fn request(&self, command: Command, on_end: impl FnOnce(Result<EventBody, CallError>) + 'static) {
        let (posted, rejected) = {
            let channel = &mut *self.0.channel.borrow_mut();
            let id = channel.new_id();
            let rejected = channel.expect(id, Box::new(on_end));
            (channel.post(id, command), rejected)
        };
        rejected.into_iter().for_each(Ended::tell);
        if posted.is_err() {
            self.end();
        }
    }

    /// Sends what has no answer.
    fn post(&self, command: Command) {
        let posted = {
            let channel = &mut *self.0.channel.borrow_mut();
            let id = channel.new_id();
            channel.post(id, command)
        };
        if posted.is_err() {
            self.end();
        }
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
        inner.channel.borrow_mut().attach(worker);
        // It waits until the worker is up.
        self.post(Command::Open { settings: inner.session.settings.current().get_untracked().of_worker() });
        Ok(())
    }
}

impl Inner {
    fn take(&self, Event { request, body }: Event) {
        if matches!(body, EventBody::Started { .. }) {
            return drop(self.channel.borrow_mut().on_ready());
        }
        let received = self.channel.borrow_mut().receive(request, body);
        match received {
            Received::Answer(answer) => answer.tell(),
            Received::Event(EventBody::Printed(output)) => self.write(output),
            Received::Event(EventBody::PrintedLine(line)) => {
                self.write(Output { stream: Stream::Out, dropped_lines: 0, text: line.text + "\n" });
            }
            Received::Event(EventBody::FilesChanged(changes)) => drop(self.changed_files.replace(changes)),
            Received::Event(_) => {}
        }
    }

    /// Notes what the trial writes.
    fn write(&self, output: Output) {
        let all = &mut *self.output.borrow_mut();
        all.push(output);
        let mut bytes: usize = all.iter().map(|output| output.text.len()).sum();
        let surplus = all.iter().take_while(|output| {
            let is_surplus = bytes > MAX_OUTPUT_BYTES;
            bytes -= output.text.len();
            is_surplus
        });
        let surplus = surplus.count().min(all.len() - 1);
        let dropped: u64 = all.drain(..surplus).map(|it| it.dropped_lines + it.text.lines().count() as u64).sum();
        all[0].dropped_lines += dropped;
    }
}
