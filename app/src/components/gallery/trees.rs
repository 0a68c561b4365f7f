//! Rows of every kind of value, and of every kind of difference.

use leptos::prelude::*;
use wire::{Change, DiffRow, Kind, Reference, Row, SnapshotId, Step, Subject, Summary};

use super::{
    Specimen,
    samples::{function, key, lines, open, row, tree, value, with},
};
use crate::{
    components::{
        crumbs::Crumbs,
        inspected_tree::InspectedTree,
        pins::{PinLine, Shown},
        tree::Tree,
    },
    tree::{ListedRow, Origin, TreeModel},
};

/// Rows of values.
#[component]
pub fn Values() -> impl IntoView {
    let home = || Origin::Values(Subject::Home);
    let snapshot = || Origin::Values(Subject::Snapshot(SnapshotId("1".to_owned())));
    view! {
           <Specimen of="tree, tree_row, row_menu, value" state="each type of value"><Specimens origin=home() model=types()/></Specimen>
           <Specimen of="tree_row" state="open; loading, gone and failed children; groups"><Specimens origin=home() model=children()/></Specimen>
           <Specimen of="tree_row" state="changed in the last run"><Specimens origin=home() model=changed()/></Specimen>
    <Specimen of="pins" state="a value, changed, gone"><Pinned/></Specimen>
           <Specimen of="inspected_tree, crumbs" state="a tree, and the path of a chosen row"><Inspected/></Specimen>
           <Specimen of="tree_row" state="of a snapshot, which can be restored"><Specimens origin=snapshot() model=types()/></Specimen>
       }
}

/// Rows of differences.
#[component]
pub fn Differences() -> impl IntoView {
    let before = Subject::Snapshot(SnapshotId("1".to_owned()));
    let origin = Origin::Difference { before, after: Subject::Home };
    view! {
        <Specimen of="difference_row" state="added, removed, changed, changed inside">
            <Specimens origin=origin.clone() model=differences()/>
        </Specimen>
    }
}

#[component]
fn Specimens(origin: Origin, model: TreeModel) -> impl IntoView {
    view! { <Tree name="Rows" origin model=RwSignal::new(model)/> }
}

/// A tree, and the path of a row in it.
#[component]
fn Inspected() -> impl IntoView {
    let origin = Origin::Values(Subject::Home);
    let deep = children();
    let path = deep.visible_rows("").into_iter().find(|row| row.label() == "[1]").map(|row| row.path);
    view! {
        <InspectedTree name="Rows" origin=origin.clone() model=RwSignal::new(changed())/>
        <Crumbs origin=StoredValue::new(origin) model=RwSignal::new(deep) current=RwSignal::new(path)/>
    }
}

/// Pinned values.
#[component]
fn Pinned() -> impl IntoView {
    let of = |row: Row| Shown::Value(Box::new(Row { label: String::new(), ..row }));
    let number = |change| Row { change, ..row("", value(Kind::Number, "1913", 0)) };
    let before = Some("1912".to_owned());
    let list = value(Kind::Table, "200 × {id, name, price, tags, …}", 200);
    let pins = [
        ("_home.count", Some(of(number(None)))),
        ("_home.users[2].born", Some(of(Row { before, ..number(Some(Change::Changed)) }))),
        ("_home.shop.items", Some(of(Row { change: Some(Change::Inside), ..row("", list) }))),
        (
            "_home.a_path.that_is_much.longer_than.there_is.room_for[12].in_a_line",
            Some(Shown::Note("no longer exists".to_owned())),
        ),
        ("_home.asked", None),
    ];
    let line = |(path, shown): (&str, Option<Shown>)| {
        view! { <PinLine path=path.to_owned() shown=RwSignal::new(shown) show=|()| () unpin=|()| ()/> }
    };
    view! { <ul class="pins-list" aria-label="Pinned values">{pins.into_iter().map(line).collect_view()}</ul> }
}

fn shared(reference: Reference, value: Summary) -> Summary {
    Summary { reference, ..value }
}

