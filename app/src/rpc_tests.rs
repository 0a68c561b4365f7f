use std::{cell::RefCell, rc::Rc};

use super::*;

/// A kind of worker that repeats what it is told.
struct Echo;

#[derive(Clone, Debug, PartialEq)]
enum Said {
    Word(&'static str),
    Progress,
    Failed,
    Cancelled,
}

impl Service for Echo {
    type Command = String;
    type Body = Said;

    fn cancel(request: RequestId) -> String {
        format!("cancel {}", request.0)
    }

    fn end(body: &Said) -> Option<Result<(), CallError>> {
        match body {
            Said::Word(_) => Some(Ok(())),
            Said::Progress => None,
            Said::Failed => Some(Err(CallError::Failed(String::from("no").into()))),
            Said::Cancelled => Some(Err(CallError::Cancelled)),
        }
    }
}

/// A worker that keeps what it is sent, or cannot be sent anything.
#[derive(Clone, Default)]
struct FakeWorker {
    sent: Rc<RefCell<Vec<String>>>,
    is_broken: bool,
}

impl Transport<Echo> for FakeWorker {
    fn post(&mut self, id: RequestId, command: &String) -> Result<(), String> {
        if self.is_broken {
            return Err("broken".to_owned());
        }
        self.sent.borrow_mut().push(format!("{}: {command}", id.0));
        Ok(())
    }
}

/// A request's id, and how it ended.
type Outcome = (u32, Result<Said, CallError>);

/// A channel, its worker, and how the requests ended.
struct Page {
    channel: Channel<Echo, FakeWorker>,
    worker: FakeWorker,
    ended: Rc<RefCell<Vec<Outcome>>>,
}

impl Page {
    fn with_worker() -> Page {
        let mut page = Page::without_worker();
        page.channel.attach(page.worker.clone());
        page
    }

    fn ready() -> Page {
        let mut page = Page::with_worker();
        page.channel.on_ready().expect("nothing waits");
        page
    }

    fn without_worker() -> Page {
        Page { channel: Channel::new(), worker: FakeWorker::default(), ended: Rc::default() }
    }

    fn ask(&mut self, command: &str) -> RequestId {
        let (id, ended) = (self.channel.new_id(), Rc::clone(&self.ended));
        let on_end = Box::new(move |result| ended.borrow_mut().push((id.0, result)));
        match self.channel.expect(id, on_end) {
            Some(ended) => ended.tell(),
            None => self.channel.post(id, command.to_owned()).expect("a worker"),
        }
        id
    }

    fn receive(&mut self, id: RequestId, said: Said) -> Option<Said> {
        match self.channel.receive(Some(id), said) {
            Received::Answer(ended) => {
                ended.tell();
                None
            }
            Received::Event(said) => Some(said),
        }
    }

    fn ended(&self) -> Vec<Outcome> {
        self.ended.take()
    }

