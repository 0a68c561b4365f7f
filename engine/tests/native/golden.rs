//! Snapshot files from every released version stay readable. No test writes these files: a missing one is a failure.

use std::fs;
use std::path::PathBuf;

use engine::container::{self, Metadata};
use wire::RunMode;

/// The path of a file that never changes.
pub fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn metadata() -> Metadata {
    Metadata { name: "Größe ✓".into(), created_millis: 1.7e12 }
}

#[test]
fn files_of_version_1_stay_readable() {
    let bytes = fs::read(golden("version_1.cusnap")).unwrap();
    let (image, metadata) = container::decode(&bytes).unwrap();
    assert_eq!(metadata, self::metadata());
    let (mut vm, _) = crate::common::vm();
    vm.restore_home(&image).unwrap();
    let check = fs::read(golden("version_1.check.lua")).unwrap();
    vm.run(&"check.lua".into(), &check, RunMode::Program).unwrap();
}

#[test]
fn version_1_is_written_unchanged() {
    let (mut vm, _) = crate::common::vm();
    let source = fs::read(golden("version_1.lua")).unwrap();
    vm.run(&"version_1.lua".into(), &source, RunMode::Program).unwrap();
    let bytes = container::encode(&vm.capture_home().unwrap(), &metadata()).unwrap();
    // Everything except the producer and the checksum, which change from version to version.
    let known = fs::read(golden("version_1.cusnap")).unwrap();
    let image = fs::read(golden("version_1.image")).unwrap();
    for file in [&bytes, &known] {
        assert_eq!(file[..10], *b"\x89cusnap\n\x01\0");
        assert_eq!(file[file.len() - 32 - image.len()..file.len() - 32], image);
    }
}

/// The checksum detects every truncation, and every change of a single byte.
#[test]
fn every_damaged_file_is_refused() {
    let bytes = fs::read(golden("version_1.cusnap")).unwrap();
    for length in 0..bytes.len() {
        assert!(container::decode(&bytes[..length]).is_err(), "cut at {length}");
    }
    for index in 0..bytes.len() {
        for mask in [0x01, 0x10, 0x80, 0xFF] {
            let mut damaged = bytes.clone();
            damaged[index] ^= mask;
            assert!(container::decode(&damaged).is_err(), "byte {index} ^ {mask:#x}");
        }
    }
}
