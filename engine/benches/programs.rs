//! Runs programs on the host build of the engine, for `./cu bench`: chunks come in as one JSON string a line,
//! what they print goes out.
#![expect(clippy::print_stdout, reason = "it prints what the programs print")]

use std::io::{BufRead, Write};
use std::rc::Rc;
use std::time::Instant;

use engine::host::{Host, Stream};
use engine::lua::Vm;
use wire::{Limits, RunMode};

struct Terminal(Instant);

impl Host for Terminal {
    fn unix_millis(&self) -> f64 {
        0.0
    }
    fn monotonic_millis(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1000.0
    }
    fn random(&self) -> u64 {
        0
    }
    fn utc_offset_seconds(&self, _: i64) -> i32 {
        0
    }
    fn write(&self, _: Stream, bytes: &[u8]) {
        print!("{}", String::from_utf8_lossy(bytes));
    }
}

fn main() {
    let mut vm = Vm::new(Rc::new(Terminal(Instant::now())), Limits::default()).expect("a VM");
    for line in std::io::stdin().lock().lines() {
        let chunk: String = serde_json::from_str(&line.expect("a line")).expect("a JSON string");
        vm.run(&"main.lua".into(), chunk.as_bytes(), RunMode::Program).expect("a run");
        std::io::stdout().flush().expect("an open output");
    }
}
