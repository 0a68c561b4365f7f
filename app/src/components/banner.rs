//! The most important notice: this tab does not save, or a save failed.

use leptos::prelude::*;
use wire::{Access, Subject};

use super::kept_banner::KeptBanners;
use crate::{formats, session::Session, state::StateEvent, workspaces::Stage};

/// The most important notice: this tab does not save, or a save failed.
#[component]
pub fn Banners() -> impl IntoView {
    let session = Session::expect();
    let state = session.state;
    view! {
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
        <OfWorkspace/>
    }
}

/// Notices about the workspace itself.
#[component]
fn OfWorkspace() -> impl IntoView {
    let session = Session::expect();
    let workspaces = session.workspaces;
    let stage = Memo::new(move |_| match workspaces.current().stage {
        // Whether it was touched is up to what is shown then.
        Stage::Visited { .. } => Stage::Visited { is_touched: false },
        stage => stage,
    });
    move || match stage.get() {
        Stage::Kept => ().into_any(),
        Stage::Visited { .. } => session.later.views().map(|views| (views.visit)()).into_any(),
        Stage::Deleted => view! { <Deleted/> }.into_any(),
    }
}

#[component]
fn Deleted() -> impl IntoView {
    let workspaces = Session::expect().workspaces;
    let keep = move |_| workspaces.keep();
    view! {
        <div class="banner" role="alert">
            <p class="banner-text">
                <strong>"Deleted. "</strong>
                "This workspace was deleted in another tab. What it holds goes when this tab is closed."
            </p>
            <button type="button" class="button is-outlined" on:click=keep>"Keep it"</button>
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
