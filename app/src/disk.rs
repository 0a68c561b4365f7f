//! Files and folders on the person's computer, chosen or dropped: the typed handle of `app/js/disk.js`.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{DataTransfer, File};

#[wasm_bindgen(module = "/js/disk.js")]
extern "C" {
    /// What was dropped. To be asked for while the drop is being handled.
    pub fn dropped(transfer: &DataTransfer) -> JsValue;
    #[wasm_bindgen(catch, js_name = filesIn)]
    async fn files_in(entries: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn choose(is_folder: bool) -> Result<JsValue, JsValue>;
}

/// A file on the person's computer.
pub struct DiskFile {
    /// Its path, from the folder that was chosen or dropped.
    pub path: String,
    /// What reads it.
    pub file: File,
}

/// All files in what was dropped.
pub async fn files_dropped(entries: &JsValue) -> Vec<DiskFile> {
    read(files_in(entries).await)
}

/// Asks for files, or for a folder.
pub async fn ask_for_files(is_folder: bool) -> Vec<DiskFile> {
    read(choose(is_folder).await)
}

fn read(answer: Result<JsValue, JsValue>) -> Vec<DiskFile> {
    // Where it fails, nothing was chosen.
    let parts: Vec<JsValue> = answer.map(|answer| Array::from(&answer).to_vec()).unwrap_or_default();
    let file = |parts: &[JsValue]| match parts {
        [path, file] => Some(DiskFile { path: path.as_string()?, file: file.clone().unchecked_into() }),
        _ => None,
    };
    parts.chunks(2).filter_map(file).collect()
}