fn types() -> TreeModel {
    let long = format!("\"{}\"", "a long string, of which the row shows the beginning ".repeat(5));
    let meta = Row {
        step: Step::Metatable,
        label: "metatable".to_owned(),
        ..row("", value(Kind::Table, "{__index = {…}}", 1))
    };
    let upvalue =
        Row { step: Step::Upvalue(0), label: "upvalue count".to_owned(), ..row("", value(Kind::Number, "3", 0)) };
    tree(lines(vec![
        row("nothing", value(Kind::Nil, "nil", 0)),
        row("truth", value(Kind::Boolean, "true", 0)),
        row("count", value(Kind::Number, "3", 0)),
        row("ratio", value(Kind::Number, "1.6180339887499", 0)),
        row("name", value(Kind::String, "\"Ada\"", 0)),
        row("text", value(Kind::String, &long, 0)),
        row("a_key_that_is_much_longer_than_there_is_room_for_in_a_row_of_the_tree", value(Kind::Number, "1", 0)),
        row("users", value(Kind::Table, "{{name = \"Ada\", …}, …}", 1204)),
        row("again", shared(Reference::Shared, value(Kind::Table, "{…}", 2))),
        row("self", shared(Reference::Cycle, value(Kind::Table, "{…}", 30))),
        row("next", function("function next()")),
        row("print", value(Kind::Builtin, "builtin print", 0)),
        row("job", value(Kind::Opaque, "coroutine", 0)),
        meta,
        upvalue,
    ]))
}

fn children() -> TreeModel {
    let table = |name: &str, count| row(name, value(Kind::Table, "{…}", count));
    let mut model = tree(lines(vec![
        table("open", 2),
        table("closed", 2),
        table("large", 12_345),
        table("loading", 1),
        table("gone", 1),
        table("failed", 1),
    ]));
    let inner = lines(vec![row("deep", value(Kind::Table, "{1}", 1)), row("name", value(Kind::String, "\"Ada\"", 0))]);
    open(&mut model, "open", with(inner));
    open(&mut model, "deep", with(lines(vec![row("[1]", value(Kind::Number, "1", 0))])));
    open(&mut model, "loading", |_, _| {});
    open(&mut model, "gone", |model, query| drop(model.receive(query, None)));
    open(&mut model, "failed", |model, query| model.fail(query, "The engine is not available.".to_owned()));
    open(&mut model, "large", |_, _| {});
    model
}

fn changed() -> TreeModel {
    let number = || value(Kind::Number, "2", 0);
    let changed = |row: Row, change| Row { change: Some(change), ..row };
    tree(lines(vec![
        Row { before: Some("1".to_owned()), ..changed(row("count", number()), Change::Changed) },
        changed(row("new", number()), Change::Added),
        changed(row("list", value(Kind::Table, "{1, 2}", 2)), Change::Inside),
        row("same", number()),
    ]))
}

fn differences() -> TreeModel {
    let number = |text: &str| Some(value(Kind::Number, text, 0));
    let line = |name: &str, change, before, after, child_count| {
        let (step, label) = (key(name), name.to_owned());
        ListedRow::Difference(DiffRow {
            step,
            label,
            change,
            before,
            after,
            child_count,
            is_source_changed: name == "next",
        })
    };
    let (table, next) = (Some(value(Kind::Table, "{…}", 3)), Some(function("function next()")));
    let long = Some(value(Kind::String, &format!("\"{}\"", "a long text ".repeat(12)), 0));
    let mut model = tree(vec![
        line("added", Change::Added, None, number("3"), 0),
        line("removed", Change::Removed, number("3"), None, 0),
        line("changed", Change::Changed, number("3"), number("4"), 0),
        line("text", Change::Changed, long.clone(), long, 0),
        line("next", Change::Changed, next.clone(), next, 0),
        line("users", Change::Inside, table.clone(), table, 1),
    ]);
    open(&mut model, "users", with(vec![line("[2]", Change::Added, None, number("7"), 0)]));
    model
}
