//! Coroutines in images: each program of `tests/coroutines/programs.lua` behaves the same in one go, in an unpatched Lua, and
//! with `_home` saved, read and restored in a fresh VM between its steps.

mod fuzz;

use std::fs;
use std::path::PathBuf;

use engine::codec;
use engine::container::{self, Metadata};
use engine::image::HeapImage;
use engine::lua::Vm;
use wire::RunMode;

use crate::golden::golden;

/// How a program goes on, unless it says so itself.
const STEP: &str = "local r = table.pack(coroutine.resume(_home.co, _home.n))
_home.n = (_home.n or 0) + 1
print(table.unpack(r, 1, r.n))
print(coroutine.status(_home.co))
_home.done = coroutine.status(_home.co) == 'dead'
";
const MAX_STEPS: usize = 200;

/// A program of the file.
pub struct Program {
    pub name: String,
    pub setup: String,
    pub step: String,
}

pub fn programs() -> Vec<Program> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/coroutines/programs.lua");
    let text = fs::read_to_string(path).unwrap();
    let mut programs: Vec<Program> = Vec::new();
    for part in text.split("--- ").skip(1) {
        let (name, body) = part.split_once('\n').unwrap();
        match name {
            "step" => programs.last_mut().unwrap().step = body.into(),
            _ => programs.push(Program { name: name.into(), setup: body.into(), step: STEP.into() }),
        }
    }
    programs
}

/// What a program prints without the addresses of objects, which differ.
fn without_addresses(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("0x") {
        shown.push_str(&rest[..start]);
        rest = rest[start + 2..].trim_start_matches(|character: char| character.is_ascii_hexdigit());
        shown.push_str("(address)");
    }
    shown + rest
}

fn run(vm: &mut Vm, text: &str) {
    vm.run(&"main.lua".into(), text.as_bytes(), RunMode::Program).unwrap();
}

fn is_done(image: &HeapImage) -> bool {
    let table = image.table(image.home().unwrap());
    table.entries.value_at_name(image, b"done") == Some(engine::image::Value::Boolean(true))
}

/// Saves and reads an image.
pub fn reread(image: &HeapImage) -> HeapImage {
    codec::decode(&codec::encode(image).unwrap()).unwrap()
}

fn print_all(program: &Program, is_kept: bool) -> String {
    let (mut vm, host) = crate::common::vm();
    run(&mut vm, &program.setup);
    let mut printed = host.take_written();
    for _ in 0..MAX_STEPS {
        if is_kept {
            let image = vm.capture_home().unwrap();
            let (omissions, _) = image.omissions("_home", 10);
            assert!(omissions.is_empty(), "{}: {omissions:?}", program.name);
            let (mut later, later_host) = crate::common::vm();
            let read = reread(&image);
            later.restore_home(&read).unwrap();
            later.collect_garbage().unwrap();
            let again = later.capture_home().unwrap();
            assert_eq!(codec::encode(&reread(&again)).unwrap().len(), codec::encode(&read).unwrap().len());
            run(&mut later, &program.step);
            later.collect_garbage().unwrap();
            printed += &later_host.take_written();
            vm = later;
        } else {
            run(&mut vm, &program.step);
        }
        if is_done(&vm.capture_home().unwrap()) {
            return without_addresses(&(printed + &host.take_written()));
        }
    }
    panic!("{} does not end", program.name)
}

fn print_all_in_lua(program: &Program) -> String {
    let text = format!(
        "_home = {{}}\nassert(load([==[{}]==], '@main.lua'))()\nlocal step = assert(load([==[{}]==], '@main.lua'))\n\
         repeat step() until _home.done",
        program.setup, program.step
    );
    let outcome = oracle::run(text.as_bytes(), b"").unwrap();
    assert_eq!(outcome.error, None, "{}", program.name);
    without_addresses(&outcome.written)
}

