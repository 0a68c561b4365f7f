use super::*;

/// A storage and what the tabs put into it.
#[derive(Default)]
struct Shared {
    stored: Option<Stored>,
    aside: Vec<SetAside>,
}

struct Tab {
    document: Document,
    text: String,
}

impl Tab {
    fn open(name: &str, shared: &Shared) -> Tab {
        let stored = shared.stored.clone().unwrap_or_default();
        Tab { text: stored.text.clone(), document: Document::open(name.to_owned(), stored) }
    }

    /// What a tab does when it hears of another one, when its timer ends, and when it is closed.
    fn settle(&mut self, shared: &mut Shared) -> Step {
        let step = self.document.compare(&self.text, shared.stored.clone());
        match step.clone() {
            Step::Nothing => {}
            Step::Write(stored) => {
                shared.stored = Some(stored.clone());
                self.document.agree_on(stored);
            }
            Step::Take(text) => self.text = text,
            Step::KeepBoth(text) => set_aside(&mut shared.aside, text),
        }
        step
    }

    fn types(&mut self, text: &str, shared: &mut Shared) -> Step {
        self.text = text.to_owned();
        self.settle(shared)
    }
}

fn stored_text(shared: &Shared) -> &str {
    shared.stored.as_ref().map_or("", |stored| &stored.text)
}

#[test]
fn a_tab_that_changed_nothing_overwrites_nothing_when_it_is_closed() {
    let mut shared = Shared::default();
    let mut early = Tab::open("early", &shared);
    assert!(matches!(early.types("old", &mut shared), Step::Write(_)));
    let mut late = Tab::open("late", &shared);
    assert_eq!(late.text, "old");
    assert!(matches!(late.types("new", &mut shared), Step::Write(_)));
    assert_eq!(early.settle(&mut shared), Step::Take("new".to_owned()));
    assert_eq!((stored_text(&shared), early.text.as_str()), ("new", "new"));
    assert_eq!(early.settle(&mut shared), Step::Nothing);
    assert!(shared.aside.is_empty());
}

#[test]
fn where_two_tabs_changed_the_text_both_are_kept() {
    let mut shared = Shared::default();
    let (mut one, mut other) = (Tab::open("one", &shared), Tab::open("other", &shared));
    other.types("of the other", &mut shared);
    assert!(matches!(one.types("of one", &mut shared), Step::KeepBoth(_)));
    assert!(matches!(one.types("of one, more", &mut shared), Step::KeepBoth(_)));
    assert!(one.document.is_in_conflict());
    assert_eq!(stored_text(&shared), "of the other");
    assert_eq!(shared.aside, [SetAside { tab: "one".into(), text: "of one, more".into() }]);

    one.document.prefer_own();
    assert!(matches!(one.settle(&mut shared), Step::Write(_)));
    assert_eq!(stored_text(&shared), "of one, more");
    assert_eq!(other.settle(&mut shared), Step::Take("of one, more".to_owned()));
}

#[test]
fn the_other_text_can_be_preferred() {
    let mut shared = Shared::default();
    let (mut one, mut other) = (Tab::open("one", &shared), Tab::open("other", &shared));
    other.types("of the other", &mut shared);
    one.types("of one", &mut shared);
    one.text = one.document.prefer_other().expect("a conflict");
    assert_eq!(one.text, "of the other");
    assert_eq!(one.settle(&mut shared), Step::Nothing);
    assert!(!one.document.is_in_conflict());
}

#[test]
fn the_same_text_in_two_tabs_is_no_conflict() {
    let mut shared = Shared::default();
    let (mut one, mut other) = (Tab::open("one", &shared), Tab::open("other", &shared));
    other.types("same", &mut shared);
    assert_eq!(one.types("same", &mut shared), Step::Nothing);
    assert!(matches!(one.types("then more", &mut shared), Step::Write(_)));
}

#[test]
fn a_write_that_crossed_another_one_is_not_lost() {
    let mut shared = Shared::default();
    let (mut one, mut other) = (Tab::open("one", &shared), Tab::open("other", &shared));
    one.types("of one", &mut shared);
    // The browser had not told the other tab yet.
    let crossing = Stored { text: "of the other".into(), revision: 1, tab: "other".into() };
    other.text.clone_from(&crossing.text);
    other.document.agree_on(crossing.clone());
    shared.stored = Some(crossing);
    assert!(matches!(one.settle(&mut shared), Step::KeepBoth(_)));
    assert_eq!(shared.aside[0].text, "of one");
    assert_eq!(other.settle(&mut shared), Step::Nothing);
}

#[test]
fn an_older_revision_is_not_taken_for_news() {
    let mut shared = Shared::default();
    let mut tab = Tab::open("tab", &shared);
    tab.types("first", &mut shared);
    let first = shared.stored.clone();
    tab.types("second", &mut shared);
    assert_eq!(tab.document.compare("second", first), Step::Nothing);
}

#[test]
fn a_storage_that_was_emptied_is_filled_again_by_what_is_typed() {
    let mut shared = Shared::default();
    let mut tab = Tab::open("tab", &shared);
    tab.types("first", &mut shared);
    shared.stored = None;
    assert!(matches!(tab.types("second", &mut shared), Step::Write(Stored { revision: 2, .. })));
}
