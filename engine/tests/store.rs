//! One suite for both stores: in memory natively, in IndexedDB in a browser.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::rc::Rc;

use engine::archive::{Archive, LoadError, Saving};
use engine::codec;
use engine::image::{HeapImage, StringId, Value};
use engine::journal::Run;
use engine::store::{Change, Piece, PieceName, SnapshotStore, StoreError, WriterId};
use wire::{
    Access, Ending, Output, Readings, RunId, RunInfo, RunMode, RunRest, SnapshotId, SnapshotKind, SourcePath, Stream,
};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// An image that holds one table of strings.
fn image(texts: &[String]) -> HeapImage {
    let mut image = HeapImage { strings: texts.iter().collect(), ..HeapImage::default() };
    let strings: Vec<Value> = (0..texts.len() as u32).map(|id| Value::String(StringId(id))).collect();
    let table = image.add_table(&strings, &[], Value::Nil);
    image.roots.push(Value::Table(table));
    image
}

/// Texts without repetition, so that all pieces differ.
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

/// A run that wrote these texts.
fn run(texts: &[String]) -> Run {
    let info = RunInfo {
        id: RunId(String::new()),
        chunk: "main.lua".into(),
        mode: RunMode::Program,
        label: "label".into(),
        began_millis: 1.7e12,
        elapsed_millis: 1.0,
        memory_bytes: 1000,
        ending: Ending::Stopped,
        before: None,
        after: None,
        changes: None,
        files_changed: 0,
    };
    let write = |text: &String| Output { stream: Stream::Out, dropped_lines: 0, text: text.clone() };
    Run {
        info,
        number: 7,
        has_saved_start: true,
        source: texts.concat(),
        files: vec![(SourcePath::parse("a.bin").unwrap(), Rc::new(vec![0, 255, 128]))],
        input: "[1]".into(),
        output: Some(texts.iter().map(write).collect()),
        rest: RunRest {
            traceback: String::from("a"),
            readings: Readings { random_state: [1, 2, 3, 4], ..Readings::default() },
        },
    }
}

async fn runs_come_back_as_they_were<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    let image = image(&texts(10));
    let (first, second) = (run(&texts(1)), run(&texts(20_000)));
    for (number, run) in [&first, &second].into_iter().enumerate() {
        let (kind, edits, run) = (checkpoint("same"), &[][..], Some(run.clone()));
        let saving = Saving { image: &image, kind, id: id(&number.to_string()), now_millis: 1.0, edits, run };
        assert_eq!(archive.save_all(saving).await.unwrap().is_new, number == 0);
    }
    let mut archive = open(archive.into_store()).await;
    let runs = archive.runs(None, 10).runs;
    assert_eq!((runs.len(), archive.list().len()), (2, 1));
    assert_eq!((&runs[1].before, &runs[1].after), (&None, &Some(id("0"))));
    assert_eq!((&runs[0].before, &runs[0].after), (&Some(id("0")), &Some(id("0"))));
    let details = archive.load_run(&runs[0].id).await.unwrap().unwrap();
    assert_eq!(details.source, second.source);
    assert_eq!(details.output.map(|output| output.decode().unwrap()), second.output);
    assert_eq!((details.input, details.rest.decode().unwrap()), (second.input, second.rest));
    assert_eq!(details.files[0].content, [0, 255, 128]);
    // All that is left is the state.
    archive.forget_runs(None).await.unwrap();
    let mut archive = open(archive.into_store()).await;
    assert!(archive.runs(None, 10).runs.is_empty());
    assert_eq!(archive.store().piece_names().await.unwrap().len(), 1);
    assert_eq!(archive.load(&id("0")).await.unwrap(), image);
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

    archive.delete(&id("1")).await.unwrap();
    assert_eq!(codec::encode(&archive.load(&id("4")).await.unwrap()), codec::encode(&second));
    let contents = archive.store().contents().await.unwrap();
    assert_eq!(contents.records.len(), 2);
    let names: Vec<PieceName> = contents.records[0].pieces.iter().map(|piece| piece.name.clone()).collect();
    assert!(names.len() > 5, "only {} pieces", names.len());
    assert_eq!(archive.store().piece_names().await.unwrap().len(), names.len());
    archive.delete(&id("4")).await.unwrap();
    assert!(archive.store().pieces(&names).await.unwrap().iter().all(Option::is_some));
}

