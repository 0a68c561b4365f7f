//! All settings as one, and as a file. A file is read field by field: what this version does not know is ignored, and
//! where a field makes no sense, nothing is taken at all.

use std::{collections::BTreeMap, mem};

use leptos::prelude::{GetUntracked, Set};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    commands::Keymap, format_style::FormatStyle, looks::Looks, preferences::Preference, session::Session,
    settings::Settings, theme::Theme,
};

/// What a file of settings says that it is, with the version of the format.
const MARK: &str = "cu_settings";
const VERSION: u64 = 1;

/// All that a person can set, but for the layout and what belongs to files.
#[derive(Clone, Debug, PartialEq)]
pub struct AllSettings {
    /// Light or dark.
    pub theme: Theme,
    /// How page and editor look.
    pub looks: Looks,
    /// Limits, history and sharing of the workspace.
    pub settings: Settings,
    /// How programs are formatted.
    pub format: FormatStyle,
    /// The keys of commands.
    pub keys: Keymap,
}

impl Default for AllSettings {
    fn default() -> Self {
        AllSettings {
            theme: Theme::System,
            looks: Looks::default(),
            settings: Settings::default(),
            format: FormatStyle::default(),
            keys: Keymap::default(),
        }
    }
}

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is something else.
    #[error("This is no file of settings.")]
    Other,
    /// It was written by a version that writes them differently.
    #[error("This file is of a newer version of the playground.")]
    Newer,
    /// Some of what it says makes no sense.
    #[error("The file has values that cannot be: {}.", .0.join(", "))]
    Fields(Vec<String>),
}

impl AllSettings {
    /// What is chosen now.
    pub fn of(session: Session) -> Self {
        AllSettings {
            theme: session.theme.chosen().get_untracked(),
            looks: session.looks.get_untracked(),
            settings: session.settings.current().get_untracked(),
            format: FormatStyle::load(),
            keys: session.keys.map().get_untracked(),
        }
    }

    /// Chooses all of it, and remembers it. Where that is impossible, the next page has what was before.
    pub fn choose(self, session: Session) {
        if self.theme != session.theme.chosen().get_untracked() {
            session.theme.choose(self.theme);
        }
        session.change_settings(self.settings);
        Preference::Looks.save(&self.looks);
        session.looks.set(self.looks);
        Preference::Format.save(&self.format);
        // It is checked where it comes from.
        session
            .keys
            .change(|keys| {
                *keys = self.keys;
                Ok(())
            })
            .ok();
    }

    /// The text of a file.
    pub fn to_file(&self) -> String {
        let parts = [
            (MARK, VERSION.to_string()),
            ("theme", text_of(&self.theme)),
            ("looks", text_of(&self.looks)),
            ("settings", text_of(&self.settings)),
            ("format", text_of(&self.format)),
            ("keys", text_of(&self.keys)),
        ];
        let lines = parts.map(|(name, text)| ["  \"", name, "\": ", &text].concat());
        ["{\n", &lines.join(",\n"), "\n}\n"].concat()
    }

    /// What the text of a file says; what it does not say stays.
    pub fn with_file(&self, text: &str) -> Result<Self, ImportError> {
        let file: Fields<'_> = serde_json::from_str(text).map_err(|_| ImportError::Other)?;
        match file.get(MARK).and_then(|version| version.get().parse().ok()) {
            None | Some(0) => return Err(ImportError::Other),
            Some(VERSION) => {}
            Some(_) => return Err(ImportError::Newer),
        }
        let mut wrong = Vec::new();
        let read = AllSettings {
            theme: part(&file, "theme", &self.theme, |_| true, &mut wrong),
            looks: part(&file, "looks", &self.looks, Looks::is_valid, &mut wrong),
            settings: part(&file, "settings", &self.settings, Settings::is_valid, &mut wrong),
            format: part(&file, "format", &self.format, FormatStyle::is_valid, &mut wrong),
            keys: part(&file, "keys", &self.keys, Keymap::is_valid, &mut wrong),
        };
        if wrong.is_empty() { Ok(read) } else { Err(ImportError::Fields(wrong)) }
    }
}

/// The fields of an object, each with its value as JSON.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

fn text_of<T: Serialize>(part: &T) -> String {
    serde_json::to_string(part).unwrap_or_default()
}

/// A part of a file.
fn part<T: Serialize + DeserializeOwned + Clone>(
    file: &Fields<'_>,
    name: &str,
    present: &T,
    is_valid: fn(&T) -> bool,
    wrong: &mut Vec<String>,
) -> T {
    let mut taken = present.clone();
    let mut take = |text: &str| {
        let read = serde_json::from_str(text).ok().filter(is_valid);
        read.map(|read| taken = read).is_some()
    };
    if let Some(given) = file.get(name) {
        merge(given.get(), name, &text_of(present), &mut take, wrong);
    }
    taken
}

