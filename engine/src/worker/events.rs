//! The events of one request.

use std::rc::Rc;

use wire::{Call, Event, EventBody, HistoryEvent, Progress, RequestId, Stage};

/// The number of values above which progress is reported.
const LONG_WORK_VALUES: u64 = 100_000;

/// Sends the events that answer one request.
pub struct Events {
    emit: Rc<dyn Fn(Event)>,
    request: RequestId,
}

impl Events {
    /// The events of a request go to `emit`.
    pub fn new(emit: Rc<dyn Fn(Event)>, request: RequestId) -> Events {
        Events { emit, request }
    }

    /// The request that is being carried out.
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// Sends an event.
    pub fn emit(&self, body: EventBody) {
        (self.emit)(Event { request: Some(self.request), body });
    }

    /// Says what happened to `_home` or to the snapshots.
    pub fn history(&self, event: HistoryEvent) {
        self.emit(EventBody::History(event));
    }

    /// Answers a call.
    pub fn reply<C: Call>(&self, reply: C::Reply) {
        self.emit(C::into_body(reply));
    }

    /// Reports the start of a stage of long work, if the number of values makes it long.
    pub fn begin_stage(&self, stage: Stage, values: u64) {
        if values > LONG_WORK_VALUES {
            let (done, total) = match stage {
                Stage::Capturing | Stage::Reading => (0, 2),
                Stage::Storing | Stage::Restoring => (1, 2),
                Stage::Comparing | Stage::Exporting => (0, 0),
            };
            self.emit(EventBody::Progressed(Progress { stage, done, total }));
        }
    }
}
