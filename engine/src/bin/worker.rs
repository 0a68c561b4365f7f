//! The worker's program: the engine, started in the worker that loads it.

/// The build puts what only this uses into a file of its own (`scripts/build/split.mjs`), which is loaded once. It is here since
/// other programs with the engine in them have no such file.
#[cfg(target_arch = "wasm32")]
mod later {
    use engine::store::IndexedDb;
    use engine::worker::LaterPart;
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    #[wasm_split(later, fallible)]
    fn load() -> Result<LaterPart<IndexedDb>, SplitLoaderError> {
        Ok(LaterPart::get())
    }

    pub async fn part() -> Result<LaterPart<IndexedDb>, String> {
        load().await.map_err(|_| "A part of the engine could not be loaded. Nothing was changed; try again.".into())
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_futures::spawn_local(async {
        if let Err(error) = engine::browser::start(|| Box::pin(later::part())).await {
            web_sys::console::error_1(&error);
        }
    });
}
