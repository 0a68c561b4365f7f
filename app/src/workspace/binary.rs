//! Files that are not text, kept as a text that says so: their bytes in base64.

/// The first line of such a text.
const MARK: &str = "This file is not text. Programs find these bytes, written in base64:\n";
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Bytes on a line: 76 digits.
const LINE_BYTES: usize = 57;

/// The text that stands for bytes.
pub fn to_text(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        // A text that looks like what stands for bytes could not be told from it.
        Ok(text) if !text.starts_with(MARK) => text,
        Ok(text) => encode(text.as_bytes()),
        Err(error) => encode(error.as_bytes()),
    }
}

/// The bytes that a text stands for: its own, unless it says otherwise.
pub fn to_bytes(text: &str) -> Vec<u8> {
    text.strip_prefix(MARK).and_then(decode).unwrap_or_else(|| text.as_bytes().to_vec())
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::from(MARK);
    for line in bytes.chunks(LINE_BYTES) {
        for group in line.chunks(3) {
            let number = (0..3).fold(0, |number, at| number << 8 | u32::from(*group.get(at).unwrap_or(&0)));
            let digit = |at: usize| char::from(DIGITS[(number >> (18 - 6 * at) & 63) as usize]);
            (0..4).for_each(|at| text.push(if at <= group.len() { digit(at) } else { '=' }));
        }
        text.push('\n');
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut number, mut bits) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        number = number << 6 | DIGITS.iter().position(|digit| *digit == byte)? as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((number >> bits) as u8);
            number &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_bytes_survive_as_text() {
        for length in [0, 1, 2, 3, 56, 57, 58, 1000] {
            let bytes: Vec<u8> = (0..length).map(|at| (at * 7 + 0x80) as u8).collect();
            assert_eq!(to_bytes(&to_text(bytes.clone())), bytes);
        }
        let text = to_text(vec![0xFF, 0]);
        assert_eq!(text.lines().last(), Some("/wA="));
        // So does the text that stands for them, as the text that it is.
        assert_eq!(to_bytes(&to_text(text.clone().into_bytes())), text.as_bytes());
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(to_text("print 'é'".into()), "print 'é'");
        assert_eq!(to_bytes("print 'é'"), "print 'é'".as_bytes());
        let spoilt = [MARK, "!"].concat();
        assert_eq!(to_bytes(&spoilt), spoilt.as_bytes());
    }
}
