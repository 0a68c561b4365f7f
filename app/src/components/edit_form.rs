//! The dialog that asks what is to become of a value of `_home`.

use leptos::{ev, html, prelude::*};
use wire::Edit;

use crate::{
    commands::EditCommand,
    dialogs::{Dialogs, EditPrompt},
    session::Session,
};

/// The id of the message that says why an edit is not possible.
const PROBLEM_ID: &str = "edit-problem";
/// How many lines of a value are in view.
const MAX_LINES: usize = 12;

/// The dialog that asks what is to become of a value.
#[component]
pub fn EditForm(
    /// The value, and what is done with it.
    prompt: EditPrompt,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let EditPrompt { command, steps, path, text } = prompt;
    let is_rename = command == EditCommand::Rename;
    let key = RwSignal::new(if is_rename { text.clone() } else { String::new() });
    let value = RwSignal::new(if is_rename { String::new() } else { text });
    let problem = RwSignal::new(None::<String>);
    let (title, action) = match command {
        EditCommand::Add => ("Add to ", "Add"),
        EditCommand::Rename => ("Rename the key of ", "Rename"),
        EditCommand::Set | EditCommand::Remove => ("Edit ", "Save"),
    };
    let submit = move || {
        let (key, value) = (key.get_untracked(), value.get_untracked());
        let edit = match command {
            EditCommand::Add => Edit::Add { key, value },
            EditCommand::Rename => Edit::Rename { key },
            EditCommand::Set => Edit::Set { value },
            EditCommand::Remove => Edit::Remove,
        };
        session.make_edit(steps.clone(), edit, move |reason| match reason {
            None => dialogs.close(),
            // The dialog may be closed by now.
            Some(reason) => drop(problem.try_set(Some(reason))),
        });
    };
    let on_submit = {
        let submit = submit.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            submit();
        }
    };
    view! {
        <form class="dialog-body" on:submit=on_submit>
            <h2 class="dialog-title" id="dialog-title">{title}<code>{path}</code></h2>
            {(command != EditCommand::Set).then(|| view! { <KeyField key problem is_rename/> })}
            {(!is_rename).then(|| {
                view! { <ValueField value problem has_focus={command == EditCommand::Set} submit=Callback::new(move |()| submit())/> }
            })}
            <p class="settings-error" id=PROBLEM_ID role="alert">{move || problem.get()}</p>
            <p class="settings-note">"This runs as a line of the console, so Undo run takes it back."</p>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="submit" class="button is-primary">{action}</button>
            </div>
        </form>
    }
}

#[component]
fn KeyField(key: RwSignal<String>, problem: RwSignal<Option<String>>, is_rename: bool) -> impl IntoView {
    let placeholder = if is_rename { "" } else { "name, 3; blank: next item" };
    // What is there is typed over. The field has its text a moment after it is there.
    let select = |event: ev::FocusEvent| {
        let field = event_target::<web_sys::HtmlInputElement>(&event);
        request_animation_frame(move || field.select());
    };
    view! {
        <label class="edit-field">
            <span class="edit-label">"Key"</span>
            <input
                class="field is-code"
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                autofocus
                placeholder=placeholder
                aria-describedby=PROBLEM_ID
                bind:value=key
                on:focus=select
                on:input=move |_| problem.set(None)
            />
        </label>
    }
}

#[component]
fn ValueField(
    value: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    has_focus: bool,
    submit: Callback<()>,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    // Enter is what ends a value, as at the prompt.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            submit.run(());
        }
    };
    let on_focus = move |_| request_animation_frame(move || area.get_untracked().iter().for_each(|area| area.select()));
    view! {
        <label class="edit-field">
            <span class="edit-label">"Value, in Lua or JSON"</span>
            <textarea
                node_ref=area
                class="field is-code"
                rows=move || value.read().lines().count().clamp(2, MAX_LINES).to_string()
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                autofocus=has_focus
                aria-describedby=PROBLEM_ID
                bind:value=value
                on:focus=on_focus
                on:keydown=on_key
                on:input=move |_| problem.set(None)
            ></textarea>
        </label>
    }
}
