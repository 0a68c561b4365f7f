//! The strip of history: a mark for each kept state of `_home`, in the order of time.

use std::collections::HashMap;

use leptos::{ev, prelude::*};
use wire::{SnapshotId, SnapshotInfo, SnapshotKind};

use super::{
    choosing_note::ChoosingNote,
    console_result::scroll_to_run,
    icon::Icon,
    icon_button::IconButton,
    scroll_into_view,
    snapshot_row::{ChangeChip, ask_to_restore, branch_name, facts_of},
};
use crate::{
    branches::{Lineage, Link, lineages},
    formats,
    run_facts::{Made, made},
    session::Session,
    state::title_of,
    viewer::{Choosing, Revision, View},
};

/// How wide a mark is, how much wider with the name of a branch, and at which heights marks are, in pixels: as in `style/later/strip.css`.
const MARK_WIDTH: usize = 24;
const NAME_WIDTH: usize = 88;
const MIDDLE: u32 = 14;
const MAIN_HEIGHT: u32 = 9;
const ASIDE_HEIGHT: u32 = 20;

/// A kept state, as far as the strip shows it: a snapshot can have a long list of what it lacks.
#[derive(Clone, PartialEq)]
struct Moment {
    id: SnapshotId,
    kind: SnapshotKind,
    created_millis: f64,
    byte_size: u64,
    value_count: u64,
}

impl Moment {
    fn of(snapshot: &SnapshotInfo) -> Self {
        Moment {
            id: snapshot.id.clone(),
            kind: snapshot.kind.clone(),
            created_millis: snapshot.created_millis,
            byte_size: snapshot.byte_size,
            value_count: snapshot.value_count,
        }
    }

    fn title(&self) -> String {
        title_of(&self.kind, self.created_millis, formats::moment)
    }

    fn facts(&self) -> String {
        facts_of(self.created_millis, self.byte_size, self.value_count)
    }
}

/// What the strip knows and is at.
#[derive(Clone, Copy)]
struct Marks {
    session: Session,
    moments: Memo<Vec<Moment>>,
    /// How they are related.
    lineages: Memo<HashMap<SnapshotId, Lineage>>,
    /// Whether any of them is on another branch than `_home`.
    has_branches: Memo<bool>,
    /// The one that the inspector shows.
    shown: Memo<Option<SnapshotId>>,
    /// The runs that made them.
    made: Memo<HashMap<SnapshotId, Made>>,
    /// The one that the pointer is on.
    pointed: RwSignal<Option<SnapshotId>>,
}

