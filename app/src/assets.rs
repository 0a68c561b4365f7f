//! Where the files are that are loaded later: the workers, Monaco, and modules that few need, or that nothing waits for. The
//! build writes their URLs, which change with their content, into a `<meta>` tag (scripts/build/finish.mjs).

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(inline_js = "export const load = (url) => import(url);")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(url: &str) -> Result<JsValue, JsValue>;
}

/// A file that is loaded later.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asset {
    /// The first module of the engine's worker.
    Engine,
    /// The editor's module.
    Monaco,
    /// The first module of the worker that knows Lua.
    Language,
    /// The first module of the worker that formats.
    Format,
    /// The module that asks that worker.
    Formatter,
    /// The module that draws the picture of a workspace.
    Picture,
    /// The module that has the browser keep this release of the playground.
    Release,
    /// The icons of views that arrive later.
    Icons,
    /// The first module of the smallest worker.
    #[cfg(test_build)]
    Echo,
}

impl Asset {
    /// Its URL, absolute, whatever path the page is served from. `None`: the page was built without it.
    pub fn url(self) -> Option<String> {
        let tag = document().query_selector("meta[name=cu-assets]").ok()??;
        let list = tag.get_attribute("content")?;
        let base = document().base_uri().ok()??;
        web_sys::Url::new_with_base(self.find(&list)?, &base).ok().map(|url| url.href())
    }

    /// Its module, as `T` declares it. `None`: it could not be loaded.
    pub async fn module<T: JsCast>(self) -> Option<T> {
        load(&self.url()?).await.ok().map(JsCast::unchecked_into)
    }

    /// What the build calls it: for a worker, the name of its binary.
    fn name(self) -> &'static str {
        match self {
            Asset::Engine => "engine-worker",
            Asset::Monaco => "monaco",
            Asset::Language => "language-worker",
            Asset::Format => "format-worker",
            Asset::Formatter => "format",
            Asset::Picture => "picture",
            Asset::Release => "release",
            Asset::Icons => "icons",
            #[cfg(test_build)]
            Asset::Echo => "echo-worker",
        }
    }

    /// Finds its relative URL in a list like `name=URL name=URL`.
    fn find(self, list: &str) -> Option<&str> {
        let mut entries = list.split_whitespace().filter_map(|entry| entry.split_once('='));
        entries.find(|(name, _)| *name == self.name()).map(|(_, url)| url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_found_by_its_name() {
        let list = "monaco=monaco-1/editor.js engine-worker=engine-worker-2/boot.js";
        assert_eq!(Asset::Engine.find(list), Some("engine-worker-2/boot.js"));
        assert_eq!(Asset::Monaco.find(list), Some("monaco-1/editor.js"));
    }

    #[test]
    fn an_asset_that_was_not_built_has_no_url() {
        assert_eq!(Asset::Engine.find(""), None);
        assert_eq!(Asset::Engine.find("engine=engine-1/boot.js"), None);
    }
}
