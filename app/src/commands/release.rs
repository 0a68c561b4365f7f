//! The commands for the release of the playground.

use leptos::prelude::*;

use crate::session::Session;

/// Names a command for the release of the playground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReleaseCommand {
    /// Reload the page with the newer one.
    Update,
    /// Install the playground as an app.
    Install,
}

impl ReleaseCommand {
    /// Every command, in the order of the list of keys.
    pub const ALL: [ReleaseCommand; 2] = [ReleaseCommand::Update, ReleaseCommand::Install];

    /// Its name in stored settings, and what menus and lists say.
    pub fn texts(self) -> (&'static str, &'static str) {
        match self {
            ReleaseCommand::Update => ("update", "Update to the new version"),
            ReleaseCommand::Install => ("install", "Install the playground…"),
        }
    }

    /// Whether it can be done now. Tracks what that depends on.
    pub fn is_enabled(self, session: Session) -> bool {
        match self {
            ReleaseCommand::Update => session.release.has_newer().get() && !session.state.is_running().get(),
            ReleaseCommand::Install => true,
        }
    }

    /// Does it.
    pub fn act(self, session: Session) {
        session.with_later(move |views| (views.release_command)(session, self));
    }
}