/// The head is what `_home` is: deleting it takes it off the list, and nothing from `_home`.
async fn a_deleted_head_stays_until_the_head_is_another<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    let images: Vec<HeapImage> = (1..=4).map(|count| image(&texts(count * 5000))).collect();
    for (number, image) in images[..3].iter().enumerate() {
        let name = id(&(number + 1).to_string());
        archive.save(image, checkpoint("before"), name, 1.0).await.unwrap();
    }
    archive.delete(&id("3")).await.unwrap();
    assert_eq!(archive.list().len(), 2);

    let mut archive = open(archive.into_store()).await;
    assert_eq!((archive.head(), archive.list().len()), (Some(&id("3")), 2));
    assert_eq!(codec::encode(&archive.load(&id("3")).await.unwrap()), codec::encode(&images[2]));
    assert!(!archive.save(&images[2], checkpoint("same"), id("4"), 2.0).await.unwrap().is_new);
    let saved = archive.save(&images[3], checkpoint("next"), id("5"), 3.0).await.unwrap();
    assert!(saved.is_new && saved.removed.is_empty());

    let contents = archive.store().contents().await.unwrap();
    let parents: Vec<_> =
        contents.records.iter().map(|record| (&record.info.id.0[..], record.parent.clone())).collect();
    assert_eq!(parents, [("1", None), ("2", Some(id("1"))), ("5", Some(id("2")))]);
    let needed: std::collections::HashSet<_> =
        contents.records.iter().flat_map(|record| &record.pieces).map(|piece| piece.name.clone()).collect();
    assert_eq!(archive.store().piece_names().await.unwrap().len(), needed.len());

    // Also where the head goes back.
    archive.delete(&id("5")).await.unwrap();
    archive.move_head(Some(id("2"))).await.unwrap();
    let archive = open(archive.into_store()).await;
    assert_eq!((archive.head(), archive.list().len(), archive.info(&id("5"))), (Some(&id("2")), 2, None));
}

/// Counts what is asked of a store.
struct Watched<S> {
    store: S,
    listings: std::cell::Cell<usize>,
    pieces_written: std::cell::Cell<usize>,
}

impl<S: SnapshotStore> SnapshotStore for Watched<S> {
    async fn contents(&self) -> Result<engine::store::Contents, StoreError> {
        self.listings.update(|count| count + 1);
        self.store.contents().await
    }

    async fn pieces(&self, names: &[PieceName]) -> Result<Vec<Option<Vec<u8>>>, StoreError> {
        self.store.pieces(names).await
    }

    async fn piece_names(&self) -> Result<Vec<PieceName>, StoreError> {
        self.listings.update(|count| count + 1);
        self.store.piece_names().await
    }

    async fn apply(&self, change: &Change) -> Result<(), StoreError> {
        self.pieces_written.update(|count| count + change.pieces.len());
        self.store.apply(change).await
    }
}

async fn a_save_costs_what_changed<S: SnapshotStore>(store: S) {
    let watched = Watched { store, listings: Default::default(), pieces_written: Default::default() };
    let mut archive = open(watched).await;
    let mut lines = texts(20_000);
    archive.save(&image(&lines), checkpoint("first"), id("1"), 1.0).await.unwrap();
    let all = archive.store().piece_names().await.unwrap().len();
    assert!(all > 20, "only {all} pieces");

    // As after a restart, where the head is read to restore it.
    let mut archive = open(archive.into_store()).await;
    archive.load(&id("1")).await.unwrap();
    archive.keep_checkpoints(3, 3);
    archive.store().listings.set(0);
    for number in 2..=9 {
        lines[10_000] = format!("changed {number}");
        archive.store().pieces_written.set(0);
        archive.save(&image(&lines), checkpoint("next"), id(&number.to_string()), 1.0).await.unwrap();
        let written = archive.store().pieces_written.get();
        assert!((1..=3).contains(&written), "{written} of {all} pieces");
    }
    assert_eq!(archive.store().listings.get(), 0);
    assert!(archive.store().piece_names().await.unwrap().len() <= all + 3 * 3);
    for name in ["7", "8", "9"] {
        archive.load(&id(name)).await.unwrap();
    }
}

