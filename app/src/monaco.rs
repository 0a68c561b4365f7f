//! The typed handle of Monaco. What is declared here is all that `app/monaco/shim.js` offers.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::assets::Asset;

#[wasm_bindgen(inline_js = "export function load(url) { return import(url); }")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn load(url: &str) -> Result<Promise, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    type Shim;

    #[wasm_bindgen(method, catch)]
    fn create(
        this: &Shim,
        host: &web_sys::HtmlElement,
        is_dark: bool,
        is_read_only: bool,
        on_change: &JsValue,
    ) -> Result<Editor, JsValue>;

    /// An editor on the page.
    #[derive(Clone)]
    pub type Editor;

    /// Shows a document. Its path, text and view are taken the first time only; its language may change.
    #[wasm_bindgen(method)]
    pub fn show(this: &Editor, id: u32, path: &str, text: &str, language: &str, view: Option<&str>);

    /// Forgets the documents that are not among these.
    #[wasm_bindgen(method)]
    pub fn retain(this: &Editor, ids: Vec<u32>);

    /// The text of a document that was shown.
    #[wasm_bindgen(method)]
    pub fn text(this: &Editor, id: u32) -> Option<String>;

    /// Replaces the text of a document that was shown; undo brings the old one back.
    #[wasm_bindgen(method, js_name = "setText")]
    pub fn set_text(this: &Editor, id: u32, text: &str);

    /// Where cursor and scroll are in a document that was shown, as Monaco's JSON.
    #[wasm_bindgen(method)]
    pub fn view(this: &Editor, id: u32) -> Option<String>;

    /// In the shown document: selects from one place to another, both counted in UTF-16 units from the start.
    #[wasm_bindgen(method)]
    pub fn select(this: &Editor, start: u32, end: u32);

    /// The selected text of the shown document; empty if nothing is selected.
    #[wasm_bindgen(method, js_name = "selectedText")]
    pub fn selected_text(this: &Editor) -> String;

    /// The line where the selection begins, from 1.
    #[wasm_bindgen(method, js_name = "selectedLine")]
    pub fn selected_line(this: &Editor) -> u32;

    /// Marks a line of a document, counted from 1, as the only place of an error.
    #[wasm_bindgen(method, js_name = "markError")]
    pub fn mark_error(this: &Editor, id: u32, line: u32, message: &str);

    /// Takes the mark away.
    #[wasm_bindgen(method, js_name = "clearError")]
    pub fn clear_error(this: &Editor);

    /// In the shown document: selects a line from one column to another, counted from 1, with the cursor at the end, and
    /// brings it into view.
    #[wasm_bindgen(method)]
    pub fn reveal(this: &Editor, line: u32, column: u32, end_column: u32);

    /// Takes the files with Lua in them: their ids, paths and texts. A text counts only where its document is in no tab.
    #[wasm_bindgen(method, js_name = "setFiles")]
    pub fn set_files(this: &Editor, ids: Vec<u32>, paths: Vec<String>, texts: Vec<String>);

    #[wasm_bindgen(method, js_name = "startHelp")]
    fn start_help(this: &Editor, url: &str, report: &JsValue, list: &JsValue, reveal: &JsValue);

    /// What can be typed at the end of a text that is in no file: a list, as JSON.
    #[wasm_bindgen(method)]
    pub async fn offer(this: &Editor, text: &str) -> JsValue;

    /// Changes the shown document by the edits of the formatter, as JSON.
    #[wasm_bindgen(method, js_name = "applyEdits")]
    pub fn apply_edits(this: &Editor, edits: &str);

    /// Shows or hides names of parameters and types within the lines.
    #[wasm_bindgen(method, js_name = "setHints")]
    pub fn set_hints(this: &Editor, is_on: bool);

    /// Takes what is alive: definitions of `_home`, and names of globals.
    #[wasm_bindgen(method, js_name = "setLive")]
    pub fn set_live(this: &Editor, home: &str, globals: &str);

    /// Takes the sizes and fonts that the page's styles say, and what else was chosen: the program in small, the keys of Vim,
    /// and whether Tab leaves the editor. Gives false if the keys of Vim could not be loaded.
    #[wasm_bindgen(method, js_name = "setLooks")]
    pub async fn set_looks(this: &Editor, has_minimap: bool, has_vim_keys: bool, tab_leaves: bool) -> JsValue;

    /// Gives the editor the focus.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Editor);

    /// Reads the page's colours anew.
    #[wasm_bindgen(method, js_name = "setDark")]
    pub fn set_dark(this: &Editor, is_dark: bool);
}

impl Editor {
    /// Starts the worker that knows Lua. It stays for the life of the page, and so do the callbacks: `report` is told how
    /// it is, as a number; `list` the problems of all files, and how many errors and warnings they are; `reveal` shows a
    /// line and a column of a document.
    pub fn bring_help(
        &self,
        report: impl Fn(u32) + 'static,
        list: impl Fn(String, u32, u32) + 'static,
        reveal: impl Fn(u32, u32, u32) + 'static,
    ) {
        if let Some(url) = Asset::Language.url() {
            let report = Closure::<dyn Fn(u32)>::new(report).into_js_value();
            let list = Closure::<dyn Fn(String, u32, u32)>::new(list).into_js_value();
            let reveal = Closure::<dyn Fn(u32, u32, u32)>::new(reveal).into_js_value();
            self.start_help(&url, &report, &list, &reveal);
        }
    }
}

/// Why there is no Monaco.
#[derive(Debug, thiserror::Error)]
pub enum MonacoError {
    /// The build left it out.
    #[error("the page was built without Monaco")]
    NoUrl,
    /// The browser could not load or start it.
    #[error("Monaco did not load: {0:?}")]
    Failed(JsValue),
}

/// Monaco's code, loaded.
pub struct Monaco(Shim);

impl Monaco {
    /// Loads the code; takes a while.
    pub async fn load() -> Result<Self, MonacoError> {
        let url = Asset::Monaco.url().ok_or(MonacoError::NoUrl)?;
        let promise = load(&url).map_err(MonacoError::Failed)?;
        let module = JsFuture::from(promise).await.map_err(MonacoError::Failed)?;
        Ok(Monaco(module.unchecked_into()))
    }

    /// Puts an editor into an element. It stays for the life of the page, and so does the callback, which gets the ids of
    /// documents whose text changed.
    pub fn create(
        &self,
        host: &web_sys::HtmlElement,
        is_dark: bool,
        is_read_only: bool,
        on_change: impl Fn(u32) + 'static,
    ) -> Result<Editor, MonacoError> {
        let on_change = Closure::<dyn Fn(u32)>::new(on_change).into_js_value();
        self.0.create(host, is_dark, is_read_only, &on_change).map_err(MonacoError::Failed)
    }
}
