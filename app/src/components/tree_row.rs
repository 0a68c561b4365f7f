//! One row of a tree.

use leptos::prelude::*;
use wire::{FunctionPlace, Reference, Row, Step};

use super::{place_text::PlaceLink, value::ValueText};
use crate::{
    formats,
    places::PROGRAM_NAME,
    tree::{NodePath, Range, RowBody, VisibleRow},
};

/// One row of a tree. The row keeps its element, and so the focus, while what it shows changes.
#[component]
pub fn TreeRow(
    /// All rows of the tree.
    rows: Memo<Vec<VisibleRow>>,
    /// Which of them this is.
    index: ReadSignal<usize>,
    /// What it shows at first.
    first: VisibleRow,
    /// The row that the tab key leads to.
    tab_stop: Memo<usize>,
    /// Opens or closes the row.
    on_toggle: Callback<VisibleRow>,
    /// Shows the source of a function.
    on_show_source: Callback<VisibleRow>,
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
            attr:aria-level=move || row.read().level.to_string()
            aria-posinset=move || row.read().position.to_string()
            aria-setsize=move || row.read().set_size.to_string()
            aria-expanded=move || row.read().is_open.map(|is_open| is_open.to_string())
            style:--level=move || row.read().level.to_string()
            on:focus=move |_| on_focus.run(path.get_value())
            on:click=move |_| on_toggle.run(row.get_untracked())
        >
            <span class="tree-twist" class:is-leaf=move || row.read().is_open.is_none()></span>
            {move || row_content(row.get(), on_show_source)}
        </div>
    }
}

fn row_content(row: VisibleRow, on_show_source: Callback<VisibleRow>) -> AnyView {
    match row.body.clone() {
        RowBody::Value(value) => view! { <ValueRow value row on_show_source/> }.into_any(),
        RowBody::Group(range) => view! { <span class="tree-label">{group_label(range)}</span> }.into_any(),
        RowBody::Loading => view! { <span class="tree-label">"loading"</span> }.into_any(),
        RowBody::Gone => view! { <span class="tree-label">"not there any more"</span> }.into_any(),
    }
}

#[component]
fn ValueRow(value: Row, row: VisibleRow, on_show_source: Callback<VisibleRow>) -> impl IntoView {
    let Row { label, value, .. } = value;
    let has_label = !label.is_empty();
    let count = (value.child_count > 0 && value.place.is_none()).then(|| formats::count(value.child_count.into()));
    let (reference, place) = (value.reference, value.place.clone());
    view! {
        {has_label.then(|| view! { <span class="tree-label" title=label.clone()>{label.clone()}</span> })}
        <span class="tree-value" title=value.text.clone()><ValueText value=value.clone()/></span>
        {count.map(|count| view! { <span class="tree-count">{count}</span> })}
        <ReferenceMark reference/>
        {place.map(|place| view! { <FunctionActions place row on_show_source/> })}
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
fn FunctionActions(place: FunctionPlace, row: VisibleRow, on_show_source: Callback<VisibleRow>) -> impl IntoView {
    let is_in_program = place.chunk_name == PROGRAM_NAME && place.line > 0;
    let link = if is_in_program {
        view! { <PlaceLink line=place.line is_in_tree=true/> }.into_any()
    } else {
        format!("{}:{}", place.chunk_name, place.line).into_any()
    };
    view! {
        <span class="tree-actions">
            {link}
            <button
                type="button"
                class="link"
                tabindex="-1"
                on:click=move |event| {
                    event.stop_propagation();
                    on_show_source.run(row.clone());
                }
            >
                "source"
            </button>
        </span>
    }
}

fn group_label(range: Range) -> String {
    format!("{} … {}", formats::count(u64::from(range.start) + 1), formats::count(range.end.into()))
}

fn row_class(row: &VisibleRow) -> String {
    let kind = match &row.body {
        RowBody::Value(Row { step: Step::Metatable | Step::Upvalue(_), .. }) => " is-meta",
        RowBody::Value(_) => "",
        RowBody::Group(_) => " is-group",
        RowBody::Loading | RowBody::Gone => " is-note",
    };
    let change = match row.changed_in {
        None => "",
        Some(refresh) if refresh.is_multiple_of(2) => " is-changed-even",
        Some(_) => " is-changed-odd",
    };
    format!("tree-row{kind}{change}")
}
