//! Commands in, events out: the one place where VM, archive and inspections meet.

mod snapshots;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use wire::{
    Access, Command, Event, EventBody, Fault, Opening, Outcome, Request, RequestId, RunMode, RunReport, SaveReport,
    ScriptError, SnapshotId, SnapshotKind, Subject,
};

use crate::archive::Archive;
use crate::console::Console;
use crate::host::Host;
use crate::image::HeapImage;
use crate::inspections::Inspections;
use crate::lua::{Interrupted, Vm};
use crate::questions::Questions;
use crate::store::{SnapshotStore, StoreError};

/// The longest label of a checkpoint, in characters.
const LABEL_CHARACTERS: usize = 80;

/// A VM, its archive, and what can be inspected.
pub struct Worker<S> {
    console: Rc<Console>,
    emit: Rc<dyn Fn(Event)>,
    archive: Result<Archive<S>, StoreError>,
    vm: Option<Vm>,
    inspections: Rc<RefCell<Inspections>>,
}

impl<S: SnapshotStore> Worker<S> {
    /// A worker without a VM yet; [`Command::Open`] makes one. Events go to `emit`. If the store did not
    /// open, everything works but saving, which says why.
    pub fn new(host: Rc<dyn Host>, archive: Result<Archive<S>, StoreError>, emit: impl Fn(Event) + 'static) -> Self {
        let emit: Rc<dyn Fn(Event)> = Rc::new(emit);
        let inspections = Rc::<RefCell<Inspections>>::default();
        let questions = Questions::new(Rc::clone(&inspections), Rc::clone(&emit));
        let console = Rc::new(Console::new(host, Rc::clone(&emit), questions));
        Worker { console, emit, archive, vm: None, inspections }
    }

    /// The archive, if its store opened.
    pub fn archive(&self) -> Option<&Archive<S>> {
        self.archive.as_ref().ok()
    }

