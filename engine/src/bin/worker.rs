//! The worker's program: the engine, started in the worker that loads it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(async {
        if let Err(error) = engine::browser::start().await {
            web_sys::console::error_1(&error);
        }
    });
}
