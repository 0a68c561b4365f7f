//! The icons, by the names that Octicons gives them. The build puts a symbol for each name below into the page: see
//! `scripts/build/look.mjs`.

use leptos::{prelude::*, svg};

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
    Alert: "#icon-alert";
    Book: "#icon-book";
    Bookmark: "#icon-bookmark";
    Check: "#icon-check";
    ChevronDown: "#icon-chevron-down";
    CircleSlash: "#icon-circle-slash";
    Columns: "#icon-columns";
    CommandPalette: "#icon-command-palette";
    Copy: "#icon-copy";
    DeviceDesktop: "#icon-device-desktop";
    Download: "#icon-download";
    File: "#icon-file";
    FileDirectory: "#icon-file-directory";
    Gear: "#icon-gear";
    GitCompare: "#icon-git-compare";
    History: "#icon-history";
    KebabHorizontal: "#icon-kebab-horizontal";
    LightBulb: "#icon-light-bulb";
    Link: "#icon-link";
    LinkExternal: "#icon-link-external";
    Moon: "#icon-moon";
    Pencil: "#icon-pencil";
    Pin: "#icon-pin";
    Play: "#icon-play";
    Plus: "#icon-plus";
    Question: "#icon-question";
    Redo: "#icon-redo";
    Search: "#icon-search";
    SignOut: "#icon-sign-out";
    SquareFill: "#icon-square-fill";
    Sun: "#icon-sun";
    Trash: "#icon-trash";
    Undo: "#icon-undo";
    Upload: "#icon-upload";
    X: "#icon-x";
}

/// Draws an icon, in the colour of the text around it. Assistive technology hears nothing of it: what it stands for has
/// a name of its own.
pub fn icon(icon: Icon) -> AnyView {
    let link = svg::r#use().attr("href", icon.href());
    view! { <svg class="icon" aria-hidden="true">{link}</svg> }.into_any()
}
