//! The smallest worker: repeats the text that it is told.

#[cfg(target_arch = "wasm32")]
fn main() {
    use echo::Said;
    use js_sys::Uint8Array;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
    use wire::{Event, Request};

    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let post = {
        let scope = scope.clone();
        move |event: &Event<Said>| {
            let bytes = wire::encode(event).unwrap_or_default();
            drop(scope.post_message(&Uint8Array::from(bytes.as_slice())));
        }
    };
    post(&Event { request: None, body: Said::Started });
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        if let Ok(Request { id, command }) = wire::decode(&Uint8Array::new(&message.data()).to_vec()) {
            post(&Event { request: Some(id), body: Said::Text(command) });
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens until its end.
    on_message.forget();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
