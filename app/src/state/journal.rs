//! What the page knows of the journal of runs: what was listed of it, and what was kept since then.

use wire::{RunId, RunInfo, RunList};

/// What is known of the journal of runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// The newest first. None is missing between two of them.
    pub runs: Vec<RunInfo>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Whether the newest are here. If not, they have to be asked for.
    pub is_current: bool,
}

impl Journal {
    /// The newest runs were listed.
    pub(super) fn list(&mut self, list: RunList) {
        *self = Journal { runs: list.runs, has_more: list.has_more, is_current: true };
    }

    /// Older runs were listed.
    pub(super) fn list_older(&mut self, older: RunList) {
        let RunList { mut runs, has_more } = older;
        runs.retain(|run| self.runs.last().is_none_or(|last| run.id < last.id));
        self.runs.append(&mut runs);
        self.has_more = has_more;
    }

    /// A run was kept. Before anything is listed, it can wait until it is asked for.
    pub(super) fn keep(&mut self, run: RunInfo) {
        if self.is_current {
            self.runs.insert(0, run);
        }
    }

    /// A run was forgotten, or without an id, all were.
    pub(super) fn forget(&mut self, id: Option<&RunId>) {
        if id.is_none() {
            self.has_more = false;
        }
        self.runs.retain(|run| id.is_some_and(|id| run.id != *id));
    }
}
