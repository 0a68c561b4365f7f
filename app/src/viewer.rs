//! What the inspector shows: `_home`, a snapshot, or the difference between two states.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use wire::{Place, SnapshotId, SnapshotInfo, Step, Subject};

use crate::{client::PendingRequest, commands::EditCommand, state, tree::Origin};

/// A state of `_home` that can be inspected.
#[derive(Clone, Debug, PartialEq)]
pub enum Revision {
    /// Its state after the last run.
    Now,
    /// Its state in a snapshot.
    Stored(SnapshotInfo),
}

impl Revision {
    /// What the worker calls it.
    pub fn subject(&self) -> Subject {
        match self {
            Revision::Now => Subject::Home,
            Revision::Stored(snapshot) => Subject::Snapshot(snapshot.id.clone()),
        }
    }

    /// Its name on the page.
    pub fn title(&self) -> String {
        match self {
            Revision::Now => "_home now".to_owned(),
            Revision::Stored(snapshot) => state::title(snapshot),
        }
    }

    /// When it was saved; what is now is later than all.
    fn millis(&self) -> f64 {
        match self {
            Revision::Now => f64::INFINITY,
            Revision::Stored(snapshot) => snapshot.created_millis,
        }
    }

    fn is(&self, id: &SnapshotId) -> bool {
        matches!(self, Revision::Stored(snapshot) if snapshot.id == *id)
    }
}

/// How far a person has come in choosing two states to compare.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Choosing {
    /// Nothing is to be compared.
    #[default]
    Nothing,
    /// The first is to be chosen.
    First,
    /// This is the first; the second is to be chosen.
    Second(Revision),
}

impl Choosing {
    /// A state was chosen. Returns what is left to choose, and then what is to be compared, the earlier one first. To
    /// choose the same twice is to give it up.
    pub fn take(self, chosen: Revision) -> (Choosing, Option<(Revision, Revision)>) {
        match self {
            Choosing::Second(first) if first == chosen => (Choosing::Nothing, None),
            Choosing::Second(first) if first.millis() > chosen.millis() => (Choosing::Nothing, Some((chosen, first))),
            Choosing::Second(first) => (Choosing::Nothing, Some((first, chosen))),
            Choosing::Nothing | Choosing::First => (Choosing::Second(chosen), None),
        }
    }

    /// Whether this snapshot is the first of the two.
    pub fn is_first(&self, id: &SnapshotId) -> bool {
        matches!(self, Choosing::Second(first) if first.is(id))
    }
}

/// What the inspector shows.
#[derive(Clone, Debug, PartialEq)]
pub enum View {
    /// The current `_home`.
    Home,
    /// A snapshot.
    Snapshot(SnapshotInfo),
    /// The difference between two states.
    Difference {
        /// The earlier state.
        before: Revision,
        /// The later state.
        after: Revision,
    },
}

/// What a command does in the tree that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeRequest {
    /// Pin the value of the row that was chosen last, or unpin it.
    Pin,
    /// Say which run wrote that value.
    ShowWriter,
    /// Show the runs that changed that value.
    ShowHistory,
    /// Change that value; without one, add to `_home`.
    Edit(EditCommand),
    /// Close all rows.
    CollapseAll,
}

/// What the inspector shows, and where the focus goes when it is closed.
#[derive(Clone, Copy)]
pub struct Viewer {
    current: RwSignal<View>,
    shown: Signal<View>,
    /// Where in `_home` a value is that is to be shown.
    pub wanted: RwSignal<Option<Vec<Place>>>,
    /// The steps to a value that is to be shown, and the tree to show it in.
    pub wanted_steps: RwSignal<Option<(Origin, Vec<Step>)>>,
    /// Which states are to be compared, while a person chooses them.
    pub choosing: RwSignal<Choosing>,
    /// What is to be done in the tree.
    pub request: RwSignal<Option<TreeRequest>>,
    opener: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// What the person asked for last in what is shown.
    pending: StoredValue<Option<PendingRequest>, LocalStorage>,
}

impl Viewer {
    /// A viewer that shows `_home`.
    pub fn new() -> Self {
        let current = RwSignal::new(View::Home);
        Viewer {
            current,
            shown: current.into(),
            wanted: RwSignal::new(None),
            wanted_steps: RwSignal::new(None),
            choosing: RwSignal::new(Choosing::Nothing),
            request: RwSignal::new(None),
            opener: StoredValue::new_local(None),
            pending: StoredValue::new_local(None),
        }
    }

    /// What is shown.
    pub fn current(self) -> Signal<View> {
        self.shown
    }

    /// Shows something other than `_home`.
    pub fn show(self, view: View) {
        self.pending.set_value(None);
        self.opener.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
        self.current.set(view);
    }

    /// Keeps a request for as long as the same is shown, and nothing else is asked.
    pub fn wait_for(self, request: PendingRequest) {
        self.pending.set_value(Some(request));
    }

    /// Shows `_home` again. Returns what had the focus before, if it is still on the page.
    pub fn close(self) -> Option<HtmlElement> {
        self.pending.set_value(None);
        self.current.set(View::Home);
        self.opener.try_update_value(Option::take).flatten().filter(|element| element.is_connected())
    }

    /// Shows `_home` again if the deleted snapshot was shown.
    pub fn forget(self, id: &SnapshotId) {
        let is_shown = self.current.with_untracked(|view| match view {
            View::Home => false,
            View::Snapshot(snapshot) => snapshot.id == *id,
            View::Difference { before, after } => before.is(id) || after.is(id),
        });
        if is_shown {
            self.pending.set_value(None);
            self.current.set(View::Home);
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::SnapshotKind;

    use super::*;

    fn stored(id: &str, created_millis: f64) -> Revision {
        Revision::Stored(SnapshotInfo {
            id: SnapshotId(id.to_owned()),
            kind: SnapshotKind::Named { name: id.to_owned() },
            created_millis,
            byte_size: 0,
            value_count: 0,
            omissions: Vec::new(),
            omission_count: 0,
            damage: None,
        })
    }

    #[test]
    fn two_chosen_states_are_compared_the_earlier_one_first() {
        let (early, late) = (stored("1", 1.0), stored("2", 2.0));
        for (first, second) in [(&early, &late), (&late, &early)] {
            let (choosing, none) = Choosing::Nothing.take(first.clone());
            assert_eq!((&choosing, none), (&Choosing::Second(first.clone()), None));
            let both = Some((early.clone(), late.clone()));
            assert_eq!(choosing.take(second.clone()), (Choosing::Nothing, both));
        }
        let with_now = Choosing::Second(Revision::Now).take(late.clone());
        assert_eq!(with_now, (Choosing::Nothing, Some((late.clone(), Revision::Now))));
        assert_eq!(Choosing::Second(late.clone()).take(late), (Choosing::Nothing, None));
    }

    #[test]
    fn the_first_is_known_by_its_id() {
        let choosing = Choosing::First.take(stored("1", 1.0)).0;
        let is_first = |id: &str| choosing.is_first(&SnapshotId(id.to_owned()));
        assert!(is_first("1") && !is_first("2"));
        assert!(!Choosing::First.is_first(&SnapshotId("1".to_owned())));
    }
}
