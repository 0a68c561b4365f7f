//! A request whose answer is wanted only as long as whoever asked is there.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::queue_microtask;
use wire::RequestId;

use super::core::{Core, withdraw_pending};

/// A request that somebody waits for. Dropping this withdraws it, and whoever asked hears no more of it.
#[must_use = "dropping it withdraws the request"]
pub struct PendingRequest {
    pub(super) core: Rc<Core>,
    pub(super) id: RequestId,
    /// Whether the answer is wanted.
    pub(super) is_wanted: Rc<Cell<bool>>,
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        self.is_wanted.set(false);
        let (core, id) = (Rc::clone(&self.core), self.id);
        // Later: the owner may be in the middle of something.
        queue_microtask(move || withdraw_pending(&core, id));
    }
}
