//! One row of a tree of differences: a sign, a key, and what was and is there.

use leptos::prelude::*;
use wire::{Change, DiffRow, Summary};

use super::value::ValueText;

/// One row of a tree of differences.
#[component]
pub fn DifferenceRow(
    /// What differs.
    difference: DiffRow,
) -> impl IntoView {
    let DiffRow { label, change, before, after, .. } = difference;
    let (sign, meaning, class) = match change {
        Change::Added => ("+", "added", "difference-sign is-added"),
        Change::Removed => ("−", "removed", "difference-sign is-removed"),
        Change::Changed => ("~", "changed", "difference-sign is-changed"),
        Change::Inside => ("·", "changed inside", "difference-sign"),
    };
    let values = match change {
        Change::Changed => view! { <Value value=before/> <span class="difference-arrow" aria-label="is now">"→"</span> <Value value=after/> }.into_any(),
        Change::Removed => view! { <Value value=before/> }.into_any(),
        Change::Added | Change::Inside => view! { <Value value=after/> }.into_any(),
    };
    view! {
        <span class=class aria-label=meaning title=meaning role="img">{sign}</span>
        <span class="tree-label" title=label.clone()>{label.clone()}</span>
        {values}
    }
}

#[component]
fn Value(value: Option<Summary>) -> impl IntoView {
    value.map(
        |value| view! { <span class="tree-value" title=value.text.clone()><ValueText value=value.clone()/></span> },
    )
}
