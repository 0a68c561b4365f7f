//! The pane with the journal of runs.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    choosing_note::ChoosingNote,
    focus_child,
    icon::Icon,
    menu::{Menu, MenuItem},
    move_in_list,
    pane::{PaneFrame, on_focus_request},
    run_row::RunRow,
};
use crate::{
    formats,
    session::{Pane, Session},
    state::Journal,
};

/// The pane with the journal of runs, which is asked for when the pane is seen.
#[component]
pub fn Runs() -> impl IntoView {
    let session = Session::expect();
    let journal = session.state.journal();
    let problem = RwSignal::new(None);
    let list = NodeRef::<html::Ul>::new();
    ask_when_seen(session, Pane::Runs, problem);
    take_focus_when_asked(session, list);
    let is_empty = move || journal.with(|journal| journal.is_current && journal.runs.is_empty());
    let head = view! {
        <h2 class="pane-title">"Runs"</h2>
        <Menu name="More for the runs" items=move |()| menu_items(session)/>
    };
    view! {
        <PaneFrame pane=Pane::Runs head=head.into_any()>
            <div class="snapshots-body">
                <ChoosingNote is_spoken=Signal::derive(move || !session.shows_strip().get())/>
                {move || problem.get().map(|problem| view! { <p class="snapshot-problem" role="alert">"The runs cannot be listed: " {problem}</p> })}
                <ul node_ref=list class="runs-list" aria-label="Runs" on:keydown=move |event| on_key(&event, list)>
                    <For each=move || journal.get().runs key=|run| run.id.clone() let:run>
                        <RunRow run/>
                    </For>
                </ul>
                <Show when=is_empty>
                    <p class="empty">"Each run is kept here with what made it: its text, input, output and the states before and after it."</p>
                </Show>
                <Show when=move || journal.with(|journal| journal.has_more)>
                    <button type="button" class="button runs-older" on:click=move |_| ask_older(session, problem)>"Show older runs"</button>
                </Show>
            </div>
        </PaneFrame>
    }
}

/// Takes the focus when that is requested: the first run has it, once the runs are listed.
fn take_focus_when_asked(session: Session, list: NodeRef<html::Ul>) {
    let is_current = Memo::new(move |_| session.state.journal().with(|journal| journal.is_current));
    let is_due = StoredValue::new(false);
    on_focus_request(session, Pane::Runs, move || {
        is_due.set_value(!is_current.get_untracked());
        focus_first(list);
    });
    Effect::new(move || {
        if is_current.get() && is_due.try_get_value() == Some(true) {
            is_due.set_value(false);
            // Once the page shows them; meanwhile a person may have gone elsewhere.
            request_animation_frame(move || {
                if head_button().is_some() && head_button() == document().active_element() {
                    focus_first(list);
                }
            });
        }
    });
}

/// Gives the focus to the first run; where there is none, to what is in the head of the pane.
fn focus_first(list: NodeRef<html::Ul>) {
    match list.get_untracked() {
        Some(list) if list.child_element_count() > 0 => focus_child(list.children().item(0), 0),
        _ => {
            let button = head_button().and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok());
            button.into_iter().for_each(|button| button.focus().unwrap_or_default());
        }
    }
}

fn head_button() -> Option<web_sys::Element> {
    document().query_selector("[data-pane=runs] .pane-head button").ok().flatten()
}

/// Asks for the newest runs when the pane is seen, and again when another worker is there or this tab took over.
pub fn ask_when_seen(session: Session, pane: Pane, problem: RwSignal<Option<String>>) {
    let is_current = Memo::new(move |_| session.state.journal().with(|journal| journal.is_current));
    let is_seen = Memo::new(move |_| session.layout().read().visible_panes().contains(&pane));
    Effect::new(move || {
        let is_open = session.state.openings().get() > 0;
        if is_open && is_seen.get() && !is_current.get() {
            session.list_runs(None, move |why| drop(problem.try_set(why)));
        }
    });
}

fn ask_older(session: Session, problem: RwSignal<Option<String>>) {
    let oldest = session.state.journal().with_untracked(|journal| journal.runs.last().map(|run| run.id.clone()));
    session.list_runs(oldest, move |why| drop(problem.try_set(why)));
}

fn menu_items(session: Session) -> Vec<MenuItem> {
    let state = session.state;
    let can_forget =
        Signal::derive(move || state.may_write().get() && state.journal().with(|journal| !journal.runs.is_empty()));
    let forget = move || {
        let title = state.journal().with_untracked(forget_title);
        session.dialogs.confirm_deletion(title, "Forget all", move || session.forget_runs(None));
    };
    vec![MenuItem::new("Forget all runs…", forget).with_icon(Icon::Trash).enabled_when(can_forget)]
}

/// `Forget all 3 runs?`
fn forget_title(journal: &Journal) -> String {
    let count = formats::counted(journal.runs.len() as u64, "run");
    let more = if journal.has_more { " and all older ones" } else { "" };
    ["Forget all: ", &count, more, "?"].concat()
}

/// Moves between rows, where a row has the focus and not something in it.
fn on_key(event: &ev::KeyboardEvent, list: NodeRef<html::Ul>) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target.is_some_and(|target| target.class_list().contains("run-open")) {
        move_in_list(event, list);
    }
}
