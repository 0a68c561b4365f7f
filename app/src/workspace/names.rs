//! Rules for the paths of files: no two of them are the same without regard to case, and none is a folder of another.

use wire::{PathError, SourcePath};

/// Why a file cannot have a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It is no path.
    #[error(transparent)]
    NoPath(#[from] PathError),
    /// Another file has it.
    #[error("there is a file “{0}” already")]
    Taken(SourcePath),
    /// It is the path of a folder with this file in it.
    #[error("there is a folder of this name, with “{0}” in it")]
    IsFolder(SourcePath),
    /// A folder in it is a file.
    #[error("“{0}” is a file, not a folder")]
    FolderIsFile(SourcePath),
    /// The only file cannot be removed.
    #[error("this is the only file")]
    OnlyFile,
}

/// Whether a file can be run, by its name.
pub fn is_lua(path: &SourcePath) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("lua"))
}

/// Whether a file can have this path beside the others.
pub fn check<'a>(path: &str, others: impl IntoIterator<Item = &'a SourcePath>) -> Result<(), NameError> {
    let path = path.to_ascii_lowercase();
    for other in others {
        let lowercase = other.as_str().to_ascii_lowercase();
        let error = match (path.strip_prefix(&lowercase), lowercase.strip_prefix(&path)) {
            (Some(""), _) => NameError::Taken,
            (Some(rest), _) if rest.starts_with('/') => NameError::FolderIsFile,
            (_, Some(rest)) if rest.starts_with('/') => NameError::IsFolder,
            _ => continue,
        };
        return Err(error(other.clone()));
    }
    Ok(())
}

/// The path, or one like it that is free: `untitled-2.lua`.
pub fn free_path(wanted: &SourcePath, others: &[SourcePath]) -> SourcePath {
    let is_free = |path: &SourcePath| check(path.as_str(), others).is_ok();
    if is_free(wanted) {
        return wanted.clone();
    }
    let whole = wanted.as_str();
    let end = wanted.extension().map_or(whole.len(), |extension| whole.len() - extension.len() - 1);
    let (stem, extension) = whole.split_at(end);
    let stem = match stem.rsplit_once('-') {
        Some((stem, number)) if !stem.is_empty() && number.parse::<u32>().is_ok() => stem,
        _ => stem,
    };
    // Where a folder of the path is a file, or the path is too long for a number, it is another name.
    let stems = [stem, wanted.file_name().split('.').next().unwrap_or_default(), "untitled"];
    let numbered = |stem: &str| {
        let mut paths = (2..others.len() + 3).map(|number| format!("{stem}-{number}{extension}"));
        paths.find_map(|path| SourcePath::parse(&path).ok().filter(is_free))
    };
    stems.into_iter().find_map(numbered).unwrap_or_else(|| wanted.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::parse(text).expect(text)
    }

    #[test]
    fn a_name_is_taken_without_regard_to_case() {
        let files = [path("Main.lua"), path("lib/Größe.lua")];
        assert_eq!(check("main.LUA", &files), Err(NameError::Taken(path("Main.lua"))));
        assert_eq!(check("LIB/GRÖSSE.lua", &files), Ok(()));
        assert_eq!(check("LIB/größe.LUA", &files), Err(NameError::Taken(path("lib/Größe.lua"))));
        assert_eq!(check("main.lua.txt", &files), Ok(()));
        assert_eq!(check("main", &files), Ok(()));
    }

    #[test]
    fn a_file_and_a_folder_cannot_have_one_name() {
        let files = [path("lib/json.lua"), path("data")];
        assert_eq!(check("Lib", &files), Err(NameError::IsFolder(path("lib/json.lua"))));
        assert_eq!(check("data/a.txt", &files), Err(NameError::FolderIsFile(path("data"))));
        assert_eq!(check("lib/json.lua/x", &files), Err(NameError::FolderIsFile(path("lib/json.lua"))));
        assert_eq!(check("li", &files), Ok(()));
        assert_eq!(check("data2", &files), Ok(()));
    }

    #[test]
    fn a_free_name_has_the_next_number() {
        let mut files = Vec::new();
        let mut next = |wanted: &str| {
            let free = free_path(&path(wanted), &files);
            files.push(free.clone());
            free.to_string()
        };
        assert_eq!(next("untitled.lua"), "untitled.lua");
        assert_eq!(next("Untitled.lua"), "Untitled-2.lua");
        assert_eq!(next("untitled.lua"), "untitled-3.lua");
        assert_eq!(next("untitled-2.lua"), "untitled-4.lua");
        assert_eq!(next("a/b.c/notes"), "a/b.c/notes");
        assert_eq!(next("a/b.c/notes"), "a/b.c/notes-2");
        assert_eq!(next("a/b.c/notes/x.lua"), "x-2.lua");
        assert_eq!(next("A"), "A-2");
        assert_eq!(next("-1"), "-1");
        assert_eq!(next("-1"), "-1-2");
        let long = "n".repeat(200);
        assert_eq!(next(&long), long);
        assert_eq!(next(&long), "untitled-2");
    }
}
