//! Finds the keys, strings and numbers of an image that contain a text.
//!
//! Each object is visited once, nearer ones first, so cycles end and paths are the shortest.

use wire::{Hit, Hits, Place, Search, Step};

use crate::image::{FunctionId, HeapImage, StringId, TableId, Value};
use crate::inspect::{self, Inspection};
use crate::show;
use crate::slices::{Slices, Withdrawn};

/// The maximum number of hits.
const MAX_HITS: u32 = 1000;
/// How many steps a path may have. What is further away is not searched.
const MAX_STEPS: usize = 100;
/// About how many bytes the paths of all hits may take.
const MAX_BYTES: usize = 1 << 20;
/// A long string is searched in parts of this many bytes.
const PART_BYTES: usize = 1 << 16;
/// How many bytes are searched in about a microsecond.
const BYTES_PER_STEP: usize = 256;

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

    /// The maximum number of bytes that it can be found in.
    fn max_bytes(&self) -> usize {
        self.characters.iter().map(|[one, other]| one.len().max(other.len())).sum()
    }
}

/// An object that was reached, and the child of another one that it is.
#[derive(Clone, Copy)]
struct Reached {
    object: Object,
    parent: u32,
    index: u32,
}

#[derive(Clone, Copy)]
enum Object {
    Table(TableId),
    Function(FunctionId),
}

/// A search in progress.
struct Walk<'a> {
    inspection: &'a Inspection,
    image: &'a HeapImage,
    needle: Needle,
    slices: &'a Slices,
    /// Whether each string contains what is wanted, as far as that is known.
    strings: Vec<Option<bool>>,
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
        slices,
        strings: vec![None; image.strings.len()],
        are_tables_reached: vec![false; image.tables.len()],
        are_functions_reached: vec![false; image.functions.len()],
        reached: Vec::new(),
        hits: Vec::new(),
        limit: search.limit.min(MAX_HITS) as usize,
        bytes_left: MAX_BYTES,
        is_complete: true,
    };
    walk.reach(root, 0, 0, true);
    walk.visit_all().await?;
    Ok(Hits { hits: walk.hits, is_complete: walk.is_complete })
}

impl Walk<'_> {
    /// Visits what was reached, one level after the other.
    async fn visit_all(&mut self) -> Result<(), Withdrawn> {
        let mut next = 0;
        for level in 0.. {
            let end = self.reached.len();
            if next == end {
                break;
            }
            while next < end {
                if !self.visit(next as u32, level + 1 < MAX_STEPS).await? {
                    self.is_complete = false;
                    return Ok(());
                }
                next += 1;
            }
        }
        Ok(())
    }

    /// Searches an object, and reaches what is in it if that is near enough. Returns whether there is room for more hits.
    async fn visit(&mut self, at: u32, is_near: bool) -> Result<bool, Withdrawn> {
        let image = self.image;
        match self.reached[at as usize].object {
            Object::Table(id) => {
                let table = image.table(id);
                let sequence = table.sequence.iter().map(|value| (None, value));
                let entries = table.entries.iter().map(|(key, value)| (Some(key), value));
                let metatable = (table.metatable != Value::Nil).then_some((None, table.metatable));
                for (index, (key, value)) in sequence.chain(entries).chain(metatable).enumerate() {
                    let is_named = if let Some(key) = key { self.is_wanted(key).await? } else { false };
                    if !self.look_at(at, index as u32, is_named, value, is_near).await? {
                        return Ok(false);
                    }
                }
            }
            Object::Function(id) => {
                let names = image.prototype_of(id).upvalue_names.iter();
                for (index, (name, cell)) in names.zip(image.cells_of(id)).enumerate() {
                    let is_named = self.needle.is_in(name.as_bytes());
                    if !self.look_at(at, index as u32, is_named, image.cell(*cell), is_near).await? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    async fn look_at(
        &mut self,
        parent: u32,
        index: u32,
        is_named: bool,
        value: Value,
        is_near: bool,
    ) -> Result<bool, Withdrawn> {
        self.reach(value, parent, index, is_near);
        Ok(!(is_named || self.is_wanted(value).await?) || self.add(parent, index, value))
    }

    /// Queues an object for a visit, unless that was done before.
    fn reach(&mut self, value: Value, parent: u32, index: u32, is_near: bool) {
        let (is_reached, object) = match value {
            Value::Table(id) => (&mut self.are_tables_reached[id.0 as usize], Object::Table(id)),
            Value::Function(id) => (&mut self.are_functions_reached[id.0 as usize], Object::Function(id)),
            _ => return,
        };
        if *is_reached {
            return;
        }
        if is_near {
            *is_reached = true;
            self.reached.push(Reached { object, parent, index });
        } else {
            self.is_complete = false;
        }
    }

    /// Whether a string or a number contains what is wanted.
    async fn is_wanted(&mut self, value: Value) -> Result<bool, Withdrawn> {
        if self.slices.is_over(1) {
            self.slices.begin_next().await?;
        }
        match value {
            Value::String(id) => match self.strings[id.0 as usize] {
                Some(is_wanted) => Ok(is_wanted),
                None => {
                    let is_wanted = self.is_in_string(id).await?;
                    self.strings[id.0 as usize] = Some(is_wanted);
                    Ok(is_wanted)
                }
            },
            Value::Integer(_) | Value::Float(_) if self.needle.is_numeric => {
                Ok(self.needle.is_in(show::value(self.image, &value).as_bytes()))
            }
            _ => Ok(false),
        }
    }

    async fn is_in_string(&self, id: StringId) -> Result<bool, Withdrawn> {
        let text = &self.image[id];
        let overlap = self.needle.max_bytes() - 1;
        for start in (0..text.len()).step_by(PART_BYTES) {
            let part = &text[start..(start + PART_BYTES + overlap).min(text.len())];
            if self.slices.is_over((part.len() / BYTES_PER_STEP) as u32) {
                self.slices.begin_next().await?;
            }
            if self.needle.is_in(part) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Adds a hit, if there is room.
    fn add(&mut self, parent: u32, index: u32, value: Value) -> bool {
        let (mut parent, mut index) = (parent, index);
        let mut places = Vec::new();
        loop {
            let Reached { object, parent: grandparent, index: parent_index } = self.reached[parent as usize];
            let (step, sibling_count) = match object {
                Object::Table(id) => self.step_in_table(id, index),
                Object::Function(id) => (Step::Upvalue(index), self.image.cells_of(id).len() as u32),
            };
            places.push(Place { step, index, sibling_count });
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

    fn step_in_table(&self, id: TableId, index: u32) -> (Step, u32) {
        let table = self.image.table(id);
        let (length, entries) = (table.sequence.len() as u32, table.entries.len() as u32);
        let count = length + entries + u32::from(table.metatable != Value::Nil);
        let step = match index.checked_sub(length) {
            None => Step::Key(wire::Key::Integer(i64::from(index) + 1)),
            Some(entry) => match table.entries.get(entry as usize) {
                Some((key, _)) => Step::Key(inspect::key(self.image, &key, entry)),
                None => Step::Metatable,
            },
        };
        (step, count)
    }
}

/// About how many bytes a step takes, both itself and in the text of its path.
fn bytes_of(step: &Step) -> usize {
    match step {
        Step::Key(wire::Key::String(key)) => key.len() + 40,
        _ => 40,
    }
}
