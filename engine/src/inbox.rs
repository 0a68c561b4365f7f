//! What a worker has still to do, in the order of its arrival. What waits here can be withdrawn.

use std::collections::VecDeque;

use wire::{Command, Event, EventBody, Request, RequestId};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Carry out a request of the page.
    CarryOut(Request),
    /// See who holds the lock of the one writer now.
    ReviewAccess,
}

/// What a worker has still to do.
#[derive(Debug, Default)]
pub struct Inbox {
    waiting: VecDeque<Task>,
    /// The request that was taken out last, and whether it was withdrawn since.
    begun: Option<(RequestId, bool)>,
}

impl Inbox {
    /// Takes a request. If it withdraws one that waits here, that one is removed; the event says so. If it withdraws
    /// the one that was taken out last, this is noted.
    pub fn receive(&mut self, request: Request) -> Option<Event> {
        let Command::Cancel { request: cancelled } = request.command else {
            self.push(Task::CarryOut(request));
            return None;
        };
        let is_wanted = |task: &Task| matches!(task, Task::CarryOut(waiting) if waiting.id == cancelled);
        let Some(at) = self.waiting.iter().position(is_wanted) else {
            self.begun = self.begun.map(|(begun, is_withdrawn)| (begun, is_withdrawn || begun == cancelled));
            return None;
        };
        self.waiting.remove(at);
        Some(Event { request: Some(cancelled), body: EventBody::Cancelled })
    }

    /// Takes a task.
    pub fn push(&mut self, task: Task) {
        self.waiting.push_back(task);
    }

    /// Takes out what is to be done next.
    pub fn take_next(&mut self) -> Option<Task> {
        let next = self.waiting.pop_front();
        self.begun = match &next {
            Some(Task::CarryOut(request)) => Some((request.id, false)),
            _ => None,
        };
        next
    }

    /// Whether a request was withdrawn after it was taken out. Only work that pauses asks this: see
    /// [`crate::slices`].
    pub fn is_withdrawn(&self, request: RequestId) -> bool {
        self.begun == Some((request, true))
    }
}

#[cfg(test)]
mod tests {
    use wire::History;

    use super::*;

    fn undo(id: u32) -> Request {
        Request { id: RequestId(id), command: Command::History(History::UndoRun { with_files: true }) }
    }

    fn cancel(id: u32) -> Request {
        Request { id: RequestId(99), command: Command::Cancel { request: RequestId(id) } }
    }

    #[test]
    fn what_waits_can_be_withdrawn_and_the_rest_keeps_its_order() {
        let mut inbox = Inbox::default();
        inbox.receive(undo(1));
        inbox.push(Task::ReviewAccess);
        inbox.receive(undo(2));
        inbox.receive(undo(3));
        let event = Event { request: Some(RequestId(2)), body: EventBody::Cancelled };
        assert_eq!(inbox.receive(cancel(2)), Some(event));
        let rest: Vec<_> = std::iter::from_fn(|| inbox.take_next()).collect();
        assert_eq!(rest, [Task::CarryOut(undo(1)), Task::ReviewAccess, Task::CarryOut(undo(3))]);
    }

    #[test]
    fn that_what_has_begun_was_withdrawn_is_noted() {
        let mut inbox = Inbox::default();
        inbox.receive(undo(1));
        inbox.receive(undo(2));
        assert!(inbox.take_next().is_some());
        assert_eq!(inbox.receive(cancel(7)), None);
        assert!(!inbox.is_withdrawn(RequestId(1)));
        assert_eq!(inbox.receive(cancel(1)), None);
        assert!(inbox.is_withdrawn(RequestId(1)) && !inbox.is_withdrawn(RequestId(2)));
        assert_eq!(inbox.take_next(), Some(Task::CarryOut(undo(2))));
        assert!(!inbox.is_withdrawn(RequestId(1)) && !inbox.is_withdrawn(RequestId(2)));
        assert_eq!(inbox.take_next(), None);
    }
}
