//! What else than a tree a value can be shown as: records as a table, numbers as a line.

use serde_json::Value;
use wire::{Kind, Summary};

/// The most rows and columns of a table, and the most numbers of a line, that the console shows.
pub const MAX_ROWS: usize = 200;
const MAX_COLUMNS: usize = 12;
const MAX_NUMBERS: u32 = 20_000;

/// What a value can be shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Records, or lists, of which each is a row.
    Table,
    /// Numbers of which each is a point.
    Line,
}

impl Shape {
    /// What a value can be shown as, by its preview; what is in it says later whether that is right.
    pub fn of(value: &Summary) -> Option<Shape> {
        if value.kind != Kind::Table || value.child_count < 2 || value.child_count > MAX_NUMBERS {
            return None;
        }
        let text = value.text.as_str();
        if text.starts_with(|first: char| first.is_ascii_digit()) || text.starts_with("{{") {
            return Some(Shape::Table);
        }
        let items: Vec<&str> = text.strip_prefix('{')?.strip_suffix('}')?.split(", ").collect();
        let (last, first) = items.split_last()?;
        let is_number = |item: &&str| item.parse::<f64>().is_ok();
        (items.len() > 2 && first.iter().all(is_number) && (*last == "…" || is_number(last))).then_some(Shape::Line)
    }
}

/// Records as a table.
#[derive(Debug, PartialEq)]
pub struct Table {
    /// The heads of the columns.
    pub columns: Vec<String>,
    /// The cells of each row; `None` where a record has nothing there.
    pub rows: Vec<Vec<Option<Cell>>>,
    /// How many rows there are in all.
    pub row_count: usize,
}

/// A cell of a table.
#[derive(Debug, PartialEq)]
pub struct Cell {
    /// What is in it.
    pub text: String,
    /// Whether that is a number.
    pub is_number: bool,
}

/// Reads records from JSON. `None`: they are none.
pub fn table(json: &str) -> Option<Table> {
    let Value::Array(records) = serde_json::from_str(json).ok()? else { return None };
    let mut columns: Vec<String> = Vec::new();
    for record in records.iter().take(MAX_ROWS) {
        let keys: Vec<String> = match record {
            Value::Object(fields) => fields.keys().cloned().collect(),
            Value::Array(items) => (1..=items.len()).map(|index| index.to_string()).collect(),
            _ => return None,
        };
        for key in keys {
            if !columns.contains(&key) && columns.len() < MAX_COLUMNS {
                columns.push(key);
            }
        }
    }
    let row = |record: &Value| {
        let at = |column: &String| match record {
            Value::Object(fields) => fields.get(column),
            Value::Array(items) => items.get(column.parse::<usize>().ok()?.checked_sub(1)?),
            _ => None,
        };
        columns.iter().map(|column| at(column).filter(|cell| !cell.is_null()).map(cell)).collect()
    };
    let rows = records.iter().take(MAX_ROWS).map(row).collect();
    Some(Table { row_count: records.len(), rows, columns })
}

fn cell(value: &Value) -> Cell {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Cell { text, is_number: value.is_number() }
}

/// Numbers as a line through the points of a plane that is 1 wide and 1 high.
#[derive(Debug, PartialEq)]
pub struct Line {
    /// The points, as SVG reads them; y grows downwards.
    pub points: String,
    /// The smallest number.
    pub least: f64,
    /// The largest.
    pub most: f64,
    /// How many there are.
    pub count: usize,
}

/// Reads numbers from JSON. `None`: there are not two, or something else is among them.
pub fn line(json: &str) -> Option<Line> {
    let numbers: Vec<f64> = serde_json::from_str(json).ok()?;
    let last = numbers.len().checked_sub(1).filter(|last| *last > 0)?;
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let height = if most > least { most - least } else { 1.0 };
    let point = |(index, number): (usize, &f64)| {
        format!("{:.4},{:.4}", index as f64 / last as f64, 1.0 - (number - least) / height)
    };
    let points: Vec<String> = numbers.iter().enumerate().map(point).collect();
    Some(Line { points: points.join(" "), least, most, count: numbers.len() })
}

#[cfg(test)]
mod tests {
    use wire::Reference;

    use super::*;

    fn shape(text: &str, child_count: u32) -> Option<Shape> {
        let reference = Reference::Single;
        Shape::of(&Summary { kind: Kind::Table, text: text.to_owned(), child_count, reference, location: None })
    }

    #[test]
    fn previews_tell_what_a_value_can_be_shown_as() {
        assert_eq!(shape("200 × {id, name, …}", 200), Some(Shape::Table));
        assert_eq!(shape("{{…}, {…}}", 2), Some(Shape::Table));
        assert_eq!(shape("{1, 2.5, -3, …}", 40), Some(Shape::Line));
        for (text, count) in
            [("{}", 0), ("{1, 2}", 2), ("{1, \"a\", 3}", 3), ("{a = 1, b = 2}", 2), ("{1, 2, …}", 1 << 20)]
        {
            assert_eq!(shape(text, count), None, "{text}");
        }
    }

    #[test]
    fn records_become_rows_with_the_columns_of_all() {
        let found = table(r#"[{"a": 1, "b": "x"}, {"b": [2], "c": null}]"#).expect("a table");
        assert_eq!(found.columns, ["a", "b", "c"]);
        let texts = |row: &Vec<Option<Cell>>| -> Vec<String> {
            row.iter().map(|cell| cell.as_ref().map_or("-".to_owned(), |cell| cell.text.clone())).collect()
        };
        assert_eq!(found.rows.iter().map(texts).collect::<Vec<_>>(), [["1", "x", "-"], ["-", "[2]", "-"]]);
        assert_eq!(table("[[1, 2], [3]]").expect("a table").columns, ["1", "2"]);
        assert_eq!((table("[1]"), table("{}"), table("[")), (None, None, None));
    }

    #[test]
    fn numbers_become_a_line_within_the_plane() {
        let found = line("[1, 3, 2]").expect("a line");
        assert_eq!(found.points, "0.0000,1.0000 0.5000,0.0000 1.0000,0.5000");
        assert_eq!((found.least, found.most, found.count), (1.0, 3.0, 3));
        assert_eq!(line("[5, 5]").expect("a line").points, "0.0000,1.0000 1.0000,1.0000");
        assert_eq!((line("[1]"), line("[1, null]"), line("[\"a\", 1]")), (None, None, None));
    }
}
