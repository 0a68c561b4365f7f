//! Lua as text, for the plain editor: which parts have which colour, and how far the next line is indented. Reads
//! unfinished programs too: whatever does not end ends with the line, or with the text.

use std::ops::Range;

/// What a part of a program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What has no colour.
    Other,
    /// A comment.
    Comment,
    /// A string.
    String,
    /// A number.
    Number,
    /// A keyword, or a value that is written as one.
    Keyword,
}

impl Kind {
    /// The class that gives it its colour.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Other => "",
            Kind::Comment => "is-comment",
            Kind::String => "is-string",
            Kind::Number => "is-number",
            Kind::Keyword => "is-keyword",
        }
    }
}

const KEYWORDS: [&str; 22] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// The parts of these lines of a program, counted from 0, with their line breaks. All of it is read up to there: a long
/// comment may begin far above.
pub fn parts(text: &str, lines: Range<usize>) -> Vec<(Kind, &str)> {
    let shown = span_of(text, lines);
    let mut parts: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < shown.end {
        let (kind, length) = token(&text[at..]);
        let end = (at + length).min(shown.end);
        let start = at.max(shown.start);
        if start < end {
            match parts.last_mut() {
                Some((last, range)) if *last == kind => range.end = end,
                _ => parts.push((kind, start..end)),
            }
        }
        at += length;
    }
    parts.into_iter().map(|(kind, range)| (kind, &text[range])).collect()
}

/// These lines of a program as HTML: each an element with its number, and what has a colour in one with its class. The line
/// of an error, counted from 1, is marked.
pub fn to_html(text: &str, lines: Range<usize>, is_lua: bool, error: Option<u32>) -> String {
    let parts =
        if is_lua { parts(text, lines.clone()) } else { vec![(Kind::Other, &text[span_of(text, lines.clone())])] };
    let mut html = String::new();
    let mut number = lines.start + 1;
    let begin = |html: &mut String, number: usize| {
        let class =
            if error.is_some_and(|line| line as usize == number) { "plain-line is-error" } else { "plain-line" };
        html.extend(["<div class=\"", class, "\" data-line=\"", &number.to_string(), "\">"]);
    };
    begin(&mut html, number);
    for (kind, part) in parts {
        for (at, piece) in part.split('\n').enumerate() {
            if at > 0 {
                number += 1;
                if number > lines.end {
                    break;
                }
                html.push_str("</div>");
                begin(&mut html, number);
            }
            let piece = piece.replace('&', "&amp;").replace('<', "&lt;");
            match kind {
                Kind::Other => html.push_str(&piece),
                _ => html.extend(["<span class=\"", kind.class(), "\">", &piece, "</span>"]),
            }
        }
    }
    html.push_str("</div>");
    html
}

/// Where these lines are in a text.
fn span_of(text: &str, lines: Range<usize>) -> Range<usize> {
    let start_of = |line: usize| match line.checked_sub(1) {
        None => 0,
        Some(before) => text.match_indices('\n').nth(before).map_or(text.len(), |(at, _)| at + 1),
    };
    start_of(lines.start)..start_of(lines.end)
}

/// What a text that is not empty begins with, and how many bytes of it that is.
fn token(text: &str) -> (Kind, usize) {
    let bytes = text.as_bytes();
    let while_some = |is_part: fn(u8) -> bool| bytes.iter().position(|byte| !is_part(*byte)).unwrap_or(bytes.len());
    match bytes[0] {
        b'-' if text.starts_with("--") => {
            let length = long_bracket(&text[2..]).map(|length| length + 2);
            (Kind::Comment, length.unwrap_or_else(|| text.find('\n').unwrap_or(text.len())))
        }
        b'[' => long_bracket(text).map_or((Kind::Other, 1), |length| (Kind::String, length)),
        quote @ (b'"' | b'\'') => (Kind::String, quoted(text, quote)),
        b'0'..=b'9' => (Kind::Number, number(bytes)),
        b'.' if text.starts_with("..") => (Kind::Other, while_some(|byte| byte == b'.')),
        b'.' if bytes.get(1).is_some_and(u8::is_ascii_digit) => (Kind::Number, number(bytes)),
        byte if is_in_name(byte) => {
            let name = &text[..while_some(is_in_name)];
            (if KEYWORDS.contains(&name) { Kind::Keyword } else { Kind::Other }, name.len())
        }
        _ => (Kind::Other, text.chars().next().map_or(1, char::len_utf8)),
    }
}

fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How long a long string or the rest of a long comment is, if the text begins with one.
fn long_bracket(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let level = inner.bytes().take_while(|byte| *byte == b'=').count();
    inner.get(level..)?.starts_with('[').then_some(())?;
    let close = ["]", &"=".repeat(level), "]"].concat();
    Some(text.find(&close).map_or(text.len(), |at| at + close.len()))
}

/// How long a string in quotes is. One that does not end ends with its line.
fn quoted(text: &str, quote: u8) -> usize {
    let (bytes, mut at) = (text.as_bytes(), 1);
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\n' => return at,
            byte if byte == quote => return at + 1,
            b'\\' => {
                // What follows may be a character of several bytes.
                at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
            }
            _ => at += 1,
        }
    }
    text.len()
}

