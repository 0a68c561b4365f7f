//! The console as a file. In the later part of the page.

use leptos::prelude::*;

use super::Session;
use crate::{
    files::{FileKind, download},
    formats,
};

/// Gives the person all of the console as a text file.
pub fn save_console(session: Session) {
    let text = session.state.console().with_untracked(|console| console.text());
    download(&formats::file_stamp("console"), FileKind::Text, text.as_bytes());
}
