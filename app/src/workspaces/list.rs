//! The list of workspaces, as plain data.

use serde::{Deserialize, Serialize};

/// The longest name of a workspace, in characters.
const MAX_NAME: usize = 80;

/// Names a workspace, in databases and addresses: small letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkspaceId(String);

impl WorkspaceId {
    /// The one that every browser begins with, and that earlier versions had.
    pub fn main() -> Self {
        WorkspaceId("main".to_owned())
    }

    /// A new one, made of numbers that no other page has.
    pub fn new(millis: u64, random: u32) -> Self {
        WorkspaceId(format!("{millis:x}{random:08x}"))
    }

    /// Reads it. `None` if the text can be none.
    pub fn parse(text: &str) -> Option<Self> {
        let is_valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        ((1..=40).contains(&text.len()) && text.bytes().all(is_valid)).then(|| WorkspaceId(text.to_owned()))
    }

    /// The id as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What something that belongs to this workspace is called, where that of the first one is called `name`.
    pub fn name_for(&self, name: &str) -> String {
        if *self == WorkspaceId::main() { name.to_owned() } else { [name, ".", &self.0].concat() }
    }
}

/// What is to become of a workspace. `app/js/workspaces.js` reads it before the page's program is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The person wants it.
    #[default]
    Kept,
    /// It came with a link, and the person has not decided.
    Visited {
        /// Whether something was changed or run in it.
        is_touched: bool,
    },
    /// The person does not want it; what it holds is deleted when no tab shows it.
    Deleted,
}

/// A workspace, as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceEntry {
    /// Names it for the page.
    pub id: WorkspaceId,
    /// Names it for the person.
    pub name: String,
    /// When it was shown last, in milliseconds since 1970.
    #[serde(default)]
    pub opened: f64,
    /// What is to become of it.
    #[serde(default)]
    pub stage: Stage,
}

impl WorkspaceEntry {
    /// One that the person wants.
    pub fn new(id: WorkspaceId, name: &str, opened: f64) -> Self {
        WorkspaceEntry { id, name: tidy(name), opened, stage: Stage::Kept }
    }

    /// One that came with a link.
    pub fn visited(id: WorkspaceId, name: &str, opened: f64) -> Self {
        WorkspaceEntry { stage: Stage::Visited { is_touched: false }, ..WorkspaceEntry::new(id, name, opened) }
    }
}

/// A name without what makes no sense in one.
fn tidy(name: &str) -> String {
    let visible: String = name.trim().chars().filter(|character| !character.is_control()).take(MAX_NAME).collect();
    if visible.is_empty() { "Workspace".to_owned() } else { visible }
}

/// All workspaces. There is at least one that is not deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkspaceList(Vec<WorkspaceEntry>);

impl WorkspaceList {
    /// What is stored may be anything: without what can be no workspace, and with the first one where there is none.
    pub fn complete(mut self) -> Self {
        self.0.retain(|entry| WorkspaceId::parse(entry.id.as_str()).is_some());
        if self.0.iter().all(|entry| entry.stage == Stage::Deleted) {
            let main = WorkspaceId::main();
            self.0.retain(|entry| entry.id != main);
            self.0.push(WorkspaceEntry::new(main, "My workspace", 0.0));
        }
        self
    }

    /// All entries, in the order in which they were made.
    pub fn entries(&self) -> &[WorkspaceEntry] {
        &self.0
    }

    /// Those that are not deleted, the one that was shown last first.
    pub fn listed(&self) -> Vec<WorkspaceEntry> {
        let mut listed: Vec<WorkspaceEntry> = Vec::new();
        // They are few, and sorting would be kilobytes of code.
        for entry in self.0.iter().filter(|entry| entry.stage != Stage::Deleted) {
            let place = listed.partition_point(|other| other.opened >= entry.opened);
            listed.insert(place, entry.clone());
        }
        listed
    }

    /// A workspace.
    pub fn find(&self, id: &WorkspaceId) -> Option<&WorkspaceEntry> {
        self.0.iter().find(|entry| entry.id == *id)
    }

    fn find_mut(&mut self, id: &WorkspaceId) -> Option<&mut WorkspaceEntry> {
        self.0.iter_mut().find(|entry| entry.id == *id)
    }

    /// A name like the one that is wanted, and that none has.
    pub fn free_name(&self, wanted: &str) -> String {
        let wanted = tidy(wanted);
        let is_free = |name: &String| self.0.iter().all(|entry| entry.name != *name);
        let numbered = (2..).map(|number| format!("{wanted} {number}"));
        std::iter::once(wanted.clone()).chain(numbered).find(is_free).unwrap_or_default()
    }

    /// Adds one.
    pub fn add(&mut self, entry: WorkspaceEntry) {
        self.0.push(entry);
    }

    /// Gives one another name.
    pub fn rename(&mut self, id: &WorkspaceId, name: &str) {
        self.find_mut(id).into_iter().for_each(|entry| entry.name = tidy(name));
    }

    /// One is shown now.
    pub fn open(&mut self, id: &WorkspaceId, now: f64) {
        self.find_mut(id).into_iter().for_each(|entry| entry.opened = now);
    }

