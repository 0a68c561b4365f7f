//! Files and folders on the person's computer, chosen or dropped: the typed handle of `app/js/disk.js`.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{DataTransfer, File};

use crate::workspace::DocumentId;

#[wasm_bindgen(module = "/js/disk.js")]
extern "C" {
    /// What was dropped. To be asked for while the drop is being handled.
    pub fn dropped(transfer: &DataTransfer) -> JsValue;
    #[wasm_bindgen(catch, js_name = filesIn)]
    async fn files_in(entries: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = write)]
    async fn write_file(handle: &Handle, bytes: Uint8Array) -> Result<JsValue, JsValue>;

    /// Lets the page write a file that was chosen or dropped. Not every browser has it.
    #[derive(Clone)]
    pub type Handle;

    #[wasm_bindgen(catch)]
    async fn choose(is_folder: bool) -> Result<JsValue, JsValue>;
}

/// A file on the person's computer.
pub struct DiskFile {
    /// Its path, from the folder that was chosen or dropped.
    pub path: String,
    /// What reads it.
    pub file: File,
    /// What writes it, if the browser lets the page write it.
    pub handle: Option<Handle>,
}

/// The handles of files of the workspace, as long as this page is open; copies are the same.
#[derive(Clone, Copy)]
pub struct Handles(StoredValue<Vec<(DocumentId, Handle)>, LocalStorage>);

impl Handles {
    /// There are none yet.
    pub fn new() -> Self {
        Handles(StoredValue::new_local(Vec::new()))
    }

    /// The handle of a file, if it has one.
    pub fn of(self, id: DocumentId) -> Option<Handle> {
        self.0.with_value(|handles| handles.iter().find(|(other, _)| *other == id).map(|(_, handle)| handle.clone()))
    }

    /// Gives a file a handle.
    pub fn keep(self, id: DocumentId, handle: Handle) {
        self.0.update_value(|handles| {
            handles.retain(|(other, _)| *other != id);
            handles.push((id, handle));
        });
    }
}

/// Writes a file that was chosen or dropped. Returns whether the browser did it.
pub async fn write(handle: &Handle, bytes: &[u8]) -> bool {
    write_file(handle, Uint8Array::from(bytes)).await.is_ok()
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
        [path, file, handle] => Some(DiskFile {
            path: path.as_string()?,
            file: file.clone().unchecked_into(),
            handle: (!handle.is_null()).then(|| handle.clone().unchecked_into()),
        }),
        _ => None,
    };
    parts.chunks(3).filter_map(file).collect()
}
