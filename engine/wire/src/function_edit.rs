//! Functions that get another text while they live.

use serde::{Deserialize, Serialize};

use crate::Step;

/// Say what [`EditFunction`] would do. A fault says what is wrong with the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFunction {
    /// The steps from `_home` to the function.
    pub path: Vec<Step>,
    /// The lines of the function, changed: see [`crate::Source::text`].
    pub source: String,
}

/// Give a function of `_home`, and all functions that are made of the same text, another text. They stay the objects that they
/// are, and keep the upvalues that the new text still uses, by name. A checkpoint follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditFunction {
    /// The steps from `_home` to the function.
    pub path: Vec<Step>,
    /// The lines of the function, changed.
    pub source: String,
}

/// What a new text means for a function.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionEdit {
    /// The upvalues that it keeps.
    pub kept: Vec<String>,
    /// The upvalues that it did not have; they are nil at first.
    pub new: Vec<String>,
    /// The upvalues that it no longer uses.
    pub lost: Vec<String>,
    /// How many functions are made of the text, this one included: all of them change.
    pub functions: u32,
    /// How many values that live in the VM cannot be copied, such as open files: they are nil afterwards.
    pub omissions: u64,
}
