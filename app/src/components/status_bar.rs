//! The status bar: how the last run ended, what it used, and whether `_home` is saved.

use std::time::Duration;

use leptos::{leptos_dom::helpers::IntervalHandle, prelude::*};
use wire::{RequestId, SnapshotInfo, Stage};

use super::{newer_release::NewerRelease, storage_line::StorageMark};
use crate::{
    commands::ReleaseCommand,
    dialogs::OmissionsReport,
    formats,
    session::{Pane, Session, carry_out_for_release},
    state::{Saved, Status, Usage},
};

/// How often the time and memory of a running program are updated. Infrequent: repainting competes with the program.
const TICK: Duration = Duration::from_secs(1);

const HARD_STOP: &str =
    "The page is not cross-origin isolated: Stop restores _home as it was before the run, and io.read returns nil.";

/// The status bar.
#[component]
pub fn StatusBar() -> impl IntoView {
    let later = Session::expect().later;
    view! {
        <footer class="status-bar">
            <RunStatus/>
            {move || later.views().map(|views| (views.status_facts)())}
        </footer>
    }
}

/// What the run uses, what is saved and what is not, how the help with Lua is, how much is stored, and whether there is a
/// newer release.
#[component]
pub fn StatusFacts() -> impl IntoView {
    let session = Session::expect();
    let state = session.state;
    let status = state.status();
    let present = present_usage(session);
    let elapsed = move || elapsed_text(status.get(), present.get());
    let memory = move || present.get().map(|usage| formats::bytes(usage.memory_bytes));
    let limit = move || formats::bytes(session.settings.current().get().limits().memory_bytes.into());
    let is_unsaved = move || matches!(state.saved().get(), Saved::Failed(_));
    let saved = move || match () {
        () if !state.is_writer().get() => "read-only: nothing is saved".to_owned(),
        () if state.is_saving().get() => "saving…".to_owned(),
        () => saved_text(&state.saved().read()),
    };
    let update = Callback::new(move |()| carry_out_for_release(session, ReleaseCommand::Update));
    view! {
        <span>{elapsed}</span>
        {move || memory().map(|memory| view! { <span class="status-bar-memory">{memory} " of " {limit}</span> })}
        <Progress/>
        <span class="status-bar-saved" class:is-failed=is_unsaved>{saved}</span>
        <Omissions/>
        <Help/>
        <StorageMark/>
        <NewerRelease is_there=session.release.has_newer() is_running=session.state.is_running() update/>
        {(!session.can_reach_a_run()).then(|| view! { <span title=HARD_STOP>"hard stop"</span> })}
    }
}

/// What the worker is at, or how the last run ended.
#[component]
pub fn RunStatus() -> impl IntoView {
    let state = Session::expect().state;
    let status = state.status();
    view! {
        <div class=move || format!("status-bar-state {}", status_class(status.get()))>
            <span role="status">{move || status_name(status.get())}</span>
            // The console says it too, and announces it.
            {move || state.detail().get().map(|detail| view! { <span class="status-bar-detail">{detail}</span> })}
        </div>
    }
}

/// Progress of long-running work.
#[component]
fn Progress() -> impl IntoView {
    let session = Session::expect();
    let bar = move |(request, progress): (RequestId, wire::Progress)| {
        let name = stage_name(progress.stage);
        let can_cancel = matches!(progress.stage, Stage::Comparing | Stage::Exporting);
        let cancel = can_cancel.then(|| {
            view! { <button type="button" class="link" on:click=move |_| session.cancel(request)>"Cancel"</button> }
        });
        let (value, max) = (progress.done.min(progress.total).to_string(), progress.total.max(1).to_string());
        let value = (progress.total > 0).then_some(value);
        view! { <span class="status-bar-progress">{name} " " <progress aria-label=name value=value max=max></progress> {cancel}</span> }
    };
    move || session.state.progress().get().map(bar)
}

