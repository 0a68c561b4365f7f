//! The encoding of images: round trips, files from released versions, and bytes that are not images.

use std::collections::HashMap;
use std::fs;

use engine::codec;
use engine::image::{
    CellId, Chunk, ChunkId, FunctionId, HeapImage, NativeId, NativeKind, NativeSpan, Opaque, PermanentId, Prototype,
    PrototypeId, StringId, TableId, Texts, Value,
};
use proptest::prelude::*;
use wire::RunMode;

use crate::golden::golden;

/// Sizes of the arenas of a generated image.
const STRINGS: u32 = 6;
const TABLES: u32 = 8;
const FUNCTIONS: u32 = 4;
const CELLS: u32 = 5;
const PERMANENTS: u32 = 2;
const NATIVES: u32 = 3;

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Nil),
        any::<bool>().prop_map(Value::Boolean),
        any::<i64>().prop_map(Value::Integer),
        any::<u64>().prop_map(|bits| Value::Float(f64::from_bits(bits))),
        (0..STRINGS).prop_map(|id| Value::String(StringId(id))),
        (0..TABLES).prop_map(|id| Value::Table(TableId(id))),
        (0..FUNCTIONS).prop_map(|id| Value::Function(FunctionId(id))),
        (0..NATIVES).prop_map(|id| Value::Native(NativeId(id))),
        (0..PERMANENTS).prop_map(|id| Value::Permanent(PermanentId(id))),
        Just(Value::Opaque(Opaque::Coroutine)),
    ]
}

fn key() -> impl Strategy<Value = Value> {
    value().prop_filter("not a key", |value| match value {
        Value::Nil => false,
        Value::Float(float) => !float.is_nan(),
        _ => true,
    })
}

/// A sequence, entries and a metatable.
type Table = (Vec<Value>, Vec<(Value, Value)>, Value);

fn table() -> impl Strategy<Value = Table> {
    let sequence = prop::collection::vec(value().prop_filter("nil", |value| *value != Value::Nil), 0..4);
    let entries = prop::collection::vec((key(), value()), 0..4);
    let metatable = prop_oneof![Just(Value::Nil), (0..TABLES).prop_map(|id| Value::Table(TableId(id)))];
    (sequence, entries, metatable)
}

/// A coroutine with this stack, these numbers and these cells.
fn add_coroutine(image: &mut HeapImage, slots: &[Value], numbers: &[u32], cells: &[CellId]) {
    image.natives.push(NativeSpan {
        kind: NativeKind::Coroutine,
        start: image.values.len() as u32,
        slots: slots.len() as u32,
        numbers_start: image.numbers.len() as u32,
        numbers: numbers.len() as u32,
        cells_start: image.upvalues.len() as u32,
        cells: cells.len() as u32,
    });
    image.values.extend(slots.iter().copied());
    image.numbers.extend(numbers);
    image.upvalues.extend(cells);
}

fn add_prototype(image: &mut HeapImage, upvalues: u32) {
    image.add_prototype(Prototype {
        chunk: ChunkId(0),
        proto_path: &[upvalues],
        fingerprint: 7,
        line: 1,
        last_line: 2,
        parameters: Texts::from_iter(["a"]).all(),
        is_vararg: true,
        upvalue_names: Texts::from_iter((0..upvalues).map(|index| format!("u{index}"))).all(),
    });
}

fn image() -> impl Strategy<Value = HeapImage> {
    let function = (0..3_u32).prop_flat_map(|prototype| {
        prop::collection::vec((0..CELLS).prop_map(CellId), prototype as usize)
            .prop_map(move |cells| (PrototypeId(prototype), cells))
    });
    let coroutine = (
        prop::collection::vec(value(), 0..4),
        prop::collection::vec(any::<u32>(), 0..4),
        prop::collection::vec((0..CELLS).prop_map(CellId), 0..3),
    );
    (
        prop::collection::vec(coroutine, NATIVES as usize),
        prop::collection::vec(value(), 0..4),
        prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), STRINGS as usize),
        prop::collection::vec(table(), TABLES as usize),
        prop::collection::vec(function, FUNCTIONS as usize),
        prop::collection::vec(value(), CELLS as usize),
    )
        .prop_map(|(coroutines, roots, strings, tables, functions, cells)| {
            let mut image = HeapImage {
                roots: roots.into_iter().collect(),
                strings: strings.into_iter().collect(),
                cells: cells.into_iter().collect(),
                permanents: Texts::from_iter(["print", "string"]),
                ..HeapImage::default()
            };
            image.add_chunk(Chunk { name: "main.lua", text: b"return" });
            (0..3).for_each(|upvalues| add_prototype(&mut image, upvalues));
            for (sequence, entries, metatable) in tables {
                image.add_table(&sequence, &entries, metatable);
            }
            for (prototype, cells) in functions {
                image.add_function(prototype, &cells);
            }
            for (slots, to_close, cells) in coroutines {
                // Without frames; the slots of the cells follow.
                let numbers = [&[0, 0][..], &to_close, &vec![1; cells.len()]].concat();
                add_coroutine(&mut image, &slots, &numbers, &cells);
            }
            image
        })
}

