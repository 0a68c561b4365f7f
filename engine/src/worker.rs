//! Commands in, events out: the one place where VM, archive and inspections meet.

mod history;
mod looks;
mod snapshots;
mod transfer;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use wire::{
    Access, ArchiveEvent, ChunkName, Command, Event, EventBody, Fault, FaultKind, Outcome, Progress, Request,
    RequestId, RunMode, RunReport, ScriptError, SnapshotKind, Stage,
};

use crate::archive::{Archive, LoadError};
use crate::console::Console;
use crate::diff::Diff;
use crate::host::Host;
use crate::inspections::Inspections;
use crate::lua::{Interrupted, Vm};
use crate::questions::Questions;
use crate::store::{SnapshotStore, StoreError};

/// The number of values above which progress is reported.
const LONG_WORK_VALUES: u64 = 100_000;
/// The longest label of a checkpoint, in characters.
const LABEL_CHARACTERS: usize = 80;

/// A VM, its archive, and what can be inspected.
pub struct Worker<S> {
    console: Rc<Console>,
    emit: Rc<dyn Fn(Event)>,
    archive: Result<Archive<S>, StoreError>,
    vm: Option<Vm>,
    inspections: Rc<RefCell<Inspections>>,
    /// What was compared last.
    diff: Option<Diff>,
    /// Whether `_home` is something else than the head of the archive.
    has_unsaved: bool,
    /// The request that is being carried out.
    current: Option<RequestId>,
}

impl<S: SnapshotStore> Worker<S> {
    /// A worker without a VM yet; [`Command::Open`] makes one. Events go to `emit`. If the store did not
    /// open, everything works but saving, which says why.
    pub fn new(host: Rc<dyn Host>, archive: Result<Archive<S>, StoreError>, emit: impl Fn(Event) + 'static) -> Self {
        let emit: Rc<dyn Fn(Event)> = Rc::new(emit);
        let inspections = Rc::<RefCell<Inspections>>::default();
        let questions = Questions::new(Rc::clone(&inspections), Rc::clone(&emit));
        let console = Rc::new(Console::new(host, Rc::clone(&emit), questions));
        Worker { console, emit, archive, vm: None, inspections, diff: None, has_unsaved: false, current: None }
    }

    /// The running program's line to the page.
    pub fn console(&self) -> Rc<Console> {
        Rc::clone(&self.console)
    }

    /// The archive, if its store opened.
    pub fn archive(&self) -> Option<&Archive<S>> {
        self.archive.as_ref().ok()
    }

    /// Whether what is done here is saved.
    pub fn is_writer(&self) -> bool {
        self.archive().is_some_and(|archive| archive.access() == Access::Writer)
    }

    /// Carries out a request. Returns when all its events are out and all that was to be stored is on disk.
    pub async fn handle(&mut self, request: Request) {
        let mut requests = VecDeque::from([request]);
        while let Some(Request { id, command }) = requests.pop_front() {
            self.current = Some(id);
            if let Err(fault) = self.carry_out(id, command).await {
                self.emit(id, EventBody::Faulted(fault));
            }
            requests.extend(self.console.questions().take_later());
        }
    }

    fn emit(&self, request: RequestId, body: EventBody) {
        (self.emit)(Event { request: Some(request), body });
    }

    async fn carry_out(&mut self, id: RequestId, command: Command) -> Result<(), Fault> {
        match command {
            Command::Open { limits } => {
                self.console.keep_lines(limits.console_lines);
                let vm =
                    Vm::new(Rc::clone(&self.console) as Rc<dyn Host>, limits).map_err(|error| error.to_string())?;
                self.vm = Some(vm);
                let opening = self.restore_head().await;
                self.emit(id, EventBody::Opened(opening));
                if self.archive.is_ok() {
                    self.emit_history(id)?;
                }
            }
            Command::SetLimits { limits } => {
                self.console.keep_lines(limits.console_lines);
                self.vm()?.set_limits(limits).map_err(|error| error.to_string())?;
            }
            Command::Run { source, chunk, mode } => {
                if self.run(id, &source, &chunk, mode)? {
                    self.checkpoint(id, label(&source)).await?;
                }
            }
            Command::SetInput { json } => {
                let set = self.vm()?.set_input_json(&json);
                set.map_err(|error| format!("The input was not set: {error}."))?;
            }
            Command::Look(look) => self.look(id, look).await?,
            Command::Transfer(transfer) => self.transfer(id, transfer).await?,
            Command::ListSnapshots => self.list_snapshots(id)?,
            Command::SaveSnapshot { name } => {
                let name = snapshots::checked_name(&name)?;
                let image = self.capture()?;
                let saved = self.save(&image, SnapshotKind::Named { name }).await;
                self.show_home(image);
                self.emit(id, EventBody::SnapshotSaved(saved?.info));
                self.list_snapshots(id)?;
            }
            Command::RestoreSnapshot { id: snapshot } => {
                // Also where it failed: the list then says what is wrong with the snapshot.
                let restored = self.restore(id, snapshot).await;
                self.list_snapshots(id)?;
                restored?;
            }
            Command::DeleteSnapshot { id: snapshot } => {
                self.archive_mut()?.delete(&snapshot).await.map_err(|error| unsaved(&error))?;
                self.inspections.borrow_mut().forget_snapshot(&snapshot);
                self.emit(id, EventBody::SnapshotDeleted(snapshot));
                self.emit_history(id)?;
                self.list_snapshots(id)?;
                self.sweep().await;
            }
            Command::Archive(command) => self.carry_out_archive(id, command).await?,
            // The inbox withdraws what waits there. What has come this far has begun.
            Command::Cancel { .. } => {}
        }
        Ok(())
    }

