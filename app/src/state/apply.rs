//! The one writer of the state: from what happened to what the page shows.

use leptos::prelude::*;
use wire::{Access, Command, Event, EventBody, Fault, FaultKind, OpenReport, Request, RequestId};

use super::{Saved, StateEvent, Status, cells::Cells, title_of};
use crate::{
    client::{ClientEvent, Disconnect},
    console_buffer::{Body, ConsoleBuffer, Severity},
    rpc::CallError,
};

impl Cells {
    /// Takes what happened.
    pub fn apply(self, event: StateEvent) {
        match event {
            StateEvent::Client(event) => match *event {
                ClientEvent::Sent(request) => self.sent(request),
                ClientEvent::Received(event) => self.received(event),
                ClientEvent::Answered(request) => self.progress_ended(Some(request)),
                ClientEvent::Disconnected(reason) => self.disconnected(reason),
            },
            StateEvent::InputAnswered(line) => {
                self.awaits_input.set(false);
                line.into_iter().for_each(|line| self.log(Body::Input(line.into())));
            }
            StateEvent::InputRefused(problem) => {
                self.status.set(Status::Failed);
                self.detail.set(Some("the input is not JSON".to_owned()));
                self.note(Severity::Error, format!("The program did not run, since its input is not JSON: {problem}."));
            }
            StateEvent::SnapshotsFailed(error) => {
                self.snapshot_problem.set(Some(error.to_string()));
                if let CallError::Failed(fault) = error {
                    self.tell(fault);
                }
            }
            StateEvent::SnapshotRefused(reason) => self.snapshot_problem.set(Some(reason)),
            StateEvent::Refused(reason) => self.note(Severity::Error, reason),
            StateEvent::TrialKept(text) => {
                self.note(Severity::Info, text);
                self.home_changed();
            }
            StateEvent::UnsavedDismissed => self.unsaved.set(None),
            StateEvent::LineLimitChosen(limit) => self.console.update(|console| console.keep_lines(limit)),
            StateEvent::RunsListed(list) => self.journal.update(|journal| journal.list(list)),
            StateEvent::OlderRunsListed(list) => self.journal.update(|journal| journal.list_older(list)),
            StateEvent::RunsForgotten(id) => self.journal.update(|journal| journal.forget(id.as_ref())),
            StateEvent::UnfinishedTaken => self.unfinished.set(None),
            StateEvent::ConsoleCleared => self.console.update(ConsoleBuffer::clear),
        }
    }

    fn sent(self, request: Request) {
        match request.command {
            Command::Run { source, chunk, mode } => self.run_sent(request.id, &source, &chunk, mode),
            Command::History(_) | Command::Transfer(_) => {
                self.snapshot_request.set_value(Some(request.id));
                self.snapshot_problem.set(None);
            }
            _ => {}
        }
    }

    fn received(self, event: Event) {
        let request = event.request;
        if let EventBody::Progressed(progress) = event.body {
            return self.progress.set(request.map(|request| (request, progress)));
        }
        self.progress_ended(request);
        match event.body {
            EventBody::Opened(opening) => self.opened(opening),
            EventBody::RunStarted => self.run_started(request),
            EventBody::Printed(output) => self.console.update(|console| console.print(&output)),
            EventBody::PrintedLine(line) => {
                if let Some(run) = request {
                    self.log(Body::Printed { run, line: line.into() });
                }
            }
            EventBody::InputAwaited => self.awaits_input.set(true),
            EventBody::RunFinished(report) => self.run_finished(request, report),
            EventBody::Cancelled => self.run_cancelled(request),
            EventBody::HomeSaved(report) => self.home_saved(report),
            EventBody::History(event) => self.history_changed(request, event),
            EventBody::Faulted(fault) => self.faulted(request, fault),
            // The rest answers questions, and whoever asked has it, or is the client's or the documents'.
            EventBody::Started { .. }
            | EventBody::Crashed(_)
            | EventBody::Replied(_)
            | EventBody::Progressed(_)
            | EventBody::FilesChanged(_) => {}
        }
    }

