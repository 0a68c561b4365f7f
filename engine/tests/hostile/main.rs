//! Malicious snapshots and JSON are refused with an error that says where, or do no harm. Memory use is measured, which
//! requires a separate executable.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../everywhere/common.rs"]
mod common;
mod fuzz;
mod memory;
#[path = "../native/now.rs"]
mod now;

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use engine::codec::{self, DecodeError};
use engine::container;
use engine::diff::Diff;
use engine::image::{HeapImage, Value};
use engine::inspect::Inspection;
use engine::json;
use engine::lua::{RestoreError, Vm};
use engine::slices::Slices;
use wire::{Key, Limits, RequestId, RunMode, Step};

use self::now::now;

/// An unsigned number in the format's encoding.
fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// A header without chunks, prototypes and permanents, and these tokens.
fn tokens(roots: u64, tokens: &[&[u8]]) -> Vec<u8> {
    [&[0, 0, 0][..], &number(roots), &tokens.concat()].concat()
}

/// A table token with its sizes.
fn table(sequence: u64, entries: u64, has_metatable: u8) -> Vec<u8> {
    [&[8][..], &number(sequence), &number(entries), &[has_metatable]].concat()
}

/// A prototype at a path in the only chunk.
fn prototype(place: &[u8], upvalues: &[&str]) -> Vec<u8> {
    let names: Vec<u8> = upvalues.iter().flat_map(|name| [&[name.len() as u8], name.as_bytes()].concat()).collect();
    [&[0, place.len() as u8], place, &[7, 1, 1, 0, 0, upvalues.len() as u8], &names].concat()
}

/// A header of one chunk and one prototype, and these tokens.
fn function(text: &str, prototype: &[u8], tokens: &[u8]) -> Vec<u8> {
    [&[1, 1, b'm', text.len() as u8][..], text.as_bytes(), &[1], prototype, &[0, 1], tokens].concat()
}

fn refused(bytes: &[u8], reason: &str) {
    match codec::decode(bytes) {
        Err(DecodeError::Damaged { offset, reason: found }) => {
            assert_eq!(found, reason);
            assert!(offset <= bytes.len());
        }
        Ok(_) => panic!("not refused: {reason}"),
    }
}

#[test]
fn malformed_bytes_are_refused_with_their_position() {
    let lie = u64::from(u32::MAX);
    let too_many = "more values announced than there are bytes";
    refused(&tokens(lie, &[]), too_many);
    refused(&tokens(1, &[&table(lie, 0, 0)]), too_many);
    refused(&tokens(1, &[&table(0, lie, 0)]), too_many);
    refused(&tokens(1, &[&table(0, 0, 1)]), too_many);
    refused(&tokens(1, &[&[5, 9], b"short"]), "not a token");
    refused(&tokens(1, &[&[200]]), "not a token");
    refused(&tokens(1, &[&[8, 0, 0, 7]]), "not a token");
    refused(&tokens(1, &[&[2, 2]]), "bytes after the end");
    for same in [7, 10, 13, 24] {
        refused(&tokens(1, &[&[same, 0]]), "a reference to what has not been met");
    }
    refused(&tokens(1, &[&[14, 0]]), "a permanent that is not there");
    refused(&tokens(1, &[&[11, 0]]), "a function that is not in the header");
    refused(&tokens(1, &[&[19, 0]]), "an upvalue instead of a value");
    refused(&tokens(1, &[&table(1, 0, 0), &[0]]), "nil in a sequence");
    refused(&tokens(1, &[&table(0, 1, 0), &[0, 2]]), "nil or NaN as a key");
    let nan = [&[4][..], &f64::NAN.to_le_bytes(), &[2]].concat();
    refused(&tokens(1, &[&table(0, 1, 0), &nan]), "nil or NaN as a key");
    refused(&tokens(1, &[&table(0, 0, 1), &[2]]), "a metatable that is no table");
    refused(&function("return", &prototype(&[], &["u"]), &[11, 0, 2]), "a value instead of an upvalue");
    refused(&function("return", &prototype(&[], &["u"]), &[11, 0, 21, 0]), "a reference to what has not been met");
    refused(&tokens(1, &[&[22, 3, 0, 0, 0]]), "a native object of an unknown kind");
    refused(&tokens(1, &[&[22, 0, 0], &number(lie), &[0]]), "more numbers announced than there are bytes");
    refused(&tokens(1, &[&[22, 0], &number(lie), &[2, 0, 0, 0]]), too_many);
    refused(&tokens(1, &[&[22, 0, 0, 2], &number(lie), &[0, 0]]), "a native object with wrong parts");
    for parts in [&[0, 0, 1, 0, 0][..], &[0, 0, 2, 0, 0, 1], &[0, 0, 2, 1, 0, 0], &[1, 0, 0, 0], &[2, 2, 1, 0, 0]] {
        refused(&tokens(1, &[&[22], parts, &[0, 0]]), "a native object with wrong parts");
    }
    refused(&[1, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], "a function of a chunk that does not exist");
    refused(&[], "not a header");
    refused(&[&[0, 0][..], &number(lie)].concat(), "not a header");
}

