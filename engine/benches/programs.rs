//! Runs programs on the host build of the engine, for `./cu bench`: chunks come in as one JSON string a line,
//! what they print goes out.
#![expect(clippy::print_stdout, reason = "it prints what the programs print")]

use std::io::{BufRead, Write};

use wire::{Limits, RunMode};

mod setup;

fn main() {
    let mut vm = setup::vm(Limits::default());
    for line in std::io::stdin().lock().lines() {
        let chunk: String = serde_json::from_str(&line.expect("a line")).expect("a JSON string");
        vm.run(&"main.lua".into(), chunk.as_bytes(), RunMode::Program).expect("a run");
        std::io::stdout().flush().expect("an open output");
    }
}