#[test]
fn a_coroutine_goes_on_where_it_was() {
    let mut failures = Vec::new();
    for program in programs() {
        let expected = print_all_in_lua(&program);
        for is_kept in [false, true] {
            let printed = print_all(&program, is_kept);
            if printed != expected {
                failures.push(format!("{}, kept: {is_kept}\nexpected\n{expected}\ngot\n{printed}", program.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn captured(program: &str) -> HeapImage {
    let (mut vm, _) = crate::common::vm();
    run(&mut vm, program);
    reread(&vm.capture_home().unwrap())
}

#[test]
fn what_a_coroutine_does_is_told_in_a_line() {
    let cases = [
        ("_home.co = coroutine.create(print)", "coroutine, not started"),
        ("_home.co = coroutine.create(print) coroutine.resume(_home.co)", "coroutine, dead"),
        ("_home.co = coroutine.create(error) coroutine.resume(_home.co)", "coroutine, dead"),
        (
            "local function f()\n  coroutine.yield()\nend\n_home.co = coroutine.create(function() pcall(f) end)
             coroutine.resume(_home.co)",
            "coroutine, suspended at main.lua:2",
        ),
        ("_home.co = coroutine.wrap(coroutine.yield) _home.co()", "function of a coroutine, suspended"),
        ("_home.co = ('x'):gmatch('x')", "function of string.gmatch"),
    ];
    for (program, expected) in cases {
        let image = captured(program);
        let table = image.table(image.home().unwrap());
        let value = table.entries.value_at_name(&image, b"co").unwrap();
        assert_eq!(engine::show::value(&image, &value), expected, "{program}");
    }
}

#[test]
fn what_cannot_be_kept_is_an_omission_with_its_reason() {
    let (mut vm, _) = crate::common::vm();
    run(
        &mut vm,
        "_home.main = coroutine.running()
         _home.library = coroutine.wrap(function() ext.query({ { 1 } }):where(coroutine.yield):list() end) _home.library()
         _home.holder = coroutine.wrap(function() local file = io.open('f', 'w') coroutine.yield() return io.type(file) end)
         _home.holder()
         _home.kept = coroutine.wrap(function() coroutine.yield() return 'kept' end) _home.kept()",
    );
    let image = vm.capture_home().unwrap();
    let (omissions, _) = image.omissions("_home", 10);
    let told: Vec<_> = omissions.iter().map(|omission| (omission.path.as_str(), omission.kind.name())).collect();
    assert_eq!(
        told,
        [
            ("_home.library", "coroutine inside a function of the library"),
            ("_home.main", "main coroutine of a run"),
            ("_home.holder<slot 1><slot 2>", "userdata"),
        ]
    );
    vm.restore_home(&reread(&image)).unwrap();
    run(&mut vm, "assert(_home.kept() == 'kept' and _home.main == nil and _home.holder() == nil)");
}

#[test]
fn a_coroutine_whose_code_is_compiled_differently_says_so() {
    let mut image = captured(
        "local n = 1 function _home.get() return n end
         _home.co = coroutine.create(function() n = 2 coroutine.yield() n = 3 end) coroutine.resume(_home.co)",
    );
    image.prototypes.iter_mut().for_each(|prototype| prototype.fingerprint ^= 1);
    let (mut vm, _) = crate::common::vm();
    vm.restore_home(&image).unwrap();
    run(
        &mut vm,
        "local ok, message = coroutine.resume(_home.co)
         assert(not ok and message:find('^cannot resume this coroutine: what was saved of it does not fit'), message)
         assert(_home.get() == 2 and coroutine.status(_home.co) == 'dead')",
    );
    // It says so also after it was saved once more.
    vm.restore_home(&image).unwrap();
    let again = reread(&vm.capture_home().unwrap());
    vm.restore_home(&again).unwrap();
    run(&mut vm, "assert(select(2, coroutine.resume(_home.co)):find('^cannot resume'))");
}

fn metadata() -> Metadata {
    Metadata { name: "Größe ✓".into(), created_millis: 1.7e12 }
}

#[test]
fn files_of_version_2_stay_readable() {
    let file = container::decode(&fs::read(golden("version_2.cusnap")).unwrap()).unwrap().0;
    let alone = codec::decode(&fs::read(golden("version_2.image")).unwrap()).unwrap();
    let check = fs::read(golden("version_2.check.lua")).unwrap();
    for image in [file, alone] {
        let (mut vm, _) = crate::common::vm();
        vm.restore_home(&image).unwrap();
        vm.run(&"check.lua".into(), &check, RunMode::Program).unwrap();
    }
}

#[test]
fn version_2_is_written_unchanged() {
    let (mut vm, _) = crate::common::vm();
    let source = fs::read(golden("version_2.lua")).unwrap();
    vm.run(&"version_2.lua".into(), &source, RunMode::Program).unwrap();
    let image = vm.capture_home().unwrap();
    let bytes = codec::encode(&image).unwrap();
    if !golden("version_2.image").exists() {
        // Only for the first release of a format: the files are then committed and never change.
        fs::write(golden("version_2.image"), &bytes).unwrap();
        fs::write(golden("version_2.cusnap"), container::encode(&image, &metadata()).unwrap()).unwrap();
    }
    assert_eq!(bytes, fs::read(golden("version_2.image")).unwrap());
}
