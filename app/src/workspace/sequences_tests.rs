//! Whatever happens in two tabs, and in whatever order: nothing that was typed is lost unless a person drops it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
enum Act {
    /// Adds a word to the shown text.
    Type,
    /// Asks the store for the next change.
    Send,
    /// Hears what it answered.
    Receive,
    /// Looks at everything that is stored.
    HearAll,
    /// Shows the next file, or the input.
    ShowNext,
    Create(u8),
    Rename(u8),
    Remove,
    /// Brings back what this tab deleted last.
    BringBack,
    PreferOwn,
    PreferOther,
    Swap,
    DropAside,
    /// Leaves the page in good order and opens it again.
    Reopen,
    /// Ends the page at once and opens it again.
    Crash,
    /// Deletes all that is stored.
    Empty,
}

fn acts() -> impl Strategy<Value = Vec<(bool, Act)>> {
    let act = prop_oneof![
        6 => Just(Act::Type),
        6 => Just(Act::Send),
        6 => Just(Act::Receive),
        3 => Just(Act::HearAll),
        2 => Just(Act::ShowNext),
        2 => (0..4u8).prop_map(Act::Create),
        2 => (0..4u8).prop_map(Act::Rename),
        1 => Just(Act::Remove),
        1 => Just(Act::BringBack),
        1 => Just(Act::PreferOwn),
        1 => Just(Act::PreferOther),
        1 => Just(Act::Swap),
        1 => Just(Act::DropAside),
        1 => Just(Act::Reopen),
        1 => Just(Act::Crash),
        1 => Just(Act::Empty),
    ];
    prop::collection::vec((any::<bool>(), act), 0..80)
}

const NAMES: [&str; 4] = ["a.lua", "A.lua", "a.lua/b", "c"];

/// Two tabs over one store. Every word is typed once.
struct World {
    store: Store,
    tabs: [Tab; 2],
    /// The one that each tab types in, which may be the input.
    targets: [DocumentId; 2],
    words: usize,
    typed: BTreeSet<String>,
    removed: [Option<Removed>; 2],
    names: usize,
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned)
}

/// All words in something.
fn all_in(something: &impl std::fmt::Debug) -> String {
    format!("{something:?}").replace(|c: char| !c.is_alphanumeric(), " ")
}

fn is_typed(word: &str) -> bool {
    word.strip_prefix('w').is_some_and(|number| number.parse::<usize>().is_ok())
}

impl World {
    fn new() -> World {
        let store = Store::default();
        let tabs = ["one", "two"].map(|name| Tab::new(name, &store));
        let targets = [tabs[0].workspace.shown(), tabs[1].workspace.shown()];
        World { store, tabs, targets, words: 0, typed: BTreeSet::new(), removed: [None, None], names: 0 }
    }

    fn fresh(&mut self) -> String {
        self.names += 1;
        format!("tab {}", self.names)
    }

    /// A person, or the end of the browser, dropped these words.
    fn drop_words(&mut self, text: &str) {
        words_of(text).for_each(|word| {
            self.typed.remove(&word);
        });
    }

    fn document(&mut self, tab: usize) -> &mut Document {
        if self.tabs[tab].workspace.document(self.targets[tab]).is_none() {
            self.targets[tab] = self.tabs[tab].workspace.shown();
        }
        self.tabs[tab].workspace.document_mut(self.targets[tab]).expect("the shown file is there")
    }

    fn reopen(&mut self, tab: usize, copies: Vec<Stored>) {
        let name = self.fresh();
        let copies = copies.into_iter().enumerate().map(|(at, copy)| (format!("copy {at} of {name}"), copy)).collect();
        self.tabs[tab] = Tab::open(&name, &self.store, copies);
        self.removed[tab] = None;
    }

