//! One row of a tree.

use leptos::{attr::custom::custom_attribute, ev, prelude::*};
use wire::{Change, ChunkLocation, Reference, Row, Step};

use super::{difference_row::DifferenceRow, location_text::LocationLink, value::ValueText};
use crate::{
    commands::EditCommand,
    formats,
    session::{Session, can_edit},
    tree::{ListedRow, NodePath, Origin, Range, RowBody, VisibleRow},
};

/// What can be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowAction {
    /// Opens or closes it.
    Toggle,
    /// Shows the source of a function, or how it differs.
    ShowSource,
    /// Makes it in `_home` what it is here.
    Restore,
    /// Keeps it in view, or no longer.
    Pin,
    /// Says which run wrote it.
    ShowWriter,
    /// Shows the runs that changed it.
    ShowHistory,
    /// Changes it, where it is in `_home`.
    Edit(EditCommand),
    /// Opens the menu of all that can be done with it, at this place on the page; `true` while the mouse is pressed.
    Menu(i32, i32, bool),
}

/// One row of a tree. The row keeps its element, and so the focus, while what it shows changes.
#[component]
pub fn TreeRow(
    /// All rows of the tree.
    rows: Memo<Vec<VisibleRow>>,
    /// Which of them this is.
    index: ReadSignal<usize>,
    /// What it shows at first.
    first: VisibleRow,
    /// What the tree's lines come from.
    origin: StoredValue<Origin>,
    /// The row that the tab key leads to.
    tab_stop: Memo<usize>,
    /// Does something with the row.
    act: Callback<(RowAction, VisibleRow)>,
    /// Called when it gets the focus.
    #[prop(into)]
    on_focus: Callback<NodePath>,
) -> impl IntoView {
    let path = StoredValue::new(first.path.clone());
    // While rows come and go, the index may for a moment be that of another row.
    let row = Memo::new(move |before: Option<&VisibleRow>| {
        let now =
            rows.with(|rows| rows.get(index.get()).filter(|row| path.with_value(|path| row.path == *path)).cloned());
        now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    view! {
        <div
            class=move || row.with(row_class)
            role="treeitem"
            tabindex=move || if tab_stop.get() == index.get() { "0" } else { "-1" }
            {..custom_attribute("aria-level", move || row.read().level.to_string())}
            aria-posinset=move || row.read().position.to_string()
            aria-setsize=move || row.read().set_size.to_string()
            // Colour alone would say it to some people only.
            {..custom_attribute("aria-description", move || row.read().change().map(meaning))}
            aria-expanded=move || row.read().is_open.map(|is_open| is_open.to_string())
            style:--level=move || row.read().level.to_string()
            on:focus=move |_| on_focus.run(path.get_value())
            on:click=move |_| act.run((RowAction::Toggle, row.get_untracked()))
            on:dblclick=move |_| {
                let row = row.get_untracked();
                if row.is_open.is_none() && origin.with_value(|origin| can_edit(origin, &row)) {
                    act.run((RowAction::Edit(EditCommand::Set), row));
                }
            }
            on:contextmenu=move |event| {
                event.prevent_default();
                act.run((menu_at(&event), row.get_untracked()));
            }
        >
            <span class="tree-twist" class:is-leaf=move || row.read().is_open.is_none()></span>
            {move || row_content(row.get(), origin, act)}
        </div>
    }
}

fn row_content(row: VisibleRow, origin: StoredValue<Origin>, act: Callback<(RowAction, VisibleRow)>) -> AnyView {
    let note = |text: String| view! { <span class="tree-label">{text}</span> }.into_any();
    match row.body.clone() {
        RowBody::Listed(line) => {
            let line = match line {
                ListedRow::Value(value) => view! { <ValueRow value/> }.into_any(),
                ListedRow::Difference(difference) => view! { <DifferenceRow difference/> }.into_any(),
            };
            view! { {line} <RowActions row origin act/> }.into_any()
        }
        RowBody::Group(range, keys) => view! { <GroupRow range keys/> }.into_any(),
        RowBody::Loading => note("loading".to_owned()),
        RowBody::Gone => note("no longer exists".to_owned()),
        RowBody::Failed(reason) => note(reason),
    }
}

/// A group of children: by their first and last keys, if these are known, and by their numbers.
#[component]
fn GroupRow(range: Range, keys: Option<[String; 2]>) -> impl IntoView {
    let numbers = group_label(range);
    let Some([first, last]) = keys else {
        return view! { <span class="tree-label">{numbers}</span> }.into_any();
    };
    let title = [&first, " … ", &last].concat();
    // The items of a sequence have their numbers as keys.
    let has_numbers = numbers != title.replace(['[', ']'], "");
    view! {
        <span class="tree-label" title=title>
            <span class="tree-end">{first}</span> " … " <span class="tree-end">{last}</span>
        </span>
        {has_numbers.then(|| view! { " " <span class="tree-count">{numbers}</span> })}
    }
    .into_any()
}

/// A value with its name, if it has one, and what it was before.
#[component]
pub fn ValueRow(
    /// The row.
    value: Row,
) -> impl IntoView {
    let Row { label, value, before, .. } = value;
    let has_label = !label.is_empty();
    // A preview may begin with the count.
    let is_told = value.text.starts_with(&format!("{} ×", value.child_count));
    let has_count = value.child_count > 0 && value.location.is_none() && !is_told;
    let count = has_count.then(|| formats::count(value.child_count.into()));
    let reference = value.reference;
    view! {
        {has_label.then(|| view! { <span class="tree-label" title=label.clone()>{label.clone()}</span> })}
        <span class="tree-value" title=value.text.clone()><ValueText value=value.clone()/></span>
        {count.map(|count| view! { <span class="tree-count">{count}</span> })}
        {before.map(|before| view! { <span class="tree-before" title=before.clone()>"was " {before.clone()}</span> })}
        <ReferenceMark reference/>
    }
}

#[component]
fn ReferenceMark(reference: Reference) -> impl IntoView {
    let (mark, meaning) = match reference {
        Reference::Single => return ().into_any(),
        Reference::Shared => ("shared", "The same object can be reached in other ways too"),
        Reference::Cycle => ("cycle", "This object is one of those that contain it"),
    };
    view! { <span class="tree-mark" title=meaning>{mark}</span> }.into_any()
}

#[component]
fn RowActions(row: VisibleRow, origin: StoredValue<Origin>, act: Callback<(RowAction, VisibleRow)>) -> impl IntoView {
    let location = row.function().and_then(|function| function.location.clone());
    let source = if row.is_source_changed() { "source difference" } else { "source" };
    let can_restore = origin.with_value(|origin| origin.restorable(&row).is_some());
    let has_source = location.is_some();
    let (with_source, restored) = (row.clone(), row.clone());
    let on_more = move |event: ev::MouseEvent| {
        event.stop_propagation();
        act.run((menu_at(&event), row.clone()));
    };
    view! {
        <span class="tree-actions">
            {location.map(location_link)}
            {has_source.then(|| view! { <RowButton name=source action=RowAction::ShowSource row=with_source act/> })}
            {can_restore.then(|| view! { <RowButton name="restore" action=RowAction::Restore row=restored act/> })}
            // For the mouse and for fingers; the row has keys for it.
            <button type="button" class="link tree-more" tabindex="-1" aria-hidden="true" title="More" on:click=on_more>"⋯"</button>
        </span>
    }
}

/// Opens a row's menu where something was pressed.
fn menu_at(event: &ev::MouseEvent) -> RowAction {
    RowAction::Menu(event.client_x(), event.client_y(), event.buttons() != 0)
}

/// A button that the mouse finds; the row has a key for it.
#[component]
fn RowButton(
    name: &'static str,
    action: RowAction,
    row: VisibleRow,
    act: Callback<(RowAction, VisibleRow)>,
) -> impl IntoView {
    let (class, title) = match action {
        RowAction::Restore => ("link tree-restore", Some("Make it in _home what it is here")),
        _ => ("link", None),
    };
    let on_click = move |event: ev::MouseEvent| {
        event.stop_propagation();
        act.run((action, row.clone()));
    };
    view! { <button type="button" class=class tabindex="-1" title=title on:click=on_click>{name}</button> }
}

fn location_link(location: ChunkLocation) -> AnyView {
    match location.source() {
        Some(source) if Session::expect().documents.paths().contains(&source.path) => {
            view! { <LocationLink location=source is_in_tree=true/> }.into_any()
        }
        _ => location.to_string().into_any(),
    }
}

fn group_label(range: Range) -> String {
    format!("{} … {}", formats::count(u64::from(range.start) + 1), formats::count(range.end.into()))
}

/// What happened to a row in the last run.
pub fn meaning(change: Change) -> &'static str {
    match change {
        Change::Added => "new in the last run",
        Change::Inside => "changed inside in the last run",
        Change::Changed | Change::Removed => "changed in the last run",
    }
}

fn row_class(row: &VisibleRow) -> String {
    let kind = match &row.body {
        RowBody::Listed(line) if matches!(line.step(), Step::Metatable | Step::Upvalue(_)) => " is-meta",
        RowBody::Listed(_) => "",
        RowBody::Group(..) => " is-group",
        RowBody::Loading | RowBody::Gone => " is-note",
        RowBody::Failed(_) => " is-note is-failed",
    };
    format!("tree-row{kind}{}", change_class(row.change()))
}

/// The class of what changed in the last run.
pub fn change_class(change: Option<Change>) -> &'static str {
    match change {
        None => "",
        Some(Change::Inside) => " is-changed-inside",
        Some(_) => " is-changed",
    }
}
