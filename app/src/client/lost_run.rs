//! The run that is going on, as far as the page knows it: kept in the journal if its worker ends in the middle of it.

use wire::{Command, Event, EventBody, LostRun, RequestId};

/// Watches what is sent and heard, and says which run was lost.
#[derive(Default)]
pub struct RunWatch {
    /// What `_io.input` is made of.
    input: String,
    /// The run that was sent last, and whether it has begun.
    run: Option<(RequestId, LostRun)>,
    has_begun: bool,
    lost: Option<LostRun>,
}

impl RunWatch {
    /// Notes a command.
    pub fn sent(&mut self, id: RequestId, command: &Command) {
        match command {
            Command::SetInput { json } => self.input.clone_from(json),
            Command::Run { source, chunk, mode } => {
                let run = LostRun {
                    source: source.clone(),
                    chunk: chunk.clone(),
                    mode: *mode,
                    input: self.input.clone(),
                    began_millis: 0.0,
                    elapsed_millis: 0.0,
                    reason: None,
                };
                (self.run, self.has_begun) = (Some((id, run)), false);
            }
            _ => {}
        }
    }

    /// Notes when the run began, and that it ended. `clock` tells the time, in milliseconds since 1970, UTC.
    pub fn heard(&mut self, event: &Event, clock: impl FnOnce() -> f64) {
        let Some((id, run)) = &mut self.run else { return };
        if event.request == Some(*id) {
            match &event.body {
                EventBody::RunStarted => (run.began_millis, self.has_begun) = (clock(), true),
                EventBody::RunFinished(_) => self.run = None,
                _ => {}
            }
        }
    }

    /// The worker has ended; `reason` is why, if nobody wanted it to.
    pub fn worker_ended(&mut self, reason: Option<String>, now_millis: f64) {
        let run = self.run.take().filter(|_| self.has_begun);
        self.lost = run.map(|(_, run)| LostRun { elapsed_millis: now_millis - run.began_millis, reason, ..run });
        self.input.clear();
    }

    /// The run that was lost with the last worker, to be told to the next one.
    pub fn take_lost(&mut self) -> Option<LostRun> {
        self.lost.take()
    }
}

#[cfg(test)]
mod tests {
    use wire::{Outcome, RunMode, RunReport};

    use super::*;

    const RUN: RequestId = RequestId(7);

    fn heard(watch: &mut RunWatch, request: RequestId, body: EventBody, now_millis: f64) {
        watch.heard(&Event { request: Some(request), body }, || now_millis);
    }

    fn sent() -> RunWatch {
        let mut watch = RunWatch::default();
        watch.sent(RequestId(6), &Command::SetInput { json: "[1]".into() });
        let mode = RunMode::Program;
        watch.sent(RUN, &Command::Run { source: "loop()".into(), chunk: "main.lua".into(), mode });
        watch
    }

    #[test]
    fn a_run_that_began_is_lost_with_its_worker() {
        let mut watch = sent();
        heard(&mut watch, RUN, EventBody::RunStarted, 1000.0);
        watch.worker_ended(Some("out of memory".into()), 1500.0);
        let lost = watch.take_lost().expect("a run");
        assert_eq!((lost.source.as_str(), lost.input.as_str()), ("loop()", "[1]"));
        assert_eq!((lost.began_millis, lost.elapsed_millis), (1000.0, 500.0));
        assert_eq!(lost.reason.as_deref(), Some("out of memory"));
        assert_eq!(watch.take_lost(), None);
    }

    #[test]
    fn a_run_that_did_not_begin_or_has_ended_is_not_lost() {
        let mut watch = sent();
        heard(&mut watch, RequestId(5), EventBody::RunStarted, 1000.0);
        watch.worker_ended(None, 1500.0);
        assert_eq!(watch.take_lost(), None);

        let mut watch = sent();
        heard(&mut watch, RUN, EventBody::RunStarted, 1000.0);
        let report = RunReport { outcome: Outcome::Stopped, elapsed_millis: 1.0, memory_bytes: 1 };
        heard(&mut watch, RUN, EventBody::RunFinished(report), 1100.0);
        watch.worker_ended(None, 1500.0);
        assert_eq!(watch.take_lost(), None);
    }
}
