//! How long the steps of a checkpoint take, natively: `cargo bench -p engine`.
#![expect(clippy::print_stdout, reason = "it prints its results")]

use std::hint::black_box;
use std::time::Instant;

use engine::archive::Archive;
use engine::codec;
use engine::host::{Host, Stream};
use engine::inspect::Inspection;
use engine::lua::Vm;
use engine::store::{MemoryStore, WriterId};
use std::rc::Rc;
use wire::{Limits, RunMode, SnapshotId, SnapshotKind};

struct Silent(Instant);

impl Host for Silent {
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
    fn write(&self, _: Stream, _: &[u8]) {}
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(work());
    println!("  {what:<12} {:8.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    result
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => unreachable!("a store in memory does not wait"),
    }
}

fn main() {
    let heaps = [
        ("1,000 values", "for i = 1, 1000 do _home[i] = i end"),
        (
            "100,000 records of 4 fields",
            "for i = 1, 100000 do _home[i] = {id = i, name = 'user ' .. i, score = i % 100, active = true} end",
        ),
        ("a table of 1,000,000 string keys", "_home.big = {} for i = 1, 1e6 do _home.big['key' .. i] = i end"),
        ("a list of 1,000,000 nodes", "local l for i = 1, 1e6 do l = {i, next = l} end _home.list = l"),
    ];
    for (name, program) in heaps {
        println!("{name}");
        let limits = Limits { memory_bytes: 0, ..Limits::default() };
        let mut vm = Vm::new(Rc::new(Silent(Instant::now())), limits).expect("a VM");
        vm.run(&"main.lua".into(), program.as_bytes(), RunMode::Program).expect("a run");
        let image = timed("capture", || vm.capture_home()).expect("an image");
        let bytes = timed("encode", || codec::encode(&image)).expect("bytes");
        let mut archive = now(Archive::open(MemoryStore::default(), WriterId::default())).expect("an archive");
        now(archive.claim()).expect("a claim");
        let kind = SnapshotKind::Checkpoint { label: String::new() };
        timed("save", || now(archive.save(&image, kind.clone(), SnapshotId("1".into()), 0.0))).expect("a save");
        timed("save again", || now(archive.save(&image, kind, SnapshotId("2".into()), 0.0))).expect("a save");
        let decoded = timed("decode", || codec::decode(&bytes)).expect("an image");
        let mut other = Vm::new(Rc::new(Silent(Instant::now())), limits).expect("a VM");
        timed("restore", || other.restore_home(&decoded)).expect("a restore");
        let inspection = timed("inspect", || Inspection::new(image));
        timed("list", || inspection.list(&[], 0, 100));
        println!("  {:<12} {:8} bytes", "size", bytes.len());
    }
}
