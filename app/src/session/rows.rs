//! What can be done with single values of a state: find them, keep them in view, see what they were.

use leptos::prelude::*;
use wire::{ListRuns, RunInfo, SnapshotInfo, Step, Subject};

use super::{Pane, Session};
use crate::{
    pins::Pin,
    state::StateEvent,
    tree::{Locate, Origin, Progress, Query, RowBody, VisibleRow},
    viewer::{Revision, View},
};

/// Takes the end of a search for a row.
pub type OnLocated = Box<dyn FnOnce(Result<Progress, String>)>;

impl Session {
    /// Looks for the row of a value, as [`Locate`] says.
    pub fn locate(self, origin: Origin, (locate, query): (Locate, Query), on_end: OnLocated) {
        self.list(origin.rows_call(&query), move |answer| match answer.map(|answer| locate.receive(&query, answer)) {
            Ok(Progress::Ask(locate, query)) => self.locate(origin, (locate, query), on_end),
            end => on_end(end),
        });
    }

    /// Keeps the value of a row in view, or no longer. `rows` are all rows of its tree.
    pub fn toggle_pin(self, origin: &Origin, rows: &[VisibleRow], row: &VisibleRow) {
        if !has_pins(origin) || !matches!(row.body, RowBody::Listed(_)) {
            return;
        }
        let steps = row.steps();
        if untrack(|| self.pins.contains(&steps)) {
            return self.pins.remove(&steps);
        }
        match Pin::of(row, rows).map(|pin| self.pins.add(pin)) {
            Some(Ok(())) => {}
            Some(Err(reason)) => self.state.apply(StateEvent::Refused(reason)),
            None => {
                self.state.apply(StateEvent::Refused("Not pinned: no lasting path leads to this value.".to_owned()))
            }
        }
    }

    /// Shows what differs at a value between two states.
    pub fn compare_at(self, before: Revision, after: Revision, steps: Vec<Step>) {
        let origin = Origin::Difference { before: before.subject(), after: after.subject() };
        self.show(View::Difference { before, after });
        self.viewer.wanted_steps.set(Some((origin, steps)));
        self.show_pane(Pane::Inspector);
    }

    /// Does something with the state before the last run, if it is kept, and nothing else was done since.
    pub fn with_state_before(self, act: impl FnOnce(SnapshotInfo) + 'static) {
        self.ask(ListRuns { before: None, limit: 1 }, move |answer| {
            let head = self.state.history().with_untracked(|history| history.head.clone());
            let last = answer.ok().and_then(|list| list.runs.into_iter().next());
            let before =
                last.filter(|run: &RunInfo| run.after.is_some() && run.after == head).and_then(|run| run.before);
            match self.state.find_snapshot(before.as_ref()) {
                Some(before) => act(before),
                None => self.state.apply(StateEvent::Refused("The state before the last run is not kept.".to_owned())),
            }
        });
    }
}

/// Whether the value of a row has a history: it is in `_home`, as it is or was, at a path that lasts.
pub fn has_history(origin: &Origin, row: &VisibleRow) -> bool {
    let is_home = |subject: &Subject| matches!(subject, Subject::Home | Subject::Snapshot(_));
    let of_home = match origin {
        Origin::Values(subject) => is_home(subject),
        Origin::Difference { before, after } => is_home(before) && is_home(after),
    };
    of_home && row.is_addressable()
}

/// Whether values of these states can be kept in view.
pub fn has_pins(origin: &Origin) -> bool {
    matches!(origin, Origin::Values(Subject::Home | Subject::Snapshot(_)))
}
