//! The line that says on a first visit what `_home` is.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::session::Session;

/// The line that says what `_home` is.
#[component]
pub fn WelcomeLine() -> impl IntoView {
    let session = Session::expect();
    let empty = move |_| {
        session.end_welcome();
        session.run_line("_home = {}".to_owned());
    };
    view! {
        <Show when=move || session.welcome.get()>
            <div class="welcome">
                <p>
                    <code>"_home"</code>
                    " keeps what programs put in it, functions too. Two examples have run; press Run for a third."
                </p>
                <button type="button" class="button is-small" on:click=empty>"Start empty"</button>
                <button
                    type="button"
                    class="button is-small is-icon"
                    aria-label="Dismiss"
                    title="Dismiss"
                    on:click=move |_| session.end_welcome()
                >
                    {icon(Icon::X)}
                </button>
            </div>
        </Show>
    }
}
