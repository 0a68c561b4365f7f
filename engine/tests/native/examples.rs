//! Every program in `examples` shows what `output.txt` beside it says, and in a second visit what `output-2.txt` says, or
//! the same again. With `CU_WRITE_OUTPUT` set, the files are written instead.

use std::fs;
use std::path::Path;

use wire::Outcome;

use crate::documented::{Program, Shown, project, run};
use crate::page::{Page, SharedStore};

/// What is no file of the workspace.
const DESCRIPTION: [&str; 4] = ["about.json", "input.json", "output.txt", "output-2.txt"];

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn add_files(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            add_files(&entry.path(), &format!("{name}/"), files);
        } else if !DESCRIPTION.contains(&name.as_str()) {
            files.push((name, read(&entry.path())));
        }
    }
}

fn example(folder: &Path) -> Program {
    let about: serde_json::Value = serde_json::from_str(&read(&folder.join("about.json"))).unwrap();
    let typed = about["typed"].as_array().into_iter().flatten();
    let mut files = Vec::new();
    add_files(folder, "", &mut files);
    Program {
        source: read(&folder.join("main.lua")),
        files,
        input: fs::read_to_string(folder.join("input.json")).ok(),
        typed: typed.map(|line| line.as_str().unwrap().to_owned()).collect(),
    }
}

fn check(path: &Path, shown: &str) {
    if std::env::var_os("CU_WRITE_OUTPUT").is_some() {
        fs::write(path, shown).unwrap();
    }
    assert_eq!(shown, read(path), "{}", path.display());
}

#[test]
fn examples_show_what_is_documented() {
    let folder = project("examples");
    let order: Vec<String> = serde_json::from_str(&read(&folder.join("order.json"))).unwrap();
    for id in order {
        let folder = folder.join(&id);
        let program = example(&folder);
        let store = SharedStore::default();
        let visit = || {
            let Shown { text, has_failed, missing } = run(&mut Page::open(&store), &program);
            assert!(!has_failed, "{id}: {text}");
            assert!(missing.is_empty(), "{id}: {missing:?}");
            text
        };
        let first = visit();
        check(&folder.join("output.txt"), &first);
        let second = visit();
        let own = folder.join("output-2.txt");
        if second != first || own.exists() {
            assert_ne!(second, first, "{id}: output-2.txt says nothing new");
            check(&own, &second);
        }
    }
}

#[test]
fn a_first_visit_begins_with_two_runs_that_leave_something() {
    let store = SharedStore::default();
    let mut page = Page::open(&store);
    for name in ["1.lua", "2.lua"] {
        let source = read(&project("app/src/examples/welcome").join(name));
        let (text, outcome) = page.run(&source);
        assert!(matches!(outcome, Outcome::Returned(_)), "{name}: {outcome:?}, {text}");
    }
    assert_eq!(page.prints("print(#_home.planets, _home.planets[3].home, _home.ages(30).Mars)"), "4\ttrue\t15\n");
}
