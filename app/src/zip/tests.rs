use super::*;

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = Writer::default();
    files.iter().for_each(|(path, bytes)| writer.add(path, bytes, bytes, 0x21 << 16));
    writer.finish()
}

/// Changes the bytes at an offset in the list, counted from its mark.
fn spoil(zip: &mut [u8], offset: usize, bytes: &[u8]) {
    let list = zip.windows(4).position(|four| four == CENTRAL_MARK.to_le_bytes()).expect("a list");
    zip[list + offset..][..bytes.len()].copy_from_slice(bytes);
}

#[test]
fn what_is_written_is_read() {
    let bytes = zip(&[("main.lua", b"print(1)"), ("lib/", b""), ("lib/größe.lua", b"")]);
    let entries = entries(&bytes).expect("a zip");
    let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["main.lua", "lib/größe.lua"]);
    assert_eq!((entries[0].packed, entries[0].packing), (b"print(1)".as_slice(), Ok(Packing::Stored)));
    assert!(entries[0].is(b"print(1)") && !entries[0].is(b"print(2)") && entries[1].is(b""));
    assert!(is_own(&bytes) && !is_own(b"PK"));
    assert_eq!(super::entries(&zip(&[])), Ok(Vec::new()));
}

#[test]
fn the_shorter_form_is_written() {
    let mut writer = Writer::default();
    writer.add("a", b"12345678", b"123", 0);
    let bytes = writer.finish();
    let entry = &entries(&bytes).expect("a zip")[0];
    assert_eq!((entry.packing, entry.packed, entry.size), (Ok(Packing::Deflated), b"123".as_slice(), 8));
}

#[test]
fn the_checksum_is_the_usual_one() {
    assert_eq!([checksum(b""), checksum(b"123456789")], [0, 0xCBF4_3926]);
}

#[test]
fn too_many_files_and_too_many_bytes_are_refused() {
    let names: Vec<String> = (0..=MAX_ENTRIES).map(|at| at.to_string()).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    assert_eq!(entries(&zip(&files)), Err(ZipError::TooMany));
    assert_eq!(entries(&zip(&files[1..])).map(|entries| entries.len()), Ok(MAX_ENTRIES));
    let mut bomb = zip(&[("a", b"1")]);
    spoil(&mut bomb, 24, &u32::MAX.to_le_bytes());
    assert_eq!(entries(&bomb), Err(ZipError::TooMuch));
}

#[test]
fn what_cannot_be_unpacked_says_why() {
    let packing = |offset: usize, byte: u8| {
        let mut bytes = zip(&[("a", b"1")]);
        spoil(&mut bytes, offset, &[byte]);
        entries(&bytes).expect("a zip")[0].packing
    };
    assert_eq!(packing(8, 1), Err(EntryError::Encrypted));
    assert_eq!(packing(10, 14), Err(EntryError::Method));
    assert_eq!(packing(10, 8), Ok(Packing::Deflated));
}

#[test]
fn no_bytes_do_harm() {
    let whole = zip(&[("main.lua", b"print(1)"), ("a", b"2")]);
    for length in 0..whole.len() {
        assert_eq!(entries(&whole[..length]), Err(ZipError::Damaged), "{length}");
    }
    for at in 0..whole.len() {
        for byte in [0, 1, 0x7F, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] = byte;
            // Whatever it is: it does not panic, and no file has more bytes than there are.
            for entry in entries(&bytes).unwrap_or_default() {
                assert!(entry.packed.len() <= bytes.len());
            }
        }
    }
    assert_eq!(entries(&[b'P'; 100_000]), Err(ZipError::Damaged));
}
