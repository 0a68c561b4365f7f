//! The order of keys.

use std::cmp::Ordering;

use super::{HeapImage, Value};

impl HeapImage {
    /// Sorts a table's entries by [`HeapImage::compare_keys`].
    pub fn sort_entries(&self, entries: &mut Vec<(Value, Value)>) {
        if entries.len() < 32 {
            for end in 1..entries.len() {
                let (sorted, next) = (&entries[..end], &entries[end].0);
                let start = sorted.partition_point(|(key, _)| self.compare_keys(key, next).is_le());
                entries[start..=end].rotate_right(1);
            }
            return;
        }
        // Most keys of large tables are strings, whose bytes are scattered in memory. Their first bytes are fetched
        // once and usually decide. Sorting moves small items instead of entries.
        let order_of = |(index, (key, _)): (usize, &(Value, Value))| (key_rank(key), self.key_start(key), index as u32);
        let mut order: Vec<(u8, u128, u32)> = entries.iter().enumerate().map(order_of).collect();
        order.sort_unstable_by(|(a_rank, a_start, a), (b_rank, b_start, b)| {
            let by_key = || self.compare_keys(&entries[*a as usize].0, &entries[*b as usize].0);
            a_rank.cmp(b_rank).then(a_start.cmp(b_start)).then_with(by_key).then(a.cmp(b))
        });
        *entries = order.into_iter().map(|(_, _, index)| entries[index as usize]).collect();
    }

    /// The first bytes of a string as a number that sorts like the string; 0 for other keys.
    fn key_start(&self, key: &Value) -> u128 {
        let Value::String(id) = key else { return 0 };
        let mut start = [0; 16];
        let string = &self[*id];
        let length = string.len().min(start.len());
        start[..length].copy_from_slice(&string[..length]);
        u128::from_be_bytes(start)
    }

    /// The order of entries: booleans, numbers, strings by their bytes, permanents by their path, then other
    /// objects, which compare equal to each other.
    pub fn compare_keys(&self, a: &Value, b: &Value) -> Ordering {
        self.compare_key_with(a, self, b)
    }

    /// Compares a key of this image with a key of another, in the order of [`HeapImage::compare_keys`].
    pub fn compare_key_with(&self, a: &Value, other: &HeapImage, b: &Value) -> Ordering {
        match (a, b) {
            (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
            (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
            (Value::Float(a), Value::Float(b)) => a.total_cmp(b),
            (Value::Integer(a), Value::Float(b)) => (*a as f64).total_cmp(b).then(Ordering::Less),
            (Value::Float(a), Value::Integer(b)) => a.total_cmp(&(*b as f64)).then(Ordering::Greater),
            (Value::String(a), Value::String(b)) => self[*a].cmp(&other[*b]),
            (Value::Permanent(a), Value::Permanent(b)) => self[*a].cmp(&other[*b]),
            _ => key_rank(a).cmp(&key_rank(b)),
        }
    }
}

fn key_rank(key: &Value) -> u8 {
    match key {
        Value::Boolean(_) => 0,
        Value::Integer(_) | Value::Float(_) => 1,
        Value::String(_) => 2,
        Value::Permanent(_) => 3,
        Value::Table(_) | Value::Function(_) | Value::Native(_) | Value::Opaque(_) | Value::Nil => 4,
    }
}
