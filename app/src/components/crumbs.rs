//! The path of the row that was chosen last, step by step.

use leptos::prelude::*;
use wire::TextForm;

use super::{
    icon::{Icon, icon},
    icon_button::IconButton,
};
use crate::{
    pins::labelled_steps,
    session::{Session, has_pins},
    tree::{DiffSide, NodePath, Origin, TreeModel, is_addressable, steps},
    viewer::TreeRequest,
};

/// The path of the row that was chosen last; nothing before one is.
#[component]
pub fn Crumbs(
    /// What the tree's lines come from.
    origin: StoredValue<Origin>,
    /// The tree.
    model: RwSignal<TreeModel>,
    /// The row that was chosen last.
    current: RwSignal<Option<NodePath>>,
) -> impl IntoView {
    let session = Session::expect();
    let crumbs = Memo::new(move |_| {
        let path = current.get()?;
        let found = model.with(|model| labelled_steps(&path, |path| model.label(path)));
        (!found.is_empty()).then_some(found)
    });
    let last = move || crumbs.get_untracked().and_then(|crumbs| crumbs.last().map(|(_, path)| steps(path)));
    let copy = move |()| {
        let subject = origin.with_value(|origin| origin.subject(DiffSide::Both).clone());
        last().into_iter().for_each(|steps| session.copy_value(subject.clone(), steps, TextForm::Path));
    };
    view! {
        <Show when=move || crumbs.with(Option::is_some)>
            <nav class="crumbs" aria-label="Path of the row">
                <ol class="crumbs-list">
                    <li><button type="button" class="crumb" on:click=move |_| go_to_first(model)>"_home"</button></li>
                    {move || crumbs.get().map(|crumbs| steps_of(crumbs, model))}
                </ol>
                <PinButton origin crumbs/>
                <IconButton icon=Icon::Copy name="Copy the path" act=copy/>
            </nav>
        </Show>
    }
}

fn steps_of(crumbs: Vec<(String, NodePath)>, model: RwSignal<TreeModel>) -> Vec<AnyView> {
    let count = crumbs.len();
    let crumb = |(index, (label, path)): (usize, (String, NodePath))| {
        let is_last = (index + 1 == count).then_some("true");
        view! {
            <li>
                <button
                    type="button"
                    class="crumb"
                    aria-current=is_last
                    title=label.clone()
                    on:click=move |_| model.update(|model| model.want(path.clone()))
                >
                    {label.clone()}
                </button>
            </li>
        }
        .into_any()
    };
    crumbs.into_iter().enumerate().map(crumb).collect()
}

/// Pins the value, or unpins it.
#[component]
fn PinButton(origin: StoredValue<Origin>, crumbs: Memo<Option<Vec<(String, NodePath)>>>) -> impl IntoView {
    let session = Session::expect();
    let wanted = Memo::new(move |_| crumbs.get().and_then(|crumbs| crumbs.last().map(|(_, path)| steps(path))));
    let can_pin = move || wanted.with(|steps| steps.as_ref().is_some_and(|steps| steps.iter().all(is_addressable)));
    let is_pinned = move || wanted.with(|steps| steps.as_ref().is_some_and(|steps| session.pins.contains(steps)));
    origin.with_value(has_pins).then(|| {
        view! {
            <button
                type="button"
                class="button is-small is-icon"
                aria-label="Pin this value"
                title=move || if is_pinned() { "Unpin this value" } else { "Pin this value" }
                aria-pressed=move || is_pinned().to_string()
                disabled=move || !can_pin()
                on:click=move |_| session.viewer.request.set(Some(TreeRequest::Pin))
            >
                {icon(Icon::Pin)}
            </button>
        }
    })
}

fn go_to_first(model: RwSignal<TreeModel>) {
    model.update(|model| {
        let first = model.visible_rows("").into_iter().next();
        first.into_iter().for_each(|row| model.want(row.path));
    });
}
