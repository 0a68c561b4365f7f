//! The store in the browser: IndexedDB through rexie.
//!
//! Five object stores: `snapshots` (id to record), `pieces` (name to compressed bytes), `heads` (one key, to the id of
//! the head), `writers` (the same key, to the id of the one writer; since version 2), `runs` (id to the bytes of a
//! [`super::RunRecord`]; since version 3).
//!
//! A database holds one `_home` and its history. Several `_home`s need several databases: each then has its own writer,
//! and its pieces are needed by nobody else. (Records of earlier versions name a workspace, always the same one.)

use js_sys::Uint8Array;
use rexie::{ObjectStore, Rexie, TransactionMode};
use wasm_bindgen::prelude::*;
use wire::{RunId, SnapshotId};

use super::{Change, Contents, HeadMove, PieceName, Record, SnapshotStore, StoreError};

const VERSION: u32 = 3;
const SNAPSHOTS: &str = "snapshots";
const PIECES: &str = "pieces";
const HEADS: &str = "heads";
const WRITERS: &str = "writers";
const RUNS: &str = "runs";
/// The only key of [`HEADS`] and of [`WRITERS`].
const ONLY: &str = "default";

#[wasm_bindgen(module = "/src/store/durability.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeWritesStrict)]
    fn make_writes_strict(database: &str);
}

/// A [`SnapshotStore`] in IndexedDB.
pub struct IndexedDb {
    database: Rexie,
}

impl IndexedDb {
    /// Opens or creates a database; the playground has one for each workspace.
    pub async fn open(name: &str) -> Result<IndexedDb, StoreError> {
        make_writes_strict(name);
        // An upgrade deletes every object store that is not named here, with its contents: when raising the version,
        // leave none of them out.
        let database = Rexie::builder(name)
            .version(VERSION)
            .add_object_store(ObjectStore::new(SNAPSHOTS))
            .add_object_store(ObjectStore::new(PIECES))
            .add_object_store(ObjectStore::new(HEADS))
            .add_object_store(ObjectStore::new(WRITERS))
            .add_object_store(ObjectStore::new(RUNS))
            .build()
            .await
            .map_err(store_error)?;
        Ok(IndexedDb { database })
    }
}

impl SnapshotStore for IndexedDb {
    async fn contents(&self) -> Result<Contents, StoreError> {
        let transaction =
            self.database.transaction(&[SNAPSHOTS, HEADS, RUNS], TransactionMode::ReadOnly).map_err(store_error)?;
        read_contents(&transaction).await
    }

    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        let transaction = self.database.transaction(&[PIECES], TransactionMode::ReadOnly).map_err(store_error)?;
        let store = transaction.store(PIECES).map_err(store_error)?;
        let mut pieces = Vec::with_capacity(names.len());
        for name in names {
            let value = store.get(JsValue::from_str(&name.0)).await.map_err(store_error)?;
            pieces.push(value.and_then(|value| value.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()));
        }
        Ok(pieces)
    }

    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError> {
        let transaction = self.database.transaction(&[PIECES], TransactionMode::ReadOnly).map_err(store_error)?;
        let store = transaction.store(PIECES).map_err(store_error)?;
        let keys = store.get_all_keys(None, None).await.map_err(store_error)?;
        Ok(keys.into_iter().filter_map(|key| key.as_string()).map(PieceName).collect())
    }

    async fn apply(&self, change: &Change) -> Result<(), StoreError> {
        let stores = [SNAPSHOTS, PIECES, HEADS, WRITERS, RUNS];
        let transaction = self.database.transaction(&stores, TransactionMode::ReadWrite).map_err(store_error)?;
        match apply_in(&transaction, change).await {
            Ok(()) => transaction.done().await.map_err(store_error).map(|_| ()),
            Err(error) => {
                // The first error is the one that counts.
                let _ = transaction.abort().await;
                Err(error)
            }
        }
    }

    async fn open_other(&self, name: &str) -> Result<Option<IndexedDb>, StoreError> {
        IndexedDb::open(name).await.map(Some)
    }

    fn close(self) {
        self.database.close();
    }
}

