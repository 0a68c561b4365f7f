//! What grows with what, natively: `cargo bench -p engine --bench scaling`. Each row of a group has twice the work of
//! the one before, or more; a time that grows faster than that is a fault.
#![expect(clippy::print_stdout, reason = "it prints its results")]

use std::hint::black_box;
use std::time::Instant;

use engine::archive::Archive;
use engine::lua::Vm;
use engine::store::MemoryStore;
use wire::{RunMode, SnapshotId, SnapshotKind};

mod setup;
use setup::{archive, no_memory_limit, now};

fn millis<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = black_box(work());
    (start.elapsed().as_secs_f64() * 1000.0, result)
}

/// All that follows a run.
fn save(vm: &mut Vm, archive: &mut Archive<MemoryStore>, number: usize) {
    let image = vm.capture_home().expect("an image");
    let kind = SnapshotKind::Checkpoint { label: String::new() };
    now(archive.save(&image, kind, SnapshotId(format!("{number:08}")), 0.0)).expect("a save");
    vm.missing_globals(&image).expect("globals");
}

fn saving_functions(what: &str, counts: &[usize], program: impl Fn(usize) -> String) {
    println!("saving {what}: first save, and the next after `_home.x = 1`");
    for count in counts {
        let (mut vm, mut archive) = (setup::vm(no_memory_limit()), archive());
        vm.run(&"main.lua".into(), program(*count).as_bytes(), RunMode::Program).expect("a run");
        let (first, ()) = millis(|| save(&mut vm, &mut archive, 1));
        vm.run(&"console".into(), b"_home.x = 1", RunMode::Console).expect("a run");
        let (next, ()) = millis(|| save(&mut vm, &mut archive, 2));
        println!("  {count:>7} {first:9.1} ms {next:9.1} ms");
    }
}

fn deep_errors() {
    println!("an uncaught error under frames: `error({{}})`, and `error(\"x:1: y\", 0)`");
    for frames in [1_000, 60_000, 150_000] {
        let run = |raise: &str| {
            let program = format!("local function f(n) if n == 0 then {raise} end return 1 + f(n - 1) end f({frames})");
            let mut vm = setup::vm(no_memory_limit());
            millis(|| vm.run(&"main.lua".into(), program.as_bytes(), RunMode::Program).expect_err("an error")).0
        };
        println!("  {frames:>7} {:9.1} ms {:9.1} ms", run("error({})"), run("error('x:1: y', 0)"));
    }
}

fn saves_beside_snapshots() {
    println!("changing one of 100,000 values and saving, by number of snapshots (each save removes one)");
    for snapshots in [1, 50, 200, 800] {
        let (mut vm, mut archive) = (setup::vm(no_memory_limit()), archive());
        archive.keep_checkpoints(snapshots, snapshots);
        let fill = "for i = 1, 100000 do _home[i] = 'value ' .. i * 7919 end";
        vm.run(&"main.lua".into(), fill.as_bytes(), RunMode::Program).expect("a run");
        let mut step = |number: usize| {
            let change = format!("_home[{}] = 'changed {number}'", 1 + number * 7919 % 100_000);
            vm.run(&"console".into(), change.as_bytes(), RunMode::Console).expect("a run");
            let image = vm.capture_home().expect("an image");
            let kind = SnapshotKind::Checkpoint { label: String::new() };
            millis(|| now(archive.save(&image, kind, SnapshotId(format!("{number:08}")), 0.0)).expect("a save")).0
        };
        for number in 0..snapshots as usize {
            step(number);
        }
        let mut times: Vec<f64> = (0..9).map(|round| step(snapshots as usize + round)).collect();
        times.sort_by(f64::total_cmp);
        println!("  {snapshots:>7} {:9.1} ms", times[times.len() / 2]);
    }
}

fn traces_of_values() {
    println!(
        "finding out when a value of 10,000 changed: one value, a table of 5,000, and all of `_home`; then each again"
    );
    for runs in [12, 25, 50, 100] {
        let mut worker = setup::Asked::new();
        worker.run("_home.t, _home.u = {}, {} for i = 1, 5000 do _home.t['k' .. i], _home.u[i] = i, 'value ' .. i end");
        for number in 1..runs {
            let at = 1 + number * 7919 % 5000;
            worker
                .run(&format!("_home.u[{at}] = 'changed {number}' if {number} % 10 == 0 then _home.hp = {number} end"));
        }
        print!("  {runs:>7}");
        for path in [&["hp"][..], &["u"], &[]].into_iter().flat_map(|path| [path, path]) {
            let (time, changes) = millis(|| worker.trace(path));
            print!(" {time:7.1} ms ({changes:>3})");
        }
        println!();
    }
}

fn main() {
    let counts = [1, 500, 1000, 2000, 4000];
    saving_functions("functions of one chunk", &counts, |count| {
        let function = |n: usize| {
            format!("function _home.f{n}(a, b)\n  local sum = a + b + {n}\n  return helper(sum, print)\nend\n")
        };
        (0..count).map(function).collect::<String>() + "helper = 1"
    });
    saving_functions("functions of a chunk each", &counts, |count| {
        format!(
            "for i = 1, {count} do _home[i] = load('local n = ' .. i .. ' return function(a) return a + n end')() end"
        )
    });
    saving_functions("functions of eight chunks, in turn", &counts, |count| {
        format!(
            "for i = 1, 8 do local t = {{}} for n = 1, {count} // 8 + 1 do t[n] = 'function _home.f' .. n * 8 + i .. \
             '(a) return a + ' .. n .. ' end' end load(table.concat(t, '\\n'), '=part' .. i)() end"
        )
    });
    deep_errors();
    saves_beside_snapshots();
    traces_of_values();
}
