//! The dialog that lists all workspaces.

use leptos::{prelude::*, task::spawn_local};

use super::{
    icon::Icon,
    menu::{Menu, MenuItem},
};
use crate::{
    commands::{CommandId, WorkspaceCommand},
    dialogs::Dialogs,
    formats,
    session::{Session, ask_to_delete, ask_to_duplicate, ask_to_rename, switch_to},
    workspaces::{Stage, WorkspaceEntry, store},
};

/// The dialog that lists all workspaces.
#[component]
pub fn WorkspacesView(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let act = move |command: WorkspaceCommand| move |_| CommandId::Workspace(command).act(session);
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Workspaces"</h2>
            <p class="dialog-text">"Each has its own files, _home, history and limits. All of them are in this browser alone."</p>
            <ul class="workspaces-list" aria-label="Workspaces">
                {move || session.workspaces.listed().into_iter().map(|entry| view! { <Row entry dialogs/> }).collect_view()}
            </ul>
            <div class="dialog-actions">
                <button type="button" class="button workspaces-open" on:click=act(WorkspaceCommand::Open)>"Open a file…"</button>
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
                <button type="button" class="button is-primary" on:click=act(WorkspaceCommand::New)>"New workspace…"</button>
            </div>
        </div>
    }
}

#[component]
fn Row(entry: WorkspaceEntry, dialogs: Dialogs) -> impl IntoView {
    let session = Session::expect();
    let is_shown = entry.id == session.workspaces.id();
    let size = RwSignal::new(None);
    let id = entry.id.clone();
    spawn_local(async move {
        let bytes = store::bytes(&id).await;
        // The dialog may be closed by then.
        size.try_set(bytes);
    });
    let opened = (entry.opened > 0.0).then(|| formats::moment(entry.opened));
    let facts = move || opened.iter().cloned().chain(size.get().map(formats::bytes)).collect::<Vec<_>>().join(" · ");
    let (name, id) = (entry.name.clone(), entry.id.clone());
    let open = move |_| {
        dialogs.close();
        if !is_shown {
            switch_to(session, id.clone());
        }
    };
    let more = Signal::stored(["More for ", &name].concat());
    let is_visit = matches!(entry.stage, Stage::Visited { .. });
    view! {
        <li class="workspaces-row" aria-current=is_shown.then_some("true")>
            <button type="button" class="link workspaces-name" on:click=open>{name}</button>
            {is_shown.then(|| view! { <span class="tag is-now">"shown"</span> })}
            {is_visit.then(|| view! { <span class="tag">"not kept yet"</span> })}
            <span class="workspaces-facts">{facts}</span>
            <Menu name=more items=move |()| items(session, &entry)/>
        </li>
    }
}

fn items(session: Session, entry: &WorkspaceEntry) -> Vec<MenuItem> {
    let on_entry = |name, icon, act: fn(Session, &WorkspaceEntry)| {
        let entry = entry.clone();
        MenuItem::new(name, move || act(session, &entry)).with_icon(icon)
    };
    let can_delete = Signal::derive(move || session.workspaces.listed().len() > 1);
    vec![
        on_entry("Rename…", Icon::Pencil, ask_to_rename),
        on_entry("Duplicate…", Icon::Copy, ask_to_duplicate),
        on_entry("Delete…", Icon::Trash, ask_to_delete).enabled_when(can_delete),
    ]
}
