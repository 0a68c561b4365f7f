//! The program in the editor. Monaco, or the text area shown before it has loaded, owns the text;
//! this handle reads and sets it, and has it kept for the next visit.

use leptos::{html, prelude::*};
use wire::SourcePath;

use crate::{kept_text::KeptText, monaco, preferences::Preference};

/// A program to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// What stays under `_home`. A first visit finds it in the editor.
    Home,
    /// What goes in and out under `_io`.
    Input,
}

impl Example {
    /// All of them.
    pub const ALL: [Example; 2] = [Example::Home, Example::Input];

    /// Its text.
    pub fn program(self) -> &'static str {
        match self {
            Example::Home => include_str!("examples/home.lua"),
            Example::Input => include_str!("examples/input.lua"),
        }
    }

    /// The JSON that it reads, if it reads some.
    pub fn input(self) -> Option<&'static str> {
        match self {
            Example::Home => None,
            Example::Input => Some(include_str!("examples/input.json")),
        }
    }
}

/// The handle of the one program; copies are the same.
#[derive(Clone, Copy)]
pub struct Program {
    monaco: StoredValue<Option<monaco::Editor>, LocalStorage>,
    /// The text area that stands in for Monaco.
    pub plain: NodeRef<html::Textarea>,
    initial: StoredValue<String>,
    kept: KeptText,
    has_monaco: RwSignal<bool>,
}

impl Program {
    /// The remembered program, or the example.
    pub fn new() -> Self {
        let first = Example::Home.program();
        let (kept, text) = KeptText::open(Preference::Program, Preference::ProgramsAside, usize::MAX, first);
        let program = Program {
            monaco: StoredValue::new_local(None),
            plain: NodeRef::new(),
            initial: StoredValue::new(text),
            kept,
            has_monaco: RwSignal::new(false),
        };
        kept.connect(move || program.text(), move |text| program.replace(text));
        program
    }

    /// What the file is called in messages.
    pub fn path(self) -> SourcePath {
        SourcePath::main()
    }

    /// The text that the page opened with.
    pub fn initial_text(self) -> String {
        self.initial.get_value()
    }

    /// Whether Monaco has taken over.
    pub fn has_monaco(self) -> Signal<bool> {
        self.has_monaco.into()
    }

    /// The text.
    pub fn text(self) -> String {
        if let Some(editor) = self.monaco.get_value() {
            return editor.text();
        }
        self.plain.get_untracked().map_or_else(|| self.initial_text(), |area| area.value())
    }

    /// How the text is kept.
    pub fn kept(self) -> KeptText {
        self.kept
    }

    /// Replaces the text.
    pub fn set_text(self, text: &str) {
        self.replace(text);
        self.kept.settle();
    }

    fn replace(self, text: &str) {
        if let Some(editor) = self.monaco.get_value() {
            editor.set_text(text);
        } else if let Some(area) = self.plain.get_untracked() {
            area.set_value(text);
        } else {
            self.initial.set_value(text.to_owned());
        }
    }

    /// Shows a line, counted from 1, and puts the cursor there.
    pub fn reveal_line(self, line: u32) {
        self.with_editor(|editor| editor.reveal_line(line));
    }

    /// Marks the line of an error, or takes the mark away.
    pub fn mark_error(self, mark: Option<(u32, &str)>) {
        self.with_editor(|editor| match mark {
            Some((line, message)) => editor.mark_error(line, message),
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
            area.focus().ok();
        }
    }

    /// Hands the text over to Monaco, with selection and focus.
    pub fn attach(self, editor: monaco::Editor) {
        if let Some(area) = self.plain.get_untracked() {
            let start = area.selection_start().ok().flatten().unwrap_or(0);
            let end = area.selection_end().ok().flatten().unwrap_or(start);
            editor.select(start, end);
            let is_focused = document().active_element().is_some_and(|element| area.is_same_node(Some(&element)));
            if is_focused {
                editor.focus();
            }
        }
        self.monaco.set_value(Some(editor));
        self.has_monaco.set(true);
    }

    fn with_editor(self, action: impl FnOnce(&monaco::Editor)) {
        if let Some(editor) = self.monaco.get_value() {
            action(&editor);
        }
    }
}
