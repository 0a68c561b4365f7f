//! The text at the console's prompt, as far as its lines matter.

use std::collections::VecDeque;

/// Whether a place, counted in UTF-16 units as the browser does, is in the first line.
pub fn is_in_first_line(text: &str, place: u32) -> bool {
    !text.encode_utf16().take(place as usize).any(is_line_feed)
}

/// Whether a place, counted in UTF-16 units as the browser does, is in the last line.
pub fn is_in_last_line(text: &str, place: u32) -> bool {
    !text.encode_utf16().skip(place as usize).any(is_line_feed)
}

fn is_line_feed(unit: u16) -> bool {
    unit == u16::from(b'\n')
}

/// The prompt's text after the beginning of a statement was run: it, and room for the rest. What was typed since then
/// follows.
pub fn continued(beginning: &str, typed_since: &str) -> String {
    format!("{beginning}\n{typed_since}")
}

/// The prompt's text after a run that had put `before` aside, with what was typed for the program and not given to it.
pub fn restored(before: &str, typed_since: &str) -> String {
    let parts = [before, typed_since];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The lines that were typed for a program before it asks for them, such as by pasting several. `None` is the end of
/// the input.
#[derive(Debug, Default)]
pub struct LinesAhead(VecDeque<Option<String>>);

impl LinesAhead {
    /// Takes a text, whose first line is for now and is returned; the others wait.
    pub fn split(&mut self, text: &str) -> String {
        let mut lines = text.split('\n').map(str::to_owned);
        let first = lines.next().unwrap_or_default();
        self.0.extend(lines.map(Some));
        first
    }

    /// Has all lines of a text wait.
    pub fn push(&mut self, text: &str) {
        self.0.extend(text.split('\n').map(|line| Some(line.to_owned())));
    }

    /// Has the end of the input wait.
    pub fn push_end(&mut self) {
        self.0.push_back(None);
    }

    /// What has waited longest: a line, or the end of the input.
    pub fn next_line(&mut self) -> Option<Option<String>> {
        self.0.pop_front()
    }

    /// The program is over and will not ask again.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_the_browser_does() {
        // The first character takes two units.
        let text = "😀a\nb";
        assert!(is_in_first_line(text, 3) && !is_in_last_line(text, 3));
        assert!(!is_in_first_line(text, 4) && is_in_last_line(text, 4));
        assert!(is_in_first_line("one", 3) && is_in_last_line("one", 0));
    }

    #[test]
    fn a_beginning_is_followed_by_what_was_typed_since() {
        assert_eq!(continued("for i = 1, 3 do", ""), "for i = 1, 3 do\n");
        assert_eq!(continued("for i = 1, 3 do", "print(i)"), "for i = 1, 3 do\nprint(i)");
    }

    #[test]
    fn what_was_put_aside_comes_back_and_nothing_typed_since_is_lost() {
        assert_eq!(restored("print(1", ""), "print(1");
        assert_eq!(restored("", "41"), "41");
        assert_eq!(restored("print(1", "41"), "print(1\n41");
    }

    #[test]
    fn a_program_gets_pasted_lines_one_by_one() {
        let mut ahead = LinesAhead::default();
        assert_eq!(ahead.split("one\ntwo\nthree"), "one");
        assert_eq!(ahead.next_line(), Some(Some("two".to_owned())));
        assert_eq!(ahead.split("four"), "four");
        assert_eq!(ahead.next_line(), Some(Some("three".to_owned())));
        assert_eq!(ahead.next_line(), None);
        ahead.push("five");
        ahead.push_end();
        assert_eq!(ahead.next_line(), Some(Some("five".to_owned())));
        assert_eq!(ahead.next_line(), Some(None));
        ahead.split("a\nb");
        ahead.clear();
        assert_eq!(ahead.next_line(), None);
    }
}
