//! The place of whatever dialog is open. The browser's own `<dialog>` keeps the focus inside and
//! gives it back afterwards.

use leptos::{html, prelude::*};
use wire::{Omission, Source};

use super::{settings_form::SettingsForm, shortcuts::SHORTCUTS};
use crate::dialogs::{Dialog, Dialogs, Question};

/// The place of whatever dialog is open.
#[component]
pub fn DialogHost(
    /// What is open.
    dialogs: Dialogs,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let current = dialogs.current();
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        match (current.with(Option::is_some), element.open()) {
            (true, false) => element.show_modal().unwrap_or_default(),
            (false, true) => element.close(),
            _ => {}
        }
    });
    let content = move || {
        current.get().map(|dialog| match dialog {
            Dialog::Confirm(question) => view! { <Confirm question dialogs/> }.into_any(),
            Dialog::Source { title, source } => view! { <SourceView title source dialogs/> }.into_any(),
            Dialog::Omissions(omissions) => view! { <OmissionsView omissions dialogs/> }.into_any(),
            Dialog::Shortcuts => view! { <ShortcutsView dialogs/> }.into_any(),
            Dialog::Settings => view! { <SettingsForm dialogs/> }.into_any(),
        })
    };
    view! {
        <dialog node_ref=element class="dialog" aria-labelledby="dialog-title" on:close=move |_| dialogs.close()>
            {content}
        </dialog>
    }
}

#[component]
fn Confirm(question: Question, dialogs: Dialogs) -> impl IntoView {
    let Question { title, text, action, on_confirm } = question;
    let confirm = move |_| {
        dialogs.close();
        on_confirm.run(());
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">{title}</h2>
            <p class="dialog-text">{text}</p>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="button" class="button is-primary" on:click=confirm>{action}</button>
            </div>
        </div>
    }
}

#[component]
fn SourceView(title: String, source: Option<Source>, dialogs: Dialogs) -> impl IntoView {
    let Some(Source { place, text }) = source else {
        return view! {
            <div class="dialog-body">
                <h2 class="dialog-title" id="dialog-title">{title}</h2>
                <p class="dialog-text">"This function is not there any more."</p>
                <CloseAction dialogs/>
            </div>
        }
        .into_any();
    };
    let copied = text.clone();
    let copy = move |_| {
        // Where the clipboard is forbidden, the text can still be selected.
        drop(window().navigator().clipboard().write_text(&copied));
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title"><code>{title}</code></h2>
            <p class="dialog-text">{format!("{}:{}", place.chunk_name, place.line)}</p>
            <pre class="source" tabindex="0" aria-label="Source">{text}</pre>
            <div class="dialog-actions">
                <button type="button" class="button" on:click=copy>"Copy"</button>
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn OmissionsView(omissions: Vec<Omission>, dialogs: Dialogs) -> impl IntoView {
    let line = |omission: Omission| view! { <li>{omission.path} ": " {omission.kind}</li> };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Not saved"</h2>
            <p class="dialog-text">"Values of these kinds cannot be saved. Everything else was."</p>
            <ul class="omissions-list">{omissions.into_iter().map(line).collect_view()}</ul>
            <CloseAction dialogs/>
        </div>
    }
}

#[component]
fn ShortcutsView(dialogs: Dialogs) -> impl IntoView {
    let line = |(keys, meaning): (&'static str, &'static str)| view! { <dt>{keys}</dt><dd>{meaning}</dd> };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Keyboard"</h2>
            <dl class="shortcuts">{SHORTCUTS.map(line).collect_view()}</dl>
            <CloseAction dialogs/>
        </div>
    }
}

#[component]
fn CloseAction(dialogs: Dialogs) -> impl IntoView {
    view! {
        <div class="dialog-actions">
            <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
        </div>
    }
}
