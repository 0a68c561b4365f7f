//! Which dialog is open. There is at most one.

use std::sync::Arc;

use leptos::prelude::*;
use wire::{DiffLine, MissingGlobal, Omission, SnapshotId, SnapshotInfo, Source, SourceDiff, SourcePath, Step};

use crate::{commands::EditCommand, settings_list::Section, workspace::Clash};

/// A dialog and what it is about.
#[derive(Clone)]
pub enum Dialog {
    /// Asks before something is lost.
    Confirm(Confirmation),
    /// The source text of a function; `None` if it no longer exists.
    Source {
        /// The function.
        title: String,
        /// Its text.
        source: Option<Source>,
        /// The way to it, if it can be edited.
        editable: Option<Vec<Step>>,
    },
    /// Edits the text of a function.
    Function(FunctionPrompt),
    /// How the source text of a function differs; `None` if it no longer exists.
    SourceDifference {
        /// The function.
        title: String,
        /// Its lines.
        difference: Option<SourceDiff>,
    },
    /// What was left out.
    Omissions(OmissionsReport),
    /// Asks for a name.
    Name(NamePrompt),
    /// Asks what is to become of a value.
    Edit(EditPrompt),
    /// Asks what is to be done with new files whose names are taken.
    Clashes(ClashPrompt),
    /// Asks which two states are to be compared.
    Compare {
        /// The earlier one, at first.
        before: Option<SnapshotId>,
    },
    /// Lists the branches of history.
    Branches,
    /// Asks which of several runs is to be brought back.
    Redo,
    /// What a view that arrived later draws: the first run needs to know nothing of what it is about.
    Drawn(DrawDialog),
    /// A text of a run.
    RunText(RunText),
    /// Finds commands, snapshots and runs by what is typed; this text to begin with.
    Palette(&'static str),
    /// The keys of all commands.
    Keys,
    /// What a person can set, beginning at a section of it.
    Settings(Option<Section>),
    /// All workspaces.
    Workspaces,
    /// Makes a link of the workspace.
    Share,
    /// All examples.
    Examples,
    /// What a workspace from a link holds.
    Brought,
    /// Tries the program out in a copy of the state.
    DryRun,
}

/// Draws what is in a dialog.
pub type DrawDialog = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// A choice between doing something and leaving it.
#[derive(Clone)]
pub struct Confirmation {
    /// What would be done, as a question.
    pub title: String,
    /// What would be lost.
    pub text: String,
    /// What the button that does it says.
    pub action: &'static str,
    /// Whether it cannot be undone.
    pub is_final: bool,
    /// Does it. Not a `Callback`: that would end with the part of the page that asked, such as a menu.
    pub on_confirm: Arc<dyn Fn() + Send + Sync>,
}

/// A request for a name.
#[derive(Clone)]
pub struct NamePrompt {
    /// What is to be named.
    pub title: String,
    /// The name at first.
    pub name: String,
    /// What the button says.
    pub action: &'static str,
    /// Takes the name, which is not blank.
    pub on_name: Arc<dyn Fn(String) + Send + Sync>,
}

/// A function of `_home` whose text is to be edited.
#[derive(Clone)]
pub struct FunctionPrompt {
    /// The function.
    pub title: String,
    /// The way to it.
    pub steps: Vec<Step>,
    /// Its text.
    pub source: Source,
    /// Its file, if that still has the text that the function was made from.
    pub file: Option<SourcePath>,
}

/// A request for what is to become of a value of `_home`.
#[derive(Clone)]
pub struct EditPrompt {
    /// What is done.
    pub command: EditCommand,
    /// The way to the value.
    pub steps: Vec<Step>,
    /// The way as a person reads it.
    pub path: String,
    /// The text that is to be changed.
    pub text: String,
}

/// A text of a run: what ran, or a file that it read.
#[derive(Clone)]
pub struct RunText {
    /// What it is.
    pub title: String,
    /// The file that it was; `None` for a line of the prompt.
    pub path: Option<SourcePath>,
    /// The text as it was then.
    pub text: String,
    /// What is in the file now.
    pub now: TextNow,
}

/// What became of a text of a run.
#[derive(Clone)]
pub enum TextNow {
    /// It was in no file.
    Typed,
    /// There is no such file any longer.
    Gone,
    /// The file has it.
    Same,
    /// The file has another: all lines of both.
    Other(Vec<DiffLine>),
}

/// New files whose names are taken.
#[derive(Clone)]
pub struct ClashPrompt {
    /// Their paths.
    pub paths: Vec<SourcePath>,
    /// Takes what is to be done with each.
    pub on_choose: OnChoose,
}

/// Takes what is to be done with each of some files.
pub type OnChoose = Arc<dyn Fn(Vec<Clash>) + Send + Sync>;

/// What a save or an export could not hold, and what it will miss.
#[derive(Clone, Default)]
pub struct OmissionsReport {
    /// What the dialog is about.
    pub title: &'static str,
    /// What the list means.
    pub meaning: &'static str,
    /// The values that are left out.
    pub omissions: Vec<Omission>,
    /// How many more there are than listed.
    pub more: u64,
    /// Globals that functions use, and that are not saved with them.
    pub missing_globals: Vec<MissingGlobal>,
}

impl OmissionsReport {
    /// What a snapshot lacks.
    pub fn of_snapshot(snapshot: Option<&SnapshotInfo>, missing_globals: Vec<MissingGlobal>) -> Self {
        let meaning = "Values of these kinds cannot be saved. Everything else was.";
        let omissions = snapshot.map(|snapshot| snapshot.omissions.clone()).unwrap_or_default();
        let count = snapshot.map_or(0, SnapshotInfo::omitted_count);
        let more = count.saturating_sub(omissions.len() as u64);
        OmissionsReport { title: "Not saved", meaning, omissions, more, missing_globals }
    }

