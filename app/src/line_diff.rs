//! Compares two texts line by line.

use wire::{DiffLine, Side};

/// The largest number of pairs of lines that are compared: more would take too long. Then lines between the common
/// start and the common end are all taken for different.
const MAX_PAIRS: usize = 1_000_000;

/// All lines of two texts, in order, with as many in both as there can be.
pub fn line_diff(before: &str, after: &str) -> Vec<DiffLine> {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (old, new) = (&before[start..], &after[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    let mut lines = Vec::new();
    add(&mut lines, Side::Both, &before[..start]);
    add_middle(&mut lines, old, new);
    add(&mut lines, Side::Both, &before[before.len() - end..]);
    lines
}

fn add(lines: &mut Vec<DiffLine>, side: Side, texts: &[&str]) {
    lines.extend(texts.iter().map(|text| DiffLine { side, text: (*text).to_owned() }));
}

fn add_middle(lines: &mut Vec<DiffLine>, old: &[&str], new: &[&str]) {
    if old.len() * new.len() > MAX_PAIRS {
        add(lines, Side::Before, old);
        return add(lines, Side::After, new);
    }
    // How many lines the rests from here on can have in common, for each pair of rests.
    let width = new.len() + 1;
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for at in (0..old.len() * width).rev().filter(|at| at % width < new.len()) {
        let (row, column) = (at / width, at % width);
        common[at] = match old[row] == new[column] {
            true => common[at + width + 1] + 1,
            false => common[at + width].max(common[at + 1]),
        };
    }
    let (mut row, mut column) = (0, 0);
    while row < old.len() && column < new.len() {
        let at = row * width + column;
        if old[row] == new[column] {
            add(lines, Side::Both, &old[row..=row]);
            (row, column) = (row + 1, column + 1);
        } else if common[at + width] >= common[at + 1] {
            add(lines, Side::Before, &old[row..=row]);
            row += 1;
        } else {
            add(lines, Side::After, &new[column..=column]);
            column += 1;
        }
    }
    add(lines, Side::Before, &old[row..]);
    add(lines, Side::After, &new[column..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let sign = |side| match side {
            Side::Both => ' ',
            Side::Before => '-',
            Side::After => '+',
        };
        line_diff(before, after).iter().map(|line| format!("{}{}\n", sign(line.side), line.text)).collect()
    }

    #[test]
    fn lines_in_both_stay_and_the_others_have_a_side() {
        assert_eq!(shown("a\nb\nc\n", "a\nx\nc\nd\n"), " a\n-b\n+x\n c\n+d\n");
        assert_eq!(shown("a\nb\nc\nd\ne", "a\nc\nb\nd\ne"), " a\n-b\n c\n+b\n d\n e\n");
        assert_eq!(shown("", "a"), "+a\n");
        assert_eq!(shown("a\na", "a"), " a\n-a\n");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn texts_that_are_too_long_to_compare_keep_their_common_start_and_end() {
        let long = |middle: &str| format!("first\n{}last", middle.repeat(1001));
        let lines = line_diff(&long("old\nboth\n"), &long("new\nboth\n"));
        assert_eq!(lines.len(), 1 + 2 * 2001 + 2);
        assert_eq!(lines.iter().filter(|line| line.side == Side::Both).count(), 3);
    }
}
