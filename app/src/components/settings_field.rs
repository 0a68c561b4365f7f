//! A setting in the dialog: its words, and the control that it has.

use leptos::{html, prelude::*};

use super::storage_line::StorageLine;
use crate::{
    settings::{Field, ValidationError},
    settings_file::AllSettings,
    settings_list::{Control, Entry},
};

/// A number with its typed text.
#[derive(Clone, Copy)]
struct Typed {
    field: Field,
    text: RwSignal<String>,
    error: RwSignal<Option<ValidationError>>,
    input: NodeRef<html::Input>,
}

/// What is chosen in the dialog, and not saved yet.
#[derive(Clone, Copy)]
pub struct Draft {
    /// All of it but the numbers that are typed.
    pub all: RwSignal<AllSettings>,
    typed: [Typed; Field::ALL.len()],
}

impl Draft {
    /// These settings, unchanged.
    pub fn new(all: AllSettings) -> Self {
        let typed = Field::ALL.map(|field| Typed {
            field,
            text: RwSignal::new(all.settings.text(field)),
            error: RwSignal::new(None),
            input: NodeRef::new(),
        });
        Draft { all: RwSignal::new(all), typed }
    }

    /// Takes others in their place.
    pub fn fill(self, all: AllSettings) {
        for typed in self.typed {
            typed.text.set(all.settings.text(typed.field));
            typed.error.set(None);
        }
        self.all.set(all);
    }

    /// All settings, if those that are typed are valid; otherwise shows which are not, and gives the first its focus.
    pub fn read(self) -> Option<AllSettings> {
        let mut all = self.all.get_untracked();
        for typed in self.typed {
            typed.error.set(all.settings.type_in(typed.field, &typed.text.read_untracked()).err());
        }
        let refused = self.typed.into_iter().find(|typed| typed.error.with_untracked(Option::is_some));
        if let Some(input) = refused.and_then(|typed| typed.input.get_untracked()) {
            // A search may have hidden it until now.
            request_animation_frame(move || drop(input.focus()));
        }
        refused.is_none().then_some(all)
    }
}

/// A setting.
#[component]
pub fn SettingsField(
    /// Which one.
    entry: Entry,
    /// What is chosen.
    draft: Draft,
    /// Leads to the keys of all commands.
    show_keys: Callback<()>,
) -> impl IntoView {
    let Entry { id, label, meaning, control, .. } = entry;
    let all = draft.all;
    let notes = format!("{id}-meaning");
    let says = (!meaning.is_empty()).then(|| notes.clone());
    let meaning = (!meaning.is_empty() && !matches!(control, Control::Storage))
        .then(|| view! { <p class="settings-meaning" id=notes>{meaning}</p> });
    match control {
        Control::Switch(place) => view! {
            <label class="settings-switch">
                <input
                    type="checkbox"
                    aria-describedby=says
                    prop:checked=move || *place(&mut all.get())
                    on:change=move |event| all.update(|all| *place(all) = event_target_checked(&event))
                />
                <span>{label}</span>
            </label>
            {meaning}
        }
        .into_any(),
        Control::Choice { options, chosen, choose } => {
            let option = move |(value, name): (u32, String)| {
                view! { <option value=value.to_string() selected=move || all.with(chosen) == value>{name}</option> }
            };
            let on_change = move |event| {
                let value = event_target_value(&event).parse();
                value.into_iter().for_each(|value| all.update(|all| choose(all, value)));
            };
            view! {
                <div class="settings-field">
                    <label for=id>{label}</label>
                    <select id=id class="field" aria-describedby=says on:change=on_change>
                        {options().into_iter().map(option).collect_view()}
                    </select>
                    {meaning}
                </div>
            }
            .into_any()
        }
        Control::Number(field) => {
            let typed = draft.typed.into_iter().find(|typed| typed.field == field);
            typed.map(|typed| view! { <Number id label typed>{meaning}</Number> }).into_any()
        }
        Control::Storage => view! { <StorageLine/> }.into_any(),
        Control::KeysOfCommands => view! {
            <button type="button" class="button is-outlined" on:click=move |_| show_keys.run(())>
                "Save and show the keys of all commands…"
            </button>
        }
        .into_any(),
    }
}

#[component]
fn Number(id: &'static str, label: &'static str, typed: Typed, children: Children) -> impl IntoView {
    let Typed { text, error, input, .. } = typed;
    view! {
        <div class="settings-field">
            <label for=id>{label}</label>
            <input
                node_ref=input
                id=id
                class="field"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=format!("{id}-meaning {id}-error")
                aria-invalid=move || error.get().is_some().to_string()
                bind:value=text
                on:input=move |_| error.set(None)
            />
            {children()}
            <p class="settings-error" id=format!("{id}-error") role="alert">
                {move || error.get().map(|error| error.to_string())}
            </p>
        </div>
    }
}
