//! The dialog that shows how the source text of a function differs.

use leptos::prelude::*;
use wire::{DiffLine, Side, SourceDiff};

use crate::dialogs::Dialogs;

/// The dialog that shows how the source text of a function differs.
#[component]
pub fn SourceDifference(
    /// The function.
    title: String,
    /// Its lines; `None` if the function no longer exists.
    difference: Option<SourceDiff>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let body = match difference {
        None => view! { <p class="dialog-text">"This function no longer exists."</p> }.into_any(),
        Some(SourceDiff { before, after, lines }) => {
            let was = format!("− {}", before.location);
            let is = format!("+ {}", after.location);
            view! {
                <p class="dialog-text">{was} <br/> {is}</p>
                <div class="dialog-source" tabindex="0" role="group" aria-label="Source difference">
                    {lines.into_iter().map(|line| view! { <SourceLine line/> }).collect_view()}
                </div>
            }
            .into_any()
        }
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title"><code>{title}</code></h2>
            {body}
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}

/// A line with its sign, which is part of the text, so that it can be copied and read aloud.
#[component]
pub(super) fn SourceLine(line: DiffLine) -> impl IntoView {
    let (sign, class) = match line.side {
        Side::Both => (" ", "source-line"),
        Side::Before => ("-", "source-line is-removed"),
        Side::After => ("+", "source-line is-added"),
    };
    view! { <div class=class>{sign} " " {line.text}</div> }
}
