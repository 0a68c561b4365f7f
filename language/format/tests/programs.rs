//! Formats all Lua of the project: what the compiler makes of it stays as it is, in every style.

use std::{fs, path::Path};

use format::{Answer, Edit, Request, Style, format};
use serde_json::Value;

const STYLES: [Style; 3] = [
    Style { indentation: 2, is_single_quoted: false, columns: 100 },
    Style { indentation: 0, is_single_quoted: true, columns: 40 },
    Style { indentation: 8, is_single_quoted: false, columns: 200 },
];

/// The folders with programs.
const FOLDERS: [&str; 7] = [
    "app/src/examples",
    "engine/src/lua",
    "engine/tests/golden",
    "engine/tests/differential/programs",
    "engine/tests/scripts",
    "e2e/bench/programs",
    "language/definitions",
];

fn project() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Programs by what they are called.
fn programs() -> Vec<(String, String)> {
    let mut programs = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(project().join(folder)).expect(folder) {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "lua") {
                programs.push((path.display().to_string(), fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    for file in ["cases.jsonl", "more.jsonl", "reports.jsonl"] {
        let text = fs::read_to_string(project().join("engine/tests/cases").join(file)).expect(file);
        for line in text.lines().filter(|line| !line.is_empty()) {
            let case: Value = serde_json::from_str(line).expect("a case");
            for part in ["code", "then"] {
                if let Some(code) = case[part].as_str() {
                    programs.push((format!("{} {part}", case["id"]), code.to_owned()));
                }
            }
        }
    }
    assert!(programs.len() > 200, "{}", programs.len());
    programs
}

fn quoted(text: &str) -> String {
    let level = "=".repeat(30);
    format!("[{level}[\n{text}]{level}]")
}

/// For each pair: "same", "different", "no programs", or why only one is a program.
fn compare(pairs: &[(String, String)]) -> Vec<String> {
    let check = include_str!("same_code.lua");
    let calls: Vec<_> = pairs.iter().map(|(one, other)| format!("{{ {}, {} }}", quoted(one), quoted(other))).collect();
    let program = format!(
        "local same = (function() {check} end)()\nlocal results = {{}}\nfor index, pair in ipairs {{ {} }} do\n\
         results[index] = select(2, pcall(same, pair[1], pair[2]))\nend\nreturn table.unpack(results)",
        calls.join(",\n")
    );
    let outcome = oracle::run(program.as_bytes(), b"").expect("the oracle");
    assert_eq!(outcome.error, None);
    outcome.results
}

fn request(text: &str, lines: Option<(usize, usize)>, style: Style) -> Request {
    Request { id: 1, text: text.to_owned(), lines, style }
}

/// A text after edits.
fn edited(text: &str, edits: &[Edit]) -> String {
    let place = |(line, column): (u32, u32)| {
        let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
        let mut units = 0;
        let before = text[start..].chars().take_while(|character| {
            units += character.len_utf16() as u32;
            units < column
        });
        start + before.map(char::len_utf8).sum::<usize>()
    };
    let mut result = text.to_owned();
    for Edit(start, end, new) in edits.iter().rev() {
        result.replace_range(place(*start)..place(*end), new);
    }
    result
}

fn formatted(text: &str, style: Style) -> Result<String, String> {
    match format(&request(text, None, style)) {
        Answer::Edits(edits) => Ok(edited(text, &edits)),
        Answer::Refusal(reason) => Err(reason),
    }
}

#[test]
fn all_programs_keep_their_code() {
    let programs = programs();
    for style in STYLES {
        let (mut pairs, mut names, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for (name, text) in &programs {
            match formatted(text, style) {
                Ok(result) => {
                    names.push(name);
                    pairs.push((text.clone(), result));
                }
                Err(reason) => refused.push((name, text.clone(), reason)),
            }
        }
        let found = compare(&pairs);
        let changed: Vec<_> =
            names.iter().zip(&found).filter(|(_, found)| *found != "same" && *found != "no programs").collect();
        assert!(changed.is_empty(), "{changed:#?}");
        // Only what is no program is refused.
        let broken: Vec<_> = refused.iter().map(|(_, text, _)| (text.clone(), text.clone())).collect();
        let whole: Vec<_> = refused.iter().zip(compare(&broken)).filter(|(_, found)| found != "no programs").collect();
        assert!(whole.is_empty(), "{whole:#?}");
    }
}

#[test]
fn the_style_is_kept_to() {
    let text = "function f(a)\nreturn g 'x'\nend\n";
    let style = Style { indentation: 4, is_single_quoted: false, columns: 100 };
    assert_eq!(formatted(text, style), Ok("function f(a)\n    return g(\"x\")\nend\n".to_owned()));
    let style = Style { indentation: 0, is_single_quoted: true, columns: 100 };
    assert_eq!(formatted(text, style), Ok("function f(a)\n\treturn g('x')\nend\n".to_owned()));
    let style = Style { indentation: 2, is_single_quoted: false, columns: 12 };
    let wide = formatted("call(first, second)\n", style).expect("formatted");
    assert!(wide.lines().all(|line| line.len() <= 12), "{wide}");
}

#[test]
fn only_the_chosen_lines_are_formatted() {
    let text = "a=1\nb=2\nif x then\nc=3\nd=4\nend\n";
    let part = |first, last| match format(&request(text, Some((first, last)), STYLES[0])) {
        Answer::Edits(edits) => edited(text, &edits),
        Answer::Refusal(reason) => reason,
    };
    assert_eq!(part(2, 2), "a=1\nb = 2\nif x then\nc=3\nd=4\nend\n");
    assert_eq!(part(4, 4), "a=1\nb=2\nif x then\n  c = 3\nd=4\nend\n");
    assert_eq!(part(3, 6), "a=1\nb=2\nif x then\n  c = 3\n  d = 4\nend\n");
}

#[test]
fn what_is_no_program_is_refused_with_its_line() {
    let refusal = |text: &str| formatted(text, STYLES[0]).expect_err("a refusal");
    assert_eq!(refusal("x = 1\ny = = 2"), "Nothing was formatted: line 2 has a syntax error, unexpected “=”.");
    assert_eq!(refusal("if x then"), "Nothing was formatted: line 1 has a syntax error, “end” is missing.");
    assert_eq!(refusal(&"x = 1\n".repeat(100_000)), "Nothing was formatted: the file is longer than 200 kB.");
}
