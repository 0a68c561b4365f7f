//! The dialog that says what a workspace from a link holds, beside what the person has in their own.

use leptos::{prelude::*, task::spawn_local};
use wire::{SourcePath, Subject};

use super::tree::{Tree, ask_all};
use crate::{
    dialogs::Dialogs,
    formats,
    run_facts::totals_text,
    session::{Session, bundle},
    tree::{Origin, TreeModel},
    workspace::{Stored, to_bytes},
    workspaces::{Stage, WorkspaceEntry, store},
};

/// What a workspace from a link holds.
#[component]
pub fn BroughtView(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let brought = bundle(session);
    let own = own_workspace(session);
    let texts = RwSignal::new(None::<Vec<Stored>>);
    if let Some(id) = own.as_ref().map(|own| own.id.clone()) {
        spawn_local(async move { drop(texts.try_set(Some(store::texts_of(&id).await))) });
    }
    let row = |(path, bytes): (SourcePath, Vec<u8>)| {
        let (name, size) = (path.to_string(), formats::bytes(bytes.len() as u64));
        let mark = move || texts.read().as_ref().map(|texts| compare(path.as_str(), &bytes, texts));
        view! { <li class="brought-row"><code>{name}</code> <span class="brought-mark">{mark}</span> <span class="workspaces-facts">{size}</span></li> }
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">{format!("What “{}” brings", brought.name)}</h2>
            {own.clone().map(|own| view! { <p class="dialog-text">"Beside the files of “" {own.name} "”:"</p> })}
            <ul class="workspaces-list" aria-label="Files">{brought.files.into_iter().map(row).collect_view()}</ul>
            <BroughtHome own/>
            {(!brought.input.is_empty()).then(|| view! { <p class="dialog-text">"Programs get an input, which the pane In / Out shows."</p> })}
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}

/// The `_home` that came with it: what is new against that of the person, or all of it, as a tree.
#[component]
fn BroughtHome(own: Option<WorkspaceEntry>) -> impl IntoView {
    let session = Session::expect();
    let head = session.state.history().with_untracked(|history| history.head.clone());
    let values = session.state.snapshots().with_untracked(|snapshots| {
        snapshots.iter().find(|snapshot| Some(&snapshot.id) == head.as_ref()).map(|snapshot| snapshot.value_count)
    });
    let shown = RwSignal::new(None::<(Origin, String)>);
    // Withdrawn when the dialog is closed.
    let pending = StoredValue::new_local(None);
    if values.is_some_and(|values| values > 0) {
        spawn_local(async move {
            let home = match &own {
                Some(own) => store::home_of(&own.id).await,
                None => None,
            };
            let all = || (Origin::Values(Subject::Home), String::new());
            let (Some(own), Some(before)) = (own, home) else { return drop(shown.try_set(Some(all()))) };
            let after = Subject::Home;
            pending.try_set_value(Some(session.count_differences(before.clone(), after.clone(), move |answer| {
                shown.try_set(Some(match answer {
                    Ok((totals, _)) => (
                        Origin::Difference { before, after },
                        format!("Beside the _home of “{}”: {}", own.name, totals_text(&totals)),
                    ),
                    Err(error) => (all().0, format!("It is not compared with the _home of “{}”. {error}", own.name)),
                }));
            })));
        });
    }
    let tree = move |(origin, note): (Origin, String)| {
        let model = RwSignal::new(TreeModel::default());
        ask_all(session, &origin, model, model.try_update(TreeModel::refresh).unwrap_or_default());
        view! {
            <p class="dialog-text" role="status">{note}</p>
            <div class="brought-home"><Tree name="_home that it brings" origin model/></div>
        }
    };
    view! {
        <p class="dialog-text">{home_text(values)}</p>
        {move || shown.get().map(tree)}
    }
}

/// The workspace of the person's own that was shown last.
fn own_workspace(session: Session) -> Option<WorkspaceEntry> {
    let shown = session.workspaces.id();
    untrack(|| session.workspaces.listed()).into_iter().find(|entry| entry.stage == Stage::Kept && entry.id != shown)
}

/// How a file differs from that of the person.
fn compare(path: &str, bytes: &[u8], own: &[Stored]) -> &'static str {
    match own.iter().find(|text| !text.is_aside && text.path.eq_ignore_ascii_case(path)) {
        None => "new",
        Some(text) if to_bytes(&text.text) == bytes => "the same as yours",
        Some(_) => "differs from yours",
    }
}

fn home_text(values: Option<u64>) -> String {
    match values {
        None | Some(0) => "It brings no _home: that is empty until a program runs.".to_owned(),
        Some(values) => {
            format!("It brings a _home with {}.", formats::counted(values, "value"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_new_the_same_or_another() {
        let own = [
            Stored { path: "Main.lua".into(), text: "1".into(), ..Stored::default() },
            Stored { path: "a.lua".into(), text: "1".into(), is_aside: true, ..Stored::default() },
        ];
        assert_eq!(compare("main.lua", b"1", &own), "the same as yours");
        assert_eq!(compare("main.lua", b"2", &own), "differs from yours");
        assert_eq!(compare("a.lua", b"1", &own), "new");
    }

    #[test]
    fn an_empty_home_is_none() {
        assert!(home_text(Some(0)).starts_with("It brings no _home"));
        assert!(home_text(Some(1)).ends_with("with 1 value."));
    }
}
