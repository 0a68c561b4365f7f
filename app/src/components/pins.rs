//! The values that a person keeps in view, as they are in the state that is shown.

use leptos::prelude::*;
use wire::{Inspect, Row};

use super::{
    focus_first,
    icon::Icon,
    icon_button::IconButton,
    tree_row::{ValueRow, change_class, meaning},
};
use crate::{
    pins::Pin,
    session::Session,
    state_search::reveal_steps,
    tree::{DiffSide, ListedRow, Locate, Origin, Progress, TreeModel},
};

/// What is known of a pinned value.
#[derive(Clone, PartialEq)]
pub enum Shown {
    /// It is this. Its name is its path, which is said already.
    Value(Box<Row>),
    /// It is not, for this reason.
    Note(String),
}

/// The values that are kept in view.
#[component]
pub fn PinList(
    /// What the tree's lines come from.
    origin: StoredValue<Origin>,
    /// The tree, with which they are renewed.
    model: RwSignal<TreeModel>,
) -> impl IntoView {
    let session = Session::expect();
    let pins = Memo::new(move |_| session.pins.all());
    view! {
        <Show when=move || pins.with(|pins| !pins.is_empty())>
            <section class="pins" aria-label="Pinned values">
                <ul class="pins-list">
                    <For each=move || pins.get() key=|pin| pin.steps.clone() let:pin>
                        <PinRow pin origin model/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn PinRow(pin: Pin, origin: StoredValue<Origin>, model: RwSignal<TreeModel>) -> impl IntoView {
    let session = Session::expect();
    let (path, steps) = (pin.path(), pin.steps.clone());
    let shown = RwSignal::new(None::<Shown>);
    keep_current(session, &pin, origin, model, shown);
    let show = move |()| reveal_steps(session, origin.get_value(), model, pin.steps.clone(), pin.indices.clone());
    let unpin = move |()| {
        session.pins.remove(&steps);
        // The focused button is removed with its row.
        request_animation_frame(|| focus_first(".pins .pin-path, .inspector [role=treeitem][tabindex='0']"));
    };
    view! { <PinLine path shown show unpin/> }
}

/// What a pinned value is.
#[component]
pub fn PinLine(
    /// Its path.
    path: String,
    /// What is known of it.
    shown: RwSignal<Option<Shown>>,
    /// Shows it in the tree.
    #[prop(into)]
    show: Callback<()>,
    /// No longer keeps it in view.
    #[prop(into)]
    unpin: Callback<()>,
) -> impl IntoView {
    let change = Memo::new(move |_| match &*shown.read() {
        Some(Shown::Value(row)) => row.change,
        _ => None,
    });
    let content = move || match shown.get() {
        None => view! { <span class="pin-note">"…"</span> }.into_any(),
        Some(Shown::Value(value)) => view! { <ValueRow value=*value/> }.into_any(),
        Some(Shown::Note(note)) => view! { <span class="pin-note">{note}</span> }.into_any(),
    };
    view! {
        <li class=move || ["pin", change_class(change.get())].concat()>
            <button type="button" class="link pin-path" title=path.clone() on:click=move |_| show.run(())>{path.clone()}</button>
            " " {content} " "
            <span class="visually-hidden">{move || change.get().map(meaning)}</span>
            <IconButton icon=Icon::X name=["Unpin ", &path].concat() act=unpin/>
        </li>
    }
}

/// Asks for the value whenever the tree is renewed.
fn keep_current(
    session: Session,
    pin: &Pin,
    origin: StoredValue<Origin>,
    model: RwSignal<TreeModel>,
    shown: RwSignal<Option<Shown>>,
) {
    let pin = pin.clone();
    let refreshes = Memo::new(move |_| model.with(TreeModel::refresh_revision));
    Effect::new(move || {
        // A memo that was never read watches nothing.
        refreshes.get();
        let Some(start) = Locate::row(pin.steps.clone(), pin.indices.clone()) else { return };
        let (origin, pin) = (origin.get_value(), pin.clone());
        let asked = origin.clone();
        let take = move |end| {
            let now = match end {
                Ok(Progress::Found(row, _)) => match *row {
                    ListedRow::Value(row) => Shown::Value(Box::new(Row { label: String::new(), ..row })),
                    ListedRow::Difference(_) => return,
                },
                Ok(Progress::TooMany) => return ask_without_row(session, &asked, pin, shown),
                Ok(_) => Shown::Note("no longer exists".to_owned()),
                Err(reason) => Shown::Note(reason),
            };
            // It may have left the page.
            shown.try_set(Some(now));
        };
        session.locate(origin, start, Box::new(take));
    });
}

/// Asks for a value without its row, which is far away: what it is, but not how it changed.
fn ask_without_row(session: Session, origin: &Origin, pin: Pin, shown: RwSignal<Option<Shown>>) {
    let subject = origin.subject(DiffSide::Both).clone();
    let step = pin.steps.last().cloned();
    session.ask(Inspect { subject, path: pin.steps, offset: 0, limit: 0 }, move |answer| {
        let now = match (answer, step) {
            (Ok(Some(listing)), Some(step)) => Shown::Value(Box::new(Row::new(step, String::new(), listing.of))),
            (Ok(_), _) => Shown::Note("no longer exists".to_owned()),
            (Err(error), _) => Shown::Note(error.to_string()),
        };
        shown.try_set(Some(now));
    });
}
