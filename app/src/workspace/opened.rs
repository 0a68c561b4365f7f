//! Which files are open, in the order of their tabs, which one is shown, and which one is marked as main.

use wire::SourcePath;

use super::{DocumentId, Workspace, is_lua};

impl Workspace {
    /// The file that is shown.
    pub fn shown(&self) -> DocumentId {
        self.shown
    }

    /// The files that are open, in the order of their tabs.
    pub fn open_files(&self) -> &[DocumentId] {
        &self.open
    }

    /// Opens what was remembered: the path of the shown file, and those of the open ones. What is no longer there is
    /// left out.
    pub fn reopen(&mut self, remembered: &[String]) {
        let find = |path: &String| self.find(&SourcePath::parse(path).ok()?);
        let Some((shown, open)) = remembered.split_first() else { return };
        let (shown, open) = (find(shown), open.iter().filter_map(find).collect::<Vec<_>>());
        if let Some(first) = open.first() {
            self.open.clear();
            open.iter().for_each(|id| self.show(*id));
            self.show(shown.unwrap_or(*first));
        }
    }

    /// Shows a file, and opens it if it is not open.
    pub fn show(&mut self, id: DocumentId) {
        if self.path(id).is_some() {
            if !self.open.contains(&id) {
                self.open.push(id);
            }
            self.shown = id;
        }
    }

    /// Shows the wanted file if it is there, or any other.
    pub(super) fn show_another(&mut self, wanted: &SourcePath) {
        let any = || self.files().map(|(id, ..)| id).next();
        if let Some(id) = self.find(wanted).or_else(any) {
            self.show(id);
        }
    }

    /// The open file that is this many tabs after the shown one; after the last comes the first.
    pub fn neighbour(&self, steps: isize) -> DocumentId {
        let at = self.open.iter().position(|id| *id == self.shown).unwrap_or_default();
        self.open[at.wrapping_add_signed(steps).wrapping_add(self.open.len()) % self.open.len()]
    }

    /// Closes a file. If it is shown, its neighbour is shown, or the only one is left open.
    pub fn close(&mut self, id: DocumentId) {
        let Some(at) = self.open.iter().position(|other| *other == id) else { return };
        if self.open.len() > 1 {
            self.open.remove(at);
            if self.shown == id {
                self.shown = self.open[at.min(self.open.len() - 1)];
            }
        }
    }

    /// Brings the tab of a file to this place among the tabs, or to the last one.
    pub fn move_tab(&mut self, id: DocumentId, to: usize) {
        if let Some(at) = self.open.iter().position(|other| *other == id) {
            self.open.remove(at);
            self.open.insert(to.min(self.open.len()), id);
        }
    }

    /// The file that is marked as main.
    pub fn main(&self) -> Option<DocumentId> {
        self.find(self.main.as_ref()?)
    }

    /// The path that is marked as main. There may be no such file now.
    pub fn main_path(&self) -> Option<&SourcePath> {
        self.main.as_ref()
    }

    /// Marks a path as that of the main file, or none.
    pub fn mark_main(&mut self, path: Option<SourcePath>) {
        self.main = path;
    }

    /// The file that a run runs: the one that is marked as main, or the shown one if it is Lua, or `main.lua`.
    pub fn program(&self) -> Option<DocumentId> {
        let shown = Some(self.shown).filter(|id| self.path(*id).is_some_and(|path| is_lua(&path)));
        self.main().or(shown).or_else(|| self.find(&SourcePath::main()))
    }
}
