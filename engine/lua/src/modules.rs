//! Which files the modules of a VM are made of. Knows names and contents; the modules themselves are in Lua's registry
//! (`c/modules.h`).

use std::ffi::{CStr, c_char};
use std::rc::Rc;

use crate::files::{Content, place_of, with_files};

/// The most modules that are loaded inside each other: no more C calls fit into each other in Lua.
const MAX_DEPTH: usize = 250;

type Name = Rc<[u8]>;

/// What a module is made of.
#[derive(Default)]
struct Module {
    /// The path of its file, and what was in it. `None` if it is from no file.
    file: Option<(String, Option<Content>)>,
    /// The modules that it required while it was loaded.
    required: Vec<Name>,
}

impl Module {
    fn is_changed(&self, content: &impl Fn(&str) -> Option<Content>) -> bool {
        self.file.as_ref().is_some_and(|(path, old)| content(path) != *old)
    }
}

/// The modules that were loaded, and those that are being loaded.
#[derive(Default)]
pub struct Modules {
    loaded: Vec<(Name, Module)>,
    /// The innermost last. One that failed stays until the one around it has ended; nobody asks for it.
    loading: Vec<(Name, Module)>,
    /// What was required since [`Modules::take_required_files`] was called last.
    required: Vec<Name>,
}

impl Modules {
    /// All modules that are being loaded depend on this one. The call stack does not tell: a module may end by
    /// `return require "x"`, which leaves it.
    fn note_required(&mut self, name: &[u8]) {
        if !self.required.iter().any(|other| **other == *name) {
            self.required.push(name.into());
        }
        if !self.loading.is_empty() {
            let name = Name::from(name);
            for (_, module) in &mut self.loading {
                if !module.required.contains(&name) {
                    module.required.push(Rc::clone(&name));
                }
            }
        }
    }

    fn begin(&mut self, name: &[u8], file: Option<(String, Option<Content>)>) {
        self.loading.retain(|(other, _)| **other != *name);
        if self.loading.len() == MAX_DEPTH {
            self.loading.remove(0);
        }
        self.loading.push((name.into(), Module { file, ..Module::default() }));
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(at) = self.loading.iter().rposition(|(other, _)| **other == *name) {
            self.loading.truncate(at + 1);
            self.loaded.retain(|(other, _)| **other != *name);
            self.loaded.extend(self.loading.pop());
        }
    }

    /// The paths of the files of the modules that were required since this was called last, and of those that they
    /// required when they were loaded.
    pub fn take_required_files(&mut self) -> Vec<String> {
        let mut names = std::mem::take(&mut self.required);
        let mut files = Vec::new();
        let mut next = 0;
        while let Some(name) = names.get(next).cloned() {
            next += 1;
            let Some((_, module)) = self.loaded.iter().find(|(other, _)| *other == name) else { continue };
            files.extend(module.file.iter().map(|(path, _)| path.clone()));
            for required in &module.required {
                if !names.contains(required) {
                    names.push(Rc::clone(required));
                }
            }
        }
        files
    }

    /// Forgets the modules from files that are not what they were any more, or that depend on such, and returns their
    /// names.
    pub fn take_stale(&mut self, content: impl Fn(&str) -> Option<Content>) -> Vec<Name> {
        self.loading.clear();
        let is_changed = |(_, module): &&(Name, Module)| module.is_changed(&content);
        let mut stale: Vec<Name> = self.loaded.iter().filter(is_changed).map(|(name, _)| Rc::clone(name)).collect();
        loop {
            let depends = |(name, module): &&(Name, Module)| {
                !stale.contains(name) && module.required.iter().any(|required| stale.contains(required))
            };
            let more: Vec<Name> = self.loaded.iter().filter(depends).map(|(name, _)| Rc::clone(name)).collect();
            if more.is_empty() {
                break;
            }
            stale.extend(more);
        }
        let mut gone = Vec::new();
        self.loaded.retain(|(name, module)| {
            let is_kept = module.file.is_none() || !stale.contains(name);
            if !is_kept {
                gone.push(Rc::clone(name));
            }
            is_kept
        });
        gone
    }
}

