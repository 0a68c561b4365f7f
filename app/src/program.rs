//! The file in the editor. Monaco, or the text area shown before it has loaded, owns the text while it is shown; this
//! handle shows files and reads and sets the text of the shown one.

use std::ops::Range;

use leptos::{html, prelude::*};
use wire::{SourceLocation, SourcePath};

use crate::{
    documents::Documents,
    help::HelpState,
    monaco,
    preferences::Preference,
    problems::Problems,
    workspace::{DocumentId, Workspace, is_lua},
};

/// Where cursor and scroll were in a file, as Monaco's JSON.
type Views = Vec<(SourcePath, String)>;

/// The handle of the editor; copies are the same.
#[derive(Clone, Copy)]
pub struct Program {
    documents: Documents,
    monaco: StoredValue<Option<monaco::Editor>, LocalStorage>,
    /// The text area that stands in for Monaco.
    pub plain: NodeRef<html::Textarea>,
    has_monaco: RwSignal<bool>,
    /// Whether a person can only read it.
    pub is_read_only: bool,
    /// How the help with Lua is.
    pub help: RwSignal<HelpState>,
    /// What it says is wrong in the files.
    pub problems: RwSignal<Problems>,
    views: StoredValue<Views>,
    /// The line and columns that are to be shown where Monaco is not.
    pub wanted: RwSignal<Option<(u32, Range<u32>)>>,
}

impl Program {
    /// An editor of these documents.
    pub fn new(documents: Documents, is_read_only: bool) -> Self {
        let program = Program {
            documents,
            monaco: StoredValue::new_local(None),
            plain: NodeRef::new(),
            has_monaco: RwSignal::new(false),
            is_read_only,
            help: RwSignal::new(HelpState::Waiting),
            problems: RwSignal::default(),
            views: StoredValue::new(Preference::Views.load().unwrap_or_default()),
            wanted: RwSignal::new(None),
        };
        documents.connect(move |id| program.read(id), move |id, text| program.write(id, text));
        program
    }

    /// Whether Monaco has taken over.
    pub fn has_monaco(self) -> ReadSignal<bool> {
        self.has_monaco.read_only()
    }

    fn shown(self) -> Option<DocumentId> {
        self.documents.shown().get_untracked()
    }

    /// The path of the shown file.
    fn path(self) -> SourcePath {
        self.documents.with(|workspace| workspace.path(workspace.shown())).flatten().unwrap_or_else(SourcePath::main)
    }

    /// The text.
    pub fn text(self) -> String {
        self.shown().and_then(|id| self.documents.text(id)).unwrap_or_default()
    }

    /// The selected text, after as many empty lines as are before it: so its lines keep their numbers.
    pub fn selection(self) -> Option<String> {
        self.selected().map(|(line, text)| ["\n".repeat(line.saturating_sub(1) as usize), text].concat())
    }

    /// The first and the last selected line, counted from 1.
    pub fn selected_lines(self) -> Option<(u32, u32)> {
        let (first, text) = self.selected()?;
        // A selection of whole lines ends with a line break.
        let text = text.strip_suffix('\n').unwrap_or(&text);
        Some((first, first + text.matches('\n').count() as u32))
    }

    /// The first line of the selection, counted from 1, and its text, if there is any.
    fn selected(self) -> Option<(u32, String)> {
        let (line, text) = match self.monaco.get_value() {
            Some(editor) => (editor.selected_line(), editor.selected_text()),
            None => self.plain.get_untracked().and_then(|area| selection_of(&area))?,
        };
        (!text.is_empty()).then_some((line, text))
    }

    /// Replaces the text.
    pub fn set_text(self, text: &str) {
        if let Some(id) = self.shown() {
            self.documents.decide(id, |document| document.edit(text.to_owned()));
        }
    }

    /// The text area was changed.
    pub fn plain_changed(self) {
        if let Some(id) = self.shown() {
            self.documents.changed(id);
        }
    }

    /// The text of a file, if it is here.
    fn read(self, id: DocumentId) -> Option<String> {
        match self.monaco.get_value() {
            Some(editor) => editor.text(id.0),
            None => self.plain.get_untracked().filter(|_| self.shown() == Some(id)).map(|area| area.value()),
        }
    }

    fn write(self, id: DocumentId, text: &str) {
        match self.monaco.get_value() {
            Some(editor) => editor.set_text(id.0, text),
            None => self.plain.get_untracked().into_iter().for_each(|area| area.set_value(text)),
        }
    }

    /// Brings Monaco to the file that is to be shown, and lets it forget files that are no longer there.
    pub fn show_in_monaco(self) {
        let (Some(editor), Some(id)) = (self.monaco.get_value(), self.shown()) else { return };
        let path = self.path();
        let text = self.documents.text(id).unwrap_or_default();
        let view =
            self.views.with_value(|views| views.iter().find(|(other, _)| *other == path).map(|(_, view)| view.clone()));
        editor.show(id.0, path.as_str(), &text, language(&path), view.as_deref());
        let ids = self.documents.with(|workspace| workspace.open_files().iter().map(|id| id.0).collect());
        editor.retain(ids.unwrap_or_default());
    }

