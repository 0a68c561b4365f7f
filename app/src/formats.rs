//! Formats numbers, sizes and times for display.

/// A text in small letters. What is not ASCII is left to the browser, which has Unicode's tables already.
pub fn lowercase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_lowercase()
}

/// A text in capital letters.
pub fn uppercase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_upper_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_uppercase()
}

/// A count with thousands separators: `1,204`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 value`, `2 values`.
pub fn counted(number: u64, noun: &str) -> String {
    let suffix = if number == 1 { "" } else { "s" };
    format!("{} {noun}{suffix}", count(number))
}

/// A number that is not negative, rounded to a number of decimal places. Unlike `format!`, it needs no code that writes any
/// number exactly, which would be a noticeable part of the page.
fn rounded(number: f64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let scaled = (number * scale as f64).round() as u64;
    let whole = (scaled / scale).to_string();
    if places == 0 { whole } else { format!("{whole}.{:0width$}", scaled % scale, width = places as usize) }
}

/// A size for a person: `812 B`, `1.4 MB`, `256 MB`.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 4] = ["B", "kB", "MB", "GB"];
    let mut amount = size as f64;
    let mut unit = 0;
    while amount >= 1023.5 && unit + 1 < UNITS.len() {
        amount /= 1024.0;
        unit += 1;
    }
    let places = u32::from(unit > 0 && amount < 9.95);
    format!("{} {}", rounded(amount, places), UNITS[unit])
}

/// A duration for a person: `0.4 ms`, `12 ms`, `1.24 s`, `2 min 5 s`.
pub fn elapsed(millis: f64) -> String {
    match millis {
        ..9.95 => format!("{} ms", rounded(millis, 1)),
        ..999.5 => format!("{} ms", rounded(millis, 0)),
        ..59_995.0 => format!("{} s", rounded(millis / 1000.0, 2)),
        _ => {
            let seconds = (millis / 1000.0).round() as u64;
            format!("{} min {} s", seconds / 60, seconds % 60)
        }
    }
}

/// A time of day in the local time zone: `14:02:11`.
pub fn time_of_day(millis: f64) -> String {
    let date = js_sys::Date::new(&millis.into());
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}

/// A date and time in the local time zone: `14:02` today, otherwise `2026-03-09 14:02`.
pub fn moment(millis: f64) -> String {
    let date = js_sys::Date::new(&millis.into());
    let time = format!("{:02}:{:02}", date.get_hours(), date.get_minutes());
    if date.to_date_string() == js_sys::Date::new_0().to_date_string() {
        return time;
    }
    format!("{}-{:02}-{:02} {time}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// A file name with the current time: `_home 2026-03-09 14.02`.
pub fn file_stamp(name: &str) -> String {
    let date = js_sys::Date::new_0();
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{name} {year}-{month:02}-{day:02} {:02}.{:02}", date.get_hours(), date.get_minutes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_separators() {
        let read: Vec<_> = [0, 999, 1000, 1_204_567].map(count).into();
        assert_eq!(read, ["0", "999", "1,000", "1,204,567"]);
        assert_eq!(counted(1, "value"), "1 value");
        assert_eq!(counted(1204, "value"), "1,204 values");
    }

    #[test]
    fn sizes_below_ten_have_one_decimal() {
        let read: Vec<_> = [0, 1023, 1024, 1_468_006, 256 << 20, 3 << 30].map(bytes).into();
        assert_eq!(read, ["0 B", "1023 B", "1.0 kB", "1.4 MB", "256 MB", "3.0 GB"]);
    }

    #[test]
    fn durations_use_a_suitable_unit() {
        let read: Vec<_> = [-1.0, 0.04, 9.94, 12.4, 1040.0, 125_000.0].map(elapsed).into();
        assert_eq!(read, ["0.0 ms", "0.0 ms", "9.9 ms", "12 ms", "1.04 s", "2 min 5 s"]);
    }
}
