//! Two long texts as parts that are compared one after the other, since the time to compare two parts can grow with
//! the square of their length.

use std::collections::HashMap;

/// Texts of up to this many lines are one part. Longer ones are cut where that changes nothing.
const PART_LINES: usize = 4096;
/// The maximum number of lines in a part. Where a text can only be cut anywhere, more lines than necessary may count as changed.
const MAX_PART_LINES: usize = 4 * PART_LINES;

/// The lines before the end of each part, in both texts.
pub type Ends = Vec<(usize, usize)>;

/// Cuts two texts: after what they begin with and before what they end with, at lines that each has once, and else
/// anywhere.
pub fn ends(old: &[&str], new: &[&str]) -> Ends {
    let whole = (old.len(), new.len());
    if old.len().max(new.len()) <= PART_LINES {
        return vec![whole];
    }
    let same_first = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[same_first..], &new[same_first..]);
    let same_last = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let mut ends = vec![(same_first, same_first)];
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - same_last], &new_rest[..new_rest.len() - same_last]);
    for (old_line, new_line) in in_order(once_in_both(old_rest, new_rest)) {
        let cut = (same_first + old_line, same_first + new_line);
        if ends.last().is_some_and(|last| (cut.0 - last.0).max(cut.1 - last.1) >= PART_LINES) {
            cut_anywhere(&mut ends, cut);
        }
    }
    cut_anywhere(&mut ends, (whole.0 - same_last, whole.1 - same_last));
    ends.push(whole);
    ends
}

/// Adds the end of a part, and more before it if the part is too long.
fn cut_anywhere(ends: &mut Ends, end: (usize, usize)) {
    let (mut old, mut new) = ends.last().copied().unwrap_or_default();
    while (end.0 - old).max(end.1 - new) > MAX_PART_LINES {
        (old, new) = (end.0.min(old + MAX_PART_LINES), end.1.min(new + MAX_PART_LINES));
        ends.push((old, new));
    }
    ends.push(end);
}

/// The lines that each text has once: where they are in both, in the order of the first.
fn once_in_both(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let (old_places, new_places) = (places(old), places(new));
    let place = |line: &str| Some((old_places.get(line).copied()??, new_places.get(line).copied()??));
    old.iter().filter_map(|line| place(line)).collect()
}

/// Where each line is, if it is there once.
fn places<'a>(lines: &[&'a str]) -> HashMap<&'a str, Option<usize>> {
    let mut places = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        places.entry(*line).and_modify(|place| *place = None).or_insert(Some(index));
    }
    places
}

/// The longest choice of pairs in which both indices grow, of pairs in which the first does.
fn in_order(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    // For each length, the pair with the smallest index that ends a choice of that length; for each pair, the one before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(pairs.len());
    for (index, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut chosen: Vec<_> = std::iter::successors(ends.last().copied(), |index| before[*index]).collect();
    chosen.reverse();
    chosen.into_iter().map(|index| pairs[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_choice_in_order_is_found() {
        let pairs = vec![(0, 9), (1, 0), (2, 4), (3, 1), (4, 2), (5, 3)];
        assert_eq!(in_order(pairs), [(1, 0), (3, 1), (4, 2), (5, 3)]);
        assert_eq!(in_order(Vec::new()), []);
    }

    #[test]
    fn short_texts_are_one_part() {
        assert_eq!(ends(&["a", "b"], &["b"]), [(2, 1)]);
    }

    #[test]
    fn long_texts_are_cut_at_lines_that_both_have_once() {
        let lines: Vec<String> = (0..20_000).map(|line| line.to_string()).collect();
        let new: Vec<&str> = lines.iter().map(String::as_str).collect();
        let old = [&["first"], &new[..7000], &["middle"], &new[7000..], &["last"]].concat();
        let ends = ends(&old, &new);
        assert_eq!(ends.last(), Some(&(20_003, 20_000)));
        for (old_end, new_end) in &ends[1..ends.len() - 2] {
            assert_eq!(old[*old_end], new[*new_end]);
        }
        assert!(ends.len() >= 6 && ends.is_sorted());
    }

    #[test]
    fn texts_without_such_lines_are_cut_anywhere() {
        let old = vec!["x"; 3 * MAX_PART_LINES];
        let new: Vec<&str> = ["y", "x"].repeat(MAX_PART_LINES);
        let ends = ends(&old, &new);
        assert_eq!(ends.last(), Some(&(old.len(), new.len())));
        for pair in ends.windows(2) {
            assert!(pair[1].0 - pair[0].0 <= MAX_PART_LINES && pair[1].1 - pair[0].1 <= MAX_PART_LINES);
        }
    }
}
