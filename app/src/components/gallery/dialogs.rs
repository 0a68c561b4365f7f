//! What dialogs ask and show. On the page one is open at a time, before everything else; here they stand side by side.

use leptos::prelude::*;
use wire::{
    DiffLine, DiffTotals, Ending, FileChange, FunctionEdit, MissingGlobal, Output, RunInfo, Side, Source, SourceDiff,
    SourcePath, Stream,
};

use super::{
    Specimen,
    samples::{branched, incomplete, line, opened, run, snapshots},
};
use crate::{
    commands::EditCommand,
    components::{
        dialog_host,
        dry_run::{DryRunStage, Stage},
        function_form::{Checked, FunctionFields},
    },
    dialogs::{self, ClashPrompt, Confirmation, Dialog, EditPrompt, NamePrompt, OmissionsReport, RunText, TextNow},
    ghost::Trial,
    palette::COMMANDS_PREFIX,
};
use std::sync::Arc;

/// The dialogs.
#[component]
pub fn Dialogs() -> impl IntoView {
    all()
        .into_iter()
        .map(|(of, state, dialog)| {
            let after = match dialog {
                Dialog::Branches => branched("5"),
                Dialog::Redo => branched("2"),
                _ => vec![opened(snapshots())],
            };
            view! {
                <Specimen of state after>
                    <dialog open class="dialog" aria-label=state>
                        {dialog_host::content(dialog.clone(), dialogs::Dialogs::new())}
                    </dialog>
                </Specimen>
            }
        })
        .collect_view()
}

/// How a dry run stands.
#[component]
pub fn DryRuns() -> impl IntoView {
    let failed = Ending::Failed { message: "main.lua:3: attempt to index a nil value".to_owned(), location: None };
    let totals = DiffTotals { added: 1, removed: 0, changed: 2 };
    let trial = |ending, totals, files: &[SourcePath]| Stage::Ended {
        trial: Arc::new(Trial {
            info: RunInfo { changes: Some(totals), ..run("1", ending) },
            output: vec![Output { stream: Stream::Out, dropped_lines: 12, text: "2 users\nof 3\n".to_owned() }],
            files: files.iter().map(|path| FileChange { path: path.clone(), content: None }).collect(),
        }),
        refusal: (files.is_empty()).then(|| "1 value could not be copied.".to_owned()),
    };
    let stages = [
        ("under way", Stage::Running),
        ("stopped", Stage::Failed("Stopped. Nothing was kept.".to_owned())),
        ("over", trial(Ending::Returned(vec!["42".to_owned()]), totals, &[SourcePath::main()])),
        ("failed, and cannot be kept", trial(failed, DiffTotals::default(), &[])),
    ];
    let shown = |(state, stage): (&'static str, Stage)| {
        let (title, dialogs) = ("Dry run of main.lua".to_owned(), dialogs::Dialogs::new());
        view! {
            <Specimen of="dry_run" state>
                <dialog open class="dialog" aria-label=state>
                    <DryRunStage title=title.clone() stage=stage.clone() keep=Callback::new(|_| {}) dialogs/>
                </dialog>
            </Specimen>
        }
    };
    stages.into_iter().map(shown).collect_view()
}

/// The form for the text of a function, with what is known of the text.
#[component]
pub fn FunctionForms() -> impl IntoView {
    let edit = FunctionEdit {
        kept: vec!["count".to_owned()],
        new: vec!["step".to_owned()],
        functions: 2,
        ..FunctionEdit::default()
    };
    let refused = "main.lua:3: unexpected symbol near 'return'".to_owned();
    let states =
        [("as it was", Checked::Unchanged), ("changed", Checked::Meaning(edit)), ("wrong", Checked::Refused(refused))];
    let shown = |(state, checked): (&'static str, Checked)| {
        let (text, has_file, title) =
            (RwSignal::new(NEXT.to_owned()), RwSignal::new(true), "function next()".to_owned());
        let (file, accept, dialogs) = (Some(SourcePath::main()), Callback::new(|()| {}), dialogs::Dialogs::new());
        view! {
            <Specimen of="function_form" state>
                <dialog open class="dialog" aria-label=state>
                    <FunctionFields title=title.clone() text checked=checked.clone() file=file.clone() has_file accept dialogs/>
                </dialog>
            </Specimen>
        }
    };
    states.into_iter().map(shown).collect_view()
}

