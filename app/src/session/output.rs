//! What is done with `_io.output`.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use wire::{ExportJson, Inspect, JsonExport, Subject, Summary};

use super::Session;
use crate::{
    dialogs::OmissionsReport,
    files::{FileKind, download},
    rpc::CallError,
    state::StateEvent,
};

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

    /// Asks for `_io.output` as JSON.
    pub fn with_output_json(self, on_end: impl FnOnce(Result<JsonExport, CallError>) + 'static) {
        self.client.ask(ExportJson { subject: Subject::Output }, on_end);
    }

    /// Asks for it to be taken along; says what is not in it, or why there is none.
    fn take_output(self, take: impl FnOnce(String) + 'static) {
        self.with_output_json(move |answer| match answer {
            Ok(JsonExport { text, omissions, omission_count }) => {
                take(text);
                if omission_count > 0 {
                    self.dialogs.show_omissions(OmissionsReport::of_json(omissions, omission_count));
                }
            }
            Err(error) => self.refuse("_io.output was not exported", &error),
        });
    }

    /// Puts `_io.output` as JSON into the clipboard.
    pub fn copy_output(self) {
        self.take_output(move |json| self.copy(json));
    }

    /// Gives the person `_io.output` as a file.
    pub fn download_output(self) {
        self.take_output(|json| download("output", FileKind::Json, json.as_bytes()));
    }

    /// Puts a text into the clipboard, or says that the browser refused it.
    pub fn copy(self, text: String) {
        let refused = move || {
            let reason = "Not copied: the browser does not let this page use the clipboard. Select the text instead.";
            self.state.apply(StateEvent::Refused(reason.to_owned()));
        };
        // Absent in a page that did not come by HTTPS, though the type does not say so.
        let navigator = window().navigator();
        if !js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object()) {
            return refused();
        }
        let written = navigator.clipboard().write_text(&text);
        spawn_local(async move {
            if JsFuture::from(written).await.is_err() {
                refused();
            }
        });
    }
}
