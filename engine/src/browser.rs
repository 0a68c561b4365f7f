//! The engine in a dedicated worker of a browser: messages in and out, the clock, random numbers.

use std::borrow::Cow;
use std::cell::RefCell;
use std::pin::Pin;
use std::ptr;
use std::rc::Rc;

use js_sys::{Atomics, Date, Int32Array, Promise, SharedArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, XmlHttpRequest};
use wire::{Access, BUILD_ID, Command, Event, EventBody, GHOST_NAME, History, Request, RequestId, WorkerName, control};

use crate::archive::Archive;
use crate::console::Console;
use crate::host::{Host, HostRequest, Stream};
use crate::inbox::{Inbox, Task};
use crate::store::{IndexedDb, Lock, StoreError, WriterId};
use crate::worker::{Loading, Worker};

thread_local! {
    /// The console of this worker.
    static CONSOLE: RefCell<Option<Rc<Console>>> = const { RefCell::new(None) };
    /// What the panic said that has ended this worker.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The browser as a host.
struct Browser {
    scope: DedicatedWorkerGlobalScope,
    /// What the page shares, if it can: see [`control`].
    control: Rc<RefCell<Option<Int32Array>>>,
    /// What the page asks for is put in there, also during a pause.
    inbox: Rc<RefCell<Inbox>>,
    /// Brings the message that ends a pause.
    pauses: MessageChannel,
}

impl Browser {
    /// A number of the control block. Reading one does not fail: the block is of the right kind and size.
    fn control(&self, index: u32) -> Option<i32> {
        self.control.borrow().as_ref().and_then(|control| Atomics::load(control, index).ok())
    }

    fn wait_for_line(&self, block: &Int32Array, answer: &mut dyn FnMut()) -> Result<Option<Vec<u8>>, JsValue> {
        Atomics::store(block, control::INPUT, control::INPUT_AWAITED)?;
        while Atomics::load(block, control::INPUT)? == control::INPUT_AWAITED {
            match self.request() {
                HostRequest::Stop => break,
                HostRequest::Answer => answer(),
                HostRequest::Continue => {
                    Atomics::wait(block, control::INPUT, control::INPUT_AWAITED)?;
                }
            }
        }
        let state = Atomics::exchange(block, control::INPUT, control::INPUT_IDLE)?;
        if state != control::INPUT_GIVEN {
            return Ok(None);
        }
        let length = Atomics::load(block, control::LINE_LENGTH)?.clamp(0, control::LINE_CAPACITY as i32);
        Ok(Some(bytes_at(block, control::LINE, length)))
    }

    fn request(&self) -> HostRequest {
        let requests = self.control(control::REQUESTS).unwrap_or_default();
        if requests & control::STOP != 0 {
            HostRequest::Stop
        } else if requests & control::QUERY_PENDING != 0 {
            HostRequest::Answer
        } else {
            HostRequest::Continue
        }
    }
}

/// A copy of a part of the control block.
fn bytes_at(block: &Int32Array, start: u32, length: i32) -> Vec<u8> {
    Uint8Array::new_with_byte_offset_and_length(&block.buffer(), start, length as u32).to_vec()
}

impl Host for Browser {
    fn unix_millis(&self) -> f64 {
        Date::now()
    }

    fn monotonic_millis(&self) -> f64 {
        self.scope.performance().map_or_else(Date::now, |performance| performance.now())
    }

    fn random(&self) -> u64 {
        let mut bytes = [0; 8];
        // Without the browser's source of randomness, the clock's digits must do.
        match self.scope.crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)) {
            Ok(_) => u64::from_le_bytes(bytes),
            Err(_) => self.monotonic_millis().to_bits(),
        }
    }

    fn utc_offset_seconds(&self, unix_seconds: i64) -> i32 {
        let minutes = Date::new(&JsValue::from_f64(unix_seconds as f64 * 1000.0)).get_timezone_offset();
        // NaN for a time beyond what dates can be, which becomes 0.
        (minutes * -60.0) as i32
    }

    fn write(&self, _: Stream, _: &[u8]) {
        // The worker's console takes what is written.
    }

    fn records(&self) -> Option<Cow<'static, str>> {
        // Beside this worker's modules. A program cannot wait for it in another way.
        let request = XmlHttpRequest::new().ok()?;
        request.open_with_async("GET", "records.lua", false).ok()?;
        request.send().ok()?;
        let text = request.response_text().ok()??;
        (request.status() == Ok(200)).then_some(Cow::Owned(text))
    }

    fn can_read(&self) -> bool {
        self.control.borrow().is_some()
    }

    fn read_line(&self, answer: &mut dyn FnMut()) -> Option<Vec<u8>> {
        let block = self.control.borrow().clone()?;
        // Waiting fails where the browser forbids it, and then there is no line.
        self.wait_for_line(&block, answer).ok().flatten()
    }

    fn poll(&self, memory_bytes: u64) -> HostRequest {
        if let Some(block) = &*self.control.borrow() {
            let kibibytes = i32::try_from(memory_bytes >> 10).unwrap_or(i32::MAX);
            // As for reading: this does not fail.
            let _ = Atomics::store(block, control::MEMORY_KIB, kibibytes);
        }
        self.request()
    }

    fn set_program_running(&self, is_running: bool) {
        if let Some(block) = &*self.control.borrow() {
            // As for reading: this does not fail.
            let _ = Atomics::store(block, control::PROGRAM_RUNS, is_running.into());
        }
    }

    fn take_query(&self) -> Option<Vec<u8>> {
        let block = self.control.borrow().clone()?;
        let length = self.control(control::QUERY_LENGTH)?.clamp(0, control::QUERY_CAPACITY as i32);
        let query = bytes_at(&block, control::QUERY, length);
        // If the page has taken it back meanwhile, it comes as a message.
        let requests = Atomics::and(&block, control::REQUESTS, !control::QUERY_PENDING).ok()?;
        (requests & control::QUERY_PENDING != 0).then_some(query)
    }

    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        // The message comes after those that wait already. A timer would come 4 ms late.
        let message = Promise::new(&mut |resolve, _| {
            self.pauses.port1().set_onmessage(Some(&resolve));
            // Nothing refuses to send null.
            let _ = self.pauses.port2().post_message(&JsValue::NULL);
        });
        Box::pin(async {
            // It only ever resolves.
            let _ = JsFuture::from(message).await;
        })
    }

    fn is_withdrawn(&self, request: RequestId) -> bool {
        self.inbox.borrow().is_withdrawn(request)
    }
}

