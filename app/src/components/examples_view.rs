//! The dialog that lists the examples.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    arrival::{self, ListedExample},
    dialogs::Dialogs,
    session::{Session, leave},
};

/// The dialog that lists the examples.
#[component]
pub fn ExamplesView(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let listed = RwSignal::new(None::<Result<Vec<ListedExample>, String>>);
    // The dialog may be closed when the list is there.
    spawn_local(async move { drop(listed.try_set(Some(arrival::examples().await))) });
    let row = move |example: ListedExample| {
        let id = example.id;
        let open = move |_| {
            let id = id.clone();
            dialogs.close();
            leave(session, move || arrival::open_example(&id));
        };
        view! {
            <li>
                <button type="button" class="examples-row" on:click=open>
                    <span class="examples-title">{example.title}</span>
                    <span class="examples-summary">{example.summary}</span>
                </button>
            </li>
        }
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Examples"</h2>
            <p class="dialog-text">"Each opens as a workspace of its own, which you can keep or throw away."</p>
            {move || match listed.get() {
                None => view! { <p role="status">"Loading…"</p> }.into_any(),
                Some(Err(problem)) => view! { <p class="settings-error" role="alert">{problem}</p> }.into_any(),
                Some(Ok(examples)) => view! {
                    <ul class="workspaces-list" aria-label="Examples">{examples.into_iter().map(row).collect_view()}</ul>
                }
                .into_any(),
            }}
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}
