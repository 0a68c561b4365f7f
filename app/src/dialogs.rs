//! Which dialog is open. There is at most one.

use leptos::prelude::*;
use wire::{Omission, Source};

/// A dialog and what it is about.
#[derive(Clone)]
pub enum Dialog {
    /// Asks before something is lost.
    Confirm(Question),
    /// The source text of a function; `None` if it is not there any more.
    Source {
        /// The function.
        title: String,
        /// Its text.
        source: Option<Source>,
    },
    /// What the last save left out.
    Omissions(Vec<Omission>),
    /// The keys that do something.
    Shortcuts,
    /// The limits that a person can set.
    Settings,
}

/// A question that is answered by doing or not.
#[derive(Clone)]
pub struct Question {
    /// What would be done, as a question.
    pub title: String,
    /// What would be lost.
    pub text: String,
    /// What the button that does it says.
    pub action: &'static str,
    /// Does it.
    pub on_confirm: Callback<()>,
}

/// The dialog that is open, if any.
#[derive(Clone, Copy)]
pub struct Dialogs(RwSignal<Option<Dialog>>);

impl Dialogs {
    /// None is open.
    pub fn new() -> Self {
        Dialogs(RwSignal::new(None))
    }

    /// The dialog to show.
    pub fn current(self) -> Signal<Option<Dialog>> {
        self.0.into()
    }

    /// Asks before doing something.
    pub fn confirm(
        self,
        title: String,
        text: &str,
        action: &'static str,
        on_confirm: impl Fn() + Send + Sync + 'static,
    ) {
        let on_confirm = Callback::new(move |()| on_confirm());
        self.0.set(Some(Dialog::Confirm(Question { title, text: text.to_owned(), action, on_confirm })));
    }

    /// Shows the source text of a function.
    pub fn show_source(self, title: String, source: Option<Source>) {
        self.0.set(Some(Dialog::Source { title, source }));
    }

    /// Shows what was not saved.
    pub fn show_omissions(self, omissions: Vec<Omission>) {
        self.0.set(Some(Dialog::Omissions(omissions)));
    }

    /// Shows the keys that do something.
    pub fn show_shortcuts(self) {
        self.0.set(Some(Dialog::Shortcuts));
    }

    /// Shows the settings.
    pub fn show_settings(self) {
        self.0.set(Some(Dialog::Settings));
    }

    /// Closes what is open.
    pub fn close(self) {
        self.0.set(None);
    }
}
