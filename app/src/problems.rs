//! What is wrong in the files, as the help with Lua reports it.

use serde::Deserialize;

use crate::{formats, workspace::DocumentId};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "u8")]
pub enum Severity {
    /// The program does not compile, or fails there.
    Error,
    /// It may do something else than is meant.
    Warning,
    /// It could be simpler.
    Hint,
}

impl From<u8> for Severity {
    /// Monaco's number.
    fn from(number: u8) -> Self {
        match number {
            8 => Severity::Error,
            4 => Severity::Warning,
            _ => Severity::Hint,
        }
    }
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Hint => "Hint",
        }
    }
}

/// A problem.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Where it starts: a line, from 1.
    pub start_line_number: u32,
    /// A column in UTF-16 units, from 1.
    pub start_column: u32,
    /// What it is.
    pub message: String,
    /// The name of the rule, if one found it.
    #[serde(default)]
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
}

/// The problems of all files, as they are reported: the text is read by those who show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// Pairs of a document's id and its problems, as JSON.
    pub list: String,
    /// How many errors there are.
    pub errors: u32,
    /// How many warnings there are.
    pub warnings: u32,
}

impl Problems {
    /// The problems by their documents, from the top of each to its end; none if the text is not a list of them.
    pub fn read(&self) -> Vec<(DocumentId, Vec<Problem>)> {
        let mut found: Vec<(u32, Vec<Problem>)> = serde_json::from_str(&self.list).unwrap_or_default();
        found.iter_mut().for_each(|(_, problems)| problems.sort_by_key(|it| (it.start_line_number, it.start_column)));
        found.into_iter().map(|(id, problems)| (DocumentId(id), problems)).collect()
    }

    /// How many there are, in words.
    pub fn summary(&self) -> String {
        let (errors, warnings) = (self.errors.into(), self.warnings.into());
        match (self.errors, self.warnings) {
            (0, 0) => "no problems".to_owned(),
            (_, 0) => formats::counted(errors, "error"),
            (0, _) => formats::counted(warnings, "warning"),
            _ => [formats::counted(errors, "error"), formats::counted(warnings, "warning")].join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_read_in_the_order_of_lines() {
        let list = r#"[[3, [
            { "startLineNumber": 9, "startColumn": 2, "message": "later", "severity": 4, "code": "unused", "tags": [1] },
            { "startLineNumber": 2, "startColumn": 7, "message": "first", "severity": 8 }
        ]]]"#;
        let problems = Problems { list: list.to_owned(), errors: 1, warnings: 2 };
        let found = problems.read();
        let lines: Vec<_> = found[0].1.iter().map(|it| (it.start_line_number, it.severity, it.code.as_str())).collect();
        assert_eq!(found[0].0, DocumentId(3));
        assert_eq!(lines, [(2, Severity::Error, ""), (9, Severity::Warning, "unused")]);
        assert_eq!(problems.summary(), "1 error, 2 warnings");
        assert_eq!(Problems::default().read(), []);
        assert_eq!(Problems::default().summary(), "no problems");
    }
}
