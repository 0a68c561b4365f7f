//! Zip files as other tools read and write them: the list of what is in one, checked, since the bytes may be anything.
//! `crate::zip::streams` unpacks and packs with the browser's own code.

pub mod streams;

/// The most files that are looked at in a zip.
pub const MAX_ENTRIES: usize = 1000;
/// The most bytes that the files in a zip may have together, unpacked.
const MAX_BYTES: u64 = 64 << 20;
/// The note at the end of the zips that this page writes.
const NOTE: &[u8] = b"cu workspace";

const LOCAL_MARK: u32 = 0x0403_4B50;
const CENTRAL_MARK: u32 = 0x0201_4B50;
const END_MARK: u32 = 0x0605_4B50;
const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
/// 2.0, which brought folders and compression.
const VERSION: u16 = 20;
/// Names are UTF-8.
const UTF8_FLAG: u16 = 1 << 11;
const ENCRYPTED_FLAG: u16 = 1;

/// Why nothing of a zip is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZipError {
    /// It is no zip, or parts of it are missing.
    #[error("it is no zip file, or a damaged one")]
    Damaged,
    /// It holds more than [`MAX_ENTRIES`] files.
    #[error("it holds more than {MAX_ENTRIES} files")]
    TooMany,
    /// It holds more than [`MAX_BYTES`] bytes.
    #[error("it holds more than {} MB", MAX_BYTES >> 20)]
    TooMuch,
}

/// Why a file in a zip is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// It needs a password.
    #[error("it is encrypted")]
    Encrypted,
    /// It is packed by another method than the usual one.
    #[error("it is packed in an unusual way")]
    Method,
    /// Its bytes are not those that the zip says.
    #[error("it is damaged")]
    Damaged,
}

/// How a file in a zip is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Stored,
    /// By “deflate”.
    Deflated,
}

/// A file in a zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its path, as the zip has it.
    pub name: String,
    /// How it is packed, or why it cannot be unpacked.
    pub packing: Result<Packing, EntryError>,
    /// Its bytes, packed.
    pub packed: &'a [u8],
    /// How many bytes it has, unpacked.
    pub size: usize,
    checksum: u32,
}

impl Entry<'_> {
    /// Whether these are its bytes.
    pub fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() == self.size && checksum(bytes) == self.checksum
    }
}

/// Whether this page wrote the zip.
pub fn is_own(bytes: &[u8]) -> bool {
    bytes.ends_with(NOTE)
}

/// The files in a zip. Folders are left out: the paths of files say them.
pub fn entries(bytes: &[u8]) -> Result<Vec<Entry<'_>>, ZipError> {
    let end = find_end(bytes).ok_or(ZipError::Damaged)?;
    let count = number16(bytes, end + 10).ok_or(ZipError::Damaged)?;
    let mut at = number32(bytes, end + 16).ok_or(ZipError::Damaged)? as usize;
    let (mut entries, mut total) = (Vec::new(), 0);
    for _ in 0..count {
        let (entry, next) = entry_at(bytes, at).ok_or(ZipError::Damaged)?;
        at = next;
        if entry.name.ends_with(['/', '\\']) {
            continue;
        }
        total += entry.size as u64;
        entries.push(entry);
        match () {
            () if entries.len() > MAX_ENTRIES => return Err(ZipError::TooMany),
            () if total > MAX_BYTES => return Err(ZipError::TooMuch),
            () => {}
        }
    }
    Ok(entries)
}

/// Where the record is that ends a zip. A note of up to 64 kB may follow it.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let is_end = |at: &usize| {
        let note = number16(bytes, at + 20).map(usize::from);
        number32(bytes, *at) == Some(END_MARK) && note.is_some_and(|note| at + END_BYTES + note == bytes.len())
    };
    (last.saturating_sub(0xFFFF)..=last).rev().find(is_end)
}

