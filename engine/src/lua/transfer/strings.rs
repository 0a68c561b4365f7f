//! The strings of a message that is being written, each with its number. Lua has equal short strings only once,
//! and while nothing is collected the address of a string tells it from all others.

use rustc_hash::FxHashMap;

use super::tokens::write_number;

/// Strings shorter than this may be in a message more than once.
const LONG_BYTES: usize = 40;

/// How many recent strings, as a power of two, are remembered: those used again soon, such as the keys of records.
const RECENT_BITS: u32 = 10;

type Start = *const u8;

/// The strings of a message.
pub struct StringList {
    count: usize,
    lengths: Vec<u8>,
    bytes: Vec<u8>,
    /// Short strings, each in the slot that its address hashes to. A map of all of them would take longer than it
    /// saves.
    recent: Vec<(Start, usize)>,
    long: FxHashMap<Start, usize>,
}

impl StringList {
    pub fn new() -> StringList {
        StringList {
            count: 0,
            lengths: Vec::new(),
            bytes: Vec::new(),
            recent: vec![(std::ptr::null(), 0); 1 << RECENT_BITS],
            long: FxHashMap::default(),
        }
    }

    /// The number of a string, which is added if it has none yet.
    pub fn number_of(&mut self, string: &[u8]) -> usize {
        let start = string.as_ptr();
        if string.len() >= LONG_BYTES {
            if let Some(number) = self.long.get(&start) {
                return *number;
            }
            let number = self.add(string);
            self.long.insert(start, number);
            return number;
        }
        let slot = (start as u32).wrapping_mul(0x9E37_79B1) >> (u32::BITS - RECENT_BITS);
        let (known, number) = self.recent[slot as usize];
        if known == start {
            return number;
        }
        let number = self.add(string);
        self.recent[slot as usize] = (start, number);
        number
    }

    fn add(&mut self, string: &[u8]) -> usize {
        let is_binary = str::from_utf8(string).is_err();
        write_number(&mut self.lengths, string.len() << 1 | usize::from(is_binary));
        self.bytes.extend_from_slice(string);
        self.count += 1;
        self.count - 1
    }

    /// The message made of these strings and of tokens.
    pub fn message(self, tokens: &[u8]) -> Vec<u8> {
        let mut message = Vec::with_capacity(self.lengths.len() + self.bytes.len() + tokens.len() + 5);
        write_number(&mut message, self.count);
        message.extend(self.lengths);
        message.extend(self.bytes);
        message.extend(tokens);
        message
    }
}