/// Goes on with what waits for this.
fn rouse(wake: &RefCell<Option<js_sys::Function>>) {
    if let Some(wake) = wake.take() {
        // A promise's resolve function does not fail.
        let _ = wake.call0(&JsValue::NULL);
    }
}

async fn open_archive(database: &str, lock: &Lock) -> Result<Archive<IndexedDb>, StoreError> {
    let writer = WriterId(format!("{:x}", (js_sys::Math::random() * 2f64.powi(53)) as u64));
    let mut archive = Archive::open(IndexedDb::open(database).await?, writer).await?;
    if lock.is_held() {
        // If there is no room even for that, what is stored can be read all the same; the first save tells.
        let _ = archive.claim().await;
    }
    Ok(archive)
}

/// Starts the engine in the worker that this is called in. `load_later` loads the later part of it, once it is called.
pub async fn start(load_later: fn() -> Loading<IndexedDb>) -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    // Requests that come before the store is open wait for it.
    let inbox: Rc<RefCell<Inbox>> = Rc::default();
    let wake: Rc<RefCell<Option<js_sys::Function>>> = Rc::default();
    let block: Rc<RefCell<Option<Int32Array>>> = Rc::default();
    let on_message = {
        let (scope, inbox, wake, block) = (scope.clone(), Rc::clone(&inbox), Rc::clone(&wake), Rc::clone(&block));
        Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(shared) = message.data().dyn_ref::<SharedArrayBuffer>() {
                block.replace((shared.byte_length() == control::SIZE).then(|| Int32Array::new(shared)));
                return;
            }
            match wire::decode::<Request>(&Uint8Array::new(&message.data()).to_vec()) {
                Ok(request) => {
                    let cancelled = inbox.borrow_mut().receive(request);
                    cancelled.iter().for_each(|event| post(&scope, event));
                    rouse(&wake);
                }
                Err(error) => post_fault(&scope, error.to_string()),
            }
        })
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens until its end.
    on_message.forget();

    let name = scope.name();
    let (lock, archive) = if name == GHOST_NAME {
        (None, Err(StoreError::Failed("nothing is saved here".into())))
    } else {
        let WorkerName { database, is_successor } = WorkerName::of_text(&name);
        let (inbox, wake) = (Rc::clone(&inbox), Rc::clone(&wake));
        let on_change = move |_| {
            inbox.borrow_mut().push(Task::ReviewAccess);
            rouse(&wake);
        };
        let lock = Lock::request(&database, is_successor, on_change).await;
        let archive = open_archive(&database, &lock).await;
        (Some(lock), archive)
    };
    let emit = {
        let scope = scope.clone();
        move |event: Event| post(&scope, &event)
    };
    emit(Event { request: None, body: EventBody::Started { build_id: BUILD_ID.into() } });
    let host = Browser { scope, control: block, inbox: Rc::clone(&inbox), pauses: MessageChannel::new()? };
    let mut worker = Worker::new(Rc::new(host), archive, emit, Box::new(load_later));
    CONSOLE.set(Some(worker.console()));
    std::panic::set_hook(Box::new(|info| PANIC.set(Some(info.to_string()))));
    spawn_local(async move {
        loop {
            let next = inbox.borrow_mut().take_next();
            match (next, &lock) {
                (Some(Task::CarryOut(request)), lock) => {
                    if let (Command::History(History::TakeOver), Some(lock)) = (&request.command, lock) {
                        lock.steal().await;
                    }
                    let is_opening = matches!(request.command, Command::Open { .. });
                    worker.handle(request).await;
                    if is_opening {
                        // Where that fails, the first command that needs it tries again.
                        spawn_local(async move { drop(load_later().await) });
                    }
                }
                (Some(Task::ReviewAccess), Some(lock)) if !lock.is_held() => {
                    worker.demote(Access::ReadOnly);
                    lock.queue();
                }
                // What came late may be in use already.
                (Some(Task::ReviewAccess), _) if worker.is_writer() => {}
                (Some(Task::ReviewAccess), _) => worker.demote(Access::Vacant),
                (None, _) => {
                    let woken = Promise::new(&mut |resolve, _| {
                        wake.replace(Some(resolve));
                    });
                    // It only ever resolves.
                    let _ = JsFuture::from(woken).await;
                }
            }
        }
    });
    Ok(())
}

