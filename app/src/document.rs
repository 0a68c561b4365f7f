//! A text that several tabs may have open and that is stored once: the rules by which none of them overwrites what
//! it has not seen. Plain data: where the text is edited and where it is stored is the business of `kept_text`.

use serde::{Deserialize, Serialize};

/// A text as it is stored, and which write that was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The text.
    pub text: String,
    /// Grows by one with each write; 0 was never written by these rules.
    pub revision: u64,
    /// The tab that wrote it.
    pub tab: String,
}

/// A text that a tab could not store, since another tab had stored a newer one. It is kept until a person decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// The tab that it was typed in.
    pub tab: String,
    /// The text.
    pub text: String,
}

/// What a tab has to do after it compared its text with what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: there is nothing new on either side.
    Nothing,
    /// Store this; nobody else stored anything since this tab last looked.
    Write(Stored),
    /// Show this text of another tab: this tab has nothing of its own that is not stored.
    Take(String),
    /// Both tabs have something new. What is stored stays, and the text of this tab is kept beside it.
    KeepBoth(SetAside),
}

/// The text of one tab, compared with what is stored.
#[derive(Clone, Debug)]
pub struct Document {
    tab: String,
    /// What this tab and the storage last agreed on.
    base: Stored,
    /// What another tab stored while this one had changes of its own.
    rival: Option<Stored>,
}

impl Document {
    /// A document as a tab opens it.
    pub fn open(tab: String, stored: Stored) -> Self {
        Document { tab, base: stored, rival: None }
    }

    /// The name of this tab.
    pub fn tab(&self) -> &str {
        &self.tab
    }

    /// Whether another tab stored something that this one neither took nor replaced.
    pub fn is_in_conflict(&self) -> bool {
        self.rival.is_some()
    }

    /// Compares the text of this tab with what is stored now. `None`: the storage was emptied.
    pub fn compare(&mut self, text: &str, stored: Option<Stored>) -> Step {
        let stored = stored.unwrap_or_else(|| self.base.clone());
        let is_changed_here = text != self.base.text;
        // An older revision is one that this tab has replaced; not every browser tells all tabs at once.
        let is_newer = stored.revision > self.base.revision;
        let was_overwritten = stored.revision == self.base.revision && stored.tab != self.base.tab;
        if stored.text == text && (is_newer || was_overwritten) {
            self.agree_on(stored);
            return Step::Nothing;
        }
        match (is_changed_here || was_overwritten, is_newer || was_overwritten) {
            (false, false) => {
                self.rival = None;
                Step::Nothing
            }
            (true, false) => {
                Step::Write(Stored { text: text.to_owned(), revision: self.base.revision + 1, tab: self.tab.clone() })
            }
            (false, true) => {
                self.agree_on(stored.clone());
                Step::Take(stored.text)
            }
            (true, true) => {
                self.rival = Some(stored);
                Step::KeepBoth(SetAside { tab: self.tab.clone(), text: text.to_owned() })
            }
        }
    }

    /// The storage has this now, as it was asked to.
    pub fn agree_on(&mut self, stored: Stored) {
        self.base = stored;
        self.rival = None;
    }

    /// In a conflict: the text of this tab replaces the other one at the next comparison.
    pub fn prefer_own(&mut self) {
        if let Some(rival) = self.rival.take() {
            self.base = rival;
        }
    }

    /// In a conflict: the other text, which is the one of this tab from now on.
    pub fn prefer_other(&mut self) -> Option<String> {
        let rival = self.rival.take()?;
        self.base = rival;
        Some(self.base.text.clone())
    }
}

/// Keeps a text aside, in the place of an earlier one of the same tab.
pub fn set_aside(all: &mut Vec<SetAside>, one: SetAside) {
    all.retain(|other| other.tab != one.tab);
    all.push(one);
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
