//! Everything that can be done with the page as a whole: one registry, from which buttons, menus, keys, and the list of
//! keys are drawn. To add a command, add it to [`CommandId`] and answer its questions below.

mod chord;
mod console;
mod edits;
mod files;
mod icons;
mod keymap;
mod keys;
mod release;
mod workspaces;

pub use chord::{Chord, ChordError, KeyPress};
pub use console::ConsoleCommand;
pub use edits::EditCommand;
pub use files::FileCommand;
pub use keymap::{Keymap, KeymapError};
pub use keys::Keys;
pub use release::ReleaseCommand;
pub use workspaces::WorkspaceCommand;

use leptos::prelude::*;
use wire::Subject;

use crate::{
    formats,
    later::HistoryCommand,
    palette,
    session::{FirstPrograms, Pane, Session},
    viewer::TreeRequest,
};

/// Names a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandId {
    /// Run the program.
    Run,
    /// Try the program out, and keep nothing.
    DryRun,
    /// Stop the run under way.
    Stop,
    /// Save `_home` under a name.
    SaveSnapshot,
    /// Put `_home` back as it was before the last run.
    UndoRun,
    /// Put `_home` back as it was before the last run, and leave the files as they are.
    UndoRunKeepFiles,
    /// Take back an undo.
    RedoRun,
    /// Make the shown checkpoint what `_home` is.
    SwitchToShown,
    /// List the branches of history.
    Branches,
    /// Choose two states to compare.
    Compare,
    /// Download `_home` as a snapshot file.
    ExportHome,
    /// Download the plain data of `_home`.
    ExportHomeAsJson,
    /// Do something with the console.
    Console(ConsoleCommand),
    /// Do something with files.
    File(FileCommand),
    /// Do something with workspaces.
    Workspace(WorkspaceCommand),
    /// Go to the next pane.
    NextPane,
    /// Go to the pane before.
    PreviousPane,
    /// Go to a pane.
    GoTo(Pane),
    /// Open a pane, or close it.
    Toggle(Pane),
    /// Close the pane that has the focus.
    ClosePane,
    /// Show the strip of history, or hide it.
    ToggleStrip,
    /// Open all panes, arranged as by default.
    ResetLayout,
    /// In the tree of a snapshot: make one value of `_home` what it is there.
    RestoreValue,
    /// In a tree of the inspector: keep a value in view, or no longer.
    PinValue,
    /// In a tree of the inspector: say which run wrote a value.
    ShowWriter,
    /// In a tree of the inspector: show the runs that changed a value.
    ShowValueHistory,
    /// In the tree of `_home`: change a value.
    Edit(EditCommand),
    /// In the tree of the inspector: close all rows.
    CollapseRows,
    /// In lists of states and in the strip: choose one of two to compare.
    ChooseToCompare,
    /// Ask both workers.
    #[cfg(test_build)]
    Probe,
    /// List all commands, and run one.
    ShowCommands,
    /// Find a file, a snapshot or a run by its name, and go there.
    GoToAnything,
    /// Change the settings.
    ShowSettings,
    /// Show and change the keys.
    ShowKeys,
    /// Open the guide beside the page.
    OpenGuide,
    /// Do something with the release of the playground.
    Release(ReleaseCommand),
}

/// Where the keys of a command act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everywhere.
    Page,
    /// In a tree that has the focus.
    Tree,
    /// In the lists of snapshots and runs, and in the strip of history.
    History,
    /// In the list or the tabs of files, where one of them has the focus.
    Files,
}

impl CommandId {
    /// Every command, in the order of the list of keys.
    pub fn all() -> impl Iterator<Item = CommandId> {
        let first = [
            CommandId::Run,
            CommandId::DryRun,
            CommandId::Stop,
            CommandId::SaveSnapshot,
            CommandId::UndoRun,
            CommandId::UndoRunKeepFiles,
            CommandId::RedoRun,
            CommandId::SwitchToShown,
            CommandId::Branches,
            CommandId::Compare,
            CommandId::ExportHome,
            CommandId::ExportHomeAsJson,
            CommandId::NextPane,
            CommandId::PreviousPane,
        ];
        let last = [
            CommandId::ClosePane,
            CommandId::ToggleStrip,
            CommandId::ResetLayout,
            CommandId::RestoreValue,
            CommandId::PinValue,
            CommandId::ShowWriter,
            CommandId::ShowValueHistory,
            CommandId::CollapseRows,
            CommandId::ChooseToCompare,
            #[cfg(test_build)]
            CommandId::Probe,
            CommandId::ShowCommands,
            CommandId::GoToAnything,
            CommandId::ShowSettings,
            CommandId::ShowKeys,
            CommandId::OpenGuide,
        ];
        let of_panes = Pane::ALL.map(CommandId::GoTo).into_iter().chain(Pane::ALL.map(CommandId::Toggle));
        let of_files = FileCommand::ALL.map(CommandId::File);
        let of_workspaces = WorkspaceCommand::ALL.map(CommandId::Workspace);
        let of_release = ReleaseCommand::ALL.map(CommandId::Release);
        let of_edits = EditCommand::ALL.map(CommandId::Edit);
        let of_console = ConsoleCommand::ALL.map(CommandId::Console);
        first
            .into_iter()
            .chain(of_console)
            .chain(of_files)
            .chain(of_workspaces)
            .chain(of_panes)
            .chain(last)
            .chain(of_edits)
            .chain(of_release)
    }

