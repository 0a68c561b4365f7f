//! A page for tests: it asks a worker whose store is in memory, and hears its events.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use engine::archive::Archive;
use engine::inbox::Task;
use engine::store::{Change, Contents, MemoryStore, PieceName, SnapshotStore, StoreError, WriterId};
use engine::worker::{LaterPart, Worker};
use wire::{
    Call, Command, Event, EventBody, HistoryEvent, HistoryPosition, Inspect, OpenReport, Outcome, Progress, Reply,
    Request, RequestId, RunMode, RunReport, SaveSnapshot, Settings, SnapshotInfo, Step, Subject,
};

pub use crate::now::now;

/// A store that outlives its worker and fails on demand.
#[derive(Clone, Default)]
pub struct SharedStore {
    pub memory: Rc<MemoryStore>,
    pub failure: Rc<RefCell<Option<StoreError>>>,
    /// The stores of other workspaces, by their names.
    pub others: Rc<RefCell<HashMap<String, SharedStore>>>,
}

impl SnapshotStore for SharedStore {
    async fn contents(&self) -> Result<Contents, StoreError> {
        self.memory.contents().await
    }

    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.memory.pieces(names).await
    }

    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError> {
        self.memory.piece_names().await
    }

    async fn apply(&self, change: &Change) -> Result<(), StoreError> {
        let failure = self.failure.borrow().clone();
        match failure {
            Some(error) => Err(error),
            None => self.memory.apply(change).await,
        }
    }

    async fn open_other(&self, name: &str) -> Result<Option<SharedStore>, StoreError> {
        Ok(self.others.borrow().get(name).cloned())
    }
}

async fn opened(store: SharedStore, is_writer: bool) -> Result<Archive<SharedStore>, StoreError> {
    thread_local! {
        static WRITERS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    let number = WRITERS.replace(WRITERS.get() + 1);
    let mut archive = Archive::open(store, WriterId(number.to_string())).await?;
    if is_writer {
        // As in the browser: what cannot be recorded now is recorded later.
        let _ = archive.claim().await;
    }
    Ok(archive)
}

pub struct Page {
    worker: Worker<SharedStore>,
    pub events: Rc<RefCell<Vec<Event>>>,
    pub host: Rc<crate::common::TestHost>,
    pub opening: OpenReport,
    pub next: u32,
    /// The events for requests other than the last one: answers to queries during a run.
    pub answered: Vec<Event>,
    /// How far the last request said it was, in order.
    pub progress: Vec<Progress>,
}

impl Page {
    pub fn open(store: &SharedStore) -> Page {
        Page::open_with(store, true)
    }

    /// A second tab.
    pub fn open_read_only(store: &SharedStore) -> Page {
        Page::open_with(store, false)
    }

    fn open_with(store: &SharedStore, is_writer: bool) -> Page {
        let events = Rc::new(RefCell::new(Vec::new()));
        let emit = Rc::clone(&events);
        let host = crate::common::TestHost::new();
        let archive = now(opened(store.clone(), is_writer));
        let emit = move |event| emit.borrow_mut().push(event);
        let worker = Worker::new(host.clone(), archive, emit, LaterPart::at_hand());
        let opening = OpenReport::default();
        let mut page = Page { worker, events, host, opening, next: 1, answered: Vec::new(), progress: Vec::new() };
        let events = page.ask(Command::Open { settings: Settings::default() });
        let [EventBody::Opened(opening), EventBody::History(HistoryEvent::HistoryChanged(_))] = &events[..] else {
            panic!("{events:?}")
        };
        page.opening = opening.clone();
        page
    }

    pub fn ask(&mut self, command: Command) -> Vec<EventBody> {
        let id = RequestId(self.next);
        self.next += 1;
        self.host.inbox.borrow_mut().receive(Request { id, command });
        self.take_on()
    }

    /// Has the worker take on what it was sent next.
    pub fn take_on(&mut self) -> Vec<EventBody> {
        let next = self.host.inbox.borrow_mut().take_next();
        let Some(Task::CarryOut(request)) = next else { panic!("{next:?}") };
        let id = request.id;
        now(self.worker.handle(request));
        let mut events = self.events.take();
        let of_request = events.extract_if(.., |event| is_progress(event) && event.request == Some(id));
        self.progress = of_request.filter_map(|event| progress(event.body)).collect();
        self.answered = events.extract_if(.., |event| event.request != Some(id)).collect();
        events.into_iter().map(|event| event.body).collect()
    }

    pub fn run_events(&mut self, source: &str) -> Vec<EventBody> {
        let mode = RunMode::Program;
        self.ask(Command::Run { source: source.into(), chunk: "main.lua".into(), mode })
    }

    /// Returns the printed text and the outcome.
    pub fn run(&mut self, source: &str) -> (String, Outcome) {
        let mut printed = String::new();
        let mut outcome = None;
        for event in self.run_events(source) {
            match event {
                EventBody::Printed(output) => printed.push_str(&output.text),
                EventBody::PrintedLine(line) => printed.extend([&line.text, "\n"]),
                EventBody::RunFinished(RunReport { outcome: ended, .. }) => outcome = Some(ended),
                _ => {}
            }
        }
        (printed, outcome.expect("RunFinished"))
    }

    pub fn prints(&mut self, source: &str) -> String {
        let (printed, outcome) = self.run(source);
        assert!(matches!(outcome, Outcome::Returned(_)), "{outcome:?}");
        printed
    }

    pub fn list(&mut self, subject: Subject, path: &[Step]) -> Option<wire::Listing> {
        let events = self.ask(Inspect { subject, path: path.to_vec(), offset: 0, limit: 100 }.into_command());
        let [EventBody::Replied(Reply::Inspect(listing))] = &events[..] else { panic!("{events:?}") };
        listing.clone()
    }

    /// The rows, each as `label: value`.
    pub fn rows(&mut self, subject: Subject, path: &[Step]) -> Vec<String> {
        let listing = self.list(subject, path).expect("a listing");
        listing.rows.into_iter().map(|row| format!("{}: {}", row.label, row.value.text)).collect()
    }

    pub fn snapshots(&self) -> Vec<SnapshotInfo> {
        self.worker.archive().expect("an archive").list()
    }

    pub fn history(&self) -> HistoryPosition {
        self.worker.archive().expect("an archive").history()
    }

    pub fn save(&mut self, name: &str) -> SnapshotInfo {
        match &self.ask(SaveSnapshot { name: name.into() }.into_command())[..] {
            [
                EventBody::Replied(Reply::SaveSnapshot(info)),
                EventBody::History(HistoryEvent::HistoryChanged(_)),
                EventBody::History(HistoryEvent::SnapshotsListed(_)),
            ] => info.clone(),
            events => panic!("{events:?}"),
        }
    }
}

fn is_progress(event: &Event) -> bool {
    matches!(event.body, EventBody::Progressed(_))
}

fn progress(body: EventBody) -> Option<Progress> {
    match body {
        EventBody::Progressed(progress) => Some(progress),
        _ => None,
    }
}

pub fn key(name: &str) -> Step {
    Step::Key(wire::Key::String(name.into()))
}
