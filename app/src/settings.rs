//! The settings of a workspace: what a run may use, how much of its output is kept, how many states of `_home` are, and what
//! the page warns of.

use std::ops::RangeInclusive;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::{Limits, Preferences};

use crate::{formats, preferences::Preference};

/// What is shared of a workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carried {
    /// `_home` as well as what [`Carried::Files`] has.
    Home,
    /// `_home` with all snapshots and runs as well.
    History,
    /// The files, and the input. A stored choice that this version does not know counts as this one: it shares least.
    #[default]
    #[serde(other)]
    Files,
}

impl Carried {
    /// All of them, the least first.
    pub const ALL: [Carried; 3] = [Carried::Files, Carried::Home, Carried::History];

    /// What the settings call it.
    pub fn label(self) -> &'static str {
        match self {
            Carried::Files => "Files",
            Carried::Home => "_home too",
            Carried::History => "All history",
        }
    }

    /// What the form for sharing says.
    pub fn name(self) -> &'static str {
        match self {
            Carried::Files => "Files and input",
            Carried::Home => "These, and _home as it is now: data, and functions with their source text",
            Carried::History => "These, and _home with all snapshots and recent runs",
        }
    }
}

/// All settings. Every value is in the range of its [`Field`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    memory_megabytes: u32,
    time_seconds: Option<u32>,
    console_lines: u32,
    checkpoints: u32,
    checkpoints_in_all: u32,
    link_characters: u32,
    shared_first: Carried,
    has_memory_alias: bool,
    has_hints: bool,
    has_previews: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            memory_megabytes: Limits::default().memory_bytes >> 20,
            time_seconds: None,
            console_lines: Limits::default().console_lines,
            checkpoints: Preferences::default().checkpoints_kept,
            checkpoints_in_all: Preferences::default().checkpoints_at_most,
            link_characters: 8000,
            shared_first: Carried::default(),
            has_memory_alias: Preferences::default().has_memory_alias,
            has_hints: false,
            has_previews: true,
        }
    }
}

/// One of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// How much memory Lua may use, in MB.
    Memory,
    /// How long a run may take, in seconds.
    Time,
    /// How many lines the console keeps.
    ConsoleLines,
    /// How many of the last runs are all kept for undo.
    Checkpoints,
    /// How many runs are kept in all.
    CheckpointsInAll,
    /// How long a link may be before the page warns of it, in characters.
    LinkLength,
}

/// Why the typed text is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Type a whole number from {} to {}{}.", formats::count((*.0.range().start()).into()),
    formats::count((*.0.range().end()).into()), if .0.is_optional() { ", or nothing for no limit" } else { "" })]
pub struct ValidationError(Field);

impl Field {
    /// All of them, in the order of the dialog.
    pub const ALL: [Field; 6] = [
        Field::Memory,
        Field::Time,
        Field::ConsoleLines,
        Field::Checkpoints,
        Field::CheckpointsInAll,
        Field::LinkLength,
    ];

    /// Its name in the dialog.
    pub fn label(self) -> &'static str {
        match self {
            Field::Memory => "Memory limit (MB)",
            Field::Time => "Time limit (seconds)",
            Field::ConsoleLines => "Console lines kept",
            Field::Checkpoints => "Recent runs kept",
            Field::CheckpointsInAll => "Runs kept in all",
            Field::LinkLength => "Longest link (characters)",
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Field::Memory => "A program that needs more fails with “not enough memory”.",
            Field::Time => "A program that takes longer is stopped with an error. Empty: no limit.",
            Field::ConsoleLines => "Older lines are left out.",
            Field::Checkpoints => "So many of the last runs can be undone one by one. Named snapshots are always kept.",
            Field::CheckpointsInAll => "The older runs are, the fewer of them are kept.",
            Field::LinkLength => "Sharing warns of longer ones: chat programs and mail may cut them.",
        }
    }

    fn range(self) -> RangeInclusive<u32> {
        match self {
            Field::Memory => 16..=2048,
            Field::Time => 1..=86_400,
            Field::ConsoleLines => 200..=100_000,
            Field::Checkpoints | Field::CheckpointsInAll => 1..=1000,
            Field::LinkLength => 1000..=1_000_000,
        }
    }

    fn is_optional(self) -> bool {
        self == Field::Time
    }

    fn read(self, typed: &str) -> Result<Option<u32>, ValidationError> {
        match typed.trim() {
            "" if self.is_optional() => Ok(None),
            digits => {
                let number = digits.parse().ok().filter(|number| self.range().contains(number));
                number.map(Some).ok_or(ValidationError(self))
            }
        }
    }
}

impl Settings {
    /// What the worker has to know of them.
    pub fn of_worker(self) -> wire::Settings {
        wire::Settings { limits: self.limits(), preferences: self.preferences() }
    }

    /// What a run may use.
    pub fn limits(self) -> Limits {
        Limits {
            memory_bytes: self.memory_megabytes << 20,
            time_millis: self.time_seconds.unwrap_or(0) * 1000,
            console_lines: self.console_lines,
        }
    }

    /// How much history is kept, and which names programs find.
    fn preferences(self) -> Preferences {
        Preferences {
            checkpoints_kept: self.checkpoints,
            checkpoints_at_most: self.checkpoints_in_all,
            has_memory_alias: self.has_memory_alias,
        }
    }