    /// Its name in stored settings, which never changes.
    pub fn name(self) -> &'static str {
        match self {
            CommandId::Run => "run",
            CommandId::DryRun => "dry-run",
            CommandId::Stop => "stop",
            CommandId::SaveSnapshot => "save-snapshot",
            CommandId::UndoRun => "undo-run",
            CommandId::UndoRunKeepFiles => "undo-run-keep-files",
            CommandId::RedoRun => "redo-run",
            CommandId::SwitchToShown => "switch-to-shown",
            CommandId::Branches => "branches",
            CommandId::Compare => "compare",
            CommandId::ExportHome => "export-home",
            CommandId::ExportHomeAsJson => "export-home-as-json",
            CommandId::Console(command) => command.texts().0,
            CommandId::File(command) => command.texts().0,
            CommandId::Workspace(command) => command.texts().0,
            CommandId::NextPane => "next-pane",
            CommandId::PreviousPane => "previous-pane",
            CommandId::GoTo(pane) => pane.texts().go_to.0,
            CommandId::Toggle(pane) => pane.texts().toggle.0,
            CommandId::ClosePane => "close-pane",
            CommandId::ToggleStrip => "show-history-strip",
            CommandId::ResetLayout => "reset-layout",
            CommandId::RestoreValue => "restore-value",
            CommandId::PinValue => "pin-value",
            CommandId::ShowWriter => "show-writer",
            CommandId::ShowValueHistory => "show-value-history",
            CommandId::Edit(command) => command.texts().0,
            CommandId::CollapseRows => "collapse-rows",
            CommandId::ChooseToCompare => "choose-to-compare",
            #[cfg(test_build)]
            CommandId::Probe => "probe",
            CommandId::ShowCommands => "show-commands",
            CommandId::GoToAnything => "go-to-anything",
            CommandId::ShowSettings => "show-settings",
            CommandId::ShowKeys => "show-keys",
            CommandId::OpenGuide => "open-guide",
            CommandId::Release(command) => command.texts().0,
        }
    }

    /// What it does, as menus and lists say it.
    pub fn title(self) -> &'static str {
        match self {
            CommandId::Run => "Run the program",
            CommandId::DryRun => "Dry run: try the program, keep nothing",
            CommandId::Stop => "Stop the program",
            CommandId::SaveSnapshot => "Save a snapshot…",
            CommandId::UndoRun => "Undo the last run",
            CommandId::UndoRunKeepFiles => "Undo the last run, keep files",
            CommandId::RedoRun => "Redo the run",
            CommandId::SwitchToShown => "In history: switch to this",
            CommandId::Branches => "Branches",
            CommandId::Compare => "Compare two states…",
            CommandId::ExportHome => "Export _home to a file",
            CommandId::ExportHomeAsJson => "Export the data of _home as JSON",
            CommandId::Console(command) => command.texts().1,
            CommandId::File(command) => command.texts().1,
            CommandId::Workspace(command) => command.texts().1,
            CommandId::NextPane => "Go to the next pane",
            CommandId::PreviousPane => "Go to the previous pane",
            CommandId::GoTo(pane) => pane.texts().go_to.1,
            CommandId::Toggle(pane) => pane.texts().toggle.1,
            CommandId::ClosePane => "Close the pane with the focus",
            CommandId::ToggleStrip => "Show the history strip",
            CommandId::ResetLayout => "Reset the layout",
            CommandId::RestoreValue => "In a snapshot: restore this value alone",
            CommandId::PinValue => "In the tree: pin this value, or unpin it",
            CommandId::ShowWriter => "In the tree: who wrote this value",
            CommandId::ShowValueHistory => "In the tree: history of this value",
            CommandId::Edit(command) => command.texts().1,
            CommandId::CollapseRows => "Collapse all rows of the tree",
            CommandId::ChooseToCompare => "In history: choose this state to compare",
            #[cfg(test_build)]
            CommandId::Probe => "Ask both workers",
            CommandId::ShowCommands => "Show all commands",
            CommandId::GoToAnything => "Go to a file, snapshot or run…",
            CommandId::ShowSettings => "Settings",
            CommandId::ShowKeys => "Keyboard shortcuts",
            CommandId::OpenGuide => "Open the guide",
            CommandId::Release(command) => command.texts().1,
        }
    }

    /// The keys that it has unless a person changes them, as [`Chord::parse`] reads them. None that people need in
    /// their browser: Ctrl+L is the address bar, Alt and a digit choose a tab on Linux. Printing this page is no loss.
    pub fn default_chord(self) -> Option<&'static str> {
        Some(match self {
            CommandId::Run => "Ctrl+Enter",
            CommandId::DryRun => "Alt+Shift+Enter",
            CommandId::Stop => "Ctrl+.",
            CommandId::SaveSnapshot => "Alt+Shift+S",
            CommandId::UndoRun => "Alt+Z",
            CommandId::RedoRun => "Alt+Shift+Z",
            CommandId::Console(command) => return command.texts().2,
            CommandId::File(command) => return Some(command.texts().2).filter(|chord| !chord.is_empty()),
            CommandId::Workspace(command) => return Some(command.texts().2).filter(|chord| !chord.is_empty()),
            CommandId::NextPane => "F6",
            CommandId::PreviousPane => "Shift+F6",
            CommandId::GoTo(pane) => pane.texts().chord,
            CommandId::ClosePane => "Alt+W",
            CommandId::RestoreValue => "R",
            CommandId::PinValue => "P",
            CommandId::ShowWriter => "W",
            CommandId::ShowValueHistory => "H",
            CommandId::Edit(command) => return Some(command.texts().2).filter(|chord| !chord.is_empty()),
            CommandId::ChooseToCompare => "C",
            #[cfg(test_build)]
            CommandId::Probe => "Alt+Shift+E",
            // Firefox opens a private window instead. There, type > into what Ctrl+P opens.
            CommandId::ShowCommands => "Ctrl+Shift+P",
            CommandId::GoToAnything => "Ctrl+P",
            CommandId::ShowKeys => "?",
            CommandId::UndoRunKeepFiles
            | CommandId::SwitchToShown
            | CommandId::Branches
            | CommandId::Compare
            | CommandId::ExportHome
            | CommandId::ExportHomeAsJson
            | CommandId::Toggle(_)
            | CommandId::CollapseRows
            | CommandId::ToggleStrip
            | CommandId::ResetLayout
            | CommandId::ShowSettings
            | CommandId::OpenGuide
            | CommandId::Release(_) => return None,
        })
    }

    /// Where its keys act.
    pub fn scope(self) -> Scope {
        match self {
            CommandId::RestoreValue
            | CommandId::PinValue
            | CommandId::ShowWriter
            | CommandId::ShowValueHistory
            | CommandId::Edit(_) => Scope::Tree,
            CommandId::ChooseToCompare => Scope::History,
            // In the editor, the same keys rename what the cursor is at.
            CommandId::File(FileCommand::Rename) => Scope::Files,
            _ => Scope::Page,
        }
    }

    /// Whether it is about the program and its output alone, which is all that an embedded page shows.
    pub fn is_for_programs(self) -> bool {
        match self {
            CommandId::Run | CommandId::Stop | CommandId::Console(_) => true,
            CommandId::GoTo(pane) => matches!(pane, Pane::Editor | Pane::Console),
            CommandId::File(command) => matches!(command, FileCommand::Run | FileCommand::RunSelection),
            _ => false,
        }
    }

    /// Whether it can be done now. Tracks what that depends on.
    pub fn is_enabled(self, session: Session) -> bool {
        match self {
            CommandId::Run => !session.state.is_running().get() || session.first_programs.get() != FirstPrograms::Ended,
            CommandId::DryRun | CommandId::Edit(_) => !session.state.is_running().get(),
            CommandId::Stop => session.state.is_running().get(),
            CommandId::SaveSnapshot => session.state.is_writer().get(),
            CommandId::UndoRun | CommandId::UndoRunKeepFiles => session.state.can_undo().get(),
            CommandId::RedoRun => session.state.can_redo().get(),
            CommandId::SwitchToShown => session.shown_elsewhere().is_some(),
            CommandId::Branches => session.state.history().with(|history| history.branches.len() > 1),
            CommandId::Toggle(pane) => !session.is_open(pane) || session.can_close(pane),
            CommandId::File(command) => command.is_enabled(session),
            CommandId::Workspace(command) => command.is_enabled(session),
            CommandId::Release(command) => command.is_enabled(session),
            _ => true,
        }
    }

    /// What its button does while Shift is held.
    pub fn with_shift(self) -> CommandId {
        if self == CommandId::Run { CommandId::DryRun } else { self }
    }

    /// Whether it is on now, where it switches something on and off. Tracks what that depends on.
    pub fn is_checked(self, session: Session) -> Option<bool> {
        match self {
            CommandId::Toggle(pane) => Some(session.is_open(pane)),
            CommandId::ToggleStrip => Some(session.shows_strip().get()),
            CommandId::Console(command) => command.is_checked(session),
            _ => None,
        }
    }

    /// Does it.
    pub fn act(self, session: Session) {
        match self {
            CommandId::Run => session.run_program(),
            CommandId::DryRun => session.dialogs.show_dry_run(),
            CommandId::Stop => session.stop(),
            CommandId::SaveSnapshot => {
                session.with_later(move |views| (views.history_command)(session, HistoryCommand::Save));
            }
            CommandId::UndoRun => session.undo_run(true),
            CommandId::UndoRunKeepFiles => session.undo_run(false),
            CommandId::RedoRun => {
                session.with_later(move |views| (views.history_command)(session, HistoryCommand::Redo));
            }
            CommandId::SwitchToShown => {
                untrack(|| session.shown_elsewhere()).into_iter().for_each(|id| session.go_to(id))
            }
            CommandId::Branches => session.dialogs.show_branches(),
            CommandId::Compare => session.dialogs.ask_comparison(None),
            CommandId::ExportHome => session.export(Subject::Home, formats::file_stamp("_home")),
            CommandId::ExportHomeAsJson => session.export_json(Subject::Home, formats::file_stamp("_home")),
            CommandId::Console(command) => command.act(session),
            CommandId::File(command) => command.act(session),
            CommandId::Workspace(command) => command.act(session),
            CommandId::NextPane => session.focus_neighbour(1),
            CommandId::PreviousPane => session.focus_neighbour(-1),
            CommandId::GoTo(pane) => session.focus(pane),
            CommandId::Toggle(pane) => session.toggle_pane(pane),
            CommandId::ClosePane => session.close_focused_pane(),
            CommandId::ToggleStrip => session.toggle_strip(),
            CommandId::ResetLayout => session.reset_layout(),
            // The tree knows which value.
            CommandId::RestoreValue => {}
            // From elsewhere, the first of the two is still to be chosen.
            CommandId::ChooseToCompare => session.begin_choosing(),
            CommandId::PinValue => session.viewer.request.set(Some(TreeRequest::Pin)),
            CommandId::ShowWriter => session.viewer.request.set(Some(TreeRequest::ShowWriter)),
            CommandId::ShowValueHistory => session.viewer.request.set(Some(TreeRequest::ShowHistory)),
            CommandId::Edit(command) => session.viewer.request.set(Some(TreeRequest::Edit(command))),
            CommandId::CollapseRows => session.viewer.request.set(Some(TreeRequest::CollapseAll)),
            #[cfg(test_build)]
            CommandId::Probe => session.focus(Pane::Probe),
            CommandId::ShowCommands => session.dialogs.show_palette(palette::COMMANDS_PREFIX),
            CommandId::GoToAnything => session.dialogs.show_palette(""),
            CommandId::ShowSettings => session.dialogs.show_settings(),
            CommandId::ShowKeys => session.dialogs.show_keys(),
            // A page of its own: see scripts/build/guide.mjs.
            CommandId::OpenGuide => {
                window().open_with_url_and_target_and_features("guide/", "_blank", "noopener").ok();
            }
            CommandId::Release(command) => command.act(session),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_listed_once_under_a_name_of_its_own() {
        let names: Vec<_> = CommandId::all().map(CommandId::name).collect();
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name}");
        }
    }

    #[test]
    fn the_names_that_were_stored_stay() {
        for name in ["go-to-editor", "go-to-console", "go-to-home", "go-to-snapshots", "go-to-input"] {
            assert!(CommandId::all().any(|id| id.name() == name), "{name}");
        }
    }
}
