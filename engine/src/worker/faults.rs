//! What failures of the store and of stored bytes become for the person at the page.

use wire::{Fault, FaultKind};

use crate::archive::LoadError;
use crate::store::StoreError;

/// The store failed; it still holds what it held before.
pub fn unsaved(error: &StoreError) -> Fault {
    let kind = match error {
        StoreError::QuotaExceeded => FaultKind::StorageFull,
        StoreError::NewerVersion => FaultKind::NewerDatabase,
        StoreError::OtherWriter => FaultKind::ReadOnly,
        StoreError::Failed(_) => FaultKind::StorageFailed,
    };
    Fault { kind, message: format!("_home was not saved: {error}. What was saved before is still there.") }
}

/// A stored snapshot cannot be used as requested.
pub fn unusable(error: &LoadError) -> Fault {
    match error {
        LoadError::Store(error) => unsaved(error),
        LoadError::NoName | LoadError::Unknown => error.to_string().into(),
        _ => unreadable(error),
    }
}

/// A snapshot or a file is damaged, or of another kind.
pub fn unreadable(error: &impl std::error::Error) -> Fault {
    Fault { kind: FaultKind::Unreadable, message: format!("The snapshot cannot be read: {error}.") }
}
