//! Shows the open dialog. The browser's own `<dialog>` keeps the focus inside and returns it afterwards.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use wire::{MissingGlobal, Omission};

use super::{
    branches_view::BranchesView, brought_view::BroughtView, clash_form::ClashForm, compare_form::CompareForm,
    dry_run::DryRunView, edit_form::EditForm, examples_view::ExamplesView, function_form::FunctionForm,
    keys_view::KeysView, name_form::NameForm, palette::Palette, redo_form::RedoForm, run_text::RunTextView,
    settings_form::SettingsForm, share_form::ShareForm, source_difference::SourceDifference, source_view::SourceView,
    workspaces_view::WorkspacesView,
};
use crate::{
    dialogs::{Confirmation, Dialog, Dialogs, OmissionsReport},
    formats,
    session::Session,
    state::{self, Status},
};

/// Shows the open dialog.
#[component]
pub fn DialogHost(
    /// The open dialog.
    dialogs: Dialogs,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let current = dialogs.current();
    let session = Session::expect();
    let later = session.later;
    // The first run goes before it.
    Effect::new(move || {
        if session.state.status().get() != Status::Starting {
            later.load();
        }
    });
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        match (current.with(Option::is_some), element.open()) {
            (true, false) => {
                later.load();
                element.show_modal().unwrap_or_default();
            }
            (false, true) => element.close(),
            _ => {}
        }
    });
    // The browser gives the focus to what is there when the dialog opens.
    Effect::new(move || {
        if later.views().is_some() {
            // Once the page shows what came.
            request_animation_frame(move || focus_first(element));
        }
    });
    // The browser says so a little later: the next one may be open by then.
    let on_close = move |_| {
        if element.get_untracked().is_some_and(|element| !element.open()) {
            dialogs.close();
        }
    };
    view! {
        <dialog node_ref=element class="dialog" aria-labelledby="dialog-title" on:close=on_close>
            {move || current.get().map(|dialog| later.draw(move |views| (views.dialog)(dialog.clone(), dialogs)))}
        </dialog>
    }
}

/// Gives the focus to what is to have it first in an open dialog.
fn focus_first(dialog: NodeRef<html::Dialog>) {
    let wanted = dialog.try_get_untracked().flatten().filter(|dialog| dialog.open()).and_then(|dialog| {
        dialog.query_selector("[autofocus]").ok().flatten()?.dyn_into::<web_sys::HtmlElement>().ok()
    });
    wanted.map(|element| element.focus().ok());
}

/// What is in a dialog.
pub fn content(dialog: Dialog, dialogs: Dialogs) -> AnyView {
    match dialog {
        Dialog::Confirm(confirmation) => view! { <Confirm confirmation dialogs/> }.into_any(),
        Dialog::Source { title, source, editable } => view! { <SourceView title source editable dialogs/> }.into_any(),
        Dialog::Function(prompt) => view! { <FunctionForm prompt dialogs/> }.into_any(),
        Dialog::SourceDifference { title, difference } => {
            view! { <SourceDifference title difference dialogs/> }.into_any()
        }
        Dialog::Omissions(report) => view! { <OmissionsView report dialogs/> }.into_any(),
        Dialog::Name(prompt) => view! { <NameForm prompt dialogs/> }.into_any(),
        Dialog::Edit(prompt) => view! { <EditForm prompt dialogs/> }.into_any(),
        Dialog::Clashes(prompt) => view! { <ClashForm prompt dialogs/> }.into_any(),
        Dialog::Compare { before } => view! { <CompareForm before dialogs/> }.into_any(),
        Dialog::Branches => view! { <BranchesView dialogs/> }.into_any(),
        Dialog::Redo => view! { <RedoForm dialogs/> }.into_any(),
        Dialog::Drawn(draw) => draw(),
        Dialog::RunText(shown) => view! { <RunTextView shown dialogs/> }.into_any(),
        Dialog::Palette(text) => view! { <Palette text dialogs/> }.into_any(),
        Dialog::Keys => view! { <KeysView dialogs/> }.into_any(),
        Dialog::Settings(first) => view! { <SettingsForm first dialogs/> }.into_any(),
        Dialog::Workspaces => view! { <WorkspacesView dialogs/> }.into_any(),
        Dialog::Share => view! { <ShareForm dialogs/> }.into_any(),
        Dialog::Examples => view! { <ExamplesView dialogs/> }.into_any(),
        Dialog::Brought => view! { <BroughtView dialogs/> }.into_any(),
        Dialog::DryRun => view! { <DryRunView dialogs/> }.into_any(),
    }
}

#[component]
fn Confirm(confirmation: Confirmation, dialogs: Dialogs) -> impl IntoView {
    let Confirmation { title, text, action, is_final, on_confirm } = confirmation;
    let class = if is_final { "button is-danger" } else { "button is-primary" };
    let confirm = move |_| {
        dialogs.close();
        on_confirm();
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">{title}</h2>
            <p class="dialog-text">{text}</p>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Cancel"</button>
                <button type="button" class=class on:click=confirm>{action}</button>
            </div>
        </div>
    }
}

#[component]
fn OmissionsView(report: OmissionsReport, dialogs: Dialogs) -> impl IntoView {
    let OmissionsReport { title, meaning, omissions, more, missing_globals } = report;
    let line = |omission: Omission| view! { <li>{omission.path} ": " {omission.kind}</li> };
    let use_of = |missing: MissingGlobal| view! { <li>{state::missing_global(&missing)}</li> };
    let (has_omissions, has_missing) = (!omissions.is_empty(), !missing_globals.is_empty());
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">{title}</h2>
            {has_omissions.then(|| view! {
                <p class="dialog-text">{meaning}</p>
                <ul class="dialog-list">
                    {omissions.into_iter().map(line).collect_view()}
                    {(more > 0).then(|| view! { <li>"and " {formats::counted(more, "more value")}</li> })}
                </ul>
            })}
            {has_missing.then(|| view! {
                <p class="dialog-text">"These functions are saved, but not the globals that they use. After a reload those are nil."</p>
                <ul class="dialog-list">{missing_globals.into_iter().map(use_of).collect_view()}</ul>
            })}
            <CloseAction dialogs/>
        </div>
    }
}

/// The button that closes a dialog, alone.
#[component]
pub fn CloseAction(
    /// Where the dialog is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    view! {
        <div class="dialog-actions">
            <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
        </div>
    }
}
