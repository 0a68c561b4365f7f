//! Tests that run both natively and in the browser: the language, its library, its limits.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod cases;
mod common;
mod limits;
mod readings;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);
