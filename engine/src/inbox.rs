//! What a worker has still to do, in the order of its arrival. What waits here can be withdrawn.

use std::collections::VecDeque;

use wire::{Command, Event, EventBody, Request};

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
pub struct Inbox(VecDeque<Task>);

impl Inbox {
    /// Takes a request. If it withdraws one that waits here, that one is removed; the event says so.
    pub fn receive(&mut self, request: Request) -> Option<Event> {
        let Command::Cancel { request: cancelled } = request.command else {
            self.push(Task::CarryOut(request));
            return None;
        };
        let is_wanted = |task: &Task| matches!(task, Task::CarryOut(waiting) if waiting.id == cancelled);
        self.0.remove(self.0.iter().position(is_wanted)?);
        Some(Event { request: Some(cancelled), body: EventBody::Cancelled })
    }

    /// Takes a task.
    pub fn push(&mut self, task: Task) {
        self.0.push_back(task);
    }

    /// Takes out what is to be done next.
    pub fn take_next(&mut self) -> Option<Task> {
        self.0.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use wire::{History, RequestId};

    use super::*;

    fn undo(id: u32) -> Request {
        Request { id: RequestId(id), command: Command::History(History::UndoRun) }
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
    fn what_has_begun_can_not_be_withdrawn() {
        let mut inbox = Inbox::default();
        inbox.receive(undo(1));
        assert!(inbox.take_next().is_some());
        assert_eq!(inbox.receive(cancel(1)), None);
        assert_eq!(inbox.take_next(), None);
    }
}
