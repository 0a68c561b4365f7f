//! What can be done with the console. In the later part of the page.

use leptos::prelude::*;

use super::Session;
use crate::{
    commands::ConsoleCommand,
    files::{FileKind, download},
    formats,
    state::StateEvent,
};

/// Carries out a command for the console.
pub fn carry_out_for_console(session: Session, command: ConsoleCommand) {
    match command {
        ConsoleCommand::Clear => session.state.apply(StateEvent::ConsoleCleared),
        ConsoleCommand::Wrap => session.console.toggle_wraps(),
        ConsoleCommand::ShowComplaints => session.console.toggle_complaints_only(),
        ConsoleCommand::KeepLines => session.console.toggle_keeps_lines(),
        ConsoleCommand::Save => {
            let text = session.state.console().with_untracked(|console| console.text());
            download(&formats::file_stamp("console"), FileKind::Text, text.as_bytes());
        }
    }
}
