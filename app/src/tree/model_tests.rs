//! Opens, fills and refreshes a tree without a worker.

use wire::{Change, DiffListing, DiffRow, DiffTotals, Key, Kind, Listing, Reference, Summary};

use super::*;

fn summary(text: &str, child_count: u32) -> Summary {
    let kind = if child_count > 0 { Kind::Table } else { Kind::Number };
    Summary { kind, text: text.to_owned(), child_count, reference: Reference::Single, location: None }
}

fn row(name: &str, text: &str, child_count: u32) -> Row {
    Row::new(key(name), name.to_owned(), summary(text, child_count))
}

fn key(name: &str) -> Step {
    Step::Key(Key::String(name.as_bytes().to_vec()))
}

fn listing(rows: Vec<Row>) -> Option<ListedRows> {
    Some(Listing { of: summary("{…}", rows.len() as u32), offset: 0, rows }.into())
}

fn root() -> Query {
    Query {
        node: vec![],
        side: DiffSide::Both,
        steps: vec![],
        range: Range { start: 0, end: PAGE },
        purpose: Purpose::Rows,
    }
}

fn shown(model: &TreeModel, filter: &str) -> Vec<String> {
    let line = |row: &VisibleRow| {
        let indent = "  ".repeat(row.level - 1);
        match &row.body {
            RowBody::Listed(ListedRow::Value(value)) => format!("{indent}{} {}", value.label, value.value.text),
            RowBody::Listed(ListedRow::Difference(row)) => format!("{indent}{:?} {}", row.change, row.label),
            RowBody::Group(range, _) => format!("{indent}{}..{}", range.start, range.end),
            RowBody::Loading => format!("{indent}loading"),
            RowBody::Gone => format!("{indent}gone"),
            RowBody::Failed(reason) => format!("{indent}failed: {reason}"),
        }
    };
    model.visible_rows(filter).iter().map(line).collect()
}

fn with_user() -> TreeModel {
    let mut model = TreeModel::default();
    model.refresh();
    model.receive(root(), listing(vec![row("count", "1", 0), row("user", "{…}", 1)]));
    let rows = model.visible_rows("");
    let queries = model.open(&rows[1]);
    assert_eq!(queries[0].steps, [key("user")]);
    model.receive(queries[0].clone(), listing(vec![row("name", "\"Ada\"", 0)]));
    model
}

#[test]
fn opening_queries_and_shows_the_answer() {
    let mut model = with_user();
    assert_eq!(shown(&model, ""), ["count 1", "user {…}", "  name \"Ada\""]);
    let path = model.visible_rows("")[1].path.clone();
    model.close(&path);
    assert_eq!(shown(&model, ""), ["count 1", "user {…}"]);
}

#[test]
fn revealing_a_value_opens_what_is_around_it_groups_included() {
    let mut model = with_user();
    let place = |step, index, sibling_count| Place { step, index, sibling_count };
    let number = Step::Key(Key::Integer(250));
    let queries = model.reveal(&[place(key("list"), 0, 3), place(number.clone(), 249, 300)]);
    let rows = vec![row("count", "1", 0), row("list", "{…}", 300), row("user", "{…}", 1)];
    let queries = queries.into_iter().flat_map(|query| model.receive(query, listing(rows.clone()))).collect::<Vec<_>>();
    assert_eq!(queries[0].range, Range { start: 200, end: 300 });
    assert!(!model.visible_rows("").iter().any(|row| Some(&row.path) == model.wanted()));
    let found = Row { step: number, ..row("[250]", "7", 0) };
    model.receive(queries[0].clone(), listing(vec![found]));
    assert_eq!(shown(&model, "")[1..5], ["list {…}", "  0..100", "  100..200", "  200..300"]);
    let rows = model.visible_rows("");
    assert_eq!(rows.iter().position(|row| Some(&row.path) == model.wanted()), Some(5));
    model.forget_wanted();
    assert_eq!(model.wanted(), None);
}

#[test]
fn a_refresh_keeps_open_nodes() {
    let mut model = with_user();
    model.refresh();
    let queries = model.receive(root(), listing(vec![row("count", "2", 0), row("user", "{…}", 1)]));
    assert_eq!(queries.len(), 1);
    assert_eq!(shown(&model, ""), ["count 2", "user {…}", "  name \"Ada\""]);
}

