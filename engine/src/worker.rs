//! Commands in, events out: the one place where VM, archive and inspections meet. It only dispatches; the types that
//! it passes commands to hold what they use.

mod events;
mod faults;
mod history;
mod looks;
mod machine;
mod snapshots;
mod transfer;
mod trials;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use wire::{
    Access, Command, DeleteBranch, DeleteSnapshot, DuplicateSnapshot, Event, EventBody, Export, ExportHistory,
    ExportJson, Fault, ForgetRuns, Fork, Ghost, HistoryEvent, Hold, Import, ImportHistory, ImportJson, KeepTrial, Load,
    NameBranch, Preferences, RenameSnapshot, Request, SaveSnapshot, Settings, SnapshotFile, Stage, Subject, Transfer,
};

use crate::archive::Archive;
use crate::console::Console;
use crate::files::{self, Edited};
use crate::host::Host;
use crate::inspections::Inspections;
use crate::run_queries::RunQueries;
use crate::slices::Slices;
use crate::store::{SnapshotStore, StoreError};
use events::Events;
use faults::Unfinished;
use history::History;
use looks::Looks;
use machine::Machine;
use snapshots::Snapshots;
use trials::Trials;

/// A VM, its archive, and what can be inspected.
pub struct Worker<S> {
    console: Rc<Console>,
    emit: Rc<dyn Fn(Event)>,
    machine: Machine,
    history: History<S>,
    looks: Looks,
    trials: Trials,
}

impl<S: SnapshotStore> Worker<S> {
    /// A worker without a VM yet; [`Command::Open`] makes one. Events go to `emit`. If the store did not
    /// open, everything works but saving, which says why.
    pub fn new(host: Rc<dyn Host>, archive: Result<Archive<S>, StoreError>, emit: impl Fn(Event) + 'static) -> Self {
        let emit: Rc<dyn Fn(Event)> = Rc::new(emit);
        let inspections = Rc::<RefCell<Inspections>>::default();
        let queries = RunQueries::new(Rc::clone(&inspections), Rc::clone(&emit));
        let console = Rc::new(Console::new(host, Rc::clone(&emit), queries));
        Worker {
            machine: Machine::new(Rc::clone(&console), Rc::clone(&inspections)),
            history: History::new(Snapshots::new(archive, Rc::clone(&console) as Rc<dyn Host>)),
            looks: Looks::new(inspections, Rc::clone(&console) as Rc<dyn Host>),
            trials: Trials::default(),
            console,
            emit,
        }
    }

    /// The running program's line to the page.
    pub fn console(&self) -> Rc<Console> {
        Rc::clone(&self.console)
    }

    /// The archive, if its store opened.
    pub fn archive(&self) -> Option<&Archive<S>> {
        self.history.snapshots.opened()
    }

    /// Whether what is done here is saved.
    pub fn is_writer(&self) -> bool {
        self.archive().is_some_and(|archive| archive.access() == Access::Writer)
    }

    /// Another tab saves from now on, or none does.
    pub fn demote(&mut self, access: Access) {
        if let Ok(archive) = self.history.snapshots.archive() {
            archive.demote();
        }
        let changed = HistoryEvent::AccessChanged(access);
        (self.emit)(Event { request: None, body: EventBody::History(changed) });
    }

    /// Carries out a request. Returns when all its events are out and all that was to be stored is on disk.
    pub async fn handle(&mut self, request: Request) {
        let mut requests = VecDeque::from([request]);
        while let Some(Request { id, command }) = requests.pop_front() {
            let events = Events::new(Rc::clone(&self.emit), id);
            match self.carry_out(command, &events).await {
                Ok(()) => {}
                Err(Unfinished::Withdrawn) => events.emit(EventBody::Cancelled),
                Err(Unfinished::Faulted(fault)) => events.emit(EventBody::Faulted(fault)),
            }
            requests.extend(self.console.queries().take_later());
        }
    }

