//! Files on the person's computer: downloads and uploads.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// The largest file that is accepted, in bytes: its contents are in memory several times over.
const MAX_BYTES: f64 = (256 << 20) as f64;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A snapshot, as FORMAT.md describes it.
    Snapshot,
    /// Plain data.
    Json,
    /// Several files.
    Zip,
    /// A workspace, as BUNDLE.md describes it.
    Workspace,
    /// A picture that carries one.
    Picture,
    /// Text.
    Text,
    /// Anything: the name has an extension already.
    Any,
}

impl FileKind {
    /// The extension of such files' names.
    pub fn extension(self) -> &'static str {
        match self {
            FileKind::Snapshot => ".cusnap",
            FileKind::Json => ".json",
            FileKind::Zip => ".zip",
            FileKind::Workspace => ".cuspace",
            FileKind::Picture => ".png",
            FileKind::Text => ".txt",
            FileKind::Any => "",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            FileKind::Snapshot | FileKind::Workspace | FileKind::Any => "application/octet-stream",
            FileKind::Json => "application/json",
            FileKind::Text => "text/plain;charset=utf-8",
            FileKind::Picture => "image/png",
            FileKind::Zip => "application/zip",
        }
    }

    /// The kind of a file, by its name. Any other extension counts as a snapshot, which is then checked.
    pub fn of_name(name: &str) -> Self {
        if name.to_ascii_lowercase().ends_with(FileKind::Json.extension()) {
            FileKind::Json
        } else {
            FileKind::Snapshot
        }
    }
}

/// Why a file is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It is larger than 256 MB.
    #[error("“{0}” is larger than 256 MB")]
    TooLarge(String),
    /// The browser could not read it.
    #[error("“{0}” cannot be read")]
    Unreadable(String),
    /// It is not UTF-8.
    #[error("“{0}” is not UTF-8 text")]
    NotText(String),
}

/// Reads a whole file.
pub async fn read(file: &File) -> Result<Vec<u8>, FileError> {
    if file.size() > MAX_BYTES {
        return Err(FileError::TooLarge(file.name()));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileError::Unreadable(file.name()))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Reads a file of text whole.
pub async fn read_text(file: &File) -> Result<String, FileError> {
    String::from_utf8(read(file).await?).map_err(|_| FileError::NotText(file.name()))
}

/// Offers a file as a download. The extension of its kind is added to the name.
pub fn download(name: &str, kind: FileKind, bytes: &[u8]) {
    // Only allocation can fail here, and nothing useful can be done then.
    if let Ok(url) = object_url(kind, bytes) {
        if let Ok(link) =
            document().create_element("a").map(JsValue::from).and_then(|link| link.dyn_into::<HtmlAnchorElement>())
        {
            link.set_href(&url);
            link.set_download(&format!("{}{}", file_name(name), kind.extension()));
            link.click();
        }
        // The browser has copied the bytes by then.
        set_timeout(move || drop(Url::revoke_object_url(&url)), std::time::Duration::from_secs(60));
    }
}

fn object_url(kind: FileKind, bytes: &[u8]) -> Result<String, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind.media_type());
    let parts = Array::of1(&Uint8Array::from(bytes));
    Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

/// The name of a file without its extension.
pub fn stem(name: &str) -> &str {
    [FileKind::Snapshot, FileKind::Json]
        .into_iter()
        .find_map(|kind| {
            let start = name.len().checked_sub(kind.extension().len())?;
            let extension = name.get(start..)?;
            extension.eq_ignore_ascii_case(kind.extension()).then(|| &name[..start])
        })
        .filter(|stem| !stem.is_empty())
        .unwrap_or(name)
}

/// A name without characters that some operating system forbids.
fn file_name(name: &str) -> String {
    let allowed = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c };
    let name: String = name.chars().take(100).map(allowed).collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() { "snapshot".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_such_on_every_system() {
        assert_eq!(file_name("a/b: \"c\""), "a-b- -c-");
        assert_eq!(file_name("..."), "snapshot");
        assert_eq!(file_name(" früh "), "früh");
    }

    #[test]
    fn only_our_endings_are_cut_off() {
        assert_eq!(stem("early.cusnap"), "early");
        assert_eq!(stem("data.v1.JSON"), "data.v1");
        assert_eq!(stem("notes.txt"), "notes.txt");
        assert_eq!(stem(".json"), ".json");
        assert_eq!(stem("é.cusnap"), "é");
        assert_eq!(stem("ééé"), "ééé");
        assert_eq!(FileKind::of_name("data.JSON"), FileKind::Json);
        assert_eq!(FileKind::of_name("data"), FileKind::Snapshot);
    }
}
