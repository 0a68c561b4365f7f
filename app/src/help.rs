//! The help with Lua in the editor: when its worker starts, and what it gets from the page. Monaco's shim keeps the worker
//! and asks it; nothing here knows what it says.

use leptos::prelude::*;
use wire::Define;

use crate::{problems::Problems, session::Session, state::Status, workspace::DocumentId};

/// How the help is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpState {
    /// Nobody needs it yet.
    Waiting,
    /// Its worker is on its way.
    Starting,
    /// It is there.
    Ready,
    /// It is there, but for files that are too much for it.
    Partial,
    /// It does not work, or the editor is a plain one, which has none.
    Gone,
}

impl HelpState {
    /// What `app/monaco/language.js` reports.
    fn of_report(number: u32) -> Self {
        match number {
            1 => HelpState::Starting,
            2 => HelpState::Ready,
            3 => HelpState::Partial,
            _ => HelpState::Gone,
        }
    }

    /// In words for the status bar.
    pub fn text(self) -> &'static str {
        match self {
            HelpState::Waiting => "",
            HelpState::Starting => "Lua help is starting",
            HelpState::Ready => "Lua help",
            HelpState::Partial => "Lua help in part",
            HelpState::Gone => "no Lua help",
        }
    }

    /// Whether it answers.
    pub fn is_there(self) -> bool {
        matches!(self, HelpState::Ready | HelpState::Partial)
    }
}

/// Starts the help as soon as Monaco is there and programs can run, and keeps it in step with the page.
pub fn bring_help(session: Session) {
    let program = session.program;
    let can_start = Memo::new(move |_| program.has_monaco().get() && session.state.status().get() != Status::Starting);
    Effect::new(move || {
        if can_start.get() && program.help.get_untracked() == HelpState::Waiting {
            let report = move |number| program.help.set(HelpState::of_report(number));
            let list = move |list, errors, warnings| program.problems.set(Problems { list, errors, warnings });
            let reveal = move |id, line, column| session.reveal_in(DocumentId(id), line, column..column);
            program.with_editor(|editor| editor.bring_help(report, list, reveal));
        }
    });
    Effect::new(move || {
        let has_hints = session.settings.current().get().has_hints();
        if program.has_monaco().get() {
            program.with_editor(|editor| editor.set_hints(has_hints));
        }
    });
    let is_there = Memo::new(move |_| program.help.get().is_there());
    // Not when another of the open ones is shown: it takes all texts.
    let files = Memo::new(move |_| session.documents.files().with(|files| (files.all.clone(), files.open.clone())));
    Effect::new(move || {
        files.track();
        // Programs write files.
        session.state.home_revision().track();
        if is_there.get() {
            program.tell_files();
        }
    });
    Effect::new(move || {
        session.state.home_revision().track();
        if is_there.get() {
            session.ask(Define, move |answer| {
                // Where there is no answer, a later run brings one.
                if let Ok(alive) = answer {
                    program.with_editor(|editor| editor.set_live(&alive.home, &alive.globals));
                }
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_bar_says_only_what_is_so() {
        let said: Vec<_> = (1..=4).map(|number| HelpState::of_report(number).text()).collect();
        assert_eq!(said, ["Lua help is starting", "Lua help", "Lua help in part", "no Lua help"]);
        assert!(HelpState::Partial.is_there() && !HelpState::Gone.is_there());
    }
}