    /// What a JSON text lacks.
    pub fn of_json(omissions: Vec<Omission>, count: u64) -> Self {
        let meaning = "JSON has no way to write these: they are left out, or are null. Everything else is there.";
        let more = count.saturating_sub(omissions.len() as u64);
        OmissionsReport { title: "Not in the JSON", meaning, omissions, more, missing_globals: Vec::new() }
    }
}

/// The dialog that is open, if any.
#[derive(Clone, Copy)]
pub struct Dialogs(RwSignal<Option<Dialog>>, Signal<Option<Dialog>>);

impl Dialogs {
    /// None is open.
    pub fn new() -> Self {
        let current = RwSignal::new(None);
        Dialogs(current, current.into())
    }

    /// The dialog to show.
    pub fn current(self) -> Signal<Option<Dialog>> {
        self.1
    }

    /// Asks before doing something that can be undone.
    pub fn confirm(
        self,
        title: String,
        text: &str,
        action: &'static str,
        on_confirm: impl Fn() + Send + Sync + 'static,
    ) {
        let (text, on_confirm) = (text.to_owned(), Arc::new(on_confirm));
        self.0.set(Some(Dialog::Confirm(Confirmation { title, text, action, is_final: false, on_confirm })));
    }

    /// Asks before deleting something for ever.
    pub fn confirm_deletion(self, title: String, action: &'static str, on_confirm: impl Fn() + Send + Sync + 'static) {
        let (text, on_confirm) = ("This cannot be undone.".to_owned(), Arc::new(on_confirm));
        self.0.set(Some(Dialog::Confirm(Confirmation { title, text, action, is_final: true, on_confirm })));
    }

    /// Shows the source text of a function; `editable` is the way to it, if it can be edited.
    pub fn show_source(self, title: String, source: Option<Source>, editable: Option<Vec<Step>>) {
        self.0.set(Some(Dialog::Source { title, source, editable }));
    }

    /// Edits the text of a function.
    pub fn edit_function(self, prompt: FunctionPrompt) {
        self.0.set(Some(Dialog::Function(prompt)));
    }

