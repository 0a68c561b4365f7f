//! Runs every script in tests/scripts and compares its output with the expectation at the end of the file.
//!
//! At a line `--- snapshot`, `_home` is captured, encoded, decoded and restored in a fresh VM, where the script
//! continues. Run with `UPDATE_EXPECT=1` to write the actual output into the files.

use std::fs;
use std::path::Path;

use engine::codec;
use wire::RunMode;

const MARKER: &str = "--- snapshot\n";
const EXPECTED: &str = "--[[ prints\n";

fn run(script: &str) -> String {
    let mut printed = String::new();
    let mut image = None;
    for part in script.split(MARKER) {
        let (mut vm, host) = crate::common::vm();
        if let Some(image) = &image {
            vm.restore_home(image).expect("restore");
        }
        if let Err(error) = vm.run(&"main.lua".into(), part.as_bytes(), RunMode::Program) {
            printed.push_str(&format!("{error}\n"));
        }
        printed.push_str(&host.take_written());
        let bytes = codec::encode(&vm.capture_home().expect("capture")).expect("encode");
        image = Some(codec::decode(&bytes).expect("decode"));
        drop(vm);
    }
    printed
}

#[test]
fn scripts_print_what_they_expect() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 10, "only {} scripts were found", paths.len());
    let mut failures = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let (script, expected) = text.split_once(EXPECTED).unwrap_or((&text, "]]\n"));
        let printed = run(script);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, format!("{script}{EXPECTED}{printed}]]\n")).unwrap();
        } else if format!("{printed}]]\n") != expected {
            failures.push(format!("{}:\nexpected\n{expected}\ngot\n{printed}", path.display()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
