//! What a person can set: every setting with its section, its words, and how it is read and changed. Plain data, which
//! the dialog draws.

use crate::{
    format_style::FormatStyle,
    formats::lowercase,
    looks::{EditorChoice, Looks},
    settings::{Carried, Field},
    settings_file::AllSettings,
    theme::Theme,
};

/// A section of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Theme, fonts and sizes of the page.
    Appearance,
    /// How text in the editor looks and behaves.
    Editor,
    /// Keys of the editor and of commands.
    Keys,
    /// What a run may use, and what it finds.
    Running,
    /// What is kept, and how much room that takes.
    Storage,
    /// What is shared.
    Sharing,
    /// How programs are formatted.
    Formatting,
}

impl Section {
    /// All of them, in the order of the dialog.
    pub const ALL: [Section; 7] = [
        Section::Appearance,
        Section::Editor,
        Section::Keys,
        Section::Running,
        Section::Storage,
        Section::Sharing,
        Section::Formatting,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Section::Appearance => "Appearance",
            Section::Editor => "Editor",
            Section::Keys => "Keys",
            Section::Running => "Running",
            Section::Storage => "History and storage",
            Section::Sharing => "Sharing",
            Section::Formatting => "Formatting",
        }
    }

    /// The id of its heading.
    pub fn id(self) -> &'static str {
        match self {
            Section::Appearance => "settings-appearance",
            Section::Editor => "settings-editor",
            Section::Keys => "settings-keys",
            Section::Running => "settings-running",
            Section::Storage => "settings-storage",
            Section::Sharing => "settings-sharing",
            Section::Formatting => "settings-formatting",
        }
    }
}

/// How a setting is chosen.
#[derive(Clone, Copy)]
pub enum Control {
    /// It is on or off.
    Switch(fn(&mut AllSettings) -> &mut bool),
    /// One of several, each a number with a name.
    Choice {
        /// What there is to choose from.
        options: fn() -> Vec<(u32, String)>,
        /// The number of what is chosen.
        chosen: fn(&AllSettings) -> u32,
        /// Chooses.
        choose: fn(&mut AllSettings, u32),
    },
    /// A number is typed.
    Number(Field),
    /// How much storage is used, which is only shown.
    Storage,
    /// Leads to the keys of all commands.
    KeysOfCommands,
}

/// A setting.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The section that it is in.
    pub section: Section,
    /// The id of its control.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it means, where the label does not say all.
    pub meaning: &'static str,
    /// How it is chosen.
    pub control: Control,
}

impl Entry {
    /// Whether every word of what is searched for is in its words, or in its section's.
    pub fn fits(&self, searched: &str) -> bool {
        let words = lowercase(&[self.section.title(), self.label, self.meaning].join(" "));
        lowercase(searched).split_whitespace().all(|word| words.contains(word))
    }
}

/// All settings, in the order of the dialog.
pub fn entries() -> Vec<Entry> {
    [appearance(), editor(), keys(), running(), storage(), sharing(), formatting()].concat()
}

fn numbers(numbers: &[u32], unit: &str) -> Vec<(u32, String)> {
    numbers.iter().map(|number| (*number, [&number.to_string(), unit].concat())).collect()
}

fn two(off: &str, on: &str) -> Vec<(u32, String)> {
    vec![(0, off.to_owned()), (1, on.to_owned())]
}

/// The number of what is chosen in a list.
fn place<T: PartialEq>(all: &[T], chosen: &T) -> u32 {
    all.iter().position(|it| it == chosen).unwrap_or(0) as u32
}

fn appearance() -> Vec<Entry> {
    let entry = |id, label, meaning, control| Entry { section: Section::Appearance, id, label, meaning, control };
    vec![
        entry(
            "settings-theme",
            "Theme",
            "Light or dark. System: as the system says.",
            Control::Choice {
                options: || (0..).zip(Theme::ALL).map(|(at, theme)| (at, theme.name().to_owned())).collect(),
                chosen: |all| place(&Theme::ALL, &all.theme),
                choose: |all, at| all.theme = Theme::ALL.get(at as usize).copied().unwrap_or(Theme::System),
            },
        ),
        entry(
            "settings-text",
            "Size of all text",
            "",
            Control::Choice {
                options: || numbers(&Looks::TEXT_PERCENTS, " %"),
                chosen: |all| all.looks.text_percent,
                choose: |all, percent| all.looks.text_percent = percent,
            },
        ),
        entry(
            "settings-font",
            "Font of the page",
            "",
            Control::Choice {
                options: || two("Inter", "The system’s"),
                chosen: |all| all.looks.has_system_font.into(),
                choose: |all, at| all.looks.has_system_font = at == 1,
            },
        ),
        entry(
            "settings-code-font",
            "Font of code and values",
            "",
            Control::Choice {
                options: || two("JetBrains Mono", "The system’s"),
                chosen: |all| all.looks.has_system_code_font.into(),
                choose: |all, at| all.looks.has_system_code_font = at == 1,
            },
        ),
    ]
}

