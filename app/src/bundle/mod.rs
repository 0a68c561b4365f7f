//! A workspace as one zip: what links, `.cuspace` files and pictures carry, as `BUNDLE.md` beside this says. The bytes may be
//! anything, so all of them are checked before anything is done with them.

mod drawing;
mod picture;
pub mod streams;

pub use self::picture::{PictureError, workspace_in};

use serde::{Deserialize, Serialize};
use wire::{MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES, SourcePath};

use crate::settings::Settings;

/// The version that is written.
const FORMAT: u32 = 1;
const ABOUT: &str = "workspace.json";
const FILES: &str = "files/";
const INPUT: &str = "input.json";
const HOME: &str = "home.cusnap";
const HISTORY: &str = "history.cuhistory";
/// The longest input, in bytes.
const MAX_INPUT_BYTES: usize = 1 << 20;

/// What a workspace is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bundle {
    /// What the person calls it.
    pub name: String,
    /// Its files: their paths and bytes.
    pub files: Vec<(SourcePath, Vec<u8>)>,
    /// The file that is marked as main.
    pub main: Option<SourcePath>,
    /// The file that is shown first.
    pub shown: Option<SourcePath>,
    /// The JSON that programs get.
    pub input: String,
    /// `_home`, as a snapshot file.
    pub home: Option<Vec<u8>>,
    /// `_home` with all snapshots and the journal, as the engine writes them.
    pub history: Option<Vec<u8>>,
    /// What was set for it.
    pub settings: Option<Settings>,
}

/// What stands in the first entry.
#[derive(Serialize, Deserialize)]
struct About {
    format: u32,
    #[serde(default)]
    name: String,
    #[serde(default)]
    main: Option<String>,
    #[serde(default)]
    shown: Option<String>,
    #[serde(default)]
    settings: Option<Settings>,
}

/// Why bytes are no workspace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The entry that says what it is is missing, or cannot be read.
    #[error("it holds no workspace")]
    NoWorkspace,
    /// A later version wrote it.
    #[error("a newer version of cu made it; reload the page to get that version")]
    Newer,
    /// The path of a file can be none.
    #[error("“{0}” cannot be the path of a file")]
    Path(String),
    /// Two files have one path.
    #[error("it has two files “{0}”")]
    Twice(SourcePath),
    /// A file, or all of them, are too large, or there are too many.
    #[error("its files are more than a workspace can hold: {MAX_FILES} files, {} MB for one, {} MB for all",
        MAX_FILE_BYTES >> 20, MAX_FILES_BYTES >> 20)]
    TooMuch,
    /// There is no file.
    #[error("it has no file")]
    Empty,
}

impl Bundle {
    /// The entries of its zip.
    pub fn to_entries(&self) -> Vec<(String, Vec<u8>)> {
        let path = |path: &Option<SourcePath>| path.as_ref().map(SourcePath::to_string);
        let (name, settings) = (self.name.clone(), self.settings);
        let about = About { format: FORMAT, name, main: path(&self.main), shown: path(&self.shown), settings };
        // Plain data has a JSON text.
        let about = serde_json::to_vec(&about).unwrap_or_default();
        let files = self.files.iter().map(|(path, bytes)| ([FILES, path.as_str()].concat(), bytes.clone()));
        let input = (!self.input.is_empty()).then(|| (INPUT.to_owned(), self.input.clone().into_bytes()));
        let home = self.home.clone().map(|bytes| (HOME.to_owned(), bytes));
        let history = self.history.clone().map(|bytes| (HISTORY.to_owned(), bytes));
        std::iter::once((ABOUT.to_owned(), about)).chain(files).chain(input).chain(home).chain(history).collect()
    }

    /// Reads the entries of a zip. Those that this version does not know are left out.
    pub fn of_entries(entries: Vec<(String, Vec<u8>)>) -> Result<Bundle, BundleError> {
        let about = entries.iter().find(|(name, _)| name == ABOUT).ok_or(BundleError::NoWorkspace)?;
        let format = serde_json::from_slice::<serde_json::Value>(&about.1).ok();
        let format = format.and_then(|about| about.get("format")?.as_u64()).ok_or(BundleError::NoWorkspace)?;
        if format > FORMAT.into() {
            return Err(BundleError::Newer);
        }
        let about: About = serde_json::from_slice(&about.1).map_err(|_| BundleError::NoWorkspace)?;
        let path = |text: Option<String>| text.and_then(|text| SourcePath::parse(&text).ok());
        // What is shared first is a choice of the person, not of whoever made the bundle.
        let settings = about.settings.filter(Settings::is_valid).map(Settings::with_least_shared);
        let (main, shown) = (path(about.main), path(about.shown));
        let mut bundle = Bundle { name: about.name, main, shown, settings, ..Bundle::default() };
        for (name, bytes) in entries {
            match (name.as_str(), name.strip_prefix(FILES)) {
                (_, Some(path)) => bundle.add_file(path, bytes)?,
                (INPUT, _) if bytes.len() > MAX_INPUT_BYTES => return Err(BundleError::TooMuch),
                (INPUT, _) => bundle.input = String::from_utf8(bytes).map_err(|_| BundleError::NoWorkspace)?,
                (HOME, _) => bundle.home = Some(bytes),
                (HISTORY, _) => bundle.history = Some(bytes),
                _ => {}
            }
        }
        if bundle.files.is_empty() { Err(BundleError::Empty) } else { Ok(bundle) }
    }

