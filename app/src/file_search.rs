//! Searching the texts of all files: which lines contain what is typed, and what of it a person has chosen.

use std::ops::Range;

use leptos::prelude::*;

use crate::{
    documents::FileEntry,
    formats::{lowercase, uppercase},
};

/// The maximum number of lines that are listed.
const MAX_LINES: usize = 200;
/// How many characters of a line are shown before its first hit, and after it.
const CONTEXT: (usize, usize) = (12, 160);

/// What is searched for: each character, in both cases where case does not count.
#[derive(Clone, Debug)]
pub struct Needle(Vec<[char; 2]>);

impl Needle {
    /// A text that is searched for.
    pub fn new(text: &str, is_case_sensitive: bool) -> Self {
        if is_case_sensitive {
            return Needle(text.chars().map(|one| [one, one]).collect());
        }
        // A character whose other case is several ones is found in its own case.
        let only = |text: String, other| text.chars().next().filter(|_| text.chars().count() == 1).unwrap_or(other);
        let both = |one: char| [lowercase(&one.to_string()), uppercase(&one.to_string())].map(|text| only(text, one));
        Needle(text.chars().map(both).collect())
    }

    /// Where it is in a line, one after the other.
    fn find(&self, line: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let Some(first) = self.0.first() else { return found };
        for (start, character) in line.char_indices() {
            let is_free = found.last().is_none_or(|last| last.end <= start);
            if first.contains(&character) && is_free {
                found.extend(self.length_at_start(&line[start..]).map(|length| start..start + length));
            }
        }
        found
    }

    /// How many bytes of it begin a text, if it does.
    fn length_at_start(&self, text: &str) -> Option<usize> {
        let mut characters = text.chars();
        let is_there = self.0.iter().all(|both| characters.next().is_some_and(|it| both.contains(&it)));
        is_there.then(|| text.len() - characters.as_str().len())
    }
}

/// A line that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLine {
    /// Its number in the file, from 1.
    pub number: u32,
    /// The columns of its first hit, from 1, as the editor counts: in UTF-16 units.
    pub columns: Range<u32>,
    /// Its text in parts, each with whether it is a hit. Of a long line, what is around the first hit.
    pub parts: Vec<(String, bool)>,
}

/// The lines that were found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// The file.
    pub file: FileEntry,
    /// Its lines; there is one at least.
    pub lines: Vec<FoundLine>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The files, in the order in which they were searched.
    pub files: Vec<FoundFile>,
    /// Whether there are more lines than are listed.
    pub has_more: bool,
}

impl Found {
    /// Searches files, each with its text.
    pub fn search<'a>(files: impl IntoIterator<Item = (FileEntry, &'a str)>, needle: &Needle) -> Self {
        let (mut found, mut room) = (Found::default(), MAX_LINES);
        for (file, text) in files {
            let mut lines = text.lines().enumerate().filter_map(|(at, line)| found_line(at, line, needle));
            let taken: Vec<_> = lines.by_ref().take(room).collect();
            room -= taken.len();
            found.has_more = room == 0 && lines.next().is_some();
            if !taken.is_empty() {
                found.files.push(FoundFile { file, lines: taken });
            }
            if found.has_more {
                break;
            }
        }
        found
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.files.iter().map(|file| file.lines.len()).sum()
    }

    /// The line at this place among all of them, and its file.
    pub fn line(&self, mut index: usize) -> Option<(&FileEntry, &FoundLine)> {
        for FoundFile { file, lines } in &self.files {
            match lines.get(index) {
                Some(line) => return Some((file, line)),
                None => index -= lines.len(),
            }
        }
        None
    }

    /// How much was found, in words.
    pub fn note(&self) -> String {
        let count = |number: usize, noun| crate::formats::counted(number as u64, noun);
        let more = if self.has_more { ", and there are more" } else { "" };
        match self.count() {
            0 => "No file contains this.".to_owned(),
            lines => [&count(lines, "line"), " in ", &count(self.files.len(), "file"), more].concat(),
        }
    }
}

fn found_line(at: usize, line: &str, needle: &Needle) -> Option<FoundLine> {
    let hits = needle.find(line);
    let (first, first_end) = hits.first().map(|hit| (hit.start, hit.end))?;
    let column = |end: usize| line[..end].encode_utf16().count() as u32 + 1;
    let before = line[..first].char_indices().rev().nth(CONTEXT.0).map_or(0, |(at, _)| at);
    let end = line[first..].char_indices().nth(CONTEXT.1).map_or(line.len(), |(at, _)| first + at);
    let (mut parts, mut done) = (Vec::new(), before);
    let mut add = |text: &str, is_hit| {
        if !text.is_empty() {
            parts.push((text.to_owned(), is_hit));
        }
    };
    add(if before > 0 { "…" } else { "" }, false);
    for hit in hits.into_iter().filter(|hit| hit.end <= end || hit.start == first) {
        let text = &line[done..hit.start];
        add(if done == 0 { text.trim_start() } else { text }, false);
        add(&line[hit.clone()], true);
        done = hit.end;
    }
    add(&line[done..end.max(done)], false);
    add(if end < line.len() { "…" } else { "" }, false);
    Some(FoundLine { number: at as u32 + 1, columns: column(first)..column(first_end), parts })
}

