//! What is done with `_io.output`, and with single values.

use wire::{ExportJson, Inspect, JsonExport, Omission, Step, Subject, Summary, TextForm, WriteValue};

use super::Session;
use crate::{
    client::PendingRequest,
    clipboard,
    dialogs::OmissionsReport,
    files::{FileKind, download},
    rpc::CallError,
    state::StateEvent,
};

const OUTPUT_JSON: ExportJson = ExportJson { subject: Subject::Output };

impl Session {
    /// Asks what `_io.output` is, in a line. Nothing is said where it cannot be asked: it is asked again when a worker
    /// is there.
    pub fn with_output(self, on_value: impl FnOnce(Summary) + 'static) {
        let call = Inspect { subject: Subject::Output, path: Vec::new(), offset: 0, limit: 0 };
        self.client.ask(call, move |answer| match answer {
            Ok(Some(listing)) => on_value(listing.of),
            Err(error @ CallError::Failed(_)) => self.refuse("_io.output cannot be shown", &error),
            _ => {}
        });
    }

    /// Asks for `_io.output` as JSON, which is wanted only as long as what this returns is kept.
    pub fn with_output_json(self, on_end: impl FnOnce(Result<JsonExport, CallError>) + 'static) -> PendingRequest {
        self.client.ask_while_kept(OUTPUT_JSON, on_end)
    }

    fn tell_left_out(self, omissions: Vec<Omission>, count: u64) {
        if count > 0 {
            self.dialogs.show_omissions(OmissionsReport::of_json(omissions, count));
        }
    }

    /// Asks for it to be taken along; says what is not in it, or why there is none.
    fn take_output(self, take: impl FnOnce(String) + 'static) {
        self.client.ask(OUTPUT_JSON, move |answer| match answer {
            Ok(JsonExport { text, omissions, omission_count }) => {
                take(text);
                self.tell_left_out(omissions, omission_count);
            }
            Err(CallError::Cancelled) => {}
            Err(error) => self.refuse("_io.output was not exported", &error),
        });
    }

    /// Puts `_io.output` as JSON into the clipboard. Calls `on_copied` when it is there.
    pub fn copy_output(self, on_copied: impl FnOnce() + 'static) {
        let give = self.begin_copy(on_copied);
        self.client.ask(OUTPUT_JSON, move |answer| match answer {
            Ok(JsonExport { text, omissions, omission_count }) => {
                give(Some(text));
                self.tell_left_out(omissions, omission_count);
            }
            Err(error) => {
                give(None);
                self.refuse("_io.output was not copied", &error);
            }
        });
    }

    /// Puts a value into the clipboard, as text of this form.
    pub fn copy_value(self, subject: Subject, path: Vec<Step>, form: TextForm) {
        let give = self.begin_copy(|| {});
        self.client.ask(WriteValue { subject, path, form }, move |answer| match answer {
            Ok(Some(JsonExport { text, omissions, omission_count })) => {
                give(Some(text));
                self.tell_left_out(omissions, omission_count);
            }
            Ok(None) => {
                give(None);
                self.state.apply(StateEvent::Refused("Not copied: that no longer exists.".to_owned()));
            }
            Err(error) => {
                give(None);
                self.refuse("Not copied", &error);
            }
        });
    }

    /// Gives the person `_io.output` as a file.
    pub fn download_output(self) {
        self.take_output(|json| download("output", FileKind::Json, json.as_bytes()));
    }

    /// Puts a text into the clipboard, or says that the browser refused it. Calls `on_copied` when it is there.
    pub fn copy(self, text: String, on_copied: impl FnOnce() + 'static) {
        self.begin_copy(on_copied)(Some(text));
    }

    fn begin_copy(self, on_copied: impl FnOnce() + 'static) -> impl FnOnce(Option<String>) {
        clipboard::copy(move |is_copied| {
            if is_copied {
                return on_copied();
            }
            let reason = "Not copied: the browser does not let this page use the clipboard. Select the text instead.";
            self.state.apply(StateEvent::Refused(reason.to_owned()));
        })
    }
}