#[test]
fn keys_that_come_and_go_leave_nothing_behind() {
    let mut model = TreeModel::default();
    let mut counts = Vec::new();
    for round in 0..20 {
        model.refresh();
        let name = format!("user {round}");
        model.receive(root(), listing(vec![row("count", &round.to_string(), 0), row(&name, "{…}", 1)]));
        let rows = model.visible_rows("");
        let queries = model.open(&rows[1]);
        model.receive(queries[0].clone(), listing(vec![row("name", "1", 0)]));
        counts.push(model.contents.len());
    }
    assert_eq!(counts[19], counts[2]);
}

#[test]
fn what_was_open_is_open_again_when_its_value_comes_back() {
    let mut model = with_user();
    model.refresh();
    model.receive(root(), listing(vec![row("count", "1", 0)]));
    model.refresh();
    let queries = model.receive(root(), listing(vec![row("count", "1", 0), row("user", "{…}", 1)]));
    assert_eq!(queries.len(), 1);
    assert_eq!(shown(&model, ""), ["count 1", "user {…}", "  loading"]);
}

#[test]
fn a_filter_keeps_matches_and_their_ancestors() {
    let model = with_user();
    assert_eq!(shown(&model, "ADA"), ["user {…}", "  name \"Ada\""]);
    assert_eq!(shown(&model, "nothing"), Vec::<String>::new());
}

#[test]
fn many_children_are_grouped_and_fetched_a_hundred_at_a_time() {
    let mut model = TreeModel::default();
    model.refresh();
    let first = Listing { of: summary("{…}", 1_000_000), offset: 0, rows: vec![row("1", "1", 0)] };
    let names = model.receive(root(), Some(first.into()));
    assert_eq!(names.iter().map(|query| query.purpose).collect::<Vec<_>>(), [Purpose::Keys]);
    assert_eq!(model.visible_rows("").len(), 100);
    let groups = model.visible_rows("");
    assert!(model.open(&groups[1]).iter().all(|query| query.purpose == Purpose::Keys));
    let pages = model.visible_rows("");
    assert_eq!(pages.len(), 200);
    let queries = model.open(&pages[2]);
    assert_eq!(queries[0].range, Range { start: 10_000, end: 10_100 });
    assert_eq!(queries[0].steps, []);
    model.receive(
        queries[0].clone(),
        Some(Listing { of: summary("{…}", 1_000_000), offset: 10_000, rows: vec![row("10001", "7", 0)] }.into()),
    );
    assert_eq!(shown(&model, "")[2..4], ["  10000..10100", "    10001 7"]);
}

#[test]
fn a_value_that_no_longer_exists_says_so() {
    let mut model = with_user();
    let node = model.visible_rows("")[1].path.clone();
    model.receive(Query { node: node.clone(), ..root() }, None);
    assert_eq!(shown(&model, ""), ["count 1", "user {…}", "  gone"]);
    model.fail(Query { node, ..root() }, "no disk".to_owned());
    assert_eq!(shown(&model, ""), ["count 1", "user {…}", "  failed: no disk"]);
}

#[test]
fn a_note_about_a_node_is_a_separate_row() {
    let mut model = with_user();
    let node = model.visible_rows("")[1].path.clone();
    model.fail(Query { node, ..root() }, "no disk".to_owned());
    let rows = model.visible_rows("");
    assert_ne!(rows[2].path, rows[1].path);
    assert_eq!(rows[2].steps(), rows[1].steps());
}

#[test]
fn children_on_one_side_only_are_listed_there_at_any_depth() {
    let row = |name: &str, change| DiffRow {
        step: key(name),
        label: name.to_owned(),
        change,
        before: (change != Change::Added).then(|| summary("{…}", 250)),
        after: (change != Change::Removed).then(|| summary("{…}", 1)),
        child_count: if change == Change::Inside { 1 } else { 0 },
        is_source_changed: false,
    };
    let rows =
        vec![row("a", Change::Inside), row("b", Change::Added), row("c", Change::Removed), row("d", Change::Changed)];
    let mut model = TreeModel::default();
    let listing = DiffListing { totals: DiffTotals::default(), row_count: 4, offset: 0, rows, is_complete: true };
    model.receive(root(), Some(listing.into()));
    let rows = model.visible_rows("");
    assert_eq!(model.open(&rows[0])[0].side, DiffSide::Both);
    assert_eq!(model.open(&rows[1])[0].side, DiffSide::Later);
    assert_eq!(model.open(&rows[3]), []);
    // Of its groups, only the names are asked for.
    let of_groups = model.open(&rows[2]);
    assert_eq!((of_groups.len(), of_groups[0].purpose), (1, Purpose::Keys));
    let group =
        model.visible_rows("").into_iter().find(|row| matches!(row.body, RowBody::Group(..))).expect("250 children");
    let queries = model.open(&group);
    assert_eq!((queries[0].side, queries[0].range.end), (DiffSide::Earlier, 100));
    assert_eq!(queries[0].steps, [key("c")]);
}

