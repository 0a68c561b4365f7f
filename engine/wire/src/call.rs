//! Requests that end in one answer. Each is a type that names the type of its answer, so that neither side can write
//! an answer of another kind.

use serde::{Deserialize, Serialize};

#[cfg(test_build)]
use crate::Probe;
use crate::{
    CheckFunction, Command, Compare, CompareSources, CompareTexts, Define, Definitions, DeleteBranch, DeleteSnapshot,
    DiffLine, DiffListing, DuplicateSnapshot, EditFunction, Encoded, EventBody, Export, ExportHistory, ExportJson,
    ForgetRuns, Fork, Forked, FunctionEdit, Ghost, History, Hits, Hold, Import, ImportHistory, ImportJson, Inspect,
    JsonExport, KeepTrial, ListRuns, Listing, Load, Look, NameBranch, RenameSnapshot, RunDetails, RunList,
    SaveSnapshot, Search, ShowRun, ShowSource, SnapshotFile, SnapshotInfo, Source, SourceDiff, Trace, TraceValue,
    Transfer, WriteEdit, WriteValue,
};

/// A request that ends in one answer, or in a [`crate::Fault`].
pub trait Call: Sized {
    /// The answer.
    type Reply;

    /// The request as it is sent.
    fn into_command(self) -> Command;

    /// Its answer as it is sent.
    fn into_body(reply: Self::Reply) -> EventBody;

    /// Its answer as it was sent; `None` if the event is something else.
    fn reply_of(body: EventBody) -> Option<Self::Reply>;
}

/// Declares the calls of each group of commands, the enum of their answers, and which belong together.
macro_rules! calls {
    ($($group:ident { $($(#[$cfg:meta])? $call:ident -> $reply:ty,)* })*) => {
        /// The answer to a [`Call`]; each variant is named like the call.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Reply {
            $($(
                #[doc = concat!("The answer to [`", stringify!($call), "`].")]
                $(#[$cfg])?
                $call($reply),
            )*)*
        }

        $($(
            $(#[$cfg])?
            impl Call for $call {
                type Reply = $reply;

                fn into_command(self) -> Command {
                    Command::$group($group::$call(self))
                }

                fn into_body(reply: $reply) -> EventBody {
                    EventBody::Replied(Reply::$call(reply))
                }

                fn reply_of(body: EventBody) -> Option<$reply> {
                    match body {
                        EventBody::Replied(Reply::$call(reply)) => Some(reply),
                        _ => None,
                    }
                }
            }

            $(#[$cfg])?
            impl From<$call> for $group {
                fn from(call: $call) -> Self {
                    $group::$call(call)
                }
            }
        )*)*
    };
}

calls! {
    Look {
        Inspect -> Option<Listing>,
        ShowSource -> Option<Source>,
        Compare -> Option<DiffListing>,
        CompareSources -> Option<SourceDiff>,
        CompareTexts -> Vec<DiffLine>,
        Search -> Hits,
        WriteValue -> Option<JsonExport>,
        WriteEdit -> String,
        CheckFunction -> FunctionEdit,
        Define -> Definitions,
        ListRuns -> RunList,
        ShowRun -> Option<Box<RunDetails>>,
        TraceValue -> Encoded<Trace>,
        #[cfg(test_build)]
        Probe -> String,
    }
    History {
        SaveSnapshot -> SnapshotInfo,
        DuplicateSnapshot -> SnapshotInfo,
        RenameSnapshot -> SnapshotInfo,
        DeleteSnapshot -> (),
        NameBranch -> (),
        EditFunction -> FunctionEdit,
        DeleteBranch -> (),
        ForgetRuns -> (),
    }
    Ghost {
        Fork -> Forked,
        Load -> (),
        Hold -> (),
        KeepTrial -> (),
    }
    Transfer {
        Export -> SnapshotFile,
        ExportJson -> JsonExport,
        Import -> SnapshotInfo,
        ImportJson -> SnapshotInfo,
        ExportHistory -> SnapshotFile,
        ImportHistory -> (),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Subject;

    #[test]
    fn a_reply_is_read_by_the_call_that_it_answers_and_by_no_other() {
        let source = <ShowSource as Call>::into_body(None);
        assert_eq!(ShowSource::reply_of(source.clone()), Some(None));
        assert_eq!(Inspect::reply_of(source), None);
        assert_eq!(Inspect::reply_of(EventBody::Cancelled), None);
    }

    #[test]
    fn calls_and_replies_travel_as_bytes() {
        let command = Export { subject: Subject::Home }.into_command();
        let bytes = crate::encode(&command).expect("a command");
        assert_eq!(crate::decode::<Command>(&bytes), Ok(command));
        let body = Export::into_body(SnapshotFile { bytes: vec![1, 2, 3] });
        let bytes = crate::encode(&body).expect("an event");
        assert_eq!(crate::decode::<EventBody>(&bytes), Ok(body));
    }
}