    fn vm(&mut self) -> Result<&mut Vm, Fault> {
        self.vm.as_mut().ok_or_else(|| String::from("the worker was not opened yet").into())
    }

    fn archive_mut(&mut self) -> Result<&mut Archive<S>, Fault> {
        self.archive.as_mut().map_err(|error| unsaved(error))
    }

    fn list_snapshots(&mut self, id: RequestId) -> Result<(), Fault> {
        let snapshots = self.archive_mut()?.list();
        self.emit(id, EventBody::SnapshotsListed(snapshots));
        Ok(())
    }

    /// Runs a chunk and reports how it went. Returns whether anything ran.
    fn run(&mut self, id: RequestId, source: &str, chunk: &ChunkName, mode: RunMode) -> Result<bool, Fault> {
        self.inspections.borrow_mut().forget_output();
        self.emit(id, EventBody::RunStarted);
        self.console.begin(id);
        let start = self.console.monotonic_millis();
        let ran = self.vm()?.run(chunk, source.as_bytes(), mode);
        let elapsed_millis = self.console.monotonic_millis() - start;
        self.console.end();
        let outcome = match ran {
            Ok(image) => Outcome::Returned(self.inspections.borrow_mut().keep_results(id, image)),
            Err(Interrupted::Stopped) => Outcome::Stopped,
            Err(Interrupted::Incomplete) => Outcome::Incomplete,
            Err(Interrupted::Exited(status)) => Outcome::Exited { status },
            Err(Interrupted::Failed(failure)) => Outcome::Failed(ScriptError {
                message: failure.message,
                location: failure.location,
                traceback: failure.traceback,
            }),
        };
        let memory_bytes = self.vm()?.memory_bytes();
        let has_run = outcome != Outcome::Incomplete;
        self.emit(id, EventBody::RunFinished(RunReport { outcome, elapsed_millis, memory_bytes }));
        Ok(has_run)
    }

    /// Reports the start of a stage of long work, if the number of values makes it long.
    fn begin_stage(&self, stage: Stage, values: u64) {
        if values > LONG_WORK_VALUES {
            let (done, total) = match stage {
                Stage::Capturing | Stage::Reading => (0, 2),
                Stage::Storing | Stage::Restoring => (1, 2),
                Stage::Comparing => (0, 0),
            };
            let progress = Progress { stage, done, total };
            let body = EventBody::Archive(ArchiveEvent::Progressed(progress));
            (self.emit)(Event { request: self.current, body });
        }
    }
}

/// The store failed; it still holds what it held before.
fn unsaved(error: &StoreError) -> Fault {
    let kind = match error {
        StoreError::QuotaExceeded => FaultKind::StorageFull,
        StoreError::NewerVersion => FaultKind::NewerDatabase,
        StoreError::OtherWriter => FaultKind::ReadOnly,
        StoreError::Failed(_) => FaultKind::StorageFailed,
    };
    Fault { kind, message: format!("_home was not saved: {error}. What was saved before is still there.") }
}

/// A stored snapshot cannot be used as requested.
fn refused(error: &LoadError) -> Fault {
    match error {
        LoadError::Store(error) => unsaved(error),
        LoadError::NoName | LoadError::Unknown => error.to_string().into(),
        _ => unreadable(error),
    }
}

/// A snapshot or a file is damaged, or of another kind.
fn unreadable(error: &impl std::error::Error) -> Fault {
    Fault { kind: FaultKind::Unreadable, message: format!("The snapshot cannot be read: {error}.") }
}

/// The first line of a program that says something, shortened.
fn label(source: &str) -> String {
    let line = source.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(LABEL_CHARACTERS).collect()
}
