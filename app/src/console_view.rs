//! How the console shows what it holds.

use leptos::prelude::*;

use crate::{console_filter::Wanted, preferences::Preference};

/// How the console shows what it holds; copies are the same.
#[derive(Clone, Copy)]
pub struct ConsoleView {
    /// What is searched for.
    pub text: RwSignal<String>,
    wraps: RwSignal<bool>,
    has_complaints_only: RwSignal<bool>,
    keeps_lines: RwSignal<bool>,
}

impl ConsoleView {
    /// All of it, with long lines as the person chose.
    pub fn restore() -> Self {
        ConsoleView {
            text: RwSignal::default(),
            wraps: RwSignal::new(Preference::ConsoleWraps.load().unwrap_or(true)),
            has_complaints_only: RwSignal::new(false),
            keeps_lines: RwSignal::new(false),
        }
    }

    /// Whether long lines are wrapped.
    pub fn wraps(self) -> ReadSignal<bool> {
        self.wraps.read_only()
    }

    /// Whether only what says that something is wrong is shown.
    pub fn has_complaints_only(self) -> ReadSignal<bool> {
        self.has_complaints_only.read_only()
    }

    /// Whether the lines stay that do not contain what is searched for.
    pub fn keeps_lines(self) -> ReadSignal<bool> {
        self.keeps_lines.read_only()
    }

    /// Which lines are shown: those that contain this. Tracks it.
    pub fn filter(self) -> String {
        if self.keeps_lines.get() { String::new() } else { self.text.get() }
    }

    /// Which entries are shown. Tracks it.
    pub fn wanted(self) -> Wanted {
        Wanted { text: self.filter(), complaints: self.has_complaints_only.get() }
    }

    /// Wraps long lines, or no longer.
    pub fn toggle_wraps(self) {
        self.wraps.update(|wraps| *wraps = !*wraps);
        Preference::ConsoleWraps.save(&self.wraps.get_untracked());
    }

    /// Shows only what says that something is wrong, or all.
    pub fn toggle_complaints_only(self) {
        self.has_complaints_only.update(|only| *only = !*only);
    }

    /// Keeps the lines that do not contain what is searched for, or no longer.
    pub fn toggle_keeps_lines(self) {
        self.keeps_lines.update(|keeps| *keeps = !*keeps);
    }
}
