//! The texts of the workspace as the page uses them: the one writer of the workspace, which brings together its rules,
//! the browser's database, and whatever edits the texts.

mod copies;
mod listing;
mod programs;
mod store;

use std::{rc::Rc, time::Duration};

use leptos::{prelude::*, task::spawn_local};
use wire::SourcePath;

use self::{copies::Copies, listing::Listing};
pub use self::{
    copies::prefix as copies_prefix,
    listing::{FileEntry, Files},
};
use crate::{
    preferences::Preference,
    workspace::{Document, DocumentId, Notice, Stored, WorkerFiles, Workspace},
};

/// How long a change may wait to be stored.
const SAVE_DELAY: Duration = Duration::from_millis(400);

/// How many texts are stored at once, at most.
const MOST_AT_ONCE: usize = 100;

type Read = dyn Fn(DocumentId) -> Option<String>;
type Write = dyn Fn(DocumentId, &str);

/// Where texts are edited.
struct View {
    read: Box<Read>,
    write: Box<Write>,
}

/// What waits until the texts are there.
type Waiting = Vec<Box<dyn FnOnce()>>;

/// All texts; copies are the same.
#[derive(Clone, Copy)]
pub struct Documents {
    workspace: StoredValue<Option<Workspace>>,
    tab: StoredValue<String>,
    views: StoredValue<Vec<Rc<View>>, LocalStorage>,
    waiting: StoredValue<Waiting, LocalStorage>,
    /// What the tabs before could not store, until it is stored.
    copies: StoredValue<Option<Copies>, LocalStorage>,
    /// What was typed since the workspace last heard of it.
    typed: StoredValue<Vec<DocumentId>>,
    worker_files: StoredValue<WorkerFiles>,
    is_save_due: StoredValue<bool>,
    is_storing: StoredValue<bool>,
    /// What waits until all is stored, or cannot be.
    settled: StoredValue<Waiting, LocalStorage>,
    dismissed: StoredValue<Vec<(DocumentId, Notice)>>,
    listing: Listing,
}

impl Documents {
    /// Opens what is stored, with texts that are to be stored; where there is no file, one with the example.
    pub fn open(example: &'static str, texts: Vec<Stored>) -> Self {
        let documents = Documents {
            workspace: StoredValue::new(None),
            tab: StoredValue::new(new_name()),
            views: StoredValue::new_local(Vec::new()),
            waiting: StoredValue::new_local(Vec::new()),
            copies: StoredValue::new_local(None),
            typed: StoredValue::default(),
            worker_files: StoredValue::default(),
            is_save_due: StoredValue::new(false),
            is_storing: StoredValue::new(false),
            settled: StoredValue::new_local(Vec::new()),
            dismissed: StoredValue::default(),
            listing: Listing::new(),
        };
        spawn_local(async move {
            // Where the database does not work, the copies are all there is.
            let stored = store::read_first().await.unwrap_or_default();
            documents.begin(stored, texts, example);
        });
        documents
    }

    fn begin(self, stored: Vec<Stored>, new: Vec<Stored>, example: &str) {
        let mut copies = Copies::load();
        let mut texts = std::mem::take(&mut copies.texts);
        texts.extend(new.into_iter().map(|text| ("link".to_owned(), text)));
        self.copies.set_value(Some(copies));
        let mut workspace = Workspace::open(self.tab.get_value(), stored, texts, example);
        listing::restore(&mut workspace);
        self.workspace.set_value(Some(workspace));
        self.publish();
        Preference::MainFile.on_other_tab(move || {
            self.update(listing::hear_main);
            self.publish();
        });
        self.waiting.try_update_value(std::mem::take).into_iter().flatten().for_each(|action| action());
        store::listen(move |keys| {
            spawn_local(async move {
                if let Ok(found) = store::read(keys).await {
                    self.hear(|workspace| workspace.hear(found));
                }
            });
        });
        self.settle();
    }

    /// Whether the texts are there.
    pub fn is_open(self) -> bool {
        self.workspace.with_value(Option::is_some)
    }

    /// Does something as soon as the texts are there.
    pub fn when_open(self, action: impl FnOnce() + 'static) {
        if self.is_open() {
            action();
        } else {
            self.waiting.update_value(|waiting| waiting.push(Box::new(action)));
        }
    }

    /// Looks at the workspace.
    pub fn with<T>(self, look: impl FnOnce(&Workspace) -> T) -> Option<T> {
        self.workspace.with_value(|workspace| workspace.as_ref().map(look))
    }

    /// The paths of all files; until the texts are there, that of the file to begin with.
    pub fn paths(self) -> Vec<SourcePath> {
        self.with(Workspace::paths).unwrap_or_else(|| vec![SourcePath::main()])
    }

    /// A text as it is now.
    pub fn text(self, id: DocumentId) -> Option<String> {
        self.hear_views();
        self.with(|workspace| workspace.document(id).map(|document| document.text().to_owned())).flatten()
    }

    /// Says where texts are edited: `read` returns the text of those that are there, and `write` replaces it.
    pub fn connect(
        self,
        read: impl Fn(DocumentId) -> Option<String> + 'static,
        write: impl Fn(DocumentId, &str) + 'static,
    ) {
        let view = View { read: Box::new(read), write: Box::new(write) };
        self.views.update_value(|views| views.push(Rc::new(view)));
    }

    /// A text was changed where it is edited: it is stored soon.
    pub fn changed(self, id: DocumentId) {
        if self.typed.with_value(|typed| !typed.contains(&id)) {
            self.typed.update_value(|typed| typed.push(id));
            self.publish();
        }
        if !self.is_save_due.get_value() {
            self.is_save_due.set_value(true);
            set_timeout(move || self.settle(), SAVE_DELAY);
        }
    }