/// A cycle may go through tables, upvalues and metatables. An object may also refer to itself while it is being read.
#[test]
fn cycles_are_inspected_compared_and_restored() {
    let own = [&[9, 1, 1, 1][..], &[10, 0], &[10, 0, 10, 0], &[10, 0]].concat();
    let image = codec::decode(&tokens(1, &[&own])).unwrap();
    harmless(&image);
    let (mut vm, _) = common::vm();
    vm.restore_home(&image).unwrap();
    vm.run(&"m".into(), b"assert(_home[1] == _home and getmetatable(_home) == _home)", RunMode::Program).unwrap();
}

#[test]
fn wrong_chunks_and_places_are_refused_and_leave_home_unchanged() {
    let cases: [(&str, &[u8], &[&str], &str); 6] = [
        ("x x", &[], &["_ENV"], "does not compile"),
        ("\u{1b}Lua", &[], &["_ENV"], "does not compile"),
        ("return", &[5], &["_ENV"], "has no function at path [5]"),
        ("return", &[0, 0], &["_ENV"], "has no function at path [0, 0]"),
        ("return", &[], &[], "has 1 upvalues, the snapshot says 0"),
        ("return", &[], &["a", "b"], "has 1 upvalues, the snapshot says 2"),
    ];
    let (mut vm, _) = common::vm();
    vm.run(&"m".into(), b"_home.mine = 1", RunMode::Program).unwrap();
    for (text, place, upvalues, expected) in cases {
        let cells = [19, 0].repeat(upvalues.len());
        let tokens = [&table(1, 0, 0)[..], &[11, 0], &cells].concat();
        let image = codec::decode(&function(text, &prototype(place, upvalues), &tokens)).unwrap();
        let error = vm.restore_home(&image).unwrap_err();
        assert!(error.to_string().contains(expected), "{text}: {error}");
        assert!(error.is_of_the_image());
    }
    // Running out of memory is not the snapshot's fault and does not mark it as damaged.
    assert!(!RestoreError::Lua("not enough memory".into()).is_of_the_image());
    let permanent = [&[0, 0, 1, 5][..], b"no.no", &[1], &table(1, 0, 0), &[14, 0]].concat();
    let error = vm.restore_home(&codec::decode(&permanent).unwrap()).unwrap_err();
    assert!(error.to_string().contains("no 'no.no'"), "{error}");
    for roots in [tokens(0, &[]), tokens(2, &[&[2, 2]]), tokens(1, &[&[5, 1], b"x"])] {
        assert!(vm.restore_home(&codec::decode(&roots).unwrap()).is_err());
    }
    vm.run(&"m".into(), b"assert(_home.mine == 1)", RunMode::Program).unwrap();
}

/// Reads a file that never changes.
fn golden(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)).unwrap()
}

/// Long enough for a file's finalizers, and short enough to wait for one that never ends.
const FINALIZER_MILLIS: u32 = 50;

/// Uses everything reachable from `_home` in every way that calls none of its functions.
const WALK: &[u8] = b"
    local seen, waiting = {}, {_home}
    local function meet(value)
        if value ~= nil and not seen[value] then
            seen[value] = true
            waiting[#waiting + 1] = value
        end
    end
    while #waiting > 0 do
        local value = table.remove(waiting)
        tostring(type(value))
        meet(debug.getmetatable(value))
        if type(value) == 'table' then
            for key, inner in next, value do meet(key) meet(inner) end
            rawset(value, value, rawlen(value))
            rawset(value, value, nil)
        elseif type(value) == 'function' then
            for index = 1, debug.getinfo(value, 'u').nups do meet((select(2, debug.getupvalue(value, index)))) end
        end
    end";

/// Restores an image in a fresh VM, completely and at one path, and walks over all of it. Either the image is refused
/// and at fault, or the VM works and its `_home` can be saved again.
fn restored(image: &HeapImage) {
    let limits = Limits { time_millis: FINALIZER_MILLIS, ..Limits::default() };
    let mut vm = Vm::new(common::TestHost::new(), limits).unwrap();
    match vm.restore_home(image) {
        Ok(()) => {
            // It may run into a limit, or into a `_home` that cannot be walked.
            let _ = vm.run(&"walk".into(), WALK, RunMode::Program);
            vm.collect_garbage().unwrap_or_default();
            codec::encode(&vm.capture_home().unwrap()).unwrap();
        }
        Err(error) => assert!(error.is_of_the_image(), "{error}"),
    }
    vm.run(&"m".into(), b"_home = {} collectgarbage()", RunMode::Program).unwrap();
    let _ = vm.restore_at(&[Step::Key(Key::Integer(1))], image);
    vm.run(&"m".into(), b"_home = {} collectgarbage() assert(1 + 1 == 2)", RunMode::Program).unwrap();
}

/// Does everything with an image that is done with an imported one.
fn harmless(image: &HeapImage) {
    let inspection = Rc::new(Inspection::new(image.clone()));
    inspection.roots();
    if let Some(listing) = inspection.list(&[], 0, 1000) {
        for row in listing.rows {
            inspection.list(std::slice::from_ref(&row.step), 0, 1000);
            inspection.source(&[row.step]);
        }
    }
    image.omissions("_home", 1000);
    let slices = Slices::new(common::TestHost::new(), RequestId(0));
    now(json::export(image, image.roots.first().unwrap_or(Value::Nil), "_home", &slices)).unwrap();
    let other = Rc::new(Inspection::new(HeapImage::of_empty_table()));
    for (before, after) in [(&inspection, &inspection), (&inspection, &other), (&other, &inspection)] {
        if let Some(diff) = now(Diff::new(Rc::clone(before), Rc::clone(after), &slices)).unwrap() {
            diff.list(&[], 0, 1000);
        }
    }
    codec::encode(image).unwrap();
    restored(image);
}

/// Files that once broke something. Each such fault adds one, and none is ever removed.
#[test]
fn former_crashers_are_refused_or_harmless() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/crashers");
    let paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(paths.len() >= 2, "only {} files were found", paths.len());
    for path in paths {
        if let Ok((image, _)) = container::decode(&fs::read(&path).unwrap()) {
            harmless(&image);
        }
    }
}

