//! A value in one line, in the colour of its type.

use leptos::prelude::*;
use wire::{Kind, Summary};

/// The class that colours a value of this type.
pub fn value_class(kind: Kind) -> &'static str {
    match kind {
        Kind::Nil => "value-nil",
        Kind::Boolean => "value-boolean",
        Kind::Number => "value-number",
        Kind::String => "value-string",
        Kind::Table => "value-table",
        Kind::Function => "value-function",
        Kind::Builtin => "value-builtin",
        Kind::Opaque => "value-opaque",
    }
}

/// A value in one line.
#[component]
pub fn ValueText(
    /// The value.
    value: Summary,
) -> impl IntoView {
    view! { <span class=value_class(value.kind)>{value.text}</span> }
}
