//! The pane with the files of the workspace.

use leptos::{html, prelude::*};

use super::{
    command_button::CommandButton,
    file_tree::{FileTree, focus_current},
    icon::{Icon, icon},
    menu::{Menu, MenuItem},
    pane::{PaneFrame, on_focus_request},
};
use crate::{
    commands::{CommandId, FileCommand},
    file_list::Place,
    session::{Pane, Session},
};

/// The pane with the files.
#[component]
pub fn FilesPane() -> impl IntoView {
    let session = Session::expect();
    let doing = session.file_list.doing();
    let body = NodeRef::<html::Div>::new();
    on_focus_request(session, Pane::Files, move || {
        body.get_untracked().iter().for_each(|body| focus_current(body));
    });
    let head = view! {
        <h2 class="pane-title">"Files"</h2>
        <CommandButton id=CommandId::File(FileCommand::New) class="button is-small" label="New file"/>
        <Menu name=Signal::derive(move || menu_name(session)) items=move |()| menu_items(session)/>
    };
    let hint = move || {
        (session.documents.files().read().all.len() < 2).then(|| {
        view! { <p class="empty">"A file can be a program, a module, or data. A name such as " <code>"lib/json.lua"</code> " puts it into a folder."</p> }
    })
    };
    let problem = move || {
        doing.read().problem.clone().map(|problem| view! { <p class="files-problem" role="alert">{problem}</p> })
    };
    view! {
        <PaneFrame pane=Pane::Files head=head.into_any()>
            <div node_ref=body class="files-body"><FileTree/> {hint}</div>
            {problem}
            <div class="files-removed" role="status">{move || removed(session)}</div>
        </PaneFrame>
    }
}

/// What was deleted last, and how it comes back.
fn removed(session: Session) -> AnyView {
    let doing = session.file_list.doing().read();
    let Some(removed) = &doing.removed else { return ().into_any() };
    let paths: Vec<_> = removed.paths().collect();
    let line = match paths.as_slice() {
        [path] => ["Deleted ", path].concat(),
        _ => ["Deleted ", &paths.len().to_string(), " files"].concat(),
    };
    let undo = move |_| {
        session.undo_deletion();
        session.focus(Pane::Files);
    };
    let dismiss = move |_| session.file_list.change(|doing| doing.removed = None);
    view! {
        <span class="files-removed-name">{line}</span>
        <button type="button" class="button is-small is-outlined" on:click=undo>"Undo"</button>
        <button type="button" class="button is-small is-icon" aria-label="Dismiss" on:click=dismiss>{icon(Icon::X)}</button>
    }
    .into_any()
}

fn menu_name(session: Session) -> String {
    session.file_list.doing().track();
    let name = match session.file_at_hand() {
        Some(Place::File(id)) => {
            session.documents.files().read().entry(id).map(|file| file.path.to_string()).unwrap_or_default()
        }
        Some(Place::Folder(folder)) => folder,
        None => String::new(),
    };
    ["Actions for ", &name].concat()
}

fn menu_items(session: Session) -> Vec<MenuItem> {
    use FileCommand::{Delete, MarkMain, New, Rename, UndoDeletion};
    let commands = [New, Rename, Delete, UndoDeletion, MarkMain];
    commands.map(|command| MenuItem::of_command(CommandId::File(command), session)).into()
}
