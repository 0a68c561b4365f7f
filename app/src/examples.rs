//! Programs to begin with.

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
