//! What is searched for in the settings, the sections with what was found, and the way to each.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::settings_field::{Draft, SettingsField};
use crate::settings_list::{Entry, Section, entries};

/// The field with what is searched for. Enter goes to the first setting that fits, Escape empties it.
#[component]
pub fn SettingsSearch(
    /// What is searched for.
    searched: RwSignal<String>,
    /// Whether it has the focus when the dialog opens.
    is_first: bool,
) -> impl IntoView {
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            super::focus_first(".settings-row:not([hidden]) :is(input, select, button)");
        }
        "Escape" if !searched.read_untracked().is_empty() => {
            // It would close the dialog.
            event.prevent_default();
            searched.set(String::new());
        }
        _ => {}
    };
    view! {
        <input
            type="search"
            class="field settings-search"
            aria-label="Search settings"
            placeholder="Search settings"
            autocomplete="off"
            autofocus=is_first
            bind:value=searched
            on:keydown=on_key
        />
    }
}

/// All sections, or what was found of them.
#[component]
pub fn SettingsSections(
    /// What is searched for.
    searched: RwSignal<String>,
    /// What is chosen.
    draft: Draft,
    /// The section to begin with.
    first: Option<Section>,
    /// Leads to the keys of all commands.
    show_keys: Callback<()>,
) -> impl IntoView {
    let is_found = move |entry: &Entry| searched.with(|searched| entry.fits(searched));
    let is_empty = Memo::new(move |_| !entries().iter().any(is_found));
    let section = move |section: Section| {
        let rows: Vec<_> = entries().into_iter().filter(|entry| entry.section == section).collect();
        let of_section = rows.clone();
        let row = |entry: Entry| {
            view! {
                <div class="settings-row" hidden=move || !is_found(&entry)>
                    <SettingsField entry draft show_keys/>
                </div>
            }
        };
        let heading = NodeRef::<html::H3>::new();
        if first == Some(section) {
            // Once the dialog is open.
            heading.on_load(move |_| request_animation_frame(move || go_to(section)));
        }
        view! {
            <section class="settings-section" aria-labelledby=section.id() hidden=move || !of_section.iter().any(is_found)>
                <h3 node_ref=heading id=section.id() class="settings-heading" tabindex="-1" autofocus=first == Some(section)>
                    {section.title()}
                </h3>
                {rows.into_iter().map(row).collect_view()}
            </section>
        }
    };
    view! {
        <nav class="settings-sections" aria-label="Sections">{Section::ALL.map(|section| view! { <Way section searched/> })}</nav>
        <div class="settings-scroll">
            {Section::ALL.map(section)}
            <div class="empty" role="status">
                {move || is_empty.get().then(|| view! { <p>{format!("No setting has “{}” in its words.", searched.get())}</p> })}
            </div>
        </div>
    }
}

/// The way to a section.
#[component]
fn Way(section: Section, searched: RwSignal<String>) -> impl IntoView {
    let go = move |_| {
        // It may be hidden.
        searched.set(String::new());
        request_animation_frame(move || go_to(section));
    };
    view! { <button type="button" class="settings-way" on:click=go>{section.title()}</button> }
}

/// Brings a section to the top and gives its heading the focus.
fn go_to(section: Section) {
    let Some(heading) = document().get_element_by_id(section.id()) else { return };
    heading.scroll_into_view();
    if let Ok(heading) = heading.dyn_into::<web_sys::HtmlElement>() {
        heading.focus().ok();
    }
}
