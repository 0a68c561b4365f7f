//! Fuzzy matching: each typed word matches a title that has its characters in their order.

use crate::formats::lowercase;

/// For each character that matches.
const MATCH: u32 = 1;
/// For a character that comes right after the one matched before it: more than the beginning of another word.
const CONSECUTIVE: u32 = 7;
/// For a character that begins a word of the title.
const WORD_START: u32 = 6;

/// Returns how well a title matches all words of a text, and the sorted indices of the characters that match. `None` if
/// a word does not match. Case does not count.
pub fn score(text: &str, title: &str) -> Option<(u32, Vec<usize>)> {
    let title: Vec<char> = title.chars().map(lower).collect();
    let (mut total, mut matched) = (0, Vec::new());
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().map(lower).collect();
        let (score, indices) = score_word(&word, &title)?;
        total += score;
        matched.extend(indices);
    }
    matched.sort_unstable();
    matched.dedup();
    Some((total, matched))
}

/// One character for one, so that indices stay.
fn lower(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    lowercase(character.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(character)
}

/// A way to match the beginning of a word: its score, and the index of the last character that matches.
#[derive(Clone, Copy)]
struct Way {
    score: u32,
    /// Where the character before it matches, if it is not the first of the word.
    previous: Option<usize>,
}

/// Finds the best of all ways to match a word: for each of its characters and each index of the title, the best way that
/// ends there, from the best ways for the character before.
fn score_word(word: &[char], title: &[char]) -> Option<(u32, Vec<usize>)> {
    let mut ways: Vec<Vec<Option<Way>>> = Vec::with_capacity(word.len());
    for (at, character) in word.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &ways[before]);
        let mut best: Option<(u32, usize)> = None;
        let mut row = vec![None; title.len()];
        for (index, other) in title.iter().enumerate() {
            if character == other {
                row[index] = extend(before.map(Vec::as_slice), best, index, value(title, index));
            }
            if let Some(way) = before.and_then(|before| before[index])
                && best.is_none_or(|(score, _)| way.score > score)
            {
                best = Some((way.score, index));
            }
        }
        ways.push(row);
    }
    trace(&ways)
}

/// The best way that ends at an index: after the best way before it, or right after the one that ends next to it.
fn extend(before: Option<&[Option<Way>]>, best: Option<(u32, usize)>, index: usize, value: u32) -> Option<Way> {
    let Some(before) = before else { return Some(Way { score: value, previous: None }) };
    let (best_score, best_index) = best?;
    let neighbour = index.checked_sub(1).and_then(|previous| Some((before[previous]?.score + CONSECUTIVE, previous)));
    let (score, previous) = neighbour.filter(|(score, _)| *score >= best_score).unwrap_or((best_score, best_index));
    Some(Way { score: score + value, previous: Some(previous) })
}

fn value(title: &[char], index: usize) -> u32 {
    let starts_word = index.checked_sub(1).is_none_or(|before| !title[before].is_alphanumeric());
    if starts_word { MATCH + WORD_START } else { MATCH }
}

/// Follows the best way back from its end.
fn trace(ways: &[Vec<Option<Way>>]) -> Option<(u32, Vec<usize>)> {
    let ends = ways.last()?.iter().enumerate().filter_map(|(index, way)| Some((way.as_ref()?.score, index)));
    // The first of equal ones.
    let (score, mut index) = ends.rev().max_by_key(|(score, _)| *score)?;
    let mut indices = vec![index];
    for row in ways.iter().rev() {
        let Some(previous) = row[index].and_then(|way| way.previous) else { break };
        index = previous;
        indices.push(index);
    }
    Some((score, indices))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indices(text: &str, title: &str) -> Option<Vec<usize>> {
        score(text, title).map(|(_, indices)| indices)
    }

    #[test]
    fn characters_match_in_their_order_only() {
        assert_eq!(indices("abc", "a-b-c"), Some(vec![0, 2, 4]));
        assert_eq!(indices("ba", "ab"), None);
        assert_eq!(indices("aa", "a"), None);
        assert_eq!(indices("a", ""), None);
        assert_eq!(indices("", "anything"), Some(vec![]));
    }

    #[test]
    fn the_beginnings_of_words_and_neighbours_are_preferred() {
        assert_eq!(indices("sc", "scan: save console"), Some(vec![0, 1]));
        assert_eq!(indices("cons", "scan the console"), Some(vec![9, 10, 11, 12]));
        assert_eq!(indices("gs", "go to things, settings"), Some(vec![0, 14]));
        assert!(score("run", "Run the program") > score("run", "Return and undo"));
    }

    #[test]
    fn words_match_in_any_order_whatever_their_case() {
        assert_eq!(indices("B a", "A b"), Some(vec![0, 2]));
        assert_eq!(indices("ÜB", "übung"), Some(vec![0, 1]));
        assert_eq!(indices("a b", "a"), None);
    }
}
