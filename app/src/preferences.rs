//! What the page remembers of itself, in local storage: looks, sizes, the text of the editor.
//! `_home` and snapshots are none of this module's business.

use gloo_storage::{LocalStorage, Storage};
use serde::{Serialize, de::DeserializeOwned};

/// What is remembered.
#[derive(Clone, Copy)]
pub enum Preference {
    /// A [`crate::theme::Theme`].
    Theme,
    /// A [`crate::components::layout::Shares`].
    Shares,
    /// The text of the editor.
    Program,
    /// The input of programs.
    Input,
    /// The lines typed at the console's prompt.
    History,
    /// The [`crate::settings::Settings`].
    Settings,
}

impl Preference {
    fn key(self) -> &'static str {
        match self {
            Preference::Theme => "cu.theme",
            Preference::Shares => "cu.shares",
            Preference::Program => "cu.program",
            Preference::Input => "cu.input",
            Preference::History => "cu.history",
            Preference::Settings => "cu.settings",
        }
    }

    /// What was remembered, if there is something readable.
    pub fn load<T: DeserializeOwned>(self) -> Option<T> {
        LocalStorage::get(self.key()).ok()
    }

    /// Remembers. Where storage is full or forbidden, the page works on without a memory.
    pub fn save<T: Serialize>(self, value: &T) {
        LocalStorage::set(self.key(), value).ok();
    }
}