    /// Carries out a request. Returns when all its events are out and all that was to be stored is on disk.
    pub async fn handle(&mut self, request: Request) {
        let mut requests = VecDeque::from([request]);
        while let Some(Request { id, command }) = requests.pop_front() {
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
            }
            Command::SetLimits { limits } => {
                self.console.keep_lines(limits.console_lines);
                self.vm()?.set_limits(limits).map_err(|error| error.to_string())?;
            }
            Command::Run { source, chunk_name, mode } => {
                self.run(id, &source, &chunk_name, mode)?;
                let label = label(&source);
                self.checkpoint(id, label).await?;
            }
            Command::Inspect { ref subject, .. } | Command::ShowSource { ref subject, .. } => {
                self.look_up(subject).await?;
                let answer = self.inspections.borrow().answer(&command);
                answer.into_iter().for_each(|body| self.emit(id, body));
            }
            Command::ListSnapshots => self.list_snapshots(id)?,
            Command::SaveSnapshot { name } => {
                let name = name.trim().to_owned();
                if name.is_empty() {
                    return Err("a snapshot needs a name".to_owned().into());
                }
                let image = self.vm()?.capture_home().map_err(|error| error.to_string())?;
                let saved = self.save(&image, SnapshotKind::Named { name }).await;
                self.inspections.borrow_mut().keep_home(image);
                self.emit(id, EventBody::SnapshotSaved(saved?.snapshot));
                self.list_snapshots(id)?;
            }
            Command::RestoreSnapshot { id: snapshot } => {
                // Also where it failed: the list then says what is wrong with the snapshot.
                let restored = self.restore(id, snapshot).await;
                self.list_snapshots(id)?;
                restored?;
            }
            Command::DeleteSnapshot { id: snapshot } => {
                self.archive_mut()?.delete(&snapshot).await.map_err(|error| error.to_string())?;
                self.emit(id, EventBody::SnapshotDeleted(snapshot));
                self.list_snapshots(id)?;
            }
            Command::Archive(command) => self.carry_out_archive(id, command).await?,
        }
        Ok(())
    }

    fn vm(&mut self) -> Result<&mut Vm, String> {
        self.vm.as_mut().ok_or_else(|| "the worker was not opened yet".into())
    }

    fn archive_mut(&mut self) -> Result<&mut Archive<S>, String> {
        self.archive.as_mut().map_err(|error| format!("nothing can be saved: {error}"))
    }

    fn list_snapshots(&mut self, id: RequestId) -> Result<(), String> {
        let snapshots = self.archive_mut()?.list();
        self.emit(id, EventBody::SnapshotsListed(snapshots));
        Ok(())
    }

    /// Restores the last saved `_home`, if there is one and it can be read. If not, it is kept and the
    /// person is told.
    async fn restore_head(&mut self) -> Opening {
        let mut opening = Opening { restored: None, problem: None, snapshots: Vec::new(), access: Access::Writer };
        let (Ok(archive), Some(vm)) = (&mut self.archive, &mut self.vm) else {
            opening.problem =
                self.archive.as_ref().err().map(|error| format!("Nothing can be saved or restored: {error}"));
            return opening;
        };
        if let Some(head) = archive.head().cloned() {
            let restored = match archive.load(&head).await {
                Ok(image) => match vm.restore_home(&image) {
                    Ok(()) => Ok(image),
                    Err(error) => {
                        let reason = error.to_string();
                        // If even that can not be noted, the snapshot is still there, unharmed.
                        let _ = archive.mark_damaged(&head, reason.clone()).await;
                        Err(reason)
                    }
                },
                Err(error) => Err(error.to_string()),
            };
            match restored {
                Ok(image) => {
                    opening.restored = archive.info(&head).cloned();
                    self.inspections.borrow_mut().keep_home(image);
                }
                Err(reason) => {
                    opening.problem = Some(format!(
                        "The last saved _home could not be restored, and is kept: {reason}. _home starts empty."
                    ));
                }
            }
        }
        opening.snapshots = archive.list();
        opening
    }

    fn run(&mut self, id: RequestId, source: &str, chunk_name: &str, mode: RunMode) -> Result<(), String> {
        self.console.begin(id);
        let start = self.console.monotonic_millis();
        let ran = self.vm()?.run(chunk_name, source.as_bytes(), mode);
        let elapsed_millis = self.console.monotonic_millis() - start;
        self.console.end();
        let outcome = match ran {
            Ok(image) => Outcome::Returned(self.inspections.borrow_mut().keep_results(id, image)),
            Err(Interrupted::Stopped) => Outcome::Stopped,
            Err(Interrupted::Failed(failure)) => Outcome::Failed(ScriptError {
                message: failure.message,
                place: failure.place,
                traceback: failure.traceback,
            }),
        };
        let memory_bytes = self.vm()?.memory_bytes();
        self.emit(id, EventBody::RunFinished(RunReport { outcome, elapsed_millis, memory_bytes }));
        Ok(())
    }

    async fn checkpoint(&mut self, id: RequestId, label: String) -> Result<(), String> {
        let image = self.vm()?.capture_home().map_err(|error| error.to_string())?;
        let saved = self.save(&image, SnapshotKind::Checkpoint { label }).await;
        self.inspections.borrow_mut().keep_home(image);
        self.emit(id, EventBody::HomeSaved(saved?));
        Ok(())
    }

    async fn save(&mut self, image: &HeapImage, kind: SnapshotKind) -> Result<SaveReport, String> {
        let now = self.console.unix_millis();
        let id = SnapshotId(format!("{:013}-{:016x}", now as u64, self.console.random()));
        let saved = self
            .archive_mut()?
            .save(image, kind, id, now)
            .await
            .map_err(|error| format!("_home was not saved: {error}. What was saved before is still there."))?;
        Ok(SaveReport { snapshot: saved.info, is_new: saved.is_new, removed: Vec::new(), missing_globals: Vec::new() })
    }

    async fn restore(&mut self, id: RequestId, snapshot: SnapshotId) -> Result<(), String> {
        let archive = self.archive_mut()?;
        let refuse = |error: String| format!("The snapshot can not be restored: {error}. _home is unchanged.");
        let image = archive.load(&snapshot).await.map_err(|error| refuse(error.to_string()))?;
        let info = archive.info(&snapshot).cloned().ok_or_else(|| refuse("it is gone".into()))?;
        self.vm()?.restore_home(&image).map_err(|error| refuse(error.to_string()))?;
        self.emit(id, EventBody::SnapshotRestored(info.clone()));
        let name = match info.kind {
            SnapshotKind::Named { name } | SnapshotKind::Imported { name } => name,
            SnapshotKind::Checkpoint { label } => label,
        };
        self.checkpoint(id, format!("restored: {name}")).await
    }

    /// Gets what the page wants to look into, if it is not there yet.
    async fn look_up(&mut self, subject: &Subject) -> Result<(), String> {
        if self.inspections.borrow().find(subject).is_some() {
            return Ok(());
        }
        match subject {
            Subject::Home => {
                let image = self.vm()?.capture_home().map_err(|error| error.to_string())?;
                self.inspections.borrow_mut().keep_home(image);
            }
            Subject::Snapshot(snapshot) => {
                let loaded = self.archive_mut()?.load(snapshot).await;
                let image = loaded.map_err(|error| format!("The snapshot can not be read: {error}."))?;
                self.inspections.borrow_mut().keep_snapshot(snapshot.clone(), image);
            }
            Subject::Result(_) => {}
        }
        Ok(())
    }
}

/// The first line of a program that says something, shortened.
fn label(source: &str) -> String {
    let line = source.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(LABEL_CHARACTERS).collect()
}
