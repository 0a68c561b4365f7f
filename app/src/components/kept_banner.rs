//! What a person must know of a text that is kept: that two tabs changed it, or that it is not stored.

use leptos::prelude::*;

use crate::{
    document::SetAside,
    kept_text::{KeptNotice, KeptText},
};

/// What a person must know of a text that is kept, if there is something.
#[component]
pub fn KeptBanner(
    /// What the text is, in a word.
    what: &'static str,
    /// The text.
    kept: KeptText,
) -> impl IntoView {
    let notice = kept.notice();
    move || {
        notice.get().map(|notice| match notice {
            KeptNotice::Conflict => view! { <Conflict what kept/> }.into_any(),
            KeptNotice::Aside(one) => view! { <Aside what kept one/> }.into_any(),
            KeptNotice::TooLarge => {
                let text = format!("The {what} has more than 1 MB, which is too much for the browser to keep.");
                view! { <NotKept text kept/> }.into_any()
            }
            KeptNotice::Refused => {
                let text = format!("The browser did not store the {what}: its storage is full, or forbidden.");
                view! { <NotKept text kept/> }.into_any()
            }
        })
    }
}

#[component]
fn Conflict(what: &'static str, kept: KeptText) -> impl IntoView {
    view! {
        <div class="banner" role="alert">
            <p class="banner-text">
                <strong>"Changed in two tabs. "</strong>
                {format!("Another tab stored another {what} while you changed this one. Both are kept until you decide.")}
            </p>
            <button type="button" class="button is-outlined" on:click=move |_| kept.prefer_own()>"Keep this one"</button>
            <button type="button" class="button is-outlined" on:click=move |_| kept.prefer_other()>"Take the other one"</button>
        </div>
    }
}

#[component]
fn Aside(what: &'static str, kept: KeptText, one: SetAside) -> impl IntoView {
    let (swapped, dropped) = (one.clone(), one.tab);
    view! {
        <div class="banner" role="status">
            <p class="banner-text">
                <strong>"Nothing is lost. "</strong>
                {format!("Another {what} is kept beside this one, which replaced it or was stored by another tab before.")}
            </p>
            <button type="button" class="button is-outlined" on:click=move |_| kept.swap(swapped.clone())>"Exchange it with this one"</button>
            <button type="button" class="button" on:click=move |_| kept.drop_aside(&dropped)>"Delete it"</button>
        </div>
    }
}

#[component]
fn NotKept(text: String, kept: KeptText) -> impl IntoView {
    view! {
        <div class="banner is-error" role="alert">
            <p class="banner-text"><strong>"Not kept. "</strong> {text} " It is here as long as this tab is open; the next visit finds what was stored before."</p>
            <button type="button" class="button" on:click=move |_| kept.dismiss()>"Dismiss"</button>
        </div>
    }
}