fn editor() -> Vec<Entry> {
    let entry = |id, label, meaning, control| Entry { section: Section::Editor, id, label, meaning, control };
    vec![
        entry(
            "settings-editor-choice",
            "Editor",
            "Automatic: the plain one on touch screens, Monaco elsewhere. Counts when the page is opened again.",
            Control::Choice {
                options: || (0..).zip(EditorChoice::ALL).map(|(at, (_, name))| (at, name.to_owned())).collect(),
                chosen: |all| EditorChoice::ALL.iter().position(|(it, _)| *it == all.looks.editor).unwrap_or(0) as u32,
                choose: |all, at| all.looks.editor = EditorChoice::ALL[at as usize % EditorChoice::ALL.len()].0,
            },
        ),
        entry(
            "settings-editor-size",
            "Font size in the editor (pixels)",
            "",
            Control::Choice {
                options: || numbers(&Looks::EDITOR_SIZES, ""),
                chosen: |all| all.looks.editor_size,
                choose: |all, size| all.looks.editor_size = size,
            },
        ),
        entry(
            "settings-tab-width",
            "Tab width (columns)",
            "How wide a tab is shown, and how far Tab indents in a new file.",
            Control::Choice {
                options: || numbers(&Looks::TAB_WIDTHS, ""),
                chosen: |all| all.looks.tab_width,
                choose: |all, width| all.looks.tab_width = width,
            },
        ),
        entry(
            "settings-wrap",
            "Wrap long lines",
            "They go on below, so that nothing scrolls sideways.",
            Control::Switch(|all| &mut all.looks.wraps),
        ),
        entry(
            "settings-minimap",
            "Show the minimap",
            "The whole program in small, beside the editor.",
            Control::Switch(|all| &mut all.looks.has_minimap),
        ),
        entry(
            "settings-hints",
            "Show names of parameters and types in the program",
            "",
            Control::Switch(|all| all.settings.hints_mut()),
        ),
    ]
}

fn keys() -> Vec<Entry> {
    let entry = |id, label, meaning, control| Entry { section: Section::Keys, id, label, meaning, control };
    vec![
        entry(
            "settings-editor-keys",
            "Keys in the editor",
            "Vim: normal, insert and visual mode. A line below the program says which.",
            Control::Choice {
                options: || two("Default", "Vim"),
                chosen: |all| all.looks.has_vim_keys.into(),
                choose: |all, at| all.looks.has_vim_keys = at == 1,
            },
        ),
        entry(
            "settings-tab-leaves",
            "Tab leaves the editor",
            "It goes to the next control, and does not indent. Where this is off, Ctrl+M lets it.",
            Control::Switch(|all| &mut all.looks.tab_leaves),
        ),
        entry(
            "settings-single-keys",
            "Single keys do something outside of text fields",
            "Such as ?, which lists all keys.",
            Control::Switch(|all| all.keys.single_keys_mut()),
        ),
        entry("settings-all-keys", "Shortcuts of commands", "", Control::KeysOfCommands),
    ]
}

fn running() -> Vec<Entry> {
    let mut entries = vec![
        number(Section::Running, Field::Memory, "settings-memory"),
        number(Section::Running, Field::Time, "settings-time"),
        number(Section::Running, Field::ConsoleLines, "settings-lines"),
    ];
    entries.push(Entry {
        section: Section::Running,
        id: "settings-previews",
        label: "Show at the prompt what a line would give",
        meaning: "It is tried in a copy of the state while you type. Nothing of that is kept.",
        control: Control::Switch(|all| all.settings.previews_mut()),
    });
    entries.push(Entry {
        section: Section::Running,
        id: "settings-alias",
        label: "Call _home Memory as well",
        meaning: "For programs of version 1.",
        control: Control::Switch(|all| all.settings.memory_alias_mut()),
    });
    entries
}

