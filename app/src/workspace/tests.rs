use std::collections::BTreeMap;

use super::*;

/// What the store does: see `app/js/documents.js`.
#[derive(Clone, Debug, Default)]
pub struct Store(BTreeMap<String, Stored>);

type Found = Vec<(String, Option<Stored>)>;

impl Store {
    fn exchange(&mut self, changes: &[StoreChange]) -> Result<(), Found> {
        let found: Found =
            changes.iter().map(|change| (change.key.clone(), self.0.get(&change.key).cloned())).collect();
        let is_unseen = |(change, (_, stored)): (&StoreChange, &(_, Option<Stored>))| {
            stored.as_ref().is_some_and(|stored| change.seen.as_ref() != Some(&stored.stamp))
        };
        if changes.iter().zip(&found).any(is_unseen) {
            return Err(found);
        }
        for change in changes {
            match &change.put {
                Some(stored) => drop(self.0.insert(change.key.clone(), stored.clone())),
                None => drop(self.0.remove(&change.key)),
            }
        }
        Ok(())
    }

    fn all(&self) -> Vec<Stored> {
        self.0.values().cloned().collect()
    }

    fn text(&self, key: &str) -> &str {
        self.0.get(key).map_or("", |stored| &stored.text)
    }

    fn asides(&self) -> Vec<&str> {
        self.0.values().filter(|stored| stored.is_aside).map(|stored| stored.text.as_str()).collect()
    }
}

/// A tab, and what the store answered that it did not hear yet.
#[derive(Debug)]
pub struct Tab {
    workspace: Workspace,
    answer: Option<(Vec<Pending>, Result<(), Found>)>,
}

impl Tab {
    fn open(name: &str, store: &Store, copies: Vec<(String, Stored)>) -> Tab {
        Tab { workspace: Workspace::open(name.to_owned(), store.all(), copies, "example"), answer: None }
    }

    fn new(name: &str, store: &Store) -> Tab {
        Tab::open(name, store, Vec::new())
    }

    fn id(&self, path: &str) -> DocumentId {
        self.workspace.find(&self::path(path)).expect(path)
    }

    fn text(&self) -> &str {
        self.workspace.document(self.workspace.shown()).expect("a file").text()
    }

    fn shown(&mut self) -> &mut Document {
        self.workspace.document_mut(self.workspace.shown()).expect("a file")
    }

    fn notice(&self) -> Option<Notice> {
        self.workspace.document(self.workspace.shown()).expect("a file").notice()
    }

    /// Asks the store for the next change; the answer comes later.
    fn send(&mut self, store: &mut Store) -> bool {
        if self.answer.is_none() {
            let pending = self.workspace.pending(3);
            if pending.is_empty() {
                return false;
            }
            let changes: Vec<_> = pending.iter().flat_map(|(_, changes)| changes.clone()).collect();
            let result = store.exchange(&changes);
            self.answer = Some((pending, result));
        }
        true
    }

    fn receive(&mut self) {
        match self.answer.take() {
            Some((pending, Ok(()))) => self.workspace.done(pending),
            Some((_, Err(found))) => drop(self.workspace.hear(found)),
            None => {}
        }
    }

    fn settle(&mut self, store: &mut Store) {
        for _ in 0..30 {
            if !self.send(store) {
                return;
            }
            self.receive();
        }
        panic!("it never ends: {:?}\n{store:?}", self.workspace);
    }

    /// What a tab does when it is shown again.
    fn hear_all(&mut self, store: &Store) {
        self.workspace.hear_all(store.all());
    }

    fn types(&mut self, text: &str, store: &mut Store) {
        self.shown().edit(text.to_owned());
        self.settle(store);
    }
}

pub fn path(text: &str) -> SourcePath {
    SourcePath::parse(text).expect(text)
}

#[test]
fn a_tab_that_changed_nothing_overwrites_nothing() {
    let mut store = Store::default();
    let mut early = Tab::new("early", &store);
    assert_eq!(early.text(), "example");
    early.settle(&mut store);
    assert!(store.0.is_empty());
    early.types("old", &mut store);
    let mut late = Tab::new("late", &store);
    assert_eq!(late.text(), "old");
    late.types("new", &mut store);
    early.settle(&mut store);
    early.hear_all(&store);
    assert_eq!((store.text("main.lua"), early.text()), ("new", "new"));
    assert_eq!(early.notice(), None);
}

