//! The worker around [`language::Language`]: takes messages in the order of their urgency, and answers each.

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::{cell::RefCell, rc::Rc};

    use js_sys::JsString;
    use language::{Language, Message, Queue};
    use serde_json::{Value, json};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

    struct Worker {
        scope: DedicatedWorkerGlobalScope,
        language: Language,
        queue: Queue,
        /// A message to itself lets those that have come meanwhile into the queue.
        turns: MessageChannel,
        has_turn: bool,
    }

    impl Worker {
        fn post(&self, message: &Value) {
            // Where it cannot be posted, nobody is there to be told.
            self.scope.post_message(&JsValue::from(message.to_string())).ok();
        }

        fn take(&mut self, text: &str) {
            let Ok(message) = serde_json::from_str::<Message>(text) else { return };
            if let Some(dropped) = self.queue.push(message) {
                self.post(&json!({ "id": dropped, "answer": null }));
            }
            self.ask_for_turn();
        }

        fn ask_for_turn(&mut self) {
            if !self.has_turn {
                self.has_turn = self.turns.port2().post_message(&JsValue::NULL).is_ok();
            }
        }

        fn take_turn(&mut self) {
            self.has_turn = false;
            let Some(message) = self.queue.pop() else { return };
            // If it never ends, the page knows what it was at.
            self.post(&json!({ "at": message.file }));
            let answer = self.language.handle(&message);
            self.post(&json!({ "id": message.id, "answer": answer }));
            self.ask_for_turn();
        }
    }

    pub fn start() -> Result<(), JsValue> {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let turns = MessageChannel::new()?;
        let (language, queue) = (Language::new(), Queue::default());
        let worker = Worker { scope: scope.clone(), language, queue, turns: turns.clone(), has_turn: false };
        worker.post(&json!({ "legend": Language::legend() }));
        let worker = Rc::new(RefCell::new(worker));
        let turn_worker = Rc::clone(&worker);
        let on_turn = Closure::<dyn FnMut()>::new(move || turn_worker.borrow_mut().take_turn());
        turns.port1().set_onmessage(Some(on_turn.as_ref().unchecked_ref()));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            if let Ok(text) = message.data().dyn_into::<JsString>() {
                worker.borrow_mut().take(&String::from(text));
            }
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // The worker listens until its end.
        on_turn.forget();
        on_message.forget();
        Ok(())
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    if let Err(error) = worker::start() {
        wasm_bindgen::throw_val(error);
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
