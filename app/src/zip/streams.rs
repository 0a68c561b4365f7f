//! Unpacks and packs by the browser's own streams: the typed handle of `app/js/zip.js`.

use js_sys::{Date, Uint8Array};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{Entry, EntryError, Packing, Writer};

#[wasm_bindgen(module = "/js/zip.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn inflate(bytes: Uint8Array, size: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn deflate(bytes: Uint8Array) -> Result<JsValue, JsValue>;
}

/// The bytes of a file in a zip. They are as many as the zip says, or none.
pub async fn unpack(entry: &Entry<'_>) -> Result<Vec<u8>, EntryError> {
    let bytes = match entry.packing? {
        Packing::Stored => entry.packed.to_vec(),
        Packing::Deflated => {
            let unpacked = inflate(Uint8Array::from(entry.packed), entry.size as u32).await;
            Uint8Array::new(&unpacked.map_err(|_| EntryError::Damaged)?).to_vec()
        }
    };
    if entry.is(&bytes) { Ok(bytes) } else { Err(EntryError::Damaged) }
}

/// A zip of these files: path and bytes of each.
pub async fn pack(files: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let (mut writer, moment) = (Writer::default(), moment(&Date::new_0()));
    for (path, bytes) in files {
        let deflated = deflate(Uint8Array::from(bytes.as_slice())).await;
        // Where the browser does not pack it, it is stored as it is.
        let deflated = deflated.map_or_else(|_| bytes.clone(), |packed| Uint8Array::new(&packed).to_vec());
        writer.add(&path, &bytes, &deflated, moment);
    }
    writer.finish()
}

/// A moment as MS-DOS wrote it: the date above, the time below.
fn moment(date: &Date) -> u32 {
    let day = date.get_full_year().saturating_sub(1980) << 9 | (date.get_month() + 1) << 5 | date.get_date();
    let time = date.get_hours() << 11 | date.get_minutes() << 5 | (date.get_seconds() / 2);
    day << 16 | time
}