/// Records of earlier versions list all that was left out, and do not count it.
async fn what_was_left_out_is_counted<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    archive.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
    let mut record = archive.store().contents().await.unwrap().records.remove(0);
    record.info.omissions = vec![wire::Omission { path: "_home.x".into(), kind: "coroutine".into() }];
    archive.store().apply(&Change { put: vec![record], writer: writer(), ..Change::default() }).await.unwrap();
    let mut archive = open(archive.into_store()).await;
    assert_eq!(archive.info(&id("1")).unwrap().omission_count, 1);

    // Of many, the first are named, and all are counted.
    let mut left_out = HeapImage::default();
    let table = left_out.add_table(&[Value::Opaque(engine::image::Opaque::Coroutine); 2500], &[], Value::Nil);
    left_out.roots.push(Value::Table(table));
    let info = archive.save(&left_out, checkpoint("two"), id("2"), 2.0).await.unwrap().info;
    assert_eq!((info.omissions.len(), info.omission_count), (1000, 2500));
    assert_eq!(archive.list()[0].omission_count, 2500);
}

async fn pieces_that_nobody_needs_are_swept_away<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    archive.save(&image(&texts(5000)), checkpoint("one"), id("1"), 1.0).await.unwrap();
    let before = archive.store().piece_names().await.unwrap();
    let litter = Piece { name: PieceName("litter".into()), compressed: vec![1, 2, 3] };
    let change = Change { pieces: vec![litter], writer: writer(), ..Change::default() };
    archive.store().apply(&change).await.unwrap();
    archive.sweep().await.unwrap();
    assert_eq!(archive.store().piece_names().await.unwrap(), before);
    archive.load(&id("1")).await.unwrap();
}

async fn ids_grow_though_the_clock_is_set_back<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    archive.keep_checkpoints(2, 2);
    let mut last = None;
    for (number, millis) in [5000, 6000, 2000, 2000, 1].into_iter().enumerate() {
        let name = archive.new_id(millis, 7);
        assert!(last.is_none_or(|last| last < name), "{name:?}");
        let image = image(&texts(number as u32 + 1));
        archive.save(&image, checkpoint("next"), name.clone(), millis as f64).await.unwrap();
        assert_eq!(archive.list()[0].id, name);
        last = Some(name);
    }
    assert_eq!(archive.new_id(9000, 7), id("0000000009000-0000000000000007"));
}

async fn a_damaged_snapshot_is_kept_and_can_be_saved_again<S: SnapshotStore>(store: S) {
    let mut archive = open(store).await;
    let image = image(&texts(20_000));
    archive.save(&image, checkpoint("one"), id("1"), 1.0).await.unwrap();
    let piece = archive.store().contents().await.unwrap().records[0].pieces[2].name.clone();
    let damaged = Piece { name: piece, compressed: vec![1, 2, 3] };
    let change = Change { pieces: vec![damaged], writer: writer(), ..Change::default() };
    archive.store().apply(&change).await.unwrap();
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
    archive.store().apply(&Change { put: vec![record], writer: writer(), ..Change::default() }).await.unwrap();
    let mut archive = open(archive.into_store()).await;
    assert_eq!(archive.load(&id("1")).await, Err(LoadError::NewerFormat(codec::NewerFormat(99))));
    assert_eq!(archive.list().len(), 1);
}

