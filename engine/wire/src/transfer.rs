//! Taking states out of the browser, and bringing them in.

use serde::{Deserialize, Serialize};

use crate::{Omission, Subject};

/// What goes out and comes in. Add a transfer here, and to the calls in `call.rs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Transfer {
    /// Make a file of a state.
    Export(Export),
    /// Write the plain data of a state as JSON.
    ExportJson(ExportJson),
    /// Keep a file as a snapshot.
    Import(Import),
    /// Keep the data of a JSON text as a snapshot.
    ImportJson(ImportJson),
    /// Make a file of all that is stored.
    ExportHistory(ExportHistory),
    /// Keep all that is in such a file.
    ImportHistory(ImportHistory),
}

/// Make a file (`.cusnap`) of a snapshot, or of `_home` as it was after the last run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The state.
    pub subject: Subject,
}

/// Make a file (`.cuhistory`) of `_home`, all snapshots and the journal of runs, as far as they can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportHistory;

/// Keep all that is in a file that [`ExportHistory`] made, here or elsewhere, where nothing is stored yet. It is checked
/// whole. A worker that is started then has its `_home`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportHistory {
    /// The file.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// Write the plain data of a state as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportJson {
    /// The state.
    pub subject: Subject,
}

/// Keep a file that [`Export`] made, here or elsewhere, as a snapshot. It is checked whole, but nothing of it is
/// compiled or run, and `_home` stays as it is. [`crate::HistoryEvent::SnapshotsListed`] follows the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The name of the snapshot: usually that of the file.
    pub name: String,
    /// The file.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// Keep the data of a JSON text (an object or an array) as a snapshot. [`crate::HistoryEvent::SnapshotsListed`] follows
/// the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportJson {
    /// The name of the snapshot.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A file that is ready to be given to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotFile {
    /// Its bytes.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// A JSON text that is ready to be given to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonExport {
    /// The text.
    pub text: String,
    /// What it could not hold, by path; the first thousand.
    pub omissions: Vec<Omission>,
    /// How many there are in all.
    pub omission_count: u64,
}
