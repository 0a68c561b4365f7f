//! A text and its lines. The analysis counts columns in characters, Monaco in UTF-16 units: here one becomes the other.

/// A text that finds its lines.
#[derive(Default)]
pub struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    /// Finds the lines of a text.
    pub fn new(text: String) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Text { text, starts }
    }

    /// The whole.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A line, from 0, and what ends it.
    pub fn line(&self, line: u32) -> &str {
        let line = line as usize;
        let Some(start) = self.starts.get(line) else { return "" };
        &self.text[*start..self.starts.get(line + 1).copied().unwrap_or(self.text.len())]
    }

    /// What stands in a line before a column in UTF-16 units.
    pub fn before(&self, line: u32, column: u32) -> &str {
        let line = self.line(line);
        let mut units = 0;
        let end = line.char_indices().find(|(_, character)| {
            units += character.len_utf16() as u32;
            units > column
        });
        &line[..end.map_or(line.len(), |(at, _)| at)]
    }

    /// The column in characters of one in UTF-16 units.
    pub fn characters(&self, line: u32, units: u32) -> u32 {
        let before = self.before(line, units);
        if before.is_ascii() { units } else { before.chars().count() as u32 }
    }

    /// The column in UTF-16 units of one in characters.
    pub fn units(&self, line: u32, characters: u32) -> u32 {
        let line = self.line(line);
        if line.is_ascii() {
            return characters;
        }
        line.chars().take(characters as usize).map(|character| character.len_utf16() as u32).sum()
    }

    /// The byte at a line, from 0, and a column in UTF-16 units.
    pub fn byte(&self, line: u32, column: u32) -> usize {
        let start = self.starts.get(line as usize).copied().unwrap_or(self.text.len());
        start + self.before(line, column).len()
    }

    /// The line and the column in UTF-16 units, both from 0, of a byte.
    pub fn place(&self, byte: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let start = self.starts[line];
        let before = self.text.get(start..byte.min(self.text.len())).unwrap_or_default();
        (line as u32, before.encode_utf16().count() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_both_ways() {
        let text = Text::new("local a\n'😀é' .. b\nlast".to_owned());
        assert_eq!((text.characters(0, 7), text.units(0, 7)), (7, 7));
        // Before the closing quote: an emoji is one character, and two units.
        assert_eq!((text.characters(1, 4), text.units(1, 3)), (3, 4));
        assert_eq!(text.before(1, 4), "'😀é");
        assert_eq!((text.line(2), text.line(3)), ("last", ""));
        assert_eq!(text.byte(1, 3), "local a\n'😀".len());
        assert_eq!(text.place("local a\n'😀".len()), (1, 3));
    }
}
