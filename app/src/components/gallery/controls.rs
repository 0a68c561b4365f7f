//! Buttons, fields, menus, tabs, and the lines between panes.

use leptos::prelude::*;
use wire::{EventBody, RunMode};

use super::{
    Specimen,
    samples::{opened, received, sent},
};
use crate::{
    commands::CommandId,
    components::{
        command_button::CommandButton,
        copy_button::CopyButton,
        embedded::EmbeddedBar,
        example_button::ExampleButton,
        filter_field::FilterField,
        icon::{Icon, icon},
        icon_button::IconButton,
        import_button::ImportButton,
        location_text::LocationText,
        menu::{Menu, MenuItem},
        splitter::Splitter,
        tab_list::TabList,
        toolbar::Toolbar,
    },
    examples::Example,
    layout::Direction,
    session::{Pane, Session},
    state::StateEvent,
};

/// A page whose program runs.
fn running() -> Vec<StateEvent> {
    vec![opened(Vec::new()), sent(RunMode::Program), received(EventBody::RunStarted)]
}

/// The controls.
#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <Specimen of="toolbar, workspace_menu" state="ready" class="is-wide"><Toolbar/></Specimen>
        <Specimen of="toolbar" state="running" after=running() class="is-wide"><Toolbar/></Specimen>
        <Specimen of="embedded" state="ready" class="is-wide"><EmbeddedBar/></Specimen>
        <Buttons/>
        <Specimen of="command_button" state="enabled, with keys; disabled" class="is-row">
            <CommandButton id=CommandId::Run class="button is-primary" word="Run"/>
            <CommandButton id=CommandId::Stop class="button is-outlined" word="Stop"/>
            <CommandButton id=CommandId::UndoRun class="button is-small" label="Undo run"/>
        </Specimen>
        <Specimen of="icon" state="all" class="is-row">{Icon::ALL.iter().copied().map(icon).collect_view()}</Specimen>
        <Specimen of="icon_button" state="enabled, disabled" class="is-row">
            <IconButton icon=Icon::Trash name="Delete this" act=|()| {}/>
            <IconButton icon=Icon::Pencil name="Rename this" is_enabled=Signal::stored(false) act=|()| {}/>
        </Specimen>
        <Specimen of="filter_field" state="empty" class="is-row">
            <FilterField name="Filter the gallery" text=RwSignal::new(String::new())/>
        </Specimen>
        <Specimen of="copy_button" state="before it is pressed" class="is-row">
            <CopyButton class="button" copy=|on_copied| on_copied()/>
        </Specimen>
        <Specimen of="import_button" state="enabled" class="is-row"><ImportButton/></Specimen>
        <Specimen of="import_button" state="disabled while a program runs" after=running() class="is-row"><ImportButton/></Specimen>
        <Specimen of="example_button" state="enabled" class="is-row"><ExampleButton example=Example::Home/></Specimen>
        <Specimen of="location_text" state="with two locations" class="is-row">
            <p><LocationText text="main.lua:2: no field 'x' (called from main.lua:14)"/></p>
        </Specimen>
        <Specimen of="menu" state="closed" class="is-row"><Menu name="More for the gallery" items=|()| menu_items()/></Specimen>
        <Tabs/>
        <Splitters/>
    }
}

/// The looks that `style/base.css` gives to buttons and fields.
#[component]
fn Buttons() -> impl IntoView {
    const LOOKS: [(&str, &str); 5] = [
        ("button", "Plain"),
        ("button is-outlined", "Outlined"),
        ("button is-primary", "Primary"),
        ("button is-danger", "Danger"),
        ("button is-small", "Small"),
    ];
    let button = |is_disabled: bool| {
        move |(class, name): (&'static str, &'static str)| {
            view! { <button type="button" class=class disabled=is_disabled>{name}</button> }
        }
    };
    view! {
        <Specimen of="button" state="enabled" class="is-row">{LOOKS.map(button(false)).collect_view()}</Specimen>
        <Specimen of="button" state="disabled" class="is-row">{LOOKS.map(button(true)).collect_view()}</Specimen>
        <Specimen of="button" state="pressed, link, tags" class="is-row">
            <button type="button" class="button is-small" aria-pressed="true">"JSON"</button>
            <button type="button" class="button is-small" aria-pressed="false">"JSON"</button>
            <button type="button" class="link">"A link"</button>
            <span class="tag">"imported"</span>
            <span class="tag is-now">"_home now"</span>
            <span class="tag is-warning">"Not restored"</span>
        </Specimen>
        <Specimen of="field" state="empty, filled, small" class="is-row">
            <input class="field" type="text" aria-label="Empty" placeholder="Snapshot 1"/>
            <input class="field" type="text" aria-label="Filled" value="Two users"/>
            <input class="field is-small" type="search" aria-label="Small" placeholder="Filter"/>
        </Specimen>
    }
}

fn menu_items() -> Vec<MenuItem> {
    let session = Session::expect();
    vec![
        MenuItem::of_command(CommandId::Run, session),
        MenuItem::of_command(CommandId::Stop, session),
        MenuItem::new("Something that is always possible", || {}),
        MenuItem::new("Something that is not", || {}).enabled_when(Signal::stored(false)),
    ]
}

#[component]
fn Tabs() -> impl IntoView {
    const PANES: [Pane; 2] = [Pane::Snapshots, Pane::InOut];
    view! {
        <Specimen of="tab_list" state="the first is chosen"><TabList panes=PANES.to_vec() is_bottom=false/></Specimen>
        <Specimen of="tab_list" state="at the bottom of a small screen">
            <TabList panes=[Pane::Editor].into_iter().chain(PANES).collect() is_bottom=true/>
        </Specimen>
    }
}

#[component]
fn Splitters() -> impl IntoView {
    let sized = vec![Pane::Inspector, Pane::Snapshots];
    view! {
        <Specimen of="splitter" state="between columns" class="is-columns">
            <Splitter number=0 direction=Direction::Columns sized=sized.clone()/>
        </Specimen>
        <Specimen of="splitter" state="between rows" class="is-rows">
            <Splitter number=2 direction=Direction::Rows sized=vec![Pane::Snapshots]/>
        </Specimen>
    }
}
