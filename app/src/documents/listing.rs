//! What the page shows of the workspace, as signals, and what it remembers of which files are open.

use leptos::prelude::*;
use wire::SourcePath;

use super::Documents;
use crate::{
    preferences::Preference,
    workspace::{DocumentId, Notice, Workspace},
};

/// A file, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Names the text.
    pub id: DocumentId,
    /// Where it is.
    pub path: SourcePath,
}

/// All files, as lists and tabs show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Each of them.
    pub all: Vec<FileEntry>,
    /// Those that are open, in the order of their tabs.
    pub open: Vec<DocumentId>,
    /// The one that is shown.
    pub shown: Option<DocumentId>,
    /// The one that is marked as main.
    pub main: Option<DocumentId>,
}

impl Files {
    /// Looks at the workspace.
    pub(super) fn of(workspace: &Workspace) -> Self {
        Files {
            all: workspace.files().map(|(id, path, _)| FileEntry { id, path }).collect(),
            open: workspace.open_files().to_vec(),
            shown: Some(workspace.shown()),
            main: workspace.main(),
        }
    }

    /// A file.
    pub fn entry(&self, id: DocumentId) -> Option<&FileEntry> {
        self.all.iter().find(|file| file.id == id)
    }

    /// The path of the shown file.
    pub fn shown_path(&self) -> Option<&SourcePath> {
        self.entry(self.shown?).map(|file| &file.path)
    }

    /// What is remembered of them: the path of the shown file, and those of the open ones.
    fn remembered(&self) -> Vec<String> {
        let path = |id: &DocumentId| self.entry(*id).map(|file| file.path.to_string());
        self.shown.iter().chain(&self.open).filter_map(path).collect()
    }
}

/// The signals. They change only where something is new.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    pub(super) shown: RwSignal<Option<DocumentId>>,
    pub(super) files: RwSignal<Files>,
    /// By itself, so that typing and storing leave all that shows files as it is.
    unsaved: RwSignal<Vec<DocumentId>>,
    is_edited: RwSignal<bool>,
    pub(super) notices: RwSignal<Vec<(DocumentId, Notice)>>,
}

impl Listing {
    pub(super) fn new() -> Self {
        Listing {
            shown: RwSignal::new(None),
            files: RwSignal::default(),
            unsaved: RwSignal::default(),
            is_edited: RwSignal::new(false),
            notices: RwSignal::default(),
        }
    }

    /// A file was typed in.
    pub(super) fn note_edit(self) {
        if !self.is_edited.get_untracked() {
            self.is_edited.set(true);
        }
    }

    /// Shows what was seen of the workspace, and remembers it where it is something else than before.
    pub(super) fn publish(self, files: Files, unsaved: Vec<DocumentId>, notices: Vec<(DocumentId, Notice)>) {
        if self.unsaved.with_untracked(|old| *old != unsaved) {
            self.unsaved.set(unsaved);
        }
        if self.notices.with_untracked(|old| *old != notices) {
            self.notices.set(notices);
        }
        if self.files.with_untracked(|old| *old == files) {
            return;
        }
        let remembered = files.remembered();
        if self.files.with_untracked(|old| old.remembered() != remembered) {
            // Where it is not remembered, the next page opens the first file.
            Preference::OpenFiles.save(&remembered);
        }
        let shown = files.shown;
        self.files.set(files);
        if self.shown.get_untracked() != shown {
            self.shown.set(shown);
        }
    }
}

/// Opens the files that were open when the page was left.
pub(super) fn restore(workspace: &mut Workspace) {
    hear_main(workspace);
    let remembered: Vec<String> = Preference::OpenFiles.load().unwrap_or_default();
    workspace.reopen(&remembered);
}

/// Takes the mark of the main file as it is remembered, perhaps by another tab.
pub(super) fn hear_main(workspace: &mut Workspace) {
    let main = Preference::MainFile.load::<String>();
    workspace.mark_main(main.and_then(|path| SourcePath::parse(&path).ok()));
}

/// Remembers which file is marked as main.
pub(super) fn remember_main(workspace: &Workspace) {
    match workspace.main_path() {
        Some(path) => drop(Preference::MainFile.save(&path.as_str())),
        None => Preference::MainFile.forget(),
    }
}

impl Documents {
    /// The file that is shown; `None` until the texts are there.
    pub fn shown(self) -> ReadSignal<Option<DocumentId>> {
        self.listing.shown.read_only()
    }

    /// All files.
    pub fn files(self) -> ReadSignal<Files> {
        self.listing.files.read_only()
    }

    /// The files of which something is not stored yet.
    pub fn unsaved(self) -> ReadSignal<Vec<DocumentId>> {
        self.listing.unsaved.read_only()
    }

    /// Whether a file was typed in since the page was opened.
    pub fn is_edited(self) -> ReadSignal<bool> {
        self.listing.is_edited.read_only()
    }

    /// What there is to tell of the texts.
    pub fn notices(self) -> ReadSignal<Vec<(DocumentId, Notice)>> {
        self.listing.notices.read_only()
    }
}
