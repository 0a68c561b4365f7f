//! Each kind of entry of the console.

use leptos::{html, prelude::*};
use wire::{EventBody, Kind, Outcome, Output, PrintedLine, PrintedPart, RunMode, ScriptError, Stream};

use super::{
    Specimen,
    samples::{self, after_a_run, finished, function, opened, received, sent, value},
};
use crate::{
    components::{
        console_entry::ConsoleEntry,
        console_tools::ConsoleTools,
        prompt_list::OfferList,
        prompt_preview::PreviewLine,
        value_views::{line_view, table_view},
    },
    prompt_offers::{Offer, PromptOffers},
    session::Session,
    state::StateEvent,
    trial_facts::Preview,
    value_shape,
};

/// The entries that come of each kind of run.
#[component]
pub fn ConsoleEntries() -> impl IntoView {
    runs()
        .into_iter()
        .map(|(state, after)| {
            let of = if state.starts_with("printed") { "console_entry" } else { "console_result" };
            view! { <Specimen of state after class="is-console"><Entries/></Specimen> }
        })
        .collect_view()
}

/// What the prompt offers, and what its line would give.
#[component]
pub fn Offers() -> impl IntoView {
    view! {
        <Specimen of="prompt_list" state="the second is chosen" class="is-offers"><OfferedNames/></Specimen>
        <Specimen of="prompt_preview" state="a long value, and changes" class="is-console">
            <div class="console-prompt">
                <label>">"</label>
                <span class="console-input">"_home.users[2].born = 1913"</span>
                <PreviewLine preview=Some(Preview {
                    returned: "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, \"a text that is longer than a small screen is wide\"".to_owned(),
                    printed: "hello".to_owned(),
                    changes: "+1 ~2".to_owned(),
                    spoken_changes: "1 added, 2 changed".to_owned(),
                })/>
            </div>
        </Specimen>
    }
}

/// What a search found, and values as a table and as a line.
#[component]
pub fn ConsoleViews() -> impl IntoView {
    let table =
        value_shape::table(r#"[{"name": "Ada", "born": 1815}, {"name": "Alan", "born": 1912, "tags": [1, 2]}]"#);
    let line = value_shape::line("[3, 1, 4, 1, 5, 9, 2, 6, 5, 3.5]");
    view! {
        <Specimen of="console_tools" state="nothing found"><Hits/></Specimen>
        <Specimen of="value_views" state="a table" class="is-console">{table.as_ref().map(table_view)}</Specimen>
        <Specimen of="value_views" state="a plot" class="is-console">{line.as_ref().map(|line| line_view(line, ""))}</Specimen>
        <Specimen of="printed_line" state="a table and a function" after=program(lines(), Outcome::Returned(Vec::new())) class="is-console">
            <Entries/>
        </Specimen>
    }
}

fn lines() -> Vec<StateEvent> {
    let line = |number, text: &str, parts| {
        received(EventBody::PrintedLine(PrintedLine { number, text: text.to_owned(), parts }))
    };
    let text = |text: &str| PrintedPart::Text(text.to_owned());
    let users = PrintedPart::Value(value(Kind::Table, "2 × {born, name}", 2));
    vec![
        line(0, "users\ttable: 0x55", vec![text("users"), users, text("of 2")]),
        line(1, "function: 0x56", vec![PrintedPart::Value(function("function next()"))]),
        print(Stream::Out, 0, &"tick\n".repeat(12)),
    ]
}

#[component]
fn Hits() -> impl IntoView {
    Session::expect().console.text.set("Ada".to_owned());
    let log = NodeRef::<html::Div>::new();
    view! { <div node_ref=log class="pane-head"><ConsoleTools log/></div> }
}

#[component]
fn OfferedNames() -> impl IntoView {
    let offers = PromptOffers::new(Session::expect().program);
    let offer = |(name, detail): (&str, &str)| Offer { name: name.to_owned(), detail: detail.to_owned(), start: 0 };
    let names = [
        ("users", "cu.home.users"),
        ("usual", "integer"),
        (
            "a_name_that_is_longer_than_a_small_screen_is_wide",
            "fun(name: string, age: integer): table<string, integer>",
        ),
    ];
    offers.list.set(names.map(offer).to_vec());
    offers.choose(1);
    view! { <div class="console-prompt"><OfferList offers take=Callback::new(|()| {})/></div> }
}

#[component]
fn Entries() -> impl IntoView {
    let console = Session::expect().state.console();
    let ids: Vec<_> = console.with_untracked(|console| console.entries().map(|entry| entry.id).collect());
    ids.into_iter().map(|id| view! { <ConsoleEntry id console filter=Signal::stored(String::new())/> }).collect_view()
}

/// What runs leave in the console, and what happened.
fn runs() -> Vec<(&'static str, Vec<StateEvent>)> {
    let text = "attempt to index a nil value (field 'user')";
    let error = ScriptError {
        message: format!("main.lua:7: {text}"),
        location: Some(samples::line(7)),
        traceback: "stack traceback:\n\tmain.lua:7: in local 'greet'\n\tmain.lua:12: in main chunk".to_owned(),
    };
    let plain = vec![value(Kind::Number, "42", 0), value(Kind::String, "\"Ada\"", 0), value(Kind::Nil, "nil", 0)];
    let opened_up = vec![value(Kind::Table, "{name = \"Ada\", …}", 2), function("function next()")];
    vec![
        ("printed, and written to stderr", program(printed(), Outcome::Returned(Vec::new()))),
        ("lines left out", program(vec![print(Stream::Out, 1200, "the last line\n")], Outcome::Returned(Vec::new()))),
        ("values that cannot be opened", line(Outcome::Returned(plain))),
        ("values that can be opened", line(Outcome::Returned(opened_up))),
        ("an error with its location", after_a_run(Outcome::Failed(error))),
        ("stopped", after_a_run(Outcome::Stopped)),
        ("ended by os.exit", after_a_run(Outcome::Exited { status: 3 })),
        ("a line for the program", vec![StateEvent::InputAnswered(Some("Ada".to_owned()))]),
        ("refused", vec![StateEvent::Refused("The source cannot be shown: the engine is not available.".to_owned())]),
    ]
}

fn print(stream: Stream, dropped_lines: u64, text: &str) -> StateEvent {
    received(EventBody::Printed(Output { stream, dropped_lines, text: text.to_owned() }))
}

fn printed() -> Vec<StateEvent> {
    let long = "a line that is longer than the console is wide, ".repeat(6);
    vec![
        print(Stream::Out, 0, "Hello\n\tindented, with ünïcödé ✓\n"),
        print(Stream::Out, 0, &format!("{long}\n")),
        print(Stream::Err, 0, "a complaint\n"),
    ]
}

/// A program ran and did this.
fn program(did: Vec<StateEvent>, outcome: Outcome) -> Vec<StateEvent> {
    let begun = vec![opened(Vec::new()), sent(RunMode::Program), received(EventBody::RunStarted)];
    [begun, did, vec![finished(outcome)]].concat()
}

/// A line of the prompt ran.
fn line(outcome: Outcome) -> Vec<StateEvent> {
    vec![opened(Vec::new()), sent(RunMode::Console), received(EventBody::RunStarted), finished(outcome)]
}
