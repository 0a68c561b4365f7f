//! Numbers as the C library reads them.

use std::ffi::{CString, c_char};

unsafe extern "C" {
    fn strtod(text: *const c_char, end: *mut *mut c_char) -> f64;
}

/// The float that a decimal text stands for, to the last digit; 0 for a text that is no number. The C library is there
/// for Lua anyway, while Rust's own reader of floats comes with large tables.
pub fn float_of(text: &str) -> f64 {
    let Ok(text) = CString::new(text) else { return 0.0 };
    // SAFETY: the text ends with a NUL, and `strtod` may be told not to say where it stopped.
    unsafe { strtod(text.as_ptr(), std::ptr::null_mut()) }
}