/// Whether two images are the same graph, regardless of ids.
fn isomorphic(a: &HeapImage, b: &HeapImage) -> bool {
    #[derive(PartialEq, Eq, Hash, Clone, Copy, Debug)]
    enum Object {
        Table(u32),
        Function(u32),
        Native(u32),
        Cell(u32),
    }
    let mut pairs: HashMap<Object, Object> = HashMap::new();
    let mut back: HashMap<Object, Object> = HashMap::new();
    let mut values: Vec<(Value, Value)> = a.roots.iter().zip(b.roots.iter()).collect();
    let mut meet = |x: Object, y: Object| match (pairs.insert(x, y), back.insert(y, x)) {
        (None, None) => Some(true),
        (Some(known), Some(other)) => (known == y && other == x).then_some(false),
        _ => None,
    };
    if a.roots.len() != b.roots.len() {
        return false;
    }
    while let Some((x, y)) = values.pop() {
        match (x, y) {
            (Value::String(x), Value::String(y)) if a[x] == b[y] => {}
            (Value::Permanent(x), Value::Permanent(y)) if a[x] == b[y] => {}
            (Value::Table(x), Value::Table(y)) => match meet(Object::Table(x.0), Object::Table(y.0)) {
                Some(true) => {
                    let (x, y) = (a.table(x), b.table(y));
                    if x.sequence.len() != y.sequence.len() || x.entries.len() != y.entries.len() {
                        return false;
                    }
                    values.extend(x.sequence.iter().zip(y.sequence.iter()));
                    for ((x_key, x_value), (y_key, y_value)) in x.entries.iter().zip(y.entries.iter()) {
                        values.extend([(x_key, y_key), (x_value, y_value)]);
                    }
                    values.push((x.metatable, y.metatable));
                }
                Some(false) => {}
                None => return false,
            },
            (Value::Function(x), Value::Function(y)) => match meet(Object::Function(x.0), Object::Function(y.0)) {
                Some(true) => {
                    let (x_prototype, y_prototype) = (a.prototype_of(x), b.prototype_of(y));
                    let is_same_chunk = a.chunk(x_prototype.chunk) == b.chunk(y_prototype.chunk);
                    if x_prototype.proto_path != y_prototype.proto_path || !is_same_chunk {
                        return false;
                    }
                    for (x, y) in a.cells_of(x).iter().zip(b.cells_of(y)) {
                        match meet(Object::Cell(x.0), Object::Cell(y.0)) {
                            Some(true) => values.push((a.cell(*x), b.cell(*y))),
                            Some(false) => {}
                            None => return false,
                        }
                    }
                }
                Some(false) => {}
                None => return false,
            },
            (Value::Native(x), Value::Native(y)) => match meet(Object::Native(x.0), Object::Native(y.0)) {
                Some(true) => {
                    let (x, y) = (a.native(x), b.native(y));
                    if x.len() != y.len() || x.numbers != y.numbers || x.cells.len() != y.cells.len() {
                        return false;
                    }
                    values.extend(x.iter().zip(y.iter()));
                    for (x, y) in x.cells.iter().zip(y.cells) {
                        match meet(Object::Cell(x.0), Object::Cell(y.0)) {
                            Some(true) => values.push((a.cell(*x), b.cell(*y))),
                            Some(false) => {}
                            None => return false,
                        }
                    }
                }
                Some(false) => {}
                None => return false,
            },
            (Value::String(_) | Value::Permanent(_), _) => return false,
            (x, y) if x == y => {}
            _ => return false,
        }
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_image_survives_its_encoding(image in image()) {
        let bytes = codec::encode(&image).unwrap();
        let decoded = codec::decode(&bytes).unwrap();
        prop_assert!(isomorphic(&image, &decoded), "{image:?}\n{decoded:?}");
        // A generated image may have unreachable objects; a decoded one has none.
        let again = codec::encode(&decoded).unwrap();
        prop_assert_eq!(codec::encode(&codec::decode(&again).unwrap()).unwrap(), again);
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = codec::decode(&bytes);
    }
}

#[test]
fn files_of_version_1_stay_readable() {
    let bytes = fs::read(golden("version_1.image")).unwrap();
    let image = codec::decode(&bytes).unwrap();
    let (mut vm, _) = crate::common::vm();
    vm.restore_home(&image).unwrap();
    let check = fs::read(golden("version_1.check.lua")).unwrap();
    vm.run(&"check.lua".into(), &check, RunMode::Program).unwrap();
}

/// Equal graphs yield equal bytes, even from another VM, where all addresses and hashes differ.
#[test]
fn version_1_is_written_unchanged() {
    let (mut vm, _) = crate::common::vm();
    let source = fs::read(golden("version_1.lua")).unwrap();
    vm.run(&"version_1.lua".into(), &source, RunMode::Program).unwrap();
    let bytes = codec::encode(&vm.capture_home().unwrap()).unwrap();
    let path = golden("version_1.image");
    if !path.exists() {
        // Only for the first release of a format: the file is then committed and never changes.
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(bytes, fs::read(path).unwrap());
}

/// A damaged file is either refused, or it restores to something without breaking the VM.
#[test]
fn damaged_files_do_not_break_the_vm() {
    let bytes = fs::read(golden("version_1.image")).unwrap();
    let (mut vm, _) = crate::common::vm();
    let mut refused = 0;
    for length in 0..bytes.len() {
        assert!(codec::decode(&bytes[..length]).is_err(), "cut at {length}");
    }
    for index in 0..bytes.len() {
        for mask in [0x01, 0x10, 0x80, 0xFF] {
            let mut damaged = bytes.clone();
            damaged[index] ^= mask;
            match codec::decode(&damaged) {
                Ok(image) => {
                    let _ = vm.restore_home(&image);
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > bytes.len() / 2, "only {refused} were refused");
    vm.run(&"main.lua".into(), b"_home = {} collectgarbage()", RunMode::Program).unwrap();
}