/// The file that the list names here, and where the next one is.
fn entry_at(bytes: &[u8], at: usize) -> Option<(Entry<'_>, usize)> {
    if number32(bytes, at)? != CENTRAL_MARK {
        return None;
    }
    let [name_bytes, extra, note] = [28, 30, 32].map(|offset| number16(bytes, at + offset));
    let name_end = at + CENTRAL_BYTES + usize::from(name_bytes?);
    let name = bytes.get(at + CENTRAL_BYTES..name_end)?;
    let (flags, method) = (number16(bytes, at + 8)?, number16(bytes, at + 10)?);
    let (packed_bytes, size) = (number32(bytes, at + 20)? as usize, number32(bytes, at + 24)? as usize);
    let local = number32(bytes, at + 42)? as usize;
    if number32(bytes, local)? != LOCAL_MARK {
        return None;
    }
    let [local_name, local_extra] = [26, 28].map(|offset| number16(bytes, local.saturating_add(offset)));
    let start = local + LOCAL_BYTES + usize::from(local_name?) + usize::from(local_extra?);
    let packing = match method {
        _ if flags & ENCRYPTED_FLAG != 0 => Err(EntryError::Encrypted),
        0 => Ok(Packing::Stored),
        8 => Ok(Packing::Deflated),
        _ => Err(EntryError::Method),
    };
    let packed = bytes.get(start..start.checked_add(packed_bytes)?)?;
    let (name, checksum) = (String::from_utf8_lossy(name).into_owned(), number32(bytes, at + 16)?);
    let next = name_end + usize::from(extra?) + usize::from(note?);
    Some((Entry { name, packing, packed, size, checksum }, next))
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A zip that is being written.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    list: Vec<u8>,
    count: u16,
}

impl Writer {
    /// Adds a file: its path, its bytes, and the same packed by “deflate”. `moment` is the time as MS-DOS writes it.
    pub fn add(&mut self, path: &str, bytes: &[u8], deflated: &[u8], moment: u32) {
        let (method, packed): (u16, _) = if deflated.len() < bytes.len() { (8, deflated) } else { (0, bytes) };
        let mut head = Vec::with_capacity(LOCAL_BYTES - 4);
        [VERSION, UTF8_FLAG, method].iter().for_each(|number| head.extend(number.to_le_bytes()));
        let numbers = [moment, checksum(bytes), packed.len() as u32, bytes.len() as u32, path.len() as u32];
        numbers.iter().for_each(|number| head.extend(number.to_le_bytes()));
        self.list.extend(CENTRAL_MARK.to_le_bytes());
        self.list.extend(VERSION.to_le_bytes());
        self.list.extend(&head);
        // No note, the first disk, no attributes.
        self.list.extend([0; 10]);
        self.list.extend((self.bytes.len() as u32).to_le_bytes());
        self.list.extend(path.as_bytes());
        self.bytes.extend(LOCAL_MARK.to_le_bytes());
        self.bytes.extend(head);
        self.bytes.extend(path.as_bytes());
        self.bytes.extend(packed);
        self.count += 1;
    }

    /// The zip.
    pub fn finish(mut self) -> Vec<u8> {
        let (start, length) = (self.bytes.len() as u32, self.list.len() as u32);
        self.bytes.extend(self.list);
        self.bytes.extend(END_MARK.to_le_bytes());
        self.bytes.extend([0; 4]);
        [self.count, self.count].iter().for_each(|number| self.bytes.extend(number.to_le_bytes()));
        [length, start].iter().for_each(|number| self.bytes.extend(number.to_le_bytes()));
        self.bytes.extend((NOTE.len() as u16).to_le_bytes());
        self.bytes.extend(NOTE);
        self.bytes
    }
}

/// The checksum of zip files and of PNG: CRC-32.
pub fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes.iter().fold(!0, |sum, byte| sum >> 8 ^ TABLE[(sum as u8 ^ byte) as usize])
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let (mut sum, mut bit) = (at as u32, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
}

#[cfg(test)]
#[path = "zip/tests.rs"]
mod tests;