#[test]
fn where_two_tabs_changed_a_text_both_are_kept() {
    let mut store = Store::default();
    let (mut one, mut other) = (Tab::new("one", &store), Tab::new("other", &store));
    other.types("of the other", &mut store);
    one.types("of one", &mut store);
    assert_eq!(one.notice(), Some(Notice::Conflict));
    one.types("of one, more", &mut store);
    assert_eq!((store.text("main.lua"), store.asides()), ("of the other", vec!["of one, more"]));

    one.shown().prefer_own();
    one.settle(&mut store);
    assert_eq!((store.text("main.lua"), store.asides()), ("of one, more", vec![]));
    other.hear_all(&store);
    assert_eq!((other.text(), other.notice(), one.notice()), ("of one, more", None, None));
}

#[test]
fn the_other_text_can_be_preferred() {
    let mut store = Store::default();
    let (mut one, mut other) = (Tab::new("one", &store), Tab::new("other", &store));
    other.types("of the other", &mut store);
    one.types("of one", &mut store);
    one.shown().prefer_other();
    one.settle(&mut store);
    assert_eq!((one.text(), one.notice(), store.asides()), ("of the other", None, vec![]));
}

#[test]
fn the_same_text_in_two_tabs_is_no_conflict() {
    let mut store = Store::default();
    let (mut one, mut other) = (Tab::new("one", &store), Tab::new("other", &store));
    other.types("same", &mut store);
    one.types("same", &mut store);
    assert_eq!(one.notice(), None);
    one.types("then more", &mut store);
    assert_eq!(store.text("main.lua"), "then more");
    other.types("not the same", &mut store);
    assert_eq!(other.notice(), Some(Notice::Conflict));
    other.types("then more", &mut store);
    assert_eq!((other.notice(), store.asides()), (None, vec![]));
}

#[test]
fn a_text_set_aside_is_told_of_and_can_be_exchanged() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    tab.types("before", &mut store);
    tab.shown().asides.want("old".into(), Some("before".into()));
    tab.types("after", &mut store);
    assert_eq!(tab.notice(), Some(Notice::Aside("old".into())));
    tab.shown().swap("old", "older".into());
    tab.settle(&mut store);
    assert_eq!((tab.text(), store.text("main.lua"), store.asides()), ("before", "before", vec!["after"]));
    let mut later = Tab::new("later", &store);
    assert_eq!(later.notice(), Some(Notice::Aside("older".into())));
    later.shown().asides.want("older".into(), None);
    later.settle(&mut store);
    assert_eq!((later.notice(), store.asides()), (None, vec![]));
}

#[test]
fn an_exchange_that_crosses_another_loses_neither_text() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    tab.types("shown", &mut store);
    tab.shown().asides.want("old".into(), Some("beside".into()));
    tab.settle(&mut store);
    let mut other = Tab::new("other", &store);
    other.types("newer", &mut store);
    tab.shown().swap("old", "fresh".into());
    tab.settle(&mut store);
    assert_eq!((tab.notice(), store.text("main.lua")), (Some(Notice::Conflict), "newer"));
    assert_eq!(store.asides(), ["shown", "beside"]);
}

#[test]
fn a_store_that_was_emptied_is_filled_again_by_what_is_typed() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    tab.types("first", &mut store);
    store.0.clear();
    tab.hear_all(&store);
    assert_eq!(tab.text(), "first");
    tab.types("second", &mut store);
    assert_eq!(store.0["main.lua"].stamp.revision, 2);
}

#[test]
fn what_could_not_be_stored_is_taken_over_by_the_next_tab() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    tab.types("stored", &mut store);
    tab.shown().edit("typed last".into());
    let copies: Vec<_> = tab.workspace.unsaved().into_iter().map(|copy| ("tab".to_owned(), copy)).collect();
    let mut later = Tab::open("later", &store, copies.clone());
    assert_eq!((later.text(), later.notice()), ("typed last", None));
    later.settle(&mut store);
    // The browser may have stored it after all, or another tab something else.
    let mut again = Tab::open("again", &store, copies.clone());
    again.settle(&mut store);
    assert_eq!((again.text(), again.notice()), ("typed last", None));
    again.types("newer", &mut store);
    let mut last = Tab::open("last", &store, copies);
    last.settle(&mut store);
    assert_eq!((last.text(), last.notice()), ("newer", Some(Notice::Aside("tab".into()))));
    assert_eq!(store.asides(), ["typed last"]);
}

