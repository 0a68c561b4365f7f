//! The dialog that says which run wrote a value: when it last changed, or at a change of its history.

use leptos::prelude::*;
use wire::{RunInfo, ShowRun, Step, TracedChange};

use super::{
    run_details::RunMore,
    snapshot_row::ChangeChip,
    traced_value::{moment_of, old_and_new, run_name, show_moment, show_trace, state_after, writer_name},
    value_history::how_far,
};
use crate::{
    formats,
    run_facts::{Made, changes, spoken_changes, what_ran},
    session::Session,
    trace::{Mention, Traced, Writer, mention},
    viewer::Revision,
};

/// The dialog that says which run made the newest change of a value that is known.
pub fn writer_of(session: Session, steps: StoredValue<Vec<Step>>, traced: RwSignal<Traced>) -> AnyView {
    let found = move || {
        traced.with(|traced| match traced.last() {
            Some(change) => found(session, change, steps),
            None => view! { <p class="dialog-text" role="status">{how_far(session, traced)}</p> }.into_any(),
        })
    };
    let actions = move || traced.with(|traced| traced.last().map(|change| actions(session, change, steps)));
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Who wrote this"</h2>
            <p class="dialog-text"><code>{move || traced.read().path.clone()}</code></p>
            <div class="trace-found">{found}</div>
            <div class="dialog-actions">
                {actions}
                {action("History of this value", move || show_trace(session, steps.get_value(), None, false))}
                <button type="button" class="button is-outlined" autofocus on:click=move |_| session.dialogs.close()>
                    "Close"
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// A change, and who made it.
fn found(session: Session, change: &TracedChange, steps: StoredValue<Vec<Step>>) -> AnyView {
    let writer = Writer::of(change);
    let who = match &writer {
        Writer::Run(run) => one_run(session, run, steps),
        Writer::OneOf(runs) | Writer::OneOfOrEarlier(runs) => {
            let runs = runs.iter().map(|run| possible(session, run)).collect_view();
            view! {
                <p class="trace-doubt">{["Written by ", &writer.doubt().unwrap_or_default(), "."].concat()}</p>
                <ul class="trace-list">{runs}</ul>
            }
            .into_any()
        }
        Writer::Unsaved | Writer::NotInJournal(_) => named(writer_name(session, &writer), moment_of(session, change)),
    };
    view! { {old_and_new(change)} {who} }.into_any()
}

/// A name, and when that was.
fn named(name: AnyView, facts: String) -> AnyView {
    view! { <p class="trace-who">{name} <span class="workspaces-facts">{facts}</span></p> }.into_any()
}

/// The run that made a change: what it was, where it mentions the value, and its details.
fn one_run(session: Session, run: &RunInfo, steps: StoredValue<Vec<Step>>) -> AnyView {
    let mentioned = RwSignal::new(None::<String>);
    let file = what_ran(run).to_owned();
    session.ask(ShowRun { id: run.id.clone() }, move |answer| {
        let details = answer.ok().flatten();
        let found = details.and_then(|details| steps.try_with_value(|steps| mention(&details, steps)).flatten());
        drop(mentioned.try_set(found.map(|mention| mention_text(mention, &file))));
    });
    let is_open = RwSignal::new(false);
    let id = run.id.clone();
    let facts = [formats::moment(run.began_millis), formats::elapsed(run.elapsed_millis)].join(" · ");
    let made = Made { by: String::new(), changes: changes(run), spoken: spoken_changes(run) };
    let name = view! { {run_name(run)} " " <ChangeChip made/> }.into_any();
    view! {
        {named(name, facts)}
        {move || mentioned.get().map(|text| view! { <p class="trace-mention">{text}</p> })}
        <button
            type="button"
            class="link trace-details"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            "Details of the run"
        </button>
        {move || is_open.get().then(|| view! { <RunMore id=id.clone()/> })}
    }
    .into_any()
}

/// `mentions hp at line 12: hp = hp - 1`.
fn mention_text(mention: Mention, ran: &str) -> String {
    let Mention { name, file, line, text } = mention;
    let of = if file == ran { String::new() } else { [" of ", &file].concat() };
    ["mentions ", &name, " at line ", &line.to_string(), &of, ": ", &text].concat()
}

/// A run that may have made a change, which leads to its program.
fn possible(session: Session, run: &RunInfo) -> AnyView {
    let id = run.id.clone();
    let facts = formats::moment(run.began_millis);
    view! {
        <li class="trace-row">
            <button type="button" class="trace-open" title="Show its program" on:click=move |_| session.show_run_text(id.clone())>
                <span class="trace-who">{run_name(run)} <span class="workspaces-facts">{facts}</span></span>
            </button>
        </li>
    }
    .into_any()
}

/// Where a change leads to.
fn actions(session: Session, change: &TracedChange, steps: StoredValue<Vec<Step>>) -> Vec<AnyView> {
    let mut actions = Vec::new();
    if let Writer::Run(run) = Writer::of(change) {
        actions.push(action("Source as it ran", move || session.show_run_text(run.id.clone())));
    }
    let shown = change.clone();
    actions.push(action("Show the moment", move || show_moment(session, &shown, steps.get_value())));
    let before = session.state.find_snapshot(change.before.as_ref()).map(Revision::Stored);
    if let Some((before, after)) = before.zip(state_after(session, change)) {
        actions.push(action("Compare with before", move || {
            session.dialogs.close();
            session.compare_at(before.clone(), after.clone(), steps.get_value());
        }));
    }
    actions
}

/// A button that does something.
fn action(name: &'static str, act: impl Fn() + Send + Sync + 'static) -> AnyView {
    let act = Callback::new(move |()| act());
    button(name, act)
}

fn button(name: &'static str, act: Callback<()>) -> AnyView {
    view! { <button type="button" class="button" on:click=move |_| act.run(())>{name}</button> }.into_any()
}