    /// Shows how the source text of a function differs.
    pub fn show_source_difference(self, title: String, difference: Option<SourceDiff>) {
        self.0.set(Some(Dialog::SourceDifference { title, difference }));
    }

    /// Shows a text of a run.
    pub fn show_run_text(self, text: RunText) {
        self.0.set(Some(Dialog::RunText(text)));
    }

    /// Shows what was left out.
    pub fn show_omissions(self, report: OmissionsReport) {
        self.0.set(Some(Dialog::Omissions(report)));
    }

    /// Asks for a name.
    pub fn ask_name(
        self,
        title: String,
        name: String,
        action: &'static str,
        on_name: impl Fn(String) + Send + Sync + 'static,
    ) {
        let on_name = Arc::new(on_name);
        self.0.set(Some(Dialog::Name(NamePrompt { title, name, action, on_name })));
    }

    /// Asks what is to be done with new files whose names are taken.
    pub fn ask_clashes(self, paths: Vec<SourcePath>, on_choose: OnChoose) {
        self.0.set(Some(Dialog::Clashes(ClashPrompt { paths, on_choose })));
    }

    /// Asks which two states are to be compared.
    pub fn ask_comparison(self, before: Option<SnapshotId>) {
        self.0.set(Some(Dialog::Compare { before }));
    }

    /// Lists the branches of history.
    pub fn show_branches(self) {
        self.0.set(Some(Dialog::Branches));
    }

    /// Asks which of several runs is to be brought back.
    pub fn show_redo(self) {
        self.0.set(Some(Dialog::Redo));
    }

    /// Shows what this draws.
    pub fn show_drawn(self, draw: DrawDialog) {
        self.0.set(Some(Dialog::Drawn(draw)));
    }

    /// Asks what is to become of a value.
    pub fn ask_edit(self, prompt: EditPrompt) {
        self.0.set(Some(Dialog::Edit(prompt)));
    }

    /// Shows the command palette with this text in it.
    pub fn show_palette(self, text: &'static str) {
        self.0.set(Some(Dialog::Palette(text)));
    }

    /// Shows the keys that do something.
    pub fn show_keys(self) {
        self.0.set(Some(Dialog::Keys));
    }

    /// Shows the settings.
    pub fn show_settings(self) {
        self.0.set(Some(Dialog::Settings(None)));
    }

    /// Shows a section of the settings.
    pub fn show_settings_of(self, section: Section) {
        self.0.set(Some(Dialog::Settings(Some(section))));
    }

    /// Lists all workspaces.
    pub fn show_workspaces(self) {
        self.0.set(Some(Dialog::Workspaces));
    }

    /// Makes a link of the workspace.
    pub fn show_share(self) {
        self.0.set(Some(Dialog::Share));
    }

    /// Lists the examples.
    pub fn show_examples(self) {
        self.0.set(Some(Dialog::Examples));
    }

    /// Shows what a workspace from a link holds.
    pub fn show_brought(self) {
        self.0.set(Some(Dialog::Brought));
    }

    /// Tries the program out in a copy of the state, and shows what comes of it.
    pub fn show_dry_run(self) {
        self.0.set(Some(Dialog::DryRun));
    }

    /// Closes what is open.
    pub fn close(self) {
        self.0.set(None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn what_is_not_listed_is_counted() {
        let omission = Omission { path: "_home.x".into(), kind: "coroutine".into() };
        let omissions = vec![omission.clone(); 1000];
        let snapshot = SnapshotInfo { omissions, omission_count: 2500, ..samples::named("n") };
        let report = OmissionsReport::of_snapshot(Some(&snapshot), Vec::new());
        assert_eq!((report.omissions.len(), report.more), (1000, 1500));
        let of_earlier_version = SnapshotInfo { omission_count: 0, ..snapshot };
        assert_eq!(OmissionsReport::of_snapshot(Some(&of_earlier_version), Vec::new()).more, 0);
        assert_eq!(OmissionsReport::of_json(vec![omission], 3).more, 2);
    }
}
