//! When a run may be stopped, and how: a state machine. Pure: events in, effects out; knows no worker and no clock.
//!
//! A run waits in the worker until everything before it is done and stored, then runs, then is saved. While it waits
//! it can be withdrawn, and nothing is lost. While it runs it can be asked to stop, and if it does not obey, the
//! worker is replaced. While something is being saved, the worker is left alone.

use std::time::Duration;

use wire::RequestId;

/// How long a program has to obey a soft stop.
const SOFT_STOP_TIMEOUT: Duration = Duration::from_secs(1);
/// How long a program that cannot be asked to stop has to end by itself: so that the page hears of one that has just
/// ended, and does not end the worker while it saves.
const HARD_STOP_DELAY: Duration = Duration::from_millis(50);

/// What the run control knows of the last run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// There is none, or it is over and saved.
    #[default]
    Idle,
    /// It was sent, and has not begun. The worker may be busy with something else, such as saving.
    Queued(RequestId),
    /// It is to be withdrawn, and the worker has not said yet whether it had begun.
    Withdrawing(RequestId),
    /// The program is running.
    Started(RequestId),
    /// The program is to end.
    Stopping(RequestId),
    /// The program has ended, and `_home` is being saved.
    Saving(RequestId),
    /// The worker is gone. The next one starts.
    Lost,
}

/// What happens to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunEvent {
    /// It was sent.
    Sent(RequestId),
    /// The person wants it to stop.
    StopWanted,
    /// The program began.
    Started(RequestId),
    /// The run was withdrawn before it began.
    Cancelled(RequestId),
    /// The program ended.
    Finished(RequestId),
    /// The run is over: its state is saved, or cannot be.
    Ended(RequestId),
    /// The time to obey is over.
    TimedOut {
        /// The run that had to obey.
        run: RequestId,
        /// Whether the program is known to have ended meanwhile, so that the worker may be saving.
        has_ended: bool,
    },
    /// The worker is gone.
    Lost,
    /// A worker has opened `_home`.
    Opened,
}

/// What is to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunEffect {
    /// Withdraw the run.
    Withdraw(RequestId),
    /// Ask the program to stop.
    RaiseStop,
    /// Report [`RunEvent::TimedOut`] after this time.
    StartTimer(RequestId, Duration),
    /// End the worker, and start another.
    ReplaceWorker,
}

/// The run that was asked for last.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunControl {
    phase: Phase,
}

impl RunControl {
    /// The program that is running, if one is.
    pub fn running(&self) -> Option<RequestId> {
        match self.phase {
            Phase::Started(run) | Phase::Stopping(run) => Some(run),
            _ => None,
        }
    }

    /// Takes an event. `is_reachable`: whether the page can ask a running program to stop.
    pub fn apply(&mut self, event: RunEvent, is_reachable: bool) -> Vec<RunEffect> {
        let (phase, effects) = next(self.phase, event, is_reachable);
        self.phase = phase;
        effects
    }
}

fn next(phase: Phase, event: RunEvent, is_reachable: bool) -> (Phase, Vec<RunEffect>) {
    use {Phase as P, RunEvent as E};
    match (phase, event) {
        (_, E::Sent(run)) => (P::Queued(run), Vec::new()),
        (_, E::Lost) => (P::Lost, Vec::new()),
        (P::Lost, E::Opened) => (P::Idle, Vec::new()),
        (P::Queued(run), E::StopWanted) => (P::Withdrawing(run), vec![RunEffect::Withdraw(run)]),
        (P::Queued(run), E::Started(id)) if run == id => (P::Started(run), Vec::new()),
        // It was too late to withdraw it.
        (P::Withdrawing(run), E::Started(id)) if run == id => (P::Stopping(run), stop(run, is_reachable)),
        (P::Started(run), E::StopWanted) => (P::Stopping(run), stop(run, is_reachable)),
        (P::Queued(run) | P::Withdrawing(run), E::Cancelled(id)) if run == id => (P::Idle, Vec::new()),
        (P::Started(run) | P::Stopping(run), E::Finished(id)) if run == id => (P::Saving(run), Vec::new()),
        (P::Stopping(run), E::TimedOut { run: id, has_ended: false }) if run == id => {
            (P::Lost, vec![RunEffect::ReplaceWorker])
        }
        // In any phase: one that could not begin is not saved.
        (P::Queued(run) | P::Withdrawing(run) | P::Started(run) | P::Stopping(run) | P::Saving(run), E::Ended(id))
            if run == id =>
        {
            (P::Idle, Vec::new())
        }
        // An event of another run, or a second request to stop.
        _ => (phase, Vec::new()),
    }
}

fn stop(run: RequestId, is_reachable: bool) -> Vec<RunEffect> {
    if is_reachable {
        vec![RunEffect::RaiseStop, RunEffect::StartTimer(run, SOFT_STOP_TIMEOUT)]
    } else {
        vec![RunEffect::StartTimer(run, HARD_STOP_DELAY)]
    }
}

#[cfg(test)]
#[path = "run_control_tests.rs"]
mod tests;
