//! An editor with one file, and a cursor where `|` stands in its text.
#![allow(dead_code, reason = "each test file uses a part of it")]

use language::{Language, Message};
use serde_json::{Value, json};

pub const FILE: &str = "main.lua";

pub struct Editor {
    language: Language,
    line: usize,
    column: usize,
}

impl Editor {
    pub fn new(text: &str) -> Self {
        let mut editor = Editor { language: Language::new(), line: 1, column: 1 };
        editor.write(text);
        editor
    }

    pub fn send(&mut self, message: Value) -> Value {
        let message: Message = serde_json::from_value(message).expect("a message");
        self.language.handle(&message)
    }

    pub fn write(&mut self, text: &str) {
        let (before, after) = text.rsplit_once('|').unwrap_or((text, ""));
        self.line = before.matches('\n').count() + 1;
        self.column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() + 1;
        self.open(FILE, &format!("{before}{after}"));
    }

    pub fn open(&mut self, file: &str, text: &str) {
        self.send(json!({ "kind": "open", "file": file, "text": text }));
    }

    pub fn live(&mut self, definitions: &str) {
        self.send(json!({ "kind": "live", "text": definitions }));
    }

    /// Asks for something about the place of the cursor.
    pub fn at(&mut self, kind: &str) -> Value {
        self.send(json!({ "kind": kind, "file": FILE, "line": self.line, "column": self.column }))
    }

    /// What is offered, sorted.
    pub fn completions(&mut self) -> Vec<String> {
        let offered = self.at("completion");
        let suggestions = offered["suggestions"].as_array().into_iter().flatten();
        let mut names: Vec<_> =
            suggestions.filter_map(|suggestion| suggestion["label"]["label"].as_str()).map(str::to_owned).collect();
        names.sort();
        names
    }

    pub fn details(&mut self, name: &str) -> String {
        let offered = self.at("completion");
        let mut suggestions = offered["suggestions"].as_array().into_iter().flatten();
        let wanted = suggestions.find(|suggestion| suggestion["label"]["label"] == name).expect(name).clone();
        let details = self.send(json!({ "kind": "details", "file": FILE, "index": wanted["index"] }));
        details["documentation"]["value"].as_str().unwrap_or_default().to_owned()
    }

    pub fn hover(&mut self) -> String {
        self.at("hover")["contents"].to_string()
    }

    pub fn signature(&mut self) -> Value {
        self.at("signature")
    }

    pub fn rename(&mut self, name: &str) -> Value {
        self.send(json!({ "kind": "rename", "file": FILE, "line": self.line, "column": self.column, "name": name }))
    }

    /// The codes of what is wrong, with their lines.
    pub fn problems(&mut self) -> Vec<(u64, String)> {
        let found = self.send(json!({ "kind": "diagnostics", "file": FILE }));
        let problem = |one: &Value| {
            Some((one["startLineNumber"].as_u64()?, format!("{}: {}", one["code"].as_str()?, one["message"].as_str()?)))
        };
        found.as_array().into_iter().flatten().filter_map(problem).collect()
    }
}
