//! The worker around [`format::format`]: formats a program at a time, as it is asked.

#[cfg(target_arch = "wasm32")]
fn main() {
    use js_sys::JsString;
    use serde_json::json;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let post = {
        let scope = scope.clone();
        // Where it cannot be posted, nobody is there to be told.
        move |message: serde_json::Value| drop(scope.post_message(&JsValue::from(message.to_string())))
    };
    post(json!({ "id": 0 }));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let Ok(text) = message.data().dyn_into::<JsString>() else { return };
        if let Ok(request) = serde_json::from_str::<format::Request>(&String::from(text)) {
            post(json!({ "id": request.id, "answer": format::format(&request) }));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker listens until its end.
    on_message.forget();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