fn post(scope: &DedicatedWorkerGlobalScope, event: &Event) {
    let posted = wire::encode(event).map_err(|error| error.to_string()).and_then(|bytes| {
        let message = Uint8Array::from(bytes.as_slice()).buffer();
        scope.post_message_with_transfer(&message, &js_sys::Array::of1(&message)).map_err(|error| format!("{error:?}"))
    });
    if let Err(message) = posted {
        web_sys::console::error_1(&JsValue::from_str(&message));
    }
}

fn post_fault(scope: &DedicatedWorkerGlobalScope, message: String) {
    post(scope, &Event { request: None, body: EventBody::Faulted(message.into()) });
}

/// What there is to tell the page after a trap or a panic: what the program wrote, and what the panic said. Gives
/// an encoded event each time it is called, as the address of a 32-bit length and as many bytes, and then null.
///
/// wasm-bindgen lets none of its imports and exports be called after a trap, so this is none of them, and the
/// worker's first module sends the events.
#[unsafe(no_mangle)]
pub extern "C" fn last_words() -> *const u8 {
    let output = CONSOLE.with_borrow(|console| console.as_ref().and_then(|console| console.take_waiting()));
    let panic = || Some(Event { request: None, body: EventBody::Crashed(PANIC.take()?.into()) });
    let Some(bytes) = output.or_else(panic).and_then(|event| wire::encode(&event).ok()) else { return ptr::null() };
    // The worker is about to go, and this with it.
    [&(bytes.len() as u32).to_le_bytes(), &bytes[..]].concat().leak().as_ptr()
}
