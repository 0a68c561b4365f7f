//! Every block of Lua in `guide` shows what the block `text` straight after it says, or nothing. CONTRIBUTING.md says what
//! the words after ```` ```lua ```` mean.

use std::fs;

use crate::documented::{Program, Shown, project, run};
use crate::page::{Page, SharedStore};

struct Block {
    words: Vec<String>,
    text: String,
    line: usize,
    /// Whether only empty lines are between it and the block before.
    is_straight_after: bool,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut is_open, mut is_straight_after) = (false, false);
    for (at, line) in markdown.lines().enumerate() {
        match (line.strip_prefix("```"), is_open) {
            (Some(info), false) => {
                let words = info.split_whitespace().map(str::to_owned).collect();
                blocks.push(Block { words, text: String::new(), line: at + 1, is_straight_after });
                is_open = true;
            }
            (Some(_), true) => (is_open, is_straight_after) = (false, true),
            (None, true) => blocks.last_mut().unwrap().text.extend([line, "\n"]),
            (None, false) => is_straight_after &= line.trim().is_empty(),
        }
    }
    assert!(!is_open, "a block is not closed");
    blocks
}

/// Runs the programs of a page, and says which of them show something else.
fn check_page(name: &str, markdown: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut store = SharedStore::default();
    let mut page = Page::open(&store);
    let mut program = Program::default();
    // What the program before was given, which one that goes on has as well.
    let mut earlier = Program::default();
    let mut blocks = blocks(markdown).into_iter().peekable();
    while let Some(Block { words, text, line, .. }) = blocks.next() {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        match &words[..] {
            [_, "file", path] => program.files.push(((*path).to_owned(), text)),
            ["json"] => program.input = Some(text),
            ["typed"] => program.typed = text.lines().map(str::to_owned).collect(),
            ["lua", words @ ..] => {
                program.source = text;
                if words.iter().any(|word| ["later", "continues"].contains(word)) {
                    program.files.splice(0..0, earlier.files);
                    program.input = program.input.or(earlier.input);
                } else {
                    store = SharedStore::default();
                }
                if !words.contains(&"continues") {
                    page = Page::open(&store);
                }
                let is_output = |block: &Block| block.is_straight_after && block.words == ["text"];
                let output = blocks.next_if(is_output).map(|block| block.text);
                let Shown { text, has_failed, .. } = run(&mut page, &program);
                if text != output.unwrap_or_default() || has_failed != words.contains(&"error") {
                    wrong.push(format!("guide/{name}:{line} shows:\n{text}"));
                }
                for word in words {
                    assert!(["later", "continues", "error"].contains(word), "guide/{name}:{line}: {word}");
                }
                earlier = std::mem::take(&mut program);
            }
            ["sh" | "html"] => {}
            _ => panic!("guide/{name}:{line}: what is a block {words:?}?"),
        }
    }
    wrong
}

#[test]
fn the_guide_is_true() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(project("guide")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with(".md") {
            wrong.extend(check_page(&name, &fs::read_to_string(entry.path()).unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
