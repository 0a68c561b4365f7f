//! The commands for the console.

use leptos::prelude::*;

use crate::{session::Session, state::StateEvent};

/// Names a command for the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConsoleCommand {
    /// Empty it.
    Clear,
    /// Wrap long lines, or not.
    Wrap,
    /// Show warnings and errors alone, or all.
    ShowComplaints,
    /// Keep the lines that do not contain what is searched for, or hide them.
    KeepLines,
    /// Download all of it as text.
    Save,
}

impl ConsoleCommand {
    /// Every command, in the order of the list of keys.
    pub const ALL: [ConsoleCommand; 5] = [
        ConsoleCommand::Clear,
        ConsoleCommand::Wrap,
        ConsoleCommand::ShowComplaints,
        ConsoleCommand::KeepLines,
        ConsoleCommand::Save,
    ];

    /// Its name in stored settings, what menus and lists say, and its keys.
    pub fn texts(self) -> (&'static str, &'static str, Option<&'static str>) {
        match self {
            ConsoleCommand::Clear => ("clear-console", "Clear the console", Some("Alt+K")),
            ConsoleCommand::Wrap => ("wrap-console", "Wrap long lines in the console", None),
            ConsoleCommand::ShowComplaints => {
                ("console-warnings", "Show only warnings and errors in the console", None)
            }
            ConsoleCommand::KeepLines => ("console-keep-lines", "Search the console without hiding lines", None),
            ConsoleCommand::Save => ("save-console", "Save the console as text", None),
        }
    }

    /// Whether it is on now, where it switches something on and off. Tracks that.
    pub fn is_checked(self, session: Session) -> Option<bool> {
        match self {
            ConsoleCommand::Wrap => Some(session.console.wraps().get()),
            ConsoleCommand::ShowComplaints => Some(session.console.has_complaints_only().get()),
            ConsoleCommand::KeepLines => Some(session.console.keeps_lines().get()),
            ConsoleCommand::Clear | ConsoleCommand::Save => None,
        }
    }

    /// Does it.
    pub fn act(self, session: Session) {
        match self {
            ConsoleCommand::Clear => session.state.apply(StateEvent::ConsoleCleared),
            ConsoleCommand::Wrap => session.console.toggle_wraps(),
            ConsoleCommand::ShowComplaints => session.console.toggle_complaints_only(),
            ConsoleCommand::KeepLines => session.console.toggle_keeps_lines(),
            ConsoleCommand::Save => session.with_later(move |views| (views.save_console)(session)),
        }
    }
}
