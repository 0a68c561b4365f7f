//! The workspaces of a person, and which of them this page shows. Each has files, a `_home` with its history, and settings of
//! its own: databases and entries of local storage whose names contain its id.

mod list;
pub mod store;

use leptos::prelude::*;

pub use self::list::{Stage, WorkspaceEntry, WorkspaceId, WorkspaceList};
use crate::preferences::Preference;

/// How long a visit that nobody touched stays, in milliseconds. The link still has what is in it.
const VISIT_MILLIS: f64 = 24.0 * 3600.0 * 1000.0;

/// All workspaces; copies are the same.
#[derive(Clone, Copy)]
pub struct Workspaces {
    list: RwSignal<WorkspaceList>,
    current: StoredValue<WorkspaceId>,
}

impl Workspaces {
    /// Those that are stored.
    pub fn restore() -> Self {
        let workspaces = Workspaces { list: RwSignal::new(load()), current: StoredValue::new(store::current()) };
        Preference::Workspaces.on_other_tab(move || workspaces.list.set(load()));
        workspaces
    }

    /// The id of the one that this page shows.
    pub fn id(self) -> WorkspaceId {
        self.current.get_value()
    }

    /// All of them, the one that was shown last first. Tracks them.
    pub fn listed(self) -> Vec<WorkspaceEntry> {
        self.list.read().listed()
    }

    /// The one that this page shows. Tracks it.
    pub fn current(self) -> WorkspaceEntry {
        let id = self.id();
        self.list.read().find(&id).cloned().unwrap_or_else(|| WorkspaceEntry::new(id, "Workspace", 0.0))
    }

    /// Like [`Workspaces::current`], without tracking it.
    pub fn shown(self) -> WorkspaceEntry {
        untrack(|| self.current())
    }

    /// A name that none has. Tracks nothing.
    pub fn free_name(self, wanted: &str) -> String {
        self.list.with_untracked(|list| list.free_name(wanted))
    }

    /// Changes the list that is stored, which other tabs may have changed. `None` where nothing can be stored.
    pub fn change<T>(self, change: impl FnOnce(&mut WorkspaceList) -> T) -> Option<T> {
        let mut list = load();
        let changed = change(&mut list);
        let is_stored = Preference::Workspaces.save(&list);
        self.list.set(list);
        is_stored.then_some(changed)
    }

    /// The person wants the one that this page shows.
    pub fn keep(self) {
        // Where that is not stored, it is asked again.
        self.change(|list| list.keep(&self.id()));
    }

    /// Something was changed or run in the one that this page shows.
    pub fn touch(self) {
        let current = self.shown();
        if current.stage == (Stage::Visited { is_touched: false }) {
            self.change(|list| list.touch(&current.id));
        }
    }

    /// Notes that this page shows its workspace, and deletes what nobody wants any more.
    pub fn begin(self) {
        if store::is_embedded() {
            return;
        }
        let (id, now) = (self.id(), js_sys::Date::now());
        // A page of one workspace has no list, as those of earlier versions.
        if self.list.with_untracked(|list| list.entries().len() > 1) {
            self.change(|list| list.open(&id, now));
        }
        store::name();
        self.clean();
    }

    /// Deletes what nobody wants any more, each as soon as no tab shows it.
    pub fn clean(self) {
        let (current, since) = (self.id(), js_sys::Date::now() - VISIT_MILLIS);
        for id in self.list.with_untracked(|list| list.unwanted(&current, since)) {
            let (current, wanted) = (current.clone(), id.clone());
            // Another tab may have kept it meanwhile.
            let is_unwanted = move || load().unwanted(&current, since).contains(&wanted);
            leptos::task::spawn_local(async move {
                if store::delete(&id, is_unwanted).await {
                    self.change(|list| list.forget(&id));
                }
            });
        }
    }
}

/// The list as it is stored.
pub fn load() -> WorkspaceList {
    Preference::Workspaces.load::<WorkspaceList>().unwrap_or_default().complete()
}