#[test]
fn the_texts_of_the_version_before_are_taken_over() {
    let mut store = Store::default();
    let copy = |path: &str, text: &str| Stored { path: path.into(), text: text.into(), ..Stored::default() };
    let copies = vec![
        ("before".to_owned(), copy("main.lua", "of before")),
        ("aside".to_owned(), copy("main.lua", "kept aside")),
        ("before".to_owned(), copy(INPUT, "[1]")),
    ];
    let mut tab = Tab::open("tab", &store, copies);
    tab.settle(&mut store);
    assert_eq!((tab.text(), tab.notice()), ("of before", Some(Notice::Aside("aside".into()))));
    assert_eq!((store.text("main.lua"), store.text(INPUT), store.asides()), ("of before", "[1]", vec!["kept aside"]));
}

#[test]
fn a_text_that_is_too_large_is_not_stored_and_says_so() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    let input = tab.workspace.document_mut(Workspace::INPUT_ID).expect("the input");
    input.edit(" ".repeat(MAX_INPUT_BYTES + 1));
    tab.settle(&mut store);
    assert_eq!(tab.workspace.notices(), [(Workspace::INPUT_ID, Notice::TooLarge)]);
    assert!(store.0.is_empty());
}

#[test]
fn a_file_is_made_renamed_and_deleted_in_all_tabs() {
    let mut store = Store::default();
    let (mut one, mut other) = (Tab::new("one", &store), Tab::new("other", &store));
    let id = one.workspace.create(&path("lib/a.lua"), String::new()).expect("a free name");
    assert_eq!(one.workspace.create(&path("LIB"), String::new()), Err(NameError::IsFolder(path("lib/a.lua"))));
    one.settle(&mut store);
    other.hear_all(&store);
    assert_eq!(other.workspace.paths(), [path("main.lua"), path("lib/a.lua")]);

    one.workspace.rename(id, &path("b.lua")).expect("a free name");
    one.workspace.show(id);
    one.types("text", &mut store);
    assert_eq!(store.0.keys().collect::<Vec<_>>(), ["b.lua", "main.lua"], "the example is one of several");
    other.hear_all(&store);
    assert_eq!(other.workspace.paths(), [path("main.lua"), path("b.lua")]);
    other.workspace.show(other.id("b.lua"));

    one.workspace.remove(&[id]).expect("there is another");
    one.settle(&mut store);
    assert_eq!((store.0.len(), one.text()), (1, "example"));
    other.workspace.hear(vec![("b.lua".into(), None)]);
    assert_eq!(other.workspace.paths(), [path("main.lua")]);
    assert_eq!(other.text(), "example");
    let only = other.workspace.shown();
    assert_eq!(other.workspace.remove(&[only]).map(drop), Err(NameError::OnlyFile));
}

#[test]
fn a_file_that_another_tab_changed_is_not_deleted_unseen() {
    let mut store = Store::default();
    let mut one = Tab::new("one", &store);
    one.types("old", &mut store);
    one.workspace.create(&path("a.lua"), String::new()).expect("a free name");
    let mut other = Tab::new("other", &store);
    other.types("new", &mut store);
    one.workspace.remove(&[one.id("main.lua")]).expect("there is another");
    one.settle(&mut store);
    assert_eq!(store.text("main.lua"), "new");
    assert_eq!(one.workspace.document(one.id("main.lua")).map(Document::text), Some("new"));
}

#[test]
fn a_rename_and_a_change_in_another_tab_come_together() {
    let mut store = Store::default();
    let mut one = Tab::new("one", &store);
    one.types("old", &mut store);
    let mut other = Tab::new("other", &store);
    other.types("new", &mut store);
    one.workspace.rename(one.workspace.shown(), &path("Program.lua")).expect("a free name");
    one.settle(&mut store);
    assert_eq!((store.text("program.lua"), store.0.len()), ("new", 1));
    assert_eq!((one.text(), one.notice()), ("new", None));
    one.workspace.rename(one.workspace.shown(), &path("program.lua")).expect("only its case changes");
    one.settle(&mut store);
    assert_eq!(store.0["program.lua"].path, "program.lua");
}