fn number(bytes: &[u8]) -> usize {
    let is_hexadecimal = bytes.len() > 1 && matches!(bytes[1], b'x' | b'X');
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        let is_exponent =
            if is_hexadecimal { matches!(bytes[at - 1], b'p' | b'P') } else { matches!(bytes[at - 1], b'e' | b'E') };
        let is_part = is_in_name(*byte) || *byte == b'.' && bytes.get(at + 1) != Some(&b'.') && bytes[at - 1] != b'.';
        let is_sign = is_exponent && matches!(byte, b'+' | b'-');
        if !is_part && !is_sign {
            break;
        }
        at += 1;
    }
    at
}

/// What the line after this one begins with: its indentation, and one step more where it opens a block.
pub fn next_indentation(line: &str, step: &str) -> String {
    let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let mut depth = 0i32;
    for (kind, part) in parts(line, 0..1) {
        match kind {
            Kind::Keyword => {
                depth += match part {
                    "function" | "then" | "do" | "repeat" | "else" => 1,
                    "end" | "until" => -1,
                    _ => 0,
                };
            }
            Kind::Other => depth += part.bytes().map(bracket_depth).sum::<i32>(),
            _ => {}
        }
    }
    // A line that closes what others opened is as far in as it should be already.
    if depth > 0 { [indentation, step].concat() } else { indentation.to_owned() }
}

fn bracket_depth(byte: u8) -> i32 {
    match byte {
        b'(' | b'{' | b'[' => 1,
        b')' | b'}' | b']' => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colored(text: &str) -> String {
        let lines = text.matches('\n').count() + 1;
        let sign = |kind| match kind {
            Kind::Other => "",
            Kind::Comment => "c",
            Kind::String => "s",
            Kind::Number => "n",
            Kind::Keyword => "k",
        };
        let show = |(kind, part): (Kind, &str)| {
            if kind == Kind::Other { part.to_owned() } else { format!("{}<{part}>", sign(kind)) }
        };
        parts(text, 0..lines).into_iter().map(show).collect()
    }

    #[test]
    fn lua_has_its_colors() {
        assert_eq!(colored("local x = 0x1Fp-2 + .5e+3 -- done"), "k<local> x = n<0x1Fp-2> + n<.5e+3> c<-- done>");
        assert_eq!(colored("return'a\\'b'..\"c\""), "k<return>s<'a\\'b'>..s<\"c\">");
        assert_eq!(colored("a[1]=[==[x]]y]==]"), "a[n<1>]=s<[==[x]]y]==]>");
        assert_eq!(colored("ended = 1..2 end1"), "ended = n<1>..n<2> end1");
        assert_eq!(colored("--[[a\nb]] é = 1"), "c<--[[a\nb]]> é = n<1>");
    }

    #[test]
    fn what_does_not_end_ends_with_the_line_or_the_text() {
        assert_eq!(colored("x = \"a\ny = 1"), "x = s<\"a>\ny = n<1>");
        assert_eq!(colored("--[[a\nb"), "c<--[[a\nb>");
        assert_eq!(colored("[=[é"), "s<[=[é>");
        for text in ["", "\"\\", "'\\é", "--", "--[", "[=", "0x", "1e", "\\", "\n", "\u{0}", "é"] {
            assert_eq!(parts(text, 0..9).into_iter().map(|(_, part)| part).collect::<String>(), text);
        }
    }

    #[test]
    fn only_the_wanted_lines_are_given_in_the_colors_that_they_have_in_all_of_it() {
        let text = "--[[\na\nb\n]] x = 1\nlast";
        assert_eq!(parts(text, 1..3), [(Kind::Comment, "a\nb\n")]);
        assert_eq!(parts(text, 4..9), [(Kind::Other, "last")]);
        assert_eq!(parts(text, 7..9), []);
        let long = "x = 'text' -- and a comment\n".repeat(100_000);
        assert_eq!(parts(&long, 99_999..100_000).len(), 5);
    }

    #[test]
    fn lines_become_elements_with_their_numbers_and_nothing_in_them_is_html() {
        fn line(number: u32, html: &str) -> String {
            format!("<div class=\"plain-line\" data-line=\"{number}\">{html}</div>")
        }
        fn comment(html: &str) -> String {
            format!("<span class=\"is-comment\">{html}</span>")
        }
        let text = "--[[<b>\n&]] x\ny";
        let expected = [line(1, &comment("--[[&lt;b>")), line(2, &[&comment("&amp;]]"), " x"].concat())].concat();
        assert_eq!(to_html(text, 0..2, true, None), expected);
        assert_eq!(to_html(text, 2..9, true, None), line(3, "y"));
        assert_eq!(to_html(text, 0..1, false, None), line(1, "--[[&lt;b>"));
        assert!(to_html(text, 1..3, true, Some(3)).ends_with("is-error\" data-line=\"3\">y</div>"));
        assert_eq!(to_html("", 0..3, true, None), line(1, ""));
        assert_eq!(to_html("a\n", 0..3, true, None), [line(1, "a"), line(2, "")].concat());
    }

    #[test]
    fn the_next_line_is_indented_where_a_block_opens() {
        let next = |line: &str| next_indentation(line, "  ");
        for line in ["if x then", "for i = 1, 3 do", "local t = {", "f(function(a)", "else", "elseif y then", "repeat"]
        {
            assert_eq!(next(line), "  ", "{line}");
            assert_eq!(next(&["\t ", line].concat()), "\t   ", "{line}");
        }
        for line in ["", "x = 1", "if x then y() end", "end", "}", "t = {}", "-- do", "'then'", "until x", "end)"] {
            assert_eq!(next(line), "", "{line}");
        }
        assert_eq!(next("    return x"), "    ");
    }
}
