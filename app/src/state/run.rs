//! What the page knows of a run: written from what the worker says of it, from its beginning to its checkpoint.

use leptos::prelude::*;
use wire::{ChunkLocation, ChunkName, Outcome, RequestId, RunMode, RunReport, SaveReport, ScriptError};

use super::{ErrorMark, Saved, Status, Usage, cells::Cells};
use crate::{
    console_buffer::{Body, ConsoleBuffer, RunHead, Severity},
    formats,
};

/// How many of the values that cannot be saved the console lists.
const OMISSIONS_LISTED: usize = 5;

impl Cells {
    pub(super) fn run_sent(self, run: RequestId, source: &str, chunk: &ChunkName, mode: RunMode) {
        self.run.set_value(Some((run, mode)));
        self.chunk.set_value(chunk.as_str().into());
        self.error_mark.set(None);
        self.detail.set(None);
        self.status.set(Status::Queued);
        if mode == RunMode::Console {
            self.log(Body::Echo(source.into()));
        }
    }

    /// How the present run is shown, if the request is that run.
    fn present_run(self, request: Option<RequestId>) -> Option<(RequestId, RunMode)> {
        self.run.get_value().filter(|(run, _)| Some(*run) == request)
    }

    pub(super) fn run_started(self, request: Option<RequestId>) {
        let Some((run, mode)) = self.present_run(request) else { return };
        let now = self.now_millis();
        self.status.set(Status::Running { since_millis: now });
        if mode == RunMode::Program {
            let what = self.chunk.get_value();
            self.log(Body::Run(RunHead { run, what, at_millis: now, elapsed_millis: None, kept: None }));
        }
    }

    pub(super) fn run_cancelled(self, request: Option<RequestId>) {
        if self.present_run(request).is_none() {
            return;
        }
        let detail = "the program had not begun, and _home is unchanged";
        self.status.set(Status::Stopped);
        self.detail.set(Some(detail.to_owned()));
        self.note(Severity::Info, format!("Stopped: {detail}."));
        self.run.set_value(None);
    }

    pub(super) fn run_finished(self, request: Option<RequestId>, report: RunReport) {
        let Some((run, _)) = self.present_run(request) else { return };
        if report.outcome == Outcome::Incomplete {
            let beginning = self.console.try_update(ConsoleBuffer::take_back_echo).flatten();
            self.unfinished.set(beginning);
            return self.status.set(Status::Ready);
        }
        self.awaits_input.set(false);
        self.saving.set(Some(run));
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
            Outcome::Exited { status } => {
                self.note(Severity::Info, format!("Ended by os.exit, with status {status}."));
                Status::Ready
            }
            Outcome::Stopped => {
                let detail = "_home is as the program left it";
                self.detail.set(Some(detail.to_owned()));
                self.note(Severity::Warning, format!("Stopped: {detail}, and so are the globals."));
                Status::Stopped
            }
        });
        self.console.update(|console| {
            console.change_run(run, |head| head.elapsed_millis = Some(report.elapsed_millis));
        });
        self.home_changed();
    }

    pub(super) fn home_saved(self, report: SaveReport) {
        self.saving.set(None);
        self.tell_omissions(&report);
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

    /// Says what could not be saved, when that is something else than before.
    fn tell_omissions(self, report: &SaveReport) {
        let omissions = &report.snapshot.omissions;
        let is_known = self.saved.with_untracked(|saved| match saved {
            Saved::As(before) => {
                before.omissions == *omissions && before.omitted_count() == report.snapshot.omitted_count()
            }
            _ => false,
        });
        if omissions.is_empty() || is_known {
            return;
        }
        let count = formats::counted(report.snapshot.omitted_count(), "value");
        let paths: Vec<_> =
            omissions.iter().take(OMISSIONS_LISTED).map(|it| format!("\n{}: {}", it.path, it.kind)).collect();
        let more = if omissions.len() > OMISSIONS_LISTED { "\n…" } else { "" };
        self.note(Severity::Warning, format!("{count} of _home cannot be saved:{}{more}", paths.concat()));
    }

    fn mark(self, error: &ScriptError) {
        let location = error.location.as_ref().and_then(ChunkLocation::source);
        self.error_mark.set(location.map(|location| ErrorMark { location, message: error.message.clone() }));
    }
}
