//! The one writer of the state: from what the client reports to what the page shows.

use leptos::prelude::*;
use wire::{
    Command, Event, EventBody, Fault, FaultKind, Opening, Outcome, Request, RequestId, RunMode, RunReport, SaveReport,
    ScriptError,
};

use super::{ErrorMark, Saved, State, Status, Usage, archive::changes_snapshots, title};
use crate::{
    client::{Loss, Notice},
    console_buffer::{Body, Severity},
    formats,
    places::PROGRAM_NAME,
};

impl State {
    /// Takes what the client reports.
    pub fn apply(self, notice: Notice) {
        match notice {
            Notice::Sent(request) => self.sent(request),
            Notice::Received(event) => self.received(event),
            Notice::Answered(request) => self.progress_ended(Some(request)),
            Notice::Lost(loss) => self.lost(loss),
        }
    }

    fn sent(self, request: Request) {
        match request.command {
            Command::Run { source, mode, .. } => {
                self.run.set_value(Some((request.id, mode)));
                self.error_mark.set(None);
                self.detail.set(None);
                let at_millis = js_sys::Date::now();
                self.status.set(Status::Running { since_millis: at_millis });
                self.log(match mode {
                    RunMode::Program => Body::Started { at_millis },
                    RunMode::Console => Body::Echo(source.into()),
                });
            }
            command if changes_snapshots(&command) => {
                self.snapshot_request.set_value(Some(request.id));
                self.snapshot_problem.set(None);
            }
            _ => {}
        }
    }

    fn received(self, event: Event) {
        if !matches!(event.body, EventBody::Archive(_)) {
            self.progress_ended(event.request);
        }
        match event.body {
            EventBody::Opened(opening) => self.opened(opening),
            EventBody::Printed(output) => self.console.update(|console| console.print(&output)),
            EventBody::InputAwaited => self.awaits_input.set(true),
            EventBody::RunFinished(report) => self.run_finished(event.request, report),
            EventBody::HomeSaved(report) => self.home_saved(report),
            EventBody::SnapshotsListed(snapshots) => self.snapshots.set(snapshots),
            EventBody::SnapshotRestored(snapshot) => {
                self.note(Severity::Info, format!("_home is now as in {}.", title(&snapshot)));
                self.saved.set(Saved::As(snapshot));
                self.home_changed();
            }
            EventBody::SnapshotSaved(_) => self.unsaved.set(None),
            EventBody::Archive(event_body) => self.archive_changed(event.request, event_body),
            EventBody::Faulted(fault) => self.faulted(event.request, fault),
            // The rest answers questions, and whoever asked has it, or is the client's.
            EventBody::Started { .. }
            | EventBody::Crashed(_)
            | EventBody::Inspected(_)
            | EventBody::SourceShown(_)
            | EventBody::SnapshotDeleted(_) => {}
        }
    }

    fn opened(self, opening: Opening) {
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
        self.home_changed();
    }

    fn run_finished(self, request: Option<RequestId>, report: RunReport) {
        let Some((run, mode)) = self.run.get_value().filter(|(run, _)| Some(*run) == request) else { return };
        if report.outcome == Outcome::Incomplete {
            self.note(Severity::Error, "This is only the beginning of a statement, so nothing ran.");
            return self.status.set(Status::Ready);
        }
        self.awaits_input.set(false);
        self.is_saving.set(true);
        self.usage.set(Some(Usage { elapsed_millis: report.elapsed_millis, memory_bytes: report.memory_bytes }));
        self.status.set(match report.outcome {
            Outcome::Returned(values) => {
                if !values.is_empty() {
                    self.log(Body::Returned { run, values: values.into() });
                }
                Status::Ready
            }
            Outcome::Failed(error) => {
                self.mark(&error);
                self.log(Body::Failed(error.into()));
                Status::Failed
            }
            Outcome::Incomplete => Status::Ready,
            Outcome::Stopped => {
                let detail = "_home is as the program left it";
                self.detail.set(Some(detail.to_owned()));
                self.note(Severity::Warning, format!("Stopped: {detail}, and so are the globals."));
                Status::Stopped
            }
        });
        if mode == RunMode::Program {
            self.log(Body::Ended { elapsed_millis: report.elapsed_millis });
        }
        self.home_changed();
    }

