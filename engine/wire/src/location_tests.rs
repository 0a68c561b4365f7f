use super::*;

fn path(text: &str) -> SourcePath {
    SourcePath::parse(text).expect(text)
}

#[test]
fn the_path_of_a_file_is_taken_apart() {
    let parts = |text: &str| {
        let path = path(text);
        let (name, extension, parent) = (path.file_name(), path.extension(), path.parent());
        format!("{name} {} {}", extension.unwrap_or("-"), parent.unwrap_or("-"))
    };
    assert_eq!(parts("main.lua"), "main.lua lua -");
    assert_eq!(parts("a/b c/json.min.lua"), "json.min.lua lua a/b c");
    assert_eq!(parts("data/table"), "table - data");
    assert_eq!(parts("v1.2/.luarc"), ".luarc - v1.2");
    assert_eq!(parts("odd."), "odd. - -");
    assert_eq!(parts("…/übung.lua"), "übung.lua lua …");
    assert_eq!(parts("..a/b..lua"), "b..lua lua ..a");
    assert_eq!(SourcePath::parse(SourcePath::main().as_str()), Ok(SourcePath::main()));
}

#[test]
fn what_is_no_path_of_one_file_is_refused() {
    let cases = [
        ("", PathError::Empty),
        ("/", PathError::Absolute),
        ("/etc/passwd", PathError::Absolute),
        ("lib/", PathError::EmptyName),
        ("lib//a.lua", PathError::EmptyName),
        (".", PathError::DotName),
        ("../a.lua", PathError::DotName),
        ("lib/./a.lua", PathError::DotName),
        ("lib/..", PathError::DotName),
        ("lib\\a.lua", PathError::BadCharacter),
        ("C:a.lua", PathError::BadCharacter),
        ("a\0.lua", PathError::BadCharacter),
        ("a\n.lua", PathError::BadCharacter),
        ("a\u{7f}", PathError::BadCharacter),
        ("a\u{85}", PathError::BadCharacter),
    ];
    for (text, error) in cases {
        assert_eq!(SourcePath::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn the_length_of_a_path_is_limited_in_bytes() {
    let name = "ü".repeat(MAX_NAME_BYTES / 2);
    assert!(SourcePath::parse(&name).is_ok());
    assert_eq!(SourcePath::parse(&format!("{name}a")), Err(PathError::NameTooLong));
    let deep = format!("{}abc", "abc/".repeat(MAX_PATH_BYTES / 4 - 1));
    assert_eq!(SourcePath::parse(&format!("{deep}d")).map(|path| path.as_str().len()), Ok(MAX_PATH_BYTES));
    assert_eq!(SourcePath::parse(&format!("{deep}de")), Err(PathError::TooLong));
}

#[test]
fn a_path_is_checked_when_it_is_read() {
    let bytes = crate::encode(&path("lib/a.lua")).expect("a path");
    assert_eq!(bytes, crate::encode(&"lib/a.lua").expect("a text"));
    assert_eq!(crate::decode(&bytes), Ok(path("lib/a.lua")));
    let bytes = crate::encode(&"../a.lua").expect("a text");
    assert!(crate::decode::<SourcePath>(&bytes).is_err());
}

#[test]
fn a_shown_name_is_taken_for_a_file_if_it_reads_like_one() {
    for name in ["main.lua", "lib/json", ".hidden"] {
        assert_eq!(ChunkName::from(name), ChunkName::File(path(name)));
    }
    for name in ["console", "=?", "[string \"a.b\"]", "...of/a/file.lua", "../x.lua", "C:\\a.lua", ""] {
        assert_eq!(ChunkName::from(name), ChunkName::Other(name.into()));
    }
}

#[test]
fn a_location_in_a_file_is_one_of_a_source() {
    let location = |name: &str| ChunkLocation { chunk: name.into(), line: 3 };
    assert_eq!(location("a.lua").source(), Some(SourceLocation { path: path("a.lua"), line: 3 }));
    assert_eq!(location("a.lua").to_string(), "a.lua:3");
    assert_eq!(location("console").source(), None);
    assert_eq!(location("console").to_string(), "console:3");
}
