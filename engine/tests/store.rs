//! One suite for every store: in memory natively, in IndexedDB in a browser.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use engine::archive::{Archive, LoadError};
use engine::codec;
use engine::image::{HeapImage, StringId, Table, TableId, Value};
use engine::store::{Change, Piece, PieceName, SnapshotStore, WriterId};
use wire::{SnapshotId, SnapshotKind};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// An image that holds one table of strings.
fn image(texts: &[String]) -> HeapImage {
    HeapImage {
        roots: vec![Value::Table(TableId(0))],
        strings: texts.iter().collect(),
        tables: vec![Table {
            sequence: (0..texts.len() as u32).map(|id| Value::String(StringId(id))).collect(),
            ..Table::default()
        }],
        ..HeapImage::default()
    }
}

/// Text that does not repeat, so that pieces differ.
fn texts(count: u32) -> Vec<String> {
    (0..count).map(|n| format!("line {n}, {}", n.wrapping_mul(2_654_435_761))).collect()
}

async fn open<S: SnapshotStore>(store: S) -> Archive<S> {
    let mut archive = Archive::open(store, writer()).await.unwrap();
    archive.claim().await.unwrap();
    archive
}

fn writer() -> WriterId {
    WriterId("test".into())
}

fn id(text: &str) -> SnapshotId {
    SnapshotId(text.into())
}

fn checkpoint(label: &str) -> SnapshotKind {
    SnapshotKind::Checkpoint { label: label.into() }
}

async fn snapshots_come_back_as_they_were<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    assert!(archive.list().is_empty() && archive.head().is_none());
    let mut lines = texts(20_000);
    let first = image(&lines);
    let saved = archive.save(&first, checkpoint("one"), id("1"), 1000.0).await.unwrap();
    assert!(saved.is_new && saved.info.value_count == 20_000);
    assert!(!archive.save(&first, checkpoint("same"), id("2"), 2000.0).await.unwrap().is_new);
    lines[10_000] = "changed".into();
    let second = image(&lines);
    archive.save(&second, checkpoint("two"), id("3"), 3000.0).await.unwrap();
    let kind = SnapshotKind::Named { name: "Größe ✓".into() };
    archive.save(&second, kind.clone(), id("4"), 4000.0).await.unwrap();
    assert_eq!(archive.head(), Some(&id("3")));
    for (name, image) in [("1", &first), ("3", &second), ("4", &second)] {
        let loaded = archive.load(&id(name)).await.unwrap();
        assert_eq!(codec::encode(&loaded), codec::encode(image));
    }
    let list = archive.list();
    assert_eq!(list.iter().map(|info| info.id.0.as_str()).collect::<Vec<_>>(), ["4", "3", "1"]);
    assert_eq!(list[0].kind, kind);
    assert_eq!(list[0].created_millis, 4000.0);
    assert_eq!(archive.load(&id("none")).await, Err(LoadError::Unknown));

    archive.delete(&id("3")).await.unwrap();
    assert_eq!(archive.head(), Some(&id("4")));
    archive.delete(&id("1")).await.unwrap();
    assert_eq!(codec::encode(&archive.load(&id("4")).await.unwrap()), codec::encode(&second));
    let contents = archive.store().contents().await.unwrap();
    assert_eq!(contents.records.len(), 1);
    assert_eq!(contents.head, Some(id("4")));
    let names: Vec<PieceName> = contents.records[0].pieces.iter().map(|piece| piece.name.clone()).collect();
    assert!(names.len() > 5, "only {} pieces", names.len());
    assert!(archive.store().pieces(&names).await.unwrap().iter().all(Option::is_some));
    archive.delete(&id("4")).await.unwrap();
    assert!(archive.store().pieces(&names).await.unwrap().iter().all(Option::is_none));
}

async fn what_is_damaged_is_kept_and_can_be_saved_again<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    let image = image(&texts(20_000));
    archive.save(&image, checkpoint("one"), id("1"), 1.0).await.unwrap();
    let piece = archive.store().contents().await.unwrap().records[0].pieces[2].name.clone();
    let damaged = Piece { name: piece, compressed: vec![1, 2, 3] };
    let change = Change { pieces: vec![damaged], rewrite_pieces: true, writer: writer(), ..Change::default() };
    archive.store().apply(change).await.unwrap();
    let count = archive.store().contents().await.unwrap().records[0].pieces.len();
    let error = archive.load(&id("1")).await.unwrap_err();
    assert_eq!(error, LoadError::PieceDamaged { index: 3, count });
    assert_eq!(archive.info(&id("1")).unwrap().damage, Some(error.to_string()));
    assert!(archive.save(&image, checkpoint("two"), id("2"), 2.0).await.unwrap().is_new);
    assert!(archive.load(&id("2")).await.is_ok());
    assert_eq!(archive.list().len(), 2);
}

