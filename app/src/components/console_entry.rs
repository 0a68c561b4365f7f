//! One entry of the console.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{Row, ScriptError, Step, Stream, Subject, Summary};

use super::{place_text::PlaceText, tree::Tree, value::ValueText};
use crate::{
    console_buffer::{Body, Severity, TextBlock},
    formats,
    tree::{Origin, TreeModel},
};

/// One entry of the console.
#[component]
pub fn ConsoleEntry(
    /// What it is.
    body: Body,
    /// Only what contains this is shown.
    filter: Signal<String>,
) -> impl IntoView {
    match body {
        Body::Text(block) => view! { <Text block filter/> }.into_any(),
        Body::Started { at_millis } => {
            view! { <p class="console-run">{formats::time_of_day(at_millis)}</p> }.into_any()
        }
        Body::Echo(line) => view! { <p class="console-echo">{line.to_string()}</p> }.into_any(),
        Body::Input(line) => view! { <p class="console-echo is-input">{line.to_string()}</p> }.into_any(),
        Body::Omitted(lines) => {
            view! { <p class="console-dropped">{formats::counted(lines, "line")} " left out here"</p> }.into_any()
        }
        Body::Returned { run, values } => view! { <Returned subject=Subject::Result(run) values/> }.into_any(),
        Body::Failed(error) => view! { <Failure error/> }.into_any(),
        Body::Ended { elapsed_millis } => {
            view! { <p class="console-end">{formats::elapsed(elapsed_millis)}</p> }.into_any()
        }
        Body::Note { severity, text } => view! { <p class=note_class(severity)>{text.to_string()}</p> }.into_any(),
    }
}

#[component]
fn Text(block: TextBlock, filter: Signal<String>) -> impl IntoView {
    let class = match block.stream {
        Stream::Out => "console-text",
        Stream::Err => "console-text is-err",
    };
    let shown = Memo::new(move |_| matching_lines(&block.text, &filter.get()));
    view! {
        <div class=class hidden=move || shown.with(|shown| shown.is_empty()) style:--lines=move || shown.with(|shown| line_count(shown).to_string())>
            {move || shown.get().to_string()}
        </div>
    }
}

/// The lines that contain the filter, whatever the case.
fn matching_lines(text: &Arc<str>, filter: &str) -> Arc<str> {
    if filter.is_empty() {
        return text.clone();
    }
    let filter = filter.to_lowercase();
    text.split_inclusive('\n').filter(|line| line.to_lowercase().contains(&filter)).collect::<String>().into()
}

fn line_count(text: &str) -> usize {
    text.lines().count()
}

#[component]
fn Returned(subject: Subject, values: Arc<[Summary]>) -> impl IntoView {
    if values.iter().all(|value| value.child_count == 0 && value.place.is_none()) {
        let texts = values.iter().map(|value| view! { <ValueText value=value.clone()/> }).collect_view();
        return view! { <div class="console-values">{texts}</div> }.into_any();
    }
    let row = |(index, value): (usize, &Summary)| Row {
        step: Step::Result(u32::try_from(index).unwrap_or(u32::MAX)),
        label: String::new(),
        value: value.clone(),
    };
    let model = TreeModel::of_rows(values.iter().enumerate().map(row).collect());
    view! { <div class="console-result"><Tree name="Returned values" origin=Origin::Values(subject) model=RwSignal::new(model)/></div> }
        .into_any()
}

#[component]
fn Failure(error: Arc<ScriptError>) -> impl IntoView {
    let traceback = error.traceback.trim().to_owned();
    let has_traceback = !traceback.is_empty();
    view! {
        <div class="console-error">
            <PlaceText text=error.message.clone()/>
            {has_traceback.then(|| view! {
                <details>
                    <summary>"Traceback"</summary>
                    <pre><PlaceText text=traceback/></pre>
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
