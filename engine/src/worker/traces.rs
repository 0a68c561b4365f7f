//! At which runs a value changed: walks along the states that `_home` came from, the newest first, and reads each of them once.

use std::rc::Rc;

use wire::{Fault, SnapshotId, Step, Subject, Trace, TraceRow, TraceValue, TracedChange};

use super::events::Events;
use super::faults::Unfinished;
use super::history::History;
use super::looks::Looks;
use super::machine::Machine;
use super::snapshots::Snapshots;
use crate::image::HeapImage;
use crate::inspect::{self, Inspection};
use crate::slices::Slices;
use crate::store::SnapshotStore;
use crate::trace::{self, Found};

/// After how long the answer says what was found so far.
const ANSWER_MILLIS: f64 = 200.0;

/// A state on the line, and its image once that was read.
struct State {
    at: At,
    image: Option<Rc<Inspection>>,
}

#[derive(Clone, PartialEq)]
enum At {
    /// What `_home` is now, which is not saved.
    Now,
    Stored(SnapshotId),
    /// The empty `_home` that history began with.
    Nothing,
}

impl At {
    fn id(&self) -> Option<&SnapshotId> {
        match self {
            At::Stored(id) => Some(id),
            At::Now | At::Nothing => None,
        }
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
    ) -> Result<Trace, Unfinished> {
        let TraceValue { path, from, limit } = wanted;
        if !trace::is_lasting(&path) {
            return Err(Fault::from(String::from("No lasting path leads to this value.")).into());
        }
        let slices = Slices::new(Rc::clone(&self.host), events.request());
        let end_millis = self.host.monotonic_millis() + ANSWER_MILLIS;
        let mut trace = Trace { path: inspect::path_text(&path), ..Trace::default() };
        let (mut newer, line) = self.begin(from, machine, history, events).await?;
        trace.states = 1;
        for at in line {
            trace.states += u32::from(at != At::Nothing);
            let mut older = State { at, image: None };
            match self.differ((&mut older, &mut newer), &path, &mut history.snapshots, &slices, events).await? {
                Ok(None) => {}
                Ok(Some(Found { old, new, totals })) => {
                    let [before, after] = [&older, &newer].map(|state| state.at.id().cloned());
                    let archive = history.snapshots.archive()?;
                    let (runs, are_all_runs) = archive.runs_between(before.as_ref(), after.as_ref());
                    let change = TracedChange { before, after, old, new, totals, runs, are_all_runs };
                    trace.rows.push(TraceRow::Changed(change));
                }
                // What is around it is compared.
                Err(row) => {
                    trace.rows.push(row);
                    continue;
                }
            }
            newer = older;
            if trace.rows.len() >= limit.max(1) as usize || self.host.monotonic_millis() >= end_millis {
                trace.rest = newer.at.id().cloned();
                break;
            }
        }
        Ok(trace)
    }

    /// The newest state that is wanted, and those before it.
    async fn begin<S: SnapshotStore>(
        &mut self,
        from: Option<SnapshotId>,
        machine: &mut Machine,
        history: &mut History<S>,
        events: &Events,
    ) -> Result<(State, Vec<At>), Fault> {
        let home = self.image(&Subject::Home, machine, &mut history.snapshots, events).await?;
        let is_saved = history.is_saved();
        let archive = history.snapshots.archive()?;
        let head = archive.head().cloned();
        let mut line = archive.line(from.as_ref().or(head.as_ref()));
        // What a record follows that cannot be read itself.
        let unknown = line.last().and_then(|oldest| archive.parent(oldest)).cloned();
        let is_sound = |id: &SnapshotId| archive.info(id).is_some_and(|info| info.damage.is_none());
        let is_home = from.is_none() || from == head;
        let first = match &from {
            // A head that could not be restored is not what `_home` is.
            None if head.as_ref().is_none_or(|head| !is_saved || !is_sound(head)) => At::Now,
            _ if line.is_empty() => return Err(String::from("This state is no longer kept.").into()),
            _ => At::Stored(line.remove(0)),
        };
        let last = unknown.map_or(At::Nothing, At::Stored);
        let line = line.into_iter().map(At::Stored).chain([last]).collect();
        let image = (is_home && (is_saved || first == At::Now)).then_some(home);
        Ok((State { at: first, image }, line))
    }

    /// How the value differs between two states; a row where the older one cannot be read.
    async fn differ<S: SnapshotStore>(
        &mut self,
        (older, newer): (&mut State, &mut State),
        path: &[Step],
        snapshots: &mut Snapshots<S>,
        slices: &Slices,
        events: &Events,
    ) -> Result<Result<Option<Found>, TraceRow>, Unfinished> {
        let pair = newer.at.id().map(|id| (older.at.id().cloned(), id.clone()));
        if let Some(pair) = &pair {
            if let Some(found) = self.known.of_path(path).get(pair) {
                return Ok(Ok(found));
            }
            if snapshots.archive()?.have_same_bytes(older.at.id(), &pair.1) {
                older.image.clone_from(&newer.image);
                return Ok(Ok(None));
            }
        }
        let before = match self.read(older, snapshots, events).await {
            Ok(before) => before,
            Err((state, reason)) => return Ok(Err(TraceRow::Unreadable { state, reason })),
        };
        let after = self.read(newer, snapshots, events).await;
        let after = after.map_err(|(_, reason)| Fault::from(["A state cannot be read: ", &reason, "."].concat()))?;
        let found = trace::compare(&before, &after, path, slices).await?;
        if let Some(pair) = pair {
            self.known.of_path(path).keep(pair, found.clone());
        }
        Ok(Ok(found))
    }

    /// Reads the image of a state, or says why it cannot be read.
    async fn read<S: SnapshotStore>(
        &mut self,
        state: &mut State,
        snapshots: &mut Snapshots<S>,
        events: &Events,
    ) -> Result<Rc<Inspection>, (SnapshotId, String)> {
        if let Some(image) = &state.image {
            return Ok(Rc::clone(image));
        }
        let image = match state.at.id() {
            None => Rc::new(Inspection::new(HeapImage::of_empty_table())),
            Some(id) => match self.find(&Subject::Snapshot(id.clone())) {
                Some(image) => image,
                None => {
                    let known = snapshots.opened().and_then(|archive| archive.info(id)?.damage.clone());
                    let loaded = match known {
                        Some(damage) => Err(damage),
                        None => snapshots.load(id, events).await.map_err(|error| error.to_string()),
                    };
                    Rc::new(Inspection::new(loaded.map_err(|reason| (id.clone(), reason))?))
                }
            },
        };
        Ok(Rc::clone(state.image.insert(image)))
    }
}
