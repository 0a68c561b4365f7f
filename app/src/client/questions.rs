//! What is asked in the middle of a run: one question at a time lies in the control block.

use std::collections::VecDeque;

use wire::{Request, RequestId};

use crate::control::Control;

/// The questions of one run that are not answered.
#[derive(Default)]
pub struct Questions {
    asked: Option<Request>,
    waiting: VecDeque<Request>,
}

impl Questions {
    /// Asks, when those before are answered.
    pub fn ask(&mut self, control: &Control, question: Request) {
        self.waiting.push_back(question);
        self.ask_next(control);
    }

    /// An answer came.
    pub fn answered(&mut self, control: &Control, id: RequestId) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == id) {
            self.asked = None;
            self.ask_next(control);
        }
    }

    /// The run is over: gives what it will not answer.
    pub fn take_back(&mut self, control: &Control) -> Vec<Request> {
        // What the worker has taken out of the block, it answers.
        let asked = self.asked.take().filter(|_| control.take_back_question());
        asked.into_iter().chain(self.waiting.drain(..)).collect()
    }

    fn ask_next(&mut self, control: &Control) {
        if self.asked.is_none()
            && let Some(question) = self.waiting.pop_front()
        {
            // One that is too long for the block waits here for the end of the run, and the others with it.
            match wire::encode(&question) {
                Ok(bytes) if control.ask(&bytes) => self.asked = Some(question),
                _ => self.waiting.push_front(question),
            }
        }
    }
}
