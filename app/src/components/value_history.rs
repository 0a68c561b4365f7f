//! The dialog with the history of a value: each run that changed it, as far back as states are kept.

use leptos::{html, prelude::*};
use wire::{SnapshotId, Step, TraceRow, TracedChange};

use super::{
    icon::Icon,
    menu::{Menu, MenuItem},
    move_in_list,
    traced_value::{OldAndNew, Tracing, moment_of, show_moment, state_after, writer_name},
};
use crate::{
    dialogs::Dialogs,
    formats,
    session::Session,
    state,
    trace::{Traced, Writer, points, spoken_numbers},
    viewer::{Revision, View},
};

/// How large the line of numbers is, in pixels: as in `style/later/trace.css`.
const LINE_WIDTH: f64 = 240.0;
const LINE_HEIGHT: f64 = 32.0;

/// The dialog with the history of a value.
#[component]
pub fn ValueHistory(
    /// The way to the value.
    steps: Vec<Step>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let tracing = Tracing::begin(Session::expect(), steps.clone(), false);
    view! { <HistoryOf steps tracing dialogs/> }
}

/// What is known of the history of a value.
#[component]
pub fn HistoryOf(
    /// The way to the value.
    steps: Vec<Step>,
    /// What is known.
    tracing: Tracing,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let list = NodeRef::<html::Ul>::new();
    let steps = StoredValue::new(steps);
    let traced = tracing.traced;
    let shown = shown_state(session);
    let rows = move || traced.with(|traced| traced.rows.iter().cloned().enumerate().collect::<Vec<_>>());
    let numbers = Memo::new(move |_| traced.with(Traced::numbers));
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"History of this value"</h2>
            <p class="dialog-text"><code>{move || traced.read().path.clone()}</code></p>
            {move || numbers.get().map(|numbers| view! { <NumberLine numbers/> })}
            <ul node_ref=list class="trace-list" aria-label="Changes" on:keydown=move |event| move_in_list(&event, list)>
                <For each=rows key=|(at, _)| *at let((_, row))>
                    {match row {
                        TraceRow::Changed(change) => view! { <ChangeRow change steps shown=shown.clone() traced/> }.into_any(),
                        TraceRow::Unreadable { state, reason } => view! { <Unreadable state reason/> }.into_any(),
                    }}
                </For>
            </ul>
            <p class="dialog-text" role="status">{move || how_far(session, tracing)}</p>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}

/// How far back the history is known, and why it ends there.
pub fn how_far(session: Session, tracing: Tracing) -> String {
    if let Some(problem) = tracing.problem.get() {
        return ["The history cannot be read: ", &problem].concat();
    }
    let traced = tracing.traced.read();
    match (traced.is_whole, traced.rows.is_empty(), traced.states) {
        (false, ..) if session.state.is_running().get() => "It is read when the program has ended.".to_owned(),
        (false, ..) => "Reading…".to_owned(),
        (true, true, _) => "No run that is kept has changed this value.".to_owned(),
        (true, false, states) => [
            "Of the line of runs that _home came from; ",
            &formats::counted(states.into(), "state"),
            " are kept of it.",
        ]
        .concat(),
    }
}

/// The state that the inspector shows.
fn shown_state(session: Session) -> Option<SnapshotId> {
    session.viewer.current().with_untracked(|view| match view {
        View::Snapshot(snapshot) => Some(snapshot.id.clone()),
        View::Home | View::Difference { .. } => session.state.history().with_untracked(|history| history.head.clone()),
    })
}

#[component]
fn ChangeRow(
    change: TracedChange,
    steps: StoredValue<Vec<Step>>,
    shown: Option<SnapshotId>,
    traced: RwSignal<Traced>,
) -> impl IntoView {
    let session = Session::expect();
    let writer = Writer::of(&change);
    let is_shown = change.after == shown;
    let moment = moment_of(session, &change);
    let more = Signal::stored(["More for the change of ", &moment].concat());
    let opened = change.clone();
    let show = move |_| show_moment(session, &opened, steps.get_value());
    let of_menu = change.clone();
    let doubt = writer.doubt().map(|doubt| view! { <span class="trace-doubt">{doubt}</span> });
    view! {
        <li class="trace-row" aria-current=is_shown.then_some("true")>
            <button type="button" class="trace-open" title="Show _home as it was then" on:click=show>
                <span class="trace-who">{writer_name(session, &writer)} <span class="workspaces-facts">{moment}</span></span>
                {doubt}
                <OldAndNew change/>
            </button>
            <Menu name=more items=move |()| items(session, traced, &of_menu, steps.get_value())/>
        </li>
    }
}

fn items(session: Session, traced: RwSignal<Traced>, change: &TracedChange, steps: Vec<Step>) -> Vec<MenuItem> {
    let after = state_after(session, change);
    let before = session.state.find_snapshot(change.before.as_ref()).map(Revision::Stored);
    let shown = (change.clone(), steps.clone());
    let show = MenuItem::new("Show this moment", move || show_moment(session, &shown.0, shown.1.clone()));
    let compare = |name, before: Option<Revision>, after: Option<Revision>| {
        let (Some(before), Some(after)) = (before, after) else { return None };
        let (steps, is_other) = (steps.clone(), before != after);
        let act = move || {
            session.dialogs.close();
            session.compare_at(before.clone(), after.clone(), steps.clone());
        };
        Some(MenuItem::new(name, act).with_icon(Icon::GitCompare).enabled_when(Signal::stored(is_other)))
    };
    let known = traced.with_untracked(|traced| traced.only(change));
    let way = steps.clone();
    let who = MenuItem::new("Who wrote this", move || session.dialogs.show_writer(way.clone(), Some(known.clone())));
    [
        Some(show.with_icon(Icon::Search)),
        compare("Compare with now", after.clone(), Some(Revision::Now)),
        compare("Compare with before", before, after),
        Some(who.with_icon(Icon::History)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[component]
fn Unreadable(state: SnapshotId, reason: String) -> impl IntoView {
    let kept = Session::expect().state.find_snapshot(Some(&state));
    let name = kept.map_or_else(|| "A state".to_owned(), |kept| state::title(&kept));
    view! { <li class="trace-row trace-note">{name} " cannot be read: " {reason}</li> }
}

/// A line through the numbers that a value was.
#[component]
pub fn NumberLine(
    /// The oldest first.
    numbers: Vec<f64>,
) -> impl IntoView {
    let view_box = format!("-2 -2 {} {}", LINE_WIDTH + 4.0, LINE_HEIGHT + 4.0);
    view! {
        <svg class="trace-line" viewBox=view_box role="img" aria-label=spoken_numbers(&numbers)>
            <polyline points=points(&numbers, LINE_WIDTH, LINE_HEIGHT)></polyline>
        </svg>
    }
}
