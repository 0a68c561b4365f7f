//! Files and JSON, out and in: what is exported, and what an import means.

use wire::{Fault, FaultKind, JsonExport, Omission, SnapshotFile, Subject, TextForm, WriteValue};

use super::faults::{Unfinished, unreadable};
use crate::container::{self, Metadata};
use crate::image::{HeapImage, Value};
use crate::inspect::Inspection;
use crate::json;
use crate::literal;
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
    let root = image.roots.first().unwrap_or(Value::Nil);
    value_to_json(image, root, &literal::of_path(subject, &[]), slices).await
}

async fn value_to_json(image: &HeapImage, value: Value, path: &str, slices: &Slices) -> Result<JsonExport, Unfinished> {
    let json = json::export(image, value, path, slices).await?.ok_or_else(|| too_long("JSON"))?;
    let omissions = json.omissions.into_iter().map(|(path, kind)| Omission { path, kind }).collect();
    Ok(JsonExport { text: json.text, omissions, omission_count: json.omission_count })
}

/// A value as text; `None` if it is not there.
pub async fn to_text(
    state: &Inspection,
    wanted: &WriteValue,
    slices: &Slices,
) -> Result<Option<JsonExport>, Unfinished> {
    let Some(value) = state.value(&wanted.path) else { return Ok(None) };
    let image = state.image();
    let text = match (wanted.form, value) {
        (TextForm::Path, _) => literal::of_path(&wanted.subject, &wanted.path),
        (TextForm::Json, _) => {
            let path = literal::of_path(&wanted.subject, &wanted.path);
            return value_to_json(image, value, &path, slices).await.map(Some);
        }
        (TextForm::Lua, _) => literal::of_value(image, value).ok_or_else(|| too_long("Lua"))?,
        (TextForm::Plain, Value::String(id)) => String::from_utf8_lossy(&image[id]).into_owned(),
        (TextForm::Plain, _) => state.summary(value, &[], None).text,
    };
    Ok(Some(JsonExport { text, omissions: Vec::new(), omission_count: 0 }))
}

fn too_long(form: &str) -> Fault {
    format!("As {form}, this would be too long: shared tables are written again and again.").into()
}

/// The image that a JSON text describes.
pub fn from_json(text: String) -> Result<HeapImage, Fault> {
    json::import(&text)
        .map_err(|error| Fault { kind: FaultKind::Unreadable, message: format!("Could not import the text: {error}.") })
}
