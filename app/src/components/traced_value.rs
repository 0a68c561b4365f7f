//! Parts of the dialogs about the history of a value: what it was and is, and the runs that may have changed it.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{RunInfo, Step, Subject, Summary, TraceValue, TracedChange};

use super::{console_result::scroll_to_run, value::ValueText, value_history::history_of, value_writer::writer_of};
use crate::{
    client::PendingRequest,
    formats,
    run_facts::{signs, totals_text, what_ran},
    session::{Session, has_history},
    state::StateEvent,
    trace::{Traced, Writer},
    tree::{Origin, RowBody, VisibleRow},
    viewer::Revision,
};

/// How many changes are asked for at once.
const ROWS_AT_ONCE: u32 = 50;

/// Shows the history of the value of a row, or the run that wrote it last.
pub fn trace_row(session: Session, origin: &Origin, row: &VisibleRow, is_last_enough: bool) {
    if has_history(origin, row) {
        show_trace(session, row.steps(), None, is_last_enough);
    } else if matches!(row.body, RowBody::Listed(_)) {
        let reason = "No history: no lasting path in _home leads to this value.";
        session.state.apply(StateEvent::Refused(reason.to_owned()));
    }
}

/// Shows the history of a value, or the run that wrote it last: at the one change that is known, if so.
pub fn show_trace(session: Session, steps: Vec<Step>, known: Option<Traced>, is_last_enough: bool) {
    session.dialogs.show_drawn(Arc::new(move || {
        let traced = match &known {
            Some(known) => RwSignal::new(known.clone()),
            None => begin(session, steps.clone(), is_last_enough),
        };
        let steps = StoredValue::new(steps.clone());
        if is_last_enough { writer_of(session, steps, traced) } else { history_of(session, steps, traced) }
    }));
}

/// Asks for the history of a value: all of it, or as far as its last change. Ends with what has asked.
fn begin(session: Session, path: Vec<Step>, is_last_enough: bool) -> RwSignal<Traced> {
    let asking = (RwSignal::new(Traced::default()), StoredValue::new_local(None));
    let limit = if is_last_enough { 1 } else { ROWS_AT_ONCE };
    ask(session, asking, TraceValue { path, from: None, limit });
    asking.0
}

/// What is known, and what is asked next.
type Asking = (RwSignal<Traced>, StoredValue<Option<PendingRequest>, LocalStorage>);

fn ask(session: Session, (traced, pending): Asking, call: TraceValue) {
    let next = call.clone();
    let request = session.ask_while_kept(call, move |answer| {
        let answer = answer.map_err(|error| error.to_string());
        let answer = answer.and_then(|answer| answer.decode().map_err(|error| error.to_string()));
        let rest = traced.try_update(|traced| match answer {
            Ok(answer) => traced.receive(answer).filter(|_| next.limit > 1 || traced.last().is_none()),
            Err(problem) => {
                traced.problem = Some(problem);
                None
            }
        });
        if let Some(Some(rest)) = rest {
            ask(session, (traced, pending), TraceValue { from: Some(rest), ..next });
        }
    });
    pending.try_set_value(Some(request));
}

/// What a value was, and what it is then.
pub fn old_and_new(change: &TracedChange) -> AnyView {
    let chip = change.totals.map(|totals| {
        view! {
            <span class="change-chip" aria-hidden="true">{signs(&totals)}</span>
            <span class="visually-hidden">{[", ", &totals_text(&totals)].concat()}</span>
        }
    });
    view! {
        <span class="trace-values">
            {shown(change.old.as_ref(), "none")}
            <span class="difference-arrow" aria-label="became" role="img">"→"</span>
            {shown(change.new.as_ref(), "removed")}
            {chip}
        </span>
    }
    .into_any()
}

fn shown(value: Option<&Summary>, none: &'static str) -> AnyView {
    match value.cloned() {
        Some(value) => {
            let title = value.text.clone();
            view! { <span class="trace-value" title=title><ValueText value/></span> }.into_any()
        }
        None => view! { <span class="trace-none">{none}</span> }.into_any(),
    }
}

/// A run by its name and its first line.
pub fn run_name(run: &RunInfo) -> AnyView {
    view! { <span class="trace-run">{what_ran(run).to_owned()} " " <code>{run.label.clone()}</code></span> }.into_any()
}

/// Who made a change, in a few words: the run, the first and the last of several, or what else is known.
pub fn writer_name(session: Session, writer: &Writer) -> AnyView {
    match (writer, writer.runs()) {
        (Writer::Unsaved, _) => "A run that is not saved".into_any(),
        (Writer::NotInJournal(state), _) => match session.state.find_snapshot(Some(state)) {
            Some(state) => view! { <code class="trace-run">{state.kind.name().to_owned()}</code> }.into_any(),
            None => "What is no longer in the journal".into_any(),
        },
        (_, [run]) => run_name(run),
        (_, [last, .., first]) => {
            view! { {run_name(first)} <span class="trace-to">" to "</span> {run_name(last)} }.into_any()
        }
        (_, []) => ().into_any(),
    }
}

/// When a change was made: when its run began, or its state was saved.
pub fn moment_of(session: Session, change: &TracedChange) -> String {
    let saved = || session.state.find_snapshot(change.after.as_ref()).map(|state| state.created_millis);
    let millis = change.runs.first().map(|run| run.began_millis).or_else(saved);
    millis.map(formats::moment).unwrap_or_default()
}

/// The state after a change, if it is kept; what is not saved is what `_home` is now.
pub fn state_after(session: Session, change: &TracedChange) -> Option<Revision> {
    match &change.after {
        None => Some(Revision::Now),
        Some(id) if untrack(|| session.state.is_head(id)) => Some(Revision::Now),
        after => session.state.find_snapshot(after.as_ref()).map(Revision::Stored),
    }
}

/// Shows a value as it was after a change, in all of `_home` as it was then.
pub fn show_moment(session: Session, change: &TracedChange, steps: Vec<Step>) {
    session.dialogs.close();
    let subject = match (state_after(session, change), &change.after) {
        (Some(Revision::Stored(_)), Some(id)) => {
            session.look_at(id);
            scroll_to_run(id);
            Subject::Snapshot(id.clone())
        }
        _ => {
            session.close_view();
            Subject::Home
        }
    };
    if change.new.is_some() {
        session.viewer.wanted_steps.set(Some((Origin::Values(subject), steps)));
    }
}
