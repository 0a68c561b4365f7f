//! What the editor says is wrong: what the compiler says is wrong, at the same line, and nothing of correct programs.

mod editor;

use std::{fs, path::Path};

use editor::Editor;
use serde_json::Value;

/// The programs in a folder of the project.
fn programs(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let paths = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let programs = paths.filter(|path| path.extension().is_some_and(|extension| extension == "lua"));
    programs.map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a text"))).collect()
}

/// The programs of the behaviour cases.
fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/tests/cases");
    let mut programs = Vec::new();
    for file in ["cases.jsonl", "more.jsonl", "reports.jsonl"] {
        for line in fs::read_to_string(folder.join(file)).expect(file).lines().filter(|line| !line.is_empty()) {
            let case: Value = serde_json::from_str(line).expect("a case");
            for part in ["code", "then"] {
                if let Some(code) = case[part].as_str() {
                    programs.push((format!("{} {part}", case["id"]), code.to_owned()));
                }
            }
        }
    }
    assert!(programs.len() > 100, "{}", programs.len());
    programs
}

/// The compiler's error in a program, if there is one, and the lines that it names: where it noticed it, and for what was
/// not closed, where that began.
fn compiler_error(program: &str) -> Option<(Vec<u64>, String)> {
    // Compiled, and not run: the text is a string of the program that is.
    let level = "=".repeat(20);
    let check = format!("local _, m = load([{level}[\n{program}]{level}], '=p')\nreturn m");
    let outcome = oracle::run(check.as_bytes(), b"").expect("the oracle");
    let message = outcome.results.first().filter(|message| *message != "(nil)")?.clone();
    let first = message.split(':').nth(1).unwrap_or_default();
    let second = message.split(" line ").nth(1).unwrap_or_default();
    let second = second.split(|character: char| !character.is_ascii_digit()).next().unwrap_or_default();
    let mut lines: Vec<u64> = [first, second].iter().filter_map(|line| line.parse().ok()).collect();
    // The last line may be an empty one, of which an editor shows nothing.
    if message.ends_with("<eof>") {
        lines.push(program.trim_end().lines().count() as u64);
    }
    Some((lines, message))
}

fn syntax_errors(editor: &mut Editor, program: &str) -> Vec<u64> {
    editor.open(editor::FILE, program);
    let problems = editor.problems().into_iter();
    let codes = ["syntax-error", "local-const-reassign"];
    let refused = problems.filter(|(_, problem)| codes.iter().any(|code| problem.starts_with(code)));
    refused.map(|(line, _)| line).collect()
}

#[test]
fn correct_programs_have_no_problem_but_hints() {
    let mut editor = Editor::new("");
    let mut all = programs("app/src/examples");
    // Some of them are there to fail.
    let failing = ["errors.lua", "handlers.lua"];
    let differential = programs("engine/tests/differential/programs").into_iter();
    all.extend(differential.filter(|(name, _)| !failing.iter().any(|end| name.ends_with(end))));
    all.extend(cases());
    let mut said = Vec::new();
    for (name, program) in &all {
        if compiler_error(program).is_some() {
            continue;
        }
        editor.open(editor::FILE, program);
        let problems = editor.problems().into_iter();
        let hints = ["unused", "unreachable", "redundant-parameter", "unbalanced-assignments"];
        let serious = problems.filter(|(_, problem)| !hints.iter().any(|hint| problem.starts_with(hint)));
        said.extend(serious.map(|(line, problem)| format!("{name}:{line}: {problem}")));
    }
    let wrong: Vec<_> = said.iter().filter(|one| !one.contains("undefined-global")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_the_compiler_refuses_is_refused_at_the_same_line() {
    let mut editor = Editor::new("");
    let (mut missed, mut elsewhere, mut count) = (Vec::new(), Vec::new(), 0);
    for (name, program) in programs("app/src/examples").into_iter().chain(cases()) {
        for broken in broken(&program) {
            let errors = syntax_errors(&mut editor, &broken);
            match compiler_error(&broken) {
                // The engine leaves out a first line like this; `load` does not.
                _ if broken.starts_with('#') => {}
                Some((lines, message)) => {
                    count += 1;
                    if errors.is_empty() {
                        missed.push(format!("{name}: {message}\n{broken}"));
                    } else if !lines.iter().any(|line| errors.contains(line)) {
                        elsewhere.push(format!("{name}: {message}, not {errors:?}\n{broken}"));
                    }
                }
                None if !errors.is_empty() => missed.push(format!("{name}: {errors:?} is none\n{broken}")),
                None => {}
            }
        }
    }
    assert!(count > 1000, "{count}");
    // A label behind a local that a `goto` jumps into.
    missed.retain(|one| !one.contains("jumps into the scope"));
    // Where a word in the middle is left out, it may take another token for the wrong one.
    assert!(missed.is_empty() && elsewhere.len() <= 3, "{missed:#?} {elsewhere:#?}");
}

/// The program as it is, cut at some places, and with some words left out.
fn broken(program: &str) -> Vec<String> {
    let mut broken = vec![program.to_owned()];
    let places: Vec<usize> = program.match_indices([' ', '\n', '(', ')']).map(|(at, _)| at).collect();
    for at in places.iter().step_by(places.len() / 4 + 1) {
        broken.push(program[..*at].to_owned());
    }
    for word in ["end", "then", "do", "=", ")", "\""] {
        if let Some(at) = program.find(word) {
            broken.push(format!("{}{}", &program[..at], &program[at + word.len()..]));
        }
    }
    broken
}
