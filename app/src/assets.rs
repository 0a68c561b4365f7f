//! Where the files are that are loaded later: the worker and Monaco. The build writes their URLs,
//! which change with their content, into `<meta>` tags (scripts/build/finish.mjs).

use leptos::prelude::document;

/// A file that is loaded later.
#[derive(Clone, Copy)]
pub enum Asset {
    /// The worker's first module.
    Worker,
    /// The editor's module.
    Monaco,
}

impl Asset {
    /// Its URL, absolute, whatever path the page is served from. `None`: the page was built without it.
    pub fn url(self) -> Option<String> {
        let selector = match self {
            Asset::Worker => "meta[name=cu-worker]",
            Asset::Monaco => "meta[name=cu-monaco]",
        };
        let tag = document().query_selector(selector).ok()??;
        let relative = tag.get_attribute("content").filter(|url| !url.is_empty())?;
        let base = document().base_uri().ok()??;
        web_sys::Url::new_with_base(&relative, &base).ok().map(|url| url.href())
    }
}
