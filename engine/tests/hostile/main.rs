//! What is brought from outside may be made to harm: it is refused with an error that says where, or it does no
//! harm. Memory is counted, which takes a program of its own.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[expect(dead_code, reason = "other tests use the rest")]
#[path = "../everywhere/common.rs"]
mod common;
mod fuzz;
mod memory;

use std::fs;
use std::path::PathBuf;
use std::rc::Rc;

use engine::codec::{self, DecodeError};
use engine::diff::Diff;
use engine::image::HeapImage;
use engine::inspect::Inspection;
use engine::json;
use engine::lua::RestoreError;
use wire::RunMode;

/// An unsigned number as the format writes it.
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

/// A table token: how much follows.
fn table(sequence: u64, entries: u64, has_metatable: u8) -> Vec<u8> {
    [&[8][..], &number(sequence), &number(entries), &[has_metatable]].concat()
}

/// A prototype at a place of the only chunk.
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
fn what_makes_no_sense_is_refused_with_its_place() {
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
    for same in [7, 10, 13] {
        refused(&tokens(1, &[&[same, 0]]), "a reference to what has not been met");
    }
    refused(&tokens(1, &[&[14, 0]]), "a permanent that is not there");
    refused(&tokens(1, &[&[11, 0]]), "a function that is not in the header");
    refused(&tokens(1, &[&[19, 0]]), "an upvalue in the place of a value");
    refused(&tokens(1, &[&table(1, 0, 0), &[0]]), "nil in a sequence");
    refused(&tokens(1, &[&table(0, 1, 0), &[0, 2]]), "nil or NaN as a key");
    let nan = [&[4][..], &f64::NAN.to_le_bytes(), &[2]].concat();
    refused(&tokens(1, &[&table(0, 1, 0), &nan]), "nil or NaN as a key");
    refused(&tokens(1, &[&table(0, 0, 1), &[2]]), "a metatable that is no table");
    refused(&function("return", &prototype(&[], &["u"]), &[11, 0, 2]), "a value in the place of an upvalue");
    refused(&function("return", &prototype(&[], &["u"]), &[11, 0, 21, 0]), "a reference to what has not been met");
    refused(&[1, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0], "a function of a chunk that is not there");
    refused(&[], "not a header");
    refused(&[&[0, 0][..], &number(lie)].concat(), "not a header");
}

/// A cycle may go through tables, upvalues and metatables; a reference to the object itself from inside of it is
/// none that harms.
#[test]
fn cycles_are_looked_at_compared_and_restored() {
    let own = [&[9, 1, 1, 1][..], &[10, 0], &[10, 0, 10, 0], &[10, 0]].concat();
    let image = codec::decode(&tokens(1, &[&own])).unwrap();
    harmless(&image);
    let (mut vm, _) = common::vm();
    vm.restore_home(&image).unwrap();
    vm.run("m", b"assert(_home[1] == _home and getmetatable(_home) == _home)", RunMode::Program).unwrap();
}

#[test]
fn chunks_and_places_that_are_wrong_are_refused_and_leave_home_alone() {
    let cases: [(&str, &[u8], &[&str], &str); 6] = [
        ("x x", &[], &["_ENV"], "does not compile"),
        ("\u{1b}Lua", &[], &["_ENV"], "does not compile"),
        ("return", &[5], &["_ENV"], "has no function at place [5]"),
        ("return", &[0, 0], &["_ENV"], "has no function at place [0, 0]"),
        ("return", &[], &[], "has 1 upvalues, the snapshot gives 0"),
        ("return", &[], &["a", "b"], "has 1 upvalues, the snapshot gives 2"),
    ];
    let (mut vm, _) = common::vm();
    vm.run("m", b"_home.mine = 1", RunMode::Program).unwrap();
    for (text, place, upvalues, expected) in cases {
        let cells = [19, 0].repeat(upvalues.len());
        let tokens = [&table(1, 0, 0)[..], &[11, 0], &cells].concat();
        let image = codec::decode(&function(text, &prototype(place, upvalues), &tokens)).unwrap();
        let error = vm.restore_home(&image).unwrap_err();
        assert!(error.to_string().contains(expected), "{text}: {error}");
        assert!(error.is_of_the_image());
    }
    // A lack of memory is no fault of the snapshot, and does not mark it as damaged.
    assert!(!RestoreError::Lua("not enough memory".into()).is_of_the_image());
    let permanent = [&[0, 0, 1, 5][..], b"no.no", &[1], &table(1, 0, 0), &[14, 0]].concat();
    let error = vm.restore_home(&codec::decode(&permanent).unwrap()).unwrap_err();
    assert!(error.to_string().contains("no 'no.no'"), "{error}");
    for roots in [tokens(0, &[]), tokens(2, &[&[2, 2]]), tokens(1, &[&[5, 1], b"x"])] {
        assert!(vm.restore_home(&codec::decode(&roots).unwrap()).is_err());
    }
    vm.run("m", b"assert(_home.mine == 1)", RunMode::Program).unwrap();
}

/// A file that is kept for ever.
fn golden(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)).unwrap()
}

/// Does with an image whatever is done with one that was brought.
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
    json::export(image, "_home");
    let other = Rc::new(Inspection::new(HeapImage::of_empty_table()));
    for (before, after) in [(&inspection, &inspection), (&inspection, &other), (&other, &inspection)] {
        if let Some(diff) = Diff::new(Rc::clone(before), Rc::clone(after)) {
            diff.list(&[], 0, 1000);
        }
    }
    codec::encode(image).unwrap();
}

/// Every byte of a golden file changed in every bit pattern that matters, and every truncation.
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
    // Most bytes are text, any of which is good.
    assert!(accepted > 0);
    for length in 0..bytes.len() {
        assert!(codec::decode(&bytes[..length]).is_err(), "cut at {length}");
    }
}
