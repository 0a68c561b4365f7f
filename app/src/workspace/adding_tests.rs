use super::*;

fn path(text: &str) -> SourcePath {
    SourcePath::parse(text).expect(text)
}

fn workspace() -> Workspace {
    let mut workspace = Workspace::open("tab".into(), Vec::new(), Vec::new(), "program");
    workspace.create(&path("same"), "same".into()).expect("a free name");
    workspace
}

fn addition(workspace: &Workspace, files: &[(&str, &str)]) -> Addition {
    let mut addition = workspace.begin_addition();
    files.iter().for_each(|(name, text)| addition.add(name, text.as_bytes().to_vec()));
    addition
}

fn texts(workspace: &Workspace) -> Vec<String> {
    workspace.files().map(|(_, path, document)| [path.as_str(), "=", document.text()].concat()).collect()
}

#[test]
fn files_are_new_or_clash_and_nothing_is_done_for_what_is_there() {
    let mut workspace = workspace();
    let addition =
        addition(&workspace, &[("lib\\a.lua", "a"), ("MAIN.lua", "other"), ("same", "same"), ("same/x", "x")]);
    assert_eq!(addition.problem(), None);
    assert_eq!(workspace.clashes(&addition), [path("MAIN.lua")]);
    let before = texts(&workspace);

    let added = workspace.clone().add_files(&addition, |_| Clash::Skip);
    assert_eq!(added.count(), 2);
    let added = workspace.add_files(&addition, |_| Clash::KeepBoth);
    assert_eq!(texts(&workspace)[2..], ["lib/a.lua=a", "MAIN-2.lua=other", "x-2=x"]);
    let places: Vec<_> = added.places.iter().filter_map(|(_, id)| workspace.path(*id)).collect();
    assert_eq!(places, ["lib/a.lua", "MAIN-2.lua", "same", "x-2"].map(path));
    let (removed, replaced) = workspace.take_back(added);
    assert_eq!((removed.expect("there are others").paths().count(), replaced), (3, Vec::new()));
    assert_eq!(texts(&workspace), before);
}

#[test]
fn a_replaced_text_comes_back_unless_it_was_changed_since() {
    let mut workspace = workspace();
    let addition = addition(&workspace, &[("main.lua", "new"), ("same", "also new")]);
    let added = workspace.add_files(&addition, |_| Clash::Replace);
    assert_eq!(texts(&workspace), ["main.lua=new", "same=also new"]);
    let same = workspace.find(&path("same")).expect("a file");
    workspace.document_mut(same).expect("a file").edit("typed".into());
    let main = workspace.find(&path("main.lua")).expect("a file");
    assert_eq!(workspace.take_back(added).1, [main]);
    assert_eq!(texts(&workspace), ["main.lua=program", "same=typed"]);
}

#[test]
fn two_new_files_of_one_name_are_both_kept() {
    let mut workspace = workspace();
    let addition = addition(&workspace, &[("a.txt", "1"), ("A.txt", "2"), ("a.txt", "1")]);
    assert_eq!(workspace.clashes(&addition), []);
    workspace.add_files(&addition, |_| Clash::Replace);
    assert_eq!(texts(&workspace)[2..], ["a.txt=1", "A-2.txt=2"]);
}

#[test]
fn what_cannot_be_a_file_is_refused_with_the_reason() {
    let workspace = workspace();
    let mut addition = addition(&workspace, &[("../up", ""), ("/etc/passwd", ""), ("a\0b", "")]);
    assert_eq!(
        addition.problem().as_deref(),
        Some(
            "“../up” was not added: “.” and “..” cannot be names in a path. \
             “/etc/passwd” was not added: a path cannot start with “/”. \
             “a\0b” was not added: a path cannot contain “\\”, “:” or control characters."
        )
    );
    addition.refused.clear();
    addition.add("image.png", vec![0x89, 0x50, 0xFF]);
    addition.add("zeros", vec![0; 10]);
    addition.add("large.txt", vec![b' '; MAX_FILE_BYTES + 1]);
    let reasons: Vec<_> = addition.refused.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(reasons, ["it is not text", "it is not text", "it is larger than 8 MB"]);
    assert!(addition.files.is_empty());
    addition.takes_bytes = true;
    addition.add("image.png", vec![0x89, 0x50, 0xFF]);
    assert_eq!(binary::to_bytes(&addition.files[0].1), [0x89, 0x50, 0xFF]);
}

#[test]
fn there_are_limits_for_all_files_together() {
    let workspace = workspace();
    let mut addition = workspace.begin_addition();
    (0..MAX_FILES + 10).for_each(|at| addition.add(&at.to_string(), Vec::new()));
    assert_eq!((addition.files.len(), addition.refused.len()), (MAX_FILES - 2, 12));
    let problem = addition.problem().expect("a problem");
    assert!(problem.contains("“998” was not added: there can be 1000 files."), "{problem}");
    assert!(problem.ends_with("9 more files were not added."), "{problem}");

    let mut addition = workspace.begin_addition();
    (0..3).for_each(|at| addition.add(&at.to_string(), vec![b'x'; MAX_FILE_BYTES]));
    assert_eq!(addition.problem().as_deref().map(|it| it.contains("all files together can have 16 MB")), Some(true));
}

#[test]
fn what_systems_leave_everywhere_is_litter() {
    assert!(is_litter("a/__MACOSX/b") && is_litter(".DS_Store") && is_litter("a\\.git\\b") && !is_litter("a/b.lua"));
}
