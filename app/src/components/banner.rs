//! The most important notice: this tab does not save, or a save failed.

use leptos::prelude::*;
use wire::{Access, Subject};

use super::kept_banner::KeptBanners;
use crate::{formats, session::Session, state::StateEvent};

/// The most important notice: this tab does not save, or a save failed.
#[component]
pub fn Banners() -> impl IntoView {
    let session = Session::expect();
    let state = session.state;
    view! {
        <div class="banners">
            {move || match state.access().get() {
                Access::Writer => ().into_any(),
                Access::ReadOnly => view! {
                    <ReadOnly text="Another tab has this _home open and saves it. Programs run here, but nothing is saved."/>
                }.into_any(),
                Access::Vacant => view! {
                    <ReadOnly text="The tab that saved this _home is closed. Programs run here, but nothing is saved until you take over."/>
                }.into_any(),
            }}
            <Unsaved/>
            <KeptBanners/>
        </div>
    }
}

#[component]
fn ReadOnly(text: &'static str) -> impl IntoView {
    let session = Session::expect();
    view! {
        <div class="banner" role="alert">
            <p class="banner-text"><strong>"Read-only. "</strong> {text}</p>
            <button type="button" class="button is-outlined" on:click=move |_| session.take_over()>"Take over here"</button>
        </div>
    }
}

#[component]
fn Unsaved() -> impl IntoView {
    let session = Session::expect();
    let state = session.state;
    let download = move |_| session.export(Subject::Home, formats::file_stamp("_home"));
    move || {
        state.unsaved().get().map(|fault| {
            view! {
                <div class="banner is-error" role="alert">
                    <p class="banner-text">
                        <strong>"Not saved. "</strong>
                        {fault.message}
                        " _home is still here in this tab: download it, and import the file later."
                    </p>
                    <button type="button" class="button is-outlined" on:click=download>"Download _home"</button>
                    <button type="button" class="button" on:click=move |_| state.apply(StateEvent::UnsavedDismissed)>"Dismiss"</button>
                </div>
            }
        })
    }
}