    /// Whether `_home` is also available to programs as `Memory`, to be changed.
    pub fn memory_alias_mut(&mut self) -> &mut bool {
        &mut self.has_memory_alias
    }

    /// Whether the editor shows names of parameters and types within the lines.
    pub fn has_hints(self) -> bool {
        self.has_hints
    }

    /// The same, to be changed.
    pub fn hints_mut(&mut self) -> &mut bool {
        &mut self.has_hints
    }

    /// Whether the prompt shows what a line would give before it is run.
    pub fn has_previews(self) -> bool {
        self.has_previews
    }

    /// The same, to be changed.
    pub fn previews_mut(&mut self) -> &mut bool {
        &mut self.has_previews
    }

    /// How long a link may be before the page warns of it, in characters.
    pub fn link_characters(self) -> usize {
        self.link_characters as usize
    }

    /// What the form for sharing begins with.
    pub fn shared_first(self) -> Carried {
        self.shared_first
    }

    /// Sets what it begins with.
    pub fn set_shared_first(&mut self, carried: Carried) {
        self.shared_first = carried;
    }

    /// The same, but that the form for sharing begins with the least.
    pub fn with_least_shared(self) -> Settings {
        Settings { shared_first: Carried::default(), ..self }
    }

    /// How many lines the console keeps.
    pub fn console_lines(self) -> usize {
        self.console_lines as usize
    }

    /// A setting as text.
    pub fn text(self, field: Field) -> String {
        self.value(field).map(|number| number.to_string()).unwrap_or_default()
    }

    /// Sets a field to the typed text, if that is valid.
    pub fn type_in(&mut self, field: Field, typed: &str) -> Result<(), ValidationError> {
        match (field, field.read(typed)?) {
            (Field::Memory, Some(number)) => self.memory_megabytes = number,
            (Field::Time, number) => self.time_seconds = number,
            (Field::ConsoleLines, Some(number)) => self.console_lines = number,
            (Field::Checkpoints, Some(number)) => self.checkpoints = number,
            (Field::CheckpointsInAll, Some(number)) => self.checkpoints_in_all = number,
            (Field::LinkLength, Some(number)) => self.link_characters = number,
            (_, None) => return Err(ValidationError(field)),
        }
        Ok(())
    }

    fn value(self, field: Field) -> Option<u32> {
        match field {
            Field::Memory => Some(self.memory_megabytes),
            Field::Time => self.time_seconds,
            Field::ConsoleLines => Some(self.console_lines),
            Field::Checkpoints => Some(self.checkpoints),
            Field::CheckpointsInAll => Some(self.checkpoints_in_all),
            Field::LinkLength => Some(self.link_characters),
        }
    }

    /// These settings where they differ from `before`, and those of `others` where not.
    fn merged(self, before: Settings, others: Settings) -> Settings {
        fn pick<T: PartialEq>(own: T, before: T, other: T) -> T {
            if own == before { other } else { own }
        }
        Settings {
            memory_megabytes: pick(self.memory_megabytes, before.memory_megabytes, others.memory_megabytes),
            time_seconds: pick(self.time_seconds, before.time_seconds, others.time_seconds),
            console_lines: pick(self.console_lines, before.console_lines, others.console_lines),
            checkpoints: pick(self.checkpoints, before.checkpoints, others.checkpoints),
            checkpoints_in_all: pick(self.checkpoints_in_all, before.checkpoints_in_all, others.checkpoints_in_all),
            link_characters: pick(self.link_characters, before.link_characters, others.link_characters),
            shared_first: pick(self.shared_first, before.shared_first, others.shared_first),
            has_memory_alias: pick(self.has_memory_alias, before.has_memory_alias, others.has_memory_alias),
            has_hints: pick(self.has_hints, before.has_hints, others.has_hints),
            has_previews: pick(self.has_previews, before.has_previews, others.has_previews),
        }
    }

    /// Whether every value is in its range.
    pub fn is_valid(&self) -> bool {
        Field::ALL.into_iter().all(|field| self.value(field).is_none_or(|number| field.range().contains(&number)))
    }
}

/// The current settings, as a signal.
#[derive(Clone, Copy)]
pub struct ChosenSettings(RwSignal<Settings>, Signal<Settings>);

impl ChosenSettings {
    /// The stored settings, or the defaults.
    pub fn restore() -> Self {
        let remembered = Preference::Settings.load().filter(|settings: &Settings| settings.is_valid());
        let current = RwSignal::new(remembered.unwrap_or_default());
        ChosenSettings(current, current.into())
    }

    /// The current settings.
    pub fn current(self) -> Signal<Settings> {
        self.1
    }

    /// Changes the settings and stores them. Settings that only another tab has changed meanwhile are kept.
    pub fn choose(self, settings: Settings) {
        let stored = Preference::Settings.load().filter(|stored: &Settings| stored.is_valid());
        let merged = settings.merged(self.0.get_untracked(), stored.unwrap_or_default());
        Preference::Settings.save(&merged);
        self.0.set(merged);
    }

    /// Adopts what another tab has stored.
    pub fn reload(self) {
        let stored = Preference::Settings.load().filter(|stored: &Settings| stored.is_valid());
        self.0.set(stored.unwrap_or_default());
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
