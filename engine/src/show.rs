//! Values in Lua notation, shortened to one line.

use wire::Key;

use crate::image::{FunctionId, HeapImage, NativeId, NativeKind, Opaque, Value};

/// How many bytes of a string are shown.
const MAX_STRING_BYTES: usize = 200;
const KEYWORDS: [&str; 22] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// Whether a key can be written as `t.name`.
pub fn is_name(key: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(key) else { return false };
    let mut characters = text.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|character| character.is_ascii_alphanumeric() || character == '_')
        && !KEYWORDS.contains(&text)
}

/// A key as written in a table constructor: `name`, `[1]`, `["two words"]`.
pub fn key(image: &HeapImage, key: &Value) -> String {
    match key {
        Value::String(id) if is_name(&image[*id]) => String::from_utf8_lossy(&image[*id]).into_owned(),
        other => format!("[{}]", value(image, other)),
    }
}

/// A value in one line; tables and functions without their contents.
pub fn value(image: &HeapImage, value: &Value) -> String {
    match value {
        Value::Nil => "nil".into(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Integer(integer) => integer.to_string(),
        Value::Float(float) => self::float(*float),
        Value::String(id) => string(&image[*id]),
        Value::Table(id) => {
            let table = image.table(*id);
            if table.sequence.is_empty() && table.entries.is_empty() { "{}".into() } else { "{…}".into() }
        }
        Value::Function(id) => function(image, *id),
        Value::Native(id) => native(image, *id),
        Value::Permanent(id) => image[*id].to_owned(),
        Value::Opaque(Opaque::SourcelessFunction) => "function".into(),
        Value::Opaque(
            Opaque::MainCoroutine | Opaque::RunningCoroutine | Opaque::NativeCoroutine | Opaque::SourcelessCoroutine,
        ) => Opaque::Coroutine.name().into(),
        Value::Opaque(kind) => kind.name().into(),
    }
}

fn function(image: &HeapImage, id: FunctionId) -> String {
    let prototype = image.prototype_of(id);
    let mut parameters: Vec<&str> = prototype.parameters.iter().collect();
    if prototype.is_vararg {
        parameters.push("...");
    }
    format!("function({})", parameters.join(", "))
}

/// What a native object is: `coroutine, suspended at main.lua:12`.
fn native(image: &HeapImage, id: NativeId) -> String {
    let native = image.native(id);
    match native.kind {
        NativeKind::Wrap => match native.slot(0) {
            Some(Value::Native(id)) if image.native(id).kind == NativeKind::Coroutine => {
                ["function of a ", &self::native(image, id)].concat()
            }
            _ => "function".into(),
        },
        NativeKind::Matches => "function of string.gmatch".into(),
        NativeKind::Coroutine => match native.place() {
            Some((chunk, line)) => ["coroutine, suspended at ", chunk.name, ":", &line.to_string()].concat(),
            None => ["coroutine, ", native.status()].concat(),
        },
    }
}

/// A float as `tostring` formats it: `%.14g`, with `.0` appended if that looks like an integer.
pub fn float(float: f64) -> String {
    if float.is_nan() {
        return if float.is_sign_negative() { "-nan" } else { "nan" }.into();
    }
    if float.is_infinite() {
        return if float < 0.0 { "-inf" } else { "inf" }.into();
    }
    lua::text_of(float, 14)
}

/// A string in quotes, with Lua's escapes. Bytes that are not UTF-8 are written as `\xNN`; long strings are truncated.
pub fn string(bytes: &[u8]) -> String {
    let mut shown = &bytes[..bytes.len().min(MAX_STRING_BYTES)];
    if shown.len() < bytes.len() {
        // Do not cut in the middle of a character.
        while shown.len() > MAX_STRING_BYTES - 4 && bytes[shown.len()] & 0xC0 == 0x80 {
            shown = &shown[..shown.len() - 1];
        }
    }
    let mut text = quoted(shown, |control| match control {
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        '\0' => "\\0".into(),
        other => format!("\\u{{{:x}}}", u32::from(other)),
    });
    if shown.len() < bytes.len() {
        text.push_str(&format!("… ({} bytes)", bytes.len()));
    }
    text
}

/// How a path goes on to the value at a key: `.name` or `[key]`, with these texts for strings and floats.
pub fn step_to(key: &Key, string: fn(&[u8]) -> String, float: fn(f64) -> String) -> String {
    let text = match key {
        Key::String(name) if is_name(name) => return [".", &String::from_utf8_lossy(name)].concat(),
        Key::String(name) => string(name),
        Key::Boolean(key) => key.to_string(),
        Key::Integer(key) => key.to_string(),
        Key::Float(bits) => float(f64::from_bits(*bits)),
        Key::Entry(_) => "…".into(),
    };
    format!("[{text}]")
}

/// Bytes in quotes, with Lua's escapes. `of_control` writes control characters but for the line feed.
pub fn quoted(bytes: &[u8], of_control: impl Fn(char) -> String) -> String {
    let mut text = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => text.extend(['\\', character]),
                '\n' => text.push_str("\\n"),
                control if control.is_control() => text.push_str(&of_control(control)),
                other => text.push(other),
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_look_as_lua_prints_them() {
        let cases = [
            (3.0, "3.0"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (1e100, "1e+100"),
            (1e14, "1e+14"),
            (123456789012345.0, "1.2345678901234e+14"),
            (1e13, "10000000000000.0"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (std::f64::consts::PI, "3.1415926535898"),
            (f64::INFINITY, "inf"),
            (-f64::INFINITY, "-inf"),
        ];
        for (value, text) in cases {
            assert_eq!(float(value), text);
        }
    }

    #[test]
    fn strings_are_quoted_and_cut_between_characters() {
        assert_eq!(string(b"a\"\\\n\0\xff"), "\"a\\\"\\\\\\n\\0\\xFF\"");
        let long = "é".repeat(150);
        let shown = string(long.as_bytes());
        assert!(shown.starts_with("\"éé") && shown.ends_with("é\"… (300 bytes)"), "{shown}");
    }

    #[test]
    fn keywords_are_not_names() {
        assert!(is_name(b"_x9"));
        assert!(!is_name(b"end"));
        assert!(!is_name(b"9x"));
        assert!(!is_name("é".as_bytes()));
    }
}
