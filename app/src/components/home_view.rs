//! The tree of `_home`, and going back and forth in its history.

use std::time::Duration;

use leptos::{leptos_dom::helpers::IntervalHandle, prelude::*};
use wire::Subject;

use super::{
    command_button::CommandButton,
    example_button::ExampleButton,
    icon::Icon,
    inspected_tree::InspectedTree,
    menu::{Menu, MenuItem},
    pane::PaneFrame,
    search_field::SearchField,
    tree::ask_all,
    welcome_line::WelcomeLine,
};
use crate::{
    commands::{CommandId, EditCommand},
    examples::Example,
    pins::read_open_rows,
    preferences::Preference,
    session::{Pane, Session},
    state::Status,
    state_search::{StateSearch, reveal},
    tree::{Origin, TreeModel},
};

/// How often the tree is renewed while a program runs.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

const ORIGIN: Origin = Origin::Values(Subject::Home);

/// The tree of `_home`.
#[component]
pub fn HomeView(
    /// What of it is open.
    model: RwSignal<TreeModel>,
) -> impl IntoView {
    let session = Session::expect();
    let search = StateSearch::new(session, ORIGIN, model);
    let is_empty = Memo::new(move |_| model.with(TreeModel::is_known_empty));
    keep_open_rows(model);
    let refresh = move || ask_all(session, &ORIGIN, model, model.try_update(TreeModel::refresh).unwrap_or_default());
    Effect::new(move || {
        if session.state.home_revision().get() > 0 {
            refresh();
        }
    });
    Effect::new(move || {
        if let Some(places) = session.viewer.wanted.get() {
            session.viewer.wanted.set(None);
            reveal(session, &ORIGIN, model, &places);
        }
    });
    refresh_during_runs(session, move || {
        if model.with_untracked(|model| !model.is_refreshing()) {
            refresh();
        }
    });
    let head = view! {
        <h2 class="pane-title is-code">"_home"</h2>
        <HistoryButtons/>
        <SearchField name="Search _home" search/>
        <Menu name="More for _home" items=move |()| menu_items(session)/>
    };
    view! {
        <PaneFrame pane=Pane::Inspector head=head.into_any()>
            <WelcomeLine/>
            <InspectedTree name="_home" origin=ORIGIN model>
                {move || session.later.views().map(|views| (views.hits)(search))}
                <Show when=move || is_empty.get()>
                    <EmptyHome/>
                </Show>
                <Show when=move || model.with(TreeModel::is_loading) && session.state.status().get() != Status::Failed>
                    <p class="empty">"Reading…"</p>
                </Show>
            </InspectedTree>
        </PaneFrame>
    }
}

/// Opens what was open on the last page of this workspace, and keeps what is open for the next.
fn keep_open_rows(model: RwSignal<TreeModel>) {
    model.update_untracked(|model| model.restore_open(read_open_rows));
    let revision = Memo::new(move |_| model.with(TreeModel::open_revision));
    let first = revision.get_untracked();
    Effect::new(move || {
        if revision.get() != first {
            // The page goes on where that fails.
            Preference::OpenRows.save_soon(move || {
                model.try_with_untracked(|model| Preference::OpenRows.save(&model.open_nodes()));
            });
        }
    });
}

/// Looks again and again while a program runs, where it can be reached.
fn refresh_during_runs(session: Session, refresh: impl Fn() + Copy + 'static) {
    let is_running = session.state.is_running();
    let looking = StoredValue::new(None::<IntervalHandle>);
    let stop_looking = move || {
        if let Some(Some(looking)) = looking.try_update_value(Option::take) {
            looking.clear();
        }
    };
    Effect::new(move || {
        stop_looking();
        if is_running.get() && session.can_reach_a_run() {
            looking.set_value(set_interval_with_handle(refresh, LOOK_AGAIN).ok());
        }
    });
    on_cleanup(stop_looking);
}

#[component]
fn HistoryButtons() -> impl IntoView {
    let session = Session::expect();
    let history = session.state.history();
    let hint = move |id: CommandId, meaning: &str, label: Option<String>| match label {
        Some(label) => format!("{meaning}: {label}"),
        None => id.title().to_owned(),
    };
    let undo = move || hint(CommandId::UndoRun, "Put _home back as it was before", history.get().undo);
    let redo = move || hint(CommandId::RedoRun, "Bring _home back as it was after", history.get().redo);
    view! {
        <CommandButton id=CommandId::UndoRun class="button is-small" label="Undo run" hint=Signal::derive(undo)/>
        <CommandButton id=CommandId::RedoRun class="button is-small" label="Redo run" hint=Signal::derive(redo)/>
    }
}

fn menu_items(session: Session) -> Vec<MenuItem> {
    let commands = [
        CommandId::CollapseRows,
        CommandId::UndoRunKeepFiles,
        CommandId::Compare,
        CommandId::ExportHome,
        CommandId::ExportHomeAsJson,
    ];
    let branches = Some(CommandId::Branches).filter(|id| untrack(|| id.is_enabled(session)));
    let add = move || session.begin_edit(Vec::new(), EditCommand::Add, String::new());
    let add = MenuItem::new("Add to _home…", add).with_icon(Icon::Plus);
    let is_running = session.state.is_running();
    let add = add.enabled_when(Signal::derive(move || !is_running.get()));
    let of_commands = commands.into_iter().chain(branches).map(|id| MenuItem::of_command(id, session));
    std::iter::once(add).chain(of_commands).collect()
}

#[component]
fn EmptyHome() -> impl IntoView {
    let dialogs = Session::expect().dialogs;
    view! {
        <div class="empty">
            <p><code>"_home"</code> " is a table that stays: what a program puts in it, functions included, is here the next time you come."</p>
            <div class="empty-actions">
                <ExampleButton example=Example::Home/>
                <button type="button" class="button" on:click=move |_| dialogs.show_examples()>"More examples…"</button>
            </div>
        </div>
    }
}
