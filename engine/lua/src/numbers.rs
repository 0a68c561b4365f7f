//! Numbers as the C library reads and writes them. Lua needs it anyway, while Rust's own code for floats comes with large
//! tables.

use std::ffi::{CString, c_char, c_int};

unsafe extern "C" {
    fn strtod(text: *const c_char, end: *mut *mut c_char) -> f64;
    fn cu_number_text(text: *mut c_char, size: usize, digits: c_int, number: f64) -> c_int;
}

/// So many digits name every float.
const MAX_DIGITS: u8 = 17;

/// The float that a decimal text stands for, correctly rounded; 0 for a text that is not a number.
pub fn float_of(text: &str) -> f64 {
    let Ok(text) = CString::new(text) else { return 0.0 };
    // SAFETY: the text ends with a NUL, and `strtod` accepts a null end pointer.
    unsafe { strtod(text.as_ptr(), std::ptr::null_mut()) }
}

/// A float as C's `%.14g` writes it, with this many significant digits, at most 17. `.0` is appended if that looks like an
/// integer.
pub fn text_of(float: f64, digits: u8) -> String {
    let mut bytes = [0; 32];
    // SAFETY: C writes no more than there is room for.
    let length = unsafe { cu_number_text(bytes.as_mut_ptr().cast(), bytes.len(), digits.into(), float) };
    let length = usize::try_from(length).unwrap_or_default().min(bytes.len() - 1);
    let mut text = String::from_utf8_lossy(&bytes[..length]).into_owned();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        text.push_str(".0");
    }
    text
}

/// A text of few digits that stands for the same finite float.
pub fn exact_text_of(float: f64) -> String {
    let texts = (15..MAX_DIGITS).map(|digits| text_of(float, digits));
    let exact = texts.into_iter().find(|text| float_of(text).to_bits() == float.to_bits());
    exact.unwrap_or_else(|| text_of(float, MAX_DIGITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_as_lua_writes_them() {
        for (float, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (5.0, "5.0"),
            (0.1, "0.1"),
            (1e15, "1e+15"),
            (1e-5, "1e-05"),
            (2f64.powi(53), "9.007199254741e+15"),
            (f64::MAX, "1.7976931348623e+308"),
        ] {
            assert_eq!(text_of(float, 14), text);
        }
    }

    #[test]
    fn an_exact_text_is_the_same_float_again_and_short() {
        for (float, text) in [
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "-0.0"),
            (1.0 / 3.0, "0.3333333333333333"),
            (100.0, "100.0"),
            (5e-324, "4.94065645841247e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
        ] {
            assert_eq!(exact_text_of(float), text);
            assert_eq!(float_of(text).to_bits(), float.to_bits());
        }
    }
}
