//! What every pane may use: the state to read, the program, and what can be done. The one context
//! of the page.

mod adding;
mod choosing;
mod console;
mod edits;
mod embed;
mod files;
mod formatting;
mod journal;
mod output;
mod panes;
mod release;
mod rows;
mod runs;
mod snapshots;
mod welcome;
mod workspaces;

use std::sync::Arc;

use leptos::prelude::*;
use wire::{Call, Event, EventBody, Hits, RequestId, Search, ShowSource, Step, Subject, control::LINE_CAPACITY};

pub use self::{
    adding::{add_dropped, carry_out},
    console::save_console,
    edits::can_edit,
    embed::open_in_playground,
    panes::pane_of,
    release::{carry_out_for_release, keep_release},
    rows::{has_history, has_pins},
    welcome::welcome,
    workspaces::{
        ask_to_delete, ask_to_duplicate, ask_to_rename, bundle, bundle_with, carry_out_for_workspace, delete, leave,
        save_file, save_picture, switch_to, take_history,
    },
};
pub use crate::layout::Pane;
use crate::{
    arrival::Beginning,
    client::{Client, ClientEvent, PendingRequest},
    commands::Keys,
    console_view::ConsoleView,
    dialogs::Dialogs,
    disk::Handles,
    documents::Documents,
    embed::Embed,
    examples::Example,
    exchange::ProgramInput,
    file_list::FileList,
    file_search::FileSearch,
    formats,
    ghost::Ghost,
    later::Later,
    layout::Layout,
    looks::Looks,
    pins::Pins,
    preferences::Preference,
    program::Program,
    release::Release,
    rpc::CallError,
    settings::{ChosenSettings, Settings},
    state::{Clock, State, StateEvent},
    storage::Storage,
    theme::ThemeChoice,
    tree::{ListedRows, RowsCall, is_addressable},
    viewer::Viewer,
    workspace::Stored,
    workspaces::Workspaces,
};

/// The one context of the page.
#[derive(Clone, Copy)]
pub struct Session {
    /// What is known; written by what the client reports.
    pub state: State,
    /// The workspaces, of which this page shows one.
    pub workspaces: Workspaces,
    /// All texts of that one.
    pub documents: Documents,
    /// The file in the editor.
    pub program: Program,
    /// The pane with the files.
    pub file_list: FileList,
    /// What writes files on the computer.
    pub handles: Handles,
    /// The search of all files.
    pub file_search: FileSearch,
    /// What programs get.
    pub input: ProgramInput,
    /// What the person has set.
    pub settings: ChosenSettings,
    /// The keys of all commands.
    pub keys: Keys,
    /// The dialog that is open.
    pub dialogs: Dialogs,
    /// The part of the page that arrives later.
    pub later: Later,
    /// How the console shows what it holds.
    pub console: ConsoleView,
    /// What the inspector shows.
    pub viewer: Viewer,
    /// The values that a person keeps in view.
    pub pins: Pins,
    /// What the browser says of its storage.
    pub storage: Storage,
    /// The release of the playground.
    pub release: Release,
    /// Whether a first visit is told what `_home` is.
    pub welcome: RwSignal<bool>,
    /// Whether the programs of a first visit run.
    pub first_programs: RwSignal<FirstPrograms>,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// How page and editor look.
    pub looks: RwSignal<Looks>,
    /// The pane that is to get the focus; its component gives it.
    pub focus_request: RwSignal<Option<Pane>>,
    /// Goes to something else, as soon as nothing runs and all is saved.
    leaving: RwSignal<Option<Leave>>,
    layout: RwSignal<Layout>,
    shows_strip: RwSignal<bool>,
    /// What an embedded page is to be like.
    embed: StoredValue<Option<Embed>>,
    client: Client,
    /// What tries things out, once something was tried: see [`Ghost::of`].
    pub ghost: StoredValue<Option<Ghost>, LocalStorage>,
}

