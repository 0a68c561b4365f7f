//! Choosing two states to compare, one after the other: in the lists of snapshots and runs, and in the strip.

use leptos::{ev, prelude::*};
use wire::SnapshotId;

use super::Session;
use crate::{
    commands::{CommandId, Scope},
    components::shortcuts::chord,
    state::StateEvent,
    viewer::{Choosing, Revision, View},
};

impl Session {
    /// Lets the person choose the first of two states.
    pub fn begin_choosing(self) {
        self.viewer.choosing.set(Choosing::First);
    }

    /// Gives it up.
    pub fn stop_choosing(self) {
        self.viewer.choosing.set(Choosing::Nothing);
    }

    /// Whether the person chooses now, so that a press on a state chooses it. Does not track it.
    pub fn is_choosing(self) -> bool {
        self.viewer.choosing.with_untracked(|choosing| *choosing != Choosing::Nothing)
    }

    /// Chooses a state. The second one shows what differs.
    pub fn choose(self, revision: Revision) {
        if let Revision::Stored(snapshot) = &revision
            && snapshot.damage.is_some()
        {
            return self.state.apply(StateEvent::Refused("A damaged snapshot cannot be compared.".to_owned()));
        }
        let (choosing, pair) = self.viewer.choosing.get_untracked().take(revision);
        self.viewer.choosing.set(choosing);
        if let Some((before, after)) = pair {
            self.show(View::Difference { before, after });
        }
    }

    /// Chooses a snapshot, if it is kept.
    pub fn choose_snapshot(self, id: Option<&SnapshotId>) {
        match self.state.find_snapshot(id) {
            Some(snapshot) => self.choose(Revision::Stored(snapshot)),
            None => self.state.apply(StateEvent::Refused("The state after this run is not kept.".to_owned())),
        }
    }

    /// Takes a press on a state: whether it chooses the state, since Ctrl or Cmd is held, or since one is to be chosen.
    pub fn is_choice(self, event: &ev::MouseEvent) -> bool {
        event.ctrl_key() || event.meta_key() || self.is_choosing()
    }

    /// Takes a key where a state has the focus. Returns whether it was the key that chooses, or gave up choosing.
    pub fn choose_by_key(self, event: &ev::KeyboardEvent, choose: impl FnOnce()) -> bool {
        let command = |chord| self.keys.map().with_untracked(|keymap| keymap.command(&chord, Scope::History));
        let is_choice = chord(event).and_then(command) == Some(CommandId::ChooseToCompare);
        let is_end = event.key() == "Escape" && self.is_choosing();
        match (is_choice, is_end) {
            (true, _) => choose(),
            (_, true) => self.stop_choosing(),
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }
}
