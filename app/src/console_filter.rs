//! Which entries of the console a filter shows. Remembers what it looked at: a program that prints must not have all
//! that was printed before looked through again.

use std::collections::HashMap;

use crate::{
    console_buffer::{ConsoleBuffer, Entry, EntryId},
    formats,
};

/// What is to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only what contains this, whatever the case; all if it is empty.
    pub text: String,
    /// Only what says that something is wrong.
    pub complaints: bool,
}

/// A filter and what it found so far.
#[derive(Debug, Default)]
pub struct ConsoleFilter {
    wanted: Wanted,
    lowercase: String,
    /// For each entry, the version that was looked at and whether it contains the text.
    found: HashMap<EntryId, (u32, bool)>,
    #[cfg(test)]
    looked_at: usize,
}

impl ConsoleFilter {
    /// The entries that are wanted.
    pub fn shown(&mut self, console: &ConsoleBuffer, wanted: &Wanted) -> Vec<EntryId> {
        if *wanted != self.wanted {
            self.found.clear();
            self.lowercase = formats::lowercase(&wanted.text);
            self.wanted = wanted.clone();
        }
        if *wanted == Wanted::default() {
            return console.entries().map(|entry| entry.id).collect();
        }
        let found: HashMap<_, _> =
            console.entries().map(|entry| (entry.id, (entry.version, self.contains(entry)))).collect();
        self.found = found;
        let is_shown = |entry: &&Entry| self.found.get(&entry.id).is_some_and(|(_, contains)| *contains);
        console.entries().filter(is_shown).map(|entry| entry.id).collect()
    }

    fn contains(&mut self, entry: &Entry) -> bool {
        match self.found.get(&entry.id) {
            // Text is only ever added to an entry.
            Some((version, contains)) if *contains || *version == entry.version => *contains,
            _ => {
                #[cfg(test)]
                {
                    self.looked_at += 1;
                }
                (!self.wanted.complaints || entry.body.is_complaint()) && entry.body.contains(&self.lowercase)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::{Output, Stream};

    use super::*;
    use crate::console_buffer::{Body, Severity};

    fn wanted(text: &str) -> Wanted {
        Wanted { text: text.to_owned(), complaints: false }
    }

    fn print(console: &mut ConsoleBuffer, text: &str) {
        console.print(&Output { stream: Stream::Out, dropped_lines: 0, text: text.to_owned() });
    }

    #[test]
    fn only_what_is_new_is_looked_at() {
        let mut console = ConsoleBuffer::new(10_000);
        let mut filter = ConsoleFilter::default();
        for line in 0..2000 {
            print(&mut console, &format!("line {line}\n"));
        }
        let count = console.entries().count();
        assert!(filter.shown(&console, &wanted("no such")).is_empty());
        assert_eq!(filter.looked_at, count);
        console.push(Body::Echo("x".into()));
        print(&mut console, "A No such line\n");
        assert_eq!(filter.shown(&console, &wanted("no such")).len(), 1);
        assert_eq!(filter.looked_at, count + 2);
        print(&mut console, "more\n");
        assert_eq!(filter.shown(&console, &wanted("no such")).len(), 1);
        assert_eq!(filter.looked_at, count + 2);
    }

    #[test]
    fn another_text_begins_anew_and_none_shows_all() {
        let mut console = ConsoleBuffer::new(10_000);
        let mut filter = ConsoleFilter::default();
        print(&mut console, "One\n");
        console.push(Body::Echo("two".into()));
        assert_eq!(filter.shown(&console, &wanted("one")).len(), 1);
        assert_eq!(filter.shown(&console, &wanted("o")).len(), 2);
        assert_eq!(filter.shown(&console, &wanted("")).len(), 2);
        console.clear();
        assert!(filter.shown(&console, &wanted("o")).is_empty());
    }

    #[test]
    fn complaints_are_shown_alone() {
        let mut console = ConsoleBuffer::new(10_000);
        let mut filter = ConsoleFilter::default();
        print(&mut console, "fine\n");
        console.print(&Output { stream: Stream::Err, dropped_lines: 0, text: "oh\n".to_owned() });
        console.push(Body::Note { severity: Severity::Info, text: "saved".into() });
        console.push(Body::Note { severity: Severity::Warning, text: "not saved".into() });
        let complaints = |text: &str| Wanted { text: text.to_owned(), complaints: true };
        assert_eq!(filter.shown(&console, &complaints("")).len(), 2);
        assert_eq!(filter.shown(&console, &complaints("saved")).len(), 1);
        assert_eq!(filter.shown(&console, &wanted("")).len(), 4);
    }
}