    fn add_file(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), BundleError> {
        let path = SourcePath::parse(path).map_err(|_| BundleError::Path(path.chars().take(200).collect()))?;
        let total: usize = self.files.iter().map(|(_, bytes)| bytes.len()).sum();
        if bytes.len() > MAX_FILE_BYTES || total + bytes.len() > MAX_FILES_BYTES || self.files.len() == MAX_FILES {
            return Err(BundleError::TooMuch);
        }
        if self.files.iter().any(|(other, _)| other.as_str().eq_ignore_ascii_case(path.as_str())) {
            return Err(BundleError::Twice(path));
        }
        self.files.push((path, bytes));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Carried;

    fn path(text: &str) -> SourcePath {
        SourcePath::parse(text).expect(text)
    }

    fn whole() -> Bundle {
        Bundle {
            name: "Shop <b>".into(),
            files: vec![(path("main.lua"), b"print(1)".to_vec()), (path("data/a.bin"), vec![0, 255])],
            main: Some(path("main.lua")),
            shown: Some(path("data/a.bin")),
            input: "{\"n\": 1}".into(),
            home: Some(b"home".to_vec()),
            history: Some(b"history".to_vec()),
            settings: Some(Settings::default()),
        }
    }

    fn entries(list: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Bundle::of_entries(whole().to_entries()), Ok(whole()));
        let small = Bundle { files: vec![(path("main.lua"), Vec::new())], ..Bundle::default() };
        assert_eq!(small.to_entries().len(), 2);
        assert_eq!(Bundle::of_entries(small.to_entries()), Ok(small));
    }

    /// What version 1 wrote must be read for ever.
    #[test]
    fn the_first_version_is_read() {
        let first = entries(&[
            ("workspace.json", r#"{"format":1,"name":"Shop","main":"main.lua","later":[1]}"#),
            ("files/main.lua", "print(1)"),
            ("files/lib/a.lua", ""),
            ("input.json", "[1]"),
            ("later/unknown", "x"),
        ]);
        let bundle = Bundle::of_entries(first).expect("it is one");
        assert_eq!((bundle.name.as_str(), bundle.input.as_str(), bundle.main), ("Shop", "[1]", Some(path("main.lua"))));
        assert_eq!(bundle.files.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["main.lua", "lib/a.lua"]);
    }

    #[test]
    fn what_is_no_workspace_says_why() {
        let about = ("workspace.json", r#"{"format":1}"#);
        let refused = |list: &[(&str, &str)]| Bundle::of_entries(entries(list)).expect_err("it is none");
        assert_eq!(refused(&[]), BundleError::NoWorkspace);
        assert_eq!(refused(&[("files/a.lua", "")]), BundleError::NoWorkspace);
        assert_eq!(refused(&[("workspace.json", "{")]), BundleError::NoWorkspace);
        assert_eq!(refused(&[("workspace.json", r#"{"format":2,"name":7}"#)]), BundleError::Newer);
        assert_eq!(refused(&[("workspace.json", r#"{"format":1,"name":7}"#)]), BundleError::NoWorkspace);
        assert_eq!(refused(&[about]), BundleError::Empty);
        for path in ["../a", "/a", "a//b", "", "a\0b"] {
            assert_eq!(refused(&[about, (&format!("files/{path}"), "")]), BundleError::Path(path.into()));
        }
        assert_eq!(refused(&[about, ("files/a", ""), ("files/A", "")]), BundleError::Twice(path("A")));
        let large = "x".repeat(MAX_FILE_BYTES + 1);
        assert_eq!(refused(&[about, ("files/a", &large)]), BundleError::TooMuch);
        let half = "x".repeat(MAX_FILE_BYTES);
        assert_eq!(refused(&[about, ("files/a", &half), ("files/b", &half), ("files/c", "x")]), BundleError::TooMuch);
        assert_eq!(refused(&[about, ("files/a", ""), ("input.json", &large)]), BundleError::TooMuch);
    }

    #[test]
    fn what_is_shared_first_is_not_taken_from_a_bundle() {
        let about = r#"{"format":1,"settings":{"memory_megabytes":64,"shared_first":"History"}}"#;
        let bundle = Bundle::of_entries(entries(&[("workspace.json", about), ("files/a", "")])).expect("it is one");
        let settings = bundle.settings.expect("its settings are valid");
        assert_eq!((settings.limits().memory_bytes, settings.shared_first()), (64 << 20, Carried::Files));
    }

    #[test]
    fn settings_out_of_range_are_left_out() {
        let about = r#"{"format":1,"settings":{"memory_megabytes":1}}"#;
        let bundle = Bundle::of_entries(entries(&[("workspace.json", about), ("files/a", "")])).expect("it is one");
        assert_eq!(bundle.settings, None);
    }
}
