//! Files from the person's computer become files of the workspace, and go back as a zip. In the later part of the page.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use web_sys::File;
use wire::{MAX_FILE_BYTES, SourcePath};

use super::{
    Pane, Session,
    formatting::{format, format_before_saving},
    workspaces::open_file,
};
use crate::{
    bundle::{PictureError, workspace_in},
    commands::FileCommand,
    disk::{self, DiskFile, Handle},
    file_list::LastChange,
    files::{self, FileKind},
    formats,
    state::StateEvent,
    workspace::{Addition, Clash, DocumentId, Workspace, is_litter, to_bytes},
    zip::{self, streams},
};

/// Carries out those commands for files that are in the later part of the page.
pub fn carry_out(session: Session, command: FileCommand) {
    match command {
        FileCommand::Add => spawn_local(async move { add(session, disk::ask_for_files(false).await).await }),
        FileCommand::AddFolder => spawn_local(async move { add(session, disk::ask_for_files(true).await).await }),
        FileCommand::Export => spawn_local(export(session)),
        FileCommand::UndoLast => session.undo_last_change(),
        FileCommand::Save => spawn_local(async move {
            format_before_saving(session).await;
            save(session).await;
        }),
        FileCommand::Format => spawn_local(format(session, false)),
        FileCommand::FormatSelection => spawn_local(format(session, true)),
        _ => {}
    }
}

/// Adds what was dropped.
pub fn add_dropped(session: Session, entries: JsValue) {
    session.documents.when_open(move || {
        spawn_local(async move { add(session, disk::files_dropped(&entries).await).await });
    });
}

/// What writes files on the computer, by their names.
type Handles = StoredValue<Vec<(String, Handle)>, LocalStorage>;

/// Adds files. Snapshots are imported instead, and workspaces are opened.
async fn add(session: Session, found: Vec<DiskFile>) {
    let Some(mut addition) = session.documents.with(Workspace::begin_addition) else { return };
    let handles = Handles::new_local(Vec::new());
    for DiskFile { path, file, handle } in found.into_iter().filter(|found| !is_litter(&found.path)) {
        let ends_with = |kind: FileKind| formats::lowercase(&path).ends_with(kind.extension());
        if ends_with(FileKind::Snapshot) {
            session.import(file);
        } else if ends_with(FileKind::Workspace) {
            open_file(session, file).await;
        } else if ends_with(FileKind::Picture) {
            add_picture(session, &mut addition, &path, file).await;
        } else if ends_with(FileKind::Zip) {
            match files::read(&file).await {
                Ok(bytes) => unpack(&mut addition, &path, &bytes).await,
                Err(error) => addition.refuse(&path, &error.to_string()),
            }
        } else if file.size() > MAX_FILE_BYTES as f64 {
            addition.refuse_large(&path);
        } else {
            match files::read(&file).await {
                Ok(bytes) => addition.add(&path, bytes),
                Err(error) => addition.refuse(&path, &error.to_string()),
            }
            handles.update_value(|handles| handles.extend(handle.map(|handle| (path, handle))));
        }
    }
    if !addition.is_empty() {
        ask(session, addition, handles);
    }
}

/// Opens the workspace that a picture carries, if it does.
async fn add_picture(session: Session, addition: &mut Addition, path: &str, file: File) {
    let bytes = match files::read(&file).await {
        Ok(bytes) => bytes,
        Err(error) => return addition.refuse(path, &error.to_string()),
    };
    match workspace_in(&bytes) {
        Ok(_) => open_file(session, file).await,
        // Whatever it is, it only has the name of a picture.
        Err(PictureError::NoPicture) => addition.add(path, bytes),
        Err(error) => addition.refuse(path, &error.to_string()),
    }
}

