//! Copies in local storage, which is written at once: of what is not in the database yet when a page is left, and of all
//! that is typed where the database does not work. The next page takes them over. Also the texts of earlier versions.

use serde::Deserialize;

use crate::{
    preferences::{keys_of, local_storage},
    workspace::{INPUT, Stored},
    workspaces::{self, WorkspaceId},
};

/// How the entries for the copies of a workspace begin; the name of the tab follows.
pub fn prefix(workspace: &WorkspaceId) -> String {
    match workspace {
        main if *main == WorkspaceId::main() => "cu.unsaved.".to_owned(),
        other => ["cu.unsaved-in.", other.as_str(), "."].concat(),
    }
}

/// A text that an earlier version kept beside another.
#[derive(Deserialize)]
struct OldAside {
    tab: String,
    text: String,
}

/// The copies of the tabs before, as they are in local storage.
pub struct Copies {
    /// The names of tabs, and what they had not stored.
    pub texts: Vec<(String, Stored)>,
    /// The entries that they are from.
    entries: Vec<(String, String)>,
}

impl Copies {
    /// Reads all of them.
    pub fn load() -> Copies {
        let mut copies = Copies { texts: Vec::new(), entries: Vec::new() };
        let workspace = workspaces::store::current();
        if workspace == WorkspaceId::main() {
            copies.add_of_earlier_versions("cu.program", "cu.program.aside", "main.lua");
            copies.add_of_earlier_versions("cu.input", "cu.input.aside", INPUT);
        }
        let Some(storage) = local_storage() else { return copies };
        let prefix = prefix(&workspace);
        for key in keys_of(&storage) {
            if let Some(tab) = key.strip_prefix(&prefix)
                && let Some(texts) = copies.entry::<Vec<Stored>>(&key)
            {
                // Each has a name of its own, since what one tab keeps aside takes the place of what it kept before.
                let name = |at: usize| if at == 0 { tab.to_owned() } else { [tab, &at.to_string()].join("-") };
                copies.texts.extend(texts.into_iter().enumerate().map(|(at, text)| (name(at), text)));
            }
        }
        copies
    }

    /// Earlier versions kept texts in local storage alone, and the first of them kept bare texts.
    fn add_of_earlier_versions(&mut self, key: &str, aside_key: &str, path: &str) {
        let at_path = |text| Stored { path: path.to_owned(), text, ..Stored::default() };
        if let Some(text) = self.entry::<Stored>(key).map(|old| old.text).or_else(|| self.entry(key)) {
            self.texts.push((key.to_owned(), at_path(text)));
        }
        for old in self.entry::<Vec<OldAside>>(aside_key).unwrap_or_default() {
            self.texts.push((old.tab, at_path(old.text)));
        }
    }

    /// An entry that can be read. One that cannot is left alone.
    fn entry<T: for<'a> Deserialize<'a>>(&mut self, key: &str) -> Option<T> {
        let json = local_storage()?.get_item(key).ok().flatten()?;
        let value = serde_json::from_str(&json).ok()?;
        self.entries.push((key.to_owned(), json));
        Some(value)
    }

    /// They are in the database now. What another tab has changed meanwhile stays.
    pub fn remove(self) {
        let Some(storage) = local_storage() else { return };
        for (key, json) in self.entries {
            if storage.get_item(&key).ok().flatten().as_deref() == Some(&json) {
                // Where it stays, the next page finds that it has the text already.
                storage.remove_item(&key).ok();
            }
        }
    }
}

/// Writes what a tab has not stored, or removes it where there is nothing. Returns false where that is refused.
pub fn save(tab: &str, texts: &[Stored]) -> bool {
    let Some(storage) = local_storage() else { return false };
    let key = [&prefix(&workspaces::store::current()), tab].concat();
    if texts.is_empty() {
        return storage.remove_item(&key).is_ok();
    }
    serde_json::to_string(texts).is_ok_and(|json| storage.set_item(&key, &json).is_ok())
}
