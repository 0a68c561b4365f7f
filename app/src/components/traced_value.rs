//! Parts of the dialogs about the history of a value: what it was and is, and the runs that may have changed it.

use leptos::prelude::*;
use wire::{RunInfo, Step, Subject, Summary, TracedChange};

use super::{console_result::scroll_to_run, value::ValueText};
use crate::{
    client::PendingRequest,
    formats,
    run_facts::{signs, totals_text, what_ran},
    session::Session,
    trace::{Traced, Writer},
    tree::Origin,
    viewer::Revision,
};

/// What is known of the history of a value, and what is asked of it.
#[derive(Clone, Copy)]
pub struct Tracing {
    /// What is known.
    pub traced: RwSignal<Traced>,
    /// Why no more will be.
    pub problem: RwSignal<Option<String>>,
    pending: StoredValue<Option<PendingRequest>, LocalStorage>,
}

impl Tracing {
    /// Nothing is known, and nothing asked.
    pub fn of(traced: Traced) -> Self {
        let (problem, pending) = (RwSignal::new(None), StoredValue::new_local(None));
        Tracing { traced: RwSignal::new(traced), problem, pending }
    }

    /// Asks for the history of a value: all of it, or as far as its last change. Ends with what has asked.
    pub fn begin(session: Session, steps: Vec<Step>, is_last_enough: bool) -> Self {
        let tracing = Tracing::of(Traced::default());
        tracing.ask(session, steps, is_last_enough, None);
        tracing
    }

    fn ask(self, session: Session, steps: Vec<Step>, is_last_enough: bool, from: Option<wire::SnapshotId>) {
        let again = steps.clone();
        let request = session.trace_value(steps, from, is_last_enough, move |answer| match answer {
            Ok(answer) => {
                let next = self.traced.try_update(|traced| {
                    let next = traced.receive(answer);
                    next.filter(|_| !(is_last_enough && traced.last().is_some()))
                });
                if let Some(Some(next)) = next {
                    self.ask(session, again, is_last_enough, Some(next));
                }
            }
            Err(error) => drop(self.problem.try_set(Some(error.to_string()))),
        });
        self.pending.try_set_value(Some(request));
    }
}

/// What a value was, and what it is then.
#[component]
pub fn OldAndNew(
    /// The change.
    change: TracedChange,
) -> impl IntoView {
    let TracedChange { old, new, totals, .. } = change;
    let chip = totals.map(|totals| {
        view! {
            <span class="change-chip" aria-hidden="true">{signs(&totals)}</span>
            <span class="visually-hidden">", " {totals_text(&totals)}</span>
        }
    });
    view! {
        <span class="trace-values">
            <Shown value=old none="none"/>
            <span class="difference-arrow" aria-label="became" role="img">"→"</span>
            <Shown value=new none="removed"/>
            {chip}
        </span>
    }
}

#[component]
fn Shown(value: Option<Summary>, none: &'static str) -> impl IntoView {
    match value {
        Some(value) => {
            view! { <span class="trace-value" title=value.text.clone()><ValueText value=value.clone()/></span> }
                .into_any()
        }
        None => view! { <span class="trace-none">{none}</span> }.into_any(),
    }
}

/// A run by its name and its first line.
#[component]
pub fn RunName(
    /// The run.
    run: RunInfo,
) -> impl IntoView {
    view! { <span class="trace-run">{what_ran(&run).to_owned()} " " <code>{run.label.clone()}</code></span> }
}

/// Who made a change, in a few words: the run, the first and the last of several, or what else is known.
pub fn writer_name(session: Session, writer: &Writer) -> AnyView {
    match (writer, writer.runs()) {
        (Writer::Unsaved, _) => "A run that is not saved".into_any(),
        (Writer::NotInJournal(state), _) => match session.state.find_snapshot(Some(state)) {
            Some(state) => view! { <code class="trace-run">{state.kind.name().to_owned()}</code> }.into_any(),
            None => "What is no longer in the journal".into_any(),
        },
        (_, [run]) => view! { <RunName run=run.clone()/> }.into_any(),
        (_, [last, .., first]) => {
            view! { <RunName run=first.clone()/> <span class="trace-to">" to "</span> <RunName run=last.clone()/> }
                .into_any()
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
