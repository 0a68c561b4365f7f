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

/// Cases of the kinds that <https://github.com/nst/JSONTestSuite> has: what every reader must take.
#[test]
fn every_kind_of_json_is_taken() {
    let cases = [
        "[[]   ]",
        "[\"\"]",
        "[]",
        "[\"a\"]",
        "[false]",
        "[null, 1, \"1\", {}]",
        "[null]",
        "[1\n]",
        " [1]",
        "[1,null,null,null,2]",
        "[2] ",
        "[123e65]",
        "[0e+1]",
        "[0e1]",
        "[ 4]",
        "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
        "[20e1]",
        "[-0]",
        "[-123]",
        "[-1]",
        "[1E22]",
        "[1E-2]",
        "[1E+2]",
        "[123e45]",
        "[123.456e78]",
        "[1e-2]",
        "[1e+2]",
        "[123]",
        "[123.456789]",
        "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}",
        "{\"asd\":\"sdf\"}",
        "{\"a\":\"b\",\"a\":\"c\"}",
        "{}",
        "{\"\":0}",
        "{\"foo\\u0000bar\": 42}",
        "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
        "{\"a\":[]}",
        "{\n\"a\": \"b\"\n}",
        "[\"\\u0060\\u012a\\u12AB\"]",
        "[\"\\uD801\\udc37\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
        "[\"\\\\u0000\"]",
        "[\"a/*b*/c/*d//e\"]",
        "[\"\\\\a\"]",
        "[\"\\u0012\"]",
        "[\"\\uFFFF\"]",
        "[\"asd \"]",
        "[\"\u{10ffff}\"]",
        "[\"\u{2028}\"]",
        "[\"\u{7f}\"]",
        "\" \"",
        "[\"\\u0061\\u30af\"]",
        "[\"new\\u000Aline\"]",
        "false",
        "42",
        "-0.1",
        "null",
        "\"asd\"",
        "true",
        "\"\"",
        "[\"a\"]\n",
        "[true]",
        " [] ",
        "\t\r\n[ ]",
        // What a reader may take or refuse: numbers beyond a float, halves of surrogate pairs.
        "[123123e100000]",
        "[-1e+9999]",
        "[1e-10000]",
        "[100000000000000000000]",
        "[\"\\uDADA\"]",
        "[\"\\uDd1e\\uD834\"]",
    ];
    for text in cases {
        assert!(read(text).is_ok(), "{text:?}: {:?}", read(text));
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(read(&deep).is_ok());
}

/// What every reader must refuse.
#[test]
fn everything_else_is_refused() {
    let cases = [
        "[1 true]",
        "[\"\": 1]",
        "[\"\"],",
        "[,1]",
        "[1,,2]",
        "[\"x\",,]",
        "[\"x\"]]",
        "[\"\",]",
        "[\"x\"",
        "[3[4]]",
        "[1:2]",
        "[,",
        "[   , \"\"]",
        "[\"a\",\n4\n,1",
        "[1,]",
        "[\"\u{b}a\"\\f]",
        "[*]",
        "[\"\"",
        "[1,",
        "[1,\n1\n,1",
        "[{}",
        "[fals]",
        "[nul]",
        "[tru]",
        "123\0",
        "[++1234]",
        "[+1]",
        "[+Inf]",
        "[-01]",
        "[-1.0.]",
        "[-2.]",
        "[-NaN]",
        "[.-1]",
        "[.2e-3]",
        "[0.1.2]",
        "[0.3e+]",
        "[0.3e]",
        "[0.e1]",
        "[0E+]",
        "[0E]",
        "[0e+]",
        "[0e]",
        "[1.0e+]",
        "[1.0e-]",
        "[1.0e]",
        "[1 000.0]",
        "[1eE2]",
        "[2.e+3]",
        "[2.e-3]",
        "[9.e+]",
        "[Inf]",
        "[NaN]",
        "[\u{ff11}]",
        "[1+2]",
        "[0x1]",
        "[0x42]",
        "[Infinity]",
        "[0e+-1]",
        "[-123.123foo]",
        "[-Infinity]",
        "[-foo]",
        "[- 1]",
        "[-012]",
        "[-.123]",
        "[1ea]",
        "[1.]",
        "[.123]",
        "[1.2a-3]",
        "[012]",
        "[\"x\", truth]",
        "{[: \"x\"}",
        "{\"x\", null}",
        "{\"x\"::\"b\"}",
        "{\u{1f1e8}}",
        "{\"a\":\"a\" 123}",
        "{key: 'value'}",
        "{\"a\" b}",
        "{:\"b\"}",
        "{\"a\" \"b\"}",
        "{\"a\":",
        "{\"a\"",
        "{1:1}",
        "{9999E9999:1}",
        "{null:null}",
        "{\"id\":0,,,,,}",
        "{'a':0}",
        "{\"id\":0,}",
        "{\"a\":\"b\"}/**/",
        "{\"a\":\"b\"}//",
        "{\"a\":\"b\",,\"c\":\"d\"}",
        "{a: \"b\"}",
        "{\"a\":\"a",
        "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#",
        " ",
        "[\"\\uD800\\\"]",
        "[\"\\uD800\\u\"]",
        "[\"\\uD800\\u1\"]",
        "[\"\\uD800\\u1x\"]",
        "[\u{e9}]",
        "[\"\\x00\"]",
        "[\"\\\\\\\"]",
        "[\"\\\t\"]",
        "[\"\\\u{1f300}\"]",
        "[\"\\\"]",
        "[\"\\u00A\"]",
        "[\"\\uD834\\Dd\"]",
        "[\"\\a\"]",
        "[\"\\uqqqq\"]",
        "[\\u0020\"asd\"]",
        "[\\n]",
        "\"",
        "['single quote']",
        "abc",
        "[\"\\",
        "[\"a\0a\"]",
        "[\"new\nline\"]",
        "[\"\t\"]",
        "\"\\UA66D\"",
        "\"\"x",
        "[\u{2060}]",
        "\u{feff}",
        "<.>",
        "[<null>]",
        "[1]x",
        "[1]]",
        "[True]",
        "1]",
        "{\"x\": true,",
        "[][]",
        "]",
        "{\"a\": true} \"x\"",
        "{",
        "[",
        "",
        "\0",
        "[\"asd]",
        "a\u{e5}",
        "[True]",
        "{}}",
        "{\"\":",
        "{\"a\":/*comment*/\"b\"}",
        "[\u{c}]",
        "\u{2060}[]",
        "*",
        "{\"a\":\"b\"}#{}",
        "[\"a",
        "[\"\\{[\"",
    ];
    for text in cases {
        assert!(read(text).is_err(), "{text:?}: {:?}", read(text));
    }
    assert!(read(&"[".repeat(100_000)).is_err());
    assert!(read(&"[{\"\":".repeat(50_000)).is_err());
}
