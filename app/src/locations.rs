//! Locations in messages and tracebacks: `main.lua:12` in a text that is otherwise free.

use wire::{SourceLocation, SourcePath};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text without a location.
    Plain(String),
    /// `main.lua:12`, a line of a file.
    Location(SourceLocation),
}

/// Cuts a text at the locations in it that are in one of these files. The pieces together are the text.
pub fn segments(text: &str, files: &[SourcePath]) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut plain_start = 0;
    for (colon, _) in text.match_indices(':') {
        let Some((line, end)) = line_after(text, colon + 1) else { continue };
        let Some(path) = file_at_end(&text[plain_start..colon], files) else { continue };
        let start = colon - path.as_str().len();
        if plain_start < start {
            pieces.push(Segment::Plain(text[plain_start..start].to_owned()));
        }
        pieces.push(Segment::Location(SourceLocation { path: path.clone(), line }));
        plain_start = end;
    }
    if plain_start < text.len() {
        pieces.push(Segment::Plain(text[plain_start..].to_owned()));
    }
    pieces
}

/// The line whose digits begin here, and where they end.
fn line_after(text: &str, start: usize) -> Option<(u32, usize)> {
    let digits = &text[start..];
    let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let line = digits[..length].parse().ok().filter(|line| *line > 0)?;
    Some((line, start + length))
}

/// The file whose path, and not only the end of a longer one, ends this text.
fn file_at_end<'a>(text: &str, files: &'a [SourcePath]) -> Option<&'a SourcePath> {
    let is_at_end = |file: &&SourcePath| text.strip_suffix(file.as_str()).is_some_and(|before| !ends_in_a_name(before));
    files.iter().filter(is_at_end).max_by_key(|file| file.as_str().len())
}

/// Whether what follows this text is the end of a longer name, such as `domain.lua`.
fn ends_in_a_name(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_-./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let file = |name| SourcePath::parse(name).expect(name);
        let files = [file("main.lua"), file("a b.lua"), file("lib/main.lua"), file("b.lua")];
        segments(text, &files)
            .into_iter()
            .map(|segment| match segment {
                Segment::Plain(text) => text,
                Segment::Location(location) => format!("<{location}>"),
            })
            .collect()
    }

    #[test]
    fn locations_are_found_in_messages_and_tracebacks() {
        assert_eq!(shown("main.lua:9: attempt to index a nil value"), "<main.lua:9>: attempt to index a nil value");
        assert_eq!(shown("\tmain.lua:2: in function <main.lua:1>"), "\t<main.lua:2>: in function <<main.lua:1>>");
        assert_eq!(shown("a\nlib/main.lua:12"), "a\n<lib/main.lua:12>");
        assert_eq!(shown("see a b.lua:1:2 and b.lua:3"), "see <a b.lua:1>:2 and <b.lua:3>");
    }

    #[test]
    fn what_only_looks_like_a_location_stays_text() {
        for text in [
            "domain.lua:3",
            "other.lua:3",
            "x/main.lua:3",
            "main.lua",
            "main.lua:",
            "main.lua:x",
            "main.lua:0",
            "main.lua:99999999999",
            "",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