/// What is in the strip of history. Looking at a moment changes nothing.
#[component]
pub fn Strip() -> impl IntoView {
    let session = Session::expect();
    let snapshots = session.state.snapshots();
    let moments = Memo::new(move |_| snapshots.with(|all| all.iter().rev().map(Moment::of).collect::<Vec<_>>()));
    let shown = Memo::new(move |_| shown_moment(session));
    let made = Memo::new(move |_| session.state.journal().with(|journal| made(&journal.runs)));
    let lineages = Memo::new(move |_| {
        moments.with(|moments| {
            let states: Vec<_> = moments.iter().map(|moment| (moment.id.clone(), &moment.kind)).collect();
            let lineages = session.state.history().with(|history| lineages(&states, history));
            states.into_iter().map(|(id, _)| id).zip(lineages).collect::<HashMap<_, _>>()
        })
    });
    let has_branches = Memo::new(move |_| lineages.with(|lineages| lineages.values().any(|lineage| lineage.is_aside)));
    let marks = Marks { session, moments, lineages, has_branches, shown, made, pointed: RwSignal::new(None) };
    let told = move || {
        let wanted = marks.pointed.get().or_else(|| shown.get())?;
        moments.with(|all| all.iter().find(|moment| moment.id == wanted).cloned())
    };
    Effect::new(move || {
        moments.track();
        if let Some(id) = shown.get() {
            // Once the page shows it.
            request_animation_frame(move || scroll_into_view(&mark_id(&id)));
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let choose = move || session.choose_snapshot(shown.get_untracked().as_ref());
        if !session.choose_by_key(&event, choose) && marks.act(&event.key()) {
            event.prevent_default();
        }
    };
    let is_empty = move || moments.with(Vec::is_empty);
    let is_choosing = move || *session.viewer.choosing.read() != Choosing::Nothing;
    view! {
        <ul
            class="strip-marks"
            class:has-branches=has_branches
            role="listbox"
            aria-label="History of _home"
            aria-orientation="horizontal"
            tabindex="0"
            hidden=is_empty
            aria-activedescendant=move || shown.get().map(|id| mark_id(&id))
            on:keydown=on_key
            on:focus=move |_| ask_for_runs(session)
            on:pointerenter=move |_| ask_for_runs(session)
            on:pointerleave=move |_| marks.pointed.set(None)
        >
            <For each=move || moments.get() key=|moment| (moment.id.clone(), moment.kind.name().to_owned()) let:moment>
                <Mark moment marks/>
            </For>
        </ul>
        <Show when=is_empty>
            <p class="strip-facts">"Each run leaves a mark here, to go back to."</p>
        </Show>
        <ChoosingNote is_spoken=true/>
        {move || told().filter(|_| !is_choosing()).map(|moment| view! { <Facts moment marks/> })}
    }
}

/// Asks for the runs, which say what made the moments, unless they are known.
pub fn ask_for_runs(session: Session) {
    if session.state.openings().get_untracked() > 0 && !session.state.journal().with_untracked(|it| it.is_current) {
        // Without an answer, the moments go without what the runs changed.
        session.list_runs(None, drop);
    }
}

/// A mark, which shows its moment.
#[component]
fn Mark(moment: Moment, marks: Marks) -> impl IntoView {
    let Marks { session, lineages, has_branches, shown, made, pointed, .. } = marks;
    let id = StoredValue::new(moment.id.clone());
    let lineage =
        Memo::new(move |_| lineages.with(|lineages| id.with_value(|id| lineages.get(id).copied().unwrap_or_default())));
    let is_now = Memo::new(move |_| id.with_value(|id| session.state.is_head(id)));
    let is_first = Memo::new(move |_| session.viewer.choosing.with(|it| id.with_value(|id| it.is_first(id))));
    let of_run = Memo::new(move |_| made.with(|made| id.with_value(|id| made.get(id).cloned())));
    let branch = branch_name(session, moment.id.clone());
    let is_named = !matches!(moment.kind, SnapshotKind::Checkpoint { .. });
    let element_id = mark_id(&moment.id);
    let moment = StoredValue::new(moment);
    let label = move || {
        let run = of_run.get().map(|made| [", ", &made.by, ", ", &made.spoken].concat()).unwrap_or_default();
        let chosen = if is_first.get() { ", chosen to compare" } else { "" };
        let aside = if lineage.get().is_aside { ", on another branch" } else { "" };
        let branch = branch.get().map(|name| [", end of the branch “", &name, "”"].concat()).unwrap_or_default();
        moment.with_value(|moment| [&moment.title(), chosen, &branch, aside, &run, ", ", &moment.facts()].concat())
    };
    let tip = move || {
        let run = of_run.get().map(|made| ["\n", &made.changes, " · ", &made.by].concat()).unwrap_or_default();
        let branch = branch.get().map(|name| ["\nBranch “", &name, "”"].concat()).unwrap_or_default();
        moment.with_value(|moment| [moment.kind.name(), &branch, &run, "\n", &moment.facts()].concat())
    };
    let on_click = move |event: ev::MouseEvent| {
        let id = id.get_value();
        if session.is_choice(&event) { session.choose_snapshot(Some(&id)) } else { go_to(session, &id) }
    };
    let line = move || {
        let (lineage, has_branches) = (lineage.get(), has_branches.get());
        lineage.follows.map(|link| view! { <Line link is_aside=lineage.is_aside has_branches/> })
    };
    view! {
        <li
            id=element_id
            class="strip-mark"
            class:is-named=is_named
            class:is-first=is_first
            class:has-name=move || branch.read().is_some()
            class:is-aside=move || lineage.get().is_aside
            role="option"
            aria-selected=move || id.with_value(|id| shown.get().as_ref() == Some(id)).to_string()
            aria-current=move || is_now.get().then_some("true")
            aria-label=label
            title=tip
            on:click=on_click
            on:pointerenter=move |event| {
                if event.pointer_type() == "mouse" {
                    pointed.set(Some(id.get_value()));
                }
            }
        >
            {line}
            {move || branch.get().map(|name| view! { <span class="strip-branch" aria-hidden="true"><span>{name}</span></span> })}
        </li>
    }
}

/// Shows a moment, and in the console the run that made it.
fn go_to(session: Session, id: &SnapshotId) {
    session.look_at(id);
    scroll_to_run(id);
}

/// The line from the middle of a mark back to the one that it follows.
#[component]
fn Line(link: Link, is_aside: bool, has_branches: bool) -> impl IntoView {
    let height = |is_aside| match (is_aside, has_branches) {
        (true, _) => ASIDE_HEIGHT,
        (false, true) => MAIN_HEIGHT,
        (false, false) => MIDDLE,
    };
    let width = link.back * MARK_WIDTH + link.names * NAME_WIDTH;
    let (from, to) = (height(link.from_aside), height(is_aside));
    let path =
        if from == to { format!("M0 {to}H{width}") } else { format!("M0 {from}C12 {from} 6 {to} 18 {to}H{width}") };
    view! {
        <svg class="strip-line" width=width.to_string() aria-hidden="true"><path d=path></path></svg>
    }
}

/// What a moment is, and the way back to the present.
#[component]
fn Facts(moment: Moment, marks: Marks) -> impl IntoView {
    let session = marks.session;
    let is_past = move || session.viewer.current().with(|view| *view != View::Home);
    let facts = moment.facts();
    let of = moment.id.clone();
    let of_run = Memo::new(move |_| marks.made.with(|made| made.get(&of).cloned()));
    let run = move || of_run.get().map(|made| [&made.by, " · "].concat());
    let switched = StoredValue::new(moment.id.clone());
    let can_switch = move || {
        session.state.history().track();
        session.state.snapshots().track();
        switched.with_value(|id| session.tree(|tree| tree.is_elsewhere(id)))
    };
    view! {
        <code class="strip-name">{moment.kind.name().to_owned()}</code>
        {move || of_run.get().map(|made| view! { <ChangeChip made/> })}
        <span class="strip-facts">{run} {facts}</span>
        <IconButton
            icon=Icon::GitCompare
            name="Compare this moment with…"
            act=move |()| session.choose_snapshot(Some(&moment.id))
        />
        <Show when=can_switch>
            <IconButton
                icon=Icon::GitBranch
                name="Switch to this: _home becomes as it was then"
                is_enabled=session.state.may_write()
                act=move |()| switched.with_value(|id| session.go_to(id.clone()))
            />
        </Show>
        <Show when=is_past>
            <button type="button" class="link strip-now" on:click=move |_| session.close_view()>"Now"</button>
        </Show>
    }
}

/// The moment that the inspector shows; of two, the later one.
fn shown_moment(session: Session) -> Option<SnapshotId> {
    let head = || session.state.history().with(|history| history.head.clone());
    session.viewer.current().with(|view| match view {
        View::Snapshot(snapshot) | View::Difference { after: Revision::Stored(snapshot), .. } => {
            Some(snapshot.id.clone())
        }
        View::Home | View::Difference { after: Revision::Now, .. } => head(),
    })
}

impl Marks {
    /// Does what a key says: goes to another moment, back to the present, or on from here. Returns false for other keys.
    fn act(self, key: &str) -> bool {
        let (session, moments) = (self.session, self.moments);
        let shown = self.shown.get_untracked();
        let (at, count) =
            moments.with_untracked(|all| (all.iter().position(|moment| Some(&moment.id) == shown.as_ref()), all.len()));
        let past = session.viewer.current().with_untracked(|view| *view != View::Home);
        let to = match key {
            "Home" => Some(0),
            "End" => count.checked_sub(1),
            "ArrowLeft" => at.map_or(count.checked_sub(1), |at| at.checked_sub(1)),
            "ArrowRight" => at.map(|at| at + 1),
            "Enter" if session.is_choosing() => {
                session.choose_snapshot(shown.as_ref());
                return true;
            }
            "Escape" if past => {
                session.viewer.close();
                return true;
            }
            "Enter" if past => {
                let moment = session.state.find_snapshot(shown.as_ref());
                moment.iter().for_each(|moment| ask_to_restore(session, moment));
                return true;
            }
            _ => return false,
        };
        let id = to.and_then(|to| moments.with_untracked(|all| all.get(to).map(|moment| moment.id.clone())));
        id.iter().for_each(|id| go_to(session, id));
        true
    }
}

fn mark_id(id: &SnapshotId) -> String {
    ["moment-", &id.0].concat()
}
