//! Long work in slices: between two of them the host takes what it was sent, and the request may turn out to be
//! withdrawn. Nothing else is done between them.

use std::cell::Cell;
use std::rc::Rc;

use wire::RequestId;

use crate::host::Host;

/// How long a slice lasts.
const SLICE_MILLIS: f64 = 50.0;
/// After how many steps the clock is read.
const STEPS_PER_READING: u32 = 1000;

/// The request was withdrawn while it was being carried out.
#[derive(Debug, PartialEq, Eq)]
pub struct Withdrawn;

/// The slices of the work on one request.
pub struct Slices {
    host: Rc<dyn Host>,
    request: RequestId,
    steps_left: Cell<u32>,
    end_millis: Cell<f64>,
}

impl Slices {
    /// Begins the first slice.
    pub fn new(host: Rc<dyn Host>, request: RequestId) -> Slices {
        let end_millis = Cell::new(host.monotonic_millis() + SLICE_MILLIS);
        Slices { host, request, steps_left: Cell::new(STEPS_PER_READING), end_millis }
    }

    /// Counts steps of the work; one is worth about a microsecond. Returns whether the slice is over.
    #[inline]
    pub fn is_over(&self, steps: u32) -> bool {
        match self.steps_left.get().checked_sub(steps) {
            None => self.read_clock(),
            Some(left) => {
                self.steps_left.set(left);
                false
            }
        }
    }

    #[cold]
    fn read_clock(&self) -> bool {
        self.steps_left.set(STEPS_PER_READING);
        self.host.monotonic_millis() >= self.end_millis.get()
    }

    /// Lets the host take what it was sent, and begins the next slice, unless the request was withdrawn.
    pub async fn begin_next(&self) -> Result<(), Withdrawn> {
        self.host.pause().await;
        self.end_millis.set(self.host.monotonic_millis() + SLICE_MILLIS);
        if self.host.is_withdrawn(self.request) { Err(Withdrawn) } else { Ok(()) }
    }
}
