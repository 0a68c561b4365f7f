//! One text that several tabs may have open and that is stored once: the rules by which no tab overwrites what it has
//! not seen, and nothing typed is lost. Plain data: where it is edited and who stores it is the business of
//! `crate::documents`.

mod decisions;

use super::{
    asides::Asides,
    stored::{Stamp, StoreChange, Stored},
};

/// What a person must know, or decide, about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Another tab stored another text while this one was being changed.
    Conflict,
    /// A text of the tab of this name is kept beside this one.
    Aside(String),
    /// The text is too large to be kept.
    TooLarge,
    /// The browser did not store the text.
    Refused,
}

/// The text of one tab, and what the tab knows of what is stored.
#[derive(Clone, Debug)]
pub struct Document {
    tab: String,
    /// The path of the file, or another name of the text.
    pub path: String,
    text: String,
    max_bytes: usize,
    /// What this tab and the store last agreed on; revision 0 if nothing was stored.
    base: Stored,
    /// What another tab stored while this one had changes of its own.
    pub(super) rival: Option<Stored>,
    /// The texts that are kept beside this one.
    pub asides: Asides,
    is_refused: bool,
}

impl Document {
    /// A text to begin with. It is stored once it is changed.
    pub fn first(tab: &str, path: &str, text: &str, max_bytes: usize) -> Self {
        let base = Stored { path: path.to_owned(), text: text.to_owned(), ..Stored::default() };
        Document { base, max_bytes, ..Document::new(tab, path, text.to_owned()) }
    }

