//! Whole panes: with something in them, and empty.

use leptos::prelude::*;
use serde_json::json;
use wire::{Ending, EventBody, HistoryEvent, Outcome, RunDetails, RunList, ScriptError, SourcePath};

use super::{
    Specimen,
    samples::{
        after_a_run, branched, history, imported, incomplete, line, lines, opened, received, row, run, run_details,
        runs, snapshots, tree, value,
    },
};
use crate::{
    components::{
        console::Console, difference_view::DifferenceView, editor::EditorPane, files::FilesPane, home_view::HomeView,
        in_out::InOut, plain_aids::PlainAids, problems::ProblemsPane, run_details::RunFacts, runs::Runs,
        snapshot_view::SnapshotView, snapshots::Snapshots, strip::Strip,
    },
    file_list::LastChange,
    problems::Problems,
    session::Session,
    state::StateEvent,
    tree::TreeModel,
    viewer::{Choosing, Revision},
};

/// The panes.
#[component]
pub fn Panes() -> impl IntoView {
    let awaits = || [after_a_run(Outcome::Stopped), vec![received(EventBody::InputAwaited)]].concat();
    Session::expect().input.text.set("{ \"users\": [1, 2 }".to_owned());
    let error = ScriptError {
        message: "main.lua:3: attempt to index a nil value (global 'squares')".to_owned(),
        location: Some(line(3)),
        traceback: String::new(),
    };
    fill_workspace(Session::expect());
    find_problems(Session::expect());
    view! {
        <Specimen of="editor, file_tabs" state="before Monaco is there" class="is-pane"><EditorPane/></Specimen>
        <Specimen of="plain_aids" state="the third line has an error" after=after_a_run(Outcome::Failed(error)) class="is-pane"><PlainEditor/></Specimen>
        <Specimen of="console, prompt" state="the program waits for a line" after=awaits() class="is-pane"><Console/></Specimen>
        <Specimen of="files, file_tree, file_row, file_search" state="in folders; a name that is taken; one deleted" class="is-pane"><FilesPane/></Specimen>
        <Views/>
        <Specimen of="snapshots, snapshot_row" state="each kind of snapshot" after=saved() class="is-pane is-tall"><Snapshots/></Specimen>
        <Specimen of="strip" state="a moment of each kind, the newest is now" after=saved()><section class="strip" aria-label="History"><Strip/></section></Specimen>
        <Specimen of="strip" state="two branches, of which one has a name" after=branched("5")><section class="strip" aria-label="History"><Strip/></section></Specimen>
        <Specimen of="choosing_note" state="one is chosen" after=saved()><Chosen/></Specimen>
        <Specimen of="strip" state="before the first run"><section class="strip" aria-label="History"><Strip/></section></Specimen>
        <Journal/>
        <Specimen of="problems" state="an error, a warning and a hint" class="is-pane"><ProblemsPane/></Specimen>
        <Specimen of="in_out, input, output" state="no JSON in, nothing out" class="is-pane is-tall"><InOut/></Specimen>
    }
}

/// The text area as it is on a touch screen.
#[component]
fn PlainEditor() -> impl IntoView {
    let text = "-- The squares of some numbers.\nfor n = 1, 5 do\n  print(n ^ 2 .. \"\", squares[n])\nend\n";
    let area = NodeRef::new();
    view! {
        <div class="editor-body">
            <textarea node_ref=area class="editor-plain" aria-label="Plain program" prop:value=text></textarea>
            <PlainAids area/>
        </div>
    }
}

/// A problem of each kind in the main file.
fn find_problems(session: Session) {
    session.documents.when_open(move || {
        let main = session.documents.with(|workspace| workspace.find(&SourcePath::main())).flatten();
        let problem = |line: u32, severity: u8, message: &str, code: &str| {
            json!({ "startLineNumber": line, "startColumn": 1, "severity": severity, "message": message, "code": code })
        };
        let problems = [
            problem(3, 8, "unexpected symbol near '='", "syntax-error"),
            problem(5, 4, "undefined global 'totl'", "undefined-global"),
            problem(8, 1, "'sum' is never used, please rename it to '_sum' or remove it, whichever makes what is meant clearer", "unused"),
        ];
        let list = json!([[main.map(|id| id.0), problems]]).to_string();
        session.program.problems.set(Problems { list, errors: 1, warnings: 1 });
    });
}

