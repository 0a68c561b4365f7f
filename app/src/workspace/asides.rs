//! Texts that are kept beside another one: each is what one tab could not store in its place, or what was replaced.

use super::stored::{Stamp, StoreChange, Stored};

/// The texts kept beside one, each under the name of a tab.
#[derive(Clone, Debug, Default)]
pub struct Asides {
    /// As they are stored.
    known: Vec<Stored>,
    /// What is to be stored under the name of a tab, or no longer.
    wanted: Vec<(String, Option<String>)>,
}

impl Asides {
    /// The same texts, to be stored under names that begin with this one: those that they have may have other texts by
    /// then.
    pub fn anew(&self, name: &str) -> Self {
        let is_wanted = |owner: &str| self.wanted.iter().any(|(other, _)| other == owner);
        let known = self.known.iter().filter(|one| !is_wanted(&one.stamp.tab)).map(|one| one.text.as_str());
        let named = |(at, text): (usize, &str)| ([name, &at.to_string()].join(" "), Some(text.to_owned()));
        Asides { known: Vec::new(), wanted: known.chain(self.unsaved()).enumerate().map(named).collect() }
    }

    /// Those that are stored.
    pub fn known(&self) -> &[Stored] {
        &self.known
    }

    /// The one under the name of a tab.
    pub fn of(&self, owner: &str) -> Option<&Stored> {
        self.known.iter().find(|one| one.stamp.tab == owner)
    }

    /// Whether one is stored under this key.
    pub fn is_at(&self, key: &str) -> bool {
        self.known.iter().any(|one| one.key() == key)
    }

    /// Whether nothing of them is to be changed in the store.
    pub fn are_settled(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Those that are not stored yet.
    pub fn unsaved(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().filter_map(|(_, text)| text.as_deref())
    }

    /// Keeps a text under the name of a tab, in the place of an earlier one; or no longer.
    pub fn want(&mut self, owner: String, text: Option<String>) {
        self.forget_wanted(&owner);
        self.wanted.push((owner, text));
    }

    /// What is stored under the name of a tab stays as it is.
    pub fn forget_wanted(&mut self, owner: &str) {
        self.wanted.retain(|(other, _)| other != owner);
    }

    /// What is to be changed in the store. New ones are kept beside the text at `path`.
    pub fn pending(&self, revision: u64, path: &str) -> Vec<StoreChange> {
        self.wanted.iter().filter_map(|(owner, text)| self.change(revision, path, owner, text.as_deref())).collect()
    }

    /// What keeps a text under the name of a tab, or no longer.
    pub fn change(&self, revision: u64, path: &str, owner: &str, text: Option<&str>) -> Option<StoreChange> {
        let known = self.of(owner);
        if text.is_none() && known.is_none() {
            return None;
        }
        let stamp = Stamp { revision, tab: owner.to_owned() };
        let path = known.map_or(path, |one| &one.path).to_owned();
        let put = Stored { path, text: text.unwrap_or_default().to_owned(), stamp, is_aside: true };
        let (key, seen) = (put.key(), known.map(|one| one.stamp.clone()));
        Some(StoreChange { key, seen, put: text.map(|_| put) })
    }

    /// What brings all of them to another path.
    pub fn moves(&self, path: &str, changes: &mut Vec<StoreChange>) {
        for one in &self.known {
            let mut moved = Stored { path: path.to_owned(), ..one.clone() };
            // Its tab does not take it for what it keeps there itself.
            moved.stamp.tab = [&one.stamp.tab, one.path.as_str()].join(" ");
            changes.push(one.deletion());
            changes.push(StoreChange { key: moved.key(), seen: None, put: Some(moved) });
        }
    }

    /// Takes notice of what is stored under a key.
    pub fn hear(&mut self, key: &str, stored: Option<Stored>) {
        let old = self.known.iter().position(|one| one.key() == key).map(|at| self.known.remove(at));
        let Some(stored) = stored else {
            if let Some(old) = old {
                self.wanted.retain(|(owner, text)| *owner != old.stamp.tab || text.is_some());
            }
            return;
        };
        // One that has just changed is not the one that was to be deleted.
        let is_news = old.is_none_or(|old| old.stamp != stored.stamp);
        let is_wanted = |text: &Option<String>| text.as_ref().map_or(!is_news, |text| *text != stored.text);
        self.wanted.retain(|(owner, text)| *owner != stored.stamp.tab || is_wanted(text));
        self.known.push(stored);
    }
}
