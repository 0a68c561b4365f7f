//! The icons of commands.

use super::{CommandId, ConsoleCommand, EditCommand, FileCommand, ReleaseCommand, WorkspaceCommand};
use crate::components::icon::Icon;

impl CommandId {
    /// Its icon, if it has one.
    pub fn icon(self) -> Option<Icon> {
        Some(match self {
            CommandId::Run => Icon::Play,
            CommandId::Stop => Icon::SquareFill,
            CommandId::SaveSnapshot => Icon::Bookmark,
            CommandId::UndoRun | CommandId::UndoRunKeepFiles => Icon::Undo,
            CommandId::RedoRun => Icon::Redo,
            CommandId::SwitchToShown | CommandId::Branches => Icon::GitBranch,
            CommandId::Compare | CommandId::ChooseToCompare => Icon::GitCompare,
            CommandId::ExportHome | CommandId::ExportHomeAsJson => Icon::Download,
            CommandId::Console(ConsoleCommand::Clear) => Icon::CircleSlash,
            CommandId::Console(ConsoleCommand::Save) => Icon::Download,
            CommandId::RestoreValue | CommandId::ShowWriter | CommandId::ShowValueHistory => Icon::History,
            CommandId::PinValue => Icon::Pin,
            CommandId::Edit(EditCommand::Set | EditCommand::Rename) => Icon::Pencil,
            CommandId::Edit(EditCommand::Add) => Icon::Plus,
            CommandId::Edit(EditCommand::Remove) => Icon::Trash,
            CommandId::File(FileCommand::New) => Icon::Plus,
            CommandId::File(FileCommand::Rename) => Icon::Pencil,
            CommandId::File(FileCommand::Add | FileCommand::AddFolder) => Icon::Upload,
            CommandId::File(FileCommand::Export | FileCommand::Save) => Icon::Download,
            CommandId::File(FileCommand::Delete) => Icon::Trash,
            CommandId::File(FileCommand::UndoLast) => Icon::Undo,
            CommandId::File(FileCommand::Run | FileCommand::RunSelection) => Icon::Play,
            CommandId::Workspace(WorkspaceCommand::New) => Icon::Plus,
            CommandId::Workspace(WorkspaceCommand::Rename) => Icon::Pencil,
            CommandId::Workspace(WorkspaceCommand::Duplicate) => Icon::Copy,
            CommandId::Workspace(WorkspaceCommand::Delete) => Icon::Trash,
            CommandId::Workspace(WorkspaceCommand::Share) => Icon::Link,
            CommandId::Workspace(WorkspaceCommand::Save) => Icon::Download,
            CommandId::Workspace(WorkspaceCommand::Open) => Icon::Upload,
            CommandId::Release(ReleaseCommand::Install) => Icon::Download,
            CommandId::ShowCommands => Icon::CommandPalette,
            CommandId::GoToAnything | CommandId::File(FileCommand::Find) => Icon::Search,
            CommandId::ShowSettings => Icon::Gear,
            CommandId::ShowKeys => Icon::Question,
            CommandId::OpenGuide => Icon::Book,
            _ => return None,
        })
    }
}