/// Each dialog, with the component that shows it and its state.
fn all() -> Vec<(&'static str, &'static str, Dialog)> {
    let (title, report) =
        ("function next()".to_owned(), OmissionsReport::of_snapshot(Some(&incomplete("3")), missing()));
    let (lines, difference, source) = (difference().lines, Some(difference()), Some(source(NEXT)));
    vec![
        ("dialog_host", "a question", confirm("Restore", false)),
        ("dialog_host", "a question before something that is final", confirm("Delete", true)),
        (
            "source_view",
            "from an earlier text of the file",
            Dialog::Source { title: title.clone(), source, editable: None },
        ),
        (
            "source_view",
            "a function that is gone",
            Dialog::Source { title: title.clone(), source: None, editable: None },
        ),
        ("dialog_host", "what is not saved", Dialog::Omissions(report)),
        ("source_difference", "lines of both", Dialog::SourceDifference { title: title.clone(), difference }),
        ("source_difference", "a function that is gone", Dialog::SourceDifference { title, difference: None }),
        ("run_text", "of a file that is another now", run_text(Some(SourcePath::main()), TextNow::Other(lines))),
        ("run_text", "of the prompt", run_text(None, TextNow::Typed)),
        ("name_form", "with a name", name("Two users")),
        ("name_form", "without a name", name("")),
        ("edit_form", "a value", edit(EditCommand::Set, "\"Ada\"")),
        ("edit_form", "an entry", edit(EditCommand::Add, "")),
        ("edit_form", "a key", edit(EditCommand::Rename, "name")),
        ("clash_form", "one file", clashes(&["main.lua"])),
        ("clash_form", "two files", clashes(&["main.lua", "lib/json.lua"])),
        ("compare_form", "with six snapshots", Dialog::Compare { before: None }),
        ("branches_view", "two, of which one has a name", Dialog::Branches),
        ("redo_form", "two runs followed", Dialog::Redo),
        ("settings_form, settings_search, settings_field", "as it opens", Dialog::Settings(None)),
        ("palette", "all commands", Dialog::Palette(COMMANDS_PREFIX)),
        ("keys_view", "as it opens", Dialog::Keys),
        ("workspaces_view", "with one", Dialog::Workspaces),
        ("share_form", "as it opens", Dialog::Share),
        ("examples_view", "as it opens", Dialog::Examples),
        ("brought_view", "without _home", Dialog::Brought),
    ]
}

const NEXT: &str = "function _home.next()\n  count = count + 1\n  return count\nend";

fn confirm(action: &'static str, is_final: bool) -> Dialog {
    let title = format!("{action} “Two users”?");
    let text = if is_final {
        "This cannot be undone."
    } else {
        "It replaces the current _home, which stays under “Recent runs”: Undo run brings it back."
    };
    Dialog::Confirm(Confirmation { title, text: text.to_owned(), action, is_final, on_confirm: Arc::new(|| {}) })
}

fn run_text(path: Option<SourcePath>, now: TextNow) -> Dialog {
    Dialog::RunText(RunText { title: "main.lua, 14:02".to_owned(), path, text: NEXT.to_owned(), now })
}

fn edit(command: EditCommand, text: &str) -> Dialog {
    Dialog::Edit(EditPrompt { command, steps: Vec::new(), path: "_home.user.name".to_owned(), text: text.to_owned() })
}

fn name(name: &str) -> Dialog {
    let title = "Rename the snapshot".to_owned();
    Dialog::Name(NamePrompt { title, name: name.to_owned(), action: "Rename", on_name: Arc::new(|_| {}) })
}

fn clashes(paths: &[&str]) -> Dialog {
    let paths = paths.iter().filter_map(|path| SourcePath::parse(path).ok()).collect();
    Dialog::Clashes(ClashPrompt { paths, on_choose: Arc::new(|_| {}) })
}

fn missing() -> Vec<MissingGlobal> {
    vec![MissingGlobal { path: "_home.report".to_owned(), name: "fmt_date".to_owned() }]
}

fn source(text: &str) -> Source {
    Source { location: line(4), text: text.to_owned(), file: Some(["\n\n\n", text].concat().into_bytes()) }
}

fn difference() -> SourceDiff {
    let text = |side, text: &str| DiffLine { side, text: text.to_owned() };
    let lines = vec![
        text(Side::Both, "function _home.next()"),
        text(Side::Before, "  count = count + 1"),
        text(Side::After, "  count = count + step"),
        text(Side::Both, "  return count"),
        text(Side::Both, "end"),
    ];
    SourceDiff { before: source(NEXT), after: source(NEXT), lines }
}
