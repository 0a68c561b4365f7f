//! The pane with the files of the workspace.

use leptos::{html, prelude::*};

use super::{
    command_button::CommandButton,
    file_search::{FileHits, FileSearchField, focus},
    file_tree::{FileTree, focus_current},
    icon::{Icon, icon},
    menu::{Menu, MenuItem},
    pane::{PaneFrame, on_focus_request},
};
use crate::{
    commands::{CommandId, FileCommand},
    file_list::{LastChange, Place},
    formats,
    session::{Pane, Session},
    workspace::DocumentId,
};

/// The pane with the files.
#[component]
pub fn FilesPane() -> impl IntoView {
    let session = Session::expect();
    let doing = session.file_list.doing();
    let body = NodeRef::<html::Div>::new();
    let field = NodeRef::<html::Input>::new();
    let is_renamed = Memo::new(move |_| doing.read().renamed.is_some());
    // While a file gets its name, the list is there for that.
    let is_listing = Memo::new(move |_| !session.file_search.text.read().is_empty() && !is_renamed.get());
    on_focus_request(session, Pane::Files, move || match is_listing.get_untracked() {
        true => focus(field),
        false => body.get_untracked().iter().for_each(|body| focus_current(body)),
    });
    let head = view! {
        <h2 class="pane-title">"Files"</h2>
        <CommandButton id=CommandId::File(FileCommand::New) class="button is-small" label="New file"/>
        <CommandButton id=CommandId::File(FileCommand::Add) class="button is-small" label="Add files"/>
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
            <FileSearchField node_ref=field/>
            <div node_ref=body class="files-body">
                <Show when=move || is_listing.get() fallback=move || view! { <FileTree/> {hint} }><FileHits/></Show>
            </div>
            {problem}
            <div class="files-removed" role="status">{move || last_change(session)}</div>
        </PaneFrame>
    }
}

/// What was deleted or added last, and how it is taken back.
fn last_change(session: Session) -> AnyView {
    let doing = session.file_list.doing().read();
    let (word, paths) = match &doing.last {
        Some(LastChange::Removed(removed)) => ("Deleted ", removed.paths().map(str::to_owned).collect::<Vec<_>>()),
        Some(LastChange::Added(added)) => ("Added ", paths_of(session, added.ids())),
        Some(LastChange::Saved(path)) => ("Saved to the computer: ", vec![path.to_string()]),
        None => return ().into_any(),
    };
    let line = match paths.as_slice() {
        [path] => [word, path].concat(),
        _ => [word, &formats::counted(paths.len() as u64, "file")].concat(),
    };
    let can_undo = !matches!(doing.last, Some(LastChange::Saved(_)));
    let undo = move |_| {
        session.undo_last_change();
        session.focus(Pane::Files);
    };
    let dismiss = move |_| session.file_list.change(|doing| doing.last = None);
    view! {
        <span class="files-removed-name">{line}</span>
        {can_undo.then(|| view! { <button type="button" class="button is-small is-outlined" on:click=undo>"Undo"</button> })}
        <button type="button" class="button is-small is-icon" aria-label="Dismiss" on:click=dismiss>{icon(Icon::X)}</button>
    }
    .into_any()
}

/// The paths of those of some files that are still there.
fn paths_of(session: Session, ids: Vec<DocumentId>) -> Vec<String> {
    let files = session.documents.files().read();
    ids.into_iter().filter_map(|id| Some(files.entry(id)?.path.to_string())).collect()
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
    use FileCommand::{Add, AddFolder, Delete, Export, Find, Format, MarkMain, New, Rename, Save, UndoLast};
    let commands = [New, Rename, Delete, UndoLast, MarkMain, Find, Format, Save, Add, AddFolder, Export];
    commands.map(|command| MenuItem::of_command(CommandId::File(command), session)).into()
}
