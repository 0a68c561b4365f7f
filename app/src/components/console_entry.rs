//! One entry of the console.

use std::sync::Arc;

use leptos::{html, prelude::*};
use wire::Stream;

use crate::{
    console_buffer::{Body, ConsoleBuffer, EntryId, RunHead},
    formats,
    session::Session,
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
        Body::Text(block) if block.times == 1 => view! { <Text id stream=block.stream console filter/> }.into_any(),
        Body::Run(head) => view! { <RunHeadLine id head console/> }.into_any(),
        Body::Echo(line) => view! { <p class="console-echo">{line.to_string()}</p> }.into_any(),
        Body::Input(line) => view! { <p class="console-echo is-input">{line.to_string()}</p> }.into_any(),
        body => result(id, body, console),
    }
}

/// An entry that the later part of the page draws; until that is there, its text.
fn result(id: EntryId, body: Body, console: Signal<ConsoleBuffer>) -> AnyView {
    let later = Session::expect().later;
    (move || match later.views() {
        Some(views) => (views.console_result)(id, body.clone(), console),
        None => view! { <div class="console-text">{body.text()}</div> }.into_any(),
    })
    .into_any()
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
