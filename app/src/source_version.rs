//! Which text of a file a function was made from: the file as it is now, or as it was.

use wire::Source;

use crate::workspace::to_bytes;

/// How the text that a function was made from compares with the file as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceVersion {
    /// The file has this text.
    Now,
    /// The file has another, but the lines of the function are the same, and where they were: the text was changed elsewhere,
    /// or was a part of the file that was run alone.
    SameLines,
    /// The file has another text.
    Earlier,
    /// There is no such file.
    Gone,
}

impl SourceVersion {
    /// Compares the source of a function with the text of its file; `None` if there is no such file.
    pub fn of(source: &Source, now: Option<&str>) -> Self {
        match now {
            None => SourceVersion::Gone,
            Some(now) if source.file.as_ref().is_some_and(|file| *file == to_bytes(now)) => SourceVersion::Now,
            Some(now) if has_lines(now, source) => SourceVersion::SameLines,
            Some(_) => SourceVersion::Earlier,
        }
    }

    /// What follows the place of a function, in words.
    pub fn note(self) -> &'static str {
        match self {
            SourceVersion::Now => ", as the file is now",
            SourceVersion::SameLines => ", where the file has the same lines now",
            SourceVersion::Earlier => ", from an earlier text of the file",
            SourceVersion::Gone => ", from a file that is not there now",
        }
    }
}

/// Where a line begins, counted from 1; the end of the text if there is no such line.
pub fn line_start(text: &str, line: u32) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum()
}

/// Whether the lines of a function are in a text where its place says. What was run alone may have begun within a line.
fn has_lines(text: &str, source: &Source) -> bool {
    let rest = &text[line_start(text, source.location.line)..];
    let found = rest.find(source.text.trim_end());
    found.is_some_and(|at| !rest[..at].contains('\n'))
}

#[cfg(test)]
mod tests {
    use wire::{ChunkLocation, SourcePath};

    use super::*;

    const FILE: &str = "-- one\nfunction f()\n  return 1\nend\n";

    fn version(file: &str, text: &str, now: Option<&str>) -> SourceVersion {
        let location = ChunkLocation { chunk: SourcePath::main().into(), line: 2 };
        SourceVersion::of(&Source { location, text: text.into(), file: Some(file.into()) }, now)
    }

    fn of_file(now: &str) -> SourceVersion {
        version(FILE, "function f()\n  return 1\nend\n", Some(now))
    }

    #[test]
    fn the_text_is_that_of_the_file_or_an_earlier_one() {
        assert_eq!(of_file(FILE), SourceVersion::Now);
        assert_eq!(of_file(&FILE.replace('1', "2")), SourceVersion::Earlier);
        assert_eq!(of_file(""), SourceVersion::Earlier);
        assert_eq!(version(FILE, FILE, None), SourceVersion::Gone);
    }

    #[test]
    fn lines_are_the_same_only_where_they_were() {
        assert_eq!(of_file(&FILE.replace("one", "changed")), SourceVersion::SameLines);
        assert_eq!(of_file(&[FILE, "print(1)"].concat()), SourceVersion::SameLines);
        assert_eq!(of_file(FILE.trim_end()), SourceVersion::SameLines);
        assert_eq!(of_file(&["\n", FILE].concat()), SourceVersion::Earlier);
    }

    #[test]
    fn what_was_run_alone_may_begin_within_a_line() {
        let now = "-- one\nlocal f = function() return 1 end\n";
        let selected = "\nfunction() return 1 end";
        assert_eq!(version(selected, "function() return 1 end", Some(now)), SourceVersion::SameLines);
    }

    #[test]
    fn a_file_that_is_no_text_is_compared_by_its_bytes() {
        let bytes = b"-- \xFF\nreturn 1".to_vec();
        let now = crate::workspace::to_text(bytes.clone());
        let location = ChunkLocation { chunk: SourcePath::main().into(), line: 2 };
        let source = Source { location, text: "return 1".into(), file: Some(bytes) };
        assert_eq!(SourceVersion::of(&source, Some(&now)), SourceVersion::Now);
    }
}