/// Adds the files in a zip. What the page itself exported may have bytes that are no text.
async fn unpack(addition: &mut Addition, path: &str, bytes: &[u8]) {
    let entries = match zip::entries(bytes) {
        Ok(entries) => entries,
        Err(error) => return addition.refuse(path, &error.to_string()),
    };
    addition.takes_bytes = zip::is_own(bytes);
    for entry in entries.iter().filter(|entry| !is_litter(&entry.name)) {
        if entry.size > MAX_FILE_BYTES {
            addition.refuse_large(&entry.name);
            continue;
        }
        match streams::unpack(entry).await {
            Ok(bytes) => addition.add(&entry.name, bytes),
            Err(error) => addition.refuse(&entry.name, &error.to_string()),
        }
    }
    addition.takes_bytes = false;
}

/// Adds files, after asking what is to be done with those whose names are taken.
fn ask(session: Session, addition: Addition, handles: Handles) {
    let clashes = session.documents.with(|workspace| workspace.clashes(&addition)).unwrap_or_default();
    if clashes.is_empty() {
        return finish(session, &addition, handles, &[]);
    }
    let paths = clashes.clone();
    session.dialogs.ask_clashes(
        clashes,
        Arc::new(move |chosen: Vec<Clash>| {
            let chosen: Vec<_> = paths.iter().cloned().zip(chosen).collect();
            finish(session, &addition, handles, &chosen);
        }),
    );
}

fn finish(session: Session, addition: &Addition, handles: Handles, chosen: &[(SourcePath, Clash)]) {
    let mut added = None;
    session.documents.hear(|workspace| {
        let clash =
            |path: &_| chosen.iter().find(|(other, _)| other == path).map_or(Clash::KeepBoth, |(_, clash)| *clash);
        let done = workspace.add_files(addition, clash);
        if let Some(id) = to_show(workspace, &done.ids()) {
            workspace.show(id);
        }
        for (name, handle) in handles.try_update_value(std::mem::take).unwrap_or_default() {
            let place = done.places.iter().find(|(path, _)| path.as_str() == name);
            place.iter().for_each(|(_, id)| session.handles.keep(*id, handle.clone()));
        }
        let replaced = done.replaced();
        added = Some(done).filter(|done| done.count() > 0);
        replaced
    });
    session.file_list.change(|doing| {
        doing.problem = addition.problem();
        if let Some(added) = added {
            doing.last = Some(LastChange::Added(added));
        }
    });
    session.show_pane(Pane::Files);
}

/// Which of some new files is shown: the only one, or the first that is called `main.lua`.
fn to_show(workspace: &Workspace, ids: &[DocumentId]) -> Option<DocumentId> {
    let is_main = |id: &&DocumentId| workspace.path(**id).is_some_and(|path| path.file_name() == "main.lua");
    ids.iter().find(is_main).or(ids.first().filter(|_| ids.len() == 1)).copied()
}

/// Gives the person all files as a zip.
async fn export(session: Session) {
    let ids = session.documents.files().with_untracked(|files| files.all.clone());
    let file = |(path, text): (_, String)| (String::from(path), to_bytes(&text));
    let files = ids.into_iter().filter_map(|entry| Some((entry.path, session.documents.text(entry.id)?))).map(file);
    let zip = streams::pack(files.collect()).await;
    files::download(&formats::file_stamp("workspace"), FileKind::Zip, &zip);
}

/// Writes the shown file to where it is from; where that is not known, or the browser has no way, it is a download.
async fn save(session: Session) {
    let Some(id) = session.documents.shown().get_untracked() else { return };
    let Some(path) = session.documents.with(|workspace| workspace.path(id)).flatten() else { return };
    let bytes = to_bytes(&session.documents.text(id).unwrap_or_default());
    let Some(handle) = session.handles.of(id) else {
        return files::download(path.file_name(), FileKind::Any, &bytes);
    };
    if disk::write(&handle, &bytes).await {
        session.file_list.change(|doing| doing.last = Some(LastChange::Saved(path)));
    } else {
        let problem =
            ["“", path.as_str(), "” was not saved: the browser could not write the file on the computer."].concat();
        session.state.apply(StateEvent::Refused(problem));
    }
}
