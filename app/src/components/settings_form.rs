//! The dialog in which limits are set.

use leptos::{ev, html, prelude::*};

use super::{
    format_fields::{FormatFields, SettingsChoice},
    storage_line::StorageLine,
};
use crate::{
    dialogs::Dialogs,
    format_style::FormatStyle,
    preferences::Preference,
    session::Session,
    settings::{Carried, Field, Settings, ValidationError},
};

/// A field of the form with its typed text.
#[derive(Clone, Copy)]
struct Draft {
    field: Field,
    typed: RwSignal<String>,
    error: RwSignal<Option<ValidationError>>,
    input: NodeRef<html::Input>,
}

impl Draft {
    fn new(field: Field, settings: Settings) -> Self {
        let typed = RwSignal::new(settings.text(field));
        Draft { field, typed, error: RwSignal::new(None), input: NodeRef::new() }
    }

    fn fill(self, settings: Settings) {
        self.typed.set(settings.text(self.field));
        self.error.set(None);
    }
}

/// The dialog in which limits are set.
#[component]
pub fn SettingsForm(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let current = session.settings.current().get_untracked();
    let drafts = Field::ALL.map(|field| Draft::new(field, current));
    let has_alias = RwSignal::new(current.has_memory_alias());
    let has_hints = RwSignal::new(current.has_hints());
    let shared = RwSignal::new(current.shared_first());
    let style = RwSignal::new(FormatStyle::load());
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(mut settings) = read(drafts) {
            settings.set_memory_alias(has_alias.get_untracked());
            settings.set_hints(has_hints.get_untracked());
            settings.set_shared_first(shared.get_untracked());
            session.change_settings(settings);
            // Where it is not remembered, the next page has the old one.
            Preference::Format.save(&style.get_untracked());
            dialogs.close();
        }
    };
    let reset = move |_| {
        drafts.into_iter().for_each(|draft| draft.fill(Settings::default()));
        has_alias.set(Settings::default().has_memory_alias());
        has_hints.set(Settings::default().has_hints());
        shared.set(Carried::default());
        style.set(FormatStyle::default());
    };
    view! {
        <form class="dialog-body" novalidate on:submit=on_submit>
            <h2 class="dialog-title" id="dialog-title">"Settings"</h2>
            <p class="dialog-text">"Limits count for the runs to come. All of it is remembered in this browser."</p>
            {drafts.map(|draft| view! { <SettingsField draft/> }).collect_view()}
            <SharedChoice shared/>
            <label class="settings-switch">
                <input type="checkbox" bind:checked=has_alias/>
                <span>"Call " <code>"_home"</code> " " <code>"Memory"</code> " as well, for programs of version 1"</span>
            </label>
            <label class="settings-switch">
                <input type="checkbox" bind:checked=has_hints/>
                <span>"Show names of parameters and types in the program"</span>
            </label>
            <FormatFields style/>
            <StorageLine/>
            <div class="dialog-actions">
                <button type="button" class="button settings-reset" on:click=reset>"Reset to defaults"</button>
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="submit" class="button is-primary">"Save"</button>
            </div>
        </form>
    }
}

#[component]
fn SharedChoice(shared: RwSignal<Carried>) -> impl IntoView {
    let options = (0..).zip(Carried::ALL).map(|(at, carried)| (at, carried.label().to_owned())).collect();
    let chosen = move || Carried::ALL.iter().position(|carried| *carried == shared.get()).unwrap_or(0) as u32;
    let choose = move |at: u32| shared.set(Carried::ALL.get(at as usize).copied().unwrap_or_default());
    view! {
        <SettingsChoice
            label="Shared at first"
            id="settings-shared"
            options
            chosen=Signal::derive(chosen)
            choose=Callback::new(choose)
        />
    }
}

#[component]
fn SettingsField(draft: Draft) -> impl IntoView {
    let Draft { field, typed, error, input } = draft;
    let id = match field {
        Field::Memory => "settings-memory",
        Field::Time => "settings-time",
        Field::ConsoleLines => "settings-lines",
        Field::Checkpoints => "settings-checkpoints",
        Field::LinkLength => "settings-link",
    };
    let notes = format!("{id}-meaning {id}-error");
    view! {
        <div class="settings-field">
            <label for=id>{field.label()}</label>
            <input
                node_ref=input
                id=id
                class="field"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                autofocus=field == Field::Memory
                aria-describedby=notes
                aria-invalid=move || error.get().is_some().to_string()
                bind:value=typed
                on:input=move |_| error.set(None)
            />
            <p class="settings-meaning" id=format!("{id}-meaning")>{field.meaning()}</p>
            <p class="settings-error" id=format!("{id}-error") role="alert">
                {move || error.get().map(|error| error.to_string())}
            </p>
        </div>
    }
}

/// The typed settings, if all are valid; otherwise shows which are not.
fn read(drafts: [Draft; Field::ALL.len()]) -> Option<Settings> {
    let mut settings = Settings::default();
    for draft in drafts {
        draft.error.set(settings.type_in(draft.field, &draft.typed.read_untracked()).err());
    }
    let refused = drafts.into_iter().find(|draft| draft.error.with_untracked(Option::is_some));
    if let Some(input) = refused.and_then(|draft| draft.input.get_untracked()) {
        input.focus().ok();
    }
    refused.is_none().then_some(settings)
}
