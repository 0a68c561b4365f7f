//! Requests to a worker and their answers, over any kind of worker: each request that is asked ends once, in an
//! answer or in a rejection. Pure: knows no browser, and does not know what requests mean.

use std::collections::HashMap;

use wire::{Fault, RequestId};

/// What one kind of worker takes and says.
pub trait Service {
    /// What it is asked to do.
    type Command;
    /// What it says.
    type Body;

    /// The command that withdraws a request.
    fn cancel(request: RequestId) -> Self::Command;

    /// Whether this ends the request that it names, and how.
    fn end(body: &Self::Body) -> Option<Result<(), CallError>>;
}

/// The way to one worker that is there.
pub trait Transport<S: Service> {
    /// Sends a request. The error says why it cannot be sent.
    fn post(&mut self, id: RequestId, command: &S::Command) -> Result<(), String>;
}

/// Why a request ended without an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The worker could not do it.
    #[error("{0}")]
    Failed(Fault),
    /// The worker was stopped or crashed before it answered.
    #[error("Interrupted: the engine stopped before it answered.")]
    Interrupted,
    /// There is no worker.
    #[error("The engine is not available.")]
    Unavailable,
    /// It was withdrawn before it was done.
    #[error("Cancelled.")]
    Cancelled,
}

type OnEnd<S> = Box<dyn FnOnce(Result<<S as Service>::Body, CallError>)>;

/// How a request ended, to be told to whoever asked when nothing is borrowed any more.
#[must_use = "whoever asked waits for it"]
pub struct Ended<S: Service> {
    on_end: OnEnd<S>,
    result: Result<S::Body, CallError>,
}

impl<S: Service> Ended<S> {
    /// Tells whoever asked.
    pub fn tell(self) {
        (self.on_end)(self.result);
    }
}

/// What comes of something that a worker said.
pub enum Received<S: Service> {
    /// It ends a request that somebody waits for.
    Answer(Ended<S>),
    /// Nobody asked for it in particular.
    Event(S::Body),
}

/// The requests to one worker after another, of one kind. Ids are never reused: a late answer of a worker that is
/// gone matches nothing.
pub struct Channel<S: Service, T> {
    worker: Option<T>,
    /// What waits until the worker is up; `None` once it is.
    queue: Option<Vec<(RequestId, S::Command)>>,
    next_id: u32,
    pending: HashMap<RequestId, OnEnd<S>>,
}

impl<S: Service, T: Transport<S>> Channel<S, T> {
    /// A channel without a worker.
    pub fn new() -> Self {
        Channel { worker: None, queue: None, next_id: 0, pending: HashMap::new() }
    }

    /// The worker, if there is one.
    pub fn worker(&self) -> Option<&T> {
        self.worker.as_ref()
    }

    /// The worker, if there is one that is up.
    pub fn ready_worker(&self) -> Option<&T> {
        self.worker.as_ref().filter(|_| self.queue.is_none())
    }

    /// Takes a worker that is starting. What is sent waits until it is up.
    pub fn attach(&mut self, worker: T) {
        self.worker = Some(worker);
        self.queue = Some(Vec::new());
    }

    /// The worker is up: sends what has waited.
    pub fn on_ready(&mut self) -> Result<(), String> {
        let Some(worker) = &mut self.worker else { return Ok(()) };
        let waiting = self.queue.take().unwrap_or_default();
        waiting.iter().try_for_each(|(id, command)| worker.post(*id, command))
    }

    /// A new id.
    pub fn new_id(&mut self) -> RequestId {
        self.next_id += 1;
        RequestId(self.next_id - 1)
    }

    /// Sends a request, or has it wait until the worker is up. Without a worker it goes nowhere.
    pub fn post(&mut self, id: RequestId, command: S::Command) -> Result<(), String> {
        match (&mut self.worker, &mut self.queue) {
            (Some(_), Some(queue)) => {
                queue.push((id, command));
                Ok(())
            }
            (Some(worker), None) => worker.post(id, &command),
            (None, _) => Ok(()),
        }
    }

    /// Notes that somebody waits for the end of a request. Without a worker it ends at once.
    pub fn expect(&mut self, id: RequestId, on_end: OnEnd<S>) -> Option<Ended<S>> {
        if self.worker.is_none() {
            return Some(Ended { on_end, result: Err(CallError::Unavailable) });
        }
        self.pending.insert(id, on_end);
        None
    }

    /// Whether somebody waits for the end of a request.
    pub fn is_pending(&self, id: RequestId) -> bool {
        self.pending.contains_key(&id)
    }

    /// Withdraws a request. Returns true if it never left the page; otherwise the worker says how it ends.
    pub fn cancel(&mut self, id: RequestId) -> Result<bool, String> {
        let waiting = self.queue.as_mut().and_then(|queue| {
            let at = queue.iter().position(|(waiting, _)| *waiting == id)?;
            Some(queue.remove(at))
        });
        if waiting.is_some() {
            return Ok(true);
        }
        let cancel = self.new_id();
        self.post(cancel, S::cancel(id))?;
        Ok(false)
    }

    /// Takes what the worker said.
    pub fn receive(&mut self, request: Option<RequestId>, body: S::Body) -> Received<S> {
        let ended = request.and_then(|id| Some((S::end(&body)?, self.pending.remove(&id)?)));
        match ended {
            Some((end, on_end)) => Received::Answer(Ended { on_end, result: end.map(|()| body) }),
            None => Received::Event(body),
        }
    }

    /// Lets go of the worker, and ends what it has not answered.
    pub fn disconnect(&mut self, error: &CallError) -> (Option<T>, Vec<Ended<S>>) {
        self.queue = None;
        let reject = |on_end| Ended { on_end, result: Err(error.clone()) };
        (self.worker.take(), self.pending.drain().map(|(_, on_end)| reject(on_end)).collect())
    }
}

#[cfg(test)]
#[path = "rpc_tests.rs"]
mod tests;
