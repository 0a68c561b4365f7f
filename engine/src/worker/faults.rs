//! Why a request was not carried out, in words for the person at the page.

use wire::{Fault, FaultKind};

use crate::archive::LoadError;
use crate::slices::Withdrawn;
use crate::store::StoreError;

/// Why a request was not carried out.
pub enum Unfinished {
    /// The page withdrew it.
    Withdrawn,
    /// It could not be.
    Faulted(Fault),
}

impl From<Withdrawn> for Unfinished {
    fn from(_: Withdrawn) -> Self {
        Unfinished::Withdrawn
    }
}

impl From<Fault> for Unfinished {
    fn from(fault: Fault) -> Self {
        Unfinished::Faulted(fault)
    }
}

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
        LoadError::NoName | LoadError::NoLeaf | LoadError::NothingOwn | LoadError::NameTaken | LoadError::Unknown => {
            error.to_string().into()
        }
        _ => unreadable(error),
    }
}

/// A snapshot or a file is damaged, or of another kind.
pub fn unreadable(error: &impl std::error::Error) -> Fault {
    Fault { kind: FaultKind::Unreadable, message: format!("The snapshot cannot be read: {error}.") }
}