    /// Changes the workspace, and stores it.
    pub fn change<T>(self, change: impl FnOnce(&mut Workspace) -> T) -> Option<T> {
        self.hear_views();
        let changed = self.update(change);
        self.publish();
        self.settle();
        changed
    }

    /// Marks a file as main, or none.
    pub fn mark_main(self, path: Option<SourcePath>) {
        self.update(|workspace| {
            workspace.mark_main(path);
            listing::remember_main(workspace);
        });
        self.publish();
    }

    /// Decides something about a text, shows what it is then, and stores it.
    pub fn decide(self, id: DocumentId, decide: impl FnOnce(&mut Document)) {
        self.hear(|workspace| {
            if let Some(document) = workspace.document_mut(id) {
                decide(document);
            }
            vec![id]
        });
    }

    /// The person has read it.
    pub fn dismiss(self, notice: (DocumentId, Notice)) {
        self.dismissed.update_value(|dismissed| dismissed.push(notice));
        self.publish();
    }

    /// The page is left, or only put aside: a phone may end it then. What is not stored is copied at once.
    pub fn leave(self) {
        self.hear_views();
        self.save_copies();
        self.settle();
    }

    /// The page is shown again. It may have been frozen, and heard nothing.
    pub fn return_to(self) {
        spawn_local(async move {
            if let Ok(stored) = store::read_all().await {
                self.hear(|workspace| workspace.hear_all(stored));
            }
        });
    }

    /// Changes the workspace, shows the texts that were replaced, and stores what is new.
    pub fn hear(self, change: impl FnOnce(&mut Workspace) -> Vec<DocumentId>) {
        self.hear_views();
        let replaced = self.update(change).unwrap_or_default();
        self.publish();
        for (id, text) in replaced.into_iter().filter_map(|id| Some((id, self.text(id)?))) {
            for view in self.views.get_value() {
                if (view.read)(id).is_some_and(|old| old != text) {
                    (view.write)(id, &text);
                }
            }
        }
        self.settle();
    }

    fn update<T>(self, change: impl FnOnce(&mut Workspace) -> T) -> Option<T> {
        self.workspace.try_update_value(|workspace| workspace.as_mut().map(change)).flatten()
    }

    /// Lets the workspace know what was typed.
    pub fn hear_views(self) {
        if !self.is_open() {
            return;
        }
        let typed = self.typed.try_update_value(std::mem::take).unwrap_or_default();
        let views = self.views.get_value();
        for id in typed {
            if let Some(text) = views.iter().find_map(|view| (view.read)(id)) {
                // An editor also says that a text was changed when it takes it.
                let is_new =
                    self.with(|it| it.document(id).is_some_and(|document| document.text() != text)) == Some(true);
                if is_new && id != Workspace::INPUT_ID {
                    self.listing.note_edit();
                }
                self.update(|workspace| workspace.document_mut(id).map(|document| document.edit(text)));
            }
        }
    }

    /// Stores what is new, one change after the other.
    pub fn settle(self) {
        self.is_save_due.set_value(false);
        self.hear_views();
        if !self.is_open() || self.is_storing.get_value() {
            return;
        }
        self.is_storing.set_value(true);
        spawn_local(async move {
            self.store_all().await;
            self.is_storing.set_value(false);
            self.publish();
            self.settled.try_update_value(std::mem::take).into_iter().flatten().for_each(|action| action());
        });
    }

    /// Does something as soon as all is stored, or is found to be refused.
    pub fn when_settled(self, action: impl FnOnce() + 'static) {
        self.settled.update_value(|settled| settled.push(Box::new(action)));
        self.settle();
    }

    async fn store_all(self) {
        let mut most = MOST_AT_ONCE;
        while let Some(pending) = self.with(|it| it.pending(most)).filter(|pending| !pending.is_empty()) {
            let changes: Vec<_> = pending.iter().flat_map(|(_, changes)| changes.clone()).collect();
            match store::exchange(&changes).await {
                Ok(None) => drop(self.update(|workspace| workspace.done(pending))),
                Ok(Some(found)) => self.hear(|workspace| workspace.hear(found)),
                // There may be room for some of them.
                Err(_) if pending.len() > 1 => most = 1,
                Err(_) => {
                    self.update(|workspace| workspace.document_mut(pending[0].0).map(Document::refused));
                    break;
                }
            }
        }
        self.save_copies();
    }

    /// Copies what is not stored. Then the copies of the tabs before are no longer needed.
    fn save_copies(self) {
        let unsaved = self.with(Workspace::unsaved);
        if unsaved.is_some_and(|unsaved| self.tab.with_value(|tab| copies::save(tab, &unsaved)))
            && let Some(copies) = self.copies.try_update_value(Option::take).flatten()
        {
            copies.remove();
        }
    }

    fn publish(self) {
        let typed = self.typed.get_value();
        let look = |workspace: &Workspace| {
            let unsaved = workspace.files().filter(|(id, _, document)| typed.contains(id) || document.is_dirty());
            (workspace.notices(), unsaved.map(|(id, ..)| id).collect(), Files::of(workspace))
        };
        let Some((mut notices, unsaved, files)) = self.with(look) else { return };
        self.dismissed.update_value(|dismissed| dismissed.retain(|notice| notices.contains(notice)));
        self.dismissed.with_value(|dismissed| notices.retain(|notice| !dismissed.contains(notice)));
        self.listing.publish(files, unsaved, notices);
    }
}

/// A name that no other tab has.
pub fn new_name() -> String {
    format!("{:x}-{:x}", js_sys::Date::now() as u64, (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}
