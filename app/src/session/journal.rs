//! What can be done with the journal of runs.

use wire::{CompareTexts, ForgetRuns, ListRuns, RunDetails, RunId, ShowRun, SourcePath};

use super::{Pane, Session};
use crate::{
    dialogs::{RunText, TextNow},
    formats,
    state::StateEvent,
};

/// How many runs are asked for at once.
const RUNS_AT_ONCE: u32 = 50;

impl Session {
    /// Asks for the newest runs, or for those before another one. `on_end` learns why there is no answer, if so.
    pub fn list_runs(self, before: Option<RunId>, on_end: impl FnOnce(Option<String>) + 'static) {
        let is_first = before.is_none();
        self.client.ask(ListRuns { before, limit: RUNS_AT_ONCE }, move |answer| {
            on_end(match answer {
                Ok(list) if is_first => self.journal_changed(StateEvent::RunsListed(list)),
                Ok(list) => self.journal_changed(StateEvent::OlderRunsListed(list)),
                Err(error) => Some(error.to_string()),
            });
        });
    }

    fn journal_changed(self, event: StateEvent) -> Option<String> {
        self.state.apply(event);
        None
    }

    /// Shows the text that ran.
    pub fn show_run_text(self, id: RunId) {
        self.with_run(id, move |RunDetails { info, source, .. }| {
            let path = info.chunk.path().cloned();
            let what = path.as_ref().map_or("Prompt", SourcePath::as_str);
            let title = [what, ", ", &formats::moment(info.began_millis)].concat();
            self.show_text_of_run(title, path, source);
        });
    }

    /// Shows a text of a run beside the file as it is now; `path` is `None` for what was in no file.
    pub fn show_text_of_run(self, title: String, path: Option<SourcePath>, text: String) {
        let now = path.as_ref().map(|path| self.text_now(path));
        let show = move |text, now| self.dialogs.show_run_text(RunText { title, path, text, now });
        match now {
            None => show(text, TextNow::Typed),
            Some(None) => show(text, TextNow::Gone),
            Some(Some(now)) if now == text => show(text, TextNow::Same),
            Some(Some(now)) => {
                self.client.ask(CompareTexts { before: text.clone(), after: now }, move |lines| match lines {
                    Ok(lines) => show(text, TextNow::Other(lines)),
                    Err(error) => self.refuse("The texts cannot be compared", &error),
                });
            }
        }
    }

    /// The text of a file as it is now, if there is such a file.
    pub fn text_now(self, path: &SourcePath) -> Option<String> {
        let id = self.documents.with(|workspace| workspace.find(path)).flatten()?;
        self.documents.text(id)
    }

    /// Runs what ran, under the same name, with the present files and input.
    pub fn run_again(self, id: RunId) {
        self.with_run(id, move |run| self.run_text(run.source, run.info.chunk, run.info.mode));
    }

    fn with_run(self, id: RunId, act: impl FnOnce(RunDetails) + 'static) {
        self.client.ask(ShowRun { id }, move |answer| match answer {
            Ok(Some(run)) => act(*run),
            Ok(None) => self.state.apply(StateEvent::Refused("This run is no longer kept.".to_owned())),
            Err(error) => self.refuse("The run cannot be read", &error),
        });
    }

    /// Removes a run from the journal, or without an id, all of them.
    pub fn forget_runs(self, id: Option<RunId>) {
        let ids = id.clone().map(|id| vec![id]);
        self.client.ask(ForgetRuns { ids }, move |forgotten| match forgotten {
            Ok(()) => {
                self.state.apply(StateEvent::RunsForgotten(id));
                // What had the focus may be removed with its row.
                self.focus(Pane::Runs);
            }
            Err(error) => self.refuse("Not forgotten", &error),
        });
    }

    /// Gives a file a text that it had before, and shows it. The editor can undo that in one step. A file that is gone is
    /// made again.
    pub fn put_back(self, path: &SourcePath, text: String) {
        if let Some(id) = self.documents.with(|workspace| workspace.find(path)).flatten() {
            self.show_file(id);
            // So that the editor has it, and what it can undo.
            self.program.show_in_monaco();
            return self.program.set_text(&text);
        }
        let made = self.documents.change(|workspace| {
            let id = workspace.create(path, text)?;
            workspace.show(id);
            Ok(id)
        });
        let is_made = self.file_list.note(made).is_some();
        self.show_pane(if is_made { Pane::Editor } else { Pane::Files });
    }
}
