//! What can be done with workspaces. In the later part of the page.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;
use wire::{Command, Export, ExportHistory, ImportHistory, Subject};

use super::{Leave, Session};
use crate::{
    arrival::{self, go_to, new_id},
    bundle::{Bundle, streams},
    commands::WorkspaceCommand,
    disk,
    files::{self, FileKind},
    formats,
    preferences::Preference,
    rpc::CallError,
    settings::Carried,
    state::StateEvent,
    workspace::{Workspace, to_bytes},
    workspaces::{WorkspaceEntry, WorkspaceId, store},
};

/// Carries out those commands for workspaces that are in the later part of the page.
pub fn carry_out_for_workspace(session: Session, command: WorkspaceCommand) {
    let current = session.workspaces.shown();
    match command {
        WorkspaceCommand::New => ask_for_workspace(session),
        WorkspaceCommand::Rename => ask_to_rename(session, &current),
        WorkspaceCommand::Duplicate => ask_to_duplicate(session, &current),
        WorkspaceCommand::Delete => ask_to_delete(session, &current),
        WorkspaceCommand::Save => save_file(session, Carried::History),
        WorkspaceCommand::Open => spawn_local(async move {
            if let Some(found) = disk::ask_for_files(false).await.into_iter().next() {
                open_file(session, found.file).await;
            }
        }),
        WorkspaceCommand::ShowAll | WorkspaceCommand::Share | WorkspaceCommand::ShowExamples => {}
    }
}

/// Shows another workspace in the place of this one.
pub fn switch_to(session: Session, id: WorkspaceId) {
    leave(session, move || go_to(&id));
}

/// Goes from this workspace to something else, once what it has is stored, and no program runs.
pub fn leave(session: Session, go: impl Fn() + Send + Sync + 'static) {
    let go: Leave = Arc::new(go);
    let begin = move || {
        session.documents.leave();
        session.leaving.set(Some(Arc::clone(&go)));
    };
    if session.state.is_running().get_untracked() {
        let text = "A program is running. It is stopped, and _home stays as the program leaves it.";
        session.dialogs.confirm("Leave this workspace?".to_owned(), text, "Stop and leave", move || {
            session.stop();
            begin();
        });
    } else {
        begin();
    }
}

/// Asks for the name of a new workspace, makes it and shows it.
fn ask_for_workspace(session: Session) {
    let name = session.workspaces.free_name("Workspace");
    session.dialogs.ask_name("New workspace".to_owned(), name, "Make", move |name| {
        if let Some(id) = add(session, &name) {
            store::copy_preference(Preference::Settings, &session.workspaces.id(), &id);
            switch_to(session, id);
        }
    });
}

/// Adds a workspace to the list. `None`, with the reason on the page, where nothing can be stored.
fn add(session: Session, name: &str) -> Option<WorkspaceId> {
    let id = new_id();
    let entry = WorkspaceEntry::new(id.clone(), &session.workspaces.free_name(name), js_sys::Date::now());
    let added = session.workspaces.change(|list| list.add(entry));
    if added.is_none() {
        refuse(session, "There is no new workspace: the browser stores nothing for this page.");
    }
    added.map(|()| id)
}

/// Asks for another name.
pub fn ask_to_rename(session: Session, workspace: &WorkspaceEntry) {
    let (id, title) = (workspace.id.clone(), format!("Rename “{}”", workspace.name));
    session.dialogs.ask_name(title, workspace.name.clone(), "Rename", move |name| {
        session.workspaces.change(|list| list.rename(&id, &name));
    });
}

/// Asks for the name of a copy, makes it and shows it.
pub fn ask_to_duplicate(session: Session, workspace: &WorkspaceEntry) {
    let (from, name) = (workspace.id.clone(), session.workspaces.free_name(&workspace.name));
    session.dialogs.ask_name(format!("Duplicate “{}”", workspace.name), name, "Duplicate", move |name| {
        let from = from.clone();
        session.documents.when_settled(move || {
            spawn_local(async move {
                let Some(to) = add(session, &name) else { return };
                if store::copy(&from, &to).await {
                    switch_to(session, to);
                } else {
                    session.workspaces.change(|list| list.forget(&to));
                    refuse(session, "The workspace was not duplicated: the browser’s storage is full, or failed.");
                }
            });
        });
    });
}

/// Asks for confirmation, then deletes a workspace with all that it holds.
pub fn ask_to_delete(session: Session, workspace: &WorkspaceEntry) {
    let id = workspace.id.clone();
    let title = format!("Delete “{}” with its files, _home and history?", workspace.name);
    session.dialogs.confirm_deletion(title, "Delete the workspace", move || delete(session, &id));
}

