//! What can be done about a piece of a program.

mod editor;

use editor::Editor;
use serde_json::{Value, json};

/// Where `|` stands twice, what is between is selected. Returns what can be done, and the text after each.
fn actions(text: &str, code: &str) -> Vec<(String, String)> {
    let parts: Vec<_> = text.split('|').collect();
    let place = |text: &str| {
        (text.matches('\n').count() + 1, text.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1)
    };
    let (line, column) = place(parts[0]);
    let (end_line, end_column) = place(&parts[..parts.len() - 1].concat());
    let whole = parts.concat();
    let mut editor = Editor::new(&whole);
    let found = editor.send(json!({
        "kind": "actions", "file": editor::FILE, "line": line, "column": column,
        "endLine": end_line, "endColumn": end_column, "codes": [code],
    }));
    let apply = |action: &Value| {
        let mut edits: Vec<_> = action["edits"].as_array().expect("edits").iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(byte(&whole, &edit["range"], "start")));
        let mut text = whole.clone();
        for edit in edits {
            let range = byte(&whole, &edit["range"], "start")..byte(&whole, &edit["range"], "end");
            text.replace_range(range, edit["text"].as_str().expect("a text"));
        }
        (action["title"].as_str().expect("a title").to_owned(), text)
    };
    found.as_array().expect("a list").iter().map(apply).collect()
}

fn byte(text: &str, range: &Value, end: &str) -> usize {
    let number = |name: &str| range[format!("{end}{name}")].as_u64().expect("a number") as usize;
    let before: usize = text.split_inclusive('\n').take(number("LineNumber") - 1).map(str::len).sum();
    let line = text[before..].split('\n').next().unwrap_or_default();
    let mut units = 0;
    let column = line.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units >= number("Column")
    });
    before + column.map_or(line.len(), |(at, _)| at)
}

/// The text after the action of this title.
fn after(text: &str, title: &str) -> String {
    after_for(text, "", title)
}

fn after_for(text: &str, code: &str, title: &str) -> String {
    let found = actions(text, code);
    let wanted = found.iter().find(|(other, _)| other == title);
    wanted.unwrap_or_else(|| panic!("{title}: {found:?}")).1.clone()
}

fn titles(text: &str) -> Vec<String> {
    actions(text, "").into_iter().map(|(title, _)| title).collect()
}

#[test]
fn missing_ends_are_added() {
    assert_eq!(after("if x then\n  print(1|)", "Add the missing “end”"), "if x then\n  print(1)\nend\n");
    let nested = "for i = 1, 3 do\n  if x then\n|";
    assert_eq!(after(nested, "Add the missing “end”s"), "for i = 1, 3 do\n  if x then\nend\nend\n");
    assert_eq!(titles("local a = = 1 |"), [""; 0]);
}

#[test]
fn globals_become_local_and_locals_are_kept() {
    assert_eq!(after("|total = 1", "Make “total” local"), "local total = 1");
    assert_eq!(after("function |area(r) return r end", "Make “area” local"), "local function area(r) return r end");
    assert_eq!(after("a, |b = 1, 2", "Make “a, b” local"), "local a, b = 1, 2");
    assert_eq!(after("  local |n = 1\nprint(n)", "Keep “n” in _home"), "  local n = 1\n  _home.n = n\nprint(n)");
    assert_eq!(after("local function |f() end", "Keep “f” in _home"), "local function f() end\n_home.f = f");
    assert_eq!(titles("local a\n|a = 2"), [""; 0]);
    assert_eq!(titles("local function f(a)\n  |a = 2\nend"), [""; 0]);
    assert_eq!(titles("for i = 1, 3 do |i = 2 end"), [""; 0]);
    assert_eq!(titles("function f() pri|nt(1) end"), [""; 0]);
    assert_eq!(titles("_home.x| = 2"), [""; 0]);
}

#[test]
fn what_nothing_reads_is_taken_away_where_it_does_nothing() {
    let remove = |text| after_for(text, "unused", "Remove “a”");
    assert_eq!(remove("local b = 1\n  local |a = 1\nprint(b)"), "local b = 1\nprint(b)");
    assert_eq!(remove("local function |a() return 1 end print(2)"), " print(2)");
    let kept = actions("local |a = f()", "unused");
    assert!(kept.iter().all(|(title, _)| !title.starts_with("Remove")), "{kept:?}");
}

#[test]
fn names_and_strings_are_rewritten() {
    assert_eq!(after("M|emory.x = 1", "Write “_home” for “Memory”"), "_home.x = 1");
    assert_eq!(after("print('a|b')", "Use double quotes"), "print(\"ab\")");
    assert_eq!(after("print(\"😀|b\")", "Use single quotes"), "print('😀b')");
    assert_eq!(titles("print('it\\'s| 9 o\\'clock')"), [""; 0]);
    assert_eq!(titles("print([[a|b]])"), [""; 0]);
    assert_eq!(titles("local Memory = {}\nprint(Mem|ory)"), [""; 0]);
}

#[test]
fn a_selected_expression_gets_a_name() {
    let extract = |text| after(text, "Give it a name");
    assert_eq!(extract("  print(|1 + 2|, 3)"), "  local value = 1 + 2\n  print(value, 3)");
    assert_eq!(
        extract("local value = 1\nreturn f(|value * 2 |)"),
        "local value = 1\nlocal value2 = value * 2\nreturn f(value2 )"
    );
    assert_eq!(extract("if |a.b| then end"), "local value = a.b\nif value then end");
    for text in
        ["while |a.b| do end", "repeat until |f()|", "x = 1 +| 2|", "|x.y| = 1", "if a then elseif |b| then end", "||"]
    {
        assert!(!titles(text).contains(&"Give it a name".to_owned()), "{text}");
    }
}
