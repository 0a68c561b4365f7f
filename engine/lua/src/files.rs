//! The files that programs see: a tree in memory. A folder is there as long as there is a file in it.
//!
//! Files differ by more than case, as in the workspace of a person, who may have them on any computer. `exported.rs` is what
//! Lua's libraries call in the place of C's functions.

mod entries;
mod exported;
mod node;
mod path;
mod stream;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::modules::Modules;
use crate::order::sort_seldom;
use entries::{Entries, Entry};
use node::{Node, OpenCount, Room};
use path::{Place, TEMPORARY_FOLDER, key_of};

pub use entries::Contents;
pub use node::{Content, FileError, FileRules};
pub(crate) use stream::with_files;
pub use stream::{forget_input, has_file, set_files};

/// What a path leads to.
enum Found {
    File(Rc<Node>),
    Folder,
    Nothing,
}

/// The files of one VM, and which of them its modules are made of.
pub struct Files {
    entries: RefCell<Entries>,
    room: Rc<Room>,
    temporary_names: Cell<u32>,
    pub(crate) modules: RefCell<Modules>,
    /// What was opened to be read since [`Files::take_used`] was called last.
    read: RefCell<Vec<String>>,
}

/// Where a path leads, if anywhere.
pub(crate) fn place_of(path: &[u8]) -> Option<String> {
    Place::of(path).ok().map(|place| place.path)
}

impl Files {
    /// No files.
    pub fn new(rules: FileRules) -> Files {
        Files {
            entries: RefCell::default(),
            room: Room::new(rules),
            temporary_names: Cell::new(0),
            modules: RefCell::default(),
            read: RefCell::default(),
        }
    }

    /// The files of the workspace as they are now.
    pub fn contents(&self) -> Contents {
        self.entries.borrow().contents()
    }

    /// What is in the file at a path, without regard to case.
    pub fn content(&self, path: &str) -> Option<Content> {
        self.entries.borrow().get(&key_of(path)).map(|entry| entry.node.content())
    }

    /// Sets what is in the file at a path, or removes it. What has it open sees the new content.
    pub fn set(&self, path: &str, content: Option<Vec<u8>>) {
        let (mut entries, key) = (self.entries.borrow_mut(), key_of(path));
        let Some(content) = content else {
            entries.remove(&key);
            return;
        };
        let node = entries.get(&key).map_or_else(|| Node::new(&self.room), |entry| Rc::clone(&entry.node));
        node.replace(content);
        entries.put(Entry { key: key.into(), path: path.into(), node });
    }

    /// The names of the modules that were made of something else than what is in the files now.
    pub fn take_stale_modules(&self) -> Vec<Rc<[u8]>> {
        self.modules.borrow_mut().take_stale(|path| self.content(path))
    }

    /// The paths of the files that were read since this was called last, those of required modules among them.
    pub fn take_used(&self) -> Vec<String> {
        let required = self.modules.borrow_mut().take_required_files();
        required.into_iter().for_each(|path| self.note_read(path));
        let mut used = self.read.take();
        sort_seldom(&mut used, Ord::cmp);
        used
    }

    fn note_read(&self, path: String) {
        // As it was given when the file was made: programs can write it in other case.
        let path = self.entries.borrow().get(&key_of(&path)).map_or(path, |entry| entry.path.as_ref().into());
        let mut read = self.read.borrow_mut();
        if !read.contains(&path) {
            read.push(path);
        }
    }

    fn count_open(&self) -> Result<OpenCount, FileError> {
        OpenCount::new(&self.room)
    }

    fn find(&self, place: &Place) -> Result<Found, FileError> {
        let (entries, key) = (self.entries.borrow(), place.key());
        if let Some(entry) = entries.get(&key) {
            let found = Found::File(Rc::clone(&entry.node));
            return if place.must_be_folder { Err(FileError::NotAFolder) } else { Ok(found) };
        }
        if key.is_empty() || entries.has_folder(&key) {
            return Ok(Found::Folder);
        }
        let mut folders = key.match_indices('/').map(|(at, _)| &key[..at]);
        if folders.any(|folder| entries.get(folder).is_some()) {
            Err(FileError::NotAFolder)
        } else {
            Ok(Found::Nothing)
        }
    }

