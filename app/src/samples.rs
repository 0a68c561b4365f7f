//! Values that several tests need.

use wire::{DiffTotals, Ending, RunId, RunInfo, RunMode, SnapshotId, SnapshotInfo, SnapshotKind, SourcePath};

/// An empty snapshot without damage.
pub fn snapshot(id: &str, kind: SnapshotKind) -> SnapshotInfo {
    SnapshotInfo {
        id: SnapshotId(id.to_owned()),
        kind,
        created_millis: 0.0,
        byte_size: 0,
        value_count: 0,
        omissions: Vec::new(),
        omission_count: 0,
        damage: None,
    }
}

/// A snapshot that a person named.
pub fn named(name: &str) -> SnapshotInfo {
    snapshot(name, SnapshotKind::Named { name: name.to_owned() })
}

/// A run of the main file that changed nothing.
pub fn run(id: &str) -> RunInfo {
    RunInfo {
        id: RunId(id.to_owned()),
        chunk: SourcePath::main().into(),
        mode: RunMode::Program,
        label: "x = 1".to_owned(),
        began_millis: 0.0,
        elapsed_millis: 12.0,
        memory_bytes: 34,
        ending: Ending::Returned(Vec::new()),
        before: Some(SnapshotId("a".to_owned())),
        after: Some(SnapshotId("a".to_owned())),
        changes: Some(DiffTotals::default()),
        files_changed: 0,
    }
}
