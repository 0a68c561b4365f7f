//! Commands in, events out: the one place where VM, archive and inspections meet. It only dispatches; the types that
//! it passes commands to hold what they use.

mod events;
mod faults;
mod functions;
mod history;
mod later;
mod looks;
mod machine;
mod snapshots;
mod traces;
mod transfer;
mod trials;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;

use wire::{Access, Command, Event, EventBody, Fault, HistoryEvent, Preferences, Request, Settings};

use crate::archive::Archive;
use crate::console::Console;
use crate::host::Host;
use crate::inspections::Inspections;
use crate::run_queries::RunQueries;
use crate::store::{SnapshotStore, StoreError};
use events::Events;
use faults::Unfinished;
use history::History;
pub use later::LaterPart;
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
    load_later: LoadLater<S>,
}

/// The later part of a worker on its way, or the reason why it does not come now.
pub type Loading<S> = Pin<Box<dyn Future<Output = Result<LaterPart<S>, String>>>>;

/// Loads the later part of a worker.
pub type LoadLater<S> = Box<dyn Fn() -> Loading<S>>;

impl<S: SnapshotStore> Worker<S> {
    /// A worker without a VM yet; [`Command::Open`] makes one. Events go to `emit`. If the store did not
    /// open, everything works but saving, which says why. `load_later` is called for each command that needs it.
    pub fn new(
        host: Rc<dyn Host>,
        archive: Result<Archive<S>, StoreError>,
        emit: impl Fn(Event) + 'static,
        load_later: LoadLater<S>,
    ) -> Self {
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
            load_later,
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
            Command::Look(look) if look.subject().is_some() => {
                looks.inspect(&look, machine, &mut history.snapshots, events).await?;
            }
            // The inbox withdraws what waits there, and notes it for what has begun.
            Command::Cancel { .. } => {}
            Command::Look(_) | Command::Transfer(_) | Command::History(_) | Command::Ghost(_) => {
                let LaterPart { carry_out } = (self.load_later)().await.map_err(Fault::from)?;
                carry_out(self, command, events).await?;
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