#[component]
fn Omissions() -> impl IntoView {
    let session = Session::expect();
    let (saved, missing) = (session.state.saved(), session.state.missing_globals());
    let lost = Memo::new(move |_| saved.with(|saved| saved.snapshot().map_or(0, SnapshotInfo::omitted_count)));
    let text = move || match (lost.get(), missing.with(Vec::len) as u64) {
        (0, absent) => formats::counted(absent, "missing global"),
        (lost, _) => format!("{} not saved", formats::counted(lost, "value")),
    };
    let has_any = move || lost.get() > 0 || missing.with(|missing| !missing.is_empty());
    let show = move |_| {
        let missing = missing.get_untracked();
        let report = saved.with_untracked(|saved| OmissionsReport::of_snapshot(saved.snapshot(), missing));
        session.dialogs.show_omissions(report);
    };
    view! {
        <Show when=has_any>
            <button type="button" class="link is-warning" on:click=show>{text}</button>
        </Show>
    }
}

/// How the help with Lua is, and what it found, which leads to the list of it.
#[component]
fn Help() -> impl IntoView {
    let session = Session::expect();
    let program = session.program;
    let found = move || {
        program.help.get().is_there().then(|| {
        let summary = program.problems.read().summary();
        view! { <button type="button" class="link status-bar-problems" on:click=move |_| session.focus(Pane::Problems)>{summary}</button> }
    })
    };
    view! {
        <span class="status-bar-help">{move || program.help.get().text()}</span>
        {found}
    }
}

/// What the current run has used so far, or what the last one used.
fn present_usage(session: Session) -> Signal<Option<Usage>> {
    let status = session.state.status();
    let present = RwSignal::new(None);
    Effect::new(move |ticking: Option<Option<IntervalHandle>>| {
        if let Some(Some(ticking)) = ticking {
            ticking.clear();
        }
        let Status::Running { since_millis } = status.get() else { return None };
        let measure = move || {
            let elapsed_millis = (js_sys::Date::now() - since_millis).max(0.0);
            let last = session.state.usage().get_untracked().map(|usage| usage.memory_bytes);
            let memory_bytes = session.memory_in_use().filter(|bytes| *bytes > 0).or(last).unwrap_or_default();
            present.set(Some(Usage { elapsed_millis, memory_bytes }));
        };
        measure();
        set_interval_with_handle(measure, TICK).ok()
    });
    Signal::derive(move || match status.get() {
        Status::Running { .. } => present.get(),
        _ => session.state.usage().get(),
    })
}

fn elapsed_text(status: Status, usage: Option<Usage>) -> String {
    let Some(Usage { elapsed_millis, .. }) = usage else { return String::new() };
    match status {
        Status::Running { .. } => format!("{} s", (elapsed_millis / 1000.0).round() as u64),
        _ => formats::elapsed(elapsed_millis),
    }
}

fn saved_text(saved: &Saved) -> String {
    match saved {
        Saved::Nothing => String::new(),
        Saved::As(snapshot) => {
            let values = formats::counted(snapshot.value_count, "value");
            format!("saved {}, {values}", formats::time_of_day(snapshot.created_millis))
        }
        Saved::Failed(reason) => format!("not saved: {reason}"),
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Capturing => "Capturing _home",
        Stage::Storing => "Writing",
        Stage::Reading => "Reading",
        Stage::Restoring => "Restoring",
        Stage::Comparing => "Comparing",
        Stage::Exporting => "Exporting",
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Starting => "Starting",
        Status::Ready => "Ready",
        Status::Queued => "Waiting",
        Status::Running { .. } => "Running",
        Status::Stopped => "Stopped",
        Status::Failed => "Failed",
    }
}

fn status_class(status: Status) -> &'static str {
    match status {
        Status::Starting => "is-starting",
        Status::Ready => "is-ready",
        Status::Queued | Status::Running { .. } => "is-running",
        Status::Stopped => "is-stopped",
        Status::Failed => "is-failed",
    }
}
