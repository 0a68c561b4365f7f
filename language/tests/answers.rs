//! What the editor learns about programs.

mod editor;

use editor::Editor;
use serde_json::json;

#[test]
fn the_library_is_completed_with_its_documentation() {
    let mut editor = Editor::new("local s = 'x'\nstring.|");
    let names = editor.completions();
    for name in ["format", "gsub", "rep"] {
        assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
    }
    let details = editor.details("format");
    assert!(details.contains("formatted version"), "{details}");
    let mut editor = Editor::new("local s = 'x'\ns:|");
    assert!(editor.completions().contains(&"upper".to_owned()));
}

#[test]
fn fields_and_locals_are_completed() {
    let mut editor = Editor::new("local point = { x = 1, y = 2 }\npoint.name = 'p'\nlocal other = point\nother.|");
    assert_eq!(editor.completions(), ["name", "x", "y"]);
    let mut editor = Editor::new("local counter = 1\nlocal function count() return coun| end");
    assert!(editor.completions().contains(&"counter".to_owned()));
}

#[test]
fn what_is_alive_is_completed_through_locals_and_loops() {
    let live = "---@meta\n---@class (partial) _home\n---@field users table<string, _home.users.item>\n---@field counter integer `41`\n_home = {}\n\n---@class (partial) _home.users.item\n---@field age integer `7`\n";
    let mut editor = Editor::new("_home.|");
    editor.live(live);
    assert_eq!(editor.completions(), ["counter", "users"]);
    editor.write("for name, user in pairs(_home.users) do\n  print(user.|)\nend");
    assert_eq!(editor.completions(), ["age"]);
    editor.write("_home.extra = 1\nlocal alias = _home\nalias.|");
    assert_eq!(editor.completions(), ["counter", "extra", "users"]);
    editor.write("print(_home.coun|ter)");
    let hover = editor.hover();
    assert!(hover.contains("integer") && hover.contains("41"), "{hover}");
    editor.live("---@meta\n---@class (partial) _home\n---@field other string\n_home = {}\n");
    editor.write("_home.|");
    assert_eq!(editor.completions(), ["other"]);
}

#[test]
fn hover_and_signature_say_what_a_function_is() {
    let mut editor = Editor::new("table.ins|ert({}, 1)");
    let hover = editor.hover();
    assert!(hover.contains("insert") && hover.contains("Inserts element"), "{hover}");
    let mut editor = Editor::new("---Adds.\n---@param a number\nlocal function add(a, b) return a + b end\nadd(1, |)");
    let signature = editor.signature();
    assert_eq!(signature["signatures"][0]["label"], "add(a: number, b: any): number", "{signature}");
    assert_eq!(signature["activeParameter"], 1);
}

#[test]
fn a_name_is_found_and_renamed_over_files() {
    let mut editor = Editor::new("local util = require('lib.util')\nutil.gr|eet()");
    editor.open("lib/util.lua", "local M = {}\nfunction M.greet() end\nreturn M");
    let definition = editor.at("definition");
    assert_eq!(definition[0]["file"], "lib/util.lua", "{definition}");
    assert_eq!(definition[0]["range"]["startLineNumber"], 2);
    let references = editor.at("references");
    assert_eq!(references.as_array().map(Vec::len), Some(2), "{references}");
    let edits = editor.rename("welcome");
    let files: Vec<_> = edits.as_array().into_iter().flatten().map(|edit| edit["file"].clone()).collect();
    assert!(files.contains(&json!("main.lua")) && files.contains(&json!("lib/util.lua")), "{edits}");
}

#[test]
fn a_module_that_has_changed_is_seen() {
    let mut editor = Editor::new("local util = require('util')\nutil.|");
    editor.open("util.lua", "return { first = 1 }");
    assert_eq!(editor.completions(), ["first"]);
    editor.open("util.lua", "return { first = 1, second = 2 }");
    assert_eq!(editor.completions(), ["first", "second"]);
}

#[test]
fn columns_are_those_of_the_editor() {
    let mut editor = Editor::new("local point = { x = 1 }\nprint('😀😀', point.|)");
    assert_eq!(editor.completions(), ["x"]);
    let mut editor = Editor::new("local name = 1\nprint('😀', na|me)");
    let highlights = editor.at("highlights");
    assert_eq!(highlights[0]["range"]["startColumn"], 13, "{highlights}");
}

#[test]
fn the_outline_and_what_folds_are_told() {
    let mut editor = Editor::new("function greet(name)\n  print(name)\nend\n|");
    let symbols = editor.at("symbols");
    assert!(symbols.to_string().contains("greet"), "{symbols}");
    let folds = editor.at("folding");
    assert!(folds.as_array().is_some_and(|folds| folds.iter().any(|fold| fold["start"] == 1)), "{folds}");
    let selection = Editor::new("print(1 + t|wo)").at("selection");
    assert!(selection.as_array().is_some_and(|ranges| ranges.len() > 2), "{selection}");
    let tokens = Editor::new("local a = 1|").at("tokens");
    assert_eq!(tokens.as_array().map(|tokens| tokens.len() % 5), Some(0), "{tokens}");
}

#[test]
fn every_name_of_the_library_is_explained() {
    let document = include_str!("../../COMPATIBILITY.md");
    let names = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name));
    // A setting adds it, and methods of files have no name by themselves.
    let names: Vec<_> = names.filter(|name| *name != "Memory" && !name.contains(':')).collect();
    assert!(names.len() > 150, "{}", names.len());
    let mut editor = Editor::new("");
    let unexplained: Vec<_> = names
        .into_iter()
        .filter(|name| {
            let (most, last) = name.split_at(name.len() - 1);
            editor.write(&format!("local x = {most}|{last}"));
            editor.hover().len() < 20
        })
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
}

#[test]
fn hints_name_parameters_and_types() {
    let mut editor =
        Editor::new("local function area(width, height) return width * height end\nlocal é = area(2, 3)\nreturn é");
    let hints = editor.at("hints");
    let all: Vec<_> =
        hints.as_array().into_iter().flatten().map(|hint| (hint["label"].as_str(), &hint["position"])).collect();
    let second = serde_json::json!({ "lineNumber": 2, "column": 19 });
    assert!(
        all.iter().any(|(label, at)| label.is_some_and(|label| label.starts_with("height")) && **at == second),
        "{all:?}"
    );
}
