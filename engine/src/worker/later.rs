//! The part of the worker that the first run does not need: states compared, searched, exported, gone back to, tried
//! out. In a browser, its code is in a wasm file of its own, which arrives when the worker is ready (`engine/src/bin/worker.rs`).

use std::future::ready;
use std::pin::Pin;
use std::rc::Rc;

use wire::{
    Command, DeleteBranch, DeleteSnapshot, DuplicateSnapshot, EditFunction, Export, ExportHistory, ExportJson, Fault,
    ForgetRuns, Fork, Ghost, HistoryEvent, Hold, Import, ImportHistory, ImportJson, KeepTrial, Load, NameBranch,
    RenameSnapshot, SaveSnapshot, SnapshotFile, Stage, Subject, Transfer,
};

use super::events::Events;
use super::faults::Unfinished;
use super::history::History;
use super::{LoadLater, Worker};
use super::{functions, transfer, trials};
use crate::files::{self, Edited};
use crate::host::Host;
use crate::inspect;
use crate::slices::Slices;
use crate::store::SnapshotStore;

/// The later part of a worker.
pub struct LaterPart<S> {
    /// Carries out a command that is not for the first part.
    pub(super) carry_out: CarryOut<S>,
}

type CarryOut<S> =
    for<'a> fn(&'a mut Worker<S>, Command, &'a Events) -> Pin<Box<dyn Future<Output = Result<(), Unfinished>> + 'a>>;

impl<S: SnapshotStore + 'static> LaterPart<S> {
    /// For a worker that has all of its code from the start.
    pub fn at_hand() -> LoadLater<S> {
        Box::new(|| Box::pin(ready(Ok(LaterPart::get()))))
    }

    /// All of it. What names this needs its code.
    pub fn get() -> LaterPart<S> {
        LaterPart { carry_out: |worker, command, events| Box::pin(carry_out(worker, command, events)) }
    }
}

async fn carry_out<S: SnapshotStore>(
    worker: &mut Worker<S>,
    command: Command,
    events: &Events,
) -> Result<(), Unfinished> {
    match command {
        Command::Look(look) => {
            let Worker { machine, history, looks, .. } = worker;
            looks.look(look, machine, history, events).await?;
        }
        Command::Transfer(transfer) => serve_transfer(worker, transfer, events).await?,
        Command::History(change) => change_history(worker, change, events).await?,
        Command::Ghost(ghost) => serve_ghost(worker, ghost, events).await?,
        _ => {}
    }
    Ok(())
}

async fn change_history<S: SnapshotStore>(
    worker: &mut Worker<S>,
    change: wire::History,
    events: &Events,
) -> Result<(), Fault> {
    let Worker { machine, history, looks, .. } = worker;
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
        wire::History::EditFunction(EditFunction { path, source }) => {
            let edit = functions::edit(machine, &path, &source)?;
            let path = inspect::path_text(&path);
            let label = ["edited: ", &path].concat();
            events.history(HistoryEvent::FunctionEdited { path });
            history.checkpoint(machine, label, None, events).await?;
            events.reply::<EditFunction>(edit);
        }
        wire::History::TakeOver => history.take_over(machine, events).await?,
    }
    Ok(())
}

async fn serve_ghost<S: SnapshotStore>(worker: &mut Worker<S>, ghost: Ghost, events: &Events) -> Result<(), Fault> {
    let Worker { machine, history, looks, trials, console, .. } = worker;
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

async fn serve_transfer<S: SnapshotStore>(
    worker: &mut Worker<S>,
    transfer: Transfer,
    events: &Events,
) -> Result<(), Unfinished> {
    let Worker { machine, history: History { snapshots, .. }, looks, console, .. } = worker;
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
