//! The icons, by the names that Octicons gives them. The build puts a symbol for each name below into the page, or into a file
//! that is loaded with the views that arrive later: see `scripts/build/look.mjs`.

use leptos::{prelude::*, svg};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::assets::Asset;

#[wasm_bindgen(inline_js = "export const fetchText = async (url) => (await fetch(url)).text();")]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetchText)]
    async fn fetch_text(url: &str) -> Result<JsValue, JsValue>;
}

macro_rules! icons {
    ($($icon:ident: $href:literal;)+) => {
        /// An icon.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon {
            $($icon,)+
        }

        impl Icon {
            /// Every icon.
            pub const ALL: &[Icon] = &[$(Icon::$icon),+];

            fn href(self) -> &'static str {
                match self {
                    $(Icon::$icon => $href,)+
                }
            }
        }
    };
}

icons! {
    Book: "#icon-book";
    Bookmark: "#icon-bookmark";
    ChevronDown: "#icon-chevron-down";
    CircleSlash: "#icon-circle-slash";
    Columns: "#icon-columns";
    CommandPalette: "#icon-command-palette";
    DeviceDesktop: "#icon-device-desktop";
    Gear: "#icon-gear";
    KebabHorizontal: "#icon-kebab-horizontal";
    Moon: "#icon-moon";
    Play: "#icon-play";
    Plus: "#icon-plus";
    Question: "#icon-question";
    SquareFill: "#icon-square-fill";
    Sun: "#icon-sun";
    X: "#icon-x";
    // Only in views that arrive later.
    Alert: "#icon-alert";
    Check: "#icon-check";
    Copy: "#icon-copy";
    Download: "#icon-download";
    File: "#icon-file";
    FileDirectory: "#icon-file-directory";
    GitBranch: "#icon-git-branch";
    GitCompare: "#icon-git-compare";
    History: "#icon-history";
    LightBulb: "#icon-light-bulb";
    Link: "#icon-link";
    LinkExternal: "#icon-link-external";
    Pencil: "#icon-pencil";
    Pin: "#icon-pin";
    Redo: "#icon-redo";
    Search: "#icon-search";
    SignOut: "#icon-sign-out";
    Trash: "#icon-trash";
    Undo: "#icon-undo";
    Upload: "#icon-upload";
}

/// Puts the icons into the page that only views need which arrive later. Without them, words and names are still there.
pub async fn bring_later_icons() {
    let Some(url) = Asset::Icons.url() else { return };
    let symbols = fetch_text(&url).await.ok().and_then(|text| text.as_string());
    if let (Some(symbols), Some(body)) = (symbols, document().body()) {
        body.insert_adjacent_html("afterbegin", &symbols).ok();
    }
}

/// Draws an icon, in the colour of the text around it. Assistive technology hears nothing of it: what it stands for has
/// a name of its own.
pub fn icon(icon: Icon) -> AnyView {
    let link = svg::r#use().attr("href", icon.href());
    view! { <svg class="icon" aria-hidden="true">{link}</svg> }.into_any()
}