/// Both writers have the store open; only the one that claimed it last changes anything.
async fn a_displaced_writer_changes_nothing<S: SnapshotStore + Clone>(store: S) {
    let mut first = open(store.clone()).await;
    first.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
    let mut second = Archive::open(store, WriterId("other".into())).await.unwrap();
    let refused = second.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await;
    assert_eq!(refused.map(|_| ()), Err(StoreError::OtherWriter));
    second.claim().await.unwrap();
    assert_eq!(first.delete(&id("1")).await, Err(StoreError::OtherWriter));
    assert_eq!(first.access(), Access::ReadOnly);
    second.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await.unwrap();
    first.claim().await.unwrap();
    assert_eq!(first.list().len(), 2);
    assert_eq!(first.head(), Some(&id("2")));
}

/// A save, a deletion and a move of the head, each interrupted at every step of its transaction in turn.
/// `stop_after` makes the store fail after the given number of steps.
async fn an_interrupted_change_has_no_effect<S: SnapshotStore>(store: S, stop_after: impl Fn(&S, Option<usize>)) {
    let mut archive = open(store).await;
    archive.keep_checkpoints(2, 2);
    let (first, second) = (image(&texts(5000)), image(&texts(6000)));
    archive.save(&first, checkpoint("one"), id("1"), 1.0).await.unwrap();
    archive.save(&second, checkpoint("two"), id("2"), 2.0).await.unwrap();
    let before = archive.store().contents().await.unwrap();
    let mut steps = 0;
    loop {
        stop_after(archive.store(), Some(steps));
        // It has new pieces, and one checkpoint must be pruned, with the pieces that only that one has.
        let saved = archive.save(&image(&texts(7000)), checkpoint("three"), id("3"), 3.0).await;
        stop_after(archive.store(), None);
        if saved.is_ok() {
            break;
        }
        steps += 1;
        assert!(steps < 1000, "it never gets through");
        // As after a restart.
        archive = open(archive.into_store()).await;
        archive.keep_checkpoints(2, 2);
        assert_eq!(archive.store().contents().await.unwrap(), before, "stopped after {steps} steps");
        for (name, image) in [("1", &first), ("2", &second)] {
            assert_eq!(codec::encode(&archive.load(&id(name)).await.unwrap()), codec::encode(image));
        }
    }
    assert!(steps > 3, "only {steps} steps");
    let mut archive = open(archive.into_store()).await;
    assert_eq!(archive.head(), Some(&id("3")));
    assert_eq!(codec::encode(&archive.load(&id("3")).await.unwrap()), codec::encode(&image(&texts(7000))));
    assert!(archive.load(&id("2")).await.is_ok());
    assert_eq!(archive.list().len(), 2);
}

#[cfg(not(target_arch = "wasm32"))]
mod in_memory {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use std::rc::Rc;

    use engine::store::MemoryStore;

    #[test]
    fn a_displaced_writer_changes_nothing() {
        now(super::a_displaced_writer_changes_nothing(Rc::new(MemoryStore::default())));
    }

    #[test]
    fn runs_come_back_as_they_were() {
        now(super::runs_come_back_as_they_were(MemoryStore::default()));
    }

    #[test]
    fn an_interrupted_change_has_no_effect() {
        now(super::an_interrupted_change_has_no_effect(MemoryStore::default(), MemoryStore::stop_after));
    }

    fn now(future: impl Future<Output = ()>) {
        assert_eq!(pin!(future).poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(()));
    }

    #[test]
    fn snapshots_come_back_as_they_were() {
        now(super::snapshots_come_back_as_they_were(MemoryStore::default()));
    }

    #[test]
    fn a_deleted_head_stays_until_the_head_is_another() {
        now(super::a_deleted_head_stays_until_the_head_is_another(MemoryStore::default()));
    }

    #[test]
    fn a_save_costs_what_changed() {
        now(super::a_save_costs_what_changed(MemoryStore::default()));
    }

    #[test]
    fn pieces_that_nobody_needs_are_swept_away() {
        now(super::pieces_that_nobody_needs_are_swept_away(MemoryStore::default()));
    }

    #[test]
    fn ids_grow_though_the_clock_is_set_back() {
        now(super::ids_grow_though_the_clock_is_set_back(MemoryStore::default()));
    }

    #[test]
    fn what_was_left_out_is_counted() {
        now(super::what_was_left_out_is_counted(MemoryStore::default()));
    }

