//! What the command palette finds: commands, files, snapshots and runs whose name has the characters of each typed word in
//! their order, and values that contain what is typed, which the engine finds.

mod fuzzy;

use wire::{Hit, SnapshotInfo, SnapshotKind};

use crate::{commands::CommandId, documents::FileEntry, formats};

/// Text that begins with this finds commands; other text finds places to go to.
pub const COMMANDS_PREFIX: &str = ">";

/// The maximum number of entries that are found at once.
const MAX_FOUND: usize = 100;

/// Something that the palette can find.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A command of the page.
    Command(CommandId),
    /// A file.
    File(FileEntry),
    /// A snapshot, or the state after a run.
    Snapshot(SnapshotInfo),
    /// A value of `_home`.
    Value(Hit),
}

impl Entry {
    /// What it is called.
    pub fn title(&self) -> String {
        match self {
            Entry::Command(id) => id.title().to_owned(),
            Entry::File(file) => file.path.to_string(),
            Entry::Snapshot(snapshot) => snapshot.kind.name().to_owned(),
            Entry::Value(hit) => hit.path.clone(),
        }
    }

    /// What stands beside its name, if anything.
    pub fn detail(&self) -> Option<String> {
        match self {
            Entry::Command(_) | Entry::File(_) => None,
            Entry::Value(hit) => Some(hit.value.text.clone()),
            Entry::Snapshot(snapshot) => {
                let kind = match snapshot.kind {
                    SnapshotKind::Checkpoint { .. } => "run",
                    SnapshotKind::Named { .. } | SnapshotKind::Imported { .. } => "snapshot",
                };
                Some(format!("{kind}, {}", formats::moment(snapshot.created_millis)))
            }
        }
    }
}

/// An entry that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The entry.
    pub entry: Entry,
    /// Its title in parts, each with whether the typed text matches it.
    pub parts: Vec<(String, bool)>,
}

impl Found {
    /// A value that the engine found.
    pub fn of_value(hit: Hit) -> Self {
        Found { parts: vec![(hit.path.clone(), false)], entry: Entry::Value(hit) }
    }
}

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query<'a> {
    /// Part of the name of a command.
    Command(&'a str),
    /// Part of the name of a place.
    Place(&'a str),
}

impl<'a> Query<'a> {
    /// Reads the text of the palette.
    pub fn parse(text: &'a str) -> Self {
        match text.trim_start().strip_prefix(COMMANDS_PREFIX) {
            Some(rest) => Query::Command(rest.trim()),
            None => Query::Place(text.trim()),
        }
    }

    fn text(self) -> &'a str {
        match self {
            Query::Command(text) | Query::Place(text) => text,
        }
    }

    /// What a value is to contain, if values are to be found.
    pub fn value(self) -> Option<&'a str> {
        match self {
            Query::Place(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    fn accepts(self, entry: &Entry) -> bool {
        matches!(self, Query::Command(_)) == matches!(entry, Entry::Command(_))
    }

    /// Finds the entries that match, the best first; equal ones stay in their order. All match an empty query.
    pub fn find(self, entries: &[Entry]) -> Vec<Found> {
        let matching = |entry| {
            let title = Entry::title(entry);
            let (score, matched) = fuzzy::score(self.text(), &title)?;
            Some((score, entry, title, matched))
        };
        let mut found: Vec<_> = entries.iter().filter(|entry| self.accepts(entry)).filter_map(matching).collect();
        found.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
        found.truncate(MAX_FOUND);
        let shown = |(_, entry, title, matched): (u32, &Entry, String, Vec<usize>)| Found {
            entry: entry.clone(),
            parts: parts(&title, &matched),
        };
        found.into_iter().map(shown).collect()
    }
}

/// Cuts a title where matched and other characters meet; `matched` are the sorted indices of characters.
fn parts(title: &str, matched: &[usize]) -> Vec<(String, bool)> {
    let mut parts: Vec<(String, bool)> = Vec::new();
    for (index, character) in title.chars().enumerate() {
        let is_matched = matched.binary_search(&index).is_ok();
        match parts.last_mut() {
            Some((text, was_matched)) if *was_matched == is_matched => text.push(character),
            _ => parts.push((character.to_string(), is_matched)),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use wire::SourcePath;

    use super::*;
    use crate::{samples, workspace::DocumentId};

    fn snapshot(name: &str) -> Entry {
        Entry::Snapshot(samples::named(name))
    }

    fn titles(text: &str, entries: Vec<Entry>) -> Vec<String> {
        Query::parse(text).find(&entries).iter().map(|found| found.entry.title()).collect()
    }

    #[test]
    fn the_first_character_says_what_is_searched() {
        assert_eq!(Query::parse("> run "), Query::Command("run"));
        assert_eq!(Query::parse(" run"), Query::Place("run"));
        assert_eq!(["> run", " ", "run"].map(|text| Query::parse(text).value()), [None, None, Some("run")]);
        let all = || CommandId::all().map(Entry::Command).chain([snapshot("Run")]).collect();
        assert_eq!(titles("run", all()), ["Run"]);
        assert_eq!(titles(">", all()).len(), CommandId::all().count());
        assert_eq!(titles("", all()), ["Run"]);
    }

    #[test]
    fn words_match_by_their_characters_whatever_the_case_and_the_best_is_first() {
        let all = || ["undo all runs", "under", "Run then undo", "Übung"].map(snapshot).to_vec();
        assert_eq!(titles("undo", all())[0], "undo all runs");
        assert_eq!(titles("UAR", all()), ["undo all runs"]);
        assert_eq!(titles("undo run", all()), ["undo all runs", "Run then undo"]);
        assert_eq!(titles("übu", all()), ["Übung"]);
        assert!(titles("nothing", all()).is_empty());
    }

    #[test]
    fn files_are_found_by_letters_of_their_paths() {
        let file = |path| Entry::File(FileEntry { id: DocumentId(1), path: SourcePath::parse(path).expect(path) });
        let all = || ["lib/json.lua", "data/list.csv", "main.lua"].map(file).to_vec();
        assert_eq!(titles("ljs", all()), ["lib/json.lua"]);
        assert_eq!(titles("lua main", all()), ["main.lua"]);
        assert_eq!(titles(">main", all()), [""; 0]);
    }

    #[test]
    fn matched_characters_are_marked() {
        let found = Query::parse("s").find(&[snapshot("as")]);
        assert_eq!(found[0].parts, [("a".to_owned(), false), ("s".to_owned(), true)]);
        assert_eq!(parts("", &[]), []);
    }

    #[test]
    fn not_more_than_the_maximum_is_found() {
        assert_eq!(titles("", vec![snapshot("x"); MAX_FOUND + 1]).len(), MAX_FOUND);
    }
}
