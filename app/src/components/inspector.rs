//! The pane with the tree of `_home`.

use leptos::prelude::*;
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

/// The pane with the tree of `_home`.
#[component]
pub fn Inspector() -> impl IntoView {
    let session = Session::expect();
    let model = RwSignal::new(TreeModel::default());
    let filter = RwSignal::new(String::new());
    let is_empty = Memo::new(move |_| model.with(TreeModel::is_known_empty));
    Effect::new(move || {
        if session.state.home_revision().get() > 0 {
            let queries = model.try_update(TreeModel::refresh).unwrap_or_default();
            ask_all(session, &Subject::Home, model, queries);
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