    /// A text that is to be stored.
    pub fn new(tab: &str, path: &str, text: String) -> Self {
        Document {
            tab: tab.to_owned(),
            path: path.to_owned(),
            text,
            max_bytes: usize::MAX,
            base: Stored::default(),
            rival: None,
            asides: Asides::default(),
            is_refused: false,
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text was changed here.
    pub fn edit(&mut self, text: String) {
        self.text = text;
        if let Some(rival) = self.rival.take_if(|rival| rival.text == self.text) {
            self.agree_on(rival);
        }
    }

    /// Whether there is something here that is not stored.
    pub fn is_dirty(&self) -> bool {
        self.is_typed() || self.has_new_path()
    }

    fn is_typed(&self) -> bool {
        self.text != self.base.text
    }

    /// Whether it has a path that is not stored yet, and so may have to give way to another file.
    pub fn has_new_path(&self) -> bool {
        self.path != self.base.path
    }

    /// Its path, and the one that it is stored under.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        [self.path.as_str(), self.place()].into_iter()
    }

    /// The path where it is stored; if it is not, where it is to be.
    fn place(&self) -> &str {
        if self.is_stored() || self.rival.is_some() { &self.base.path } else { &self.path }
    }

    /// Whether this is where it is stored; if it is not stored, where it is to be.
    pub fn is_at(&self, path: &str) -> bool {
        self.place().eq_ignore_ascii_case(path)
    }

    fn is_stored(&self) -> bool {
        self.base.stamp.revision > 0
    }

    /// Whether it is stored, and nothing here is not.
    pub fn is_as_stored(&self) -> bool {
        self.is_stored() && !self.is_dirty() && self.asides.are_settled()
    }

    /// What there is to tell of it.
    pub fn notice(&self) -> Option<Notice> {
        if self.rival.is_some() {
            Some(Notice::Conflict)
        } else if self.is_too_large() {
            Some(Notice::TooLarge)
        } else if self.is_refused {
            Some(Notice::Refused)
        } else {
            let of_other = |one: &&Stored| one.stamp.tab != self.tab;
            self.asides.known().iter().find(of_other).map(|one| Notice::Aside(one.stamp.tab.clone()))
        }
    }

    fn is_too_large(&self) -> bool {
        self.is_dirty() && self.text.len() > self.max_bytes
    }

    /// What is to be changed in the store now, with this revision: all of it, or nothing.
    pub fn pending(&self, revision: u64) -> Vec<StoreChange> {
        let mut changes = self.asides.pending(revision, self.place());
        if self.rival.is_some() {
            if self.asides.of(&self.tab).is_none_or(|aside| aside.text != self.text) {
                changes.extend(self.asides.change(revision, self.place(), &self.tab, Some(&self.text)));
            }
        } else if self.is_dirty() && !self.is_too_large() {
            self.add_own_changes(revision, &mut changes);
        }
        changes
    }

    fn add_own_changes(&self, revision: u64, changes: &mut Vec<StoreChange>) {
        let stamp = Stamp { revision, tab: self.tab.clone() };
        let put = Stored { path: self.path.clone(), text: self.text.clone(), stamp, is_aside: false };
        let key = put.key();
        let seen = self.is_stored().then(|| self.base.stamp.clone());
        if seen.is_none() || key == self.base.key() {
            return changes.push(StoreChange { key, seen, put: Some(put) });
        }
        changes.push(self.base.deletion());
        changes.push(StoreChange { key, seen: None, put: Some(put) });
        // Those that are being changed stay where they are.
        if self.asides.are_settled() {
            self.asides.moves(&self.path, changes);
        }
    }

    /// What is to be changed in the store when this document is deleted.
    pub fn deletion(&self) -> Vec<StoreChange> {
        self.all_stored().map(Stored::deletion).collect()
    }

    /// Where something is stored for it.
    pub fn stored_keys(&self) -> Vec<String> {
        self.all_stored().map(Stored::key).collect()
    }

    /// Whether this is what the tab has seen of it.
    pub fn knows(&self, stored: &Stored) -> bool {
        self.all_stored().any(|known| known.stamp == stored.stamp && known.key() == stored.key())
    }

    fn all_stored(&self) -> impl Iterator<Item = &Stored> {
        self.asides.known().iter().chain(self.is_stored().then_some(&self.base))
    }

    /// The store was changed as [`Document::pending`] said.
    pub fn done(&mut self, changes: Vec<StoreChange>) {
        self.is_refused = false;
        for change in changes {
            match change.put {
                Some(stored) if !stored.is_aside => self.agree_on(stored),
                None if self.is_stored() && change.key == self.base.key() => self.base = Stored::default(),
                put => self.asides.hear(&change.key, put),
            }
        }
    }

    /// The store was not changed, since it failed.
    pub fn refused(&mut self) {
        self.is_refused = true;
    }

    /// Compares this text with what is stored. Returns whether it was replaced by it.
    pub fn hear(&mut self, stored: Option<Stored>) -> bool {
        let Some(stored) = stored else {
            // Deleted elsewhere: what is here is to be stored anew.
            if self.is_stored() {
                self.base = Stored::default();
            }
            self.rival = None;
            return false;
        };
        if stored.stamp == self.base.stamp {
            self.rival = None;
            return false;
        }
        if !self.is_stored() && self.rival.is_none() {
            // The same path, perhaps in another case.
            self.path.clone_from(&stored.path);
            self.base.path.clone_from(&stored.path);
        }
        if self.is_typed() && self.text != stored.text {
            self.asides.forget_wanted(&self.tab);
            self.rival = Some(stored);
            return false;
        }
        let is_replaced = self.text != stored.text;
        self.text.clone_from(&stored.text);
        self.take_path(&stored);
        self.agree_on(stored);
        is_replaced
    }

    /// A path that was not changed here is the stored one.
    fn take_path(&mut self, stored: &Stored) {
        if !self.has_new_path() {
            self.path.clone_from(&stored.path);
        }
    }

    fn agree_on(&mut self, stored: Stored) {
        self.base = stored;
        self.rival = None;
        if self.asides.of(&self.tab).is_some() {
            self.asides.want(self.tab.clone(), None);
        }
    }

    /// What is here and not stored, with the stamp of what it was typed over.
    pub fn unsaved(&self) -> Vec<Stored> {
        let copy =
            |text: &str, stamp| Stored { path: self.path.clone(), text: text.to_owned(), stamp, is_aside: false };
        let is_aside_already =
            self.rival.is_some() && self.asides.of(&self.tab).is_some_and(|one| one.text == self.text);
        let own = (self.is_dirty() && !is_aside_already).then(|| copy(&self.text, self.base.stamp.clone()));
        own.into_iter().chain(self.asides.unsaved().map(|text| copy(text, Stamp::default()))).collect()
    }

    /// Takes over what a tab of the name `owner` could not store before it was left.
    pub fn adopt(&mut self, owner: &str, copy: Stored) {
        if copy.text == self.text {
            return;
        }
        if !self.is_typed() && copy.stamp == self.base.stamp {
            self.text = copy.text;
        } else {
            self.asides.want(owner.to_owned(), Some(copy.text));
        }
    }
}
