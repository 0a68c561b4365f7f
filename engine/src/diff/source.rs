//! A line-by-line diff of two texts, such as the source texts of two functions.

use imara_diff::{Algorithm, Diff, InternedInput};
use wire::{DiffLine, Side, Source, SourceDiff};

use super::parts;
use crate::slices::{Slices, Withdrawn};

/// Enough for the clock to be read after each part.
const STEPS_PER_PART: u32 = u32::MAX;

/// Compares the texts of two functions.
pub async fn compare(before: Source, after: Source, slices: &Slices) -> Result<SourceDiff, Withdrawn> {
    let lines = compare_texts(&before.text, &after.text, slices).await?;
    Ok(SourceDiff { before, after, lines })
}

/// Compares two texts: all lines of both, in order.
pub async fn compare_texts(before: &str, after: &str, slices: &Slices) -> Result<Vec<DiffLine>, Withdrawn> {
    let (old, new) = (terminated(before), terminated(after));
    let (mut old_lines, mut new_lines) = (&lines(&old)[..], &lines(&new)[..]);
    let mut all = Vec::new();
    let mut last = (0, 0);
    for end in parts::ends(old_lines, new_lines) {
        let (old_part, new_part);
        (old_part, old_lines) = old_lines.split_at(end.0 - last.0);
        (new_part, new_lines) = new_lines.split_at(end.1 - last.1);
        last = end;
        compare_part(old_part, new_part, &mut all);
        if slices.is_over(STEPS_PER_PART) {
            slices.begin_next().await?;
        }
    }
    Ok(all)
}

fn compare_part(old: &[&str], new: &[&str], all: &mut Vec<DiffLine>) {
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let mut add = |side: Side, lines: &[&str]| {
        let text = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
        all.extend(lines.iter().map(|line| DiffLine { side, text: text(line) }));
    };
    let mut shown = 0;
    for hunk in diff.hunks() {
        let (removed, added) = (range(&hunk.before), range(&hunk.after));
        add(Side::Both, &old[shown..removed.start]);
        add(Side::Before, &old[removed.clone()]);
        add(Side::After, &new[added]);
        shown = removed.end;
    }
    add(Side::Both, &old[shown..]);
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
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> Vec<String> {
        let sign = |side| match side {
            Side::Both => ' ',
            Side::Before => '-',
            Side::After => '+',
        };
        let (before, after) = (terminated(before), terminated(after));
        let mut all = Vec::new();
        compare_part(&lines(&before), &lines(&after), &mut all);
        all.iter().map(|line| format!("{}{}", sign(line.side), line.text)).collect()
    }

    #[test]
    fn removed_added_and_kept_lines_are_distinguished() {
        let shown = shown("function f()\n  local x = 1\n  return x\nend", "function f()\n  return 1\nend\n");
        assert_eq!(shown, [" function f()", "-  local x = 1", "-  return x", "+  return 1", " end"]);
    }

    #[test]
    fn lines_in_both_stay_and_the_others_have_a_side() {
        assert_eq!(shown("a\nb\nc\n", "a\nx\nc\nd\n"), [" a", "-b", "+x", " c", "+d"]);
        assert_eq!(shown("a\na", "a"), [" a", "-a"]);
    }

    #[test]
    fn empty_texts_can_be_compared() {
        assert_eq!(shown("", "a"), ["+a"]);
        assert_eq!(shown("a", ""), ["-a"]);
        assert!(shown("", "").is_empty());
    }
}
