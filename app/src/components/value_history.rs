//! The dialog with the history of a value: each run that changed it, as far back as states are kept.

use leptos::{html, prelude::*};
use wire::{SnapshotId, Step, TraceRow};

use super::{
    icon::Icon,
    menu::{Menu, MenuItem},
    move_in_list,
    traced_value::{moment_of, old_and_new, show_moment, show_trace, state_after, writer_name},
    value_views::line_view,
};
use crate::{
    formats,
    session::Session,
    state,
    trace::{Traced, Writer},
    viewer::{Revision, View},
};

/// The dialog with the history of a value.
pub fn history_of(session: Session, steps: StoredValue<Vec<Step>>, traced: RwSignal<Traced>) -> AnyView {
    let list = NodeRef::<html::Ul>::new();
    let shown = shown_state(session);
    let rows = move || {
        traced.with(|traced| {
            // Drawn once all are known, so that none that has the focus is drawn anew.
            let rows = if traced.is_whole || traced.problem.is_some() { &traced.rows[..] } else { &[] };
            rows.iter().map(|row| row_view(session, row, steps, shown.as_ref(), traced)).collect_view()
        })
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"History of this value"</h2>
            <p class="dialog-text"><code>{move || traced.read().path.clone()}</code></p>
            {move || traced.with(Traced::line).map(|(line, ends)| line_view(&line, &ends))}
            <ul node_ref=list class="trace-list" aria-label="Changes" on:keydown=move |event| move_in_list(&event, list)>
                {rows}
            </ul>
            <p class="dialog-text" role="status">{move || traced.with(|traced| how_far(session, traced))}</p>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| session.dialogs.close()>
                    "Close"
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// How far back the history is known, and why it ends there.
pub fn how_far(session: Session, traced: &Traced) -> String {
    if let Some(problem) = &traced.problem {
        return ["The history cannot be read: ", problem].concat();
    }
    let states = formats::counted(traced.states.into(), "state");
    match (traced.is_whole, traced.rows.is_empty(), traced.states) {
        (false, ..) if session.state.is_running().get() => "It is read when the program has ended.".to_owned(),
        (false, _, 0) => "Reading…".to_owned(),
        (false, ..) => ["Reading… ", &states, " so far."].concat(),
        (true, true, _) => "No run that is kept has changed this value.".to_owned(),
        (true, false, _) => [&states, " of this line of history can be inspected."].concat(),
    }
}

/// The state that the inspector shows.
fn shown_state(session: Session) -> Option<SnapshotId> {
    session.viewer.current().with_untracked(|view| match view {
        View::Snapshot(snapshot) => Some(snapshot.id.clone()),
        View::Home | View::Difference { .. } => session.state.history().with_untracked(|history| history.head.clone()),
    })
}

fn row_view(
    session: Session,
    row: &TraceRow,
    steps: StoredValue<Vec<Step>>,
    shown: Option<&SnapshotId>,
    traced: &Traced,
) -> AnyView {
    let change = match row {
        TraceRow::Changed(change) => change,
        TraceRow::Unreadable { state, reason } => {
            let kept = session.state.find_snapshot(Some(state));
            let name = kept.map_or_else(|| "A state".to_owned(), |kept| state::title(&kept));
            return view! { <li class="trace-row trace-note">{[&name, ": ", reason].concat()}</li> }.into_any();
        }
    };
    let writer = Writer::of(change);
    let is_shown = change.after.as_ref() == shown;
    let moment = moment_of(session, change);
    let more = Signal::stored(["More for the change of ", &moment].concat());
    let opened = change.clone();
    let show = move |_| show_moment(session, &opened, steps.get_value());
    let known = traced.only(change);
    let doubt = writer.doubt().map(|doubt| view! { <span class="trace-doubt">{doubt}</span> });
    view! {
        <li class="trace-row" aria-current=is_shown.then_some("true")>
            <button type="button" class="trace-open" title="Show _home as it was then" on:click=show>
                <span class="trace-who">{writer_name(session, &writer)} <span class="workspaces-facts">{moment}</span></span>
                {doubt}
                {old_and_new(change)}
            </button>
            <Menu name=more items=move |()| items(session, &known, steps.get_value())/>
        </li>
    }
    .into_any()
}

fn items(session: Session, known: &Traced, steps: Vec<Step>) -> Vec<MenuItem> {
    let Some(change) = known.last() else { return Vec::new() };
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
    let (known, way) = (known.clone(), steps.clone());
    let who = MenuItem::new("Who wrote this", move || show_trace(session, way.clone(), Some(known.clone()), true));
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
