//! Values packed back to back: an image may hold millions, so each takes 9 bytes.

use std::cmp::Ordering;
use std::fmt;

use super::{FunctionId, HeapImage, NativeId, Opaque, PermanentId, StringId, TableId, Value};

/// A value in 9 bytes: its kind and its bits.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[repr(Rust, packed)]
struct Packed {
    kind: u8,
    bits: u64,
}

const BOOLEAN: u8 = 1;
const INTEGER: u8 = 2;
const FLOAT: u8 = 3;
const STRING: u8 = 4;
const TABLE: u8 = 5;
const FUNCTION: u8 = 6;
const PERMANENT: u8 = 7;
/// Its bits are an index into [`OPAQUES`].
const OPAQUE: u8 = 8;
const OPAQUES: [Opaque; 9] = [
    Opaque::Coroutine,
    Opaque::MainCoroutine,
    Opaque::RunningCoroutine,
    Opaque::NativeCoroutine,
    Opaque::SourcelessCoroutine,
    Opaque::Userdata,
    Opaque::NativeFunction,
    Opaque::SourcelessFunction,
    Opaque::LeftOut,
];
const NATIVE: u8 = 9;

impl Packed {
    #[inline]
    fn new(value: Value) -> Packed {
        let (kind, bits) = match value {
            Value::Nil => (0, 0),
            Value::Boolean(boolean) => (BOOLEAN, u64::from(boolean)),
            Value::Integer(integer) => (INTEGER, integer as u64),
            Value::Float(float) => (FLOAT, float.to_bits()),
            Value::String(id) => (STRING, u64::from(id.0)),
            Value::Table(id) => (TABLE, u64::from(id.0)),
            Value::Function(id) => (FUNCTION, u64::from(id.0)),
            Value::Native(id) => (NATIVE, u64::from(id.0)),
            Value::Permanent(id) => (PERMANENT, u64::from(id.0)),
            Value::Opaque(kind) => (OPAQUE, kind as u64),
        };
        Packed { kind, bits }
    }

    #[inline]
    fn value(self) -> Value {
        let bits = self.bits;
        let id = bits as u32;
        match self.kind {
            BOOLEAN => Value::Boolean(bits != 0),
            INTEGER => Value::Integer(bits as i64),
            FLOAT => Value::Float(f64::from_bits(bits)),
            STRING => Value::String(StringId(id)),
            TABLE => Value::Table(TableId(id)),
            FUNCTION => Value::Function(FunctionId(id)),
            NATIVE => Value::Native(NativeId(id)),
            PERMANENT => Value::Permanent(PermanentId(id)),
            OPAQUE => Value::Opaque(OPAQUES[id as usize]),
            _ => Value::Nil,
        }
    }
}

/// A list of packed values.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<Packed>);

impl Values {
    /// `count` nils.
    pub fn nils(count: usize) -> Values {
        Values(vec![Packed::default(); count])
    }

    /// Adds a value.
    pub fn push(&mut self, value: Value) {
        self.0.push(Packed::new(value));
    }

    /// Replaces the value at an index.
    pub fn set(&mut self, index: usize, value: Value) {
        self.0[index] = Packed::new(value);
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value.
    pub fn first(&self) -> Option<Value> {
        self.get(0)
    }

    /// The value at an index.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.0.get(index).map(|packed| packed.value())
    }

    /// All values.
    pub fn iter(&self) -> impl Iterator<Item = Value> {
        self.0.iter().map(|packed| packed.value())
    }

    /// `count` values, starting at index `start`.
    pub(super) fn sequence(&self, start: usize, count: usize) -> Sequence<'_> {
        Sequence(&self.0[start..start + count])
    }

    /// `count` pairs of a key and a value, starting at index `start`.
    pub(super) fn entries(&self, start: usize, count: usize) -> Entries<'_> {
        Entries(self.0[start..start + 2 * count].as_chunks().0)
    }
}

impl Extend<Value> for Values {
    fn extend<I: IntoIterator<Item = Value>>(&mut self, values: I) {
        self.0.extend(values.into_iter().map(Packed::new));
    }
}

impl FromIterator<Value> for Values {
    fn from_iter<I: IntoIterator<Item = Value>>(values: I) -> Self {
        Values(values.into_iter().map(Packed::new).collect())
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

/// A table's values at the keys 1, 2, 3, …
#[derive(Clone, Copy)]
pub struct Sequence<'a>(&'a [Packed]);

impl<'a> Sequence<'a> {
    /// The number of items.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The value at an index.
    pub fn get(self, index: usize) -> Option<Value> {
        self.0.get(index).map(|packed| packed.value())
    }

    /// All values.
    pub fn iter(self) -> impl Iterator<Item = Value> + 'a {
        self.0.iter().map(|packed| packed.value())
    }
}

/// A table's other entries.
#[derive(Clone, Copy)]
pub struct Entries<'a>(&'a [[Packed; 2]]);

impl<'a> Entries<'a> {
    /// The number of items.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The key and value at an index.
    pub fn get(self, index: usize) -> Option<(Value, Value)> {
        self.0.get(index).map(|[key, value]| (key.value(), value.value()))
    }

    /// All keys with their values.
    pub fn iter(self) -> impl Iterator<Item = (Value, Value)> + 'a {
        self.0.iter().map(|[key, value]| (key.value(), value.value()))
    }

    /// Whether a key is present, by binary search. `order` compares an entry's key with the wanted one.
    pub fn has_key(self, order: impl FnMut(Value) -> Ordering) -> bool {
        self.value_at(order).is_some()
    }

    /// The value at a key that is a string, by binary search.
    pub fn value_at_name(self, image: &HeapImage, name: &[u8]) -> Option<Value> {
        self.value_at(|key| match key {
            Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => Ordering::Less,
            Value::String(id) => image[id].cmp(name),
            _ => Ordering::Greater,
        })
    }

    /// The value at a key, by binary search as in [`Entries::has_key`].
    pub fn value_at(self, mut order: impl FnMut(Value) -> Ordering) -> Option<Value> {
        let found = self.0.binary_search_by(|[key, _]| order(key.value())).ok()?;
        Some(self.0[found][1].value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_preserves_every_value() {
        let values = [
            Value::Nil,
            Value::Boolean(false),
            Value::Boolean(true),
            Value::Integer(i64::MIN),
            Value::Float(-0.0),
            Value::Float(f64::from_bits(0xFFF8_0000_0000_0001)),
            Value::String(StringId(u32::MAX)),
            Value::Table(TableId(1)),
            Value::Function(FunctionId(2)),
            Value::Native(NativeId(4)),
            Value::Permanent(PermanentId(3)),
        ];
        for value in values.into_iter().chain(OPAQUES.map(Value::Opaque)) {
            assert_eq!(Packed::new(value).value(), value);
        }
        assert_eq!(size_of::<Packed>(), 9);
    }
}
