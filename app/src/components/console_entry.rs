//! One entry of the console.

use std::sync::Arc;

use leptos::{html, prelude::*};
use wire::{Row, RunInfo, ScriptError, Step, Stream, Subject, Summary};

use super::{location_text::LocationText, tree::Tree, value::ValueText};
use crate::{
    console_buffer::{Body, ConsoleBuffer, EntryId, RunHead, Severity},
    formats,
    later::LaterViews,
    run_facts,
    session::Session,
    tree::{Origin, TreeModel},
};

/// One entry of the console. It keeps its elements, and a selection in them, while text is added to it.
#[component]
pub fn ConsoleEntry(
    /// Which one.
    id: EntryId,
    /// The console that it is in.
    console: Signal<ConsoleBuffer>,
    /// Only what contains this is shown.
    filter: Signal<String>,
) -> impl IntoView {
    let Some(body) = console.with_untracked(|console| console.entry(id).map(|entry| entry.body.clone())) else {
        return ().into_any();
    };
    match body {
        Body::Text(block) => view! { <Text id stream=block.stream console filter/> }.into_any(),
        Body::Run(head) => view! { <RunHeadLine id head console/> }.into_any(),
        Body::Echo(line) => view! { <p class="console-echo">{line.to_string()}</p> }.into_any(),
        Body::Input(line) => view! { <p class="console-echo is-input">{line.to_string()}</p> }.into_any(),
        Body::Omitted(lines) => {
            view! { <p class="console-dropped">{formats::counted(lines, "line")} " left out here"</p> }.into_any()
        }
        Body::Returned { run, values } => view! { <Returned subject=Subject::Result(run) values/> }.into_any(),
        Body::Failed(error) => view! { <Failure error/> }.into_any(),
        Body::Note { severity, text } => view! { <p class=note_class(severity)>{text.to_string()}</p> }.into_any(),
    }
}

/// What ran, when, for how long, and what it changed.
#[component]
fn RunHeadLine(id: EntryId, head: RunHead, console: Signal<ConsoleBuffer>) -> impl IntoView {
    let later = Session::expect().later;
    let (what, began) = (head.what.to_string(), formats::time_of_day(head.at_millis));
    let version = Memo::new(move |_| console.with(|console| console.entry(id).map(|entry| entry.version)));
    // What becomes known once it has ended, and once it is kept.
    let known = move || {
        version.get();
        console.with_untracked(|console| {
            let latest = match console.entry(id).map(|entry| &entry.body) {
                Some(Body::Run(latest)) => latest,
                _ => &head,
            };
            (latest.elapsed_millis, latest.kept.clone())
        })
    };
    let rest = move || {
        let (elapsed, kept) = known();
        let change = move |run| later.views().map(|views| (views.run_change)(run));
        view! { <span>{elapsed.map(formats::elapsed)}</span> " " {kept.map(|run| move || change(run.clone()))} }
    };
    view! {
        <p class="console-run">
            <span class="console-run-what">{what}</span> " " <span>{began}</span> " " {rest}
        </p>
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
    view! {
        <button type="button" class="link console-run-change" aria-label=label on:click=move |_| session.show_change(&run)>
            {text}
        </button>
    }
    .into_any()
}

#[component]
fn Text(id: EntryId, stream: Stream, console: Signal<ConsoleBuffer>, filter: Signal<String>) -> impl IntoView {
    let class = match stream {
        Stream::Out => "console-text",
        Stream::Err => "console-text is-err",
    };
    // The text itself is long, and comparing it costs more than comparing versions.
    let version = Memo::new(move |_| console.with(|console| console.entry(id).map(|entry| entry.version)));
    let text = move || {
        // Reading it, not `track`: a memo that was never read follows nothing.
        version.get();
        console.with_untracked(|console| match console.entry(id).map(|entry| &entry.body) {
            Some(Body::Text(block)) => block.text.clone(),
            _ => "".into(),
        })
    };
    let line_count = RwSignal::new(0);
    let element = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<Arc<str>>| {
        let shown = matching_lines(&text(), &filter.get());
        let Some(element) = element.get() else { return "".into() };
        match before.and_then(|before| shown.strip_prefix(&*before).map(str::to_owned)) {
            // Only added, so that a selection stays, and that a screen reader says it once.
            Some(added) if !added.is_empty() => drop(element.append_with_str_1(&added)),
            Some(_) => {}
            None => element.set_text_content(Some(&shown)),
        }
        line_count.set(shown.lines().count());
        shown
    });
    view! {
        <div
            node_ref=element
            class=class
            hidden=move || line_count.get() == 0
            style:--lines=move || line_count.get().to_string()
        ></div>
    }
}

/// The lines that contain the filter, whatever the case.
fn matching_lines(text: &Arc<str>, filter: &str) -> Arc<str> {
    if filter.is_empty() {
        return text.clone();
    }
    let filter = formats::lowercase(filter);
    text.split_inclusive('\n').filter(|line| formats::lowercase(line).contains(&filter)).collect::<String>().into()
}

#[component]
fn Returned(subject: Subject, values: Arc<[Summary]>) -> impl IntoView {
    if values.iter().all(|value| value.child_count == 0 && value.location.is_none()) {
        let texts = values.iter().map(|value| view! { <ValueText value=value.clone()/> }).collect_view();
        return view! { <div class="console-values">{texts}</div> }.into_any();
    }
    let draw = move |views: LaterViews| (views.results)(subject.clone(), values.clone());
    view! { <div class="console-result">{Session::expect().later.draw(draw)}</div> }.into_any()
}

/// The tree of what a run returned.
#[component]
pub fn Results(
    /// The run.
    subject: Subject,
    /// What it returned.
    values: Arc<[Summary]>,
) -> impl IntoView {
    let row = |(index, value): (usize, &Summary)| {
        Row::new(Step::Result(u32::try_from(index).unwrap_or(u32::MAX)), String::new(), value.clone())
    };
    let model = TreeModel::of_rows(values.iter().enumerate().map(row).collect());
    view! { <Tree name="Returned values" origin=Origin::Values(subject) model=RwSignal::new(model)/> }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_whole_lines_of_any_case() {
        let text: Arc<str> = "One\ntwo\nphone".into();
        assert_eq!(&*matching_lines(&text, "one"), "One\nphone");
        assert_eq!(&*matching_lines(&text, ""), &*text);
    }
}
