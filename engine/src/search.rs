//! Finds the keys, strings and numbers of an image that contain a text.
//!
//! Each object is visited once, nearer ones first, so cycles end and paths are the shortest.

use wire::{Hit, Hits, Place, Search, Step};

use crate::image::{HeapImage, TableId, Value};
use crate::inspect::{self, Inspection};
use crate::show;
use crate::slices::{Slices, Withdrawn};

/// The maximum number of hits.
const MAX_HITS: u32 = 1000;
/// How many steps a path may have. What is further away is not searched.
const MAX_STEPS: usize = 100;
/// About how many bytes the paths of all hits may take.
const MAX_BYTES: usize = 1 << 20;
/// After how many children it is seen whether the slice is over.
const PART_CHILDREN: u32 = 256;
/// How many bytes are searched in about a microsecond.
const BYTES_PER_STEP: u32 = 256;
/// A string that was not searched yet.
const UNKNOWN: u8 = 2;

/// What is searched for: for each character, its bytes in both cases.
struct Needle {
    characters: Vec<[Vec<u8>; 2]>,
    firsts: [u8; 2],
    /// Whether a number can contain it.
    is_numeric: bool,
}

impl Needle {
    /// `None` if there is no character.
    fn new(text: &str, other_case: &str) -> Option<Needle> {
        let other = if text.chars().count() == other_case.chars().count() { other_case } else { text };
        let bytes = |character: char| character.to_string().into_bytes();
        let characters: Vec<_> =
            text.chars().zip(other.chars()).map(|(one, other)| [bytes(one), bytes(other)]).collect();
        let [one, other] = characters.first()?;
        let firsts = [*one.first()?, *other.first()?];
        let is_numeric = text.bytes().all(|byte| b"0123456789+-.einfa".contains(&byte.to_ascii_lowercase()));
        Some(Needle { characters, firsts, is_numeric })
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let is_first = |byte: &u8| self.firsts.contains(byte);
        text.iter().enumerate().any(|(start, byte)| is_first(byte) && self.is_at_start_of(&text[start..]))
    }

    fn is_at_start_of(&self, mut text: &[u8]) -> bool {
        self.characters.iter().all(|[one, other]| {
            let rest = text.strip_prefix(&one[..]).or_else(|| text.strip_prefix(&other[..]));
            rest.inspect(|rest| text = rest).is_some()
        })
    }
}

/// An object that was reached, and the child of another one that it is.
#[derive(Clone, Copy)]
struct Reached {
    /// A table or a function.
    object: Value,
    parent: u32,
    index: u32,
}

/// A search in progress.
struct Walk<'a> {
    inspection: &'a Inspection,
    image: &'a HeapImage,
    needle: Needle,
    /// Whether each string contains what is wanted: 0 or 1, or [`UNKNOWN`].
    strings: Vec<u8>,
    /// The work that was done since it was last counted: a step is worth about a microsecond.
    steps: u32,
    are_tables_reached: Vec<bool>,
    are_functions_reached: Vec<bool>,
    reached: Vec<Reached>,
    hits: Vec<Hit>,
    limit: usize,
    bytes_left: usize,
    is_complete: bool,
}

/// Searches what is reachable from the first root.
pub async fn search(inspection: &Inspection, search: &Search, slices: &Slices) -> Result<Hits, Withdrawn> {
    let image = inspection.image();
    let (Some(needle), Some(root)) = (Needle::new(&search.text, &search.other_case), image.roots.first()) else {
        return Ok(Hits { hits: Vec::new(), is_complete: true });
    };
    let mut walk = Walk {
        inspection,
        image,
        needle,
        strings: vec![UNKNOWN; image.strings.len()],
        steps: 0,
        are_tables_reached: vec![false; image.tables.len()],
        are_functions_reached: vec![false; image.functions.len()],
        reached: Vec::new(),
        hits: Vec::new(),
        limit: search.limit.min(MAX_HITS) as usize,
        bytes_left: MAX_BYTES,
        is_complete: true,
    };
    walk.reach(root, 0, 0, true);
    walk.visit_all(slices).await?;
    Ok(Hits { hits: walk.hits, is_complete: walk.is_complete })
}

