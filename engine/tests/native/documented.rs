//! Programs that people are shown, with what they say: runs one as the page would.

use std::path::{Path, PathBuf};

use wire::{Command, EventBody, Outcome, RunReport};

use crate::files::set;
use crate::page::Page;

/// A program and what it is given.
#[derive(Default)]
pub struct Program {
    pub source: String,
    /// Files of the workspace beside it: their paths and texts.
    pub files: Vec<(String, String)>,
    /// JSON for `_io.input`.
    pub input: Option<String>,
    /// Lines for the standard input.
    pub typed: Vec<String>,
}

/// What a person sees of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it printed, and the message that it failed with.
    pub text: String,
    pub has_failed: bool,
    /// What a later visit will miss: values of `_home`, and globals that its functions use.
    pub missing: Vec<String>,
}

/// A file or folder of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

pub fn run(page: &mut Page, program: &Program) -> Shown {
    let files: Vec<_> = program.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    set(page, &files);
    let json = program.input.clone().unwrap_or_default();
    assert_eq!(page.ask(Command::SetInput { json }), []);
    page.host.input.replace(program.typed.iter().map(|line| &*line.clone().leak()).collect());
    let mut shown = Shown { text: String::new(), has_failed: false, missing: Vec::new() };
    for event in page.run_events(&program.source) {
        match event {
            EventBody::Printed(output) => shown.text.push_str(&output.text),
            EventBody::PrintedLine(line) => shown.text.extend([&line.text, "\n"]),
            EventBody::RunFinished(RunReport { outcome: Outcome::Failed(error), .. }) => {
                shown.has_failed = true;
                shown.text.push_str(&format!("{}\n", error.message));
            }
            EventBody::HomeSaved(saved) => {
                shown.missing.extend(saved.snapshot.omissions.into_iter().map(|omission| omission.path));
                shown.missing.extend(saved.missing_globals.into_iter().map(|global| global.name));
            }
            _ => {}
        }
    }
    shown
}
