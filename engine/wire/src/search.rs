//! Searching all of a state.

use serde::{Deserialize, Serialize};

use crate::{Step, Subject, Summary};

/// Find the keys, strings and numbers of a state that contain a text. Of each object, only what is inside it at the
/// shortest path that leads to it is listed; the positions of a sequence are no keys here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The state.
    pub subject: Subject,
    /// The text, of which each character may also be the one at its place in `other_case`. Nothing contains an empty
    /// text.
    pub text: String,
    /// The text in the other case, if it has as many characters then; otherwise anything else.
    pub other_case: String,
    /// The maximum number of hits wanted.
    pub limit: u32,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hits {
    /// The values found, those with shorter paths first, then in the order of listings.
    pub hits: Vec<Hit>,
    /// Whether these are all there are.
    pub is_complete: bool,
}

/// A value whose key or text contains what was wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The places to go through from the subject to the value; the last is its own.
    pub places: Vec<Place>,
    /// The path as a person reads it: `_home.users[3].name`.
    pub path: String,
    /// The value.
    pub value: Summary,
}

/// Where a child is among the children of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The step from the parent.
    pub step: Step,
    /// Its number among the children, from 0.
    pub index: u32,
    /// How many children there are.
    pub sibling_count: u32,
}
