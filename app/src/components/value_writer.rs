//! The dialog that says which run wrote a value: when it last changed, or at a change of its history.

use leptos::prelude::*;
use wire::{RunInfo, ShowRun, Step, TracedChange};

use super::{
    run_details::RunMore,
    snapshot_row::ChangeChip,
    traced_value::{OldAndNew, RunName, Tracing, moment_of, show_moment, state_after, writer_name},
    value_history::how_far,
};
use crate::{
    dialogs::Dialogs,
    formats,
    run_facts::{Made, changes, spoken_changes, title, what_ran},
    session::Session,
    trace::{Mention, Traced, Writer, mention},
    viewer::Revision,
};

/// The dialog that says which run wrote a value.
#[component]
pub fn ValueWriter(
    /// The way to the value.
    steps: Vec<Step>,
    /// What is known of the value, with the change that is meant; `None`: its last change is to be found.
    known: Option<Traced>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let tracing = match known {
        Some(known) => Tracing::of(known),
        None => Tracing::begin(session, steps.clone(), true),
    };
    view! { <WriterOf steps tracing dialogs/> }
}

/// The run that made the newest change that is known.
#[component]
pub fn WriterOf(
    /// The way to the value.
    steps: Vec<Step>,
    /// What is known of its history.
    tracing: Tracing,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let steps = StoredValue::new(steps);
    let last = Memo::new(move |_| tracing.traced.with(|traced| traced.last().cloned()));
    let found = move || match last.get() {
        Some(change) => view! { <Change change steps/> }.into_any(),
        None => view! { <p class="dialog-text" role="status">{how_far(session, tracing)}</p> }.into_any(),
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Who wrote this"</h2>
            <p class="dialog-text"><code>{move || tracing.traced.read().path.clone()}</code></p>
            <div class="trace-found">{found}</div>
            <div class="dialog-actions">
                {move || last.get().map(|change| view! { <Actions change steps/> })}
                <button type="button" class="button" on:click=move |_| dialogs.show_value_history(steps.get_value())>
                    "History of this value"
                </button>
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}

/// A change, and who made it.
#[component]
fn Change(change: TracedChange, steps: StoredValue<Vec<Step>>) -> impl IntoView {
    let session = Session::expect();
    let writer = Writer::of(&change);
    let moment = moment_of(session, &change);
    let who = match &writer {
        Writer::Run(run) => view! { <OneRun run=run.clone() steps/> }.into_any(),
        Writer::OneOf(runs) | Writer::OneOfOrEarlier(runs) => {
            let runs = runs.iter().map(|run| view! { <Possible run=run.clone()/> }).collect_view();
            view! {
                <p class="trace-doubt">"Written by " {writer.doubt()} "."</p>
                <ul class="trace-list">{runs}</ul>
            }
            .into_any()
        }
        Writer::Unsaved | Writer::NotInJournal(_) => {
            view! { <p class="trace-who">{writer_name(session, &writer)} <span class="workspaces-facts">{moment}</span></p> }.into_any()
        }
    };
    view! { <OldAndNew change/> {who} }
}

/// The run that made a change: what it was, where it mentions the value, and its details.
#[component]
fn OneRun(run: RunInfo, steps: StoredValue<Vec<Step>>) -> impl IntoView {
    let session = Session::expect();
    let found = RwSignal::new(None::<Mention>);
    session.ask(ShowRun { id: run.id.clone() }, move |answer| {
        let details = answer.ok().flatten();
        let mention = details.and_then(|details| steps.try_with_value(|steps| mention(&details, steps)).flatten());
        drop(found.try_set(mention));
    });
    let is_open = RwSignal::new(false);
    let (id, file) = (run.id.clone(), what_ran(&run).to_owned());
    let facts = [formats::moment(run.began_millis), formats::elapsed(run.elapsed_millis)].join(" · ");
    let made = Made { by: String::new(), changes: changes(&run), spoken: spoken_changes(&run) };
    let mentioned = move || {
        found.get().map(|Mention { name, file: within, line, text }| {
            let place = if within == file { String::new() } else { [" of ", &within].concat() };
            view! {
                <p class="trace-mention">
                    "mentions " <code>{name}</code> " at line " {line.to_string()} {place}
                    <code class="trace-line-text">{text}</code>
                </p>
            }
        })
    };
    view! {
        <p class="trace-who"><RunName run/> <ChangeChip made/> <span class="workspaces-facts">{facts}</span></p>
        {mentioned}
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
}

/// A run that may have made a change, which leads to its program.
#[component]
fn Possible(run: RunInfo) -> impl IntoView {
    let session = Session::expect();
    let (id, label) = (run.id.clone(), ["Show the program of ", &title(&run)].concat());
    let facts = formats::moment(run.began_millis);
    view! {
        <li class="trace-row">
            <button type="button" class="trace-open" aria-label=label on:click=move |_| session.show_run_text(id.clone())>
                <span class="trace-who"><RunName run/> <span class="workspaces-facts">{facts}</span></span>
            </button>
        </li>
    }
}

/// Where a change leads to.
#[component]
fn Actions(change: TracedChange, steps: StoredValue<Vec<Step>>) -> impl IntoView {
    let session = Session::expect();
    let before = session.state.find_snapshot(change.before.as_ref()).map(Revision::Stored);
    let source = match Writer::of(&change) {
        Writer::Run(run) => Some(view! {
            <button type="button" class="button" on:click=move |_| session.show_run_text(run.id.clone())>"Source as it ran"</button>
        }),
        _ => None,
    };
    let compare = before.zip(state_after(session, &change)).map(|(before, after)| {
        let compare = move |_| {
            session.dialogs.close();
            session.compare_at(before.clone(), after.clone(), steps.get_value());
        };
        view! { <button type="button" class="button" on:click=compare>"Compare with before"</button> }
    });
    let show = move |_| show_moment(session, &change, steps.get_value());
    view! {
        {source}
        <button type="button" class="button" on:click=show>"Show the moment"</button>
        {compare}
    }
}
