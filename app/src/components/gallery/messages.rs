//! Banners, the status bar and the line about storage.

use leptos::prelude::*;
use wire::{
    Access, EventBody, Fault, FaultKind, HistoryEvent, MissingGlobal, Outcome, Progress, RunMode, SaveReport,
    ScriptError, Stage,
};

use super::{
    Specimen,
    samples::{after_a_run, finished, incomplete, opened, received, sent},
};
use crate::{
    client::{ClientEvent, Disconnect},
    components::{
        banner::Banners, newer_release::NewerRelease, status_bar::StatusBar, storage_line::StorageLine,
        visit_banner::VisitBanner, welcome_line::WelcomeLine,
    },
    session::Session,
    state::StateEvent,
};

#[component]
fn Welcome() -> impl IntoView {
    Session::expect().welcome.set(true);
    view! { <WelcomeLine/> }
}

/// The messages.
#[component]
pub fn Messages() -> impl IntoView {
    let access = |access| vec![received(EventBody::History(HistoryEvent::AccessChanged(access)))];
    view! {
        <Specimen of="banner" state="another tab saves" after=access(Access::ReadOnly)><Banners/></Specimen>
        <Specimen of="banner" state="no tab saves" after=access(Access::Vacant)><Banners/></Specimen>
        <Specimen of="banner" state="not saved" after=vec![received(not_saved())]><Banners/></Specimen>
        <Specimen of="visit_banner" state="nothing was done"><VisitBanner/></Specimen>
        <Specimen of="welcome_line" state="on a first visit"><Welcome/></Specimen>
        {states().into_iter().map(|(state, after)| view! {
            <Specimen of="status_bar" state after><StatusBar/></Specimen>
        }).collect_view()}
        <Specimen of="newer_release" state="there is one">
            <NewerRelease is_there=Signal::stored(true) is_running=Signal::stored(false) update=Callback::new(|()| {})/>
        </Specimen>
        <Specimen of="newer_release" state="a program runs">
            <NewerRelease is_there=Signal::stored(true) is_running=Signal::stored(true) update=Callback::new(|()| {})/>
        </Specimen>
        <Specimen of="storage_line" state="as this browser has it"><StorageLine/></Specimen>
    }
}

fn not_saved() -> EventBody {
    let message = "There is no room left in the browser's storage.".to_owned();
    EventBody::Faulted(Fault { kind: FaultKind::StorageFull, message })
}

/// The states of the status bar, and what leads to each.
fn states() -> Vec<(&'static str, Vec<StateEvent>)> {
    let run = || vec![opened(Vec::new()), sent(RunMode::Program)];
    let ran = || vec![received(EventBody::RunStarted), finished(Outcome::Returned(Vec::new()))];
    let then = |event: EventBody| {
        let mut events = run();
        events.extend([received(EventBody::RunStarted), received(event)]);
        events
    };
    let error = ScriptError { message: "main.lua:1: no".to_owned(), location: None, traceback: String::new() };
    let progress = |done| EventBody::Progressed(Progress { stage: Stage::Storing, done, total: 10 });
    let exporting = EventBody::Progressed(Progress { stage: Stage::Exporting, done: 0, total: 0 });
    let read_only = received(EventBody::History(HistoryEvent::AccessChanged(Access::ReadOnly)));
    vec![
        ("starting", Vec::new()),
        ("ready", vec![opened(Vec::new())]),
        ("waiting", run()),
        ("saving", [run(), ran()].concat()),
        ("saved", after_a_run(Outcome::Returned(Vec::new()))),
        ("stopped", after_a_run(Outcome::Stopped)),
        ("failed", after_a_run(Outcome::Failed(error))),
        ("progress", then(progress(4))),
        ("work that can be cancelled", then(exporting)),
        ("not saved", [run(), ran(), vec![received(not_saved())]].concat()),
        ("values left out", vec![opened(Vec::new()), lacking()]),
        ("read-only", vec![opened(Vec::new()), read_only]),
        ("the worker has crashed", crashed()),
    ]
}

fn lacking() -> StateEvent {
    let missing = MissingGlobal { path: "_home.report".to_owned(), name: "fmt_date".to_owned() };
    let report =
        SaveReport { snapshot: incomplete("3"), is_new: true, removed: Vec::new(), missing_globals: vec![missing] };
    received(EventBody::HomeSaved(report))
}

fn crashed() -> Vec<StateEvent> {
    vec![ClientEvent::Disconnected(Disconnect::Crashed("unreachable".to_owned())).into()]
}
