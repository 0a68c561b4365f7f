//! The commands that change single values of `_home`.

/// Names a command that changes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditCommand {
    /// Ask for another value.
    Set,
    /// Ask for one more entry of a table.
    Add,
    /// Ask for another key.
    Rename,
    /// Remove it.
    Remove,
}

impl EditCommand {
    /// Every command, in the order of the list of keys.
    pub const ALL: [EditCommand; 4] = [EditCommand::Set, EditCommand::Add, EditCommand::Rename, EditCommand::Remove];

    /// Its name in stored settings, what lists say, and its keys; blank: none but those that every tree has.
    pub fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            EditCommand::Set => ("edit-value", "In the tree: edit this value", "E"),
            EditCommand::Add => ("add-entry", "In the tree: add an entry to this table", "A"),
            EditCommand::Rename => ("rename-key", "In the tree: rename the key of this value", "N"),
            EditCommand::Remove => ("remove-value", "In the tree: remove this value", ""),
        }
    }

    /// What the menu of a row says.
    pub fn label(self) -> &'static str {
        match self {
            EditCommand::Set => "Edit the value…",
            EditCommand::Add => "Add an entry…",
            EditCommand::Rename => "Rename the key…",
            EditCommand::Remove => "Remove",
        }
    }
}