/// The search of all files, as signals; copies are the same.
#[derive(Clone, Copy)]
pub struct FileSearch {
    /// What is searched for. Lines are listed as long as there is a text.
    pub text: RwSignal<String>,
    /// Whether case counts.
    pub is_case_sensitive: RwSignal<bool>,
    /// What was found.
    pub found: RwSignal<Found>,
    /// Which of the lines is chosen.
    pub chosen: RwSignal<usize>,
    /// Whether the field is to get the focus; its component gives it.
    pub is_wanted: RwSignal<bool>,
}

impl FileSearch {
    /// Nothing is searched for.
    pub fn new() -> Self {
        FileSearch {
            text: RwSignal::default(),
            is_case_sensitive: RwSignal::default(),
            found: RwSignal::default(),
            chosen: RwSignal::default(),
            is_wanted: RwSignal::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::SourcePath;

    use super::*;
    use crate::workspace::DocumentId;

    fn file(at: u32) -> FileEntry {
        FileEntry { id: DocumentId(at), path: SourcePath::parse(&format!("{at}.lua")).expect("a path") }
    }

    fn search(text: &str, is_case_sensitive: bool, files: &[&str]) -> Found {
        let files = files.iter().enumerate().map(|(at, text)| (file(at as u32), *text));
        Found::search(files, &Needle::new(text, is_case_sensitive))
    }

    /// File, line and text of each line, with brackets around hits.
    fn shown(found: &Found) -> Vec<String> {
        let part = |(text, is_hit): &(String, bool)| if *is_hit { format!("[{text}]") } else { text.clone() };
        let lines = (0..found.count()).filter_map(|index| found.line(index));
        lines
            .map(|(file, line)| {
                format!("{}:{} {}", file.path, line.number, line.parts.iter().map(part).collect::<String>())
            })
            .collect()
    }

    #[test]
    fn lines_are_found_in_all_files_with_each_hit_marked() {
        let found = search("Local", false, &["local a\n  x = LOCAL locality", "none", "\r\nlocal\r\n"]);
        assert_eq!(shown(&found), ["0.lua:1 [local] a", "0.lua:2 x = [LOCAL] [local]ity", "2.lua:2 [local]"]);
        assert_eq!(found.note(), "3 lines in 2 files");
        assert_eq!(search("x", false, &["y"]).note(), "No file contains this.");
        assert_eq!(search("", false, &["y"]).count(), 0);
    }

    #[test]
    fn the_columns_of_the_first_hit_are_those_of_the_editor() {
        let columns = |text: &str| search("hit", false, &[text]).line(0).map(|(_, line)| line.columns.clone());
        assert_eq!(columns("hit hit"), Some(1..4));
        assert_eq!(columns("\té HIT"), Some(4..7));
        assert_eq!(columns("🙂 hit"), Some(4..7));
        let wide = search("🙂é", false, &["a🙂É"]);
        assert_eq!(wide.line(0).map(|(_, line)| line.columns.clone()), Some(2..5));
    }

    #[test]
    fn case_counts_only_where_it_is_wanted() {
        assert_eq!(shown(&search("A", true, &["aAa"])), ["0.lua:1 a[A]a"]);
        assert_eq!(shown(&search("größe", false, &["GRÖßE Größe"])), ["0.lua:1 [GRÖßE] [Größe]"]);
        assert_eq!(shown(&search("é", false, &["É"])), ["0.lua:1 [É]"]);
        assert_eq!(shown(&search("aa", false, &["AaAaA"])), ["0.lua:1 [Aa][Aa]A"]);
    }

    #[test]
    fn of_a_long_line_what_is_around_the_first_hit_is_shown() {
        let line = ["é".repeat(500), "hit".to_owned(), "é".repeat(500)].concat();
        let found = search("hit", false, &[&line]);
        let parts = &found.line(0).expect("a line").1.parts;
        assert_eq!((parts[0].0.as_str(), parts[1].0.chars().count(), &parts[2]), ("…", 13, &("hit".to_owned(), true)));
        assert_eq!((parts[3].0.chars().count(), parts[4].0.as_str()), (157, "…"));
    }

    #[test]
    fn not_more_than_the_maximum_is_listed() {
        let text = "x\n".repeat(MAX_LINES);
        assert_eq!(search("x", false, &[&text]).note(), "200 lines in 1 file");
        let found = search("x", false, &["x", &text]);
        assert_eq!((found.count(), found.note().as_str()), (MAX_LINES, "200 lines in 2 files, and there are more"));
        assert!(search("x", false, &[&text, "x"]).has_more);
    }
}