/// The programs of a first visit: see `session/welcome.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstPrograms {
    /// They have run, or do not run at all.
    Ended,
    /// They run.
    Running,
    /// They run, and the person has pressed Run: the program runs after them.
    RunningBeforeProgram,
}

/// Goes from this page to another.
type Leave = Arc<dyn Fn() + Send + Sync>;

impl Session {
    /// Makes the session of this page and starts its worker.
    pub fn start(beginning: Beginning) -> Self {
        let Beginning { texts, home, history, problem, embed } = beginning;
        let session = Session::new(texts, embed);
        session.workspaces.begin();
        session.client.start();
        Effect::new(move || {
            let is_busy = session.state.is_running().get() || session.state.is_saving().get();
            session.leaving.get().filter(|_| !is_busy).into_iter().for_each(|go| go());
        });
        match (home, history) {
            (Some(bytes), _) => session.take_home(bytes),
            (None, Some(bytes)) => session.with_later(move |views| (views.take_history)(session, bytes)),
            (None, None) if problem.is_none() => session.run_at_load(),
            // What is there instead is not what was to run.
            (None, None) => {}
        }
        problem.into_iter().for_each(|problem| session.state.apply(StateEvent::Refused(problem)));
        session.follow_settings();
        session
    }

    /// Makes a session without a worker, whose requests nobody answers.
    pub fn without_worker() -> Self {
        Session::new(Vec::new(), None)
    }

    fn new(texts: Vec<Stored>, embed: Option<Embed>) -> Self {
        let workspaces = Workspaces::restore();
        let settings = ChosenSettings::restore();
        let chosen = settings.current().get_untracked();
        let state = State::new(chosen.console_lines(), Clock::of_browser());
        let documents = Documents::open(Example::Home.program(), texts);
        let database = workspaces.id().name_for("cu");
        let is_read_only = embed.as_ref().is_some_and(|embed| embed.is_read_only);
        let client = Client::new(database, chosen.of_worker(), move |event| match event {
            ClientEvent::Received(Event { body: EventBody::FilesChanged(changes), .. }) => {
                documents.take_from_program(changes);
            }
            event => state.apply(event),
        });
        Session {
            state,
            workspaces,
            documents,
            program: Program::new(documents, is_read_only),
            file_list: FileList::new(),
            handles: Handles::new(),
            file_search: FileSearch::new(),
            input: ProgramInput::restore(documents),
            settings,
            keys: Keys::restore(),
            dialogs: Dialogs::new(),
            later: Later::new(),
            console: ConsoleView::restore(),
            viewer: Viewer::new(),
            pins: Pins::new(),
            storage: Storage::new(),
            release: Release::new(),
            welcome: RwSignal::new(false),
            first_programs: RwSignal::new(FirstPrograms::Ended),
            theme: ThemeChoice::restore(),
            looks: RwSignal::new(Looks::default()),
            focus_request: RwSignal::new(None),
            leaving: RwSignal::new(None),
            layout: panes::restore(),
            shows_strip: RwSignal::new(Preference::Strip.load().unwrap_or(true)),
            embed: StoredValue::new(embed),
            client,
            ghost: StoredValue::new_local(None),
        }
    }

    /// The same page in another state.
    pub fn in_state(self, state: State) -> Self {
        Session { state, ..self }
    }

    /// Whether this page is in another page, and keeps nothing: see [`crate::embed`].
    pub fn is_embedded(self) -> bool {
        self.embed.with_value(Option::is_some)
    }

    /// Runs the program, if the page's address wants that.
    fn run_at_load(self) {
        if self.embed.with_value(|embed| embed.as_ref().is_some_and(|embed| embed.runs_at_load)) {
            self.run_program();
        }
    }

    /// The session that the page provides.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Stops the run that is under way.
    pub fn stop(self) {
        if self.state.is_running().get_untracked() {
            self.client.stop();
        }
    }

