//! Looking into states, and into the journal of runs: pure questions, which change nothing.

use serde::{Deserialize, Serialize};

use crate::{CheckFunction, ListRuns, Search, ShowRun, Step, Subject, TraceValue, WriteEdit};

/// A look into a state, into two, or into the journal; or at two texts. Add a look here, and to the calls in `call.rs`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Look {
    /// What is inside a value.
    Inspect(Inspect),
    /// The source text of a function.
    ShowSource(ShowSource),
    /// What differs between two states.
    Compare(Compare),
    /// How the source text of a function differs between two states.
    CompareSources(CompareSources),
    /// How two texts differ.
    CompareTexts(CompareTexts),
    /// Where all of a state contains a text.
    Search(Search),
    /// A value as text.
    WriteValue(WriteValue),
    /// A change of a value as Lua.
    WriteEdit(WriteEdit),
    /// What another text would mean for a function.
    CheckFunction(CheckFunction),
    /// What is alive, as definitions.
    Define(Define),
    /// Which runs are in the journal.
    ListRuns(ListRuns),
    /// All that is known of a run.
    ShowRun(ShowRun),
    /// At which runs a value changed.
    TraceValue(TraceValue),
    /// What the recipe of a request needs, for the tests alone.
    #[cfg(test_build)]
    Probe(Probe),
}

impl Look {
    /// The state that this looks into, if it is one: such a look is answered also in the middle of a run.
    pub fn subject(&self) -> Option<&Subject> {
        match self {
            Look::Inspect(Inspect { subject, .. }) | Look::ShowSource(ShowSource { subject, .. }) => Some(subject),
            _ => None,
        }
    }
}

/// List what is inside a value. `None` if the path no longer leads anywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspect {
    /// Where the path starts.
    pub subject: Subject,
    /// The steps from there to the value whose children are wanted.
    pub path: Vec<Step>,
    /// The first child wanted, counted from 0.
    pub offset: u32,
    /// The maximum number of children wanted.
    pub limit: u32,
}

/// Fetch the source text of a function. `None` if the function no longer exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowSource {
    /// Where the path starts.
    pub subject: Subject,
    /// The steps from there to the function.
    pub path: Vec<Step>,
}

/// Compare two values at a path: list which of their children differ. `None` if nothing differs there any longer.
///
/// The first comparison of two subjects compares them whole, which takes about as long as reading them; later ones of
/// the same two are quick, until a run changes `_home`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compare {
    /// The earlier state.
    pub before: Subject,
    /// The later state.
    pub after: Subject,
    /// The steps of rows that were listed before; empty for the whole.
    pub path: Vec<Step>,
    /// The first row wanted, counted from 0.
    pub offset: u32,
    /// The maximum number of rows wanted.
    pub limit: u32,
}

/// Compare the source text of two functions. `None` if there are no two functions there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareSources {
    /// The earlier state.
    pub before: Subject,
    /// The later state.
    pub after: Subject,
    /// The steps to a row that [`Compare`] listed.
    pub path: Vec<Step>,
}

/// Compare two texts line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareTexts {
    /// The earlier text.
    pub before: String,
    /// The later text.
    pub after: String,
}

/// Write a value as text, to be taken elsewhere. `None` if the path no longer leads anywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteValue {
    /// Where the path starts.
    pub subject: Subject,
    /// The steps from there to the value.
    pub path: Vec<Step>,
    /// What is to be written of it.
    pub form: TextForm,
}

/// What is to be written of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextForm {
    /// The Lua expression that leads to it.
    Path,
    /// Lua that makes it again; nil, with a comment, where there is none.
    Lua,
    /// JSON.
    Json,
    /// A string as it is, anything else in one line.
    Plain,
}

/// Define what is alive, `_home` and the globals, as the editor understands it. The answer is meant for the language
/// worker; the page passes it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Define;

/// What is alive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definitions {
    /// The names, types and values in `_home`, in the annotations that language servers read.
    pub home: String,
    /// The names of the globals that programs made, between spaces.
    pub globals: String,
}

/// Say a text again.
#[cfg(test_build)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// The text.
    pub text: String,
}
