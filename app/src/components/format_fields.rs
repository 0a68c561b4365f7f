//! The part of the settings that says how programs are formatted.

use leptos::prelude::*;

use crate::format_style::FormatStyle;

/// How programs are formatted.
#[component]
pub fn FormatFields(
    /// What is chosen.
    style: RwSignal<FormatStyle>,
) -> impl IntoView {
    let indentation = |width: u32| match width {
        0 => "Tabs".to_owned(),
        width => [&width.to_string(), " spaces"].concat(),
    };
    let indentations = FormatStyle::INDENTATIONS.map(|width| (width, indentation(width))).to_vec();
    let quotes = vec![(0, "\"Double\"".to_owned()), (1, "'Single'".to_owned())];
    let columns = FormatStyle::COLUMNS.map(|columns| (columns, columns.to_string())).to_vec();
    view! {
        <SettingsChoice
            label="Indentation"
            id="format-indentation"
            options=indentations
            chosen=Signal::derive(move || style.read().indentation)
            choose=Callback::new(move |width| style.write().indentation = width)
        />
        <SettingsChoice
            label="Quotes"
            id="format-quotes"
            options=quotes
            chosen=Signal::derive(move || u32::from(style.read().is_single_quoted))
            choose=Callback::new(move |kind| style.write().is_single_quoted = kind == 1)
        />
        <SettingsChoice
            label="Longest line (characters)"
            id="format-columns"
            options=columns
            chosen=Signal::derive(move || style.read().columns)
            choose=Callback::new(move |columns| style.write().columns = columns)
        />
        <label class="settings-switch">
            <input
                type="checkbox"
                prop:checked=move || style.read().before_saving
                on:change=move |event| style.write().before_saving = event_target_checked(&event)
            />
            <span>"Format a program before it is saved to the computer"</span>
        </label>
    }
}

/// A list of which one is chosen.
#[component]
pub fn SettingsChoice(
    /// What is chosen.
    label: &'static str,
    /// The id of the list.
    id: &'static str,
    /// What there is to choose from: a number, and what the list calls it.
    options: Vec<(u32, String)>,
    /// The number that is chosen.
    chosen: Signal<u32>,
    /// Chooses another.
    choose: Callback<u32>,
) -> impl IntoView {
    let option = move |(value, name): (u32, String)| {
        view! { <option value=value.to_string() selected=move || chosen.get() == value>{name}</option> }
    };
    let on_change = move |event| event_target_value(&event).parse().into_iter().for_each(|value| choose.run(value));
    view! {
        <div class="settings-field">
            <label for=id>{label}</label>
            <select id=id class="field" on:change=on_change>
                {options.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
