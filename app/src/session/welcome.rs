//! What a first visit finds: a `_home` with something in it, and two runs in its history. In the later part of the page.

use std::collections::VecDeque;

use leptos::{prelude::*, task::spawn_local};
use wire::{Access, ChunkName, RunMode};

use super::{FirstPrograms, Session};
use crate::{arrival, examples::Example, preferences::Preference, state::Status, workspaces::WorkspaceId};

/// Runs the programs that a first visit begins with, unless the person has done something already.
pub fn welcome(session: Session) {
    // A person who makes another workspace knows what it is.
    if session.workspaces.id() != WorkspaceId::main() {
        return;
    }
    match Preference::Welcome.load() {
        Some(is_shown) => session.welcome.set(is_shown),
        None => run_programs(session),
    }
    Effect::new(move || {
        if session.documents.is_edited().get() {
            session.end_welcome();
        }
    });
}

fn run_programs(session: Session) {
    // Nothing yet, until it is known whether they are wanted, and while they are on their way.
    let programs = RwSignal::new(None::<VecDeque<String>>);
    let is_asked = StoredValue::new(false);
    let state = session.state;
    Effect::new(move || {
        let status = state.status().get();
        let next = programs.with(|programs| programs.as_ref().map(|programs| programs.front().cloned()));
        if state.is_saving().get() || state.openings().get() == 0 {
            return;
        }
        // The person has stopped one, or it has failed.
        if matches!(status, Status::Stopped | Status::Failed) {
            return untrack(|| end_programs(session));
        }
        match next {
            _ if status != Status::Ready => {}
            None if is_asked.get_value() => {}
            None => {
                is_asked.set_value(true);
                if untrack(|| is_untouched(session)) {
                    spawn_local(async move { drop(programs.try_set(Some(arrival::welcome_programs().await.into()))) });
                }
            }
            Some(Some(program)) => untrack(|| {
                let is_first = programs.with(|programs| programs.as_ref().is_some_and(|programs| programs.len() > 1));
                if is_first && !is_untouched(session) {
                    return programs.set(None);
                }
                if is_first {
                    session.first_programs.set(FirstPrograms::Running);
                }
                programs.update(|programs| drop(programs.as_mut().and_then(VecDeque::pop_front)));
                let name = if is_first { "example 1" } else { "example 2" };
                session.run_text(program, ChunkName::Other(name.into()), RunMode::Program);
                if !is_first {
                    session.welcome.set(true);
                    Preference::Welcome.save(&true);
                }
            }),
            Some(None) => untrack(|| end_programs(session)),
        }
    });
}

/// None of them runs any more: what the person wanted to run meanwhile does.
fn end_programs(session: Session) {
    let before = session.first_programs.get_untracked();
    if before == FirstPrograms::Ended {
        return;
    }
    session.first_programs.set(FirstPrograms::Ended);
    if before == FirstPrograms::RunningBeforeProgram {
        session.run_program();
    }
}

/// Whether nothing was done yet on this page, nor on another before it.
fn is_untouched(session: Session) -> bool {
    let state = session.state;
    let shown = session.documents.shown().get();
    state.access().get() == Access::Writer
        && !session.documents.is_edited().get()
        && state.snapshots().with(Vec::is_empty)
        && state.console().with(|console| console.entries().next().is_none())
        && shown.and_then(|id| session.documents.text(id)).is_some_and(|text| text == Example::Home.program())
}

impl Session {
    /// The person knows what this is.
    pub fn end_welcome(self) {
        self.welcome.set(false);
        Preference::Welcome.save(&false);
    }
}
