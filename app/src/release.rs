//! The release of the playground that this page shows, and whether there is a newer one.

use leptos::prelude::*;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The typed handle of `app/js/release.js`.
    #[derive(Clone)]
    pub type Keeper;

    /// Has the browser keep this release, and says when there is a newer one.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Keeper, on_newer: &JsValue);

    /// Reloads the page with the newer release.
    #[wasm_bindgen(method)]
    pub fn update(this: &Keeper);

    /// Asks the person whether to install the playground; false where the browser does not let a page ask.
    #[wasm_bindgen(method)]
    pub fn install(this: &Keeper) -> bool;
}

/// The release that this page shows; copies are the same.
#[derive(Clone, Copy)]
pub struct Release {
    has_newer: RwSignal<bool>,
    keeper: StoredValue<Option<Keeper>, LocalStorage>,
}

impl Release {
    /// There is no newer one that is known of.
    pub fn new() -> Self {
        Release { has_newer: RwSignal::new(false), keeper: StoredValue::new_local(None) }
    }

    /// Whether there is a newer one, which replaces this one when the person wants that.
    pub fn has_newer(self) -> Signal<bool> {
        self.has_newer.into()
    }

    /// There is a newer one.
    pub fn found_newer(self) {
        self.has_newer.set(true);
    }

    /// Says what keeps this one.
    pub fn keep_with(self, keeper: Keeper) {
        self.keeper.set_value(Some(keeper));
    }

    /// What keeps this one, once it is there.
    pub fn keeper(self) -> Option<Keeper> {
        self.keeper.get_value()
    }
}