#[test]
fn a_value_that_is_shown_anew_keeps_what_is_open() {
    let mut model = TreeModel::default();
    assert_eq!(model.show(summary("nil", 0)), []);
    let result = |query: &Query, names: &[Step]| {
        assert_eq!(query.steps, [&[Step::Result(0)], names].concat());
        query.clone()
    };
    let first = model.show(summary("{…}", 1));
    model.receive(result(&first[0], &[]), listing(vec![row("user", "{…}", 1)]));
    let user = model.visible_rows("")[1].clone();
    let inside = model.open(&user);
    model.receive(result(&inside[0], &[key("user")]), listing(vec![row("name", "\"Ada\"", 0)]));

    let again = model.show(summary("{…}", 1));
    let inside = model.receive(result(&again[0], &[]), listing(vec![row("user", "{…}", 1)]));
    model.receive(result(&inside[0], &[key("user")]), listing(vec![row("name", "\"Alan\"", 0)]));
    assert_eq!(shown(&model, ""), [" {…}", "  user {…}", "    name \"Alan\""]);

    let top = model.visible_rows("")[0].path.clone();
    model.close(&top);
    assert_eq!(model.show(summary("{…}", 1)), []);
    assert_eq!(shown(&model, ""), [" {…}"]);
}

#[test]
fn groups_are_named_by_their_first_and_last_keys() {
    let mut model = TreeModel::default();
    model.refresh();
    let mut queries = model.receive(root(), listing(vec![row("all", "{…}", 150)]));
    queries.extend(model.open(&model.visible_rows("")[0].clone()));
    assert_eq!(queries.iter().map(|query| query.purpose).collect::<Vec<_>>(), [Purpose::Keys]);
    let asked = model.receive(queries[0].clone(), listing(vec![row("y", "1", 0), row("z", "1", 0)]));
    model.receive(asked[0].clone(), listing(vec![row("a", "1", 0)]));
    model.receive(asked[1].clone(), listing(vec![row("m", "1", 0), row("n", "1", 0)]));
    let names: Vec<_> = model.visible_rows("").into_iter().map(|row| row.body).skip(1).collect();
    let group = |start, end, keys: [&str; 2]| RowBody::Group(Range { start, end }, Some(keys.map(str::to_owned)));
    assert_eq!(names, [group(0, 100, ["a", "m"]), group(100, 150, ["n", "z"])]);
    // Without an answer, they have numbers alone.
    model.fail(queries[0].clone(), "busy".to_owned());
    assert_eq!(shown(&model, ""), ["all {…}", "  0..100", "  100..150"]);
}

#[test]
fn what_was_open_on_an_earlier_page_is_open_once() {
    let before = with_user();
    let stored = serde_json::to_string(&before.open_nodes()).expect("paths");
    let mut model = TreeModel::default();
    model.restore_open(|| serde_json::from_str(&stored).expect("what was stored"));
    model.refresh();
    let queries = model.receive(root(), listing(vec![row("count", "1", 0), row("user", "{…}", 1)]));
    assert_eq!(queries.len(), 1);
    assert_eq!(shown(&model, ""), ["count 1", "user {…}", "  loading"]);
    model.close_all();
    model.restore_open(|| panic!("it was read already"));
    assert_eq!(shown(&model, ""), ["count 1", "user {…}"]);
}

#[test]
fn paths_that_lead_nowhere_or_are_too_long_open_nothing() {
    let mut model = TreeModel::default();
    let wrong = vec![Part::Range(Range { start: 9, end: 1 }), Part::Note];
    model.restore_open(|| vec![vec![Part::Note; 1000], wrong, vec![]]);
    model.refresh();
    assert_eq!(model.receive(root(), listing(vec![row("user", "{…}", 1)])), []);
    assert_eq!(shown(&model, ""), ["user {…}"]);
}

#[test]
fn what_cannot_be_found_again_is_not_kept_as_open() {
    let mut model = TreeModel::default();
    model.show(summary("{…}", 1));
    assert_eq!(model.open_nodes(), Vec::<&NodePath>::new());
    let revision = model.open_revision();
    model.close_all();
    assert_ne!(model.open_revision(), revision);
}

#[test]
fn a_step_of_a_path_has_the_label_of_its_row() {
    let model = with_user();
    let path = model.visible_rows("")[2].path.clone();
    assert_eq!(model.label(&path), Some("name"));
    assert_eq!(model.label(&path[..1]), Some("user"));
    assert_eq!((model.label(&[]), model.label(&[Part::Note])), (None, None));
}
