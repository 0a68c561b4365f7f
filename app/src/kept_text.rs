//! Keeps a text that a person types for the next visit, over all tabs: brings `document`'s rules, the storage and
//! whatever edits the text together. Does not know what the text is for.

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    document::{Document, SetAside, Step, Stored, set_aside},
    preferences::{self, Preference},
};

/// What a person must know, or decide, about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptNotice {
    /// Another tab stored another text while this one was being changed.
    Conflict,
    /// A text of an earlier tab is kept beside this one.
    Aside(SetAside),
    /// The text is too large to be kept.
    TooLarge,
    /// The browser did not store the text.
    Refused,
}

/// Where the text is edited.
struct Editing {
    read: Box<dyn Fn() -> String>,
    write: Box<dyn Fn(&str)>,
}

/// A text that is kept; copies are the same.
#[derive(Clone, Copy)]
pub struct KeptText {
    place: Preference,
    aside: Preference,
    max_bytes: usize,
    document: StoredValue<Document>,
    editing: StoredValue<Option<Rc<Editing>>, LocalStorage>,
    notice: RwSignal<Option<KeptNotice>>,
}

impl KeptText {
    /// Opens the text, or the one to begin with. More than `max_bytes` are not kept.
    pub fn open(place: Preference, aside: Preference, max_bytes: usize, first: &str) -> (KeptText, String) {
        let stored = load(place).unwrap_or_else(|| Stored { text: first.to_owned(), ..Stored::default() });
        let text = stored.text.clone();
        let kept = KeptText {
            place,
            aside,
            max_bytes,
            document: StoredValue::new(Document::open(tab_name(), stored)),
            editing: StoredValue::new_local(None),
            notice: RwSignal::new(None),
        };
        kept.show_notice();
        (kept, text)
    }

    /// Says where the text is edited, and follows what other tabs store.
    pub fn connect(self, read: impl Fn() -> String + 'static, write: impl Fn(&str) + 'static) {
        self.editing.set_value(Some(Rc::new(Editing { read: Box::new(read), write: Box::new(write) })));
        preferences::on_other_tab(move |changed| {
            if changed == Some(self.place) || changed.is_none() {
                self.settle();
            }
            if changed == Some(self.aside) || changed.is_none() {
                self.show_notice();
            }
        });
    }

    /// What there is to tell of it.
    pub fn notice(self) -> ReadSignal<Option<KeptNotice>> {
        self.notice.read_only()
    }

    /// The text was changed: it is stored soon.
    pub fn changed(self) {
        self.place.save_soon(move || self.settle());
    }

    /// Stores what is new here, or takes what is new elsewhere.
    pub fn settle(self) {
        let Some(editing) = self.editing.get_value() else { return };
        let text = (editing.read)();
        let step = self.document.try_update_value(|document| document.compare(&text, load(self.place)));
        match step.unwrap_or(Step::Nothing) {
            Step::Nothing => self.show_notice(),
            Step::Write(stored) => self.write(stored),
            Step::Take(text) => {
                (editing.write)(&text);
                self.show_notice();
            }
            Step::KeepBoth(text) => {
                let mut all = self.load_aside();
                set_aside(&mut all, text);
                self.save_aside(&all);
                self.notice.set(Some(KeptNotice::Conflict));
            }
        }
    }

    fn write(self, stored: Stored) {
        if stored.text.len() > self.max_bytes {
            return self.notice.set(Some(KeptNotice::TooLarge));
        }
        if !self.place.save(&stored) {
            return self.notice.set(Some(KeptNotice::Refused));
        }
        self.document.update_value(|document| document.agree_on(stored));
        self.show_notice();
    }

    /// In a conflict: keeps the text of this tab, and not the other one.
    pub fn prefer_own(self) {
        self.document.update_value(Document::prefer_own);
        self.drop_aside(&self.tab());
        self.settle();
    }

    /// In a conflict: shows the other text here, and does not keep the one of this tab.
    pub fn prefer_other(self) {
        let other = self.document.try_update_value(Document::prefer_other).flatten();
        if let (Some(text), Some(editing)) = (other, self.editing.get_value()) {
            self.drop_aside(&self.tab());
            (editing.write)(&text);
            self.settle();
        }
    }

    /// Keeps a text beside the present one, which is about to replace it.
    pub fn set_aside(self, text: String) {
        let mut all = self.load_aside();
        // As if another tab had typed it, so that the person is told about it.
        set_aside(&mut all, SetAside { tab: tab_name(), text });
        self.save_aside(&all);
        self.show_notice();
    }

    /// Exchanges a text that was set aside with the present one.
    pub fn swap(self, one: SetAside) {
        let Some(editing) = self.editing.get_value() else { return };
        let mut all = self.load_aside();
        set_aside(&mut all, SetAside { tab: one.tab, text: (editing.read)() });
        self.save_aside(&all);
        (editing.write)(&one.text);
        self.settle();
    }

    /// Keeps a text that was set aside no longer.
    pub fn drop_aside(self, tab: &str) {
        let mut all = self.load_aside();
        all.retain(|one| one.tab != tab);
        self.save_aside(&all);
        self.show_notice();
    }

    /// The person has read it.
    pub fn dismiss(self) {
        self.notice.set(None);
    }

    fn show_notice(self) {
        let is_in_conflict = self.document.with_value(Document::is_in_conflict);
        let own = self.tab();
        let notice = if is_in_conflict {
            Some(KeptNotice::Conflict)
        } else {
            self.load_aside().into_iter().find(|one| one.tab != own).map(KeptNotice::Aside)
        };
        if self.notice.with_untracked(|shown| *shown != notice) {
            self.notice.set(notice);
        }
    }

    fn tab(self) -> String {
        self.document.with_value(|document| document.tab().to_owned())
    }

    fn load_aside(self) -> Vec<SetAside> {
        self.aside.load().unwrap_or_default()
    }

    fn save_aside(self, all: &[SetAside]) {
        if !self.aside.save(&all) {
            self.notice.set(Some(KeptNotice::Refused));
        }
    }
}

/// What is stored. Earlier versions stored the bare text.
fn load(place: Preference) -> Option<Stored> {
    place.load().or_else(|| place.load().map(|text| Stored { text, ..Stored::default() }))
}

/// A name that no other tab has.
fn tab_name() -> String {
    format!("{:x}-{:x}", js_sys::Date::now() as u64, (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}
