//! The name of the workspace at the top of the page, with a menu of the others and of what can be done.

use leptos::prelude::*;

use super::{
    icon::Icon,
    menu::{Menu, MenuItem},
};
use crate::{
    commands::{CommandId, WorkspaceCommand},
    session::Session,
};

/// How many others the menu lists. The list of all has the rest.
const MAX_LISTED: usize = 6;

/// The name of the workspace, with its menu.
#[component]
pub fn WorkspaceMenu() -> impl IntoView {
    let session = Session::expect();
    let workspaces = session.workspaces;
    let current = Memo::new(move |_| workspaces.current().name);
    Effect::new(move || {
        let is_only = workspaces.listed().len() == 1;
        document().set_title(&if is_only { "cu".to_owned() } else { [&current.get(), " – cu"].concat() });
    });
    let items = move |()| {
        let shown = workspaces.id();
        let listed = untrack(|| workspaces.listed());
        let entries = listed.into_iter().take(MAX_LISTED).map(move |entry| {
            let (is_shown, id) = (entry.id == shown, entry.id);
            let act = move || {
                let id = id.clone();
                if !is_shown {
                    session.with_later(move |views| (views.switch_to)(session, id));
                }
            };
            MenuItem::new(entry.name, act).chosen_if(is_shown)
        });
        let command = |command| {
            let item = MenuItem::of_command(CommandId::Workspace(command), session);
            let is_first =
                matches!(command, WorkspaceCommand::New | WorkspaceCommand::Share | WorkspaceCommand::ShowExamples);
            if is_first { item.first_of_group() } else { item }
        };
        let commands = WorkspaceCommand::ALL.map(command);
        entries.chain(commands).collect::<Vec<_>>()
    };
    let name = Signal::derive(move || ["Workspace: ", &current.get()].concat());
    view! { <Menu name icon=Icon::ChevronDown class="button toolbar-workspace" word=current items/> }
}