#[test]
fn a_name_that_another_tab_took_gives_way() {
    let mut store = Store::default();
    let (mut one, mut other) = (Tab::new("one", &store), Tab::new("other", &store));
    one.types("of one", &mut store);
    other.workspace.create(&path("a.lua"), "of the other".into()).expect("a free name");
    other.settle(&mut store);
    one.workspace.rename(one.workspace.shown(), &path("A.lua")).expect("a free name");
    one.settle(&mut store);
    assert_eq!((store.text("a.lua"), store.text("a-2.lua")), ("of the other", "of one"));
    assert_eq!(one.workspace.paths(), [path("A-2.lua"), path("a.lua")]);
}

#[test]
fn files_are_open_and_one_is_shown() {
    let store = Store::default();
    let mut workspace = Tab::new("tab", &store).workspace;
    let main = workspace.shown();
    let a = workspace.create(&path("a"), String::new()).expect("a free name");
    let b = workspace.create(&path("b"), String::new()).expect("a free name");
    assert_eq!(workspace.open_files(), [main]);
    workspace.show(a);
    workspace.show(b);
    workspace.show(a);
    assert_eq!((workspace.open_files(), workspace.shown()), (&[main, a, b][..], a));
    workspace.close(a);
    assert_eq!((workspace.open_files(), workspace.shown()), (&[main, b][..], b));
    workspace.close(b);
    workspace.close(main);
    assert_eq!((workspace.open_files(), workspace.shown()), (&[main][..], main));
    workspace.remove(&[main]).expect("there are others");
    assert_eq!((workspace.open_files(), workspace.shown()), (&[a][..], a));
    workspace.show(Workspace::INPUT_ID);
    assert_eq!(workspace.shown(), a);
}

#[test]
fn tabs_are_moved_and_gone_round() {
    let mut workspace = Tab::new("tab", &Store::default()).workspace;
    let main = workspace.shown();
    let [a, b] = ["a", "b"].map(|name| workspace.create(&path(name), String::new()).expect("a free name"));
    workspace.show(a);
    workspace.show(b);
    assert_eq!((workspace.neighbour(1), workspace.neighbour(-1)), (main, a));
    workspace.move_tab(b, 0);
    assert_eq!(workspace.open_files(), [b, main, a]);
    assert_eq!((workspace.neighbour(1), workspace.neighbour(-1)), (main, a));
    workspace.move_tab(b, 9);
    assert_eq!(workspace.open_files(), [main, a, b]);
}

#[test]
fn the_next_visit_opens_the_files_that_are_still_there() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    for name in ["a", "lib/b", "c"] {
        let id = tab.workspace.create(&path(name), name.into()).expect("a free name");
        tab.workspace.show(id);
    }
    tab.settle(&mut store);
    tab.workspace.remove(&[tab.id("a")]).expect("there are others");
    tab.settle(&mut store);
    let mut later = Tab::new("later", &store).workspace;
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let open = |workspace: &Workspace| {
        workspace.open_files().iter().filter_map(|id| workspace.path(*id)).map(String::from).collect::<Vec<_>>()
    };
    later.reopen(&names(&["lib/b", "a", "c", "lib/b"]));
    assert_eq!(open(&later), ["c", "lib/b"]);
    assert_eq!(later.path(later.shown()), Some(path("lib/b")));
    later.reopen(&names(&["gone", "gone"]));
    later.reopen(&[]);
    assert_eq!(open(&later), ["c", "lib/b"]);
    later.reopen(&names(&["gone", "c"]));
    assert_eq!((open(&later), later.path(later.shown())), (names(&["c"]), Some(path("c"))));
}

