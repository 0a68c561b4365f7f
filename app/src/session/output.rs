//! What is done with `_io.output`.

use leptos::prelude::*;
use wire::{ArchiveCommand, ArchiveEvent, Command, EventBody, Subject, Summary};

use super::Session;
use crate::files::{FileKind, download};

impl Session {
    /// Asks what `_io.output` is, in a line.
    pub fn with_output(self, on_value: impl FnOnce(Summary) + 'static) {
        let command = Command::Inspect { subject: Subject::Output, path: Vec::new(), offset: 0, limit: 0 };
        self.client.ask(command, move |body| {
            if let EventBody::Inspected(Some(listing)) = body {
                on_value(listing.of);
            }
        });
    }

    /// Asks for `_io.output` as JSON.
    pub fn with_output_json(self, on_json: impl FnOnce(String) + 'static) {
        let command = Command::Archive(ArchiveCommand::ExportJson { subject: Subject::Output });
        self.client.ask(command, move |body| {
            if let EventBody::Archive(ArchiveEvent::JsonExported { text, .. }) = body {
                on_json(text);
            }
        });
    }

    /// Puts `_io.output` as JSON into the clipboard.
    pub fn copy_output(self) {
        // Where the clipboard is forbidden, the text can still be selected.
        self.with_output_json(|json| drop(window().navigator().clipboard().write_text(&json)));
    }

    /// Gives the person `_io.output` as a file.
    pub fn download_output(self) {
        self.with_output_json(|json| download("output", FileKind::Json, json.as_bytes()));
    }
}
