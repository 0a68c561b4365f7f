//! The panes: how they are arranged, and which has the focus. The one writer of the layout.

use std::ops::Range;

use leptos::prelude::*;
use web_sys::Element;
use wire::{SourceLocation, SourcePath};

use super::{Pane, Session};
use crate::{layout::Layout, preferences::Preference, workspace::DocumentId};

/// What was remembered, or the default; remembered from now on.
pub(super) fn restore() -> RwSignal<Layout> {
    let stored = Preference::Layout.load_text();
    let mut restored = Layout::read(stored.as_deref());
    if stored.is_none() {
        take_old_shares(&mut restored);
    }
    let layout = RwSignal::new(restored);
    let save = move || {
        layout.try_with_untracked(|layout| Preference::Layout.save(layout.root()));
    };
    Effect::watch(move || layout.track(), move |_, _, _| Preference::Layout.save_soon(save), false);
    layout
}

/// Takes over what older pages remembered: the sizes alone.
fn take_old_shares(layout: &mut Layout) {
    let Some(text) = Preference::OldShares.load_text() else { return };
    let shares = js_sys::JSON::parse(&text).unwrap_or_default();
    for (split, name) in ["", "side", "main_lower", "side_lower"].into_iter().enumerate() {
        let share = js_sys::Reflect::get(&shares, &name.into());
        if let Some(percent) = share.ok().and_then(|share| share.as_f64()) {
            layout.resize(split, percent);
        }
    }
    Preference::Layout.save(layout.root());
    Preference::OldShares.forget();
}

impl Session {
    /// How the panes are arranged.
    pub fn layout(self) -> ReadSignal<Layout> {
        self.layout.read_only()
    }

    /// Whether a pane is open. Tracks it.
    pub fn is_open(self, pane: Pane) -> bool {
        self.layout.read().is_open(pane)
    }

    /// Whether a pane can be closed. Tracks it.
    pub fn can_close(self, pane: Pane) -> bool {
        self.layout.read().can_close(pane)
    }

    /// Puts a pane in front, after opening it if it is closed.
    pub fn show_pane(self, pane: Pane) {
        self.layout.update(|layout| layout.show(pane));
    }

    /// Closes a pane, unless it is the last open one. If it has the focus, the next pane gets it.
    pub fn close_pane(self, pane: Pane) {
        let has_focus = focused() == Some(pane);
        let next = self.layout.try_update(|layout| layout.close(pane)).flatten();
        if let Some(next) = next.filter(|_| has_focus) {
            self.request_focus(next);
        }
    }

    /// Whether a pane has the focus.
    pub fn has_focus(self, pane: Pane) -> bool {
        focused() == Some(pane)
    }

    /// Closes the pane that has the focus.
    pub fn close_focused_pane(self) {
        if let Some(pane) = focused() {
            self.close_pane(pane);
        }
    }

    /// Opens a pane and gives it the focus, or closes it.
    pub fn toggle_pane(self, pane: Pane) {
        if untrack(|| self.is_open(pane)) { self.close_pane(pane) } else { self.focus(pane) }
    }

    /// Gives the second part of a split this share of it, in percent, or without one its default.
    pub fn resize_split(self, split: usize, percent: Option<f64>) {
        self.layout.update(|layout| {
            layout.resize(split, percent.unwrap_or_else(|| layout.default_share(split)));
        });
    }

    /// Whether the strip of history is shown.
    pub fn shows_strip(self) -> ReadSignal<bool> {
        self.shows_strip.read_only()
    }

    /// Shows the strip of history, or hides it.
    pub fn toggle_strip(self) {
        let is_shown = !self.shows_strip.get_untracked();
        self.shows_strip.set(is_shown);
        Preference::Strip.save(&is_shown);
    }

    /// Opens all panes, where and as large as they are by default.
    pub fn reset_layout(self) {
        self.layout.set(Layout::default());
    }

    /// Gives a pane the focus, after showing it.
    pub fn focus(self, pane: Pane) {
        self.show_pane(pane);
        self.request_focus(pane);
    }

    /// Gives the focus to the open pane this many places after the one that has it.
    pub fn focus_neighbour(self, steps: isize) {
        let layout = self.layout.read_untracked();
        let next = layout.neighbour(focused().unwrap_or(layout.front()), steps);
        drop(layout);
        self.focus(next);
    }

    /// Shows a line of a file, if the file is still there.
    pub fn reveal(self, location: &SourceLocation) {
        self.reveal_columns(&location.path, location.line, 1..1);
    }

    /// Shows a line of a file, if the file is still there, and selects these columns of it.
    pub fn reveal_columns(self, path: &SourcePath, line: u32, columns: Range<u32>) {
        if let Some(id) = self.documents.with(|workspace| workspace.find(path)).flatten() {
            self.reveal_in(id, line, columns);
        }
    }

    /// Shows a line of a file of the workspace, and selects these columns of it; all of them are counted from 1. Where they are
    /// empty, the cursor is there.
    pub fn reveal_in(self, id: DocumentId, line: u32, columns: Range<u32>) {
        self.program.reveal_in(id, line, columns);
        self.show_pane(Pane::Editor);
    }

    /// The pane takes the focus itself, once it is on the screen.
    fn request_focus(self, pane: Pane) {
        request_animation_frame(move || self.focus_request.set(Some(pane)));
    }
}

/// The pane that has the focus.
fn focused() -> Option<Pane> {
    pane_of(&document().active_element()?)
}

/// The pane that an element is in.
pub fn pane_of(element: &Element) -> Option<Pane> {
    Pane::of_name(&element.closest("[data-pane]").ok()??.get_attribute("data-pane")?)
}
