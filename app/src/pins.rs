//! The values of a state that a person keeps in view, by their paths. Each workspace has its own.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wire::Step;

use crate::{
    preferences::Preference,
    tree::{NodePath, Part, VisibleRow, is_addressable},
};

/// The most values that are kept in view.
const MAX_PINS: usize = 50;
/// How many steps a path may have.
const MAX_STEPS: usize = 64;
/// How many bytes the name of a step may have.
const MAX_LABEL_BYTES: usize = 400;

/// A value that is kept in view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The way to it from the root of the state.
    pub steps: Vec<Step>,
    /// What each step is called.
    labels: Vec<String>,
    /// Where each was among its siblings, which finds it faster.
    #[serde(default)]
    pub indices: Vec<u32>,
}

impl Pin {
    /// The value of a row, one of these that a tree shows. `None` where its path does not last, or is too long.
    pub fn of(row: &VisibleRow, rows: &[VisibleRow]) -> Option<Pin> {
        let mut pin = Pin { steps: row.steps(), labels: Vec::new(), indices: Vec::new() };
        for end in 1..=row.path.len() {
            if let (path, Some(Part::Step(_))) = (&row.path[..end], row.path.get(end - 1)) {
                let on_way = rows.iter().find(|other| other.path == *path)?;
                pin.labels.push(on_way.label().to_owned());
                pin.indices.push(first_index(&row.path[..end - 1]) + on_way.position.saturating_sub(1) as u32);
            }
        }
        pin.is_valid().then_some(pin)
    }

    /// What is stored may have been changed by anyone.
    fn is_valid(&self) -> bool {
        let are_short = self.labels.iter().all(|label| label.len() <= MAX_LABEL_BYTES);
        (1..=MAX_STEPS).contains(&self.steps.len())
            && self.steps.len() == self.labels.len()
            && self.indices.len() <= self.steps.len()
            && are_short
            && self.steps.iter().all(is_addressable)
    }

    /// The path as a person reads it.
    pub fn path(&self) -> String {
        path_text(self.steps.iter().zip(self.labels.iter().map(String::as_str)))
    }
}

/// The number of the first child that the group at the end of a path holds.
fn first_index(path: &[Part]) -> u32 {
    match path.last() {
        Some(Part::Range(range)) => range.start,
        _ => 0,
    }
}

/// `_home.users[3]`, from steps and what they are called.
fn path_text<'a>(steps: impl Iterator<Item = (&'a Step, &'a str)>) -> String {
    let mut text = String::from("_home");
    for (step, label) in steps {
        match step {
            Step::Key(_) if label.starts_with('[') => text += label,
            Step::Key(_) => text += &[".", label].concat(),
            // These are no fields.
            Step::Metatable | Step::Upvalue(_) | Step::Result(_) => text += &["<", label, ">"].concat(),
        }
    }
    text
}

/// The values that are kept in view. They are read when they are first shown.
#[derive(Clone, Copy)]
pub struct Pins(RwSignal<Option<Vec<Pin>>>);

impl Pins {
    /// Reads nothing yet.
    pub fn new() -> Self {
        Pins(RwSignal::new(None))
    }

    /// Reads what was kept, if that was not done yet.
    pub fn load(self) {
        if self.0.with_untracked(Option::is_none) {
            self.0.set(Some(read()));
        }
    }

    /// All of them, in the order in which they were pinned. Tracks it.
    pub fn all(self) -> Vec<Pin> {
        self.0.get().unwrap_or_default()
    }

    /// Whether the value at these steps is pinned. Tracks it.
    pub fn contains(self, steps: &[Step]) -> bool {
        self.0.with(|pins| pins.iter().flatten().any(|pin| pin.steps == steps))
    }

    /// Pins a value. Fails with the reason where there are too many already, or the browser keeps no more.
    pub fn add(self, pin: Pin) -> Result<(), String> {
        let mut pins = read();
        pins.retain(|other| other.steps != pin.steps);
        if pins.len() == MAX_PINS {
            return Err(format!("Not pinned: there are {MAX_PINS} pinned values already."));
        }
        pins.push(pin);
        let is_kept = self.keep(pins);
        is_kept.then_some(()).ok_or_else(|| "Pinned until you leave: the browser keeps no more.".to_owned())
    }

    /// Unpins a value.
    pub fn remove(self, steps: &[Step]) {
        let mut pins = read();
        pins.retain(|pin| pin.steps != steps);
        self.keep(pins);
    }

    fn keep(self, pins: Vec<Pin>) -> bool {
        let is_kept = Preference::Pins.save(&pins);
        self.0.set(Some(pins));
        is_kept
    }
}

