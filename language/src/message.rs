//! What the page asks of the worker.

use serde::Deserialize;

/// What is to be done. Which fields of [`Message`] count depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Take the text of a file, new or changed.
    #[default]
    Open,
    /// Forget a file.
    Close,
    /// Take definitions of what is alive.
    Live,
    /// Drop the request `of`, if it still waits.
    Cancel,
    // From here on in the order of urgency: a person waits for the first, and hardly notices the last.
    /// What can be typed at a place.
    Completion,
    /// More of the offered item `index`.
    Details,
    /// The function that is being called at a place.
    Signature,
    /// What stands at a place.
    Hover,
    /// Where that is defined.
    Definition,
    /// The range of the name at a place, if it can be changed.
    RenameRange,
    /// The edits that give it another `name`.
    Rename,
    /// Where the name at a place is used.
    References,
    /// The same in the same file.
    Highlights,
    /// The ranges around a place, from small to large.
    Selection,
    /// What the words of a file are, for their colours.
    Tokens,
    /// What is wrong in a file.
    Diagnostics,
    /// What can be done about a range of a file, where problems with these `codes` are.
    Actions,
    /// Names of parameters and types, which are shown in the lines of a range.
    Hints,
    /// The functions and variables of a file.
    Symbols,
    /// What can be folded.
    Folding,
}

impl Kind {
    /// Whether it changes what is known, and is no request.
    pub fn is_change(self) -> bool {
        self <= Kind::Live
    }
}

/// One message.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Message {
    /// Comes back with the answer.
    pub id: u32,
    /// What is to be done.
    pub kind: Kind,
    /// The path of the file.
    pub file: String,
    /// Its text; for what is alive, the definitions of `_home`.
    pub text: String,
    /// The names of globals that are alive, between spaces.
    pub globals: String,
    /// Whether the parser alone may read it.
    pub is_parsed_only: bool,
    /// A line, from 1.
    pub line: u32,
    /// A column in UTF-16 units, from 1.
    pub column: u32,
    /// Where a range ends that begins there.
    pub end_line: u32,
    /// Its column.
    pub end_column: u32,
    /// Codes of problems.
    pub codes: Vec<String>,
    /// A new name.
    pub name: String,
    /// Which of the items that were offered last.
    pub index: usize,
    /// Another message.
    pub of: u32,
}
