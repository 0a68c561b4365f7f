//! How the page looks and how its editor behaves, as a person chose it. `public/theme.js` lets the page look so before the
//! first paint, and whenever this says so.

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{preferences::Preference, session::Session, state::StateEvent};

#[wasm_bindgen]
extern "C" {
    /// Of `public/theme.js`.
    #[wasm_bindgen(catch, js_name = showLooks)]
    fn show_looks(looks: &str) -> Result<(), JsValue>;
}

const NO_VIM: &str = "The Vim keys could not be loaded. The editor has its own keys until the page is opened again.";

/// Which editor a person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EditorChoice {
    /// Monaco everywhere.
    Monaco,
    /// A text area, with the colours of Lua.
    Plain,
    /// Monaco; the plain one on a touch screen, for which Monaco is not made.
    #[default]
    #[serde(other)]
    Automatic,
}

impl EditorChoice {
    /// All of them, with their names.
    pub const ALL: [(EditorChoice, &str); 3] =
        [(EditorChoice::Automatic, "Automatic"), (EditorChoice::Monaco, "Monaco"), (EditorChoice::Plain, "Plain")];
}

/// How the page looks and how its editor behaves. `public/theme.js` reads it as well, by the names of its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Looks {
    /// How large all text is, in percent.
    pub text_percent: u32,
    /// Whether the page has the system's font and not its own.
    pub has_system_font: bool,
    /// Whether code and values have the system's font and not their own.
    pub has_system_code_font: bool,
    /// Which editor there is, once the page is opened again.
    pub editor: EditorChoice,
    /// How large the text in the editor is, in pixels where all text has its usual size.
    pub editor_size: u32,
    /// How many columns a tab takes.
    pub tab_width: u32,
    /// Whether long lines go on below.
    pub wraps: bool,
    /// Whether the program is shown in small beside the editor.
    pub has_minimap: bool,
    /// Whether the editor has the keys of Vim.
    pub has_vim_keys: bool,
    /// Whether Tab leaves the editor.
    pub tab_leaves: bool,
}

impl Default for Looks {
    fn default() -> Self {
        Looks {
            text_percent: 100,
            has_system_font: false,
            has_system_code_font: false,
            editor: EditorChoice::Automatic,
            editor_size: 13,
            tab_width: 2,
            wraps: false,
            has_minimap: false,
            has_vim_keys: false,
            tab_leaves: false,
        }
    }
}

impl Looks {
    /// How large all text can be, in percent.
    pub const TEXT_PERCENTS: [u32; 4] = [90, 100, 110, 125];
    /// How large the text in the editor can be.
    pub const EDITOR_SIZES: [u32; 10] = [10, 11, 12, 13, 14, 15, 16, 18, 20, 24];
    /// How many columns a tab can take.
    pub const TAB_WIDTHS: [u32; 4] = [2, 3, 4, 8];

    /// What was chosen, or the defaults.
    pub fn load() -> Self {
        Preference::Looks.load().filter(Looks::is_valid).unwrap_or_default()
    }

    /// Whether each value is one that can be chosen.
    pub fn is_valid(&self) -> bool {
        Self::TEXT_PERCENTS.contains(&self.text_percent)
            && Self::EDITOR_SIZES.contains(&self.editor_size)
            && Self::TAB_WIDTHS.contains(&self.tab_width)
    }
}

/// Lets page and editor have what was chosen, from now on.
pub fn follow_looks(session: Session) {
    let (looks, program) = (session.looks, session.program);
    looks.set(Looks::load());
    Preference::Looks.on_other_tab(move || looks.set(Looks::load()));
    Effect::new(move || {
        let looks = looks.get();
        // A page without that script looks as usual.
        serde_json::to_string(&looks).map(|text| show_looks(&text).ok()).ok();
        if program.has_monaco().get()
            && let Some(editor) = program.monaco()
        {
            spawn_local(async move {
                let done = editor.set_looks(looks.has_minimap, looks.has_vim_keys, looks.tab_leaves).await;
                if done.is_falsy() {
                    session.state.apply(StateEvent::Refused(NO_VIM.to_owned()));
                }
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be_chosen_and_what_is_missing_or_unknown_is_left() {
        assert!(Looks::default().is_valid());
        let read = |text| serde_json::from_str::<Looks>(text).expect("looks");
        assert_eq!(read(r#"{"wraps":true,"of_later":7}"#), Looks { wraps: true, ..Looks::default() });
        for odd in [r#"{"editor_size":0}"#, r#"{"tab_width":999}"#, r#"{"text_percent":101}"#] {
            assert!(!read(odd).is_valid(), "{odd}");
        }
    }
}
