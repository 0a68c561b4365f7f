//! The text of a function of `_home` while it is edited.

use std::time::Duration;

use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wire::{FunctionEdit, Source, SourcePath, Step};

use crate::{
    client::PendingRequest,
    dialogs::{Dialogs, FunctionPrompt},
    function_edit::{in_file, meaning},
    session::Session,
};

/// The id of what is said of the text.
const NOTE_ID: &str = "function-notes";
/// How long nothing must be typed before the text is checked.
const PAUSE: Duration = Duration::from_millis(250);

/// What is known of the text that is typed.
#[derive(Clone, PartialEq)]
pub enum Checked {
    /// It is as it was.
    Unchanged,
    /// It is not checked yet.
    Pending,
    /// What it would mean.
    Meaning(FunctionEdit),
    /// What is wrong with it, or why it was not accepted.
    Refused(String),
}

/// The text of a function while it is edited.
#[component]
pub fn FunctionForm(
    /// The function.
    prompt: FunctionPrompt,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let FunctionPrompt { title, steps, source, file } = prompt;
    let text = RwSignal::new(source.text.clone());
    let checked = RwSignal::new(Checked::Unchanged);
    let has_file = RwSignal::new(true);
    let source = StoredValue::new(source);
    check_while_typing(session, steps.clone(), source, text, checked);
    let path = file.clone();
    let accept = Callback::new(move |()| {
        let (edited, path) = (text.get_untracked(), path.clone().filter(|_| has_file.get_untracked()));
        session.edit_function(steps.clone(), edited.clone(), move |answer| match answer {
            Ok(()) => {
                let in_file = source.try_with_value(|source| in_file(source, &edited)).flatten();
                dialogs.close();
                path.zip(in_file).into_iter().for_each(|(path, text)| session.put_back(&path, text));
            }
            // The dialog may be closed by now.
            Err(reason) => drop(checked.try_set(Checked::Refused(reason))),
        });
    });
    view! { <FunctionFields title text checked file has_file accept dialogs/> }
}

/// The fields and the buttons of the form.
#[component]
pub fn FunctionFields(
    /// The function.
    title: String,
    /// What is typed.
    text: RwSignal<String>,
    /// What is known of it.
    #[prop(into)]
    checked: Signal<Checked>,
    /// The file that can be changed too.
    file: Option<SourcePath>,
    /// Whether it is.
    has_file: RwSignal<bool>,
    /// Makes the edit.
    accept: Callback<()>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let is_running = Session::expect().state.is_running();
    let area = NodeRef::<html::Textarea>::new();
    // The dialog was open already.
    area.on_load(|area| request_animation_frame(move || drop(area.focus())));
    let is_ready = move || matches!(checked.get(), Checked::Meaning(_) | Checked::Pending) && !is_running.get();
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        accept.run(());
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && untrack(is_ready) {
            event.prevent_default();
            event.stop_propagation();
            accept.run(());
        }
    };
    let told = move || match checked.get() {
        Checked::Unchanged => "Everyone who holds this function will have the new code.".to_owned(),
        Checked::Pending | Checked::Refused(_) => String::new(),
        Checked::Meaning(edit) => meaning(&edit),
    };
    let refused = move || match checked.get() {
        Checked::Refused(reason) => Some(reason),
        _ => None,
    };
    let in_file = file.map(|path| {
        view! {
            <label class="settings-switch">
                <input type="checkbox" bind:checked=has_file/>
                "Also in " {path.to_string()}
            </label>
        }
    });
    view! {
        <form class="dialog-body" on:submit=on_submit>
            <h2 class="dialog-title" id="dialog-title">"Edit " <code>{title}</code></h2>
            <textarea
                node_ref=area
                class="dialog-source function-text"
                aria-label="Source"
                aria-describedby=NOTE_ID
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                autofocus
                bind:value=text
                on:keydown=on_key
            ></textarea>
            <div class="function-notes" id=NOTE_ID>
                <p class="settings-note" role="status">{told}</p>
                <p class="settings-error" role="alert">{refused}</p>
            </div>
            {in_file}
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="submit" class="button is-primary" disabled=move || !is_ready()>"Accept"</button>
            </div>
        </form>
    }
}

fn check_while_typing(
    session: Session,
    steps: Vec<Step>,
    source: StoredValue<Source>,
    text: RwSignal<String>,
    checked: RwSignal<Checked>,
) {
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let pending = StoredValue::new_local(None::<PendingRequest>);
    let stop_waiting = move || pause.try_update_value(Option::take).flatten().into_iter().for_each(|it| it.clear());
    on_cleanup(stop_waiting);
    Effect::new(move || {
        let typed = text.get();
        stop_waiting();
        pending.set_value(None);
        if source.with_value(|source| source.text == typed) {
            return checked.set(Checked::Unchanged);
        }
        checked.set(Checked::Pending);
        let steps = steps.clone();
        let ask = move || {
            let request = session.check_function(steps, typed, move |answer| {
                drop(checked.try_set(answer.map_or_else(Checked::Refused, Checked::Meaning)));
            });
            pending.try_set_value(Some(request));
        };
        pause.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
}
