//! The dialog with the keys of all commands, where they can be changed.

use leptos::{ev, prelude::*};

use super::shortcuts::chord;
use crate::{
    commands::{CommandId, KeymapError},
    dialogs::Dialogs,
    session::Session,
};

/// Keys that belong to a kind of control, not to a command, and cannot be changed.
const FIXED_KEYS: [(&str, &str); 4] = [
    ("Arrows, Enter", "Walk a tree, show the source of a function"),
    ("Escape", "Close a dialog, a menu, a snapshot or a comparison"),
    ("Alt+.", "In the editor: what can be done about the program here"),
    ("Ctrl+M", "In the editor: let Tab leave it"),
];

/// The dialog with the keys of all commands.
#[component]
pub fn KeysView(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let keys = Session::expect().keys;
    let recording = RwSignal::new(None::<CommandId>);
    let problem = RwSignal::new(None::<String>);
    let fixed = |(keys, meaning): (&'static str, &'static str)| {
        view! { <tr><th scope="row">{meaning}</th><td colspan="2"><kbd>{keys}</kbd></td></tr> }
    };
    let on_switch = move |event| {
        let is_on = event_target_checked(&event);
        let changed = keys.change(|keymap| {
            keymap.set_single_keys(is_on);
            Ok(())
        });
        problem.set(changed.err().map(|error| error.to_string()));
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Keyboard"</h2>
            <div class="keys-scroll" tabindex="0" role="group" aria-label="Keys">
                <table class="keys-table">
                    {CommandId::all().map(|id| view! { <KeysRow id recording problem/> }).collect_view()}
                    {FIXED_KEYS.map(fixed).collect_view()}
                </table>
            </div>
            <label class="settings-switch">
                <input
                    type="checkbox"
                    prop:checked=move || keys.map().with(|keymap| keymap.has_single_keys())
                    on:change=on_switch
                />
                <span>"Single keys, such as ?, do something outside of text fields"</span>
            </label>
            <p class="settings-error" role="alert">{move || problem.get()}</p>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}

/// The keys of one command.
#[component]
fn KeysRow(id: CommandId, recording: RwSignal<Option<CommandId>>, problem: RwSignal<Option<String>>) -> impl IntoView {
    let keys = Session::expect().keys;
    let is_recording = move || recording.get() == Some(id);
    let finish = move |changed: Result<(), KeymapError>| {
        problem.set(changed.err().map(|error| error.to_string()));
        recording.set(None);
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if recording.get_untracked() != Some(id) {
            return;
        }
        if matches!(event.key().as_str(), "Escape" | "Tab") {
            recording.set(None);
            if event.key() == "Escape" {
                // It would close the dialog as well.
                event.prevent_default();
            }
            return;
        }
        event.prevent_default();
        if let Some(chord) = chord(&event) {
            finish(keys.change(|keymap| keymap.set(id, Some(chord))));
        }
    };
    let has_keys = move || keys.map().with(|keymap| keymap.chord(id).is_some());
    let is_changed = move || keys.map().with(|keymap| keymap.is_changed(id));
    let shown = move || {
        if is_recording() { "Press keys…".to_owned() } else { keys.label(id).unwrap_or_else(|| "none".to_owned()) }
    };
    view! {
        <tr>
            <th scope="row">{id.title()}</th>
            <td>
                <button
                    type="button"
                    class="button is-small keys-chord"
                    class:is-recording=is_recording
                    aria-label=move || format!("{}: {}. Change", id.title(), shown())
                    on:click=move |_| recording.set(Some(id))
                    on:keydown=on_key
                    on:blur=move |_| recording.update(|it| if *it == Some(id) { *it = None })
                >
                    <kbd>{shown}</kbd>
                </button>
            </td>
            <td class="keys-actions">
                <Show when=is_changed>
                    <button
                        type="button"
                        class="button is-small"
                        aria-label=format!("Reset the keys of: {}", id.title())
                        on:click=move |_| finish(keys.change(|keymap| keymap.reset(id)))
                    >
                        "Reset"
                    </button>
                </Show>
                <Show when=has_keys>
                    <button
                        type="button"
                        class="button is-small"
                        aria-label=format!("Switch off the keys of: {}", id.title())
                        on:click=move |_| finish(keys.change(|keymap| keymap.set(id, None)))
                    >
                        "Off"
                    </button>
                </Show>
            </td>
        </tr>
    }
}
