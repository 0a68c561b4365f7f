//! What the browser keeps of workspaces: the typed handle of `app/js/workspaces.js`.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};

use wire::Subject;

use super::WorkspaceId;
use crate::{
    documents::copies_prefix,
    preferences::{Preference, keys_of, local_storage},
    workspace::Stored,
};

#[wasm_bindgen(module = "/js/workspaces.js")]
extern "C" {
    #[wasm_bindgen(js_name = currentWorkspace)]
    fn current_workspace() -> String;
    #[wasm_bindgen(js_name = isPageEmbedded)]
    fn is_page_embedded() -> bool;
    #[wasm_bindgen(js_name = enterWorkspace)]
    fn enter_workspace(id: &str);
    /// Lets the address of the page say which workspace it shows.
    pub fn name();
    #[wasm_bindgen(catch, js_name = workspaceBytes)]
    async fn workspace_bytes(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = copyWorkspace)]
    async fn copy_workspace(from: &str, to: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = keepFile)]
    async fn keep(name: &str, bytes: Uint8Array) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = takeFile)]
    async fn take(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = textsOf)]
    async fn texts_in(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = homeDatabase)]
    async fn database_with_home(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = deleteWorkspace)]
    async fn delete_workspace(id: &str, is_unwanted: JsValue) -> Result<JsValue, JsValue>;
}

/// Whether this page is in another page, and keeps nothing: see [`crate::embed`].
pub fn is_embedded() -> bool {
    is_page_embedded()
}

/// The workspace that this page shows.
pub fn current() -> WorkspaceId {
    WorkspaceId::parse(&current_workspace()).unwrap_or_else(WorkspaceId::main)
}

/// Shows another one from now on. Only before anything of a workspace is opened.
pub fn enter(id: &WorkspaceId) {
    enter_workspace(id.as_str());
}

/// About how many bytes it takes. `None` where the browser does not say.
pub async fn bytes(id: &WorkspaceId) -> Option<u64> {
    workspace_bytes(id.as_str()).await.ok()?.as_f64().map(|bytes| bytes as u64)
}

/// Keeps a file for the page that comes next. Returns false where there is no room.
pub async fn keep_file(name: &str, bytes: &[u8]) -> bool {
    keep(name, Uint8Array::from(bytes)).await.is_ok()
}

/// The file that the page before kept, once.
pub async fn take_file(name: &str) -> Option<Vec<u8>> {
    take(name).await.ok()?.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}

/// The texts that a workspace holds, the newest of each path first.
pub async fn texts_of(id: &WorkspaceId) -> Vec<Stored> {
    let json = texts_in(id.as_str()).await.ok().and_then(|json| json.as_string());
    let stored: Vec<Stored> = json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let unsaved = unsaved_in(id).into_iter().filter_map(|(_, json)| serde_json::from_str::<Vec<Stored>>(&json).ok());
    unsaved.flatten().chain(stored).collect()
}

/// What the worker calls the `_home` of a workspace that this page does not show; `None` if nothing of it is stored.
pub async fn home_of(id: &WorkspaceId) -> Option<Subject> {
    database_with_home(id.as_str()).await.ok()?.as_string().map(Subject::Workspace)
}

/// What tabs could not store before they were left: the names of the tabs, and the texts as JSON.
fn unsaved_in(id: &WorkspaceId) -> Vec<(String, String)> {
    let (Some(storage), prefix) = (local_storage(), copies_prefix(id)) else { return Vec::new() };
    let entry = |key: String| Some((key.strip_prefix(&prefix)?.to_owned(), storage.get_item(&key).ok()??));
    keys_of(&storage).into_iter().filter_map(entry).collect()
}

/// Copies what one holds, which this page shows, into another, which is new. Returns false, and leaves nothing, where
/// the browser does not do it.
pub async fn copy(from: &WorkspaceId, to: &WorkspaceId) -> bool {
    if copy_workspace(from.as_str(), to.as_str()).await.is_err() {
        delete(to, || true).await;
        return false;
    }
    Preference::of_workspaces().for_each(|preference| copy_preference(preference, from, to));
    if let Some(storage) = local_storage() {
        for (tab, texts) in unsaved_in(from) {
            // Where there is no room, the copy has the texts as they were stored.
            storage.set_item(&[&copies_prefix(to), tab.as_str()].concat(), &texts).ok();
        }
    }
    true
}

/// Lets a workspace begin with what another has of a preference.
pub fn copy_preference(preference: Preference, from: &WorkspaceId, to: &WorkspaceId) {
    if let Some(storage) = local_storage()
        && let Ok(Some(text)) = storage.get_item(&preference.key_in(from))
    {
        // Where that fails, it begins with the default.
        storage.set_item(&preference.key_in(to), &text).ok();
    }
}

/// Deletes what it holds as soon as no tab shows it, if it is unwanted then. Returns whether it is gone.
pub async fn delete(id: &WorkspaceId, is_unwanted: impl Fn() -> bool + 'static) -> bool {
    let is_unwanted = Closure::<dyn Fn() -> bool>::new(is_unwanted).into_js_value();
    if delete_workspace(id.as_str(), is_unwanted).await.ok().and_then(|is_gone| is_gone.as_bool()) != Some(true) {
        return false;
    }
    if let Some(storage) = local_storage() {
        let preferences: Vec<_> = Preference::of_workspaces().map(|preference| preference.key_in(id)).collect();
        let copies = copies_prefix(id);
        let keys = keys_of(&storage).into_iter().filter(|key| preferences.contains(key) || key.starts_with(&copies));
        keys.for_each(|key| storage.remove_item(&key).unwrap_or_default());
    }
    true
}
