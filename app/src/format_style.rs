//! How programs are formatted, as a person chose it.

use serde::{Deserialize, Serialize};

use crate::preferences::Preference;

/// How programs are formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormatStyle {
    /// How many spaces a block is indented by; 0 is for tabs.
    pub indentation: u32,
    /// Whether strings have single quotes where they can have either.
    pub is_single_quoted: bool,
    /// How long a line should be at most.
    pub columns: u32,
    /// Whether a file is formatted before it is saved to the computer.
    pub before_saving: bool,
}

impl Default for FormatStyle {
    fn default() -> Self {
        FormatStyle { indentation: 2, is_single_quoted: false, columns: 100, before_saving: false }
    }
}

impl FormatStyle {
    /// The widths of indentation that there are, and how long lines can be.
    pub const INDENTATIONS: [u32; 5] = [2, 3, 4, 8, 0];
    /// How long lines can be.
    pub const COLUMNS: [u32; 6] = [60, 80, 100, 120, 160, 200];

    /// What was chosen, or the default.
    pub fn load() -> Self {
        Preference::Format.load().filter(|style: &FormatStyle| style.is_valid()).unwrap_or_default()
    }

    /// Whether each value is one that can be chosen.
    pub fn is_valid(&self) -> bool {
        Self::INDENTATIONS.contains(&self.indentation) && Self::COLUMNS.contains(&self.columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_can_be_chosen_and_what_is_missing_is_that() {
        assert!(FormatStyle::default().is_valid());
        let read = |text| serde_json::from_str::<FormatStyle>(text).expect("a style");
        assert_eq!(read("{\"columns\":80}"), FormatStyle { columns: 80, ..FormatStyle::default() });
        assert!(!read("{\"columns\":0}").is_valid());
    }
}
