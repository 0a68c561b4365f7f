//! What a person must know of the texts that are kept: that two tabs changed one, or that one is not stored.

use leptos::prelude::*;

use crate::{
    documents::new_name,
    session::Session,
    workspace::{DocumentId, Notice},
};

/// What a person must know of the texts, if there is something.
#[component]
pub fn KeptBanners() -> impl IntoView {
    let documents = Session::expect().documents;
    let banner = move |(id, notice): (DocumentId, Notice)| {
        let what = name(documents.with(|workspace| workspace.path(id).map(|path| path.to_string())).flatten());
        match notice {
            Notice::Conflict => view! { <Conflict what id/> }.into_any(),
            Notice::Aside(owner) => view! { <Aside what id owner/> }.into_any(),
            Notice::TooLarge => {
                let text = format!("The {what} has more than 1 MB, which is too much for the browser to keep.");
                view! { <NotKept text id notice/> }.into_any()
            }
            Notice::Refused => {
                let text = format!("The browser did not store the {what}: its storage is full, or forbidden.");
                view! { <NotKept text id notice/> }.into_any()
            }
        }
    };
    move || documents.notices().get().into_iter().map(banner).collect_view()
}

/// What a text is called in a sentence; only files have paths.
fn name(path: Option<String>) -> String {
    match path.as_deref() {
        None => "input".to_owned(),
        Some("main.lua") => "program".to_owned(),
        Some(path) => ["file ", path].concat(),
    }
}

#[component]
fn Conflict(what: String, id: DocumentId) -> impl IntoView {
    let documents = Session::expect().documents;
    let prefer_own = move |_| documents.decide(id, |document| document.prefer_own());
    let prefer_other = move |_| documents.decide(id, |document| document.prefer_other());
    view! {
        <div class="banner" role="alert">
            <p class="banner-text">
                <strong>"Changed in two tabs. "</strong>
                {format!("Another tab stored another {what} while you changed this one. Both are kept until you decide.")}
            </p>
            <button type="button" class="button is-outlined" on:click=prefer_own>"Keep this one"</button>
            <button type="button" class="button is-outlined" on:click=prefer_other>"Take the other one"</button>
        </div>
    }
}

#[component]
fn Aside(what: String, id: DocumentId, owner: String) -> impl IntoView {
    let documents = Session::expect().documents;
    let dropped = owner.clone();
    let swap = move |_| documents.decide(id, |document| document.swap(&owner, new_name()));
    let drop = move |_| documents.decide(id, |document| document.asides.want(dropped.clone(), None));
    view! {
        <div class="banner" role="status">
            <p class="banner-text">
                <strong>"Nothing is lost. "</strong>
                {format!("Another {what} is kept beside this one, which replaced it or was stored by another tab before.")}
            </p>
            <button type="button" class="button is-outlined" on:click=swap>"Exchange it with this one"</button>
            <button type="button" class="button" on:click=drop>"Delete it"</button>
        </div>
    }
}

#[component]
fn NotKept(text: String, id: DocumentId, notice: Notice) -> impl IntoView {
    let documents = Session::expect().documents;
    let dismiss = move |_| documents.dismiss((id, notice.clone()));
    view! {
        <div class="banner is-error" role="alert">
            <p class="banner-text"><strong>"Not kept. "</strong> {text} " It is here as long as this tab is open; the next visit may find what was stored before."</p>
            <button type="button" class="button" on:click=dismiss>"Dismiss"</button>
        </div>
    }
}
