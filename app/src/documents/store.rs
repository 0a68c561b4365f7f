//! The person's texts in the browser's database, over all tabs: the typed handle of `app/js/documents.js`.

use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};

use crate::workspace::{StoreChange, Stored};

#[wasm_bindgen(module = "/js/documents.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = readFirst)]
    async fn read_first_json() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = read)]
    async fn read_json(keys: Option<Vec<String>>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = exchange)]
    async fn exchange_json(changes: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = listen)]
    fn listen_for_keys(react: JsValue);
}

/// The browser's database did not do it. It holds what it held before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreFailed;

/// What is stored under some keys.
pub type Found = Vec<(String, Option<Stored>)>;

/// What was stored when the page was opened.
pub async fn read_first() -> Result<Vec<Stored>, StoreFailed> {
    Ok(parse(read_first_json().await)?.into_iter().flatten().collect())
}

/// Everything that is stored.
pub async fn read_all() -> Result<Vec<Stored>, StoreFailed> {
    Ok(parse(read_json(None).await)?.into_iter().flatten().collect())
}

/// What is stored under some keys.
pub async fn read(keys: Vec<String>) -> Result<Found, StoreFailed> {
    let found = parse(read_json(Some(keys.clone())).await)?;
    Ok(keys.into_iter().zip(found).collect())
}

/// Makes all changes, or none if something is there that this tab has not seen: then returns what is there.
pub async fn exchange(changes: &[StoreChange]) -> Result<Option<Found>, StoreFailed> {
    let json = serde_json::to_string(changes).map_err(|_| StoreFailed)?;
    let answer = exchange_json(&json).await.map_err(|_| StoreFailed)?;
    if answer.is_undefined() {
        return Ok(None);
    }
    let found = parse(Ok(answer))?;
    Ok(Some(changes.iter().map(|change| change.key.clone()).zip(found).collect()))
}

/// Calls `react` with the keys of what another tab has changed, as long as the page lives.
pub fn listen(react: impl Fn(Vec<String>) + 'static) {
    listen_for_keys(Closure::<dyn Fn(Vec<String>)>::new(react).into_js_value());
}

fn parse(json: Result<JsValue, JsValue>) -> Result<Vec<Option<Stored>>, StoreFailed> {
    json.ok().and_then(|json| json.as_string()).and_then(|json| serde_json::from_str(&json).ok()).ok_or(StoreFailed)
}
