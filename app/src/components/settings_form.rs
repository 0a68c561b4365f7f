//! The dialog with all settings. What is chosen counts when it is saved.

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::{
    settings_field::Draft,
    settings_search::{SettingsSearch, SettingsSections},
};
use crate::{
    dialogs::Dialogs,
    files::{self, FileKind},
    session::Session,
    settings_file::AllSettings,
    settings_list::Section,
};

/// What became of a file of settings.
#[derive(Clone, PartialEq)]
enum Brought {
    Nothing,
    Taken,
    Refused(String),
}

/// The dialog with all settings.
#[component]
pub fn SettingsForm(
    /// The section to begin with; without one, the search.
    first: Option<Section>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let draft = Draft::new(AllSettings::of(session));
    let (searched, brought) = (RwSignal::new(String::new()), RwSignal::new(Brought::Nothing));
    let save = move || {
        let Some(all) = draft.read() else {
            // What is wrong may be hidden.
            searched.set(String::new());
            return false;
        };
        all.choose(session);
        true
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if save() {
            dialogs.close();
        }
    };
    let show_keys = Callback::new(move |()| {
        if save() {
            dialogs.show_keys();
        }
    });
    view! {
        <form class="dialog-body settings-body" novalidate on:submit=on_submit>
            <div class="settings-head">
                <h2 class="dialog-title" id="dialog-title">"Settings"</h2>
                <SettingsSearch searched is_first=first.is_none()/>
            </div>
            <SettingsSections searched draft first show_keys/>
            <p class="settings-note" role="status">
                {move || (brought.get() == Brought::Taken).then_some("This is what the file says. It counts once it is saved.")}
            </p>
            <p class="settings-error" role="alert">
                {move || if let Brought::Refused(reason) = brought.get() { reason } else { String::new() }}
            </p>
            <Actions draft brought dialogs/>
        </form>
    }
}

#[component]
fn Actions(draft: Draft, brought: RwSignal<Brought>, dialogs: Dialogs) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let on_file = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let file = input.files().and_then(|files| files.item(0));
        // So that the same file can be chosen again.
        input.set_value("");
        if let Some(file) = file {
            spawn_local(take(file, draft, brought));
        }
    };
    let export = move |_| {
        if let Some(all) = draft.read() {
            files::download("cu settings", FileKind::Json, all.to_file().as_bytes());
        }
    };
    let reset = move |_| {
        draft.fill(AllSettings::default());
        brought.set(Brought::Nothing);
    };
    view! {
        <input
            node_ref=input
            type="file"
            class="import-file"
            accept=".json"
            tabindex="-1"
            aria-label="File of settings"
            on:change=on_file
        />
        <div class="dialog-actions">
            <button type="button" class="button" on:click=move |_| input.get_untracked().into_iter().for_each(|input| input.click())>
                "Import…"
            </button>
            <button type="button" class="button" on:click=export>"Export"</button>
            <button type="button" class="button settings-reset" on:click=reset>"Reset to defaults"</button>
            <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
            <button type="submit" class="button is-primary">"Save"</button>
        </div>
    }
}

/// Takes what a file says into the dialog. A file that makes no sense changes nothing.
async fn take(file: web_sys::File, draft: Draft, brought: RwSignal<Brought>) {
    let text = files::read_text(&file).await;
    // The dialog may be closed by now.
    let Some(present) = draft.all.try_get_untracked() else { return };
    let read = text.map_err(|error| error.to_string());
    match read.and_then(|text| present.with_file(&text).map_err(|error| error.to_string())) {
        Ok(all) => {
            draft.fill(all);
            brought.set(Brought::Taken);
        }
        Err(reason) => brought.set(Brought::Refused([&reason, " Nothing was changed."].concat())),
    }
}
