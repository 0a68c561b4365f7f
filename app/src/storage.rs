//! How much storage the browser offers, and whether it may delete what is stored.

use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// What the browser says about its storage for this page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StorageFacts {
    /// The approximate number of bytes in use.
    pub used_bytes: u64,
    /// The approximate number of bytes that may be used in all.
    pub available_bytes: u64,
    /// Whether only the person may delete what is stored; otherwise the browser may, when the disk is nearly full.
    pub is_persistent: bool,
}

/// What is known about the storage.
#[derive(Clone, Copy)]
pub struct Storage {
    facts: RwSignal<Option<StorageFacts>>,
    /// Whether the browser was asked not to delete anything, and declined.
    was_refused: RwSignal<bool>,
    read: (Signal<Option<StorageFacts>>, Signal<bool>),
}

impl Storage {
    /// Storage about which nothing is known yet.
    pub fn new() -> Self {
        let (facts, was_refused) = (RwSignal::new(None), RwSignal::new(false));
        Storage { facts, was_refused, read: (facts.into(), was_refused.into()) }
    }

    /// The browser's last answer; `None` if it gives none.
    pub fn facts(self) -> Signal<Option<StorageFacts>> {
        self.read.0
    }

    /// Whether the browser declined to keep the data.
    pub fn was_refused(self) -> Signal<bool> {
        self.read.1
    }

    /// Asks the browser for the facts.
    pub fn refresh(self) {
        spawn_local(async move {
            // If the browser does not answer, as on a page without HTTPS, nothing is shown.
            let facts = measure().await.ok();
            self.facts.try_set(facts);
        });
    }

    /// Asks the browser to delete nothing unless the person says so. Some browsers ask the person, some decide by
    /// themselves.
    pub fn ask_to_persist(self) {
        if self.facts.get_untracked().is_some_and(|facts| facts.is_persistent) {
            return;
        }
        spawn_local(async move {
            let Some(promise) = manager().and_then(|storage| storage.persist().ok()) else { return };
            let is_granted = JsFuture::from(promise).await.is_ok_and(|granted| granted.is_truthy());
            self.was_refused.try_set(!is_granted);
            self.refresh();
        });
    }
}

async fn measure() -> Result<StorageFacts, JsValue> {
    let storage = manager().ok_or(JsValue::UNDEFINED)?;
    let estimate = JsFuture::from(storage.estimate()?).await?;
    let is_persistent = JsFuture::from(storage.persisted()?).await?.is_truthy();
    let bytes = |name: &str| Ok::<_, JsValue>(Reflect::get(&estimate, &name.into())?.as_f64().unwrap_or(0.0) as u64);
    Ok(StorageFacts { used_bytes: bytes("usage")?, available_bytes: bytes("quota")?, is_persistent })
}

/// Absent on a page that was not loaded over HTTPS.
fn manager() -> Option<StorageManager> {
    Reflect::get(&window().navigator(), &"storage".into()).ok()?.dyn_into().ok()
}
