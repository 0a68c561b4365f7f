//! Looks into states: finds or reads the images that are wanted, and answers from them.

use std::cell::RefCell;
use std::rc::Rc;

use wire::{
    CheckFunction, Compare, CompareSources, CompareTexts, Define, Definitions, Fault, ListRuns, Look, Search, ShowRun,
    SnapshotId, Stage, Subject, TraceValue, WriteEdit, WriteValue,
};

use super::events::Events;
use super::faults::{Unfinished, unusable};
use super::functions;
use super::history::History;
use super::machine::Machine;
use super::snapshots::Snapshots;
use super::transfer;
use crate::definitions::definitions;
use crate::diff::{Diff, compare_texts};
use crate::edits;
use crate::host::Host;
use crate::inspect::Inspection;
use crate::inspections::Inspections;
use crate::search;
use crate::slices::Slices;
use crate::store::SnapshotStore;
use crate::trace::Known;

/// The most runs in one list.
const MAX_RUNS_LISTED: u32 = 1000;

/// What can be inspected, and what was compared last.
pub struct Looks {
    inspections: Rc<RefCell<Inspections>>,
    pub(super) host: Rc<dyn Host>,
    diff: Option<Diff>,
    pub(super) known: Known,
}

impl Looks {
    /// Answers from these images, and adds to them what has to be got first. The host lets long looks pause.
    pub fn new(inspections: Rc<RefCell<Inspections>>, host: Rc<dyn Host>) -> Looks {
        Looks { inspections, host, diff: None, known: Known::default() }
    }

    /// Answers a look that can also be answered in the middle of a run.
    pub async fn inspect<S: SnapshotStore>(
        &mut self,
        look: &Look,
        machine: &mut Machine,
        snapshots: &mut Snapshots<S>,
        events: &Events,
    ) -> Result<(), Fault> {
        if let Some(subject) = look.subject() {
            self.look_up(subject, machine, snapshots, events).await?;
        }
        let answer = self.inspections.borrow().answer(look);
        answer.into_iter().for_each(|body| events.emit(body));
        Ok(())
    }

    /// Answers a look.
    pub async fn look<S: SnapshotStore>(
        &mut self,
        look: Look,
        machine: &mut Machine,
        history: &mut History<S>,
        events: &Events,
    ) -> Result<(), Unfinished> {
        let snapshots = &mut history.snapshots;
        match look {
            Look::Inspect(_) | Look::ShowSource(_) => self.inspect(&look, machine, snapshots, events).await?,
            Look::Compare(Compare { before, after, path, offset, limit }) => {
                let before = self.image(&before, machine, snapshots, events).await?;
                let after = self.image(&after, machine, snapshots, events).await?;
                let slices = Slices::new(Rc::clone(&self.host), events.request());
                let diff = self.compare(before, after, &slices, events).await?;
                let listing = diff.and_then(|diff| diff.list(&path, offset, limit));
                events.reply::<Compare>(listing);
            }
            Look::CompareSources(CompareSources { before, after, path }) => {
                let before = self.image(&before, machine, snapshots, events).await?;
                let after = self.image(&after, machine, snapshots, events).await?;
                let slices = Slices::new(Rc::clone(&self.host), events.request());
                let sources = match self.compare(before, after, &slices, events).await? {
                    Some(diff) => diff.sources(&path, &slices).await?,
                    None => None,
                };
                events.reply::<CompareSources>(sources);
            }
            Look::CompareTexts(CompareTexts { before, after }) => {
                let slices = Slices::new(Rc::clone(&self.host), events.request());
                events.reply::<CompareTexts>(compare_texts(&before, &after, &slices).await?);
            }
            Look::Search(wanted) => {
                let image = self.image(&wanted.subject, machine, snapshots, events).await?;
                let slices = Slices::new(Rc::clone(&self.host), events.request());
                events.reply::<Search>(search::search(&image, &wanted, &slices).await?);
            }
            Look::WriteValue(wanted) => {
                let image = self.image(&wanted.subject, machine, snapshots, events).await?;
                let slices = Slices::new(Rc::clone(&self.host), events.request());
                events.reply::<WriteValue>(transfer::to_text(&image, &wanted, &slices).await?);
            }
            Look::WriteEdit(WriteEdit { path, edit }) => {
                let home = self.image(&Subject::Home, machine, snapshots, events).await?;
                let line = edits::line_of(&home, &path, &edit, machine.vm()?);
                events.reply::<WriteEdit>(line.map_err(Fault::from)?);
            }
            Look::CheckFunction(CheckFunction { path, source }) => {
                let home = self.image(&Subject::Home, machine, snapshots, events).await?;
                events.reply::<CheckFunction>(functions::check(machine, &home, &path, &source)?);
            }
            Look::Define(Define) => {
                let home = self.image(&Subject::Home, machine, snapshots, events).await?;
                let globals = machine.vm()?.own_globals();
                let home = definitions(&home);
                events.reply::<Define>(Definitions { home, globals: globals.join(" ") });
            }
            Look::ListRuns(ListRuns { before, limit }) => {
                events.reply::<ListRuns>(snapshots.archive()?.runs(before.as_ref(), limit.min(MAX_RUNS_LISTED)));
            }
            Look::ShowRun(ShowRun { id }) => {
                let run = snapshots.archive()?.load_run(&id).await;
                let run = run.map_err(|error| Fault::from(format!("The run cannot be read: {error}.")))?;
                events.reply::<ShowRun>(run.map(Box::new));
            }
            Look::TraceValue(wanted) => {
                events.reply::<TraceValue>(self.trace(wanted, machine, history, events).await?);
            }
            #[cfg(test_build)]
            Look::Probe(wire::Probe { text }) => events.reply::<wire::Probe>(text),
        }
        Ok(())
    }

