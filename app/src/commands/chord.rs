//! Keys pressed together: how they are read from the keyboard, stored, shown, and which of them a command may have.

use std::fmt;

/// A key press as a browser reports it (UI Events, `KeyboardEvent`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// `key`: what the key types.
    pub key: String,
    /// `code`: which key it is, whatever the keyboard's layout.
    pub code: String,
    /// Whether Ctrl is held.
    pub has_ctrl: bool,
    /// Whether Cmd (or the Windows key) is held.
    pub has_meta: bool,
    /// Whether Alt (Option) is held.
    pub has_alt: bool,
    /// Whether Shift is held.
    pub has_shift: bool,
}

/// Keys pressed together. Ctrl and Cmd count as the same key, so that one chord serves every system.
///
/// Its text (`Ctrl+Shift+Z`) is what [`Chord::parse`] reads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    has_primary: bool,
    has_alt: bool,
    has_shift: bool,
    /// A letter or digit, a punctuation mark as it is typed, or the browser's name of another key.
    key: String,
}

/// Why a command cannot have a chord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChordError {
    /// It moves the focus or types text.
    #[error("That key is needed to move around the page. Add Ctrl or Alt.")]
    Navigation,
    /// Browsers do not let a page have it.
    #[error("The browser keeps that one for itself.")]
    Browser,
}

/// Keys that do nothing by themselves, and key presses that a browser cannot name.
const NO_KEYS: [&str; 14] = [
    "",
    "Control",
    "Shift",
    "Alt",
    "AltGraph",
    "Meta",
    "OS",
    "Fn",
    "CapsLock",
    "NumLock",
    "Dead",
    "Process",
    "Compose",
    "Unidentified",
];

/// Keys that move the focus, or that every dialog and tree needs.
const NAVIGATION_KEYS: [&str; 14] = [
    "Tab",
    "Enter",
    "Escape",
    "Space",
    "ArrowUp",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Backspace",
    "Delete",
];

/// With Ctrl or Cmd these close or open tabs and windows before a page hears of them.
const BROWSER_KEYS: [&str; 4] = ["N", "T", "W", "Q"];

impl Chord {
    /// Reads a chord such as `Ctrl+Shift+Z` or `F6`. `None` if it is not one.
    pub fn parse(text: &str) -> Option<Chord> {
        let mut chord = Chord { has_primary: false, has_alt: false, has_shift: false, key: String::new() };
        let mut rest = text;
        while let Some((modifier, after)) = rest.split_once('+').filter(|(_, after)| !after.is_empty()) {
            let flag = match modifier {
                "Ctrl" => &mut chord.has_primary,
                "Alt" => &mut chord.has_alt,
                "Shift" => &mut chord.has_shift,
                _ => return None,
            };
            if std::mem::replace(flag, true) {
                return None;
            }
            rest = after;
        }
        let is_letter = rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_word =
            !rest.is_empty() && rest.len() <= 20 && !rest.contains(|it: char| it.is_whitespace() || it == '+');
        let is_key = is_word || rest == "+";
        chord.key = rest.to_owned();
        (is_key && !is_letter && !NO_KEYS.contains(&rest)).then_some(chord)
    }

    /// The chord of a key press. `None` for a modifier alone.
    pub fn of(press: &KeyPress) -> Option<Chord> {
        if NO_KEYS.contains(&press.key.as_str()) {
            return None;
        }
        let (has_primary, has_alt) = (press.has_ctrl || press.has_meta, press.has_alt);
        let physical = press.code.strip_prefix("Key").or_else(|| press.code.strip_prefix("Digit"));
        let mut typed = press.key.chars();
        let character = typed.next().filter(|_| typed.next().is_none());
        let (key, is_sign) = match (character, physical) {
            (Some(' '), _) => ("Space".to_owned(), false),
            (Some(letter), _) if letter.is_ascii_alphabetic() => (letter.to_ascii_uppercase().to_string(), false),
            (Some(digit), _) if digit.is_ascii_digit() => (digit.to_string(), false),
            // With Alt a Mac types other characters, and with Shift every keyboard has signs on the digits.
            (Some(_), Some(physical)) if has_primary || has_alt => (physical.to_owned(), false),
            (Some(sign), _) => (sign.to_string(), true),
            (None, _) => (press.key.clone(), false),
        };
        // Which signs need Shift depends on the keyboard: the sign says enough.
        Some(Chord { has_primary, has_alt, has_shift: press.has_shift && !is_sign, key })
    }

    /// Whether it is a single character key, which must not act where text is typed, and which a person can switch
    /// off (WCAG 2.1.4).
    pub fn is_single_key(&self) -> bool {
        !self.has_primary && !self.has_alt && self.key.chars().count() == 1
    }

    /// Whether a command may have it.
    pub fn check(&self) -> Result<(), ChordError> {
        let is_plain = !self.has_primary && !self.has_alt;
        if self.key == "Escape" || is_plain && NAVIGATION_KEYS.contains(&self.key.as_str()) {
            return Err(ChordError::Navigation);
        }
        if self.has_primary && !self.has_alt && BROWSER_KEYS.contains(&self.key.as_str()) {
            return Err(ChordError::Browser);
        }
        Ok(())
    }

