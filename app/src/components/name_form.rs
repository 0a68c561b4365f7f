//! The dialog that asks for a name.

use leptos::{ev, prelude::*};

use crate::dialogs::{Dialogs, NamePrompt};

/// The dialog that asks for a name.
#[component]
pub fn NameForm(
    /// What is to be named.
    prompt: NamePrompt,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let NamePrompt { title, name, action, on_name } = prompt;
    let typed = RwSignal::new(name);
    let is_blank = move || typed.read().trim().is_empty();
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if !is_blank() {
            dialogs.close();
            on_name(typed.read_untracked().trim().to_owned());
        }
    };
    // What is suggested is typed over. The field has its text a moment after it is there.
    let select = |event: ev::FocusEvent| {
        let field = event_target::<web_sys::HtmlInputElement>(&event);
        request_animation_frame(move || field.select());
    };
    view! {
        <form class="dialog-body" on:submit=on_submit>
            <h2 class="dialog-title" id="dialog-title">{title}</h2>
            <input class="field" type="text" maxlength="200" autocomplete="off" autofocus aria-label="Name" bind:value=typed on:focus=select/>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="submit" class="button is-primary" disabled=is_blank>{action}</button>
            </div>
        </form>
    }
}
