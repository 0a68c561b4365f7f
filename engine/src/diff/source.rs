//! A line-by-line diff of the source texts of two functions.

use imara_diff::{Algorithm, Diff, InternedInput};
use wire::{DiffLine, Side, Source, SourceDiff};

/// Compares two texts.
pub fn compare(before: Source, after: Source) -> SourceDiff {
    let (old, new) = (terminated(&before.text), terminated(&after.text));
    let (old_lines, new_lines) = (lines(&old), lines(&new));
    let input = InternedInput::new(old.as_str(), new.as_str());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let mut all = Vec::new();
    let mut add = |side: Side, lines: &[&str]| {
        all.extend(lines.iter().map(|line| DiffLine { side, text: (*line).to_owned() }));
    };
    let mut shown = 0;
    for hunk in diff.hunks() {
        let (removed, added) = (range(&hunk.before), range(&hunk.after));
        add(Side::Both, &old_lines[shown..removed.start]);
        add(Side::Before, &old_lines[removed.clone()]);
        add(Side::After, &new_lines[added]);
        shown = removed.end;
    }
    add(Side::Both, &old_lines[shown..]);
    SourceDiff { before, after, lines: all }
}

fn range(lines: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    lines.start as usize..lines.end as usize
}

/// The text with exactly one line feed at its end, so that a missing one is not reported as a difference.
fn terminated(text: &str) -> String {
    let text = text.trim_end_matches('\n');
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').map(|line| line.trim_end_matches(['\r', '\n'])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        let location = wire::ChunkLocation { chunk: "main.lua".into(), line: 1 };
        Source { location, text: text.into() }
    }

    fn shown(before: &str, after: &str) -> Vec<String> {
        let sign = |side| match side {
            Side::Both => ' ',
            Side::Before => '-',
            Side::After => '+',
        };
        let diff = compare(source(before), source(after));
        diff.lines.iter().map(|line| format!("{}{}", sign(line.side), line.text)).collect()
    }

    #[test]
    fn removed_added_and_kept_lines_are_distinguished() {
        let shown = shown("function f()\n  local x = 1\n  return x\nend", "function f()\n  return 1\nend\n");
        assert_eq!(shown, [" function f()", "-  local x = 1", "-  return x", "+  return 1", " end"]);
    }

    #[test]
    fn empty_texts_can_be_compared() {
        assert_eq!(shown("", "a"), ["+a"]);
        assert_eq!(shown("a", ""), ["-a"]);
        assert!(shown("", "").is_empty());
    }
}
