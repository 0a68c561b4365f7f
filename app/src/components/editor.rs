//! The pane with the program: a text area at once, Monaco in its place as soon as it is loaded.

use leptos::{html, prelude::*, task::spawn_local};

use super::{
    file_tabs::FileTabs,
    pane::{PaneFrame, on_focus_request},
};
use crate::{
    help::{HelpState, bring_help},
    monaco::{Monaco, MonacoError},
    session::{Pane, Session},
    workspace::DocumentId,
};

/// The pane with the program.
#[component]
pub fn EditorPane() -> impl IntoView {
    let session = Session::expect();
    let (program, documents) = (session.program, session.documents);
    let host = NodeRef::<html::Div>::new();
    let is_plain = is_plain();
    if !is_plain {
        bring_monaco(session, host, session.theme.is_dark());
    } else {
        program.help.set(HelpState::Gone);
    }
    if !session.is_embedded() {
        bring_help(session);
    }
    on_focus_request(session, Pane::Editor, move || program.focus());
    let head = view! { <FileTabs/> };
    view! {
        <PaneFrame pane=Pane::Editor head=head.into_any()>
            <div class="editor-body">
                <div node_ref=host class="editor-host"></div>
                <Show when=move || documents.shown().get().is_some() && !program.has_monaco().get()>
                    <textarea
                        node_ref=program.plain
                        class="editor-plain"
                        aria-label="Program"
                        readonly=program.is_read_only
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        prop:value=move || documents.shown().get().and_then(|id| documents.text(id))
                        on:input=move |_| program.plain_changed()
                    ></textarea>
                    {move || session.later.views().filter(|_| is_plain).map(|views| (views.plain_aids)(program.plain))}
                </Show>
            </div>
        </PaneFrame>
    }
}

/// Whether the text area stays the editor, as `public/theme.js` says: see [`crate::looks::EditorChoice`].
fn is_plain() -> bool {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-editor")).as_deref() == Some("plain")
}

/// Loads Monaco after the first paint and keeps it in step with the page.
fn bring_monaco(session: Session, host: NodeRef<html::Div>, is_dark: Signal<bool>) {
    let (program, documents) = (session.program, session.documents);
    host.on_load(move |host| {
        request_animation_frame(move || {
            spawn_local(async move {
                if let Err(error) = replace_plain_editor(session, host, is_dark).await {
                    // The text area stays, and everything works but the looks.
                    leptos::logging::error!("{error}");
                }
            });
        });
    });
    // Also where the file is the same, since its name or its neighbours may be others.
    Effect::new(move || {
        documents.files().track();
        program.show_in_monaco();
    });
    Effect::new(move || {
        if program.has_monaco().get() {
            documents.shown().track();
            let mark = session.state.error_mark().get();
            program.mark_error(mark.as_ref().map(|mark| (&mark.location, mark.message.as_str())));
        }
    });
    Effect::watch(move || is_dark.get(), move |is_dark, _, _| program.set_dark(*is_dark), false);
}

async fn replace_plain_editor(
    session: Session,
    host: web_sys::HtmlDivElement,
    is_dark: Signal<bool>,
) -> Result<(), MonacoError> {
    let (program, documents) = (session.program, session.documents);
    let monaco = Monaco::load().await?;
    let on_change = move |id| documents.changed(DocumentId(id));
    let editor = monaco.create(&host, is_dark.get_untracked(), program.is_read_only, on_change)?;
    documents.when_open(move || program.attach(editor));
    Ok(())
}
