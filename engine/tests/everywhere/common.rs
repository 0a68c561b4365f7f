//! What the tests share: a host that collects output, and values as JSON.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use engine::host::{Host, Stream};
use engine::image::{HeapImage, Value};
use engine::lua::Vm;
use serde_json::json;
use wire::Limits;

/// Keeps what was written; its clock starts at a fixed moment.
pub struct TestHost {
    pub written: RefCell<Vec<u8>>,
    pub stop: Cell<bool>,
    start_millis: f64,
}

impl TestHost {
    pub fn new() -> Rc<TestHost> {
        Rc::new(TestHost { written: RefCell::default(), stop: Cell::new(false), start_millis: now_millis() })
    }

    pub fn take_written(&self) -> String {
        String::from_utf8_lossy(&self.written.take()).into_owned()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn now_millis() -> f64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64() * 1000.0
}

#[cfg(target_arch = "wasm32")]
fn now_millis() -> f64 {
    js_sys::Date::now()
}

impl Host for TestHost {
    fn unix_millis(&self) -> f64 {
        1.7e12 + self.monotonic_millis()
    }

    fn monotonic_millis(&self) -> f64 {
        now_millis() - self.start_millis
    }

    fn random(&self) -> u64 {
        (self.monotonic_millis() * 1e6) as u64
    }

    fn utc_offset_seconds(&self, _: i64) -> i32 {
        3600
    }

    fn write(&self, _: Stream, bytes: &[u8]) {
        self.written.borrow_mut().extend_from_slice(bytes);
    }

    fn read_line(&self) -> Option<Vec<u8>> {
        None
    }

    fn is_stop_requested(&self) -> bool {
        self.stop.get()
    }
}

/// A fresh VM and its host.
pub fn vm() -> (Vm, Rc<TestHost>) {
    let host = TestHost::new();
    let vm = Vm::new(host.clone(), Limits::default()).unwrap();
    (vm, host)
}

/// A value as JSON: a sequence is an array, any other table an object.
pub fn to_json(image: &HeapImage, value: &Value) -> serde_json::Value {
    match value {
        Value::Nil => json!(null),
        Value::Boolean(boolean) => json!(boolean),
        Value::Integer(integer) => json!(integer),
        Value::Float(float) => json!(float),
        Value::String(id) => json!(String::from_utf8_lossy(&image[*id])),
        Value::Table(id) => {
            let table = &image[*id];
            if table.entries.is_empty() {
                table.sequence.iter().map(|value| to_json(image, value)).collect()
            } else {
                let sequence = table
                    .sequence
                    .iter()
                    .enumerate()
                    .map(|(index, value)| ((index + 1).to_string(), to_json(image, value)));
                let entries = table.entries.iter().map(|(key, value)| {
                    let key = match key {
                        Value::String(id) => String::from_utf8_lossy(&image[*id]).into_owned(),
                        other => engine::show::value(image, other),
                    };
                    (key, to_json(image, value))
                });
                serde_json::Value::Object(sequence.chain(entries).collect())
            }
        }
        other => json!(engine::show::value(image, other)),
    }
}
