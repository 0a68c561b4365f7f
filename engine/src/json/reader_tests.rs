//! Valid texts and their tokens; invalid texts and the position of the error.

use super::*;

/// The line and column of a error, in characters, each from 1.
fn position(error: SyntaxError, text: &str) -> (usize, usize) {
    let before = &text[..error.offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

fn read(text: &str) -> Result<String, SyntaxError> {
    let mut reader = Reader::new(text);
    let mut shown = String::new();
    while let Some(token) = reader.next_token()? {
        shown.push_str(&match token {
            Token::Null => "null ".to_owned(),
            Token::Boolean(boolean) => format!("{boolean} "),
            Token::Number(number) => format!("{number} "),
            Token::String(text) => format!("{:?} ", text.decoded()),
            Token::Name(text) => format!("{}= ", text.decoded()),
            Token::ArrayStart => "[ ".to_owned(),
            Token::ObjectStart => "{ ".to_owned(),
            Token::End => "end ".to_owned(),
        });
    }
    Ok(shown.trim_end().to_owned())
}

#[test]
fn valid_texts_yield_their_tokens() {
    let cases = [
        ("null", "null"),
        (" [ ] ", "[ end"),
        ("{}\n", "{ end"),
        ("[true,false , null]", "[ true false null end"),
        ("[0, -0, 12, -3.5e+10, 1E5, 0.25]", "[ 0 -0 12 -3.5e+10 1E5 0.25 end"),
        (r#"{"a": {"b": []}, "": 1}"#, "{ a= { b= [ end end = 1 end"),
        (r#""\"\\\/\b\f\n\r\tA\u00e9é""#, r#""\"\\/\u{8}\u{c}\n\r\tAéé""#),
        (r#""\ud83d\ude00 \ud83d \ude00 \ud83d\u0041 \ud83d""#, "\"😀 \u{fffd} \u{fffd} \u{fffd}A \u{fffd}\""),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn invalid_texts_are_refused_at_the_right_position() {
    let cases = [
        ("", (1, 1)),
        (" \n ", (2, 2)),
        ("{\n  \"a\": x\n}", (2, 8)),
        ("{\"a\": 1,\n  b: 2}", (2, 3)),
        ("[1,\n2", (2, 2)),
        ("[1,]", (1, 4)),
        ("[,1]", (1, 2)),
        ("[1 2]", (1, 4)),
        ("[1}", (1, 3)),
        ("{\"a\"}", (1, 5)),
        ("{\"a\": 1,}", (1, 9)),
        ("{\"ä\": 1 \"b\"}", (1, 9)),
        ("{} 1", (1, 4)),
        ("]", (1, 1)),
        ("'a'", (1, 1)),
        ("nul", (1, 1)),
        ("NaN", (1, 1)),
        ("01", (1, 2)),
        ("1.", (1, 3)),
        (".5", (1, 1)),
        ("-", (1, 2)),
        ("1e", (1, 3)),
        ("+1", (1, 1)),
        ("\"a", (1, 3)),
        ("\"a\nb\"", (1, 3)),
        ("\"\\x\"", (1, 3)),
        ("\"\\u12g4\"", (1, 6)),
        ("\"\\", (1, 3)),
        ("\u{feff}1", (1, 1)),
    ];
    for (text, position) in cases {
        assert_eq!(read(text).map_err(|error| self::position(error, text)), Err(position), "{text:?}");
    }
}

#[test]
fn nesting_uses_no_call_stack() {
    let depth = 1_000_000;
    let text = "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&text).is_ok());
    assert_eq!(read(&text[1..]).map_err(|error| error.offset), Err(2 * depth - 2));
}
