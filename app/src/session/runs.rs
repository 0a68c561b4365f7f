//! What is run: a file, a part of one, or a line of the console.

use leptos::prelude::*;
use wire::{ChunkName, Command, RunMode, SourcePath};

use super::{FirstPrograms, Pane, Session};
use crate::{
    state::StateEvent,
    workspace::{DocumentId, Workspace, is_lua},
};

impl Session {
    /// Runs the main file, or the shown one where none is marked, with the input. Where that is not possible, says why.
    pub fn run_program(self) {
        self.run_document(Workspace::program, None);
    }

    /// Runs the shown file.
    pub fn run_file(self) {
        self.run_document(|workspace| Some(workspace.shown()), None);
    }

    /// Runs the selected text of the shown file. Its lines keep their numbers.
    pub fn run_selection(self) {
        match self.program.selection() {
            Some(text) => self.run_document(|workspace| Some(workspace.shown()), Some(text)),
            None => self.refuse_run("No text is selected in the editor."),
        }
    }

    /// Runs a line of the console.
    pub fn run_line(self, source: String) {
        self.run(source, ChunkName::Other("console".into()), RunMode::Console);
    }

    fn run_document(self, choose: fn(&Workspace) -> Option<DocumentId>, part: Option<String>) {
        if !self.documents.is_open() {
            return self.documents.when_open(move || self.run_document(choose, part));
        }
        if self.first_programs.get_untracked() != FirstPrograms::Ended {
            return self.first_programs.set(FirstPrograms::RunningBeforeProgram);
        }
        if self.state.is_running().get_untracked() {
            return;
        }
        match self.text_to_run(choose) {
            Ok((path, text)) => self.run_text(part.unwrap_or(text), path.into(), RunMode::Program),
            Err(reason) => self.refuse_run(&reason),
        }
    }

    /// The path and the text of the file that this chooses, or why it cannot be run.
    pub fn text_to_run(self, choose: fn(&Workspace) -> Option<DocumentId>) -> Result<(SourcePath, String), String> {
        let chosen = self.documents.with(|workspace| {
            let id = choose(workspace)?;
            Some((id, workspace.path(id)?))
        });
        let not_lua = || "The file that is shown is not Lua. Open one that is, or mark one as main.".to_owned();
        let (id, path) = chosen.flatten().ok_or_else(not_lua)?;
        if !is_lua(&path) {
            return Err([path.as_str(), " is not Lua: its name does not end in .lua."].concat());
        }
        let text = self.documents.text(id).ok_or_else(not_lua)?;
        Ok((path, text))
    }

    /// Runs a text under a name: as a program with the input, or as a line of the console.
    pub(super) fn run_text(self, text: String, chunk: ChunkName, mode: RunMode) {
        if mode == RunMode::Program {
            if let Some(problem) = self.input.problem().get_untracked() {
                self.state.apply(StateEvent::InputRefused(problem));
                return self.focus(Pane::InOut);
            }
            self.client.send(Command::SetInput { json: self.input.text.get_untracked() });
        }
        self.run(text, chunk, mode);
    }

    fn refuse_run(self, reason: &str) {
        self.state.apply(StateEvent::Refused(["Not run. ", reason].concat()));
    }

    fn run(self, source: String, chunk: ChunkName, mode: RunMode) {
        if !self.state.is_running().get_untracked() {
            self.send_files();
            self.client.send(Command::Run { source, chunk, mode });
        }
    }

    /// Lets the worker have the files as they are now.
    pub(super) fn send_files(self) {
        let changes = self.documents.update_worker(self.client.worker_number());
        if !changes.is_empty() {
            self.client.send(Command::SetFiles(changes));
        }
    }
}
