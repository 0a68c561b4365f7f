use super::{
    Phase::{Idle, Lost, Queued, Saving, Started, Stopping, Withdrawing},
    *,
};

const RUN: RequestId = RequestId(7);
const EARLIER: RequestId = RequestId(3);

/// Every event of the present run and of an earlier one.
fn all_events() -> Vec<RunEvent> {
    let of = |run| {
        [
            RunEvent::Started(run),
            RunEvent::Cancelled(run),
            RunEvent::Finished(run),
            RunEvent::Ended(run),
            RunEvent::TimedOut { run, has_ended: false },
            RunEvent::TimedOut { run, has_ended: true },
        ]
    };
    let mut events = vec![RunEvent::Sent(RUN), RunEvent::StopWanted, RunEvent::Lost, RunEvent::Opened];
    events.extend(of(RUN));
    events.extend(of(EARLIER));
    events
}

const PHASES: [Phase; 7] = [Idle, Queued(RUN), Withdrawing(RUN), Started(RUN), Stopping(RUN), Saving(RUN), Lost];

fn after(events: &[RunEvent], is_reachable: bool) -> (Phase, Vec<RunEffect>) {
    let mut control = RunControl::default();
    let effects = events.iter().flat_map(|event| control.apply(*event, is_reachable)).collect();
    (control.phase, effects)
}

/// The whole table: what is not named here changes nothing and does nothing.
#[test]
fn every_event_in_every_phase() {
    let soft = vec![RunEffect::RaiseStop, RunEffect::StartTimer(RUN, SOFT_STOP_TIMEOUT)];
    let timed_out = RunEvent::TimedOut { run: RUN, has_ended: false };
    let named: Vec<(Phase, RunEvent, Phase, Vec<RunEffect>)> = vec![
        (Lost, RunEvent::Opened, Idle, vec![]),
        (Queued(RUN), RunEvent::StopWanted, Withdrawing(RUN), vec![RunEffect::Withdraw(RUN)]),
        (Queued(RUN), RunEvent::Started(RUN), Started(RUN), vec![]),
        (Queued(RUN), RunEvent::Cancelled(RUN), Idle, vec![]),
        (Queued(RUN), RunEvent::Ended(RUN), Idle, vec![]),
        (Withdrawing(RUN), RunEvent::Started(RUN), Stopping(RUN), soft.clone()),
        (Withdrawing(RUN), RunEvent::Cancelled(RUN), Idle, vec![]),
        (Withdrawing(RUN), RunEvent::Ended(RUN), Idle, vec![]),
        (Started(RUN), RunEvent::StopWanted, Stopping(RUN), soft),
        (Started(RUN), RunEvent::Finished(RUN), Saving(RUN), vec![]),
        (Stopping(RUN), RunEvent::Finished(RUN), Saving(RUN), vec![]),
        (Stopping(RUN), timed_out, Lost, vec![RunEffect::ReplaceWorker]),
        (Started(RUN), RunEvent::Ended(RUN), Idle, vec![]),
        (Stopping(RUN), RunEvent::Ended(RUN), Idle, vec![]),
        (Saving(RUN), RunEvent::Ended(RUN), Idle, vec![]),
    ];
    for phase in PHASES {
        for event in all_events() {
            let expected = named.iter().find(|(from, on, ..)| *from == phase && *on == event);
            let expected = match (event, expected) {
                (RunEvent::Sent(run), _) => (Queued(run), Vec::new()),
                (RunEvent::Lost, _) => (Lost, Vec::new()),
                (_, Some((_, _, to, effects))) => (*to, effects.clone()),
                (_, None) => (phase, Vec::new()),
            };
            assert_eq!(next(phase, event, true), expected, "{phase:?}, {event:?}");
        }
    }
}

/// Whatever happens in whatever order: the worker is only replaced while a program is running that was asked to stop
/// and had its time.
#[test]
fn a_worker_that_saves_or_has_not_begun_is_never_replaced() {
    let events = all_events();
    for is_reachable in [true, false] {
        // All sequences of four events after each phase.
        for phase in PHASES {
            let mut sequences = vec![(RunControl { phase }, 0)];
            while let Some((control, length)) = sequences.pop() {
                for event in &events {
                    let mut control = control;
                    let before = control.phase;
                    let effects = control.apply(*event, is_reachable);
                    if effects.contains(&RunEffect::ReplaceWorker) {
                        let Stopping(run) = before else { panic!("replaced in {before:?} after {event:?}") };
                        assert_eq!(*event, RunEvent::TimedOut { run, has_ended: false });
                    }
                    if length < 3 {
                        sequences.push((control, length + 1));
                    }
                }
            }
        }
    }
}

#[test]
fn a_run_that_waits_for_the_save_of_another_is_withdrawn() {
    let events = [
        RunEvent::Sent(EARLIER),
        RunEvent::Started(EARLIER),
        RunEvent::Finished(EARLIER),
        RunEvent::Sent(RUN),
        RunEvent::StopWanted,
        RunEvent::StopWanted,
        RunEvent::Ended(EARLIER),
        RunEvent::Cancelled(RUN),
    ];
    for is_reachable in [true, false] {
        assert_eq!(after(&events, is_reachable), (Idle, vec![RunEffect::Withdraw(RUN)]));
    }
}

#[test]
fn the_time_to_obey_is_counted_from_when_the_program_begins() {
    let waiting = [RunEvent::Sent(RUN), RunEvent::StopWanted];
    assert_eq!(after(&waiting, true), (Withdrawing(RUN), vec![RunEffect::Withdraw(RUN)]));
    let begun = [RunEvent::Sent(RUN), RunEvent::StopWanted, RunEvent::Started(RUN)];
    let timer = RunEffect::StartTimer(RUN, SOFT_STOP_TIMEOUT);
    assert_eq!(after(&begun, true).1, [RunEffect::Withdraw(RUN), RunEffect::RaiseStop, timer]);
    let timer = RunEffect::StartTimer(RUN, HARD_STOP_DELAY);
    assert_eq!(after(&begun, false).1, [RunEffect::Withdraw(RUN), timer]);
}

#[test]
fn a_program_that_ended_in_time_is_saved_in_peace() {
    let start = [RunEvent::Sent(RUN), RunEvent::Started(RUN), RunEvent::StopWanted];
    for last in [
        [RunEvent::Finished(RUN), RunEvent::TimedOut { run: RUN, has_ended: false }],
        // What the control block says comes before what the worker posts.
        [RunEvent::TimedOut { run: RUN, has_ended: true }, RunEvent::Finished(RUN)],
    ] {
        let (phase, effects) = after(&[&start[..], &last[..]].concat(), true);
        assert_eq!(phase, Saving(RUN));
        assert!(!effects.contains(&RunEffect::ReplaceWorker));
    }
}

#[test]
fn a_timer_of_an_earlier_run_does_nothing_to_the_next() {
    let events = [
        RunEvent::Sent(EARLIER),
        RunEvent::Started(EARLIER),
        RunEvent::StopWanted,
        RunEvent::Finished(EARLIER),
        RunEvent::Sent(RUN),
        RunEvent::Started(RUN),
        RunEvent::StopWanted,
        RunEvent::TimedOut { run: EARLIER, has_ended: false },
    ];
    assert_eq!(after(&events, true).0, Stopping(RUN));
}

#[test]
fn running_is_from_the_beginning_to_the_end() {
    for phase in PHASES {
        let is_running = matches!(phase, Started(_) | Stopping(_));
        assert_eq!(RunControl { phase }.running(), is_running.then_some(RUN), "{phase:?}");
    }
}