#[test]
fn what_was_deleted_is_brought_back_with_its_tabs_before_and_after_the_store_knows() {
    for is_settled in [false, true] {
        let mut store = Store::default();
        let mut tab = Tab::new("tab", &store);
        let [a, b] = ["lib/a", "lib/b"].map(|name| tab.workspace.create(&path(name), name.into()).expect("free"));
        tab.workspace.show(b);
        tab.workspace.document_mut(a).expect("it is there").asides.want("old".into(), Some("beside".into()));
        tab.settle(&mut store);
        let removed = tab.workspace.remove(&tab.workspace.files_in("lib")).expect("there is another");
        assert_eq!(removed.paths().collect::<Vec<_>>(), ["lib/a", "lib/b"]);
        assert_eq!(tab.workspace.paths(), [path("main.lua")]);
        if is_settled {
            tab.settle(&mut store);
            assert_eq!(store.0.len(), 1);
        } else {
            // The store is looked at while the deletion waits.
            tab.hear_all(&store);
        }
        let ids = tab.workspace.bring_back(removed);
        tab.hear_all(&store);
        tab.settle(&mut store);
        assert_eq!(store.0.keys().collect::<Vec<_>>(), ["lib/a", "lib/a\ntab 4 0", "lib/b", "main.lua"]);
        assert_eq!((tab.workspace.shown(), tab.workspace.open_files().len()), (ids[1], 2));
        assert_eq!(store.asides(), ["beside"]);
    }
}

#[test]
fn a_folder_is_renamed_as_a_whole_or_not_at_all() {
    let mut workspace = Tab::new("tab", &Store::default()).workspace;
    for name in ["lib/a", "LIB/deep/b", "library", "data"] {
        workspace.create(&path(name), String::new()).expect("a free name");
    }
    assert_eq!(workspace.rename_folder("lib", &path("data")), Err(NameError::FolderIsFile(path("data"))));
    assert_eq!(workspace.rename_folder("lib", &path("Lib/inner")), Ok(()));
    assert_eq!(workspace.paths(), ["main.lua", "Lib/inner/a", "Lib/inner/deep/b", "library", "data"].map(path));
}

#[test]
fn a_run_runs_the_main_file_under_whatever_name_or_the_shown_one() {
    let mut workspace = Tab::new("tab", &Store::default()).workspace;
    let first = workspace.shown();
    let other = workspace.create(&path("a.lua"), String::new()).expect("a free name");
    workspace.mark_main(Some(path("a.lua")));
    assert_eq!((workspace.shown(), workspace.program()), (first, Some(other)));
    workspace.rename(other, &path("b.lua")).expect("a free name");
    assert_eq!((workspace.program(), workspace.main_path()), (Some(other), Some(&path("b.lua"))));
    let removed = workspace.remove(&[other]).expect("there is another");
    assert_eq!(workspace.program(), Some(first));
    let back = workspace.bring_back(removed);
    assert_eq!(workspace.program(), Some(back[0]));
    workspace.mark_main(None);
    let data = workspace.create(&path("data.csv"), String::new()).expect("a free name");
    workspace.show(data);
    assert_eq!(workspace.program(), Some(first), "data is not run");
}

#[cfg(not(target_arch = "wasm32"))]
#[path = "sequences_tests.rs"]
mod sequences;

#[test]
fn new_texts_are_stored_together_and_all_else_one_by_one() {
    let mut store = Store::default();
    let mut tab = Tab::new("tab", &store);
    for name in ["a", "b", "c"] {
        tab.workspace.create(&path(name), name.to_owned()).expect("a free name");
    }
    assert_eq!([2, 9].map(|most| tab.workspace.pending(most).len()), [2, 4]);
    tab.settle(&mut store);
    let (a, b) = (tab.id("a"), tab.id("b"));
    tab.workspace.rename(b, &path("d")).expect("a free name");
    tab.workspace.document_mut(a).expect("a file").edit("new".into());
    tab.workspace.document_mut(tab.id("c")).expect("a file").edit("new".into());
    let ids = |tab: &Tab| tab.workspace.pending(9).iter().map(|(id, _)| *id).collect::<Vec<_>>();
    assert_eq!(ids(&tab), [a]);
    tab.send(&mut store);
    tab.receive();
    assert_eq!(ids(&tab), [b]);
    tab.settle(&mut store);
    assert_eq!(["a", "c", "d"].map(|key| store.text(key)), ["new", "new", "b"]);
}
