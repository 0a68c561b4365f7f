//! At which runs a value changed: walks along the states that `_home` came from, the newest first, and reads each of them once.

use std::rc::Rc;

use wire::{Encoded, Fault, SnapshotId, Subject, Trace, TraceRow, TraceValue, TracedChange};

use super::events::Events;
use super::faults::Unfinished;
use super::history::History;
use super::looks::Looks;
use super::machine::Machine;
use crate::image::HeapImage;
use crate::inspect::{self, Inspection};
use crate::slices::Slices;
use crate::store::SnapshotStore;
use crate::trace::{self, Found};

/// After how long the answer says what was found so far.
const ANSWER_MILLIS: f64 = 200.0;

/// A state on the line.
struct State {
    /// `None`: what `_home` is now, which is not saved, or the empty `_home` that history began with.
    id: Option<SnapshotId>,
    /// What it is read from; `None`: nothing, since it is empty.
    subject: Option<Subject>,
    /// Its image, once that was read.
    image: Option<Rc<Inspection>>,
}

impl State {
    fn stored(id: SnapshotId) -> State {
        State { subject: Some(Subject::Snapshot(id.clone())), id: Some(id), image: None }
    }
}

impl Looks {
    /// Finds out at which runs a value changed.
    pub(super) async fn trace<S: SnapshotStore>(
        &mut self,
        wanted: TraceValue,
        machine: &mut Machine,
        history: &mut History<S>,
        events: &Events,
    ) -> Result<Encoded<Trace>, Unfinished> {
        let TraceValue { path, from, limit } = wanted;
        if !trace::is_lasting(&path) {
            return Err(Fault::from(String::from("No lasting path leads to this value.")).into());
        }
        let slices = Slices::new(Rc::clone(&self.host), events.request());
        let end_millis = self.host.monotonic_millis() + ANSWER_MILLIS;
        let mut trace = Trace { path: inspect::path_text(&path), states: 1, ..Trace::default() };
        let mut line = line(from, history)?.into_iter();
        let mut newer = line.next().ok_or_else(|| Fault::from(String::from("This state is no longer kept.")))?;
        for mut older in line {
            trace.states += u32::from(older.id.is_some());
            let pair = newer.id.clone().map(|newer| (older.id.clone(), newer));
            let known = pair.as_ref().and_then(|pair| self.known.of_path(&path).get(pair));
            let found = match known {
                Some(found) => found,
                None => {
                    let mut unread = None;
                    for state in [&mut older, &mut newer] {
                        if let Err(fault) = self.read(state, machine, history, events).await {
                            unread = Some((state.id.clone(), fault));
                            break;
                        }
                    }
                    match unread {
                        // What is around it is compared.
                        Some((Some(state), fault)) if older.id.as_ref() == Some(&state) => {
                            trace.rows.push(TraceRow::Unreadable { state, reason: fault.message });
                            continue;
                        }
                        Some((_, fault)) => return Err(fault.into()),
                        None => {}
                    }
                    let (Some(before), Some(after)) = (&older.image, &newer.image) else { continue };
                    let found = trace::compare(before, after, &path, &slices).await?;
                    pair.into_iter().for_each(|pair| self.known.keep(pair, found.clone()));
                    found
                }
            };
            if let Some(Found { old, new, totals }) = found {
                let (before, after) = (older.id.clone(), newer.id);
                let (runs, are_all_runs) = history.snapshots.archive()?.runs_between(before.as_ref(), after.as_ref());
                let change = TracedChange { before, after, old, new, totals, runs, are_all_runs };
                trace.rows.push(TraceRow::Changed(change));
            }
            newer = older;
            if trace.rows.len() >= limit.max(1) as usize || self.host.monotonic_millis() >= end_millis {
                trace.rest = newer.id;
                break;
            }
        }
        Ok(Encoded::new(&trace).map_err(|error| Fault::from(error.to_string()))?)
    }

    /// Reads the image of a state, if that was not done yet.
    async fn read<S: SnapshotStore>(
        &mut self,
        state: &mut State,
        machine: &mut Machine,
        history: &mut History<S>,
        events: &Events,
    ) -> Result<(), Fault> {
        if state.image.is_some() {
            return Ok(());
        }
        let archive = history.snapshots.opened();
        if let Some(damage) = archive.zip(state.id.as_ref()).and_then(|(it, id)| it.info(id)?.damage.clone()) {
            return Err(damage.into());
        }
        let image = match &state.subject {
            None => Rc::new(Inspection::new(HeapImage::of_empty_table())),
            Some(subject) => self.image(subject, machine, &mut history.snapshots, events).await?,
        };
        state.image = Some(image);
        Ok(())
    }
}

/// What `_home` is now, or the state to begin with, and those before it.
fn line<S: SnapshotStore>(from: Option<SnapshotId>, history: &mut History<S>) -> Result<Vec<State>, Fault> {
    if let Some(problem) = history.snapshots.problem() {
        return Err(["Nothing is kept here: ", &problem.to_string(), "."].concat().into());
    }
    let is_saved = history.is_saved();
    let archive = history.snapshots.archive()?;
    let head = archive.head();
    let ids = archive.line(from.as_ref().or(head));
    // What comes before these and cannot be read, if so.
    let unknown = match ids.last() {
        Some(oldest) => archive.parent(oldest),
        None => from.as_ref().or(head),
    };
    let last = unknown.cloned().map_or(State { id: None, subject: None, image: None }, State::stored);
    // A head that could not be restored is not what `_home` is.
    let is_sound = |id: &SnapshotId| archive.info(id).is_some_and(|info| info.damage.is_none());
    let is_home = is_saved && head.is_some_and(is_sound) && (from.is_none() || from.as_ref() == head);
    let mut line: Vec<State> = ids.into_iter().map(State::stored).collect();
    match line.first_mut() {
        Some(first) if is_home => first.subject = Some(Subject::Home),
        None if from.is_some() => return Ok(line),
        _ if from.is_none() => line.insert(0, State { id: None, subject: Some(Subject::Home), image: None }),
        _ => {}
    }
    line.push(last);
    Ok(line)
}