    /// Forgets a snapshot that was deleted.
    pub fn forget_snapshot(&mut self, id: &SnapshotId) {
        self.inspections.borrow_mut().forget_snapshot(id);
    }

    /// The image of a subject.
    pub async fn image<S: SnapshotStore>(
        &mut self,
        subject: &Subject,
        machine: &mut Machine,
        snapshots: &mut Snapshots<S>,
        events: &Events,
    ) -> Result<Rc<Inspection>, Fault> {
        let found = self.look_up(subject, machine, snapshots, events).await?;
        found.ok_or_else(|| String::from("That no longer exists.").into())
    }

    /// Gets what the page wants to look into, if it is not there yet, and gives it.
    async fn look_up<S: SnapshotStore>(
        &mut self,
        subject: &Subject,
        machine: &mut Machine,
        snapshots: &mut Snapshots<S>,
        events: &Events,
    ) -> Result<Option<Rc<Inspection>>, Fault> {
        if let Some(found) = self.inspections.borrow().find(subject) {
            return Ok(Some(found));
        }
        match subject {
            Subject::Home => {
                let image = machine.capture(events)?;
                machine.show_home(image);
            }
            Subject::Snapshot(snapshot) => {
                let image = snapshots.load(snapshot, events).await.map_err(|error| unusable(&error))?;
                self.inspections.borrow_mut().keep_snapshot(snapshot.clone(), image);
            }
            Subject::Workspace(database) => {
                let loaded = snapshots.load_other(database, events).await;
                let loaded = loaded.map_err(|error| format!("It cannot be read: {error}."))?;
                let image = loaded.ok_or_else(|| String::from("There is none yet."))?;
                self.inspections.borrow_mut().keep_other(database.clone(), image);
            }
            Subject::Output => machine.show_output()?,
            Subject::Result(_) | Subject::Printed { .. } | Subject::Trial => {}
        }
        Ok(self.inspections.borrow().find(subject))
    }

    /// Two images compared.
    async fn compare(
        &mut self,
        before: Rc<Inspection>,
        after: Rc<Inspection>,
        slices: &Slices,
        events: &Events,
    ) -> Result<Option<&Diff>, Unfinished> {
        if self.diff.as_ref().is_none_or(|diff| !diff.is_of(&before, &after)) {
            events.begin_stage(Stage::Comparing, before.image().value_count().max(after.image().value_count()));
            self.diff = Diff::new(before, after, slices).await?;
        }
        Ok(self.diff.as_ref())
    }
}