    /// The person wants one that came with a link, or that was deleted.
    pub fn keep(&mut self, id: &WorkspaceId) {
        self.find_mut(id).into_iter().for_each(|entry| entry.stage = Stage::Kept);
    }

    /// Something was changed or run in one.
    pub fn touch(&mut self, id: &WorkspaceId) {
        if let Some(WorkspaceEntry { stage: Stage::Visited { is_touched }, .. }) = self.find_mut(id) {
            *is_touched = true;
        }
    }

    /// The person does not want one. Returns which one is to be shown instead; `None`, if there is no other: then nothing
    /// is deleted.
    pub fn delete(&mut self, id: &WorkspaceId) -> Option<WorkspaceId> {
        let next = self.listed().into_iter().map(|entry| entry.id).find(|other| other != id)?;
        self.find_mut(id)?.stage = Stage::Deleted;
        Some(next)
    }

    /// What can be deleted for ever: what the person does not want, and visits that nobody touched since a time.
    pub fn unwanted(&self, current: &WorkspaceId, since: f64) -> Vec<WorkspaceId> {
        let is_unwanted = |entry: &&WorkspaceEntry| match entry.stage {
            Stage::Kept | Stage::Visited { is_touched: true } => false,
            Stage::Visited { is_touched: false } => entry.opened < since,
            Stage::Deleted => true,
        };
        self.0.iter().filter(is_unwanted).map(|entry| entry.id.clone()).filter(|id| id != current).collect()
    }

    /// What one held is gone.
    pub fn forget(&mut self, id: &WorkspaceId) {
        self.0.retain(|entry| entry.id != *id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> WorkspaceId {
        WorkspaceId::parse(text).expect(text)
    }

    fn list(names: &[&str]) -> WorkspaceList {
        let entry = |(at, name): (usize, &&str)| WorkspaceEntry::new(id(name), name, at as f64);
        WorkspaceList(names.iter().enumerate().map(entry).collect())
    }

    fn names(list: &WorkspaceList) -> Vec<String> {
        list.listed().into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn the_first_one_has_the_names_of_earlier_versions() {
        assert_eq!(WorkspaceId::main().name_for("cu"), "cu");
        assert_eq!(id("a1").name_for("cu"), "cu.a1");
        assert_eq!(WorkspaceId::new(255, 1).as_str(), "ff00000001");
    }

    #[test]
    fn only_small_letters_and_digits_are_an_id() {
        for text in ["", "A", "a.b", "a/b", "ä", "a b", &"a".repeat(41)] {
            assert_eq!(WorkspaceId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn there_is_always_one() {
        assert_eq!(names(&WorkspaceList::default().complete()), ["My workspace"]);
        let mut all = list(&["main", "b"]);
        assert_eq!(all.delete(&id("b")), Some(id("main")));
        assert_eq!(all.delete(&id("main")), None);
        assert_eq!(names(&all), ["main"]);
        all.0[0].stage = Stage::Deleted;
        assert_eq!(names(&all.complete()), ["My workspace"]);
    }

    #[test]
    fn what_can_be_none_is_left_out() {
        let stored = r#"[{"id":"../x","name":"bad"},{"id":"a","name":"good"}]"#;
        let read: WorkspaceList = serde_json::from_str(stored).expect("it is a list");
        assert_eq!(names(&read.complete()), ["good"]);
    }

    #[test]
    fn names_are_short_visible_and_free() {
        let mut all = list(&["a", "b"]);
        all.rename(&id("a"), " \u{7}x\n ");
        all.rename(&id("b"), &"y".repeat(200));
        assert_eq!(all.find(&id("a")).expect("it is there").name, "x");
        assert_eq!(all.find(&id("b")).expect("it is there").name.len(), MAX_NAME);
        assert_eq!(
            (all.free_name("x"), all.free_name("z"), all.free_name("  ")),
            ("x 2".into(), "z".into(), "Workspace".into())
        );
    }

    #[test]
    fn the_one_shown_last_is_first_and_the_next_after_a_deletion() {
        let mut all = list(&["a", "b", "c"]);
        all.open(&id("a"), 10.0);
        assert_eq!(names(&all), ["a", "c", "b"]);
        assert_eq!(all.delete(&id("a")), Some(id("c")));
        assert_eq!(names(&all), ["c", "b"]);
    }

    #[test]
    fn deleted_ones_and_untouched_visits_go_but_never_the_shown_one() {
        let mut all = list(&["main"]);
        for (name, opened) in [("old", 5.0), ("touched", 5.0), ("kept", 5.0), ("new", 50.0)] {
            all.add(WorkspaceEntry::visited(id(name), name, opened));
        }
        all.touch(&id("touched"));
        all.touch(&id("main"));
        all.keep(&id("kept"));
        all.delete(&id("main"));
        assert_eq!(all.unwanted(&id("new"), 10.0), [id("main"), id("old")]);
        assert_eq!(all.unwanted(&id("old"), 100.0), [id("main"), id("new")]);
        all.forget(&id("main"));
        assert_eq!(all.find(&id("main")), None);
    }
}
