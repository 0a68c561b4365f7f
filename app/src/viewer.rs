//! What the inspector shows: `_home`, a snapshot that is looked into, or what differs between two states.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use wire::{SnapshotId, SnapshotInfo, Subject};

use crate::state;

/// A state of `_home` that can be looked into.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// As it is after the last run.
    Now,
    /// As it is in a snapshot.
    Stored(SnapshotInfo),
}

impl Moment {
    /// Where the worker finds it.
    pub fn subject(&self) -> Subject {
        match self {
            Moment::Now => Subject::Home,
            Moment::Stored(snapshot) => Subject::Snapshot(snapshot.id.clone()),
        }
    }

    /// As a person knows it.
    pub fn title(&self) -> String {
        match self {
            Moment::Now => "_home now".to_owned(),
            Moment::Stored(snapshot) => state::title(snapshot),
        }
    }

    fn is(&self, id: &SnapshotId) -> bool {
        matches!(self, Moment::Stored(snapshot) if snapshot.id == *id)
    }
}

/// What the inspector shows.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    /// The present `_home`.
    Home,
    /// A snapshot.
    Snapshot(SnapshotInfo),
    /// What differs.
    Difference {
        /// What it was.
        before: Moment,
        /// What it is.
        after: Moment,
    },
}

/// What the inspector shows, and where the focus goes when that is closed.
#[derive(Clone, Copy)]
pub struct Viewer {
    current: RwSignal<View>,
    shown: Signal<View>,
    opener: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Viewer {
    /// `_home` is shown.
    pub fn new() -> Self {
        let current = RwSignal::new(View::Home);
        Viewer { current, shown: current.into(), opener: StoredValue::new_local(None) }
    }

    /// What is shown.
    pub fn current(self) -> Signal<View> {
        self.shown
    }

    /// Shows something else than `_home`.
    pub fn show(self, view: View) {
        self.opener.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
        self.current.set(view);
    }

    /// Shows `_home` again. Gives what had the focus before, if it is still on the page.
    pub fn close(self) -> Option<HtmlElement> {
        self.current.set(View::Home);
        self.opener.try_update_value(Option::take).flatten().filter(|element| element.is_connected())
    }

    /// Shows `_home` again, if a snapshot that is gone was shown.
    pub fn forget(self, id: &SnapshotId) {
        let is_shown = self.current.with_untracked(|view| match view {
            View::Home => false,
            View::Snapshot(snapshot) => snapshot.id == *id,
            View::Difference { before, after } => before.is(id) || after.is(id),
        });
        if is_shown {
            self.current.set(View::Home);
        }
    }
}
