//! Changes of single values of `_home`. Each is a line of Lua that runs as one of the console: it can be seen there,
//! is in the journal, and is undone like any run.

use leptos::prelude::*;
use wire::{CheckFunction, Edit, EditFunction, FunctionEdit, Kind, Step, Subject, TextForm, WriteEdit, WriteValue};

use super::Session;
use crate::{
    client::PendingRequest,
    commands::EditCommand,
    dialogs::EditPrompt,
    rpc::CallError,
    state::StateEvent,
    tree::{ListedRow, Origin, RowBody, VisibleRow},
};

impl Session {
    /// Edits the value of a row; where that is not possible, says why.
    pub fn edit_row(self, origin: &Origin, row: &VisibleRow, command: EditCommand) {
        if !matches!(row.body, RowBody::Listed(_)) {
            return;
        }
        if !can_edit(origin, row) {
            return self.refuse_edit("Only values of _home as it is now can be, where a lasting path leads to them.");
        }
        let steps = row.steps();
        match command {
            EditCommand::Remove => {
                let tell = move |problem: Option<String>| problem.into_iter().for_each(|it| self.refuse_edit(&it));
                self.make_edit(steps, Edit::Remove, tell);
            }
            EditCommand::Rename => self.begin_edit(steps, command, row.label().to_owned()),
            EditCommand::Set if is_scalar(row) => {
                self.with_text(steps.clone(), TextForm::Lua, move |value| self.begin_edit(steps, command, value));
            }
            EditCommand::Set | EditCommand::Add => self.begin_edit(steps, command, String::new()),
        }
    }

    /// Asks for what is to become of a value. `text` is what is to be changed.
    pub fn begin_edit(self, steps: Vec<Step>, command: EditCommand, text: String) {
        self.with_text(steps.clone(), TextForm::Path, move |path| {
            self.dialogs.ask_edit(EditPrompt { command, steps, path, text });
        });
    }

    /// Makes a change. `on_end` gets the reason why that is not possible, or none once it begins.
    pub fn make_edit(self, path: Vec<Step>, edit: Edit, on_end: impl FnOnce(Option<String>) + 'static) {
        if self.state.is_running().get_untracked() {
            return on_end(Some("A program runs.".to_owned()));
        }
        self.ask(WriteEdit { path, edit }, move |answer| match answer {
            Ok(line) => {
                on_end(None);
                self.run_line(line);
            }
            Err(error) => on_end(Some(error.to_string())),
        });
    }

    /// Asks what another text would mean for a function. The answer is wanted only as long as what this returns is kept.
    pub fn check_function(
        self,
        path: Vec<Step>,
        source: String,
        on_answer: impl FnOnce(Result<FunctionEdit, String>) + 'static,
    ) -> PendingRequest {
        let end = move |answer: Result<FunctionEdit, CallError>| on_answer(answer.map_err(|error| error.to_string()));
        self.client.ask_while_kept(CheckFunction { path, source }, end)
    }

    /// Gives a function another text.
    pub fn edit_function(self, path: Vec<Step>, source: String, on_answer: impl FnOnce(Result<(), String>) + 'static) {
        self.ask(EditFunction { path, source }, move |answer| {
            on_answer(answer.map(drop).map_err(|error| error.to_string()));
        });
    }

    fn with_text(self, path: Vec<Step>, form: TextForm, act: impl FnOnce(String) + 'static) {
        self.ask(WriteValue { subject: Subject::Home, path, form }, move |answer| match answer {
            Ok(Some(written)) => act(written.text),
            Ok(None) => self.refuse_edit("The value no longer exists."),
            Err(error) => self.refuse_edit(&error.to_string()),
        });
    }

    fn refuse_edit(self, reason: &str) {
        self.state.apply(StateEvent::Refused(["Not edited. ", reason].concat()));
    }
}

fn is_scalar(row: &VisibleRow) -> bool {
    let RowBody::Listed(ListedRow::Value(row)) = &row.body else { return false };
    matches!(row.value.kind, Kind::Nil | Kind::Boolean | Kind::Number | Kind::String)
}

/// Whether the value of a row can be edited.
pub fn can_edit(origin: &Origin, row: &VisibleRow) -> bool {
    *origin == Origin::Values(Subject::Home) && row.is_addressable()
}
