//! All that is known of a run.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{Ending, Output, RunDetails, RunFile, RunId, RunRest, ScriptError, ShowRun, Stream};

use super::console_result::Failure;
use crate::{formats, session::Session};

/// Asks for all that is known of a run, and shows it.
#[component]
pub fn RunMore(
    /// The run.
    id: RunId,
) -> impl IntoView {
    let session = Session::expect();
    let answer = RwSignal::new(None::<Result<Option<Box<RunDetails>>, String>>);
    Effect::new(move || {
        // Asks again after a stop or a crash, which may have come before the answer.
        session.state.openings().track();
        if answer.with_untracked(|answer| !matches!(answer, Some(Ok(_)))) {
            session.ask(ShowRun { id: id.clone() }, move |it| {
                answer.try_set(Some(it.map_err(|error| error.to_string())));
            });
        }
    });
    move || match answer.get() {
        None => note("Reading…".to_owned()),
        Some(Err(problem)) => note(["It cannot be read: ", &problem].concat()),
        Some(Ok(None)) => note("This run is no longer kept.".to_owned()),
        Some(Ok(Some(details))) => view! { <RunFacts details=*details/> }.into_any(),
    }
}

/// All that is known of a run.
#[component]
pub fn RunFacts(
    /// What is known.
    details: RunDetails,
) -> impl IntoView {
    let RunDetails { info, files, input, output, rest, .. } = details;
    let decoded = rest.decode().and_then(|rest| Ok((rest, output.map(|output| output.decode()).transpose()?)));
    let (RunRest { traceback, readings }, output) = match decoded {
        Ok(decoded) => decoded,
        Err(_) => return note("What is stored of it is damaged.".to_owned()),
    };
    let is_lost = matches!(info.ending, Ending::Lost { .. });
    let input = (!input.trim().is_empty()).then(|| text("Input", input));
    let typed: Vec<_> =
        readings.lines.into_iter().map(|line| line.unwrap_or_else(|| "(the end of the input)".to_owned())).collect();
    let typed = (!typed.is_empty()).then(|| text("Lines typed", typed.join("\n")));
    view! {
        <div class="run-details">
            {result(info.ending, traceback)}
            {written(output, is_lost)}
            {input}
            {typed}
            {read_files(files)}
            {note(["Lua held ", &formats::bytes(info.memory_bytes), " after it."].concat())}
        </div>
    }
    .into_any()
}

/// How it ended.
fn result(ending: Ending, traceback: String) -> AnyView {
    match ending {
        Ending::Returned(values) if values.is_empty() => ().into_any(),
        Ending::Returned(values) => text("Result", values.join("\n")),
        Ending::Failed { message, location } => {
            view! { <Failure error=Arc::new(ScriptError { message, location, traceback })/> }.into_any()
        }
        Ending::Stopped => note("It was stopped.".to_owned()),
        Ending::Lost { reason: None } => {
            note("It did not stop when it was told to, and was ended. _home stayed as it was before.".to_owned())
        }
        Ending::Lost { reason: Some(reason) } => {
            note(["The engine ended in the middle of it, and _home stayed as it was before: ", &reason].concat())
        }
        Ending::Exited { status } => note(["It ended by os.exit, with status ", &status.to_string(), "."].concat()),
    }
}

/// What it wrote.
fn written(output: Option<Vec<Output>>, is_lost: bool) -> AnyView {
    let piece = |output: Output| {
        let dropped = (output.dropped_lines > 0)
            .then(|| [&formats::counted(output.dropped_lines, "line"), " left out here\n"].concat());
        let class = (output.stream == Stream::Err).then_some("is-error");
        view! { <span class="run-dropped">{dropped}</span><span class=class>{output.text}</span> }
    };
    match output {
        None if is_lost => note("What it wrote is not known.".to_owned()),
        None => note("Its output was removed to make room.".to_owned()),
        Some(pieces) if pieces.is_empty() => note("It wrote nothing.".to_owned()),
        Some(pieces) => block("Output", pieces.into_iter().map(piece).collect_view().into_any()),
    }
}

/// The files that it read, as they were then.
fn read_files(files: Vec<RunFile>) -> AnyView {
    if files.is_empty() {
        return ().into_any();
    }
    let session = Session::expect();
    let link = |RunFile { path, content }: RunFile| {
        let name = path.to_string();
        let size = formats::bytes(content.len() as u64);
        let Ok(text) = String::from_utf8(content) else {
            return view! { <li>{name} " is not text: " {size}</li> }.into_any();
        };
        let show = move |_| {
            let title = [path.as_str(), ", as the run read it"].concat();
            session.show_text_of_run(title, Some(path.clone()), text.clone());
        };
        view! { <li><button type="button" class="link" on:click=show>{name}</button> " " {size}</li> }.into_any()
    };
    view! {
        <h3 class="run-heading">"Files that it read"</h3>
        <ul class="run-files">{files.into_iter().map(link).collect_view()}</ul>
    }
    .into_any()
}

fn text(name: &'static str, text: String) -> AnyView {
    block(name, text.into_any())
}

fn block(name: &'static str, content: AnyView) -> AnyView {
    view! {
        <h3 class="run-heading">{name}</h3>
        <pre class="run-text" tabindex="0" role="group" aria-label=name>{content}</pre>
    }
    .into_any()
}

fn note(text: String) -> AnyView {
    view! { <p class="run-note">{text}</p> }.into_any()
}
