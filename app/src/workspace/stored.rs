//! Texts as they are stored, and how what is stored may be changed.

use serde::{Deserialize, Serialize};

/// Which write of a text. No two writes of one text have the same stamp.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Grows with each write; 0 where nothing was stored.
    pub revision: u64,
    /// The tab that wrote it.
    pub tab: String,
}

/// A text as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The path of the file, or another name of the text.
    #[serde(default)]
    pub path: String,
    /// The text.
    pub text: String,
    /// Which write this is.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Whether it is kept beside the text of this path, since a tab could not store it there.
    #[serde(default)]
    pub is_aside: bool,
}

impl Stored {
    /// Where it is stored. Paths that differ only in case have one place, and so has what one tab puts aside.
    pub fn key(&self) -> String {
        let mut key = self.path.to_ascii_lowercase();
        if self.is_aside {
            key.push('\n');
            key.push_str(&self.stamp.tab);
        }
        key
    }

    /// What deletes it, unless it has changed.
    pub fn deletion(&self) -> StoreChange {
        StoreChange { key: self.key(), seen: Some(self.stamp.clone()), put: None }
    }
}

/// A change of what is stored under one key. It is made only if nothing is there, or what the tab has seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoreChange {
    /// Where.
    pub key: String,
    /// What the tab has seen there, if something.
    pub seen: Option<Stamp>,
    /// What is to be there; `None` deletes.
    pub put: Option<Stored>,
}
