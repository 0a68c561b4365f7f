//! Queries from the page in the middle of a run.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wire::{Command, Event, EventBody, Request, Subject};

use crate::host::{Capture, Host};
use crate::inspections::Inspections;

/// How long one captured image answers queries, so that everything they show is from one moment.
const IMAGE_MILLIS: f64 = 200.0;
/// An image is used for at least this many times the time that its capture took, so that looking hardly slows the
/// program down.
const IMAGE_USE_FACTOR: f64 = 20.0;

/// Answers queries while a program runs.
pub struct RunQueries {
    inspections: Rc<RefCell<Inspections>>,
    emit: Rc<dyn Fn(Event)>,
    /// Until when the last image of `_home` is recent enough, by the monotonic clock.
    fresh_until_millis: Cell<f64>,
    /// What can only be answered after the run.
    later: RefCell<Vec<Request>>,
}

impl RunQueries {
    /// Answers go to `emit`.
    pub fn new(inspections: Rc<RefCell<Inspections>>, emit: Rc<dyn Fn(Event)>) -> RunQueries {
        RunQueries { inspections, emit, fresh_until_millis: Cell::new(0.0), later: RefCell::default() }
    }

    /// What they are answered from.
    pub fn inspections(&self) -> &RefCell<Inspections> {
        &self.inspections
    }

    /// A run begins: `_home` will not be as it was.
    pub fn begin(&self) {
        self.fresh_until_millis.set(0.0);
    }

    /// Returns the queries that could only be answered after the run.
    pub fn take_later(&self) -> Vec<Request> {
        self.later.take()
    }

    /// Answers the query that the host has, if any.
    pub fn answer(&self, host: &dyn Host, home: &mut Capture) {
        let Some(bytes) = host.take_query() else { return };
        let request: Request = match wire::decode(&bytes) {
            Ok(request) => request,
            Err(error) => return self.emit(None, EventBody::Faulted(error.to_string().into())),
        };
        let Command::Look(look) = &request.command else { return self.later.borrow_mut().push(request) };
        let Some(subject) = look.subject() else { return self.later.borrow_mut().push(request) };
        if *subject == Subject::Home
            && let Err(message) = self.renew_home(host, home)
        {
            return self.emit(Some(&request), EventBody::Faulted(message.into()));
        }
        if matches!(subject, Subject::Snapshot(_)) && self.inspections.borrow().find(subject).is_none() {
            return self.later.borrow_mut().push(request);
        }
        if let Some(body) = self.inspections.borrow().answer(look) {
            self.emit(Some(&request), body);
        }
    }

    fn renew_home(&self, host: &dyn Host, home: &mut Capture) -> Result<(), String> {
        let start = host.monotonic_millis();
        if start < self.fresh_until_millis.get() {
            return Ok(());
        }
        self.inspections.borrow_mut().keep_home(home()?);
        let end = host.monotonic_millis();
        self.fresh_until_millis.set(end + IMAGE_MILLIS.max((end - start) * IMAGE_USE_FACTOR));
        Ok(())
    }

    fn emit(&self, request: Option<&Request>, body: EventBody) {
        (self.emit)(Event { request: request.map(|request| request.id), body });
    }
}