    fn sent(&self) -> Vec<String> {
        self.worker.sent.take()
    }
}

#[test]
fn answers_go_to_whoever_asked_in_any_order() {
    let mut page = Page::ready();
    let (first, second) = (page.ask("a"), page.ask("b"));
    assert_eq!(page.sent(), ["0: a", "1: b"]);
    assert_eq!(page.receive(second, Said::Word("B")), None);
    assert_eq!(page.receive(first, Said::Word("A")), None);
    assert_eq!(page.ended(), [(1, Ok(Said::Word("B"))), (0, Ok(Said::Word("A")))]);
}

#[test]
fn progress_does_not_end_a_request_and_a_second_answer_is_an_event() {
    let mut page = Page::ready();
    let id = page.ask("a");
    assert_eq!(page.receive(id, Said::Progress), Some(Said::Progress));
    assert_eq!(page.ended(), []);
    assert_eq!(page.receive(id, Said::Word("A")), None);
    assert_eq!(page.receive(id, Said::Word("again")), Some(Said::Word("again")));
    assert_eq!(page.ended().len(), 1);
    assert_eq!(page.receive(RequestId(99), Said::Word("for nobody")), Some(Said::Word("for nobody")));
}

#[test]
fn a_fault_rejects() {
    let mut page = Page::ready();
    let id = page.ask("a");
    page.receive(id, Said::Failed);
    assert_eq!(page.ended(), [(0, Err(CallError::Failed(String::from("no").into())))]);
}

#[test]
fn what_is_sent_to_a_starting_worker_waits_for_it() {
    let mut page = Page::with_worker();
    page.ask("a");
    page.ask("b");
    assert!(page.sent().is_empty() && page.channel.ready_worker().is_none());
    page.channel.on_ready().expect("it can be sent");
    assert_eq!(page.sent(), ["0: a", "1: b"]);
    assert!(page.channel.ready_worker().is_some());
}

#[test]
fn losing_the_worker_rejects_everything_that_waits_once() {
    for mut page in [Page::ready(), Page::with_worker()] {
        let id = page.ask("a");
        page.ask("b");
        let (worker, ended) = page.channel.disconnect(&CallError::Interrupted);
        assert!(worker.is_some() && page.channel.worker().is_none());
        ended.into_iter().for_each(Ended::tell);
        let mut ended = page.ended();
        ended.sort_by_key(|(id, _)| *id);
        assert_eq!(ended, [(0, Err(CallError::Interrupted)), (1, Err(CallError::Interrupted))]);
        assert!(page.channel.disconnect(&CallError::Interrupted).1.is_empty());
        // A late answer of the old worker matches nothing, also when a new one is there.
        page.channel.attach(page.worker.clone());
        assert_eq!(page.receive(id, Said::Word("late")), Some(Said::Word("late")));
        assert_eq!(page.ask("c"), RequestId(2));
    }
}

#[test]
fn without_a_worker_a_request_is_rejected_at_once() {
    let mut page = Page::without_worker();
    page.ask("a");
    assert_eq!(page.ended(), [(0, Err(CallError::Unavailable))]);
    assert_eq!(page.channel.post(RequestId(1), "b".to_owned()), Ok(()));
    assert!(page.sent().is_empty());
}

#[test]
fn a_request_that_waits_here_is_withdrawn_without_the_worker() {
    let mut page = Page::with_worker();
    let (first, _) = (page.ask("a"), page.ask("b"));
    assert_eq!(page.channel.cancel(first), Ok(true));
    page.receive(first, Said::Cancelled);
    assert_eq!(page.ended(), [(0, Err(CallError::Cancelled))]);
    page.channel.on_ready().expect("it can be sent");
    assert_eq!(page.sent(), ["1: b"]);
}

#[test]
fn a_request_that_was_sent_is_withdrawn_by_the_worker() {
    let mut page = Page::ready();
    let id = page.ask("a");
    assert_eq!(page.channel.cancel(id), Ok(false));
    assert_eq!(page.sent(), ["0: a", "1: cancel 0"]);
    assert!(page.ended().is_empty() && page.channel.is_pending(id));
    page.receive(id, Said::Cancelled);
    assert_eq!(page.ended(), [(0, Err(CallError::Cancelled))]);
    assert!(!page.channel.is_pending(id));
}

#[test]
fn a_request_that_was_done_before_it_could_be_withdrawn_ends_in_its_answer() {
    let mut page = Page::ready();
    let id = page.ask("a");
    assert_eq!(page.channel.cancel(id), Ok(false));
    page.receive(id, Said::Word("A"));
    assert_eq!(page.ended(), [(0, Ok(Said::Word("A")))]);
}

#[test]
fn a_worker_that_cannot_be_reached_says_why() {
    let mut page = Page::without_worker();
    page.channel.attach(FakeWorker { is_broken: true, ..FakeWorker::default() });
    page.ask("a");
    assert_eq!(page.channel.on_ready(), Err("broken".to_owned()));
    assert_eq!(page.channel.post(RequestId(5), "b".to_owned()), Err("broken".to_owned()));
}
