//! The order in which the worker does what it is asked: what changes a file first, then what a person waits for most.

use crate::message::{Kind, Message};

/// What waits.
#[derive(Default)]
pub struct Queue {
    waiting: Vec<Message>,
}

impl Queue {
    /// Takes a message. Returns the id of the one that is not wanted any more, which is to be answered by nothing.
    pub fn push(&mut self, message: Message) -> Option<u32> {
        if message.kind == Kind::Cancel {
            let at = self.waiting.iter().position(|other| other.id == message.of && !other.kind.is_change())?;
            return Some(self.waiting.remove(at).id);
        }
        let is_older = |other: &Message| other.kind == message.kind && other.file == message.file;
        let older = self.waiting.iter().position(is_older).map(|at| self.waiting.remove(at).id);
        self.waiting.push(message);
        older
    }

    /// What is to be done next.
    pub fn pop(&mut self) -> Option<Message> {
        // Of two of one kind, the first that came.
        let rank = |message: &Message| if message.kind.is_change() { Kind::Open } else { message.kind };
        let at = (0..self.waiting.len()).min_by_key(|at| rank(&self.waiting[*at]))?;
        Some(self.waiting.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: u32, kind: Kind, file: &str) -> Message {
        Message { id, kind, file: file.to_owned(), ..Message::default() }
    }

    fn order(queue: &mut Queue) -> Vec<u32> {
        std::iter::from_fn(|| queue.pop()).map(|message| message.id).collect()
    }

    #[test]
    fn changes_come_first_and_in_their_order_then_what_is_urgent() {
        let mut queue = Queue::default();
        let kinds =
            [Kind::Folding, Kind::Diagnostics, Kind::Open, Kind::Completion, Kind::Live, Kind::Hover, Kind::Close];
        for (id, kind) in (0..).zip(kinds) {
            let file = id.to_string();
            assert_eq!(queue.push(message(id, kind, &file)), None);
        }
        assert_eq!(order(&mut queue), [2, 4, 6, 3, 5, 1, 0]);
    }

    #[test]
    fn a_newer_one_of_the_same_kind_and_file_replaces_an_older_one() {
        let mut queue = Queue::default();
        queue.push(message(1, Kind::Completion, "a.lua"));
        queue.push(message(2, Kind::Open, "a.lua"));
        queue.push(message(3, Kind::Open, "b.lua"));
        assert_eq!(queue.push(message(4, Kind::Completion, "a.lua")), Some(1));
        assert_eq!(queue.push(message(5, Kind::Open, "a.lua")), Some(2));
        assert_eq!(order(&mut queue), [3, 5, 4]);
    }

    #[test]
    fn a_request_is_dropped_where_it_waits_but_a_change_is_not() {
        let mut queue = Queue::default();
        queue.push(message(1, Kind::Hover, "a.lua"));
        queue.push(message(2, Kind::Open, "a.lua"));
        let cancel = |of| Message { kind: Kind::Cancel, of, ..Message::default() };
        assert_eq!(queue.push(cancel(1)), Some(1));
        assert_eq!(queue.push(cancel(2)), None);
        assert_eq!(queue.push(cancel(9)), None);
        assert_eq!(order(&mut queue), [2]);
    }
}
