//! COMPATIBILITY.md names what programs find, all of it and nothing else.

use std::collections::BTreeSet;

use wire::RunMode;

const TABLES: &str = include_str!("../../../COMPATIBILITY.md");

/// Writes each global, each field of a library, and each method of a file.
const PROGRAM: &str = "
    local function list(prefix, fields)
        for name in pairs(fields) do print(prefix .. name) end
    end
    list('', _G)
    for name, library in pairs(package.loaded) do
        if name ~= '_G' then list(name .. '.', library) end
    end
    list('file:', getmetatable(io.stdout).__index)";

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |")?.split_once("` | "))
}

#[test]
fn the_tables_name_what_programs_find() {
    let (mut vm, host) = crate::common::vm();
    vm.run(&"main.lua".into(), PROGRAM.as_bytes(), RunMode::Program).unwrap();
    let printed = host.take_written();
    // `__crash` is in builds for tests alone.
    let found: BTreeSet<&str> = printed.lines().filter(|name| *name != "__crash").collect();
    let named: BTreeSet<&str> = rows().map(|(name, _)| name).collect();
    assert!(found.len() > 150, "only {} names were found", found.len());
    assert_eq!(found.difference(&named).collect::<Vec<_>>(), Vec::<&&str>::new(), "not in COMPATIBILITY.md");
    assert_eq!(named.difference(&found).collect::<Vec<_>>(), Vec::<&&str>::new(), "not in the VM");
    assert_eq!(rows().count(), named.len(), "a name has two rows");
}

/// What is said to raise an error does, and says what it is about.
#[test]
fn what_is_not_available_says_so() {
    let (mut vm, host) = crate::common::vm();
    let mut checked = 0;
    for (name, _) in rows().filter(|(_, departure)| departure.starts_with("raises an error")) {
        let program = format!("print((select(2, pcall({name}, 'x'))))");
        vm.run(&"main.lua".into(), program.as_bytes(), RunMode::Program).unwrap();
        let message = host.take_written();
        assert!(message.contains(&format!("{name} is not available: ")), "{name}: {message}");
        checked += 1;
    }
    assert!(checked >= 4, "only {checked} rows raise an error");
}