    /// Gives the program the line that it waits for; `None` says that there is none to come. Returns false, and says
    /// why, where the line is too long.
    pub fn answer_input(self, line: Option<String>) -> bool {
        let bytes = line.as_ref().map_or(0, String::len);
        if bytes > LINE_CAPACITY as usize {
            let (length, most) = (formats::bytes(bytes as u64), formats::bytes(LINE_CAPACITY.into()));
            let reason = format!("The line was not given to the program: it has {length}, and {most} is the most.");
            self.state.apply(StateEvent::Refused(reason));
            return false;
        }
        self.client.answer_input(line.as_deref());
        self.state.apply(StateEvent::InputAnswered(line));
        true
    }

    /// Takes other settings, for the runs to come.
    pub fn change_settings(self, settings: Settings) {
        self.settings.choose(settings);
        self.apply_settings();
    }

    /// Takes what other tabs choose, from now on.
    fn follow_settings(self) {
        Preference::Settings.on_other_tab(move || {
            self.settings.reload();
            self.apply_settings();
        });
    }

    fn apply_settings(self) {
        let settings = self.settings.current().get_untracked();
        self.client.change_settings(settings.of_worker());
        self.state.apply(StateEvent::LineLimitChosen(settings.console_lines()));
    }

    /// Whether a run can be stopped softly and can wait for input.
    pub fn can_reach_a_run(self) -> bool {
        self.client.can_reach_a_run()
    }

    /// How many bytes the program that runs holds, if it can be reached.
    pub fn memory_in_use(self) -> Option<u64> {
        self.client.memory_in_use()
    }

    /// Asks the engine for something that only the asker wants.
    pub fn ask<C: Call>(self, call: C, on_end: impl FnOnce(Result<C::Reply, CallError>) + 'static) {
        self.client.ask(call, on_end);
    }

    /// Asks for something that is wanted only as long as what this returns is kept.
    pub fn ask_while_kept<C: Call>(
        self,
        call: C,
        on_end: impl FnOnce(Result<C::Reply, CallError>) + 'static,
    ) -> PendingRequest {
        self.client.ask_while_kept(call, on_end)
    }

    /// Withdraws what was asked, unless it has ended.
    pub fn cancel(self, request: RequestId) {
        self.client.cancel(request);
    }

    /// Asks for the lines of a tree.
    pub fn list(self, call: RowsCall, on_answer: impl FnOnce(Result<Option<ListedRows>, String>) + 'static) {
        let end =
            move |answer: Result<Option<ListedRows>, CallError>| on_answer(answer.map_err(|error| error.to_string()));
        match call {
            RowsCall::Values(call) => self.ask(call, move |answer| end(answer.map(|it| it.map(ListedRows::from)))),
            RowsCall::Differences(call) => {
                self.ask(call, move |answer| end(answer.map(|it| it.map(ListedRows::from))));
            }
        }
    }

    /// Searches all of a state. The answer is wanted only as long as what this returns is kept.
    pub fn search(
        self,
        subject: Subject,
        text: &str,
        limit: u32,
        on_answer: Box<dyn FnOnce(Result<Hits, CallError>)>,
    ) -> PendingRequest {
        let (text, other_case) = (formats::lowercase(text), formats::uppercase(text));
        self.client.ask_while_kept(Search { subject, text, other_case, limit }, on_answer)
    }

    /// Asks for the source of a function and shows it.
    pub fn show_source(self, subject: Subject, path: Vec<Step>, title: String) {
        let is_lasting = subject == Subject::Home && path.iter().all(is_addressable);
        let editable = is_lasting.then(|| path.clone());
        self.ask(ShowSource { subject, path }, move |answer| match answer {
            Ok(source) => self.dialogs.show_source(title, source, editable),
            Err(error) => self.refuse("The source cannot be shown", &error),
        });
    }

    /// Says why something that the person asked for did not work.
    fn refuse(self, what: &str, error: &CallError) {
        self.state.apply(StateEvent::Refused(format!("{what}: {error}")));
    }
}
