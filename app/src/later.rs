//! The part of the page that arrives when the first run is possible already: dialogs, and panes that the first
//! run does not need. The build puts the code that only these views use into a wasm file of its own
//! (`scripts/build/split.mjs`).

use std::{pin::Pin, sync::Arc};

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use wire::RunInfo;

use crate::{
    arrival::{Beginning, open},
    commands::{FileCommand, ReleaseCommand, WorkspaceCommand},
    components::{
        banner::Banners,
        console_result::{ConsoleResult, RunChange},
        console_tools::ConsoleTools,
        dialog_host::content,
        difference_view::DifferenceView,
        embedded::EmbeddedPage,
        files::FilesPane,
        home_view::HomeView,
        icon::bring_later_icons,
        in_out::InOut,
        plain_aids::PlainAids,
        problems::ProblemsPane,
        prompt::Draft,
        prompt_list::PromptList,
        row_menu::{MenuRequest, RowMenu},
        runs::Runs,
        search_field::SearchHits,
        snapshot_view::SnapshotView,
        snapshots::Snapshots,
        status_bar::StatusFacts,
        strip::Strip,
        tree_row::RowAction,
        visit_banner::VisitBanner,
    },
    console_buffer::{Body, ConsoleBuffer, EntryId},
    dialogs::{Dialog, Dialogs},
    embed::Embed,
    looks::follow_looks,
    session::{
        Pane, Session, add_dropped, carry_out, carry_out_for_release, carry_out_for_workspace, keep_release,
        save_console, switch_to, take_history, welcome,
    },
    state::StateEvent,
    state_search::StateSearch,
    tree::{Origin, TreeModel, VisibleRow},
    viewer::View,
    workspaces::{WorkspaceId, store},
};

const NOT_LOADED: &str = "This part of the page could not be loaded.";

/// Draws the menu for the rows of a tree, which opens when there is a request for it.
type DrawRowMenu = fn(StoredValue<Origin>, RwSignal<Option<MenuRequest>>, Callback<(RowAction, VisibleRow)>) -> AnyView;

/// A command for history of which most is in the later part.
#[derive(Clone, Copy)]
pub enum HistoryCommand {
    /// Ask for a name to save `_home` under.
    Save,
    /// Take back the last undo, or ask which run is to be brought back.
    Redo,
}

/// The views that arrive later, and what they do.
#[derive(Clone, Copy)]
pub struct LaterViews {
    /// What was found in a state.
    pub hits: fn(StateSearch) -> AnyView,
    /// What can be typed at the console's prompt.
    pub prompt_list: fn(Draft) -> AnyView,
    /// The menu of the rows of a tree.
    pub row_menu: DrawRowMenu,
    /// What is in a dialog.
    pub dialog: fn(Dialog, Dialogs) -> AnyView,
    /// What the inspector shows: `_home`, of which this is open, or something else.
    pub inspected: fn(View, RwSignal<TreeModel>) -> AnyView,
    /// An entry of the console that is neither text nor what was typed.
    pub console_result: fn(EntryId, Body, Signal<ConsoleBuffer>) -> AnyView,
    /// The search of the console, whose entries are in this element, and what else can be done with it.
    pub console_tools: fn(NodeRef<html::Div>) -> AnyView,
    /// What the plain text area has beside its text, where it is the editor.
    pub plain_aids: fn(NodeRef<html::Textarea>) -> AnyView,
    /// What is in the strip of history.
    pub strip: fn() -> AnyView,
    /// The most important notices.
    pub banners: fn() -> AnyView,
    /// What the status bar says of other things than runs.
    pub status_facts: fn() -> AnyView,
    /// What a run changed, in the console.
    pub run_change: fn(Arc<RunInfo>) -> AnyView,
    /// Carries out a command for history.
    pub history_command: fn(Session, HistoryCommand),
    /// A pane that the first run does not need.
    pub pane: fn(Pane) -> AnyView,
    /// Carries out a command for files.
    pub file_command: fn(Session, FileCommand),
    /// Gives the person all of the console as a file.
    pub save_console: fn(Session),
    /// Carries out a command for workspaces.
    pub workspace_command: fn(Session, WorkspaceCommand),
    /// Carries out a command for the release of the playground.
    pub release_command: fn(Session, ReleaseCommand),
    /// What is done once the first run is possible.
    pub begin: fn(Session),
    /// Shows another workspace in the place of this one.
    pub switch_to: fn(Session, WorkspaceId),
    /// Keeps what a file brought as the history of this workspace.
    pub take_history: fn(Session, Vec<u8>),
    /// Opens what the link brings that this page was opened by.
    pub arrive: fn() -> Pin<Box<dyn Future<Output = Beginning>>>,
    /// All of an embedded page.
    pub embedded: fn() -> AnyView,
    /// The notice about a workspace that came with a link.
    pub visit: fn() -> AnyView,
    /// Adds files that were dropped, as `crate::disk::dropped` gives them.
    pub add_dropped: fn(Session, JsValue),
}

#[wasm_split(later, fallible)]
fn load_views() -> Result<LaterViews, SplitLoaderError> {
    Ok(LaterViews {
        hits,
        prompt_list,
        row_menu,
        dialog: content,
        inspected,
        console_result,
        console_tools,
        plain_aids,
        strip,
        banners,
        status_facts,
        run_change,
        history_command,
        pane,
        file_command: carry_out,
        save_console,
        workspace_command: carry_out_for_workspace,
        release_command: carry_out_for_release,
        begin,
        switch_to,
        take_history,
        arrive: || Box::pin(open()),
        embedded,
        visit,
        add_dropped,
    })
}

