//! The dialog that tries the program out in a copy of the state, and shows what comes of it before any of it is kept.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{Ending, FileChange, Hold, KeepTrial, Subject};

use super::{
    location_text::LocationText,
    tree::{Tree, ask_all},
};
use crate::{
    dialogs::Dialogs,
    formats,
    ghost::{Ghost, Trial, Wanted},
    rpc::CallError,
    run_facts,
    session::Session,
    state::StateEvent,
    tree::{Origin, TreeModel},
    workspace::Workspace,
};

/// What is tried: a program, with the input.
#[derive(Clone)]
struct Program {
    path: wire::SourcePath,
    source: String,
    input: String,
}

/// How a dry run stands.
#[derive(Clone)]
pub enum Stage {
    /// It is under way.
    Running,
    /// It did not come to an end, for this reason.
    Failed(String),
    /// It is over.
    Ended {
        /// What came of it.
        trial: Arc<Trial>,
        /// Why that cannot be made real; `None`: it can.
        refusal: Option<String>,
    },
}

/// Tries the program out, and shows what comes of it.
#[component]
pub fn DryRunView(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let stage = RwSignal::new(Stage::Running);
    let program = program(session);
    let title = match &program {
        Ok(program) => ["Dry run of ", program.path.as_str()].concat(),
        Err(_) => "Dry run".to_owned(),
    };
    match program.clone() {
        Ok(program) => begin(session, program, stage),
        Err(reason) => stage.set(Stage::Failed(["Not run. ", &reason].concat())),
    }
    on_cleanup(move || {
        if matches!(stage.try_get_untracked(), Some(Stage::Running)) {
            Ghost::of(session).end();
        }
    });
    let keep = Callback::new(move |trial: Arc<Trial>| {
        if let Ok(program) = program.clone() {
            keep(session, program, trial, stage);
        }
    });
    view! { <DryRunStage title stage keep dialogs/> }
}

fn program(session: Session) -> Result<Program, String> {
    let (path, source) = session.text_to_run(Workspace::program)?;
    if let Some(problem) = session.input.problem().get_untracked() {
        return Err(["The input is not JSON: ", &problem, "."].concat());
    }
    Ok(Program { path, source, input: session.input.text.get_untracked() })
}

fn begin(session: Session, program: Program, stage: RwSignal<Stage>) {
    let Program { path, source, input } = program;
    let wanted =
        Wanted { source, chunk: path.into(), mode: wire::RunMode::Program, input: Some(input), time_millis: None };
    let end = move |next: Stage| drop(stage.try_set(next));
    let ghost = Ghost::of(session);
    ghost.clone().try_out(wanted, move |tried| match tried {
        Ok(Some(trial)) => {
            let ended = move |refusal| end(Stage::Ended { trial: Arc::new(trial), refusal });
            if ghost.omission_count() > 0 {
                let count = formats::counted(ghost.omission_count(), "value");
                let text =
                    [&count, " could not be copied, such as open files, and were nil here. So this can only be run."];
                return ended(Some(text.concat()));
            }
            // Ahead of what is tried next.
            ghost.fork(move |state| match state {
                Ok(state) => session.ask(Hold { state }, move |held| ended(held.err().map(|error| error.to_string()))),
                Err(error) => ended(Some(error.to_string())),
            });
        }
        Ok(None) | Err(CallError::Interrupted | CallError::Cancelled) => {
            end(Stage::Failed("Stopped. Nothing was kept.".to_owned()))
        }
        Err(error) => end(Stage::Failed(error.to_string())),
    });
}

/// Makes what a trial did real.
fn keep(session: Session, program: Program, trial: Arc<Trial>, stage: RwSignal<Stage>) {
    let Trial { info, output, files } = Trial::clone(&trial);
    let done = ["Kept what the dry run of ", program.path.as_str(), " did: ", &changes(&trial), "."].concat();
    let Program { source, input, .. } = program;
    session.ask(KeepTrial { info: Box::new(info), source, input, output, files }, move |kept| match kept {
        Ok(()) => {
            session.state.apply(StateEvent::TrialKept(done));
            session.dialogs.close();
        }
        Err(error) => drop(stage.try_set(Stage::Ended { trial, refusal: Some(error.to_string()) })),
    });
}

/// What it would change, in signs.
fn changes(trial: &Trial) -> String {
    let values = trial.info.changes.as_ref().map(run_facts::signs).unwrap_or_default();
    let files = match trial.files.len() as u64 {
        0 => String::new(),
        count => formats::counted(count, "file"),
    };
    let all: Vec<_> = [values, files].into_iter().filter(|part| !part.is_empty()).collect();
    if all.is_empty() { "no change".to_owned() } else { all.join(" · ") }
}

