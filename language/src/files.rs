//! The files that the analysis knows, and in which order it must read those that require each other: it takes one file
//! at a time, and finds in it what it knows of others at that time.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::Text;

/// One file.
pub struct File {
    /// Its text.
    pub text: Text,
    /// Whether the parser alone may read it.
    pub is_parsed_only: bool,
    /// Whether a file that it requires has changed since it was read.
    is_stale: bool,
    /// The names of modules that it requires.
    requires: Vec<String>,
}

/// All files by their paths.
#[derive(Default)]
pub struct Files(BTreeMap<String, File>);

impl Files {
    /// A file.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }

    /// Takes a file, whose users are to be read again.
    pub fn insert(&mut self, path: &str, text: String, is_parsed_only: bool) {
        let requires = required(&text);
        let file = File { text: Text::new(text), is_parsed_only, is_stale: false, requires };
        self.0.insert(path.to_owned(), file);
        self.mark_users(path);
    }

    /// Forgets a file, whose users are to be read again.
    pub fn remove(&mut self, path: &str) {
        self.0.remove(path);
        self.mark_users(path);
    }

    fn mark_users(&mut self, path: &str) {
        let mut changed = vec![path.to_owned()];
        while let Some(module) = changed.pop() {
            for (user, file) in &mut self.0 {
                if user != path && !file.is_stale && file.requires.iter().any(|name| is_module(name, &module)) {
                    file.is_stale = true;
                    changed.push(user.clone());
                }
            }
        }
    }

    /// The files that are to be read again before something is asked about one, in this order. They count as read.
    pub fn take_stale(&mut self, path: &str) -> Vec<String> {
        let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
        self.visit(path, &mut seen, &mut order);
        order.retain(|path| self.0.get_mut(path).is_some_and(|file| std::mem::take(&mut file.is_stale)));
        order
    }

    /// Lists a file after those that it requires.
    fn visit(&self, path: &str, seen: &mut BTreeSet<String>, order: &mut Vec<String>) {
        let Some(file) = self.0.get(path) else { return };
        if seen.insert(path.to_owned()) {
            for name in &file.requires {
                if let Some(module) = self.0.keys().find(|other| is_module(name, other)) {
                    self.visit(module, seen, order);
                }
            }
            order.push(path.to_owned());
        }
    }
}

/// Whether `require(name)` finds the file at this path.
fn is_module(name: &str, path: &str) -> bool {
    let folder = name.replace('.', "/");
    path.strip_prefix(&folder).is_some_and(|rest| rest == ".lua" || rest == "/init.lua")
}

/// The names in calls of `require`. One that is only in a comment does no harm.
fn required(text: &str) -> Vec<String> {
    let calls = text.match_indices("require").filter_map(|(at, word)| {
        let rest = text[at + word.len()..].trim_start_matches(['(', ' ', '\t']);
        let quote = rest.chars().next().filter(|first| ['"', '\''].contains(first))?;
        let (name, _) = rest[1..].split_once(quote)?;
        Some(name.to_owned())
    });
    calls.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_of_a_changed_file_are_read_again_after_what_they_require() {
        let mut files = Files::default();
        files.insert("main.lua", "local a = require('a')\nlocal b = require \"lib.b\"".to_owned(), false);
        files.insert("a.lua", "return require('lib.b')".to_owned(), false);
        files.insert("lib/b/init.lua", "return {}".to_owned(), false);
        assert_eq!(files.take_stale("main.lua"), ["a.lua", "main.lua"]);
        assert_eq!(files.take_stale("main.lua"), [""; 0]);
        files.insert("lib/b/init.lua", "return { x = 1 }".to_owned(), false);
        assert_eq!(files.take_stale("a.lua"), ["a.lua"]);
        assert_eq!(files.take_stale("main.lua"), ["main.lua"]);
    }

    #[test]
    fn files_that_require_each_other_are_read_once() {
        let mut files = Files::default();
        files.insert("a.lua", "require 'b'".to_owned(), false);
        files.insert("b.lua", "require 'a'".to_owned(), false);
        files.insert("a.lua", "require 'b' -- changed".to_owned(), false);
        assert_eq!(files.take_stale("a.lua"), ["b.lua"]);
    }
}
