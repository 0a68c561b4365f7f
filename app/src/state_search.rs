//! Searching all of a state: what was typed, what was found, and which of it is chosen.

use leptos::prelude::*;
use wire::{Hits, Place, Step};

use crate::{
    client::PendingRequest,
    components::tree::ask_all,
    rpc::CallError,
    session::Session,
    tree::{Locate, Origin, Progress, TreeModel},
};

/// The maximum number of hits that are listed.
const MAX_HITS: u32 = 200;

/// The search of one tree.
#[derive(Clone, Copy)]
pub struct StateSearch {
    session: Session,
    origin: StoredValue<Origin>,
    model: RwSignal<TreeModel>,
    /// What is searched for.
    pub text: RwSignal<String>,
    /// Whether the person is at the field, and has not chosen yet.
    pub is_open: RwSignal<bool>,
    /// What was found last, or why nothing was.
    pub found: RwSignal<Option<Result<Hits, String>>>,
    /// Which of the hits is chosen.
    pub chosen: RwSignal<usize>,
    /// Withdrawn when something else is searched, or nothing.
    pending: StoredValue<Option<PendingRequest>, LocalStorage>,
}

impl StateSearch {
    /// Searches the state that a tree shows. It is searched anew when it may have changed.
    pub fn new(session: Session, origin: Origin, model: RwSignal<TreeModel>) -> Self {
        let search = StateSearch {
            session,
            origin: StoredValue::new(origin),
            model,
            text: RwSignal::default(),
            is_open: RwSignal::new(false),
            found: RwSignal::new(None),
            chosen: RwSignal::new(0),
            pending: StoredValue::new_local(None),
        };
        Effect::new(move || {
            session.state.home_revision().track();
            session.state.openings().track();
            search.ask();
        });
        search
    }

    /// Whether hits are listed. Tracks it.
    pub fn is_listing(self) -> bool {
        self.is_open.get() && !self.text.read().is_empty()
    }

    /// How many hits there are.
    pub fn count(self) -> usize {
        self.found
            .with_untracked(|found| found.as_ref().map_or(0, |found| found.as_ref().map_or(0, |it| it.hits.len())))
    }

    /// Shows a hit in the tree, unless those that are listed are of another text.
    pub fn choose(self, index: usize) {
        if self.pending.with_value(Option::is_some) {
            return;
        }
        let places = self.found.with_untracked(|found| {
            let hits = found.as_ref()?.as_ref().ok()?;
            hits.hits.get(index).map(|hit| hit.places.clone())
        });
        if let Some(places) = places {
            self.is_open.set(false);
            self.origin.with_value(|origin| reveal(self.session, origin, self.model, &places));
        }
    }

    fn ask(self) {
        self.pending.set_value(None);
        if !self.is_listing() {
            self.found.set(None);
            return;
        }
        let subject = self.origin.with_value(|origin| origin.subject(Default::default()).clone());
        let pending = self.session.search(
            subject,
            &self.text.read(),
            MAX_HITS,
            Box::new(move |answer| {
                self.pending.try_update_value(Option::take);
                self.found.try_set(Some(answer.map_err(|error| CallError::to_string(&error))));
                self.chosen.try_update(|chosen| *chosen = (*chosen).min(self.count().saturating_sub(1)));
            }),
        );
        self.pending.set_value(Some(pending));
    }
}

/// Looks for a value by its steps, and shows it in a tree if it is there. `indices` are hints, as [`Locate::all`] takes them.
pub fn reveal_steps(session: Session, origin: Origin, model: RwSignal<TreeModel>, steps: Vec<Step>, indices: Vec<u32>) {
    let Some(start) = Locate::all(steps, indices) else { return };
    let shown = origin.clone();
    let show = move |end| {
        if let Ok(Progress::Found(_, places)) = end {
            reveal(session, &shown, model, &places);
        }
    };
    session.locate(origin, start, Box::new(show));
}

/// Opens a tree on the way to a value, and gives its row the focus.
pub fn reveal(session: Session, origin: &Origin, model: RwSignal<TreeModel>, places: &[Place]) {
    ask_all(session, origin, model, model.try_update(|model| model.reveal(places)).unwrap_or_default());
}
