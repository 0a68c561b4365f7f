//! The texts as programs find and change them.

use leptos::prelude::*;
use wire::FileChange;

use super::Documents;
use crate::workspace::WorkerFiles;

impl Documents {
    /// What the worker of this number must be told, so that programs find the files as they are here.
    pub fn update_worker(self, worker: Option<u32>) -> Vec<FileChange> {
        self.hear_views();
        let update = |workspace: &_| self.worker_files.try_update_value(|files| files.update(worker, workspace));
        self.with(update).flatten().unwrap_or_default()
    }

    /// The same for another worker, which has these files.
    pub fn update_files(self, files: &mut WorkerFiles, worker: u32) -> Vec<FileChange> {
        self.hear_views();
        self.with(|workspace| files.update(Some(worker), workspace)).unwrap_or_default()
    }

    /// Takes over what a program made of files, and stores it.
    pub fn take_from_program(self, changes: Vec<FileChange>) {
        self.when_open(move || {
            self.hear(|workspace| {
                self.worker_files.try_update_value(|files| files.take(changes, workspace)).unwrap_or_default()
            });
        });
    }
}