    fn act(&mut self, tab: usize, act: &Act) {
        let name = self.fresh();
        let document = self.document(tab);
        match act {
            Act::Type => {
                let text = document.text().to_owned();
                let word = format!("w{}", self.words);
                self.words += 1;
                self.document(tab).edit(format!("{text} {word}"));
                self.typed.insert(word);
            }
            Act::Send => drop(self.tabs[tab].send(&mut self.store)),
            Act::Receive => self.tabs[tab].receive(),
            Act::HearAll => {
                // The store answers in the order in which it is asked.
                self.tabs[tab].receive();
                self.tabs[tab].hear_all(&self.store);
            }
            Act::ShowNext => {
                let workspace = &mut self.tabs[tab].workspace;
                let at = workspace.documents.iter().position(|(id, _)| *id == self.targets[tab]).expect("it is there");
                self.targets[tab] = workspace.documents[(at + 1) % workspace.documents.len()].0;
                workspace.show(self.targets[tab]);
            }
            Act::Create(name) => {
                // A name that is taken is refused.
                let _ = self.tabs[tab].workspace.create(&path(NAMES[usize::from(*name)]), String::new());
            }
            Act::Rename(name) => {
                if self.targets[tab] != Workspace::INPUT_ID {
                    let _ = self.tabs[tab].workspace.rename(self.targets[tab], &path(NAMES[usize::from(*name)]));
                }
            }
            Act::Remove => {
                let all = all_in(document);
                if self.targets[tab] != Workspace::INPUT_ID
                    && let Ok(removed) = self.tabs[tab].workspace.remove(&[self.targets[tab]])
                {
                    self.drop_words(&all);
                    self.removed[tab] = Some(removed);
                }
            }
            Act::BringBack => {
                if let Some(removed) = self.removed[tab].take() {
                    self.typed.extend(words_of(&all_in(&removed)).filter(|word| is_typed(word)));
                    self.tabs[tab].workspace.bring_back(removed);
                }
            }
            Act::PreferOwn => {
                let rival = document.rival.clone().unwrap_or_default().text;
                document.prefer_own();
                self.drop_words(&rival);
            }
            Act::PreferOther => {
                if document.rival.is_some() {
                    let own = document.text().to_owned();
                    document.prefer_other();
                    self.drop_words(&own);
                }
            }
            Act::Swap => {
                if let Some(Notice::Aside(owner)) = document.notice() {
                    document.swap(&owner, name);
                }
            }
            Act::DropAside => {
                if let Some(Notice::Aside(owner)) = document.notice() {
                    let text = document
                        .asides
                        .known()
                        .iter()
                        .find(|one| one.stamp.tab == owner)
                        .expect("a notice names one that is stored")
                        .text
                        .clone();
                    document.asides.want(owner, None);
                    self.drop_words(&text);
                }
            }
            Act::Reopen => {
                let copies = self.tabs[tab].workspace.unsaved();
                self.reopen(tab, copies);
            }
            Act::Crash => {
                for lost in self.tabs[tab].workspace.unsaved() {
                    self.drop_words(&lost.text);
                }
                self.reopen(tab, Vec::new());
            }
            Act::Empty => {
                for stored in std::mem::take(&mut self.store.0).into_values() {
                    self.drop_words(&stored.text);
                }
            }
        }
        self.check_names(tab);
    }

    fn check_names(&self, tab: usize) {
        let workspace = &self.tabs[tab].workspace;
        let mut keys: Vec<_> =
            workspace.documents.iter().map(|(_, document)| document.path.to_ascii_lowercase()).collect();
        keys.sort();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count, "two files have one name: {keys:?}");
        assert!(workspace.path(workspace.shown()).is_some(), "the shown file is there");
        assert!(workspace.open_files().contains(&workspace.shown()), "the shown file is open");
    }

    /// Lets both tabs end what they are at, and looks for the words.
    fn end(&mut self) {
        for _ in 0..2 {
            for tab in &mut self.tabs {
                tab.receive();
                tab.settle(&mut self.store);
            }
        }
        let kept: BTreeSet<String> = self.store.0.values().flat_map(|stored| words_of(&stored.text)).collect();
        let lost: Vec<_> = self.typed.difference(&kept).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        // A tab that is opened now shows all of it.
        let next = Tab::new("next", &self.store).workspace;
        let shown = |document: &Document| {
            let asides = document.asides.known().iter().map(|aside| aside.text.clone());
            asides.chain([document.text().to_owned()]).collect::<Vec<_>>().join(" ")
        };
        let all: Vec<_> = next.documents.iter().map(|(_, document)| shown(document)).collect();
        let seen: BTreeSet<String> = all.iter().flat_map(|text| words_of(text)).collect();
        assert!(self.typed.is_subset(&seen), "not shown: {:?}", self.typed.difference(&seen).collect::<Vec<_>>());
    }
}

proptest! {
    #[test]
    fn nothing_typed_is_lost(acts in acts()) {
        let mut world = World::new();
        for (is_second, act) in &acts {
            world.act(usize::from(*is_second), act);
        }
        world.end();
    }
}
