//! In the build for the tests alone: one worker, one pane, one command and one request more, each added as the recipes in
//! ARCHITECTURE.md say it. `cfg(test_build)` marks the lines elsewhere that they take.

use std::{cell::RefCell, rc::Rc};

use echo::Said;
use leptos::{html, prelude::*};
use wire::{Event, Probe, RequestId};

use crate::{
    assets::Asset,
    browser_worker::{self, BrowserWorker, StartError},
    components::pane::{PaneFrame, on_focus_request},
    rpc::{CallError, Channel, Ended, Received, Service},
    session::{Pane, Session},
};

/// What both workers are told.
const TEXT: &str = "hello";

/// The kind of worker that repeats a text.
struct Echo;

impl Service for Echo {
    type Command = String;
    type Body = Said;

    /// It has begun already: what it is told takes no time.
    fn cancel(_: RequestId) -> String {
        String::new()
    }

    fn end(body: &Said) -> Option<Result<(), CallError>> {
        matches!(body, Said::Text(_)).then_some(Ok(()))
    }
}

type EchoChannel = Rc<RefCell<Channel<Echo, BrowserWorker>>>;

fn start() -> Result<EchoChannel, StartError> {
    let channel = EchoChannel::new(RefCell::new(Channel::new()));
    let (heard, ended) = (Rc::downgrade(&channel), Rc::downgrade(&channel));
    let on_message = move |message: &_| {
        let (Some(channel), Ok(Event { request, body })) = (heard.upgrade(), browser_worker::read(message)) else {
            return;
        };
        if body == Said::Started {
            return drop(channel.borrow_mut().on_ready());
        }
        let received = channel.borrow_mut().receive(request, body);
        if let Received::Answer(answer) = received {
            answer.tell();
        }
    };
    let on_error = move |_: &_| {
        let rejected = ended.upgrade().map(|channel| channel.borrow_mut().disconnect(&CallError::Interrupted).1);
        rejected.into_iter().flatten().for_each(Ended::tell);
    };
    channel.borrow_mut().attach(BrowserWorker::start(Asset::Echo, "", on_message, on_error)?);
    Ok(channel)
}

/// Tells the worker a text.
fn tell(channel: &EchoChannel, text: &str, on_end: impl FnOnce(Result<Said, CallError>) + 'static) {
    let mut channel = channel.borrow_mut();
    let id = channel.new_id();
    if channel.expect(id, Box::new(on_end)).is_none() {
        drop(channel.post(id, text.to_owned()));
    }
}

/// The pane with what both workers say.
#[component]
pub fn ProbePane() -> impl IntoView {
    let session = Session::expect();
    let button = NodeRef::<html::Button>::new();
    let (echo, engine) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let worker = StoredValue::new_local(None);
    let ask = move || {
        if worker.with_value(Option::is_none) {
            worker.set_value(start().ok());
        }
        let on_end = move |said| echo.set(format!("{said:?}"));
        worker.with_value(|worker| worker.iter().for_each(|worker| tell(worker, TEXT, on_end)));
        session.ask(Probe { text: TEXT.to_owned() }, move |said| engine.set(format!("{said:?}")));
    };
    on_focus_request(session, Pane::Probe, move || {
        ask();
        request_animation_frame(move || drop(button.get_untracked().map(|button| button.focus())));
    });
    view! {
        <PaneFrame pane=Pane::Probe>
            <button node_ref=button type="button" class="button" on:click=move |_| ask()>"Ask"</button>
            <p>"Echo: " {echo}</p>
            <p>"Engine: " {engine}</p>
        </PaneFrame>
    }
}
