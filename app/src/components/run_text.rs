//! The dialog with a text of a run: what ran, or a file that it read, beside the file as it is now.

use leptos::prelude::*;

use super::{copy_button::CopyButton, source_difference::SourceLine};
use crate::{
    dialogs::{Dialogs, RunText, TextNow},
    session::Session,
};

/// The dialog with a text of a run.
#[component]
pub fn RunTextView(
    /// The text.
    shown: RunText,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let RunText { title, path, text, now } = shown;
    let is_other = !matches!(now, TextNow::Same);
    let (meaning, lines) = match now {
        TextNow::Typed => ("This was typed at the prompt.", None),
        TextNow::Gone => ("There is no such file now.", None),
        TextNow::Same => ("The file is the same now.", None),
        TextNow::Other(lines) => ("− as it was, + as the file is now", Some(lines)),
    };
    let body = match lines {
        Some(lines) => lines.into_iter().map(|line| view! { <SourceLine line/> }).collect_view().into_any(),
        None => view! { <pre>{text.clone()}</pre> }.into_any(),
    };
    let copied = text.clone();
    let copy = move |on_copied: Box<dyn FnOnce()>| session.copy(copied.clone(), on_copied);
    let put_back = path.filter(|_| is_other).map(|path| {
        let put = move |_| {
            dialogs.close();
            session.put_back(&path, text.clone());
        };
        view! { <button type="button" class="button" on:click=put>"Put back this text"</button> }
    });
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title"><code>{title}</code></h2>
            <p class="dialog-text">{meaning}</p>
            <div class="dialog-source" tabindex="0" role="group" aria-label="Text">{body}</div>
            <div class="dialog-actions">
                {put_back}
                <CopyButton class="button" copy/>
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}
