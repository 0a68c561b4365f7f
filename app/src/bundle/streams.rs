//! Bundles as links, files and pictures, by the browser's own streams.

use js_sys::Uint8Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::{
    Bundle, BundleError,
    drawing::draw_bundle,
    picture::{self, PictureError},
};
use crate::zip::{self, Writer, ZipError, streams};

/// The most bytes that are unpacked of a link.
const MAX_LINK_BYTES: u32 = 16 << 20;
/// The first form of links: the zip, whose entries are not packed, packed as a whole, in the base64 of addresses.
const FIRST_FORM: &str = "1.";

#[wasm_bindgen(module = "/js/zip.js")]
extern "C" {
    #[wasm_bindgen(js_name = toAddress)]
    fn to_address(bytes: Uint8Array) -> String;
    #[wasm_bindgen(catch, js_name = fromAddress)]
    fn from_address(text: &str) -> Result<Uint8Array, JsValue>;
}

/// Why a link or a file cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// A later version made the link.
    #[error("a newer version of cu made it; reload the page to get that version")]
    NewerForm,
    /// Parts of the link are missing, or it never was one.
    #[error("it is damaged, or parts of it are missing")]
    Damaged,
    /// It is a picture that brings no workspace.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// It is no zip.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// A file in it cannot be unpacked.
    #[error("“{0}”: {1}")]
    Entry(String, zip::EntryError),
    /// It is a zip of something else.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

/// What stands in a link after `#cu=`. `None` where the browser packs nothing.
pub async fn to_link(bundle: &Bundle) -> Option<String> {
    let mut writer = Writer::default();
    // No moment: the same workspace has the same link.
    bundle.to_entries().iter().for_each(|(name, bytes)| writer.add(name, bytes, bytes, 0x21 << 16));
    let packed = streams::deflate(&writer.finish()).await?;
    Some([FIRST_FORM, &to_address(Uint8Array::from(packed.as_slice()))].concat())
}

/// Reads what stands in a link after `#cu=`.
pub async fn of_link(text: &str) -> Result<Bundle, OpenError> {
    let Some(digits) = text.strip_prefix(FIRST_FORM) else {
        let is_form = text.split_once('.').is_some_and(|(form, _)| form.parse::<u32>().is_ok_and(|form| form > 1));
        return Err(if is_form { OpenError::NewerForm } else { OpenError::Damaged });
    };
    let packed = from_address(digits).map_err(|_| OpenError::Damaged)?;
    let zip = streams::inflate(&packed.to_vec(), MAX_LINK_BYTES).await.ok_or(OpenError::Damaged)?;
    of_file(&zip).await
}

/// A bundle as a file.
pub async fn to_file(bundle: &Bundle) -> Vec<u8> {
    streams::pack(bundle.to_entries()).await
}

/// A bundle as a picture, which shows some of it and carries all of it. `None` where the browser draws nothing.
pub async fn to_picture(bundle: &Bundle) -> Option<Vec<u8>> {
    picture::with_workspace(&draw_bundle(bundle).await?, &to_file(bundle).await)
}

/// Reads a file, or a picture that carries one.
pub async fn of_file(bytes: &[u8]) -> Result<Bundle, OpenError> {
    let bytes = if picture::is_picture(bytes) { picture::workspace_in(bytes)? } else { bytes };
    let mut entries = Vec::new();
    for entry in zip::entries(bytes)? {
        let unpacked = streams::unpack(&entry).await.map_err(|error| OpenError::Entry(short(&entry.name), error))?;
        entries.push((entry.name, unpacked));
    }
    Ok(Bundle::of_entries(entries)?)
}

/// The beginning of a name, which may be of any length.
fn short(name: &str) -> String {
    name.chars().take(100).collect()
}
