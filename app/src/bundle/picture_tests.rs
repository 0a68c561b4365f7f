use super::*;
use crate::zip;

/// A picture that the first version saved. It must open for ever.
const FIRST: &[u8] = include_bytes!("golden/first.png");

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let body = [&kind[..], content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &body, &checksum(&body).to_be_bytes()].concat()
}

/// A PNG of these chunks between its first and its last one. What it shows does not matter here.
fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGNATURE.to_vec(), chunk(b"IHDR", &[0; 13]), chunks.concat(), chunk(b"IEND", b"")].concat()
}

#[test]
fn what_is_put_into_a_picture_is_read_from_it() {
    for workspace in [&b"a workspace"[..], b"", &[0xFF; 100_000]] {
        let plain = png(&[chunk(b"IDAT", b"pixels")]);
        let carrying = with_workspace(&plain, workspace).expect("a whole picture");
        assert_eq!(workspace_in(&carrying), Ok(workspace));
        assert_eq!(carrying, png(&[chunk(b"IDAT", b"pixels"), chunk(b"cuSp", workspace)]));
    }
}

#[test]
fn the_first_picture_is_read() {
    let workspace = workspace_in(FIRST).expect("it carries one");
    let names: Vec<String> = zip::entries(workspace).expect("a zip").into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["workspace.json", "files/main.lua", "input.json", "home.cusnap"]);
}

#[test]
fn a_program_that_moves_or_adds_chunks_takes_nothing_away() {
    let other = chunk(b"tEXt", b"Software\0another");
    let changed = [png(&[chunk(b"cuSp", b"here"), other.clone(), chunk(b"IDAT", b"")]), other].concat();
    assert_eq!(workspace_in(&changed), Ok(&b"here"[..]));
}

#[test]
fn a_picture_without_a_workspace_says_so() {
    assert_eq!(workspace_in(&png(&[])), Err(PictureError::NoWorkspace));
    // What follows the end is no part of the picture.
    let after = [png(&[]), chunk(b"cuSp", b"here")].concat();
    assert_eq!(workspace_in(&after), Err(PictureError::NoWorkspace));
    assert_eq!(workspace_in(&png(&[chunk(b"cusp", b"another kind")])), Err(PictureError::NoWorkspace));
}

#[test]
fn two_workspaces_are_refused() {
    let twice = png(&[chunk(b"cuSp", b"one"), chunk(b"cuSp", b"one")]);
    assert_eq!(workspace_in(&twice), Err(PictureError::Twice));
}

#[test]
fn a_picture_that_is_cut_off_anywhere_is_damaged() {
    let whole = png(&[chunk(b"IDAT", b"pixels"), chunk(b"cuSp", b"here")]);
    for length in 0..whole.len() {
        let error = if length < SIGNATURE.len() { PictureError::NoPicture } else { PictureError::Damaged };
        assert_eq!(workspace_in(&whole[..length]), Err(error), "{length}");
        assert_eq!(with_workspace(&whole[..length], b"x"), None, "{length}");
    }
    assert!(!is_picture(b"\x89PNG\r\n"));
    assert!(is_picture(&whole));
}

#[test]
fn no_changed_byte_changes_the_workspace() {
    let whole = png(&[chunk(b"IDAT", b"pixels"), chunk(b"cuSp", b"here")]);
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[at] ^= 1 << bit;
            if let Ok(workspace) = workspace_in(&changed) {
                assert_eq!(workspace, b"here", "byte {at}, bit {bit}");
            }
        }
    }
}

#[test]
fn a_length_that_lies_is_found() {
    let whole = png(&[chunk(b"cuSp", b"here")]);
    let at = whole.len() - chunk(b"IEND", b"").len() - chunk(b"cuSp", b"here").len();
    for length in [0, 3, 5, 100, 0x7FFF_FFFF, 0x8000_0000, u32::MAX] {
        let mut lying = whole.clone();
        lying[at..at + 4].copy_from_slice(&length.to_be_bytes());
        assert_eq!(workspace_in(&lying), Err(PictureError::Damaged), "{length}");
    }
}