/// Loads these views, and lets their styles count, which a release build keeps in a file of its own.
async fn load() -> Result<LaterViews, SplitLoaderError> {
    if let Some(style) = document().get_element_by_id("later-style") {
        style.remove_attribute("media").ok();
    }
    load_views().await
}

/// Brings more icons, has the browser keep the release, and lets the page look as it was chosen.
fn begin(session: Session) {
    spawn_local(bring_later_icons());
    keep_release(session);
    follow_looks(session);
    welcome(session);
}

fn history_command(session: Session, command: HistoryCommand) {
    match command {
        HistoryCommand::Save => session.ask_to_save(),
        HistoryCommand::Redo => session.redo_run(),
    }
}

fn hits(search: StateSearch) -> AnyView {
    view! { <SearchHits search/> }.into_any()
}

fn prompt_list(draft: Draft) -> AnyView {
    view! { <PromptList draft/> }.into_any()
}

fn embedded() -> AnyView {
    view! { <EmbeddedPage/> }.into_any()
}

fn visit() -> AnyView {
    view! { <VisitBanner/> }.into_any()
}

fn row_menu(
    origin: StoredValue<Origin>,
    request: RwSignal<Option<MenuRequest>>,
    act: Callback<(RowAction, VisibleRow)>,
) -> AnyView {
    view! { <RowMenu origin request act/> }.into_any()
}

fn inspected(view: View, home: RwSignal<TreeModel>) -> AnyView {
    match view {
        View::Home => view! { <HomeView model=home/> }.into_any(),
        View::Snapshot(snapshot) => view! { <SnapshotView snapshot/> }.into_any(),
        View::Difference { before, after } => view! { <DifferenceView before after/> }.into_any(),
    }
}

fn console_result(id: EntryId, body: Body, console: Signal<ConsoleBuffer>) -> AnyView {
    view! { <ConsoleResult id body console/> }.into_any()
}

fn console_tools(log: NodeRef<html::Div>) -> AnyView {
    view! { <ConsoleTools log/> }.into_any()
}

fn plain_aids(area: NodeRef<html::Textarea>) -> AnyView {
    view! { <PlainAids area/> }.into_any()
}

fn strip() -> AnyView {
    view! { <Strip/> }.into_any()
}

fn run_change(run: Arc<RunInfo>) -> AnyView {
    view! { <RunChange run/> }.into_any()
}

fn banners() -> AnyView {
    view! { <Banners/> }.into_any()
}

fn status_facts() -> AnyView {
    view! { <StatusFacts/> }.into_any()
}

fn pane(pane: Pane) -> AnyView {
    match pane {
        Pane::Snapshots => view! { <Snapshots/> }.into_any(),
        Pane::Runs => view! { <Runs/> }.into_any(),
        Pane::InOut => view! { <InOut/> }.into_any(),
        Pane::Files => view! { <FilesPane/> }.into_any(),
        Pane::Problems => view! { <ProblemsPane/> }.into_any(),
        _ => ().into_any(),
    }
}

#[derive(Clone, Copy)]
enum Stage {
    NotAsked,
    Loading,
    Failed,
    Ready(LaterViews),
}

/// Whether the later part of this page is there.
#[derive(Clone, Copy)]
pub struct Later(RwSignal<Stage>);

impl Later {
    /// Nobody asked for it yet.
    pub fn new() -> Self {
        Later(RwSignal::new(Stage::NotAsked))
    }

    /// Asks for it, unless it is there or on its way.
    pub fn load(self) {
        if matches!(self.0.get_untracked(), Stage::Loading | Stage::Ready(_)) {
            return;
        }
        self.0.set(Stage::Loading);
        spawn_local(async move {
            self.0.set(load().await.map_or(Stage::Failed, Stage::Ready));
        });
    }

    /// Its views, if it is there. Tracks it.
    pub fn views(self) -> Option<LaterViews> {
        match self.0.get() {
            Stage::Ready(views) => Some(views),
            _ => None,
        }
    }

    /// Draws one of its views; until that is possible, what is awaited.
    pub fn draw(self, draw: impl Fn(LaterViews) -> AnyView + Send + 'static) -> AnyView {
        (move || self.views().map_or_else(|| self.awaited(), &draw)).into_any()
    }

    /// What is shown in place of its views until it is there.
    pub fn awaited(self) -> AnyView {
        (move || match self.0.get() {
            Stage::Failed => view! {
                <div class="empty" role="alert">
                    <p>{NOT_LOADED}</p>
                    <button type="button" class="button is-outlined" on:click=move |_| self.load()>"Try again"</button>
                </div>
            }
            .into_any(),
            _ => view! { <p class="empty" role="status">"Loading…"</p> }.into_any(),
        })
        .into_any()
    }
}

/// What a page begins with that was opened by a link.
pub async fn arrive() -> Beginning {
    match load().await {
        Ok(views) => (views.arrive)().await,
        Err(_) => Beginning {
            problem: Some(NOT_LOADED.to_owned()),
            embed: store::is_embedded().then(Embed::default),
            ..Beginning::default()
        },
    }
}

impl Session {
    /// Does something with the later part of the page, once it is there.
    pub fn with_later(self, act: impl FnOnce(LaterViews) + 'static) {
        spawn_local(async move {
            match load().await {
                Ok(views) => act(views),
                Err(_) => self.state.apply(StateEvent::Refused(NOT_LOADED.to_owned())),
            }
        });
    }
}