fn number(section: Section, field: Field, id: &'static str) -> Entry {
    Entry { section, id, label: field.label(), meaning: field.meaning(), control: Control::Number(field) }
}

fn storage() -> Vec<Entry> {
    let used = Entry {
        section: Section::Storage,
        id: "settings-used",
        label: "Storage used",
        meaning: "Whether the browser may delete it.",
        control: Control::Storage,
    };
    vec![
        used,
        number(Section::Storage, Field::Checkpoints, "settings-checkpoints"),
        number(Section::Storage, Field::CheckpointsInAll, "settings-checkpoints-in-all"),
    ]
}

fn sharing() -> Vec<Entry> {
    let shared = Entry {
        section: Section::Sharing,
        id: "settings-shared",
        label: "Shared at first",
        meaning: "What the form for sharing begins with.",
        control: Control::Choice {
            options: || (0..).zip(Carried::ALL).map(|(at, carried)| (at, carried.label().to_owned())).collect(),
            chosen: |all| place(&Carried::ALL, &all.settings.shared_first()),
            choose: |all, at| {
                all.settings.set_shared_first(Carried::ALL.get(at as usize).copied().unwrap_or_default());
            },
        },
    };
    vec![shared, number(Section::Sharing, Field::LinkLength, "settings-link")]
}

fn formatting() -> Vec<Entry> {
    let entry = |id, label, control| Entry { section: Section::Formatting, id, label, meaning: "", control };
    vec![
        entry(
            "format-indentation",
            "Indentation",
            Control::Choice {
                options: || {
                    let name = |width: u32| if width == 0 { "Tabs".to_owned() } else { format!("{width} spaces") };
                    FormatStyle::INDENTATIONS.map(|width| (width, name(width))).to_vec()
                },
                chosen: |all| all.format.indentation,
                choose: |all, width| all.format.indentation = width,
            },
        ),
        entry(
            "format-quotes",
            "Quotes",
            Control::Choice {
                options: || two("\"Double\"", "'Single'"),
                chosen: |all| all.format.is_single_quoted.into(),
                choose: |all, at| all.format.is_single_quoted = at == 1,
            },
        ),
        entry(
            "format-columns",
            "Longest line (characters)",
            Control::Choice {
                options: || numbers(&FormatStyle::COLUMNS, ""),
                chosen: |all| all.format.columns,
                choose: |all, columns| all.format.columns = columns,
            },
        ),
        entry(
            "format-before-saving",
            "Format a program before it is saved to the computer",
            Control::Switch(|all| &mut all.format.before_saving),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(searched: &str) -> Vec<&'static str> {
        entries().into_iter().filter(|entry| entry.fits(searched)).map(|entry| entry.id).collect()
    }

    #[test]
    fn settings_are_found_by_label_meaning_and_section_in_any_case_and_order() {
        assert_eq!(found("WRAP"), ["settings-wrap"]);
        assert_eq!(found("sideways"), ["settings-wrap"]);
        assert_eq!(found("limit memory"), ["settings-memory"]);
        assert_eq!(found("formatting quotes"), ["format-quotes"]);
        assert_eq!(found("  ").len(), entries().len());
        assert_eq!(found("teapot"), [""; 0]);
    }

    #[test]
    fn every_setting_has_an_id_of_its_own_and_every_section_has_one_at_least() {
        let all = entries();
        for (index, entry) in all.iter().enumerate() {
            assert!(all[..index].iter().all(|other| other.id != entry.id), "{}", entry.id);
            assert!(Section::ALL.iter().all(|section| section.id() != entry.id), "{}", entry.id);
        }
        for section in Section::ALL {
            assert!(all.iter().any(|entry| entry.section == section), "{section:?}");
        }
        let fields = all.iter().filter(|entry| matches!(entry.control, Control::Number(_))).count();
        assert_eq!(fields, Field::ALL.len());
    }

    #[test]
    fn every_choice_begins_with_one_of_its_options_and_takes_each() {
        for entry in entries() {
            let Control::Choice { options, chosen, choose } = entry.control else { continue };
            let mut all = AllSettings::default();
            let options = options();
            assert!(options.iter().any(|(value, _)| *value == chosen(&all)), "{}", entry.id);
            for (value, name) in options {
                choose(&mut all, value);
                assert_eq!(chosen(&all), value, "{}: {name}", entry.id);
            }
        }
    }
}
