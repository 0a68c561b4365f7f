//! The dialog that makes a link of the workspace.

use leptos::{prelude::*, task::spawn_local};

use super::copy_button::CopyButton;
use crate::{
    arrival::link_address,
    bundle::streams,
    dialogs::Dialogs,
    formats,
    session::{Session, bundle_with, save_file, save_picture},
    settings::Carried,
};

/// The dialog that makes a link of the workspace.
#[component]
pub fn ShareForm(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let settings = session.settings.current().get_untracked();
    let (first, most) = (settings.shared_first(), settings.link_characters());
    let chosen = RwSignal::new(first);
    let (link, problem) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    Effect::new(move || {
        let carried = chosen.get();
        link.set(None);
        problem.set(None);
        // By now the person may have chosen something else, or closed the dialog.
        let is_wanted = move || chosen.try_get_untracked() == Some(carried);
        bundle_with(session, carried, move |bundle| match bundle {
            Ok(bundle) => spawn_local(async move {
                let made = streams::to_link(&bundle).await.map(|text| link_address(&text));
                if is_wanted() {
                    link.set(made);
                }
            }),
            Err(error) if is_wanted() => problem.set(Some(format!("It cannot be in a link: {error}"))),
            Err(_) => {}
        });
    });
    let length = move || link.read().as_ref().map_or(0, String::len);
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Share as a link"</h2>
            <p class="dialog-text">
                "The link itself carries all of it: no server sees or keeps it. Who opens it sees what it brings before anything runs."
            </p>
            <fieldset class="share-choices">
                <legend class="visually-hidden">"What it carries"</legend>
                {Carried::ALL.map(|carried| view! { <Choice carried chosen is_first=carried == first/> }).collect_view()}
            </fieldset>
            <input class="field" type="text" readonly aria-label="Link" prop:value=move || link.get().unwrap_or_default()/>
            <p class="share-size" role="status">{move || size_text(length(), most)}</p>
            <p class="settings-error" role="alert">{move || problem.get()}</p>
            <Actions chosen link dialogs/>
        </div>
    }
}

#[component]
fn Actions(chosen: RwSignal<Carried>, link: RwSignal<Option<String>>, dialogs: Dialogs) -> impl IntoView {
    let session = Session::expect();
    let copy = move |on_copied: Box<dyn FnOnce()>| {
        if let Some(link) = link.get_untracked() {
            session.copy(link, on_copied);
        }
    };
    let copy_frame = move |on_copied: Box<dyn FnOnce()>| {
        if let Some(link) = link.get_untracked() {
            session.copy(frame_of(&session.workspaces.shown().name, &link), on_copied);
        }
    };
    let save_as = move |save: fn(Session, Carried)| move |_| save(session, chosen.get_untracked());
    view! {
        <div class="dialog-actions">
            <button type="button" class="button" on:click=save_as(save_file)>"Save as a file"</button>
            <button type="button" class="button" on:click=save_as(save_picture)>"Save as a picture"</button>
            <CopyButton class="button workspaces-open" word="Copy as a frame" copy=copy_frame/>
            <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Close"</button>
            <CopyButton class="button is-primary" copy/>
        </div>
    }
}

#[component]
fn Choice(carried: Carried, chosen: RwSignal<Carried>, is_first: bool) -> impl IntoView {
    view! {
        <label class="settings-switch">
            <input
                type="radio"
                name="carried"
                autofocus=is_first
                prop:checked=move || chosen.get() == carried
                on:change=move |_| chosen.set(carried)
            />
            <span>{carried.name()}</span>
        </label>
    }
}

/// HTML that shows what a link carries in a frame of any page.
fn frame_of(name: &str, link: &str) -> String {
    let title = name.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let source = link.replacen('#', "?embed#", 1);
    format!(
        r#"<iframe title="{title}" width="100%" height="400" loading="lazy" allow="cross-origin-isolated" src="{source}"></iframe>"#
    )
}

/// Describes the length of a link, in characters, and warns if it is longer than `most`.
fn size_text(length: usize, most: usize) -> String {
    let [length, most] = [length, most].map(|number| number as u64);
    match length {
        0 => "Making the link…".to_owned(),
        _ if length <= most => format!("{} characters", formats::count(length)),
        _ => format!(
            "{} characters. Many programs cut links after {}: send a file or a picture instead.",
            formats::count(length),
            formats::count(most)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{frame_of, size_text};

    #[test]
    fn a_frame_shows_what_the_link_carries() {
        let frame = frame_of(r#"A "b" & <c>"#, "https://cu.example/#cu=1.x");
        assert!(frame.starts_with(r#"<iframe title="A &quot;b&quot; &amp; &lt;c>" "#), "{frame}");
        assert!(frame.ends_with(r#" src="https://cu.example/?embed#cu=1.x"></iframe>"#), "{frame}");
    }

    #[test]
    fn a_long_link_is_said_to_be_long() {
        assert_eq!(size_text(8000, 8000), "8,000 characters");
        assert!(size_text(8001, 8000).ends_with("send a file or a picture instead."));
    }
}
