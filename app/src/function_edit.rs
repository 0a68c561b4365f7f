//! What a person is told of a new text for a function, and that text in its file.

use wire::{FunctionEdit, Source};

use crate::{formats, source_version::line_start};

/// What a new text means, in words.
pub fn meaning(edit: &FunctionEdit) -> String {
    let FunctionEdit { kept, new, lost, functions, omissions } = edit;
    let names = |names: &[String]| match names {
        [] => String::new(),
        [name] => name.clone(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    };
    let (is, it) = if new.len() == 1 { ("is", "it is") } else { ("are", "they are") };
    let sentences = [
        (!kept.is_empty()).then(|| format!("Keeps {}.", names(kept))),
        (!new.is_empty()).then(|| format!("{} {is} new: {it} nil at first.", names(new))),
        (!lost.is_empty()).then(|| format!("No longer uses {}.", names(lost))),
        (*functions > 1).then(|| format!("{functions} functions have this text: all of them change.")),
        (*omissions > 0).then(|| {
            let values = formats::counted(*omissions, "value");
            format!("{values} outside of this function cannot be copied, such as open files, and will be nil.")
        }),
    ];
    let told: Vec<_> = sentences.into_iter().flatten().collect();
    if told.is_empty() { "Nothing but the code changes.".to_owned() } else { told.join(" ") }
}

/// The text of the file that a function was made from, with other lines in the place of the function's. `None` if its lines are
/// not in that text.
pub fn in_file(source: &Source, edited: &str) -> Option<String> {
    let file = std::str::from_utf8(source.file.as_deref()?).ok()?;
    let start = line_start(file, source.location.line);
    let after = file.get(start..)?.strip_prefix(source.text.as_str())?;
    let end = if source.text.ends_with('\n') && !edited.ends_with('\n') { "\n" } else { "" };
    Some([&file[..start], edited, end, after].concat())
}

#[cfg(test)]
mod tests {
    use wire::{ChunkLocation, SourcePath};

    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn what_changes_is_said_in_sentences() {
        let plain = FunctionEdit { functions: 1, ..FunctionEdit::default() };
        assert_eq!(meaning(&plain), "Nothing but the code changes.");
        let kept = FunctionEdit { kept: texts(&["a", "b", "c"]), new: texts(&["d"]), ..plain.clone() };
        assert_eq!(meaning(&kept), "Keeps a, b and c. d is new: it is nil at first.");
        let all = FunctionEdit { new: texts(&["d", "e"]), lost: texts(&["f"]), functions: 2, omissions: 1, ..plain };
        assert_eq!(
            meaning(&all),
            "d and e are new: they are nil at first. No longer uses f. 2 functions have this text: all of them change. \
             1 value outside of this function cannot be copied, such as open files, and will be nil."
        );
    }

    #[test]
    fn the_lines_of_a_function_are_replaced_in_its_file() {
        let source = |line, text: &str| Source {
            location: ChunkLocation { chunk: SourcePath::main().into(), line },
            text: text.to_owned(),
            file: Some(b"-- one\nfunction f()\nend\n-- last".to_vec()),
        };
        let edited = in_file(&source(2, "function f()\nend\n"), "function f() return 1 end");
        assert_eq!(edited.as_deref(), Some("-- one\nfunction f() return 1 end\n-- last"));
        assert_eq!(in_file(&source(4, "-- last"), "-- first").as_deref(), Some("-- one\nfunction f()\nend\n-- first"));
        assert_eq!(in_file(&source(3, "function f()\nend\n"), ""), None);
        assert_eq!(in_file(&source(9, "function f()\nend\n"), ""), None);
        assert_eq!(in_file(&Source { file: None, ..source(2, "") }, ""), None);
    }
}