    #[test]
    fn an_unknown_format_is_refused_and_kept() {
        now(super::an_unknown_format_is_refused_and_kept(MemoryStore::default()));
    }

    #[test]
    fn a_damaged_snapshot_is_kept_and_can_be_saved_again() {
        now(super::a_damaged_snapshot_is_kept_and_can_be_saved_again(MemoryStore::default()));
    }
}

#[cfg(target_arch = "wasm32")]
mod in_indexed_db {
    use std::cell::RefCell;
    use std::rc::Rc;

    use engine::store::{IndexedDb, Lock, SnapshotStore, StoreError};
    use rexie::{ObjectStore, Rexie, TransactionMode};
    use wasm_bindgen::JsValue;
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{Saving, checkpoint, id, image, run, texts};

    /// Makes the store's requests fail, or its transactions end.
    #[wasm_bindgen(inline_js = r#"
        const { put, delete: remove } = IDBObjectStore.prototype;
        let left = Infinity, name = "", aborts = false;
        function step(store) {
            if (left-- > 0) return;
            if (aborts) { store.transaction.abort(); }
            throw new DOMException("on purpose", name || "AbortError");
        }
        IDBObjectStore.prototype.put = function (...values) { step(this); return put.apply(this, values); };
        IDBObjectStore.prototype.delete = function (...values) { step(this); return remove.apply(this, values); };
        export function failAfter(steps, error) { left = steps ?? Infinity; name = error; aborts = false; }
        export function abortAfter(steps) { left = steps ?? Infinity; name = ""; aborts = true; }
        export async function durability(name) {
            const request = indexedDB.open(name);
            request.onupgradeneeded = () => request.result.createObjectStore("pieces");
            await new Promise((resolve, reject) => { request.onsuccess = resolve; request.onerror = reject; });
            const { durability } = request.result.transaction("pieces", "readwrite");
            request.result.close();
            return durability;
        }
        export const later = () => new Promise((resolve) => setTimeout(resolve));
    "#)]
    extern "C" {
        #[wasm_bindgen(js_name = failAfter)]
        fn fail_after(steps: Option<u32>, error: &str);
        #[wasm_bindgen(js_name = abortAfter)]
        fn abort_after(steps: Option<u32>);
        async fn durability(name: &str) -> JsValue;
        fn later() -> js_sys::Promise;
    }

