//! Entries of the console that the later part of the page draws: values, errors, and what is said of runs.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wire::{Row, RunInfo, ScriptError, SnapshotId, Step, Stream, Subject, Summary};

use super::{
    location_text::LocationText, printed_line::PrintedValues, tree::Tree, value::ValueText, value_views::ValueViews,
};
use crate::{
    console_buffer::{Body, ConsoleBuffer, EntryId, Severity},
    formats, run_facts,
    session::Session,
    tree::{Origin, TreeModel},
};

/// The most lines that are shown one by one of those that became one with a count.
const MAX_UNFOLDED: usize = 1000;

/// An entry that is neither text nor what was typed.
#[component]
pub fn ConsoleResult(
    /// Which one.
    id: EntryId,
    /// What it is.
    body: Body,
    /// The console that it is in.
    console: Signal<ConsoleBuffer>,
) -> impl IntoView {
    match body {
        Body::Text(block) => {
            view! { <Repeated id line=block.text.to_string() stream=block.stream console/> }.into_any()
        }
        Body::Printed { run, line } => {
            view! { <PrintedValues subject=Subject::Printed { run, number: line.number } line/> }.into_any()
        }
        Body::Omitted(lines) => {
            view! { <p class="console-dropped">{formats::counted(lines, "line")} " left out here"</p> }.into_any()
        }
        Body::Returned { run, values } => view! { <Returned subject=Subject::Result(run) values/> }.into_any(),
        Body::Failed(error) => view! { <Failure error/> }.into_any(),
        Body::Note { severity, text } => view! { <p class=note_class(severity)>{text.to_string()}</p> }.into_any(),
        Body::Run(_) | Body::Echo(_) | Body::Input(_) => ().into_any(),
    }
}

/// What a run changed in `_home`, which leads to the states before and after it.
#[component]
pub fn RunChange(
    /// The run.
    run: Arc<RunInfo>,
) -> impl IntoView {
    let session = Session::expect();
    let text = run_facts::changes(&run);
    if run.after == run.before || run.after.is_none() {
        return view! { <span class="console-run-change">{text}</span> }.into_any();
    }
    let label = ["What the run changed: ", &run_facts::spoken_changes(&run)].concat();
    let made = run.after.as_ref().map(|after| after.0.clone());
    view! {
        <button
            type="button"
            class="link console-run-change"
            data-made=made
            aria-label=label
            on:click=move |_| session.show_change(&run)
        >
            {text}
        </button>
    }
    .into_any()
}

/// Scrolls the console to the run that made a state, if it is there.
pub fn scroll_to_run(made: &SnapshotId) {
    let Ok(found) = document().query_selector_all("[data-made]") else { return };
    let buttons = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<web_sys::Element>().ok());
    let heads = buttons.filter(|button| button.get_attribute("data-made").as_ref() == Some(&made.0));
    let Some(head) = heads.filter_map(|button| button.closest(".console-run").ok().flatten()).next() else { return };
    // Where it would be if it did not stay in view.
    head.class_list().add_1("is-measured").ok();
    if let Ok(Some(log)) = head.closest(".console-log") {
        let distance = head.get_bounding_client_rect().top() - log.get_bounding_client_rect().top();
        log.set_scroll_top(log.scroll_top() + distance as i32);
    }
    head.class_list().remove_1("is-measured").ok();
}

/// A line that was printed many times in a row, and all of these lines, if they are wanted.
#[component]
fn Repeated(id: EntryId, line: String, stream: Stream, console: Signal<ConsoleBuffer>) -> impl IntoView {
    let times = Memo::new(move |_| {
        console.with(|console| match console.entry(id).map(|entry| &entry.body) {
            Some(Body::Text(block)) => block.times,
            _ => 0,
        })
    });
    let is_open = RwSignal::new(false);
    let count = move || formats::count(times.get() as u64);
    let lines = {
        let line = line.clone();
        move || is_open.get().then(|| line.repeat(times.get().clamp(1, MAX_UNFOLDED) - 1))
    };
    view! {
        <div class="console-text is-repeated" class:is-err=stream == Stream::Err>
            {line.trim_end().to_owned()}
            <button
                type="button"
                class="console-times"
                aria-expanded=move || is_open.get().to_string()
                aria-label=move || ["Printed ", &count(), " times in a row"].concat()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                "×" {count}
            </button>
            <div>{lines}</div>
        </div>
    }
}

#[component]
fn Returned(subject: Subject, values: Arc<[Summary]>) -> impl IntoView {
    if values.iter().all(|value| value.child_count == 0 && value.location.is_none()) {
        let texts = values.iter().map(|value| view! { <ValueText value=value.clone()/> }).collect_view();
        return view! { <div class="console-values">{texts}</div> }.into_any();
    }
    view! { <div class="console-result"><Results subject values/></div> }.into_any()
}

/// The tree of what a run returned.
#[component]
fn Results(subject: Subject, values: Arc<[Summary]>) -> impl IntoView {
    let row = |(index, value): (usize, &Summary)| {
        Row::new(Step::Result(u32::try_from(index).unwrap_or(u32::MAX)), String::new(), value.clone())
    };
    let model = RwSignal::new(TreeModel::of_rows(values.iter().enumerate().map(row).collect()));
    let origin = Origin::Values(subject.clone());
    let tree = view! { <Tree name="Returned values" origin model/> };
    match &*values {
        [value] => {
            let (step, value) = (Step::Result(0), value.clone());
            view! { <div class="console-printed"><ValueViews subject step value>{tree}</ValueViews></div> }.into_any()
        }
        _ => tree.into_any(),
    }
}

/// What a program failed with.
#[component]
pub(super) fn Failure(error: Arc<ScriptError>) -> impl IntoView {
    let traceback = error.traceback.trim().to_owned();
    let has_traceback = !traceback.is_empty();
    view! {
        <div class="console-error">
            <LocationText text=error.message.clone()/>
            {has_traceback.then(|| view! {
                <details>
                    <summary>"Traceback"</summary>
                    <pre><LocationText text=traceback/></pre>
                </details>
            })}
        </div>
    }
}

fn note_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "console-note",
        Severity::Warning => "console-note is-warning",
        Severity::Error => "console-note is-error",
    }
}
