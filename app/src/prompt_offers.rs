//! What can be typed at the console's prompt: which names are offered, and which of them is chosen.

use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;

use crate::program::Program;

/// The longest text of which the end is completed.
const MAX_TEXT_BYTES: usize = 4000;

/// A name that can be typed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Offer {
    /// The name.
    pub name: String,
    /// Its type, or what else is known of it.
    pub detail: String,
    /// Where what it replaces begins, in UTF-16 units.
    pub start: u32,
}

/// What is offered at the prompt.
#[derive(Clone, Copy)]
pub struct PromptOffers {
    program: Program,
    /// The names. None: no list is shown.
    pub list: RwSignal<Vec<Offer>>,
    /// Which of them is chosen.
    pub chosen: RwSignal<usize>,
    /// Whether the person chose it: then Enter takes it.
    pub is_chosen: RwSignal<bool>,
    /// How often was asked, so that an answer that comes too late is recognised.
    asked: StoredValue<u32>,
}

impl PromptOffers {
    /// Offers nothing.
    pub fn new(program: Program) -> Self {
        PromptOffers {
            program,
            list: RwSignal::default(),
            chosen: RwSignal::new(0),
            is_chosen: RwSignal::new(false),
            asked: StoredValue::new(0),
        }
    }

    /// Whether a list is shown. Tracks it.
    pub fn is_open(self) -> bool {
        !self.list.read().is_empty()
    }

    /// Offers nothing any more.
    pub fn close(self) {
        self.asked.update_value(|asked| *asked += 1);
        if !self.list.read_untracked().is_empty() {
            self.list.set(Vec::new());
        }
    }

    /// Offers what can be typed at the end of a text, as soon as that is known.
    pub fn ask(self, before: String) {
        let Some(editor) = self.program.editor().filter(|_| before.len() <= MAX_TEXT_BYTES) else {
            return self.close();
        };
        let Some(asked) = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        }) else {
            return;
        };
        spawn_local(async move {
            let answer = editor.offer(&before).await.as_string().unwrap_or_default();
            if self.asked.try_get_value() == Some(asked) {
                self.chosen.set(0);
                self.is_chosen.set(false);
                self.list.set(serde_json::from_str(&answer).unwrap_or_default());
            }
        });
    }

    /// Chooses a name, counted from 0.
    pub fn choose(self, index: usize) {
        self.chosen.set(index);
        self.is_chosen.set(true);
    }

    /// The chosen name.
    pub fn current(self) -> Option<Offer> {
        self.list.with_untracked(|list| list.get(self.chosen.get_untracked()).cloned())
    }
}

/// Whether names are offered without being asked for, where this has just been typed: after the dot or the colon that
/// follows a value, and while a name there is typed on.
pub fn asks(before: &str) -> bool {
    let name = before.trim_end_matches(is_in_name);
    let value = name.strip_suffix(['.', ':']).unwrap_or_default();
    // Not after the dots of a concatenation or the point of a number.
    let last = value.chars().next_back();
    let word = value.rsplit(|other| !is_in_name(other)).next().unwrap_or_default();
    last.is_some_and(|last| last.is_alphanumeric() || "_])\"'".contains(last)) && word.parse::<u64>().is_err()
}

/// Whether a character can be in a name.
pub fn is_in_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// A text with an offer in place of what is typed of it, and where the cursor is then.
pub fn completed(text: &str, place: u32, offer: &Offer) -> (String, u32) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = (place as usize).min(units.len());
    let start = (offer.start as usize).min(place);
    let before = String::from_utf16_lossy(&units[..start]) + &offer.name;
    let cursor = before.encode_utf16().count() as u32;
    (before + &String::from_utf16_lossy(&units[place..]), cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_offered_after_a_value_and_a_dot() {
        for text in ["_home.", "x = _home.us", "s:", "a[1].", "f().x", "(\"a\"):re", "é."] {
            assert!(asks(text), "{text}");
        }
        for text in ["", "print", "a ..", "'a' .", "1.", "x = 10.5", "a..b", "goto ::"] {
            assert!(!asks(text), "{text}");
        }
    }

    #[test]
    fn an_offer_takes_the_place_of_what_was_typed_of_it() {
        let offer = Offer { name: "users".to_owned(), detail: String::new(), start: 9 };
        // The emoji takes two units.
        assert_eq!(completed("'😀', _h.us)", 11, &offer), ("'😀', _h.users)".to_owned(), 14));
        assert_eq!(completed("a", 9, &offer), ("ausers".to_owned(), 6));
    }
}