async fn apply_in(transaction: &rexie::Transaction, change: &Change) -> Result<(), StoreError> {
    check_writer(transaction, change).await?;
    let pieces = transaction.store(PIECES).map_err(store_error)?;
    let snapshots = transaction.store(SNAPSHOTS).map_err(store_error)?;
    for piece in &change.pieces {
        let bytes = Uint8Array::from(piece.compressed.as_slice());
        pieces.put(&bytes, Some(&JsValue::from_str(&piece.name.0))).await.map_err(store_error)?;
    }
    for record in &change.put {
        let value = serde_wasm_bindgen::to_value(record).map_err(|error| StoreError::Failed(error.to_string()))?;
        snapshots.put(&value, Some(&JsValue::from_str(&record.info.id.0))).await.map_err(store_error)?;
    }
    let runs = transaction.store(RUNS).map_err(store_error)?;
    for run in &change.put_runs {
        let bytes = Uint8Array::from(run.to_bytes()?.as_slice());
        runs.put(&bytes, Some(&JsValue::from_str(&run.info.id.0))).await.map_err(store_error)?;
    }
    for id in &change.delete_runs {
        runs.delete(JsValue::from_str(&id.0)).await.map_err(store_error)?;
    }
    if let HeadMove::To(head) = &change.head {
        let heads = transaction.store(HEADS).map_err(store_error)?;
        let only = JsValue::from_str(ONLY);
        match head {
            Some(head) => heads.put(&JsValue::from_str(&head.0), Some(&only)).await.map(|_| ()),
            None => heads.delete(only).await,
        }
        .map_err(store_error)?;
    }
    for id in &change.delete {
        snapshots.delete(JsValue::from_str(&id.0)).await.map_err(store_error)?;
    }
    for name in &change.delete_pieces {
        pieces.delete(JsValue::from_str(&name.0)).await.map_err(store_error)?;
    }
    Ok(())
}

/// In the same transaction as the change, so that a writer that was just replaced changes nothing.
async fn check_writer(transaction: &rexie::Transaction, change: &Change) -> Result<(), StoreError> {
    let writers = transaction.store(WRITERS).map_err(store_error)?;
    let only = JsValue::from_str(ONLY);
    if change.claims {
        let writer = JsValue::from_str(&change.writer.0);
        return writers.put(&writer, Some(&only)).await.map(|_| ()).map_err(store_error);
    }
    let writer = writers.get(only).await.map_err(store_error)?.and_then(|writer| writer.as_string());
    if writer.is_some_and(|writer| writer != change.writer.0) { Err(StoreError::OtherWriter) } else { Ok(()) }
}

async fn read_contents(transaction: &rexie::Transaction) -> Result<Contents, StoreError> {
    let snapshots = transaction.store(SNAPSHOTS).map_err(store_error)?;
    let heads = transaction.store(HEADS).map_err(store_error)?;
    let mut contents = Contents::default();
    let head = heads.get(JsValue::from_str(ONLY)).await.map_err(store_error)?;
    contents.head = head.and_then(|head| head.as_string()).map(SnapshotId);
    let keys = snapshots.get_all_keys(None, None).await.map_err(store_error)?;
    let values = snapshots.get_all(None, None).await.map_err(store_error)?;
    for (key, value) in keys.into_iter().zip(values) {
        match serde_wasm_bindgen::from_value::<Record>(value) {
            Ok(record) => contents.records.push(record),
            Err(_) => contents.unreadable.push(SnapshotId(key.as_string().unwrap_or_default())),
        }
    }
    let runs = transaction.store(RUNS).map_err(store_error)?;
    let keys = runs.get_all_keys(None, None).await.map_err(store_error)?;
    let values = runs.get_all(None, None).await.map_err(store_error)?;
    for (key, value) in keys.into_iter().zip(values) {
        let id = RunId(key.as_string().unwrap_or_default());
        contents.add_run(id, &value.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default());
    }
    Ok(contents)
}

fn store_error(error: rexie::Error) -> StoreError {
    // Only the debug form names the browser's own error, such as QuotaExceededError.
    let text = match &error {
        rexie::Error::IdbError(error) => format!("{error:?}"),
        other => other.to_string(),
    };
    if text.contains("QuotaExceededError") {
        StoreError::QuotaExceeded
    } else if text.contains("VersionError") {
        StoreError::NewerVersion
    } else {
        StoreError::Failed(text)
    }
}