    async fn carry_out(&mut self, command: Command, events: &Events) -> Result<(), Unfinished> {
        let Worker { machine, history, looks, .. } = self;
        match command {
            Command::Open { settings } => {
                machine.open(settings.limits)?;
                apply_preferences(settings.preferences, machine, &mut history.snapshots)?;
                let opening = history.restore_head(machine).await;
                events.emit(EventBody::Opened(opening));
                if history.snapshots.opened().is_some() {
                    history.announce(events)?;
                }
            }
            Command::ChangeSettings(Settings { limits, preferences }) => {
                apply_preferences(preferences, machine, &mut history.snapshots)?;
                machine.set_limits(limits)?;
            }
            Command::Run { source, chunk, mode } => {
                if let Some((edits, run)) = machine.run(source, chunk, mode, events)? {
                    history.add_edits(edits);
                    history.checkpoint(machine, run.info.label.clone(), Some(run), events).await?;
                }
            }
            Command::SetInput { json } => machine.set_input(json)?,
            Command::SetFiles(changes) => {
                let files = machine.vm()?.files();
                changes.into_iter().for_each(|change| files.set(change.path.as_str(), change.content));
            }
            Command::Look(look) => looks.look(look, machine, &mut history.snapshots, events).await?,
            Command::Transfer(transfer) => self.transfer(transfer, events).await?,
            Command::History(change) => self.change_history(change, events).await?,
            Command::Ghost(ghost) => self.serve_ghost(ghost, events).await?,
            // The inbox withdraws what waits there, and notes it for what has begun.
            Command::Cancel { .. } => {}
        }
        Ok(())
    }

    async fn change_history(&mut self, change: wire::History, events: &Events) -> Result<(), Fault> {
        let Worker { machine, history, looks, .. } = self;
        match change {
            wire::History::SaveSnapshot(SaveSnapshot { name }) => {
                events.reply::<SaveSnapshot>(history.save_named(machine, &name, events).await?);
                history.announce(events)?;
                history.snapshots.list(events)?;
            }
            wire::History::DuplicateSnapshot(DuplicateSnapshot { id, name }) => {
                events.reply::<DuplicateSnapshot>(history.snapshots.duplicate(&id, &name).await?);
                history.announce(events)?;
                history.snapshots.list(events)?;
            }
            wire::History::RenameSnapshot(RenameSnapshot { id, name }) => {
                events.reply::<RenameSnapshot>(history.snapshots.rename(&id, &name).await?);
                history.snapshots.list(events)?;
            }
            wire::History::DeleteSnapshot(DeleteSnapshot { id }) => {
                history.snapshots.delete(&id).await?;
                looks.forget_snapshot(&id);
                events.reply::<DeleteSnapshot>(());
                history.announce(events)?;
                history.snapshots.list(events)?;
                history.snapshots.sweep().await;
            }
            wire::History::RestoreSnapshot { id } => {
                history.restore(machine, &id, events).await?;
                history.snapshots.list(events)?;
            }
            wire::History::RestorePath { id, path } => {
                let subject = Subject::Snapshot(id.clone());
                let image = looks.image(&subject, machine, &mut history.snapshots, events).await?;
                history.restore_path(machine, &id, &image, &path, events).await?;
            }
            wire::History::ForgetRuns(ForgetRuns { ids }) => {
                history.snapshots.forget_runs(ids).await?;
                events.reply::<ForgetRuns>(());
            }
            wire::History::KeepLostRun(lost) => {
                let head = history.snapshots.archive()?.head().cloned();
                history.keep_run(lost.into(), head.as_ref(), events).await;
            }
            wire::History::UndoRun { with_files } => history.undo(machine, with_files, events).await?,
            wire::History::RedoRun { to } => history.redo(machine, to.as_ref(), events).await?,
            wire::History::GoTo { id } => history.switch(machine, id, events).await?,
            wire::History::NameBranch(NameBranch { leaf, name }) => {
                history.snapshots.change_branch(&leaf, Some(name)).await?;
                events.reply::<NameBranch>(());
                history.announce(events)?;
            }
            wire::History::DeleteBranch(DeleteBranch { leaf }) => {
                let deleted = history.snapshots.change_branch(&leaf, None).await?;
                deleted.iter().for_each(|id| looks.forget_snapshot(id));
                events.reply::<DeleteBranch>(());
                history.announce(events)?;
                history.snapshots.list(events)?;
            }
            wire::History::TakeOver => history.take_over(machine, events).await?,
        }
        Ok(())
    }

