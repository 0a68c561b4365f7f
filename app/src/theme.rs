//! Light or dark: what the person chose, else what the system says. public/theme.js does the same
//! once before the first paint.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::preferences::Preference;

/// What a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All choices, in the order of the menu.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// The theme of the page.
#[derive(Clone, Copy)]
pub struct ThemeChoice {
    chosen: RwSignal<Theme>,
    system_is_dark: RwSignal<bool>,
}

impl ThemeChoice {
    /// The remembered choice, followed from now on.
    pub fn restore() -> Self {
        let choice = ThemeChoice {
            chosen: RwSignal::new(Preference::Theme.load().unwrap_or(Theme::System)),
            system_is_dark: RwSignal::new(false),
        };
        follow_system(choice.system_is_dark);
        choice
    }

    /// What the person chose.
    pub fn chosen(self) -> Signal<Theme> {
        self.chosen.into()
    }

    /// Whether the page is dark.
    pub fn is_dark(self) -> Signal<bool> {
        Signal::derive(move || match self.chosen.get() {
            Theme::System => self.system_is_dark.get(),
            Theme::Light => false,
            Theme::Dark => true,
        })
    }

    /// Chooses, and remembers it.
    pub fn choose(self, theme: Theme) {
        // Before the signal: what reacts to it reads the colours of the page.
        if let Some(root) = document().document_element() {
            match theme.attribute() {
                Some(value) => root.set_attribute("data-theme", value).ok(),
                None => root.remove_attribute("data-theme").ok(),
            };
        }
        Preference::Theme.save(&theme);
        self.chosen.set(theme);
    }
}

fn follow_system(is_dark: RwSignal<bool>) {
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else { return };
    is_dark.set(query.matches());
    let on_change = Closure::<dyn Fn(web_sys::MediaQueryListEvent)>::new(move |event: web_sys::MediaQueryListEvent| {
        is_dark.set(event.matches())
    });
    query.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref()).ok();
    // The page lives as long as its theme.
    on_change.forget();
}
