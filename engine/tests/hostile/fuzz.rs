//! Random bytes, and valid files with many random changes at once.

use engine::codec;
use engine::container;
use engine::json;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::FileFailurePersistence;

use crate::memory::{TOO_MANY_TIMES, memory_of};
use crate::{PERMANENTS, golden, harmless, table, with_permanents};

/// Memory that does not grow with the input: minimum capacities of lists, and error messages.
const FIXED_BYTES: usize = 1000;
/// The BLAKE3 hash at the end of a file.
const CHECKSUM_BYTES: usize = 32;
/// The same for JSON, whose values can be as short as two bytes.
const TOO_MANY_TIMES_JSON: usize = 100;

const JSON: &[u8] =
    br#"{"name": "Ada \u00e9", "list": [1, -2.5e3, true, null, [], {"a": {"b": [[["deep"]]]}}], "": "x"}"#;

/// A change to some bytes; positions refer to the bytes as changed so far.
#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Delete(Index, usize),
    /// A part is copied to another position.
    Copy {
        from: Index,
        length: usize,
        to: Index,
    },
    /// A part is repeated in place.
    Repeat {
        start: Index,
        length: usize,
        times: usize,
    },
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    prop_oneof![
        4 => (index(), 1..=u8::MAX).prop_map(|(index, mask)| Change::Flip(index, mask)),
        // Small numbers are likely tokens, counts and references.
        2 => (index(), vec(prop_oneof![0..24_u8, any::<u8>()], 1..8)).prop_map(|(index, bytes)| Change::Insert(index, bytes)),
        2 => (index(), 1..40_usize).prop_map(|(index, length)| Change::Delete(index, length)),
        2 => (index(), 1..40_usize, index()).prop_map(|(from, length, to)| Change::Copy { from, length, to }),
        1 => (index(), 1..20_usize, 1..50_usize)
            .prop_map(|(start, length, times)| Change::Repeat { start, length, times }),
    ]
}

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        let place = |index: &Index| index.index(bytes.len() + 1);
        let piece = |index: &Index, length: usize| place(index)..(place(index) + length).min(bytes.len());
        match change {
            Change::Flip(index, mask) => {
                let place = place(index);
                bytes.get_mut(place).into_iter().for_each(|byte| *byte ^= mask);
            }
            Change::Insert(index, inserted) => {
                let place = place(index);
                bytes.splice(place..place, inserted.iter().copied());
            }
            Change::Delete(index, length) => {
                let piece = piece(index, *length);
                bytes.drain(piece);
            }
            Change::Copy { from, length, to } => {
                let (copied, place) = (bytes[piece(from, *length)].to_vec(), place(to));
                bytes.splice(place..place, copied);
            }
            Change::Repeat { start, length, times } => {
                let piece = piece(start, *length);
                let repeated = bytes[piece.clone()].repeat(*times);
                bytes.splice(piece.end..piece.end, repeated);
            }
        }
    }
    bytes
}

/// The tokens of a value, with permanents in every role, including roles that are refused.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        3 => (0..PERMANENTS.len() as u8).prop_map(|number| vec![14, number]),
        // The list that contains everything.
        2 => Just(vec![10, 0]),
        2 => vec(any::<u8>(), 0..4).prop_map(|bytes| [&[6, bytes.len() as u8][..], &bytes].concat()),
        1 => (0..3_u8).prop_map(|token| vec![token]),
        1 => any::<i8>().prop_map(|number| vec![3, number as u8 & 0x7f]),
        1 => any::<f64>().prop_map(|float| [&[4][..], &float.to_le_bytes()].concat()),
        1 => (15..19_u8).prop_map(|token| vec![token]),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        (vec(inner.clone(), 0..3), vec((inner.clone(), inner.clone()), 0..3), proptest::option::of(inner), 0..2_u8)
            .prop_map(|(sequence, entries, metatable, is_new)| {
                let mut bytes = table(sequence.len() as u64, entries.len() as u64, u8::from(metatable.is_some()));
                bytes[0] += is_new;
                bytes.extend(sequence.concat());
                entries.iter().for_each(|(key, value)| bytes.extend([&key[..], value].concat()));
                bytes.extend(metatable.unwrap_or_default());
                bytes
            })
    })
}

/// Where failing cases are recorded, to be tried first in later runs.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile/fuzz.regressions");

/// Returns what `read` makes of the bytes, after asserting that it does not take too much memory.
fn within<T, E>(times: usize, bytes: &[u8], read: impl FnOnce(&[u8]) -> Result<T, E>) -> Option<T> {
    let (read, memory) = memory_of(|| read(bytes));
    assert!(memory < FIXED_BYTES + times * bytes.len(), "{memory} for {} bytes", bytes.len());
    read.ok()
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        ..ProptestConfig::with_cases(2000)
    })]

    #[test]
    fn permanents_in_any_role_are_refused_or_harmless(value in value()) {
        let list = [&[9, 1, 0, 0], &value[..]].concat();
        within(TOO_MANY_TIMES, &with_permanents(&list), codec::decode).iter().for_each(harmless);
    }

    #[test]
    fn any_bytes_are_refused_or_harmless(bytes in vec(prop_oneof![0..24_u8, any::<u8>()], 0..200)) {
        // An empty header, so that most bytes are read as tokens.
        for bytes in [&bytes[..], &[&[0, 0, 0, 1], &bytes[..]].concat()] {
            within(TOO_MANY_TIMES, bytes, codec::decode).iter().for_each(harmless);
        }
        within(TOO_MANY_TIMES, &bytes, container::decode);
        let text = String::from_utf8_lossy(&bytes);
        within(TOO_MANY_TIMES_JSON, text.as_bytes(), |_| json::import(&text)).iter().for_each(harmless);
    }

    #[test]
    fn changed_images_are_refused_or_harmless(changes in vec(change(), 1..6)) {
        let bytes = changed(&golden("version_1.image"), &changes);
        within(TOO_MANY_TIMES, &bytes, codec::decode).iter().for_each(harmless);
    }

    /// Also if somebody has corrected the checksum.
    #[test]
    fn changed_files_are_refused_or_harmless(changes in vec(change(), 1..4)) {
        let file = golden("version_1.cusnap");
        let mut bytes = changed(&file[..file.len() - CHECKSUM_BYTES], &changes);
        bytes.extend(blake3::hash(&bytes).as_bytes());
        if let Some((image, _)) = within(TOO_MANY_TIMES, &bytes, container::decode) {
            harmless(&image);
        }
    }

    #[test]
    fn changed_json_is_refused_or_harmless(changes in vec(change(), 1..6)) {
        let bytes = changed(JSON, &changes);
        let text = String::from_utf8_lossy(&bytes);
        within(TOO_MANY_TIMES_JSON, text.as_bytes(), |_| json::import(&text)).iter().for_each(harmless);
    }
}
