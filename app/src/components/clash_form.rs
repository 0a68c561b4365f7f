//! The form that asks what is to be done with new files whose names are taken.

use leptos::{ev, prelude::*};
use wire::SourcePath;

use crate::{
    dialogs::{ClashPrompt, Dialogs},
    workspace::Clash,
};

const CHOICES: [(Clash, &str, &str); 3] =
    [(Clash::KeepBoth, "keep", "Keep both"), (Clash::Replace, "replace", "Replace"), (Clash::Skip, "skip", "Skip")];

/// Asks for each of some files, or for all of them.
#[component]
pub fn ClashForm(
    /// Which ones, and what is to be done with the answer.
    prompt: ClashPrompt,
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let ClashPrompt { paths, on_choose } = prompt;
    let chosen = RwSignal::new(vec![Clash::KeepBoth; paths.len()]);
    let (count, is_single) = (paths.len(), paths.len() == 1);
    let title =
        if is_single { "A file of this name is there already" } else { "Files of these names are there already" };
    let confirm = move |_| {
        dialogs.close();
        on_choose(chosen.get_untracked());
    };
    let all = (!is_single).then(|| {
        let on_change = move |clash| chosen.set(vec![clash; count]);
        let shown = Signal::derive(move || chosen.with(|all| all.iter().all(|it| *it == all[0]).then_some(all[0])));
        view! { <li class="clash-row"><span class="clash-all">"All of them"</span> {choice("All of them", shown, on_change, true)}</li> }
    });
    let row = |(at, path): (usize, SourcePath)| {
        let on_change = move |clash| chosen.update(|chosen| chosen[at] = clash);
        let shown = Signal::derive(move || chosen.with(|chosen| Some(chosen[at])));
        view! { <li class="clash-row"><code>{path.to_string()}</code> {choice(path.as_str(), shown, on_change, is_single)}</li> }
    };
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">{title}</h2>
            <ul class="clash-list">{all} {paths.into_iter().enumerate().map(row).collect_view()}</ul>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" on:click=move |_| dialogs.close()>"Add nothing"</button>
                <button type="button" class="button is-primary" on:click=confirm>"Add"</button>
            </div>
        </div>
    }
}

/// One choice. None is shown where it is of several files, for which others were chosen.
fn choice(name: &str, shown: Signal<Option<Clash>>, on_change: impl Fn(Clash) + 'static, is_first: bool) -> AnyView {
    let value = move || shown.get().and_then(|clash| CHOICES.iter().find(|it| it.0 == clash)).map_or("", |it| it.1);
    let on_change = move |event: ev::Event| {
        let value = event_target_value(&event);
        CHOICES.iter().find(|choice| choice.1 == value).iter().for_each(|choice| on_change(choice.0));
    };
    let option = |(clash, value, label): (Clash, &'static str, &'static str)| {
        view! { <option value=value selected=shown.get_untracked() == Some(clash)>{label}</option> }
    };
    view! {
        <select class="field is-small" aria-label=name.to_owned() autofocus=is_first prop:value=value on:change=on_change>
            {CHOICES.map(option).collect_view()}
        </select>
    }
    .into_any()
}