    #[wasm_bindgen_test]
    async fn snapshots_come_back_as_they_were() {
        super::snapshots_come_back_as_they_were(IndexedDb::open("round-trip").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn runs_come_back_as_they_were() {
        super::runs_come_back_as_they_were(IndexedDb::open("runs").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn a_displaced_writer_changes_nothing() {
        let store = Rc::new(IndexedDb::open("writers").await.unwrap());
        super::a_displaced_writer_changes_nothing(store).await;
    }

    #[wasm_bindgen_test]
    async fn an_interrupted_change_has_no_effect() {
        let store = IndexedDb::open("midway").await.unwrap();
        super::an_interrupted_change_has_no_effect(store, |_, steps| {
            fail_after(steps.map(|steps| steps as u32), "AbortError")
        })
        .await;
    }

    #[wasm_bindgen_test]
    async fn a_full_disk_is_reported_and_nothing_is_lost() {
        let mut archive = super::open(IndexedDb::open("full").await.unwrap()).await;
        archive.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
        fail_after(Some(2), "QuotaExceededError");
        let saved = archive.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await;
        fail_after(None, "");
        assert_eq!(saved.map(|_| ()), Err(StoreError::QuotaExceeded));
        let mut archive = super::open(archive.into_store()).await;
        assert_eq!(archive.load(&id("1")).await.unwrap(), image(&texts(10)));
        assert_eq!(archive.list().len(), 1);
    }

    /// Aborts a transaction while its requests are pending, as the end of its worker does.
    #[wasm_bindgen_test]
    async fn a_worker_that_ends_during_a_save_leaves_the_old_state() {
        let mut archive = super::open(IndexedDb::open("killed").await.unwrap()).await;
        archive.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
        // A piece, the record, the head.
        for steps in 0..3 {
            abort_after(Some(steps));
            let saved = archive.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await;
            abort_after(None);
            assert!(saved.is_err(), "{steps}");
            archive = super::open(archive.into_store()).await;
            assert_eq!(archive.list().len(), 1);
            assert_eq!(archive.load(&id("1")).await.unwrap(), image(&texts(10)));
        }
    }

    #[wasm_bindgen_test]
    async fn only_the_writes_of_this_store_wait_for_the_disk() {
        IndexedDb::open("strict").await.unwrap();
        assert_eq!(durability("strict").await, "strict");
        assert_ne!(durability("of somebody else").await, "strict");
    }

    #[wasm_bindgen_test]
    async fn a_database_of_version_1_is_upgraded() {
        let old = Rexie::builder("old").version(1);
        let stores = ["snapshots", "pieces", "heads"].map(ObjectStore::new);
        let database =
            stores.into_iter().fold(old, |builder, store| builder.add_object_store(store)).build().await.unwrap();
        let transaction = database.transaction(&["snapshots", "heads"], TransactionMode::ReadWrite).unwrap();
        // Exactly as version 1 wrote it.
        let record = js_sys::JSON::parse(
            r#"{"info":{"id":"1","kind":{"Named":{"name":"old"}},"created_millis":1,"byte_size":8,"value_count":0,
                "omissions":[],"damage":null},"workspace":"default","format":1,"producer":"cu 0.1.0, Lua 5.4",
                "parent":null,"pieces":[]}"#,
        );
        let snapshots = transaction.store("snapshots").unwrap();
        snapshots.put(&record.unwrap(), Some(&JsValue::from_str("1"))).await.unwrap();
        let heads = transaction.store("heads").unwrap();
        heads.put(&JsValue::from_str("1"), Some(&JsValue::from_str("default"))).await.unwrap();
        transaction.done().await.unwrap();
        database.close();

        let mut archive = super::open(IndexedDb::open("old").await.unwrap()).await;
        assert_eq!(archive.head(), Some(&id("1")));
        assert_eq!(archive.list()[0].kind, wire::SnapshotKind::Named { name: "old".into() });
        archive.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await.unwrap();
        assert_eq!(super::open(IndexedDb::open("old").await.unwrap()).await.list().len(), 2);
    }

    #[wasm_bindgen_test]
    async fn a_database_of_version_2_is_upgraded_though_another_tab_has_it_open() {
        let old = Rexie::builder("version-2").version(2);
        let stores = ["snapshots", "pieces", "heads", "writers"].map(ObjectStore::new);
        let database =
            stores.into_iter().fold(old, |builder, store| builder.add_object_store(store)).build().await.unwrap();
        let transaction = database.transaction(&["heads"], TransactionMode::ReadWrite).unwrap();
        let heads = transaction.store("heads").unwrap();
        heads.put(&JsValue::from_str("1"), Some(&JsValue::from_str("default"))).await.unwrap();
        transaction.done().await.unwrap();

        // The tab that has it open gives way.
        let mut archive = super::open(IndexedDb::open("version-2").await.unwrap()).await;
        assert_eq!(archive.head(), Some(&id("1")));
        let (image, kind, run) = (image(&texts(10)), checkpoint("two"), Some(run(&texts(10))));
        let saving = Saving { image: &image, kind, id: id("2"), now_millis: 2.0, edits: &[], run };
        archive.save_all(saving).await.unwrap();
        assert_eq!(archive.runs(None, 10).runs[0].before, Some(id("1")));
    }

    #[wasm_bindgen_test]
    async fn the_lock_has_one_holder_and_can_be_stolen() {
        let told = Rc::new(RefCell::new(Vec::new()));
        let note = |name: &'static str| {
            let told = Rc::clone(&told);
            move |is_held| told.borrow_mut().push((name, is_held))
        };
        let first = Lock::request("test", false, note("first")).await;
        let second = Lock::request("test", false, note("second")).await;
        assert!(first.is_held() && !second.is_held());
        second.steal().await;
        assert!(second.is_held());
        // The loser is notified in a later task.
        while told.borrow().is_empty() {
            wasm_bindgen_futures::JsFuture::from(later()).await.unwrap();
        }
        assert!(!first.is_held());
        assert_eq!(*told.borrow(), [("first", false)]);

        // A request that steals does not wait.
        let third = Lock::request("test", true, note("third")).await;
        assert!(third.is_held());
        while second.is_held() {
            wasm_bindgen_futures::JsFuture::from(later()).await.unwrap();
        }
    }

    #[wasm_bindgen_test]
    async fn a_deleted_head_stays_until_the_head_is_another() {
        super::a_deleted_head_stays_until_the_head_is_another(
            IndexedDb::open("a_deleted_head_stays_until_the_head_is_another").await.unwrap(),
        )
        .await;
    }

    #[wasm_bindgen_test]
    async fn a_save_costs_what_changed() {
        super::a_save_costs_what_changed(IndexedDb::open("a_save_costs_what_changed").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn pieces_that_nobody_needs_are_swept_away() {
        super::pieces_that_nobody_needs_are_swept_away(
            IndexedDb::open("pieces_that_nobody_needs_are_swept_away").await.unwrap(),
        )
        .await;
    }

    #[wasm_bindgen_test]
    async fn ids_grow_though_the_clock_is_set_back() {
        super::ids_grow_though_the_clock_is_set_back(
            IndexedDb::open("ids_grow_though_the_clock_is_set_back").await.unwrap(),
        )
        .await;
    }

    #[wasm_bindgen_test]
    async fn what_was_left_out_is_counted() {
        super::what_was_left_out_is_counted(IndexedDb::open("what_was_left_out_is_counted").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn an_unknown_format_is_refused_and_kept() {
        super::an_unknown_format_is_refused_and_kept(IndexedDb::open("format").await.unwrap()).await;
    }

    #[wasm_bindgen_test]
    async fn a_damaged_snapshot_is_kept_and_can_be_saved_again() {
        let store = IndexedDb::open("damage").await.unwrap();
        super::a_damaged_snapshot_is_kept_and_can_be_saved_again(store).await;
    }

    #[wasm_bindgen_test]
    async fn saved_snapshots_survive_reopening_the_database() {
        let image = image(&texts(10));
        let mut archive = super::open(IndexedDb::open("again").await.unwrap()).await;
        archive.save(&image, checkpoint("one"), id("1"), 1.0).await.unwrap();
        drop(archive);
        let mut archive = super::open(IndexedDb::open("again").await.unwrap()).await;
        assert_eq!(archive.head(), Some(&id("1")));
        assert_eq!(archive.load(&id("1")).await.unwrap(), image);
    }

    #[wasm_bindgen_test]
    async fn an_unreadable_record_is_kept_and_so_are_all_pieces() {
        let mut archive = super::open(IndexedDb::open("unreadable").await.unwrap()).await;
        archive.save(&image(&texts(10)), checkpoint("one"), id("1"), 1.0).await.unwrap();
        archive.save(&image(&texts(20)), checkpoint("two"), id("2"), 2.0).await.unwrap();
        archive.save(&image(&texts(30)), checkpoint("three"), id("3"), 3.0).await.unwrap();
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
        archive.sweep().await.unwrap();
        assert!(archive.store().pieces(&names).await.unwrap().iter().all(Option::is_some));
        // Once it is deleted, all is known again.
        archive.delete(&id("1")).await.unwrap();
        archive.sweep().await.unwrap();
        assert_eq!(archive.store().piece_names().await.unwrap().len(), 1);
        assert_eq!(archive.load(&id("3")).await.unwrap(), image(&texts(30)));
    }

    #[wasm_bindgen_test]
    async fn a_database_of_a_later_version_is_unchanged() {
        let later = Rexie::builder("later").version(99).add_object_store(ObjectStore::new("new")).build();
        later.await.unwrap().close();
        let error = IndexedDb::open("later").await.map(|_| ()).unwrap_err();
        assert_eq!(error, StoreError::NewerVersion);
    }
}
