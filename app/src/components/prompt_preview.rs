//! What the line at the prompt would give, before it is run.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wire::{ChunkName, RunMode};

use super::prompt::Draft;
use crate::{
    ghost::{Ghost, Wanted},
    session::Session,
    state::Saved,
    trial_facts::Preview,
};

/// The id of the line.
const PREVIEW_ID: &str = "prompt-preview";
/// How long nothing must be typed.
const PAUSE: Duration = Duration::from_millis(150);
/// How long a line is tried, in milliseconds.
const TIME_MILLIS: u32 = 100;
/// The longest text that is tried.
const MAX_TEXT_BYTES: usize = 2000;
/// How many values `_home` may have: copying more takes so long that the engine would be late for the person.
const MAX_VALUES: u64 = 100_000;

/// Shows what the line at the prompt would give.
#[component]
pub fn PromptPreview(
    /// What the prompt holds.
    draft: Draft,
) -> impl IntoView {
    let session = Session::expect();
    let preview = RwSignal::new(None::<Preview>);
    // Once there was a preview, its line stays while the text is typed on: nothing is to jump.
    let has_line = RwSignal::new(false);
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let stop_waiting = move || pause.try_update_value(Option::take).flatten().into_iter().for_each(|it| it.clear());
    on_cleanup(stop_waiting);
    Effect::new(move || {
        let text = draft.text.get();
        session.state.home_revision().track();
        stop_waiting();
        preview.set(None);
        if text.is_empty() {
            has_line.set(false);
        }
        if is_wanted(session, &text) {
            let ask = move || ask(session, draft, preview);
            pause.set_value(set_timeout_with_handle(ask, PAUSE).ok());
        }
    });
    Effect::new(move || {
        let is_there = preview.read().is_some();
        if is_there {
            has_line.set(true);
        }
        if let Some(input) = draft.input.get() {
            let changed = if is_there {
                input.set_attribute("aria-describedby", PREVIEW_ID)
            } else {
                input.remove_attribute("aria-describedby")
            };
            changed.ok();
        }
    });
    view! { <Show when=move || has_line.get()><PreviewLine preview/></Show> }
}

/// Whether this text is to be tried. Tracks what that depends on.
fn is_wanted(session: Session, text: &str) -> bool {
    let is_on = session.settings.current().get().has_previews();
    let is_idle = !session.state.is_running().get();
    let is_small = session.state.saved().with(|saved| match saved {
        Saved::Nothing => true,
        Saved::As(snapshot) => snapshot.value_count <= MAX_VALUES,
        // Nobody knows how large it is.
        Saved::Failed(_) => false,
    });
    is_on && is_idle && is_small && !text.trim().is_empty() && text.len() <= MAX_TEXT_BYTES
}

fn ask(session: Session, draft: Draft, preview: RwSignal<Option<Preview>>) {
    let Some(source) = draft.text.try_get_untracked().filter(|_| !draft.is_for_program()) else { return };
    let (ghost, revision) = (Ghost::of(session), session.state.home_revision().get_untracked());
    let wanted = Wanted {
        source: source.clone(),
        chunk: ChunkName::Other("console".into()),
        mode: RunMode::Console,
        input: None,
        time_millis: Some(TIME_MILLIS),
    };
    ghost.clone().try_out(wanted, move |tried| {
        let is_current = draft.text.try_get_untracked().as_ref() == Some(&source)
            && session.state.home_revision().get_untracked() == revision;
        // What is nil in the copy and is not here would make it wrong.
        if is_current && ghost.omission_count() == 0 {
            preview.set(tried.ok().flatten().as_ref().and_then(Preview::of));
        }
    });
}

/// The line with a preview, if there is one.
#[component]
pub fn PreviewLine(
    /// What the line at the prompt would give.
    #[prop(into)]
    preview: Signal<Option<Preview>>,
) -> impl IntoView {
    view! { <p id=PREVIEW_ID class="prompt-preview">{move || preview.get().map(parts)}</p> }
}

fn parts(preview: Preview) -> impl IntoView {
    let Preview { returned, printed, changes, spoken_changes } = preview;
    let returned = (!returned.is_empty()).then(|| {
        view! {
            <span class="prompt-preview-value">
                <span aria-hidden="true">"→ "</span>
                <span class="visually-hidden">"would return "</span>
                {returned}
            </span>
            " "
        }
    });
    let printed = (!printed.is_empty()).then(|| {
        view! {
            <span class="prompt-preview-value"><span class="prompt-preview-note">"prints "</span>{printed}</span>
            " "
        }
    });
    let changes = (!changes.is_empty()).then(|| {
        view! {
            <span class="prompt-preview-changes">
                <span aria-hidden="true">{changes}</span>
                <span class="visually-hidden">"_home: "{spoken_changes}</span>
            </span>
        }
    });
    (returned, printed, changes)
}