    /// As a person reads it on this system.
    pub fn label(&self, is_mac: bool) -> String {
        if !is_mac {
            return self.to_string();
        }
        let signs = [(self.has_alt, '⌥'), (self.has_shift, '⇧'), (self.has_primary, '⌘')];
        let held: String = signs.into_iter().filter(|(is_held, _)| *is_held).map(|(_, sign)| sign).collect();
        let key = if self.key == "Enter" { "↩" } else { &self.key };
        format!("{held}{key}")
    }

    /// For `aria-keyshortcuts` (WAI-ARIA 1.2).
    pub fn aria(&self) -> String {
        let rest = format!(
            "{}{}{}",
            if self.has_alt { "Alt+" } else { "" },
            if self.has_shift { "Shift+" } else { "" },
            if self.key == "+" { "Plus" } else { &self.key }
        );
        if self.has_primary { format!("Control+{rest} Meta+{rest}") } else { rest }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let modifiers = [(self.has_primary, "Ctrl+"), (self.has_alt, "Alt+"), (self.has_shift, "Shift+")];
        for (_, name) in modifiers.into_iter().filter(|(is_held, _)| *is_held) {
            out.write_str(name)?;
        }
        out.write_str(&self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(modifiers: &str, key: &str, code: &str) -> KeyPress {
        KeyPress {
            key: key.to_owned(),
            code: code.to_owned(),
            has_ctrl: modifiers.contains('c'),
            has_meta: modifiers.contains('m'),
            has_alt: modifiers.contains('a'),
            has_shift: modifiers.contains('s'),
        }
    }

    #[test]
    fn a_key_press_becomes_the_chord_that_is_written_on_the_keys() {
        let cases = [
            (press("c", "Enter", "Enter"), "Ctrl+Enter"),
            (press("m", "Enter", "Enter"), "Ctrl+Enter"),
            (press("c", "s", "KeyS"), "Ctrl+S"),
            (press("cs", "S", "KeyS"), "Ctrl+Shift+S"),
            // Option on a Mac types something else.
            (press("a", "Ω", "KeyZ"), "Alt+Z"),
            (press("as", "¸", "KeyZ"), "Alt+Shift+Z"),
            (press("as", "!", "Digit1"), "Alt+Shift+1"),
            (press("c", ".", "Period"), "Ctrl+."),
            // A French keyboard types a point with Shift.
            (press("cs", ".", "Comma"), "Ctrl+."),
            (press("s", "?", "Slash"), "?"),
            (press("", " ", "Space"), "Space"),
            (press("s", "F6", "F6"), "Shift+F6"),
            // Not by place: on a German keyboard Z and Y have changed places.
            (press("a", "z", "KeyY"), "Alt+Z"),
        ];
        for (press, text) in cases {
            let chord = Chord::of(&press).expect("a chord");
            assert_eq!(chord.to_string(), text);
            assert_eq!(Chord::parse(text), Some(chord), "{text}");
        }
        for key in ["Shift", "Control", "Dead", ""] {
            assert_eq!(Chord::of(&press("s", key, "")), None, "{key}");
        }
    }

    #[test]
    fn a_plus_sign_can_be_a_key() {
        let chord = Chord::of(&press("c", "+", "BracketRight")).expect("a chord");
        assert_eq!(chord.to_string(), "Ctrl++");
        assert_eq!(Chord::parse("Ctrl++"), Some(chord.clone()));
        assert_eq!(chord.aria(), "Control+Plus Meta+Plus");
    }

    #[test]
    fn text_that_is_no_chord_is_refused() {
        for text in ["", "Ctrl+", "Ctrl+Ctrl+A", "Hyper+A", "Ctrl+a", "Ctrl+Shift", "Alt+ ", "a b"] {
            assert_eq!(Chord::parse(text), None, "{text}");
        }
        assert_eq!(Chord::parse(&"F".repeat(1000)), None);
    }

    #[test]
    fn what_a_page_needs_or_a_browser_keeps_cannot_be_chosen() {
        let check = |text: &str| Chord::parse(text).expect("a chord").check();
        assert_eq!(check("Tab"), Err(ChordError::Navigation));
        assert_eq!(check("Shift+ArrowUp"), Err(ChordError::Navigation));
        assert_eq!(check("Ctrl+Escape"), Err(ChordError::Navigation));
        assert_eq!(check("Ctrl+W"), Err(ChordError::Browser));
        assert_eq!(check("Ctrl+Shift+T"), Err(ChordError::Browser));
        for text in ["Ctrl+Enter", "Alt+W", "F6", "?", "Ctrl+Alt+T"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn single_character_keys_are_known() {
        let is_single = |text: &str| Chord::parse(text).expect("a chord").is_single_key();
        assert!(is_single("?") && is_single("R") && is_single("Shift+R"));
        assert!(!is_single("F6") && !is_single("Ctrl+R") && !is_single("Alt+R"));
    }

    #[test]
    fn each_system_reads_its_own_names() {
        let chord = Chord::parse("Ctrl+Shift+Z").expect("a chord");
        assert_eq!(chord.label(false), "Ctrl+Shift+Z");
        assert_eq!(chord.label(true), "⇧⌘Z");
        assert_eq!(chord.aria(), "Control+Shift+Z Meta+Shift+Z");
    }
}