impl Walk<'_> {
    /// Visits what was reached, one level after the other.
    async fn visit_all(&mut self, slices: &Slices) -> Result<(), Withdrawn> {
        let (mut next, mut level) = (0, 0);
        while next < self.reached.len() {
            let end = self.reached.len();
            level += 1;
            while next < end {
                let count = self.inspection.child_count(self.reached[next].object);
                let mut first = 0;
                while first < count {
                    let last = (first + PART_CHILDREN).min(count);
                    if !(first..last).all(|index| self.look_at(next as u32, index, level < MAX_STEPS)) {
                        self.is_complete = false;
                        return Ok(());
                    }
                    first = last;
                    if slices.is_over(std::mem::take(&mut self.steps)) {
                        slices.begin_next().await?;
                    }
                }
                next += 1;
            }
        }
        Ok(())
    }

    /// Searches a child of an object, and reaches it if that is near enough. Returns whether there is room for more
    /// hits.
    fn look_at(&mut self, parent: u32, index: u32, is_near: bool) -> bool {
        let image = self.image;
        let (is_named, value) = match self.reached[parent as usize].object {
            Value::Table(id) => {
                let table = image.table(id);
                let entry = (index as usize).checked_sub(table.sequence.len());
                match entry.map(|entry| table.entries.get(entry)) {
                    None => (false, table.sequence.get(index as usize).unwrap_or(Value::Nil)),
                    Some(Some((key, value))) => (self.is_wanted(key), value),
                    Some(None) => (false, table.metatable),
                }
            }
            Value::Function(id) => {
                let name = image.prototype_of(id).upvalue_names.get(index as usize).unwrap_or_default();
                (self.needle.is_in(name.as_bytes()), image.cell(image.cells_of(id)[index as usize]))
            }
            // Has no children.
            _ => return true,
        };
        self.reach(value, parent, index, is_near);
        !(is_named || self.is_wanted(value)) || self.add(parent, index, value)
    }

    /// Queues an object for a visit, unless that was done before.
    fn reach(&mut self, value: Value, parent: u32, index: u32, is_near: bool) {
        let is_reached = match value {
            Value::Table(id) => &mut self.are_tables_reached[id.0 as usize],
            Value::Function(id) => &mut self.are_functions_reached[id.0 as usize],
            _ => return,
        };
        if *is_reached {
            return;
        }
        if is_near {
            *is_reached = true;
            self.reached.push(Reached { object: value, parent, index });
        } else {
            self.is_complete = false;
        }
    }

    /// Whether a string or a number contains what is wanted.
    fn is_wanted(&mut self, value: Value) -> bool {
        self.steps += 1;
        match value {
            Value::String(id) => {
                let text = &self.image[id];
                let known = &mut self.strings[id.0 as usize];
                if *known == UNKNOWN {
                    self.steps += text.len() as u32 / BYTES_PER_STEP;
                    *known = u8::from(self.needle.is_in(text));
                }
                *known == 1
            }
            Value::Integer(_) | Value::Float(_) if self.needle.is_numeric => {
                self.needle.is_in(show::value(self.image, &value).as_bytes())
            }
            _ => false,
        }
    }

    /// Adds a hit, if there is room.
    fn add(&mut self, parent: u32, index: u32, value: Value) -> bool {
        let (mut parent, mut index) = (parent, index);
        let mut places = Vec::new();
        loop {
            let Reached { object, parent: grandparent, index: parent_index } = self.reached[parent as usize];
            let step = match object {
                Value::Table(id) => self.step_in_table(id, index),
                _ => Step::Upvalue(index),
            };
            places.push(Place { step, index, sibling_count: self.inspection.child_count(object) });
            if parent == 0 {
                break;
            }
            (parent, index) = (grandparent, parent_index);
        }
        places.reverse();
        let bytes = places.iter().map(|place| bytes_of(&place.step)).sum::<usize>();
        let has_room = self.hits.len() < self.limit && bytes <= self.bytes_left;
        if has_room {
            self.bytes_left -= bytes;
            let steps: Vec<Step> = places.iter().map(|place| place.step.clone()).collect();
            let path = inspect::path_text(&steps);
            self.hits.push(Hit { places, path, value: self.inspection.summary(value, &[], None) });
        }
        has_room
    }

    fn step_in_table(&self, id: TableId, index: u32) -> Step {
        let table = self.image.table(id);
        match index.checked_sub(table.sequence.len() as u32) {
            None => Step::Key(wire::Key::Integer(i64::from(index) + 1)),
            Some(entry) => match table.entries.get(entry as usize) {
                Some((key, _)) => Step::Key(inspect::key(self.image, &key, entry)),
                None => Step::Metatable,
            },
        }
    }
}

/// About how many bytes a step takes, both itself and in the text of its path.
fn bytes_of(step: &Step) -> usize {
    match step {
        Step::Key(wire::Key::String(key)) => key.len() + 40,
        _ => 40,
    }
}
