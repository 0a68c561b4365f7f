//! Files and JSON, out and in: what is exported, and what an import means.

use wire::{Fault, FaultKind, JsonExport, Omission, SnapshotFile, Subject};

use super::faults::{Unfinished, unreadable};
use crate::container::{self, Metadata};
use crate::image::HeapImage;
use crate::json;
use crate::slices::Slices;

/// An image as a snapshot file.
pub fn to_file(image: &HeapImage, metadata: &Metadata) -> Result<SnapshotFile, Fault> {
    let bytes = container::encode(image, metadata).map_err(|error| error.to_string())?;
    Ok(SnapshotFile { bytes })
}

/// The image in a snapshot file, and the name that the file gives it.
pub fn from_file(bytes: Vec<u8>) -> Result<(HeapImage, String), Fault> {
    let (image, metadata) = container::decode(&bytes).map_err(|error| unreadable(&error))?;
    Ok((image, metadata.name))
}

/// An image as JSON.
pub async fn to_json(image: &HeapImage, subject: &Subject, slices: &Slices) -> Result<JsonExport, Unfinished> {
    let root = if *subject == Subject::Output { "_io.output" } else { "_home" };
    let too_long = || String::from("As JSON, this would be too long: shared tables are written again and again.");
    let json = json::export(image, root, slices).await?.ok_or_else(|| Fault::from(too_long()))?;
    let omissions = json.omissions.into_iter().map(|(path, kind)| Omission { path, kind }).collect();
    Ok(JsonExport { text: json.text, omissions, omission_count: json.omission_count })
}

/// The image that a JSON text describes.
pub fn from_json(text: String) -> Result<HeapImage, Fault> {
    json::import(&text)
        .map_err(|error| Fault { kind: FaultKind::Unreadable, message: format!("Could not import the text: {error}.") })
}
