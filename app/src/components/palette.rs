//! The command palette: a text field over a list of what it finds, as the WAI-ARIA practices describe a combobox.

use leptos::{ev, prelude::*};
use wire::{Hit, Hits, Subject};

use super::{marked, scroll_into_view};
use crate::{
    commands::CommandId,
    dialogs::Dialogs,
    palette::{Entry, Found, Query},
    rpc::CallError,
    session::{Pane, Session},
    viewer::View,
};

/// How many entries the page keys move.
const PAGE_ENTRIES: usize = 10;
/// The maximum number of values that are found.
const MAX_VALUES: u32 = 50;

/// Finds commands, files, snapshots, runs and values of `_home` by what is typed.
#[component]
pub fn Palette(
    /// The text to begin with.
    text: &'static str,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let text = RwSignal::new(text.to_owned());
    let all = Memo::new(move |_| entries(session));
    let values = values(session, text);
    let found = Memo::new(move |_| {
        let mut found = Query::parse(&text.read()).find(&all.read());
        found.extend(values.get().into_iter().map(Found::of_value));
        found
    });
    let chosen = RwSignal::new(0);
    let choose = move |index: usize| {
        let Some(entry) = found.with_untracked(|found| found.get(index).map(|found| found.entry.clone())) else {
            return;
        };
        dialogs.close();
        // Once the dialog has given the focus back, so that the entry can move it.
        request_animation_frame(move || act(session, entry));
    };
    let on_input = move |event| {
        text.set(event_target_value(&event));
        chosen.set(0);
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            choose(chosen.get_untracked());
        }
        key => {
            if let Some(index) = moved(key, chosen.get_untracked(), found.with_untracked(Vec::len)) {
                event.prevent_default();
                chosen.set(index);
                scroll_into_view(&option_id(index));
            }
        }
    };
    view! {
        <div class="palette">
            <h2 class="visually-hidden" id="dialog-title">"Command palette"</h2>
            <input
                class="field palette-text"
                type="text"
                role="combobox"
                aria-label="Find"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || option_id(chosen.get())
                placeholder="A file, a snapshot, a run or a value; > for commands"
                autocomplete="off"
                spellcheck="false"
                autofocus
                prop:value=text
                on:input=on_input
                on:keydown=on_key
            />
            <Entries found chosen choose=Callback::new(choose)/>
        </div>
    }
}

#[component]
fn Entries(found: Memo<Vec<Found>>, chosen: RwSignal<usize>, choose: Callback<usize>) -> impl IntoView {
    let keys = Session::expect().keys;
    let option = move |(index, Found { entry, parts }): (usize, Found)| {
        let label = match &entry {
            Entry::Command(id) => keys.label(*id),
            Entry::File(_) | Entry::Snapshot(_) | Entry::Value(_) => None,
        };
        view! {
            <li
                id=option_id(index)
                class="palette-entry"
                role="option"
                aria-selected=move || (chosen.get() == index).to_string()
                // The focus stays in the text field.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| choose.run(index)
            >
                <span class="palette-title">{marked(parts)}</span>
                {entry.detail().map(|detail| view! { <span class="palette-detail">{detail}</span> })}
                {label.map(|label| view! { <kbd class="palette-keys">{label}</kbd> })}
            </li>
        }
    };
    view! {
        <ul class="palette-list" id="palette-list" role="listbox" aria-label="Found">
            {move || found.get().into_iter().enumerate().map(option).collect_view()}
        </ul>
        <p class="palette-nothing" role="status">
            {move || found.with(Vec::is_empty).then_some("Nothing of that name")}
        </p>
    }
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

/// Everything that could be found now.
fn entries(session: Session) -> Vec<Entry> {
    let is_offered = |id: &CommandId| {
        // The first belongs to a row of a tree, the others are this dialog.
        let never = [CommandId::RestoreValue, CommandId::ShowCommands, CommandId::GoToAnything];
        !never.contains(id) && id.is_enabled(session)
    };
    let snapshots = session.state.snapshots().get().into_iter().map(Entry::Snapshot);
    let files = session.documents.files().get().all.into_iter().map(Entry::File);
    CommandId::all().filter(is_offered).map(Entry::Command).chain(files).chain(snapshots).collect()
}

fn act(session: Session, entry: Entry) {
    match entry {
        Entry::Command(id) => id.act(session),
        Entry::File(file) => {
            session.show_file(file.id);
            session.focus(Pane::Editor);
        }
        Entry::Snapshot(snapshot) => session.show(View::Snapshot(snapshot)),
        Entry::Value(hit) => session.show_value(hit.places),
    }
}

/// The values of `_home` that contain what is typed.
fn values(session: Session, text: RwSignal<String>) -> RwSignal<Vec<Hit>> {
    let found = RwSignal::new(Vec::new());
    // Withdrawn when something else is typed, and with the palette.
    let pending = StoredValue::new_local(None);
    Effect::new(move || {
        let wanted = text.with(|text| Query::parse(text).value().map(str::to_owned));
        pending.set_value(wanted.map(|wanted| {
            let on_answer = move |answer: Result<Hits, CallError>| {
                found.try_set(answer.map(|hits| hits.hits).unwrap_or_default());
            };
            session.search(Subject::Home, &wanted, MAX_VALUES, Box::new(on_answer))
        }));
        if pending.with_value(Option::is_none) {
            found.set(Vec::new());
        }
    });
    found
}

/// The entry that a key moves to, if it is a key that moves.
pub(super) fn moved(key: &str, chosen: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match key {
        "ArrowDown" => (chosen + 1) % count,
        "ArrowUp" => (chosen + last) % count,
        "PageDown" => (chosen + PAGE_ENTRIES).min(last),
        "PageUp" => chosen.saturating_sub(PAGE_ENTRIES),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_wrap_and_pages_do_not() {
        assert_eq!(moved("ArrowDown", 2, 3), Some(0));
        assert_eq!(moved("ArrowUp", 0, 3), Some(2));
        assert_eq!(moved("PageDown", 0, 3), Some(2));
        assert_eq!(moved("PageUp", 2, 3), Some(0));
        assert_eq!(moved("ArrowDown", 0, 0), None);
        assert_eq!(moved("Home", 1, 3), None);
    }
}