async fn an_unknown_format_is_refused_and_kept<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    archive.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
    let mut record = archive.store().contents().await.unwrap().records.remove(0);
    record.format = 99;
    archive.store().apply(Change { put: vec![record], writer: writer(), ..Change::default() }).await.unwrap();
    let mut archive = open(archive.into_store()).await;
    assert_eq!(archive.load(&id("1")).await, Err(LoadError::UnknownFormat(99)));
    assert_eq!(archive.list().len(), 1);
}

#[cfg(not(target_arch = "wasm32"))]
mod in_memory {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use engine::store::MemoryStore;

    fn now(future: impl Future<Output = ()>) {
        assert_eq!(pin!(future).poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(()));
    }

    #[test]
    fn snapshots_come_back_as_they_were() {
        now(super::snapshots_come_back_as_they_were(MemoryStore::default()));
    }

    #[test]
    fn an_unknown_format_is_refused_and_kept() {
        now(super::an_unknown_format_is_refused_and_kept(MemoryStore::default()));
    }

    #[test]
    fn what_is_damaged_is_kept_and_can_be_saved_again() {
        now(super::what_is_damaged_is_kept_and_can_be_saved_again(MemoryStore::default()));
    }
}

#[cfg(target_arch = "wasm32")]
mod in_indexed_db {
    use engine::store::{IndexedDb, SnapshotStore, StoreError};
    use rexie::{ObjectStore, Rexie, TransactionMode};
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{checkpoint, id, image, texts};

    #[wasm_bindgen_test]
    async fn snapshots_come_back_as_they_were() {
        super::snapshots_come_back_as_they_were(IndexedDb::open("round-trip").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn an_unknown_format_is_refused_and_kept() {
        super::an_unknown_format_is_refused_and_kept(IndexedDb::open("format").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn what_is_damaged_is_kept_and_can_be_saved_again() {
        let store = IndexedDb::open("damage").await.unwrap();
        super::what_is_damaged_is_kept_and_can_be_saved_again(store).await;
    }

    #[wasm_bindgen_test]
    async fn what_was_saved_is_there_when_the_database_is_opened_again() {
        let image = image(&texts(10));
        let mut archive = super::open(IndexedDb::open("again").await.unwrap()).await;
        archive.save(&image, checkpoint("one"), id("1"), 1.0).await.unwrap();
        drop(archive);
        let mut archive = super::open(IndexedDb::open("again").await.unwrap()).await;
        assert_eq!(archive.head(), Some(&id("1")));
        assert_eq!(archive.load(&id("1")).await.unwrap(), image);
    }

    #[wasm_bindgen_test]
    async fn a_record_that_can_not_be_read_is_kept_and_so_are_all_pieces() {
        let mut archive = super::open(IndexedDb::open("unreadable").await.unwrap()).await;
        archive.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
        archive.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await.unwrap();
        let names: Vec<_> = archive.store().contents().await.unwrap().records[0].pieces.clone();
        let database = Rexie::builder("unreadable").build().await.unwrap();
        let transaction = database.transaction(&["snapshots"], TransactionMode::ReadWrite).unwrap();
        let store = transaction.store("snapshots").unwrap();
        store.put(&JsValue::from_str("nonsense"), Some(&JsValue::from_str("1"))).await.unwrap();
        transaction.done().await.unwrap();
        database.close();

        let mut archive = super::open(IndexedDb::open("unreadable").await.unwrap()).await;
        assert!(archive.list().iter().any(|info| info.id == id("1") && info.damage.is_some()));
        assert!(archive.load(&id("1")).await.is_err());
        archive.delete(&id("2")).await.unwrap();
        let names: Vec<_> = names.into_iter().map(|piece| piece.name).collect();
        assert!(archive.store().pieces(&names).await.unwrap().iter().all(Option::is_some));
    }

    #[wasm_bindgen_test]
    async fn a_database_of_a_later_version_is_left_alone() {
        let later = Rexie::builder("later").version(99).add_object_store(ObjectStore::new("new")).build();
        later.await.unwrap().close();
        let error = IndexedDb::open("later").await.map(|_| ()).unwrap_err();
        assert_eq!(error, StoreError::NewerVersion);
    }
}