/// The permanents used in the tests. The first ones are functions.
const PERMANENTS: [&str; 7] = ["print", "load", "string.format", "_G", "string", "coroutine", "<string metatable>"];

/// A header with those permanents, and these tokens.
fn with_permanents(tokens: &[u8]) -> Vec<u8> {
    let paths: Vec<u8> = PERMANENTS.iter().flat_map(|path| [&[path.len() as u8], path.as_bytes()].concat()).collect();
    [&[0, 0, PERMANENTS.len() as u8][..], &paths, &[1], tokens].concat()
}

/// Lua's C interface does not check that a metatable is a table.
#[test]
fn a_metatable_that_is_not_a_table_is_refused_with_its_path() {
    let (mut vm, _) = common::vm();
    vm.run(&"m".into(), b"_home.mine = 1", RunMode::Program).unwrap();
    for (number, path) in PERMANENTS.iter().enumerate() {
        let permanent = [14, number as u8];
        for place in [
            [&table(0, 0, 1)[..], &permanent].concat(),
            [&table(1, 0, 0)[..], &table(0, 0, 1), &permanent].concat(),
            [&table(0, 0, 1)[..], &table(0, 0, 1), &permanent].concat(),
        ] {
            let image = codec::decode(&with_permanents(&place)).unwrap();
            let outcome = vm.restore_home(&image);
            if number < 3 {
                let expected = RestoreError::NotAMetatable { path: (*path).into(), kind: "function" };
                assert_eq!(outcome, Err(expected));
            } else {
                assert_eq!(outcome, Ok(()), "{path}");
                vm.run(&"m".into(), b"_home = {mine = 1} collectgarbage()", RunMode::Program).unwrap();
            }
        }
    }
    for name in ["load", "print"] {
        let file = format!("tests/hostile/crashers/function_as_metatable_{name}.cusnap");
        let file = fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let error = vm.restore_home(&container::decode(&file).unwrap().0).unwrap_err();
        let expected = format!("the metatable of a table is '{name}', which is a function, not a table");
        assert_eq!(error.to_string(), expected);
        assert!(error.is_of_the_image());
    }
    vm.run(&"m".into(), b"assert(_home.mine == 1)", RunMode::Program).unwrap();
}

/// A function is found in its chunk by a lookup and not by counting; otherwise a few megabytes of places at the end of
/// a long chunk would take hours.
#[test]
fn places_far_down_a_chunk_are_found_at_once() {
    const FUNCTIONS: usize = 20_000;
    const PLACES: usize = 100_000;
    let text = "function f()end ".repeat(FUNCTIONS);
    let place = number(FUNCTIONS as u64 - 1);
    let prototype = [&[0, 1][..], &place, &[7, 1, 1, 0, 0, 0]].concat();
    let image = [&[1, 1, b'm'][..], &number(text.len() as u64), text.as_bytes(), &number(PLACES as u64)].concat();
    let image = [&image[..], &prototype.repeat(PLACES), &[0, 1], &table(0, 0, 0)].concat();
    let (mut vm, _) = common::vm();
    // This is about time, which tests do not measure: counting to each place takes fifty times as long.
    vm.restore_home(&codec::decode(&image).unwrap()).unwrap();
}

/// Every byte of a golden file with every bit pattern that matters, and every truncation.
#[test]
fn damaged_images_are_refused_or_harmless() {
    let bytes = golden("version_1.image");
    let mut accepted = 0;
    for index in 0..bytes.len() {
        for mask in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF] {
            let mut damaged = bytes.clone();
            damaged[index] ^= mask;
            if let Ok(image) = codec::decode(&damaged) {
                accepted += 1;
                harmless(&image);
            }
        }
    }
    // Most bytes are text, and any text is valid.
    assert!(accepted > 0);
    for length in 0..bytes.len() {
        assert!(codec::decode(&bytes[..length]).is_err(), "cut at {length}");
    }
}