/// How a dry run stands.
#[component]
pub fn DryRunStage(
    /// What is tried.
    title: String,
    /// How it stands.
    #[prop(into)]
    stage: Signal<Stage>,
    /// Makes it real.
    keep: Callback<Arc<Trial>>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let shown = move || match stage.get() {
        Stage::Running => {
            view! { <p class="dialog-text" role="status">"Running in a copy of the state…"</p> }.into_any()
        }
        Stage::Failed(reason) => view! { <p class="dialog-text" role="status">{reason}</p> }.into_any(),
        Stage::Ended { trial, refusal } => view! {
            <TrialView trial/>
            {refusal.map(|reason| view! { <p class="dialog-text is-error" role="alert">{reason}</p> })}
        }
        .into_any(),
    };
    let is_running = move || matches!(*stage.read(), Stage::Running);
    let kept = move || match stage.get() {
        Stage::Ended { trial, refusal: None } => Some(trial),
        _ => None,
    };
    let on_keep = move |_| kept().into_iter().for_each(|trial| keep.run(trial));
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">{title}</h2>
            {shown}
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>
                    {move || if is_running() { "Stop" } else if kept().is_some() { "Discard" } else { "Close" }}
                </button>
                <button type="button" class="button is-primary" disabled=move || kept().is_none() on:click=on_keep>"Keep"</button>
            </div>
        </div>
    }
}

/// What came of a trial.
#[component]
fn TrialView(trial: Arc<Trial>) -> impl IntoView {
    let session = Session::expect();
    let output: String = trial.output.iter().map(|output| output.text.as_str()).collect();
    let dropped: u64 = trial.output.iter().map(|output| output.dropped_lines).sum();
    let has_changes = trial.info.changes.as_ref().is_none_or(|totals| *totals != wire::DiffTotals::default());
    let tree = has_changes.then(|| {
        let origin = Origin::Difference { before: Subject::Home, after: Subject::Trial };
        let model = RwSignal::new(TreeModel::default());
        ask_all(session, &origin, model, model.try_update(TreeModel::refresh).unwrap_or_default());
        view! { <div class="dry-run-changes"><Tree name="What would change in _home" origin model/></div> }
    });
    let spoken = match &trial.info.changes {
        Some(totals) if has_changes => ["_home would change: ", &run_facts::totals_text(totals), "."].concat(),
        Some(_) => "_home would not change.".to_owned(),
        None => "_home would change.".to_owned(),
    };
    view! {
        {(dropped > 0).then(|| view! { <p class="dialog-text">{formats::counted(dropped, "line")} " left out"</p> })}
        {(!output.is_empty()).then(|| view! { <pre class="dry-run-output" tabindex="0" aria-label="Output">{output}</pre> })}
        {ending(&trial.info.ending)}
        <p class="dialog-text" role="status">{spoken} {files(&trial.files)}</p>
        {tree}
    }
}

fn ending(ending: &Ending) -> AnyView {
    match ending {
        Ending::Returned(values) if values.is_empty() => ().into_any(),
        Ending::Returned(values) => view! { <p class="dry-run-result">"← " {values.join(", ")}</p> }.into_any(),
        Ending::Failed { message, .. } => {
            view! { <div class="console-error"><LocationText text=message.clone()/></div> }.into_any()
        }
        Ending::Exited { status } => {
            view! { <p class="dialog-text">"It ended itself with status " {*status} "."</p> }.into_any()
        }
        Ending::Stopped | Ending::Lost { .. } => view! { <p class="dialog-text">"It was stopped."</p> }.into_any(),
    }
}

fn files(changes: &[FileChange]) -> String {
    let paths: Vec<_> = changes.iter().map(|change| change.path.as_str()).collect();
    if paths.is_empty() { String::new() } else { [" Files would change: ", &paths.join(", "), "."].concat() }
}

#[cfg(test)]
mod tests {
    use wire::{DiffTotals, RunInfo, SourcePath};

    use super::*;
    use crate::samples;

    #[test]
    fn what_is_kept_is_said_in_signs() {
        let totals = DiffTotals { added: 1, removed: 0, changed: 2 };
        let info = RunInfo { changes: Some(totals), ..samples::run("1") };
        let files = vec![FileChange { path: SourcePath::main(), content: None }];
        let trial = Trial { info: info.clone(), output: Vec::new(), files };
        assert_eq!(changes(&trial), "+1 ~2 · 1 file");
        let nothing = RunInfo { changes: Some(DiffTotals::default()), ..info };
        assert_eq!(changes(&Trial { info: nothing, files: Vec::new(), ..trial }), "no change");
    }
}
