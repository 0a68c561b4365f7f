//! Values that several tests need.

use wire::{SnapshotId, SnapshotInfo, SnapshotKind};

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
