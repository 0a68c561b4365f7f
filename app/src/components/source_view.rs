//! The dialog with the source text of a function, and which text of its file that is from.

use leptos::prelude::*;
use wire::{Source, SourcePath, Step};

use super::{copy_button::CopyButton, dialog_host::CloseAction};
use crate::{
    dialogs::{Dialogs, FunctionPrompt},
    session::Session,
    source_version::SourceVersion,
    workspace::to_text,
};

/// The dialog with the source text of a function.
#[component]
pub fn SourceView(
    /// The function.
    title: String,
    /// Its source; `None` if it no longer exists.
    source: Option<Source>,
    /// The way to it, if it is one of `_home` as it is now and can be edited.
    editable: Option<Vec<Step>>,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let Some(source) = source else {
        return view! {
            <div class="dialog-body">
                <h2 class="dialog-title" id="dialog-title"><code>{title}</code></h2>
                <p class="dialog-text">"This function no longer exists."</p>
                <CloseAction dialogs/>
            </div>
        }
        .into_any();
    };
    let session = Session::expect();
    let place = source.location.source();
    let version = place.as_ref().map(|place| {
        let now = untrack(|| session.text_now(&place.path));
        SourceVersion::of(&source, now.as_deref())
    });
    let edit = editable.map(|steps| {
        let file = place.as_ref().filter(|_| version == Some(SourceVersion::Now)).map(|place| place.path.clone());
        let prompt = FunctionPrompt { title: title.clone(), steps, source: source.clone(), file };
        view! { <button type="button" class="button" on:click=move |_| dialogs.edit_function(prompt.clone())>"Edit"</button> }
    });
    let Source { location, text, file } = source;
    let file = place.zip(file).filter(|_| version != Some(SourceVersion::Now));
    let copied = text.clone();
    let copy = move |on_copied: Box<dyn FnOnce()>| session.copy(copied.clone(), on_copied);
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title"><code>{title}</code></h2>
            <p class="dialog-text">{location.to_string()} {version.map(SourceVersion::note)}</p>
            <pre class="dialog-source" tabindex="0" aria-label="Source">{text}</pre>
            <div class="dialog-actions">
                {file.map(|(place, file)| view! { <ShowFile path=place.path file/> })}
                {edit}
                <CopyButton class="button" copy/>
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
    .into_any()
}

/// Shows the file as it was, beside what it is now.
#[component]
fn ShowFile(path: SourcePath, file: Vec<u8>) -> impl IntoView {
    let session = Session::expect();
    let show = move |_| {
        let title = [path.as_str(), ", as this function was made from it"].concat();
        session.show_text_of_run(title, Some(path.clone()), to_text(file.clone()));
    };
    view! { <button type="button" class="button" on:click=show>"Show that text"</button> }
}