    async fn serve_ghost(&mut self, ghost: Ghost, events: &Events) -> Result<(), Fault> {
        let Worker { machine, history, looks, trials, console, .. } = self;
        match ghost {
            Ghost::Fork(Fork { subject: Subject::Home }) => events.reply::<Fork>(trials.fork(machine)?),
            Ghost::Fork(Fork { subject }) => {
                let image = looks.image(&subject, machine, &mut history.snapshots, events).await?;
                events.reply::<Fork>(trials::fork_home(image.image())?);
            }
            Ghost::Load(Load { state }) => {
                console.begin_trials();
                history.begin_trial(machine)?;
                events.reply::<Load>(trials.load(state, machine)?);
            }
            Ghost::Hold(Hold { state }) => events.reply::<Hold>(trials.hold(&state, machine)?),
            Ghost::KeepTrial(kept) => {
                let (edits, run) = trials.make_real(kept, machine, console.as_ref())?;
                history.add_edits(edits.clone());
                let mut edited = Edited::default();
                files::apply(machine.vm()?.files(), edits, &mut edited);
                machine.tell_edited(edited, events);
                history.checkpoint(machine, run.info.label.clone(), Some(run), events).await?;
                events.reply::<KeepTrial>(());
            }
        }
        Ok(())
    }

    async fn transfer(&mut self, transfer: Transfer, events: &Events) -> Result<(), Unfinished> {
        let Worker { machine, history: History { snapshots, .. }, looks, console, .. } = self;
        match transfer {
            Transfer::Export(Export { subject }) => {
                let metadata = snapshots.metadata(&subject)?;
                let image = looks.image(&subject, machine, snapshots, events).await?;
                events.reply::<Export>(transfer::to_file(image.image(), &metadata)?);
            }
            Transfer::ExportJson(ExportJson { subject }) => {
                let image = looks.image(&subject, machine, snapshots, events).await?;
                events.begin_stage(Stage::Exporting, image.image().value_count());
                let slices = Slices::new(Rc::clone(console) as Rc<dyn Host>, events.request());
                events.reply::<ExportJson>(transfer::to_json(image.image(), &subject, &slices).await?);
            }
            Transfer::Import(Import { name, bytes }) => {
                let (image, stored_name) = transfer::from_file(bytes)?;
                let name = if name.trim().is_empty() { stored_name } else { name };
                events.reply::<Import>(snapshots.import(&image, &name).await?);
                snapshots.list(events)?;
            }
            Transfer::ImportJson(ImportJson { name, text }) => {
                let image = transfer::from_json(text)?;
                events.reply::<ImportJson>(snapshots.import(&image, &name).await?);
                snapshots.list(events)?;
            }
            Transfer::ExportHistory(ExportHistory) => {
                events.reply::<ExportHistory>(SnapshotFile { bytes: snapshots.export_history().await? });
            }
            Transfer::ImportHistory(ImportHistory { bytes }) => {
                snapshots.import_history(&bytes).await?;
                events.reply::<ImportHistory>(());
            }
        }
        Ok(())
    }
}

fn apply_preferences<S: SnapshotStore>(
    preferences: Preferences,
    machine: &mut Machine,
    snapshots: &mut Snapshots<S>,
) -> Result<(), Fault> {
    if let Ok(archive) = snapshots.archive() {
        archive.keep_checkpoints(preferences.checkpoints_kept, preferences.checkpoints_at_most);
    }
    machine.vm()?.set_memory_alias(preferences.has_memory_alias);
    Ok(())
}
