//! How much storage is used, and whether the browser may delete it.

use leptos::prelude::*;

use crate::{formats, session::Session, settings_list::Section, storage::StorageFacts};

/// How much storage is used, in short, which leads to the rest.
#[component]
pub fn StorageMark() -> impl IntoView {
    let session = Session::expect();
    let (state, storage) = (session.state, session.storage);
    Effect::new(move || {
        state.snapshots().track();
        state.saved().track();
        storage.refresh();
    });
    let mark = move |facts: StorageFacts| {
        let promise = if facts.is_persistent { "kept until you delete it" } else { "the browser may delete it" };
        let used = [&formats::bytes(facts.used_bytes), " stored"].concat();
        view! {
            <button type="button" class="link status-bar-storage" title=promise on:click=move |_| session.dialogs.show_settings_of(Section::Storage)>
                {used}
            </button>
        }
    };
    move || storage.facts().get().map(mark)
}

/// How much storage is used, and whether the browser may delete it.
#[component]
pub fn StorageLine() -> impl IntoView {
    let session = Session::expect();
    let storage = session.storage;
    let promise = move |facts: StorageFacts| {
        if facts.is_persistent {
            return view! { <span>"kept until you delete it"</span> }.into_any();
        }
        let may_delete = "The browser may delete all of it when the disk is nearly full. Export what matters.";
        view! {
            <span title=may_delete>"may be deleted by the browser"</span>
            {move || if storage.was_refused().get() {
                view! { <span role="note">"(the browser declined to keep it)"</span> }.into_any()
            } else {
                view! { <button type="button" class="link" on:click=move |_| storage.ask_to_persist()>"Ask to keep it"</button> }.into_any()
            }}
        }
        .into_any()
    };
    move || {
        storage.facts().get().map(|facts| {
            let usage =
                format!("{} of {} used", formats::bytes(facts.used_bytes), formats::bytes(facts.available_bytes));
            view! { <p class="storage-line"><span>{usage}</span>{promise(facts)}</p> }
        })
    }
}
