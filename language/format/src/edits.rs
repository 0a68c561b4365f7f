//! How one text becomes another by small edits: what stays keeps its place for cursors, marks and folds.

use serde::Serialize;

use crate::tokens::{Kind, Piece};

/// A place: its line, and its column in UTF-16 units, both counted from 1.
type Place = (u32, u32);

/// What is to be replaced: from where, to where, by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit(pub Place, pub Place, pub String);

/// A text, and its pieces.
type Cut<'a> = (&'a str, &'a [Piece]);

/// The edits that make the second text of the first. Whatever pieces are taken for the same, that is what they make of it.
pub fn between((old, old_pieces): Cut<'_>, (new, new_pieces): Cut<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut places = Places { text: old, at: 0, place: (1, 1) };
    let (mut old_end, mut new_end) = (0, 0);
    let mut push = |old_gap: (usize, usize), new_gap: (usize, usize)| {
        let (before, after) = (&old[old_gap.0..old_gap.1], &new[new_gap.0..new_gap.1]);
        if before != after {
            let head = shared(before.chars(), after.chars());
            let (before, after) = (&before[head..], &after[head..]);
            let tail = shared(before.chars().rev(), after.chars().rev());
            let start = places.to(old_gap.0 + head);
            edits.push(Edit(start, places.to(old_gap.1 - tail), after[..after.len() - tail].to_owned()));
        }
    };
    let (mut old_rest, mut new_rest) = (old_pieces.iter(), new_pieces.iter());
    let (mut one, mut other) = (old_rest.next(), new_rest.next());
    while let (Some(left), Some(right)) = (one, other) {
        let texts = (&old[left.start..left.end], &new[right.start..right.end]);
        let (mut is_left_done, mut is_right_done) = (true, true);
        if left.kind == right.kind && texts.0 == texts.1 {
            push((old_end, left.start), (new_end, right.start));
            (old_end, new_end) = (left.end, right.end);
        } else if left.kind != right.kind || left.kind == Kind::Symbol {
            // What one has and the other has not can only be one of these.
            let (is_left_free, is_right_free) = (is_free(left, texts.0), is_free(right, texts.1));
            (is_left_done, is_right_done) = (is_left_free || !is_right_free, is_right_free || !is_left_free);
        }
        if is_left_done {
            one = old_rest.next();
        }
        if is_right_done {
            other = new_rest.next();
        }
    }
    push((old_end, old.len()), (new_end, new.len()));
    edits
}

/// Whether formatting may add or remove this, or move it to elsewhere.
fn is_free(piece: &Piece, text: &str) -> bool {
    piece.kind == Kind::Comment || matches!(text, "(" | ")" | "," | ";")
}

/// How many bytes are the same in two texts, from where these begin.
fn shared(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(same, _)| same.len_utf8()).sum()
}

/// Goes through a text and counts lines and columns.
struct Places<'a> {
    text: &'a str,
    at: usize,
    place: Place,
}

impl Places<'_> {
    fn to(&mut self, at: usize) -> Place {
        for character in self.text[self.at..at].chars() {
            self.place = match character {
                '\n' => (self.place.0 + 1, 1),
                _ => (self.place.0, self.place.1 + character.len_utf16() as u32),
            };
        }
        self.at = at;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::pieces;

    fn edits(old: &str, new: &str) -> Vec<Edit> {
        between((old, &pieces(old).expect("pieces")), (new, &pieces(new).expect("pieces")))
    }

    #[test]
    fn only_what_differs_is_replaced() {
        let edit = |from, to, text: &str| Edit(from, to, text.to_owned());
        assert_eq!(edits("x=1\n", "x=1\n"), []);
        assert_eq!(
            edits("x=1", "x = 1\n"),
            [edit((1, 2), (1, 2), " "), edit((1, 3), (1, 3), " "), edit((1, 4), (1, 4), "\n")]
        );
        // The emoji takes two columns.
        assert_eq!(
            edits("'😀'  ..\n  f 'a';", "'😀' ..\nf('a')"),
            [edit((1, 6), (1, 7), ""), edit((2, 1), (2, 3), ""), edit((2, 4), (2, 5), "("), edit((2, 8), (2, 9), ")")]
        );
    }
}
