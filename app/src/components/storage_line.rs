//! How much room is taken, and whether the browser may take it back.

use leptos::prelude::*;

use crate::{formats, session::Session, storage::StorageFacts};

/// How much room is taken, and whether the browser may take it back.
#[component]
pub fn StorageLine() -> impl IntoView {
    let session = Session::expect();
    let (state, storage) = (session.state, session.storage);
    Effect::new(move || {
        state.snapshots().track();
        state.saved().track();
        storage.refresh();
    });
    let promise = move |facts: StorageFacts| {
        if facts.is_persistent {
            return view! { <span>"kept until you delete it"</span> }.into_any();
        }
        let may_evict = "The browser may delete all of it when the disk is full. Export what matters.";
        view! {
            <span title=may_evict>"the browser may evict it"</span>
            {move || if storage.was_refused().get() {
                view! { <span role="note">"(it did not promise to keep it)"</span> }.into_any()
            } else {
                view! { <button type="button" class="link" on:click=move |_| storage.ask_to_persist()>"Ask to keep it"</button> }.into_any()
            }}
        }
        .into_any()
    };
    move || {
        storage.facts().get().map(|facts| {
            let room =
                format!("{} of {} used", formats::bytes(facts.used_bytes), formats::bytes(facts.available_bytes));
            view! { <p class="storage-line"><span>{room}</span>{promise(facts)}</p> }
        })
    }
}
