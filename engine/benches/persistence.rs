//! How long the steps of a checkpoint take, natively: `cargo bench -p engine`.
#![expect(clippy::print_stdout, reason = "it prints its results")]

use std::hint::black_box;
use std::time::Instant;

use engine::codec;
use engine::inspect::Inspection;
use wire::{RunMode, SnapshotId, SnapshotKind};

mod setup;
use setup::{archive, no_memory_limit, now};

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(work());
    println!("  {what:<12} {:8.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    result
}

fn main() {
    let heaps = [
        ("1,000 values", "for i = 1, 1000 do _home[i] = i end"),
        (
            "100,000 records of 4 fields",
            "for i = 1, 100000 do _home[i] = {id = i, name = 'user ' .. i, score = i % 100, active = true} end",
        ),
        ("a table of 1,000,000 string keys", "_home.big = {} for i = 1, 1e6 do _home.big['key' .. i] = i end"),
        (
            "10,000 suspended coroutines",
            "local function f(n) local x = n coroutine.yield(x) return x end
             for i = 1, 10000 do _home[i] = coroutine.wrap(function(...) for j = 1, 9 do f(j) end end) _home[i](i) end",
        ),
        ("a list of 1,000,000 nodes", "local l for i = 1, 1e6 do l = {i, next = l} end _home.list = l"),
    ];
    for (name, program) in heaps {
        println!("{name}");
        let mut vm = setup::vm(no_memory_limit());
        vm.run(&"main.lua".into(), program.as_bytes(), RunMode::Program).expect("a run");
        let image = timed("capture", || vm.capture_home()).expect("an image");
        let bytes = timed("encode", || codec::encode(&image)).expect("bytes");
        let mut archive = archive();
        let kind = SnapshotKind::Checkpoint { label: String::new() };
        timed("save", || now(archive.save(&image, kind.clone(), SnapshotId("1".into()), 0.0))).expect("a save");
        timed("save again", || now(archive.save(&image, kind, SnapshotId("2".into()), 0.0))).expect("a save");
        let decoded = timed("decode", || codec::decode(&bytes)).expect("an image");
        let mut other = setup::vm(no_memory_limit());
        timed("restore", || other.restore_home(&decoded)).expect("a restore");
        let inspection = timed("inspect", || Inspection::new(image));
        timed("list", || inspection.list(&[], 0, 100));
        println!("  {:<12} {:8} bytes", "size", bytes.len());
    }
}