    /// Makes an empty file where there is nothing.
    fn create(&self, place: &Place) -> Result<Rc<Node>, FileError> {
        place.check_for_file(self.room.rules.check_path)?;
        let mut entries = self.entries.borrow_mut();
        if entries.len() >= self.room.rules.max_files {
            return Err(FileError::NoSpace);
        }
        let node = Node::new(&self.room);
        entries.put(Entry { key: place.key().into(), path: place.path.as_str().into(), node: Rc::clone(&node) });
        Ok(node)
    }

    /// A file without a path.
    fn create_nameless(&self) -> Rc<Node> {
        Node::new(&self.room)
    }

    /// Makes a file that no other knows of, and returns its path.
    fn create_temporary(&self) -> Result<String, FileError> {
        loop {
            let number = self.temporary_names.get();
            self.temporary_names.set(number.wrapping_add(1));
            let path = format!("{TEMPORARY_FOLDER}lua_{number:06}");
            let place = Place::of(path.as_bytes())?;
            if let Found::Nothing = self.find(&place)? {
                self.create(&place)?;
                return Ok(path);
            }
        }
    }

    fn remove(&self, path: &[u8]) -> Result<(), FileError> {
        let place = Place::of(path)?;
        match self.find(&place)? {
            Found::File(_) => drop(self.entries.borrow_mut().remove(&place.key())),
            Found::Folder => return Err(FileError::NotEmpty),
            Found::Nothing => return Err(FileError::NotFound),
        }
        Ok(())
    }

    fn rename(&self, from: &[u8], to: &[u8]) -> Result<(), FileError> {
        let (from, to) = (Place::of(from)?, Place::of(to)?);
        let (from_key, to_key) = (from.key(), to.key());
        let (source, target) = (self.find(&from)?, self.find(&to)?);
        let is_same = from_key == to_key;
        match (source, target) {
            (Found::Nothing, _) => return Err(FileError::NotFound),
            (Found::File(_), Found::Folder) => return Err(FileError::IsAFolder),
            (Found::File(_), Found::Nothing) if to.must_be_folder => return Err(FileError::NotAFolder),
            (Found::Folder, Found::File(_)) => return Err(FileError::NotAFolder),
            (Found::Folder, _) if from_key.is_empty() => return Err(FileError::Denied),
            (Found::Folder, _) if to_key.starts_with(&[&from_key, "/"].concat()) => return Err(FileError::Invalid),
            (Found::Folder, Found::Folder) if !is_same => return Err(FileError::NotEmpty),
            _ => {}
        }
        self.move_all(&from.path, &to.path)
    }

    /// Moves the file at a path, or all files in the folder there.
    fn move_all(&self, from: &str, to: &str) -> Result<(), FileError> {
        let mut entries = self.entries.borrow_mut();
        let key = key_of(from);
        let is_moved =
            |other: &str| other.strip_prefix(&key).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let depth = from.matches('/').count() + 1;
        let mut places = Vec::new();
        for old in entries.iter().filter(|entry| is_moved(&entry.key)) {
            let rest = old.path.splitn(depth + 1, '/').nth(depth);
            let path = rest.map_or_else(|| to.to_owned(), |rest| [to, rest].join("/"));
            let place = Place::of(path.as_bytes())?;
            place.check_for_file(self.room.rules.check_path)?;
            places.push(place);
        }
        for (place, entry) in places.into_iter().zip(entries.take(is_moved)) {
            entries.put(Entry { key: place.key().into(), path: place.path.into(), ..entry });
        }
        Ok(())
    }
}
