//! What the page remembers of itself, in local storage: looks, sizes, settings. An embedded page remembers it only for as
//! long as it is there.
//! Texts, `_home` and snapshots are none of this module's business.

use std::{cell::RefCell, time::Duration};

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::workspaces::{WorkspaceId, store};

/// How long a change may wait to be written. Writing stops the page for a moment, so it is not done at each key.
const SAVE_DELAY: Duration = Duration::from_millis(400);

/// What is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// A [`crate::theme::Theme`].
    Theme,
    /// How page and editor look, [`crate::looks::Looks`].
    Looks,
    /// The arrangement of the panes, a [`crate::layout::Layout`].
    Layout,
    /// Whether the strip of history is shown.
    Strip,
    /// Whether a first visit is told what `_home` is; missing before it is known that it is one.
    Welcome,
    /// Whether long lines in the console are wrapped.
    ConsoleWraps,
    /// What older pages remembered instead: sizes by name.
    OldShares,
    /// Where cursor and scroll were in each open file.
    Views,
    /// The path of the file that is shown, and those of all that are open.
    OpenFiles,
    /// The path of the file that is marked as main, if one is.
    MainFile,
    /// The rows of the tree of `_home` that are open.
    OpenRows,
    /// The [`crate::pins::Pin`]s.
    Pins,
    /// What was typed at the console's prompt.
    History,
    /// The [`crate::settings::Settings`].
    Settings,
    /// The [`crate::format_style::FormatStyle`].
    Format,
    /// The [`crate::commands::Keymap`].
    Keys,
    /// The [`crate::workspaces::WorkspaceList`].
    Workspaces,
}

/// Something that is to be written soon.
type Write = Box<dyn FnOnce()>;

thread_local! {
    /// What waits to be written, at most one write for each preference.
    static WAITING: RefCell<Vec<(Preference, Write)>> = const { RefCell::new(Vec::new()) };
    /// What an embedded page remembers.
    static UNTIL_LEFT: RefCell<Vec<(Preference, String)>> = const { RefCell::new(Vec::new()) };
}

impl Preference {
    /// Those that each workspace has for itself.
    pub fn of_workspaces() -> impl Iterator<Item = Preference> {
        [
            Preference::Views,
            Preference::OpenFiles,
            Preference::MainFile,
            Preference::OpenRows,
            Preference::Pins,
            Preference::History,
            Preference::Settings,
        ]
        .into_iter()
    }

    /// Where it is in local storage, for a workspace.
    pub fn key_in(self, workspace: &WorkspaceId) -> String {
        if Preference::of_workspaces().any(|other| other == self) {
            workspace.name_for(self.name())
        } else {
            self.name().to_owned()
        }
    }

    /// Where it is in local storage.
    fn key(self) -> String {
        self.key_in(&store::current())
    }

    fn name(self) -> &'static str {
        match self {
            Preference::Theme => "cu.theme",
            Preference::Looks => "cu.looks",
            Preference::Layout => "cu.layout",
            Preference::Strip => "cu.strip",
            Preference::Welcome => "cu.welcome",
            Preference::ConsoleWraps => "cu.console-wraps",
            Preference::OldShares => "cu.shares",
            Preference::Views => "cu.views",
            Preference::OpenFiles => "cu.files",
            Preference::MainFile => "cu.main",
            Preference::OpenRows => "cu.rows",
            Preference::Pins => "cu.pins",
            Preference::History => "cu.history",
            Preference::Settings => "cu.settings",
            Preference::Format => "cu.format",
            Preference::Keys => "cu.keys",
            Preference::Workspaces => "cu.workspaces",
        }
    }

    /// What was remembered, if there is something readable.
    pub fn load<T: DeserializeOwned>(self) -> Option<T> {
        serde_json::from_str(&self.load_text()?).ok()
    }

    /// The text that was remembered, whether it is readable or not.
    pub fn load_text(self) -> Option<String> {
        if store::is_embedded() {
            let is_own = |(preference, _): &&(Preference, String)| *preference == self;
            return UNTIL_LEFT.with_borrow(|kept| kept.iter().find(is_own).map(|(_, text)| text.clone()));
        }
        local_storage()?.get_item(&self.key()).ok().flatten()
    }

    /// Forgets what was remembered.
    pub fn forget(self) {
        if let Some(storage) = local_storage() {
            // Where that fails, nothing is remembered either.
            drop(storage.remove_item(&self.key()));
        }
    }

    /// Remembers. Returns false where storage is full or forbidden: then the page carries on and remembers nothing.
    pub fn save<T: Serialize>(self, value: &T) -> bool {
        let Ok(text) = serde_json::to_string(value) else { return false };
        if store::is_embedded() {
            UNTIL_LEFT.with_borrow_mut(|kept| {
                kept.retain(|(preference, _)| *preference != self);
                kept.push((self, text));
            });
            return true;
        }
        local_storage().is_some_and(|storage| storage.set_item(&self.key(), &text).is_ok())
    }

    /// Calls `write` in a moment, or when the page is left, unless a later call takes its place.
    pub fn save_soon(self, write: impl FnOnce() + 'static) {
        let is_first = WAITING.with_borrow_mut(|waiting| {
            let is_first = waiting.is_empty();
            waiting.retain(|(preference, _)| *preference != self);
            waiting.push((self, Box::new(write)));
            is_first
        });
        if is_first {
            set_timeout(flush, SAVE_DELAY);
        }
    }

    /// Calls `react` when another tab changed this, or everything.
    pub fn on_other_tab(self, react: impl Fn() + 'static) {
        window_event_listener(leptos::ev::storage, move |event| {
            if event.key().is_none_or(|key| key == self.key()) {
                react();
            }
        });
    }
}

/// The browser's local storage, unless it is forbidden or the page keeps nothing.
pub fn local_storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten().filter(|_| !store::is_embedded())
}

/// The keys of all that is in it.
pub fn keys_of(storage: &web_sys::Storage) -> Vec<String> {
    (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect()
}

/// Writes what waits to be written.
pub fn flush() {
    // Taken out first: what writes may want something else to be written.
    WAITING.take().into_iter().for_each(|(_, write)| write());
}
