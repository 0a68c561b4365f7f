//! Lua as it is everywhere else, in a process of its own. For tests only.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

/// What became of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What it wrote, to either stream.
    pub written: String,
    /// The values it returned: strings and integers as they are, floats by their bits, others by their type.
    pub results: Vec<String>,
    /// The message and the traceback of the error that ended it.
    pub error: Option<(String, String)>,
}

/// Ends what a program writes. No program writes it itself.
const MARK: &str = "\u{1}end of output\u{1}";

/// Runs a program as `main.lua`, in UTC+1 and in an empty folder, with what it may read from standard input.
pub fn run(program: &[u8], input: &[u8]) -> io::Result<Outcome> {
    let folder = new_folder()?;
    let output = run_in(&folder, program, input);
    fs::remove_dir_all(&folder)?;
    let output = output?;
    let outcome = read(&output.stdout).filter(|_| output.status.code().is_some());
    outcome.ok_or_else(|| io::Error::other(format!("{}: {output:?}", env!("ORACLE"))))
}

/// A folder of its own, which is empty.
fn new_folder() -> io::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("oracle-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = env::temp_dir().join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn run_in(folder: &Path, program: &[u8], input: &[u8]) -> io::Result<Output> {
    let mut child = Command::new(env!("ORACLE"))
        .arg(MARK)
        .current_dir(folder)
        .env_clear()
        .env("TZ", "UTC-1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let text = [program.len().to_string().as_bytes(), b"\n", program, input].concat();
    let mut stdin = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let writer = std::thread::spawn(move || stdin.write_all(&text));
    let output = child.wait_with_output()?;
    // A program may end without having read all.
    let _ = writer.join();
    Ok(output)
}

fn read(output: &[u8]) -> Option<Outcome> {
    let find = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).position(|window| window == part);
    // A program that calls `os.exit` ends without the mark, and without results.
    let end = find(output, MARK.as_bytes()).unwrap_or(output.len());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut outcome = Outcome { written: text(&output[..end]), ..Outcome::default() };
    let mut rest = output.get(end + MARK.len()..).unwrap_or_default();
    while let Some((kind, after)) = rest.split_first() {
        let line = find(after, b"\n")?;
        let length: usize = std::str::from_utf8(&after[..line]).ok()?.parse().ok()?;
        let (record, left) = after[line + 1..].split_at_checked(length)?;
        match kind {
            b'r' => outcome.results.push(text(record)),
            b'e' => outcome.error = Some((text(record), String::new())),
            b't' => outcome.error.as_mut()?.1 = text(record),
            _ => return None,
        }
        rest = left;
    }
    Some(outcome)
}