/// Deletes a workspace; if it is the shown one, another is shown.
pub fn delete(session: Session, id: &WorkspaceId) {
    let Some(Some(next)) = session.workspaces.change(|list| list.delete(id)) else { return };
    if *id == session.workspaces.id() {
        go_to(&next);
    } else {
        session.workspaces.clean();
    }
}

/// The workspace as a bundle, without `_home`.
pub fn bundle(session: Session) -> Bundle {
    session.documents.hear_views();
    let look = |workspace: &Workspace| {
        let files = workspace.files().map(|(_, path, document)| (path, to_bytes(document.text()))).collect();
        let input = workspace.document(Workspace::INPUT_ID).map(|input| input.text().to_owned());
        let (main, shown) = (workspace.main_path().cloned(), workspace.path(workspace.shown()));
        Bundle { files, main, shown, input: input.unwrap_or_default(), ..Bundle::default() }
    };
    let name = untrack(|| session.workspaces.shown().name);
    Bundle { name, ..session.documents.with(look).unwrap_or_default() }
}

/// The workspace as a bundle, once what the engine holds of it is there.
pub fn bundle_with(session: Session, carried: Carried, on_end: impl FnOnce(Result<Bundle, CallError>) + 'static) {
    match carried {
        Carried::Files => on_end(Ok(bundle(session))),
        Carried::Home => session.ask(Export { subject: Subject::Home }, move |answer| {
            on_end(answer.map(|file| Bundle { home: Some(file.bytes), ..bundle(session) }));
        }),
        Carried::History => session.ask(ExportHistory, move |answer| {
            on_end(answer.map(|file| Bundle { history: Some(file.bytes), ..bundle(session) }));
        }),
    }
}

/// Gives the person the workspace as a file.
pub fn save_file(session: Session, carried: Carried) {
    save(session, carried, FileKind::Workspace);
}

/// Gives the person the workspace as a picture, which opens like a file.
pub fn save_picture(session: Session, carried: Carried) {
    save(session, carried, FileKind::Picture);
}

fn save(session: Session, carried: Carried, kind: FileKind) {
    bundle_with(session, carried, move |bundle| match bundle {
        Ok(bundle) => spawn_local(async move {
            let settings = Some(session.settings.current().get_untracked());
            let bundle = Bundle { settings, ..bundle };
            let bytes = match kind {
                FileKind::Picture => streams::to_picture(&bundle).await,
                _ => Some(streams::to_file(&bundle).await),
            };
            match bytes {
                Some(bytes) => files::download(&formats::file_stamp(&bundle.name), kind, &bytes),
                None => refuse(session, "There is no picture: the browser draws none. Save a file instead."),
            }
        }),
        Err(error) => session.refuse("The workspace was not saved", &error),
    });
}

/// Opens a file or a picture with a workspace in it as a workspace of its own.
pub async fn open_file(session: Session, file: File) {
    let kept = match files::read(&file).await {
        Ok(bytes) => keep_checked(&bytes).await,
        Err(error) => Err(error.to_string()),
    };
    match kept {
        Ok(name) => leave(session, move || arrival::open_kept(&name)),
        Err(reason) => {
            refuse(session, &format!("“{}” was not opened: {reason}. Nothing was changed.", file.name()));
        }
    }
}

/// Keeps a file for the page that will show it, if there is a workspace in it.
async fn keep_checked(bytes: &[u8]) -> Result<String, String> {
    streams::of_file(bytes).await.map_err(|error| error.to_string())?;
    arrival::keep_file(bytes).await.ok_or_else(|| "the browser’s storage is full, or forbidden".to_owned())
}

/// Keeps what a file brought as the history of this workspace, which is new, and begins with it.
pub fn take_history(session: Session, bytes: Vec<u8>) {
    session.ask(ImportHistory { bytes }, move |answer| match answer {
        Ok(()) if session.is_embedded() => {
            // Restores the head, which the history has brought.
            let settings = session.settings.current().get_untracked().of_worker();
            session.client.send(Command::Open { settings });
            session.run_at_load();
        }
        Ok(()) => go_to(&session.workspaces.id()),
        Err(error) => session.refuse("The workspace has its files, but no history", &error),
    });
}

fn refuse(session: Session, reason: &str) {
    session.state.apply(StateEvent::Refused(reason.to_owned()));
}
