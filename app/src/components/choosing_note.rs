//! What a person is to choose when two states are compared, and which one is chosen.

use leptos::prelude::*;

use crate::{
    session::Session,
    viewer::{Choosing, Revision},
};

/// What is to be chosen; nothing where nothing is compared.
#[component]
pub fn ChoosingNote(
    /// Whether this is the one that is read aloud when it appears.
    #[prop(into)]
    is_spoken: Signal<bool>,
) -> impl IntoView {
    let session = Session::expect();
    let choosing = session.viewer.choosing;
    let text = move || match choosing.get() {
        Choosing::Nothing => String::new(),
        Choosing::First => "Choose the first of two states to compare.".to_owned(),
        Choosing::Second(first) => [&first.title(), " is chosen. Choose the other state."].concat(),
    };
    let has_first = move || matches!(*choosing.read(), Choosing::Second(_));
    view! {
        // It is there before it says something, so that this is heard.
        <div class="choosing-note" class:is-empty=move || *choosing.read() == Choosing::Nothing>
            <span class="choosing-text" role=move || is_spoken.get().then_some("status")>{text}</span>
            <Show when=move || *choosing.read() != Choosing::Nothing>
                <Show when=has_first>
                    <button type="button" class="button is-small is-outlined" on:click=move |_| session.choose(Revision::Now)>
                        "_home now"
                    </button>
                </Show>
                <button type="button" class="button is-small" on:click=move |_| session.stop_choosing()>"Cancel"</button>
            </Show>
        </div>
    }
}
