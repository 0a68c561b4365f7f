//! The dialog that lists the branches of history, and what can be done with each.

use leptos::{html, prelude::*};
use wire::{Branch, SnapshotInfo};

use super::{
    icon::Icon,
    menu::{Menu, MenuItem},
    move_in_list,
};
use crate::{
    branches::Tree,
    dialogs::Dialogs,
    formats,
    session::Session,
    viewer::{Revision, View},
};

/// A branch as it is listed.
#[derive(Clone)]
struct Listed {
    leaf: SnapshotInfo,
    name: Option<String>,
    /// How many runs it has since it began.
    runs: usize,
    /// How many are deleted with it.
    own: usize,
}

impl Listed {
    /// Its name, or else the first line of its last run.
    fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.leaf.kind.name().to_owned())
    }

    fn facts(&self) -> String {
        let runs = formats::counted(self.runs as u64, "run");
        [&runs, " · ", &formats::moment(self.leaf.created_millis)].concat()
    }
}

/// All branches, those that ended last first.
fn listed(session: Session) -> Vec<Listed> {
    let (snapshots, history) = (session.state.snapshots().get(), session.state.history().get());
    let tree = Tree::new(&snapshots, &history);
    let listed = |Branch { leaf, name }: &Branch| {
        let leaf = snapshots.iter().find(|it| it.id == *leaf)?.clone();
        let (runs, own) = (tree.count_runs(&leaf.id), tree.own(&leaf.id).len());
        Some(Listed { leaf, name: name.clone(), runs, own })
    };
    history.branches.iter().rev().filter_map(listed).collect()
}

/// The dialog that lists the branches of history.
#[component]
pub fn BranchesView(
    /// Where it is shown.
    dialogs: Dialogs,
) -> impl IntoView {
    let session = Session::expect();
    let list = NodeRef::<html::Ul>::new();
    view! {
        <div class="dialog-body">
            <h2 class="dialog-title" id="dialog-title">"Branches"</h2>
            <p class="dialog-text">"A run after an undo begins a branch. Each is kept, and _home can be what it is on any of them."</p>
            <ul node_ref=list class="workspaces-list" aria-label="Branches" on:keydown=move |event| move_in_list(&event, list)>
                {move || listed(session).into_iter().map(|branch| view! { <Row branch dialogs/> }).collect_view()}
            </ul>
            <div class="dialog-actions">
                <button type="button" class="button is-outlined" autofocus on:click=move |_| dialogs.close()>"Close"</button>
            </div>
        </div>
    }
}

#[component]
fn Row(branch: Listed, dialogs: Dialogs) -> impl IntoView {
    let session = Session::expect();
    let id = branch.leaf.id.clone();
    let is_now = session.state.is_head(&id);
    let (title, facts) = (branch.title(), branch.facts());
    let label = ["Switch to ", &title, ", ", &facts].concat();
    let more = Signal::stored(["More for ", &title].concat());
    let first_line = branch.leaf.kind.name().to_owned();
    let is_unnamed = branch.name.is_none();
    let switch = move |_| {
        dialogs.close();
        if !is_now {
            session.go_to(id.clone());
        }
    };
    view! {
        <li class="workspaces-row" aria-current=is_now.then_some("true")>
            <button
                type="button"
                class="link workspaces-name"
                class:branches-unnamed=is_unnamed
                title=first_line
                aria-label=label
                on:click=switch
            >
                {title}
            </button>
            {is_now.then(|| view! { <span class="tag is-now">"_home now"</span> })}
            <span class="workspaces-facts">{facts}</span>
            <Menu name=more items=move |()| items(session, &branch, dialogs)/>
        </li>
    }
}

fn items(session: Session, branch: &Listed, dialogs: Dialogs) -> Vec<MenuItem> {
    let may_write = session.state.may_write();
    let is_now = untrack(|| session.state.is_head(&branch.leaf.id));
    let (id, leaf) = (branch.leaf.id.clone(), branch.leaf.clone());
    let switch = move || {
        dialogs.close();
        session.go_to(id.clone());
    };
    let can_switch = Signal::derive(move || may_write.get() && !is_now);
    let compare = move || {
        dialogs.close();
        session.show(View::Difference { before: Revision::Stored(leaf.clone()), after: Revision::Now });
    };
    let (named, unnamed, deleted) = (branch.clone(), branch.clone(), branch.clone());
    let rename = if branch.name.is_some() { "Rename…" } else { "Name…" };
    let mut items = vec![
        MenuItem::new("Switch to this", switch).with_icon(Icon::GitBranch).enabled_when(can_switch),
        MenuItem::new("Compare with now", compare)
            .with_icon(Icon::GitCompare)
            .enabled_when(Signal::stored(!is_now && branch.leaf.damage.is_none())),
        MenuItem::new(rename, move || ask_name(session, &named)).with_icon(Icon::Pencil).enabled_when(may_write),
    ];
    if branch.name.is_some() {
        let remove = move || {
            dialogs.close();
            session.name_branch(unnamed.leaf.id.clone(), String::new(), move || dialogs.show_branches());
        };
        items.push(MenuItem::new("Remove the name", remove).enabled_when(may_write));
    }
    let has_own = branch.own > 0;
    let can_delete = Signal::derive(move || may_write.get() && has_own);
    let delete = MenuItem::new("Delete…", move || ask_to_delete(session, &deleted));
    items.push(delete.with_icon(Icon::Trash).enabled_when(can_delete).first_of_group());
    items
}

/// Asks for a name, and lists the branches again.
fn ask_name(session: Session, branch: &Listed) {
    let id = branch.leaf.id.clone();
    let (title, action) = if branch.name.is_some() {
        ("Rename the branch".to_owned(), "Rename")
    } else {
        (["Name the branch of “", branch.leaf.kind.name(), "”"].concat(), "Name")
    };
    let name = branch.name.clone().unwrap_or_default();
    session.dialogs.ask_name(title, name, action, move |name| {
        session.name_branch(id.clone(), name, move || session.dialogs.show_branches());
    });
}

/// Asks before a branch is deleted, and lists those that are left.
fn ask_to_delete(session: Session, branch: &Listed) {
    let id = branch.leaf.id.clone();
    let runs = formats::counted(branch.own as u64, "run");
    let title = ["Delete the branch “", &branch.title(), "” with ", &runs, "?"].concat();
    session.dialogs.confirm_deletion(title, "Delete", move || {
        // The answer comes before the page knows what is left.
        let has_others = session.state.history().with_untracked(|history| history.branches.len() > 2);
        session.delete_branch(id.clone(), move || {
            if has_others {
                session.dialogs.show_branches();
            }
        });
    });
}