/// The bytes of a name that C passes.
unsafe fn bytes<'a>(name: *const c_char) -> &'a [u8] {
    // SAFETY: the caller passes a string that ends with a NUL byte and stays while its result is used.
    unsafe { CStr::from_ptr(name) }.to_bytes()
}

/// `require` was called.
#[unsafe(no_mangle)]
unsafe extern "C" fn cu_note_required(name: *const c_char) {
    // SAFETY: Lua's string is on its stack.
    let name = unsafe { bytes(name) };
    with_files(|files| files.modules.borrow_mut().note_required(name));
}

/// A module begins to be loaded, from this file if it is from one.
#[unsafe(no_mangle)]
unsafe extern "C" fn cu_note_begun(name: *const c_char, file: *const c_char) {
    // SAFETY: Lua's strings are on its stack.
    let (name, file) = unsafe { (bytes(name), (!file.is_null()).then(|| bytes(file))) };
    with_files(|files| {
        let file = file.and_then(place_of).map(|path| (path.clone(), files.content(&path)));
        files.modules.borrow_mut().begin(name, file);
    });
}

/// A module was loaded.
#[unsafe(no_mangle)]
unsafe extern "C" fn cu_note_loaded(name: *const c_char) {
    // SAFETY: Lua's string is on its stack.
    let name = unsafe { bytes(name) };
    with_files(|files| files.modules.borrow_mut().end(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Option<Content> {
        Some(Rc::new(text.into()))
    }

    fn load(modules: &mut Modules, name: &str, file: Option<&str>, inside: impl FnOnce(&mut Modules)) {
        modules.note_required(name.as_bytes());
        modules.begin(name.as_bytes(), file.map(|path| (path.to_owned(), content("old"))));
        inside(modules);
        modules.end(name.as_bytes());
    }

    fn stale(modules: &mut Modules, changed: &str) -> String {
        let mut stale = modules.take_stale(|path| content(if path == changed { "new" } else { "old" }));
        stale.sort();
        stale.iter().map(|name| String::from_utf8_lossy(name)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_module_depends_on_what_it_required() {
        let mut modules = Modules::default();
        load(&mut modules, "a", Some("a.lua"), |modules| {
            load(modules, "b", Some("b.lua"), |modules| load(modules, "c", Some("c.lua"), |_| {}));
        });
        load(&mut modules, "d", Some("d.lua"), |modules| modules.note_required(b"b"));
        load(&mut modules, "e", Some("e.lua"), |_| {});
        assert_eq!(stale(&mut modules, ""), "");
        assert_eq!(stale(&mut modules, "c.lua"), "a b c d");
        assert_eq!(stale(&mut modules, "c.lua"), "");
        assert_eq!(stale(&mut modules, "e.lua"), "e");
    }

    #[test]
    fn a_module_uses_the_files_of_what_it_required() {
        let mut modules = Modules::default();
        load(&mut modules, "a", Some("a.lua"), |modules| load(modules, "b", Some("b.lua"), |_| {}));
        load(&mut modules, "c", Some("c.lua"), |_| {});
        assert_eq!(modules.take_required_files(), ["a.lua", "b.lua", "c.lua"]);
        modules.note_required(b"a");
        modules.note_required(b"nothing");
        assert_eq!(modules.take_required_files(), ["a.lua", "b.lua"]);
        assert!(modules.take_required_files().is_empty());
    }

    #[test]
    fn what_comes_after_a_failed_module_belongs_to_the_one_around_it() {
        let mut modules = Modules::default();
        load(&mut modules, "a", Some("a.lua"), |modules| {
            modules.note_required(b"optional");
            modules.begin(b"optional", None);
            load(modules, "b", Some("b.lua"), |_| {});
        });
        assert_eq!(stale(&mut modules, "b.lua"), "a b");
    }

    #[test]
    fn a_module_from_no_file_stays_and_passes_changes_on() {
        let mut modules = Modules::default();
        load(&mut modules, "a", Some("a.lua"), |modules| {
            load(modules, "preloaded", None, |modules| load(modules, "b", Some("b.lua"), |_| {}));
        });
        assert_eq!(stale(&mut modules, "b.lua"), "a b");
    }
}