/// Some files, of which one is main and one was deleted.
fn fill_workspace(session: Session) {
    session.documents.when_open(move || {
        let removed = session.documents.change(|workspace| {
            for path in ["lib/json.lua", "lib/text/wrap.lua", "data/users.csv", "notes.md"] {
                if let Ok(id) = SourcePath::parse(path).map(|path| workspace.create(&path, String::new())) {
                    id.into_iter().for_each(|id| workspace.show(id));
                }
            }
            let main = SourcePath::main();
            workspace.find(&main).into_iter().for_each(|id| workspace.show(id));
            let notes = SourcePath::parse("notes.md").ok().and_then(|path| workspace.find(&path))?;
            workspace.remove(&[notes]).ok()
        });
        session.documents.mark_main(Some(SourcePath::main()));
        session.file_list.change(|doing| {
            doing.last = removed.flatten().map(LastChange::Removed);
            doing.problem = Some("there is a file “lib/json.lua” already".to_owned());
        });
    });
}

/// What is said when one of two states is chosen.
#[component]
fn Chosen() -> impl IntoView {
    let session = Session::expect();
    session.viewer.choosing.set(Choosing::Second(Revision::Stored(imported("4"))));
    view! { <section class="strip" aria-label="History"><Strip/></section> }
}

#[component]
fn Views() -> impl IntoView {
    let home = RwSignal::new(tree(lines(vec![row("count", value(wire::Kind::Number, "3", 0))])));
    let empty = RwSignal::new(tree(Vec::new()));
    let unknown = RwSignal::new(TreeModel::default());
    view! {
        <Specimen of="home_view" state="with a value" after=vec![changed()] class="is-pane"><HomeView model=home/></Specimen>
        <Specimen of="home_view" state="empty" class="is-pane"><HomeView model=empty/></Specimen>
        <Specimen of="home_view" state="not read yet" class="is-pane"><HomeView model=unknown/></Specimen>
        <Specimen of="snapshot_view" state="lacks values; no worker" class="is-pane"><SnapshotView snapshot=incomplete("3")/></Specimen>
        <Specimen of="snapshot_view" state="imported; no worker" class="is-pane"><SnapshotView snapshot=imported("4")/></Specimen>
        <Specimen of="difference_view" state="no worker" class="is-pane">
            <DifferenceView before=Revision::Stored(imported("4")) after=Revision::Now/>
        </Specimen>
    }
}

#[component]
fn Journal() -> impl IntoView {
    let listed = |list| vec![opened(snapshots()), StateEvent::RunsListed(list)];
    let known = RunList { runs: runs(), has_more: true };
    let short = RunDetails { output: None, ..run_details() };
    let stopped =
        RunDetails { info: run("3", Ending::Stopped), files: Vec::new(), input: String::new(), ..short.clone() };
    view! {
        <Specimen of="runs, run_row" state="a run of each ending, and a line of the prompt" after=listed(known) class="is-pane is-tall"><Runs/></Specimen>
        <Specimen of="runs" state="empty" after=listed(RunList::default()) class="is-pane"><Runs/></Specimen>
        <Specimen of="run_details" state="it failed, and read files"><RunFacts details=run_details()/></Specimen>
        <Specimen of="run_details" state="stopped; its output is gone"><RunFacts details=stopped.clone()/></Specimen>
    }
}

fn changed() -> StateEvent {
    received(EventBody::History(HistoryEvent::HistoryChanged(history())))
}

fn saved() -> Vec<StateEvent> {
    let problem = StateEvent::SnapshotRefused("There is no room left in the browser's storage.".to_owned());
    vec![opened(snapshots()), changed(), problem]
}