    /// Remembers where cursor and scroll are.
    pub fn remember_views(self) {
        let Some(editor) = self.monaco.get_value() else { return };
        let view_of = |workspace: &Workspace, id: DocumentId| Some((workspace.path(id)?, editor.view(id.0)?));
        let views =
            |workspace: &Workspace| workspace.open_files().iter().filter_map(|id| view_of(workspace, *id)).collect();
        if let Some(views) = self.documents.with(views) {
            let views: Views = views;
            // Where it is not remembered, the next page begins at the top.
            Preference::Views.save(&views);
        }
    }

    /// Shows a line of a file, and selects these columns of it.
    pub fn reveal_in(self, id: DocumentId, line: u32, columns: Range<u32>) {
        if self.shown() != Some(id) {
            self.documents.change(|workspace| workspace.show(id));
            self.show_in_monaco();
        }
        match self.monaco.get_value() {
            Some(editor) => editor.reveal(line, columns.start, columns.end),
            None => self.wanted.set(Some((line, columns))),
        }
    }

    /// Marks the line of an error in its file, or takes the mark away.
    pub fn mark_error(self, mark: Option<(&SourceLocation, &str)>) {
        self.with_editor(|editor| match mark {
            Some((location, message)) => {
                let id = self.documents.with(|workspace| workspace.find(&location.path)).flatten();
                if let Some(id) = id {
                    editor.mark_error(id.0, location.line, message);
                }
            }
            None => editor.clear_error(),
        });
    }

    /// Lets the editor follow the page's colours.
    pub fn set_dark(self, is_dark: bool) {
        self.with_editor(|editor| editor.set_dark(is_dark));
    }

    /// Gives the editor the focus.
    pub fn focus(self) {
        if let Some(editor) = self.monaco.get_value() {
            editor.focus();
        } else if let Some(area) = self.plain.get_untracked() {
            // Without focus, the person clicks.
            area.focus().ok();
        }
    }

    /// Hands the shown file over to Monaco, with selection and focus.
    pub fn attach(self, editor: monaco::Editor) {
        let shown = self.shown();
        let focused = self
            .plain
            .get_untracked()
            .filter(|area| document().active_element().is_some_and(|element| area.is_same_node(Some(&element))));
        if let Some(id) = shown {
            self.documents.changed(id);
            // Read while the text area is still here.
            self.documents.text(id);
        }
        self.monaco.set_value(Some(editor.clone()));
        self.show_in_monaco();
        if let Some(area) = focused {
            let start = area.selection_start().ok().flatten().unwrap_or(0);
            editor.select(start, area.selection_end().ok().flatten().unwrap_or(start));
            editor.focus();
        }
        self.has_monaco.set(true);
    }

    /// Tells Monaco which files with Lua there are.
    pub fn tell_files(self) {
        let Some(editor) = self.monaco.get_value() else { return };
        let (mut ids, mut paths, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        self.documents.with(|workspace| {
            for (id, path, document) in workspace.files().filter(|(_, path, _)| is_lua(path)) {
                ids.push(id.0);
                paths.push(path.to_string());
                texts.push(document.text().to_owned());
            }
        });
        editor.set_files(ids, paths, texts);
    }

    /// Monaco, if it is there.
    pub fn monaco(self) -> Option<monaco::Editor> {
        self.monaco.get_value()
    }

    /// Monaco, if it is there and the help with Lua answers.
    pub fn editor(self) -> Option<monaco::Editor> {
        self.monaco.get_value().filter(|_| self.help.get_untracked().is_there())
    }

    /// Does something with Monaco, if it is there.
    pub fn with_editor(self, action: impl FnOnce(&monaco::Editor)) {
        if let Some(editor) = self.monaco.get_value() {
            action(&editor);
        }
    }
}

/// The first line of the selection in a text area, from 1, and its text.
fn selection_of(area: &web_sys::HtmlTextAreaElement) -> Option<(u32, String)> {
    let (start, end) = (area.selection_start().ok()??, area.selection_end().ok()??);
    let text = js_sys::JsString::from(area.value());
    let before = String::from(text.slice(0, start));
    Some((before.matches('\n').count() as u32 + 1, text.slice(start, end).into()))
}

/// What Monaco takes the text for. It knows no other language before the first edit.
fn language(path: &SourcePath) -> &'static str {
    if is_lua(path) { "lua" } else { "plaintext" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_of_the_extension() {
        let language = |path| language(&SourcePath::parse(path).expect(path));
        assert_eq!([language("a/b.lua"), language("lua"), language("b.json")], ["lua", "plaintext", "plaintext"]);
    }
}
