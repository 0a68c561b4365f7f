//! Which keys each command has: the defaults, and what a person changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Chord, ChordError, CommandId, Scope};

/// What a person changed about the keys of the page.
///
/// Stored by the names of commands; a name or chord that this version does not know is left alone and does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Keymap {
    /// The text of a chord, or nothing where a command has none.
    changed: BTreeMap<String, Option<String>>,
    has_single_keys: bool,
}

impl Default for Keymap {
    fn default() -> Self {
        Keymap { changed: BTreeMap::new(), has_single_keys: true }
    }
}

/// Why a command does not get a chord.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// No command may have it.
    #[error(transparent)]
    Chord(#[from] ChordError),
    /// Another command has it.
    #[error("“{}” has that one.", .0.title())]
    Taken(CommandId),
    /// Single keys are switched off.
    #[error("Single keys are switched off. Add Ctrl or Alt.")]
    SingleKey,
}

impl Keymap {
    /// The keys of a command, if it has any that are switched on.
    pub fn chord(&self, id: CommandId) -> Option<Chord> {
        let default = || id.default_chord().and_then(Chord::parse);
        let chord = match self.changed.get(id.name()) {
            None => default(),
            Some(None) => None,
            Some(Some(text)) => Chord::parse(text).filter(|chord| chord.check().is_ok()).or_else(default),
        };
        chord.filter(|chord| self.has_single_keys || !chord.is_single_key())
    }

    /// The command that a chord runs in this scope.
    pub fn command(&self, chord: &Chord, scope: Scope) -> Option<CommandId> {
        CommandId::all().find(|id| id.scope() == scope && self.chord(*id).as_ref() == Some(chord))
    }

    /// Gives a command other keys, or none.
    pub fn set(&mut self, id: CommandId, chord: Option<Chord>) -> Result<(), KeymapError> {
        if let Some(chord) = &chord {
            chord.check()?;
            if chord.is_single_key() && !self.has_single_keys {
                return Err(KeymapError::SingleKey);
            }
            // Keys that act everywhere act in a part of the page too, so no scope is free of another.
            if let Some(other) = CommandId::all().find(|it| *it != id && self.chord(*it).as_ref() == Some(chord)) {
                return Err(KeymapError::Taken(other));
            }
        }
        self.changed.insert(id.name().to_owned(), chord.map(|chord| chord.to_string()));
        Ok(())
    }

    /// Gives a command its default keys again, unless another one has them now.
    pub fn reset(&mut self, id: CommandId) -> Result<(), KeymapError> {
        self.set(id, id.default_chord().and_then(Chord::parse))?;
        self.changed.remove(id.name());
        Ok(())
    }

    /// Whether a command has other keys than by default.
    pub fn is_changed(&self, id: CommandId) -> bool {
        self.changed.contains_key(id.name())
    }

    /// Whether single character keys do anything.
    pub fn has_single_keys(&self) -> bool {
        self.has_single_keys
    }

    /// Switches single character keys on or off.
    pub fn set_single_keys(&mut self, has_single_keys: bool) {
        self.has_single_keys = has_single_keys;
    }

    /// Whether they do, to be changed.
    pub fn single_keys_mut(&mut self) -> &mut bool {
        &mut self.has_single_keys
    }

    /// Whether no two commands have the same keys.
    pub fn is_valid(&self) -> bool {
        let chords: Vec<_> = CommandId::all().filter_map(|id| self.chord(id)).collect();
        chords.iter().enumerate().all(|(at, chord)| !chords[..at].contains(chord))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(text: &str) -> Chord {
        Chord::parse(text).expect("a chord")
    }

    #[test]
    fn the_defaults_are_chords_that_commands_may_have_and_no_two_are_equal() {
        let keymap = Keymap::default();
        let mut seen = Vec::new();
        for id in CommandId::all() {
            assert_eq!(id.default_chord().is_some(), keymap.chord(id).is_some(), "{id:?}");
            let Some(chord) = keymap.chord(id) else { continue };
            assert_eq!(chord.check(), Ok(()), "{id:?}");
            assert!(!seen.contains(&chord), "{chord} twice");
            assert_eq!(keymap.command(&chord, id.scope()), Some(id));
            seen.push(chord);
        }
    }

    #[test]
    fn keys_can_be_changed_switched_off_and_reset() {
        let mut keymap = Keymap::default();
        keymap.set(CommandId::Run, Some(chord("F5"))).expect("free");
        assert_eq!(keymap.command(&chord("F5"), Scope::Page), Some(CommandId::Run));
        assert_eq!(keymap.command(&chord("Ctrl+Enter"), Scope::Page), None);
        // What one gave up, another may have.
        keymap.set(CommandId::Stop, Some(chord("Ctrl+Enter"))).expect("free now");
        assert_eq!(keymap.reset(CommandId::Run), Err(KeymapError::Taken(CommandId::Stop)));
        keymap.set(CommandId::Stop, None).expect("none is free");
        assert_eq!(keymap.chord(CommandId::Stop), None);
        keymap.reset(CommandId::Run).expect("free again");
        assert!(!keymap.is_changed(CommandId::Run) && keymap.is_changed(CommandId::Stop));
        assert_eq!(keymap.chord(CommandId::Run), Some(chord("Ctrl+Enter")));
    }

    #[test]
    fn two_commands_never_have_the_same_keys() {
        let mut keymap = Keymap::default();
        let before = keymap.clone();
        let taken = keymap.set(CommandId::ShowKeys, Some(chord("Ctrl+Enter")));
        assert_eq!(taken, Err(KeymapError::Taken(CommandId::Run)));
        assert_eq!(taken.map_err(|error| error.to_string()), Err("“Run the program” has that one.".to_owned()));
        assert_eq!(keymap.set(CommandId::Run, Some(chord("Tab"))), Err(ChordError::Navigation.into()));
        assert_eq!(keymap, before);
        assert_eq!(keymap.set(CommandId::Run, Some(chord("Ctrl+Enter"))), Ok(()), "its own");
    }

    #[test]
    fn single_keys_can_be_switched_off_all_at_once() {
        let mut keymap = Keymap::default();
        keymap.set_single_keys(false);
        assert_eq!(keymap.chord(CommandId::ShowKeys), None);
        assert_eq!(keymap.chord(CommandId::RestoreValue), None);
        assert!(keymap.chord(CommandId::Run).is_some());
        assert_eq!(keymap.set(CommandId::Run, Some(chord("X"))), Err(KeymapError::SingleKey));
        keymap.set_single_keys(true);
        assert!(keymap.chord(CommandId::ShowKeys).is_some());
    }

    #[test]
    fn what_was_stored_by_another_version_does_no_harm() {
        let stored =
            r#"{"changed":{"run":"Ctrl+J","dance":"Ctrl+K","stop":"no such key","undo-run":"Tab","redo-run":null}}"#;
        let keymap: Keymap = serde_json::from_str(stored).expect("readable");
        assert_eq!(keymap.chord(CommandId::Run), Some(chord("Ctrl+J")));
        assert_eq!(keymap.chord(CommandId::Stop), Some(chord("Ctrl+.")));
        assert_eq!(keymap.chord(CommandId::UndoRun), Some(chord("Alt+Z")));
        assert_eq!(keymap.chord(CommandId::RedoRun), None);
        assert!(keymap.has_single_keys());
    }
}
