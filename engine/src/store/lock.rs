//! Who may write to a database: the one worker that holds its lock (Web Locks).

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// How long to wait for a lock to become free: the worker that holds it may be about to end.
const TIMEOUT_MILLIS: i32 = 1000;

#[wasm_bindgen(module = "/src/store/lock.js")]
extern "C" {
    type LockRequests;
    #[wasm_bindgen(constructor)]
    fn new(name: &str, on_granted: &Closure<dyn FnMut()>, on_lost: &Closure<dyn FnMut()>) -> LockRequests;
    #[wasm_bindgen(method)]
    fn request(this: &LockRequests, steal: bool);
}

/// A request for a lock, or the lock itself.
pub struct Lock {
    requests: LockRequests,
    is_held: Rc<Cell<bool>>,
    _on_granted: Closure<dyn FnMut()>,
    _on_lost: Closure<dyn FnMut()>,
    /// Resolves the promise that `request` waits on.
    wake: Rc<Cell<Option<js_sys::Function>>>,
}

impl Lock {
    /// Requests a lock and waits a moment for it, or takes it from its holder. If it is granted later, or taken away,
    /// `on_change` is called with whether it is held now.
    pub async fn request(name: &str, steal: bool, on_change: impl Fn(bool) + 'static) -> Lock {
        let is_held = Rc::new(Cell::new(false));
        let wake: Rc<Cell<Option<js_sys::Function>>> = Rc::default();
        let on_change = Rc::new(on_change);
        let on_granted = {
            let (is_held, wake, on_change) = (Rc::clone(&is_held), Rc::clone(&wake), Rc::clone(&on_change));
            Closure::<dyn FnMut()>::new(move || {
                is_held.set(true);
                match wake.take() {
                    // A promise's resolve function does not fail.
                    Some(wake) => drop(wake.call0(&JsValue::NULL)),
                    None => on_change(true),
                }
            })
        };
        let on_lost = {
            let is_held = Rc::clone(&is_held);
            Closure::<dyn FnMut()>::new(move || {
                if is_held.replace(false) {
                    on_change(false);
                }
            })
        };
        let requests = LockRequests::new(name, &on_granted, &on_lost);
        let lock = Lock { requests, is_held, _on_granted: on_granted, _on_lost: on_lost, wake };
        lock.wait(steal).await;
        lock
    }

    /// Whether this is the holder.
    pub fn is_held(&self) -> bool {
        self.is_held.get()
    }

    /// Takes the lock from its holder, which is notified and waits for it again.
    pub async fn steal(&self) {
        if !self.is_held() {
            self.wait(true).await;
        }
    }

    /// Waits for the lock again after it was lost.
    pub fn queue(&self) {
        self.requests.request(false);
    }

    async fn wait(&self, steal: bool) {
        let granted = js_sys::Promise::new(&mut |resolve, _| {
            if !steal {
                set_timeout(&resolve, TIMEOUT_MILLIS);
            }
            self.wake.set(Some(resolve));
        });
        self.requests.request(steal);
        // It only ever resolves.
        let _ = JsFuture::from(granted).await;
        self.wake.take();
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &js_sys::Function, millis: i32) -> JsValue;
}
