//! Places in messages and tracebacks: `main.lua:12` in a text that is otherwise free.

/// The name of the program in the editor, as Lua's messages give it.
pub const PROGRAM_NAME: &str = "main.lua";

/// The name of a chunk typed at the console's prompt.
pub const PROMPT_NAME: &str = "console";

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text without a place.
    Plain(String),
    /// `main.lua:12`, a line of the editor.
    Place {
        /// The line, from 1.
        line: u32,
    },
}

/// Cuts a text at the places of the editor's program in it. The pieces together are the text.
pub fn segments(text: &str) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut plain_start = 0;
    let mut position = 0;
    while let Some(found) = text[position..].find(PROGRAM_NAME) {
        let start = position + found;
        position = start + PROGRAM_NAME.len();
        let Some((line, length)) = line_after(&text[position..]) else { continue };
        if continues_a_name(&text[..start]) {
            continue;
        }
        if plain_start < start {
            pieces.push(Segment::Plain(text[plain_start..start].to_owned()));
        }
        pieces.push(Segment::Place { line });
        position += length;
        plain_start = position;
    }
    if plain_start < text.len() {
        pieces.push(Segment::Plain(text[plain_start..].to_owned()));
    }
    pieces
}

/// `:12` at the start of the text: the line and how many bytes it takes.
fn line_after(text: &str) -> Option<(u32, usize)> {
    let digits = text.strip_prefix(':')?;
    let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let line = digits[..length].parse().ok().filter(|line| *line > 0)?;
    Some((line, length + 1))
}

/// Whether what follows this text is the end of a longer name, such as `domain.lua`.
fn continues_a_name(before: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "_-./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        segments(text)
            .into_iter()
            .map(|segment| match segment {
                Segment::Plain(text) => text,
                Segment::Place { line } => format!("<{line}>"),
            })
            .collect()
    }

    #[test]
    fn places_are_found_in_messages_and_tracebacks() {
        assert_eq!(shown("main.lua:9: attempt to index a nil value"), "<9>: attempt to index a nil value");
        assert_eq!(shown("\tmain.lua:2: in function <main.lua:1>"), "\t<2>: in function <<1>>");
        assert_eq!(shown("a\nmain.lua:12"), "a\n<12>");
    }

    #[test]
    fn what_only_looks_like_a_place_stays_text() {
        for text in ["domain.lua:3", "main.lua", "main.lua:", "main.lua:x", "main.lua:0", "main.lua:99999999999", ""] {
            assert_eq!(shown(text), text);
        }
    }
}
