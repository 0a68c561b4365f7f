//! The files as the engine's worker has them: what it must be told before a run, and what programs made of them.

use std::collections::BTreeMap;

use wire::{FileChange, SourcePath};

use super::{Document, DocumentId, Workspace, binary};

/// What one worker has of the files.
#[derive(Clone, Debug, Default)]
pub struct WorkerFiles {
    worker: Option<u32>,
    known: BTreeMap<SourcePath, String>,
}

impl WorkerFiles {
    /// What the worker of this number must be told, so that it has the files as they are here. A new one has none.
    pub fn update(&mut self, worker: Option<u32>, workspace: &Workspace) -> Vec<FileChange> {
        if self.worker != worker {
            self.known.clear();
            self.worker = worker;
        }
        let documents = workspace.documents.iter().map(|(_, document)| document);
        let now: BTreeMap<_, _> =
            documents.filter_map(|it| Some((SourcePath::parse(&it.path).ok()?, it.text()))).collect();
        // Ahead of what has the same path in another case.
        let gone: Vec<_> = self.known.keys().filter(|path| !now.contains_key(path)).cloned().collect();
        gone.iter().for_each(|path| drop(self.known.remove(path)));
        let mut changes: Vec<_> = gone.into_iter().map(|path| FileChange { path, content: None }).collect();
        for (path, text) in now {
            if self.known.get(&path).is_none_or(|known| known != text) {
                changes.push(FileChange { path: path.clone(), content: Some(binary::to_bytes(text)) });
                self.known.insert(path, text.to_owned());
            }
        }
        changes
    }

    /// Takes over what a program made of files. What was typed meanwhile stays, and the program's text is kept beside it.
    /// Returns the texts that were replaced.
    pub fn take(&mut self, changes: Vec<FileChange>, workspace: &mut Workspace) -> Vec<DocumentId> {
        let is_renamed = |gone: &SourcePath| {
            let mut others = changes.iter().filter(|other| other.content.is_some());
            others.any(|other| is_one_file(&other.path, gone))
        };
        let renamed: Vec<SourcePath> = changes
            .iter()
            .filter(|it| it.content.is_none() && is_renamed(&it.path))
            .map(|it| it.path.clone())
            .collect();
        let bases: Vec<_> = renamed.iter().filter_map(|path| Some((path.clone(), self.known.remove(path)?))).collect();
        let mut replaced = Vec::new();
        for FileChange { path, content } in changes {
            let text = content.map(binary::to_text);
            let base = self.known.remove(&path);
            match text {
                Some(text) => {
                    let of_old_name = || bases.iter().find(|(old, _)| is_one_file(old, &path)).map(|(_, text)| text);
                    replaced.extend(workspace.take_text(&path, &text, base.as_ref().or_else(of_old_name)));
                    self.known.insert(path, text);
                }
                None if renamed.contains(&path) => {}
                None => workspace.take_deletion(&path, base.as_ref()),
            }
        }
        replaced
    }
}

fn is_one_file(path: &SourcePath, other: &SourcePath) -> bool {
    path.as_str().eq_ignore_ascii_case(other.as_str())
}

impl Workspace {
    fn take_text(&mut self, path: &SourcePath, text: &str, base: Option<&String>) -> Option<DocumentId> {
        let Some(id) = self.find(path) else {
            let path = self.free_path(path);
            self.keep_all();
            self.add(Document::new(&self.tab, path.as_str(), text.to_owned()));
            return None;
        };
        let document = self.document_mut(id)?;
        if document.path != path.as_str() {
            document.path = path.to_string();
        }
        document.take_from_program(text, base).then_some(id)
    }

    /// Deletes a file that a program deleted, unless it is not what the program saw, or the only one.
    fn take_deletion(&mut self, path: &SourcePath, base: Option<&String>) {
        if let Some(id) = self.find(path)
            && self.document(id).map(Document::text) == base.map(String::as_str)
        {
            let _ = self.remove(&[id]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (Workspace, WorkerFiles) {
        (Workspace::open("tab".into(), Vec::new(), Vec::new(), "program"), WorkerFiles::default())
    }

    fn path(text: &str) -> SourcePath {
        SourcePath::parse(text).expect(text)
    }

    fn change(name: &str, text: Option<&str>) -> FileChange {
        FileChange { path: path(name), content: text.map(|text| text.as_bytes().to_vec()) }
    }

    fn texts(workspace: &Workspace) -> Vec<String> {
        let files = workspace.documents.iter().filter(|(id, _)| *id != Workspace::INPUT_ID);
        files.map(|(_, document)| [&document.path, "=", document.text()].concat()).collect()
    }

    #[test]
    fn a_worker_is_told_what_has_changed_since() {
        let (mut workspace, mut files) = workspace();
        assert_eq!(files.update(Some(1), &workspace), [change("main.lua", Some("program"))]);
        assert_eq!(files.update(Some(1), &workspace), []);
        let made = workspace.create(&path("data"), "1".into()).expect("a free path");
        assert_eq!(files.update(Some(1), &workspace), [change("data", Some("1"))]);
        workspace.rename(made, &path("Data")).expect("its own path");
        assert_eq!(files.update(Some(1), &workspace), [change("data", None), change("Data", Some("1"))]);
        assert_eq!(files.update(Some(2), &workspace).len(), 2);
    }

    #[test]
    fn what_a_program_made_is_taken_over_and_not_sent_back() {
        let (mut workspace, mut files) = workspace();
        workspace.create(&path("old"), "1".into()).expect("a free path");
        workspace.create(&path("case"), "1".into()).expect("a free path");
        files.update(Some(1), &workspace);
        let changes = vec![
            change("old", None),
            change("case", None),
            change("Case", Some("2")),
            change("main.lua", Some("new")),
            change("out/a", Some("3")),
        ];
        let replaced = files.take(changes, &mut workspace);
        assert_eq!(replaced.len(), 2);
        assert_eq!(texts(&workspace), ["main.lua=new", "Case=2", "out/a=3"]);
        assert_eq!(files.update(Some(1), &workspace), []);
    }

    #[test]
    fn what_was_typed_during_the_run_stays_and_the_programs_text_is_kept_beside_it() {
        let (mut workspace, mut files) = workspace();
        let data = workspace.create(&path("data"), "1".into()).expect("a free path");
        files.update(Some(1), &workspace);
        workspace.document_mut(data).expect("data").edit("typed".into());
        assert_eq!(files.take(vec![change("data", Some("2"))], &mut workspace), []);
        assert_eq!(texts(&workspace), ["main.lua=program", "data=typed"]);
        let unsaved: Vec<_> = workspace.document(data).expect("data").unsaved().into_iter().map(|it| it.text).collect();
        assert_eq!(unsaved, ["typed", "2"]);
        assert_eq!(files.update(Some(1), &workspace), [change("data", Some("typed"))]);
        workspace.document_mut(data).expect("data").edit("typed again".into());
        files.take(vec![change("data", None), change("main.lua", Some("x"))], &mut workspace);
        assert_eq!(texts(&workspace), ["main.lua=x", "data=typed again"]);
    }

    #[test]
    fn the_only_file_stays_and_is_sent_again() {
        let (mut workspace, mut files) = workspace();
        files.update(Some(1), &workspace);
        files.take(vec![change("main.lua", None)], &mut workspace);
        assert_eq!(texts(&workspace), ["main.lua=program"]);
        assert_eq!(files.update(Some(1), &workspace), [change("main.lua", Some("program"))]);
    }
}
