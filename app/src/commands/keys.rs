//! The keys that commands have now, as signals and as labels.

use leptos::prelude::*;

use super::{CommandId, Keymap, KeymapError};
use crate::preferences::Preference;

/// The keys that commands have now.
#[derive(Clone, Copy)]
pub struct Keys(RwSignal<Keymap>);

impl Keys {
    /// What was remembered, or the defaults.
    pub fn restore() -> Self {
        Keys(RwSignal::new(Preference::Keys.load().unwrap_or_default()))
    }

    /// The keymap.
    pub fn map(self) -> ReadSignal<Keymap> {
        self.0.read_only()
    }

    /// Changes the keymap and remembers it; where that is refused, it stays as it was.
    pub fn change(self, change: impl FnOnce(&mut Keymap) -> Result<(), KeymapError>) -> Result<(), KeymapError> {
        let mut keymap = self.0.get_untracked();
        change(&mut keymap)?;
        Preference::Keys.save(&keymap);
        self.0.set(keymap);
        Ok(())
    }

    /// The keys of a command as this computer writes them. Tracks them.
    pub fn label(self, id: CommandId) -> Option<String> {
        self.0.with(|keymap| keymap.chord(id)).map(|chord| chord.label(is_mac()))
    }

    /// The keys of a command for `aria-keyshortcuts`. Tracks them.
    pub fn aria(self, id: CommandId) -> Option<String> {
        self.0.with(|keymap| keymap.chord(id)).map(|chord| chord.aria())
    }
}

fn is_mac() -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains("Mac"))
}
