//! Numbers as the C library reads them.

use std::ffi::{CString, c_char};

unsafe extern "C" {
    fn strtod(text: *const c_char, end: *mut *mut c_char) -> f64;
}

/// The float that a decimal text stands for, correctly rounded; 0 for a text that is not a number. Lua needs the C
/// library anyway, while Rust's own float parser comes with large tables.
pub fn float_of(text: &str) -> f64 {
    let Ok(text) = CString::new(text) else { return 0.0 };
    // SAFETY: the text ends with a NUL, and `strtod` accepts a null end pointer.
    unsafe { strtod(text.as_ptr(), std::ptr::null_mut()) }
}