/// Gives `take` a part with each field that the file has, one after another. Fields that it refuses are named in `wrong`.
fn merge(given: &str, name: &str, present: &str, take: &mut dyn FnMut(&str) -> bool, wrong: &mut Vec<String>) {
    let (mut fields, given) =
        match (serde_json::from_str::<Fields<'_>>(present), serde_json::from_str::<Fields<'_>>(given)) {
            (Ok(fields), Ok(given)) => (fields, given),
            // The theme, which has no fields.
            (Err(_), Err(_)) if take(given) => return,
            _ => {
                wrong.push(name.to_owned());
                return;
            }
        };
    for (field, value) in given {
        let Some(before) = fields.get_mut(&field).map(|place| mem::replace(place, value)) else { continue };
        if !take(&object(&fields)) {
            wrong.push([name, &field].join("."));
            fields.insert(field, before);
        }
    }
}

/// The text of an object, whose names need no escapes: they are those of our fields.
fn object(fields: &Fields<'_>) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ["\"", name, "\":", value.get()].concat()).collect();
    ["{", &fields.join(","), "}"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commands::{Chord, CommandId},
        settings::{Carried, Field},
    };

    fn others() -> AllSettings {
        let mut all = AllSettings { theme: Theme::Dark, ..AllSettings::default() };
        all.looks = Looks { editor_size: 18, wraps: true, has_vim_keys: true, ..Looks::default() };
        all.settings.type_in(Field::Memory, "64").expect("in range");
        all.settings.type_in(Field::Time, "5").expect("in range");
        all.settings.set_shared_first(Carried::Home);
        all.format.columns = 80;
        all.keys.set(CommandId::Run, Chord::parse("F5")).expect("free");
        all
    }

    fn read(text: &str) -> Result<AllSettings, ImportError> {
        AllSettings::default().with_file(text)
    }

    fn wrong(text: &str) -> Vec<String> {
        match read(text) {
            Err(ImportError::Fields(wrong)) => wrong,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn all_that_was_exported_is_imported() {
        for all in [AllSettings::default(), others()] {
            assert_eq!(others().with_file(&all.to_file()), Ok(all.clone()));
            assert_eq!(read(&all.to_file()), Ok(all));
        }
    }

    #[test]
    fn what_a_file_does_not_say_stays_and_what_is_unknown_is_ignored() {
        let text = r#"{"cu_settings":1,"looks":{"wraps":false,"of_later":{}},"weather":"fine"}"#;
        let mut expected = others();
        expected.looks.wraps = false;
        assert_eq!(others().with_file(text), Ok(expected));
        let keys = r#"{"cu_settings":1,"keys":{"changed":{"dance":"Ctrl+K","run":"no such"}}}"#;
        assert!(read(keys).is_ok());
    }

    #[test]
    fn other_files_are_refused() {
        for text in ["", "[]", "null", "{}", "{\"looks\":{}}", "{\"cu_settings\":\"1\"}", "{\"cu_settings\":1", "\u{0}"]
        {
            assert_eq!(read(text), Err(ImportError::Other), "{text}");
        }
        assert_eq!(read("{\"cu_settings\":2}"), Err(ImportError::Newer));
        let deep = ["{\"cu_settings\":", &"[".repeat(100_000)].concat();
        assert_eq!(read(&deep), Err(ImportError::Other));
    }

    #[test]
    fn every_field_that_makes_no_sense_is_named() {
        let text = r#"{"cu_settings":1,"theme":"Blue","looks":{"editor_size":13.5,"tab_width":-1,"wraps":"yes"},
            "settings":{"memory_megabytes":1,"time_seconds":null},"format":[],"keys":{"changed":{"run":7}}}"#;
        let expected =
            ["theme", "looks.editor_size", "looks.tab_width", "looks.wraps", "settings.memory_megabytes", "format"];
        let named = wrong(text);
        assert!(expected.iter().all(|field| named.iter().any(|it| it == field)), "{named:?}");
        assert_eq!(named.last().map(String::as_str), Some("keys.changed"));
        assert_eq!(named.len(), 7, "{named:?}");
        let clash = r#"{"cu_settings":1,"keys":{"changed":{"run":"Ctrl+J","stop":"Ctrl+J"}}}"#;
        assert_eq!(wrong(clash), ["keys.changed"]);
        let said = read(clash).map_err(|error| error.to_string());
        assert_eq!(said, Err("The file has values that cannot be: keys.changed.".to_owned()));
    }
}