/// What was stored last, by any tab of this workspace.
fn read() -> Vec<Pin> {
    valid(Preference::Pins.load().unwrap_or_default())
}

fn valid(pins: Vec<Pin>) -> Vec<Pin> {
    pins.into_iter().filter(Pin::is_valid).take(MAX_PINS).collect()
}

/// The rows of `_home` that were open on an earlier page.
pub fn read_open_rows() -> Vec<NodePath> {
    Preference::OpenRows.load().unwrap_or_default()
}

/// What each step of a path is called that a tree shows, and the path to there.
pub fn labelled_steps<'a>(path: &NodePath, label: impl Fn(&[Part]) -> Option<&'a str>) -> Vec<(String, NodePath)> {
    let ends = (1..=path.len()).filter(|end| matches!(path[*end - 1], Part::Step(_)));
    ends.filter_map(|end| Some((label(&path[..end])?.to_owned(), path[..end].to_vec()))).collect()
}

#[cfg(test)]
mod tests {
    use wire::{Key, Kind, Reference, Row, Summary};

    use super::*;
    use crate::tree::{DiffSide, ListedRow, Range, RowBody};

    fn key(name: &str) -> Step {
        Step::Key(Key::String(name.into()))
    }

    fn row(path: NodePath, label: &str, position: usize) -> VisibleRow {
        let Some(Part::Step(step)) = path.last().cloned() else { panic!("a value") };
        let (kind, reference) = (Kind::Number, Reference::Single);
        let value = Summary { kind, text: String::new(), child_count: 0, reference, location: None };
        let body = RowBody::Listed(ListedRow::Value(Row::new(step, label.to_owned(), value)));
        VisibleRow { path, side: DiffSide::Both, level: 1, position, set_size: 9, is_open: None, body }
    }

    fn rows() -> Vec<VisibleRow> {
        let users = vec![Part::Step(key("users"))];
        let third = [&users[..], &[Part::Range(Range { start: 200, end: 300 }), Part::Step(key("x y"))]].concat();
        vec![row(users, "users", 4), row(third, "[\"x y\"]", 3)]
    }

    #[test]
    fn a_pin_knows_its_path_and_where_it_was() {
        let rows = rows();
        let pin = Pin::of(&rows[1], &rows).expect("a lasting path");
        assert_eq!(pin.steps, [key("users"), key("x y")]);
        assert_eq!(pin.indices, [3, 202]);
        assert_eq!(pin.path(), "_home.users[\"x y\"]");
        // Not without the rows on the way.
        assert_eq!(Pin::of(&rows[1], &rows[1..]), None);
    }

    #[test]
    fn paths_tell_fields_from_what_is_none() {
        let text = |steps: &[(Step, &'static str)]| path_text(steps.iter().map(|(step, label)| (step, *label)));
        assert_eq!(text(&[]), "_home");
        let (one, meta) = (Step::Key(Key::Integer(1)), Step::Metatable);
        assert_eq!(text(&[(key("f"), "f"), (Step::Upvalue(0), "upvalue n"), (one, "[1]")]), "_home.f<upvalue n>[1]");
        let both = [(key("metatable"), "metatable"), (meta, "metatable")];
        assert_eq!(text(&both), "_home.metatable<metatable>");
    }

    #[test]
    fn stored_pins_are_checked() {
        let rows = rows();
        let good = Pin::of(&rows[0], &rows).expect("a lasting path");
        let stored = serde_json::to_string(&vec![&good]).expect("a pin");
        assert_eq!(valid(serde_json::from_str(&stored).expect("what was stored")), std::slice::from_ref(&good));
        let without_indices = stored.replace(",\"indices\":[3]", "");
        assert_ne!(stored, without_indices);
        assert_eq!(valid(serde_json::from_str(&without_indices).expect("an older one"))[0].steps, good.steps);
        let wrong = [
            Pin { labels: Vec::new(), ..good.clone() },
            Pin { steps: Vec::new(), labels: Vec::new(), indices: Vec::new() },
            Pin { labels: vec!["x".repeat(1000)], ..good.clone() },
            Pin { steps: vec![Step::Key(Key::Entry(1))], ..good.clone() },
            Pin { indices: vec![1, 2], ..good.clone() },
        ];
        assert_eq!(valid(wrong.to_vec()), []);
        assert_eq!(valid(vec![good; 100]).len(), MAX_PINS);
    }

    #[test]
    fn the_steps_of_a_path_leave_out_groups() {
        let rows = rows();
        let found = labelled_steps(&rows[1].path, |path| Some(if path.len() == 1 { "users" } else { "third" }));
        let lengths: Vec<_> = found.iter().map(|(label, path)| (label.as_str(), path.len())).collect();
        assert_eq!(lengths, [("users", 1), ("third", 3)]);
    }
}
