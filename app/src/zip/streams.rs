//! Unpacks and packs by the browser's own streams: the typed handle of `app/js/zip.js`.

use js_sys::{Date, Uint8Array};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{Entry, EntryError, Packing, Writer};

#[wasm_bindgen(module = "/js/zip.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = inflate)]
    async fn inflate_stream(bytes: Uint8Array, most: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = deflate)]
    async fn deflate_stream(bytes: Uint8Array) -> Result<JsValue, JsValue>;
}

/// Unpacks what is packed by raw “deflate”. `None` if it is damaged, or has more than `most` bytes.
pub async fn inflate(packed: &[u8], most: u32) -> Option<Vec<u8>> {
    let unpacked = inflate_stream(Uint8Array::from(packed), most).await.ok()?;
    Some(Uint8Array::new(&unpacked).to_vec())
}

/// Packs by raw “deflate”. `None` where the browser does not do it.
pub async fn deflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = deflate_stream(Uint8Array::from(bytes)).await.ok()?;
    Some(Uint8Array::new(&packed).to_vec())
}

/// The bytes of a file in a zip. They are as many as the zip says, or none.
pub async fn unpack(entry: &Entry<'_>) -> Result<Vec<u8>, EntryError> {
    let bytes = match entry.packing? {
        Packing::Stored => entry.packed.to_vec(),
        Packing::Deflated => inflate(entry.packed, entry.size as u32).await.ok_or(EntryError::Damaged)?,
    };
    if entry.is(&bytes) { Ok(bytes) } else { Err(EntryError::Damaged) }
}

/// A zip of these files: path and bytes of each.
pub async fn pack(files: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let (mut writer, moment) = (Writer::default(), moment(&Date::new_0()));
    for (path, bytes) in files {
        // Where the browser does not pack it, it is stored as it is.
        let deflated = deflate(&bytes).await.unwrap_or_else(|| bytes.clone());
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