    fn opened(self, opening: OpenReport) {
        // After a stop or a crash, how the last run ended is what a person wants to see.
        if self.status.get_untracked() == Status::Starting {
            self.status.set(Status::Ready);
        }
        if let Some(problem) = opening.problem {
            self.status.set(Status::Failed);
            self.detail.set(Some("see the console".to_owned()));
            self.note(Severity::Error, problem);
        }
        self.access.set(opening.access);
        self.saved.set(opening.restored.map_or(Saved::Nothing, Saved::As));
        self.snapshots.set(opening.snapshots);
        // Another tab may have run something.
        self.journal.update(|journal| journal.is_current = false);
        self.openings.update(|openings| *openings += 1);
        self.home_changed();
    }

    fn faulted(self, request: Option<RequestId>, fault: Fault) {
        let Fault { kind, message } = fault.clone();
        self.tell(fault);
        let is_of = |id: Option<RequestId>| id.is_some() && id == request;
        if is_of(self.snapshot_request.get_value()) {
            self.snapshot_problem.set(Some(message.clone()));
        }
        if is_of(self.saving.get_untracked()) {
            self.saving.set(None);
            self.saved.set(if kind == FaultKind::ReadOnly { Saved::Nothing } else { Saved::Failed(message) });
        } else if is_of(self.run.get_value().map(|(run, _)| run)) || self.status.get_untracked() == Status::Starting {
            self.status.set(Status::Failed);
        }
    }

    fn tell(self, fault: Fault) {
        // That this tab does not save stands above the panes, and need not be said after each run.
        if fault.kind != FaultKind::ReadOnly {
            self.note(Severity::Error, fault.message.clone());
        }
        if matches!(fault.kind, FaultKind::StorageFull | FaultKind::StorageFailed | FaultKind::NewerDatabase) {
            self.unsaved.set(Some(fault));
        }
    }

    fn disconnected(self, reason: Disconnect) {
        let (status, severity) = match reason {
            Disconnect::Stopped => (Status::Stopped, Severity::Warning),
            _ => (Status::Failed, Severity::Error),
        };
        let (detail, text) = match reason {
            Disconnect::Stopped => {
                let home = self.home_after_stop();
                (home, format!("Stopped: {home}; globals are gone."))
            }
            Disconnect::Crashed(message) => (
                "the engine was restarted; _home is as it was last saved",
                format!("The engine crashed and was restarted; _home is as it was last saved. ({message})"),
            ),
            Disconnect::Unavailable(message) => {
                ("the engine is not available", format!("The engine is not available: {message}"))
            }
        };
        self.saving.set(None);
        self.awaits_input.set(false);
        self.progress.set(None);
        self.status.set(status);
        self.detail.set(Some(detail.to_owned()));
        self.note(severity, text);
        self.run.set_value(None);
    }

    /// What becomes of `_home` when the worker is replaced. Everything before the run was done with when it began.
    fn home_after_stop(self) -> &'static str {
        let is_saved = !matches!(self.saved.get_untracked(), Saved::Failed(_));
        if is_saved && self.access.get_untracked() == Access::Writer {
            "_home is as it was before this run"
        } else {
            "_home is as it was last saved, and what changed since is gone"
        }
    }

    pub(super) fn title(self, snapshot: &wire::SnapshotInfo) -> String {
        title_of(&snapshot.kind, snapshot.created_millis, self.clock.with_value(|clock| clock.moment))
    }

    pub(super) fn now_millis(self) -> f64 {
        self.clock.with_value(|clock| (clock.now_millis)())
    }

    pub(super) fn home_changed(self) {
        self.home_revision.update(|revision| *revision += 1);
    }

    pub(super) fn note(self, severity: Severity, text: impl Into<String>) {
        self.log(Body::Note { severity, text: text.into().into() });
    }

    pub(super) fn log(self, body: Body) {
        self.console.update(|console| console.push(body));
    }
}