    fn home_saved(self, report: SaveReport) {
        self.is_saving.set(false);
        let known: Vec<_> = self.omissions().get_untracked();
        if !report.snapshot.omissions.is_empty() && report.snapshot.omissions != known {
            let count = formats::counted(report.snapshot.omissions.len() as u64, "value");
            let paths: Vec<_> =
                report.snapshot.omissions.iter().take(5).map(|it| format!("\n{}: {}", it.path, it.kind)).collect();
            let more = if report.snapshot.omissions.len() > 5 { "\n…" } else { "" };
            self.note(Severity::Warning, format!("{count} of _home cannot be saved:{}{more}", paths.concat()));
        }
        self.tell_missing(report.missing_globals);
        self.snapshots.update(|snapshots| {
            snapshots.retain(|snapshot| !report.removed.contains(&snapshot.id));
            if report.is_new {
                snapshots.insert(0, report.snapshot.clone());
            }
        });
        self.unsaved.set(None);
        self.saved.set(Saved::As(report.snapshot));
    }

    fn faulted(self, request: Option<RequestId>, fault: Fault) {
        let Fault { kind, message } = fault.clone();
        // That this tab does not save stands above the panes, and need not be said after each run.
        if kind != FaultKind::ReadOnly {
            self.note(Severity::Error, message.clone());
        }
        if matches!(kind, FaultKind::StorageFull | FaultKind::StorageFailed | FaultKind::NewerDatabase) {
            self.unsaved.set(Some(fault));
        }
        let is_of = |id: Option<RequestId>| id.is_some() && id == request;
        if is_of(self.snapshot_request.get_value()) {
            self.snapshot_problem.set(Some(message));
        } else if is_of(self.run.get_value().map(|(run, _)| run)) && !self.is_running().get_untracked() {
            self.is_saving.set(false);
            self.saved.set(if kind == FaultKind::ReadOnly { Saved::Nothing } else { Saved::Failed(message) });
        } else if matches!(self.status.get_untracked(), Status::Starting | Status::Running { .. }) {
            self.status.set(Status::Failed);
        }
    }

    fn lost(self, loss: Loss) {
        let (status, detail, severity, text) = match loss {
            Loss::Stopped => {
                let detail = "_home is as it was before this run";
                (Status::Stopped, detail, Severity::Warning, format!("Stopped: {detail}; globals are gone."))
            }
            Loss::Crashed(message) => {
                let detail = "the engine was restarted; _home is as it was last saved";
                (
                    Status::Failed,
                    detail,
                    Severity::Error,
                    format!("The engine crashed and was restarted; _home is as it was last saved. ({message})"),
                )
            }
            Loss::Unavailable(message) => {
                let detail = "the engine is not available";
                (Status::Failed, detail, Severity::Error, format!("The engine is not available: {message}"))
            }
        };
        self.is_saving.set(false);
        self.awaits_input.set(false);
        self.progress.set(None);
        self.status.set(status);
        self.detail.set(Some(detail.to_owned()));
        self.note(severity, text);
        self.run.set_value(None);
    }

    fn mark(self, error: &ScriptError) {
        if let Some((chunk, line)) = &error.place
            && chunk == PROGRAM_NAME
        {
            self.error_mark.set(Some(ErrorMark { line: *line, message: error.message.clone() }));
        }
    }

    pub(super) fn home_changed(self) {
        self.home_revision.update(|revision| *revision += 1);
    }

    pub(super) fn note(self, severity: Severity, text: impl Into<String>) {
        self.log(Body::Note { severity, text: text.into().into() });
    }

    fn log(self, body: Body) {
        self.console.update(|console| console.push(body));
    }
}
