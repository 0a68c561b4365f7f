//! Queries in the middle of a run: the control block holds one at a time.

use std::collections::VecDeque;

use wire::{Request, RequestId};

use crate::control::Control;

/// The queries of one run that are still unanswered.
#[derive(Default)]
pub struct RunQueries {
    asked: Option<Request>,
    waiting: VecDeque<Request>,
}

impl RunQueries {
    /// Posts the query once those before it are answered.
    pub fn ask(&mut self, control: &Control, query: Request) {
        self.waiting.push_back(query);
        self.ask_next(control);
    }

    /// An answer arrived.
    pub fn answered(&mut self, control: &Control, id: RequestId) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == id) {
            self.asked = None;
            self.ask_next(control);
        }
    }

    /// The run is over: returns what it will not answer.
    pub fn withdraw_all(&mut self, control: &Control) -> Vec<Request> {
        // The worker answers what it has taken out of the block.
        let asked = self.asked.take().filter(|_| control.withdraw_query());
        asked.into_iter().chain(self.waiting.drain(..)).collect()
    }

    fn ask_next(&mut self, control: &Control) {
        if self.asked.is_none()
            && let Some(query) = self.waiting.pop_front()
        {
            // One that is too long for the block waits here for the end of the run, and the others with it.
            match wire::encode(&query) {
                Ok(bytes) if control.post_query(&bytes) => self.asked = Some(query),
                _ => self.waiting.push_front(query),
            }
        }
    }
}
