//! The pane with the tree of `_home`.

use std::time::Duration;

use leptos::{leptos_dom::helpers::IntervalHandle, prelude::*};
use wire::Subject;

use super::{
    pane::{PaneFrame, on_focus_wish},
    tree::{Tree, ask_all},
};
use crate::{
    program::EXAMPLE,
    session::{Pane, Session},
    tree::TreeModel,
};

/// How often the tree is renewed while a program runs.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The pane with the tree of `_home`.
#[component]
pub fn Inspector() -> impl IntoView {
    let session = Session::expect();
    let model = RwSignal::new(TreeModel::default());
    let filter = RwSignal::new(String::new());
    let is_empty = Memo::new(move |_| model.with(TreeModel::is_known_empty));
    let refresh = move || {
        let queries = model.try_update(TreeModel::refresh).unwrap_or_default();
        ask_all(session, &Subject::Home, model, queries);
    };
    Effect::new(move || {
        if session.state.home_revision().get() > 0 {
            refresh();
        }
    });
    refresh_during_runs(session, move || {
        if model.with_untracked(|model| !model.is_refreshing()) {
            refresh();
        }
    });
    on_focus_wish(session, Pane::Inspector, focus_tree);
    view! {
        <PaneFrame pane=Pane::Inspector name="Inspector" class="inspector">
            <div class="pane-head">
                <h2 class="pane-title is-code">"_home"</h2>
                <input class="field is-small" type="search" placeholder="Filter" aria-label="Filter _home" bind:value=filter/>
            </div>
            <div class="inspector-body">
                <Tree name="_home" subject=Subject::Home model filter/>
                <Show when=move || is_empty.get()>
                    <EmptyHome/>
                </Show>
            </div>
        </PaneFrame>
    }
}

/// Looks again and again while a program runs, where it can be reached.
fn refresh_during_runs(session: Session, refresh: impl Fn() + Copy + 'static) {
    let is_running = session.state.is_running();
    Effect::new(move |looking: Option<Option<IntervalHandle>>| {
        if let Some(Some(looking)) = looking {
            looking.clear();
        }
        let is_wanted = is_running.get() && session.can_reach_a_run();
        is_wanted.then(|| set_interval_with_handle(refresh, LOOK_AGAIN).ok()).flatten()
    });
}

#[component]
fn EmptyHome() -> impl IntoView {
    let session = Session::expect();
    let program = session.program;
    let put_example = move || {
        program.set_text(EXAMPLE);
        session.focus(Pane::Editor);
    };
    let on_click = move |_| {
        let text = program.text();
        if text.trim().is_empty() || text == EXAMPLE {
            return put_example();
        }
        let question = "Replace the program with the example?".to_owned();
        session.dialogs.confirm(question, "Undo in the editor brings your text back.", "Replace", put_example);
    };
    view! {
        <div class="empty">
            <p><code>"_home"</code> " is a table that stays: what a program puts in it, functions included, is here the next time you come."</p>
            <button type="button" class="button is-outlined" on:click=on_click>"Show me an example"</button>
        </div>
    }
}

fn focus_tree() {
    let row = document().query_selector(".inspector [role=treeitem][tabindex='0'], .inspector button").ok().flatten();
    if let Some(row) = row.and_then(|row| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(row).ok()) {
        row.focus().ok();
    }
}
