//! History and snapshots: what [`ArchiveCommand`]s do.

use wire::{ArchiveCommand, Fault, RequestId};

use super::Worker;
use crate::store::SnapshotStore;

impl<S: SnapshotStore> Worker<S> {
    /// Carries out a command on history or snapshots.
    pub(super) async fn carry_out_archive(&mut self, _: RequestId, _: ArchiveCommand) -> Result<(), Fault> {
        Err(Fault::from("this part of the engine is not built yet".to_owned()))
    }
}
