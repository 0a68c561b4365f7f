//! A line that a program printed, with values that can be opened.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{PrintedLine, PrintedPart, Row, Step, Subject};

use super::{tree::Tree, value_views::ValueViews};
use crate::tree::{Origin, TreeModel};

/// The longest text that is put before a value, in bytes; a longer one has lines of its own.
const MAX_LABEL_BYTES: usize = 80;

/// A part of a printed line as it is shown.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    /// A value, with the text before it.
    Value(Row),
}

/// A line with values that can be opened.
#[component]
pub fn PrintedValues(
    /// Where the values are.
    subject: Subject,
    /// The line.
    line: Arc<PrintedLine>,
) -> impl IntoView {
    let pieces = pieces(&line).into_iter().map(|piece| match piece {
        Piece::Text(text) => view! { <div class="console-text">{text}</div> }.into_any(),
        Piece::Value(row) => {
            let (step, value) = (row.step.clone(), row.value.clone());
            let origin = Origin::Values(subject.clone());
            let model = RwSignal::new(TreeModel::of_rows(vec![row]));
            view! {
                <ValueViews subject=subject.clone() step value>
                    <Tree name="Printed value" origin model/>
                </ValueViews>
            }
            .into_any()
        }
    });
    // What Lua writes in its place, which is in the journal, says which objects are the same.
    view! { <div class="console-printed" title=line.text.clone()>{pieces.collect_view()}</div> }
}

fn pieces(line: &PrintedLine) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = Vec::new();
    let mut values = 0;
    for part in &line.parts {
        match part {
            PrintedPart::Text(part) => text.push(part.as_str()),
            PrintedPart::Value(value) => {
                let before = std::mem::take(&mut text).join(" ");
                let is_label = before.len() <= MAX_LABEL_BYTES && !before.contains('\n');
                let label = if is_label { before.clone() } else { String::new() };
                if !is_label {
                    pieces.push(Piece::Text(before));
                }
                pieces.push(Piece::Value(Row::new(Step::Result(values), label, value.clone())));
                values += 1;
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text.join("\t")));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use wire::{Kind, Reference, Summary};

    use super::*;

    fn text(text: &str) -> PrintedPart {
        PrintedPart::Text(text.to_owned())
    }

    fn shown(parts: Vec<PrintedPart>) -> Vec<String> {
        let line = PrintedLine { number: 0, text: String::new(), parts };
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(row) => format!("{} ‹{}› {:?}", row.label, row.value.text, row.step),
        };
        pieces(&line).iter().map(piece).collect()
    }

    #[test]
    fn a_short_text_stands_before_the_value_and_a_long_one_above_it() {
        let table = || {
            let (kind, reference) = (Kind::Table, Reference::Single);
            PrintedPart::Value(Summary { kind, text: "{}".to_owned(), child_count: 0, reference, location: None })
        };
        let long = "x".repeat(100);
        let line = vec![text("a"), text("1"), table(), table(), text(&long), table(), text("b"), text("c")];
        let expected = ["a 1 ‹{}› Result(0)", " ‹{}› Result(1)", &long, " ‹{}› Result(2)", "b\tc"];
        assert_eq!(shown(line), expected);
        assert_eq!(shown(vec![text("two\nlines"), table()]), ["two\nlines", " ‹{}› Result(0)"]);
    }
}
