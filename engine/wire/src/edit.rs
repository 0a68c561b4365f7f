//! Changes of single values that a person makes without writing a program.

use serde::{Deserialize, Serialize};

use crate::Step;

/// Write a change of `_home` as a line of Lua, which is run to make it. This call itself changes nothing and runs
/// nothing. A fault says what cannot be done, or what is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteEdit {
    /// The steps from `_home` to the value that is changed.
    pub path: Vec<Step>,
    /// What is to become of it.
    pub edit: Edit,
}

/// What is to become of a value. Values are texts in Lua, as an expression, or in JSON. Keys are texts that are read as numbers
/// and booleans where they look like it, and else as strings, with or without quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    /// It is replaced.
    Set {
        /// The new value.
        value: String,
    },
    /// It is a table, and gets one more entry.
    Add {
        /// The entry's key, which the table does not have yet; blank: the next of the sequence.
        key: String,
        /// The entry's value.
        value: String,
    },
    /// It stays, with another key.
    Rename {
        /// The new key, which the table does not have yet.
        key: String,
    },
    /// It is removed. If it is in a sequence, what follows it moves up.
    Remove,
}
