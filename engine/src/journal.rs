//! What made a run: gathered while it runs, and stored in the journal after it.

use std::collections::VecDeque;

use lua::Content;
use wire::{ChunkName, Ending, LostRun, Output, Readings, RunId, RunInfo, RunMode, RunRest, SourcePath};

use crate::host::Reading;

/// The longest label of a run, in characters.
const LABEL_CHARACTERS: usize = 80;
/// The most bytes of output that are kept of a run: the last ones.
const MAX_OUTPUT_BYTES: usize = 256 << 10;
/// The most readings of each kind that are kept of a run: the first ones.
const MAX_READINGS: usize = 4096;
/// The most bytes of typed lines that are kept of a run: the first ones.
const MAX_TYPED_BYTES: usize = 1 << 20;

/// A run, with all that is stored of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What is known of it without opening it. It gets its id, and the snapshots before and after it, when it is stored.
    pub info: RunInfo,
    /// Makes its id differ from the ids of other stores.
    pub number: u64,
    /// Whether `_home` was as it was saved when the run began.
    pub has_saved_start: bool,
    /// The text that ran.
    pub source: String,
    /// The files that it read, as they were when it began.
    pub files: Vec<(SourcePath, Content)>,
    /// The JSON text that was `_io.input`.
    pub input: String,
    /// What it wrote; `None` if that is not known.
    pub output: Option<Vec<Output>>,
    /// What else is known.
    pub rest: RunRest,
}

impl From<LostRun> for Run {
    fn from(lost: LostRun) -> Run {
        let LostRun { source, chunk, mode, input, began_millis, elapsed_millis, reason } = lost;
        let ending = Ending::Lost { reason };
        let info = RunInfo { elapsed_millis, ending, ..begun(&source, chunk, mode, began_millis) };
        Run {
            info,
            number: 0,
            has_saved_start: true,
            source,
            files: Vec::new(),
            input,
            output: None,
            rest: RunRest::default(),
        }
    }
}

/// What is known of a run when it begins.
pub fn begun(source: &str, chunk: ChunkName, mode: RunMode, began_millis: f64) -> RunInfo {
    let line = source.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    RunInfo {
        id: RunId(String::new()),
        chunk,
        mode,
        label: line.chars().take(LABEL_CHARACTERS).collect(),
        began_millis,
        elapsed_millis: 0.0,
        memory_bytes: 0,
        ending: Ending::Stopped,
        before: None,
        after: None,
        changes: None,
        files_changed: 0,
    }
}

/// Gathers what a run writes and takes from outside.
#[derive(Default)]
pub struct Recorder {
    output: VecDeque<Output>,
    output_bytes: usize,
    readings: Readings,
    typed_bytes: usize,
}

impl Recorder {
    /// A recorder of a run that begins now, with what was known before it began.
    pub fn new(readings: Readings) -> Recorder {
        let readings = Readings { are_complete: true, ..readings };
        Recorder { readings, ..Recorder::default() }
    }

    /// Notes what the run wrote. Forgets the oldest lines if there is too much.
    pub fn note_output(&mut self, output: &Output) {
        self.output_bytes += output.text.len();
        self.output.push_back(output.clone());
        while self.output_bytes > MAX_OUTPUT_BYTES {
            let surplus = self.output_bytes - MAX_OUTPUT_BYTES;
            let Some(oldest) = self.output.front_mut() else { break };
            let (gone, kept) = split_after_line(&oldest.text, surplus);
            self.output_bytes -= gone.len();
            oldest.dropped_lines += gone.matches('\n').count() as u64;
            oldest.text = kept.to_owned();
            if oldest.text.is_empty() && self.output.len() > 1 {
                let dropped_lines = self.output.pop_front().map_or(0, |empty| empty.dropped_lines);
                self.output[0].dropped_lines += dropped_lines;
            }
        }
    }

    /// Notes what the run got from outside.
    pub fn note_reading(&mut self, reading: Reading) {
        let readings = &mut self.readings;
        let has_room = match reading {
            Reading::Unix(millis) => push(&mut readings.unix_millis, millis),
            Reading::Monotonic(millis) => push(&mut readings.monotonic_millis, millis),
            Reading::Random(number) => push(&mut readings.randoms, number),
        };
        readings.are_complete &= has_room;
    }

    /// Notes a line that a person typed, or the end of the input.
    pub fn note_line(&mut self, line: Option<&[u8]>) {
        self.typed_bytes += line.map_or(0, <[u8]>::len);
        let line = line.map(|line| String::from_utf8_lossy(line).into_owned());
        let has_room = self.typed_bytes <= MAX_TYPED_BYTES && push(&mut self.readings.lines, line);
        self.readings.are_complete &= has_room;
    }

    /// What was gathered.
    pub fn finish(self) -> (Vec<Output>, Readings) {
        (self.output.into(), self.readings)
    }
}

/// Adds an item if there is room for it. Returns whether there was.
fn push<T>(items: &mut Vec<T>, item: T) -> bool {
    let has_room = items.len() < MAX_READINGS;
    if has_room {
        items.push(item);
    }
    has_room
}

/// Splits a text after the first line that ends at or behind `surplus` bytes; all of it is before the split if there is none.
fn split_after_line(text: &str, surplus: usize) -> (&str, &str) {
    let from = surplus.saturating_sub(1).min(text.len());
    let end = text.as_bytes()[from..].iter().position(|byte| *byte == b'\n');
    text.split_at(end.map_or(text.len(), |end| from + end + 1))
}

#[cfg(test)]
mod tests {
    use wire::Stream;

    use super::*;

    fn recorder() -> Recorder {
        Recorder::new(Readings::default())
    }

    fn out(text: &str) -> Output {
        Output { stream: Stream::Out, dropped_lines: 0, text: text.into() }
    }

    #[test]
    fn the_last_output_is_kept_in_whole_lines() {
        let mut recorder = recorder();
        recorder.note_output(&out("a first line\n"));
        let line = "0123456789abcde\n";
        recorder.note_output(&Output { stream: Stream::Err, ..out(&line.repeat(MAX_OUTPUT_BYTES / line.len())) });
        recorder.note_output(&out("end"));
        let (output, _) = recorder.finish();
        assert_eq!(output.iter().map(|it| it.dropped_lines).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(output[0].text.len(), MAX_OUTPUT_BYTES - line.len());
        assert!(output[0].text.starts_with(line));
        assert_eq!(output[1], out("end"));
    }

    #[test]
    fn a_line_that_is_too_long_is_left_out() {
        let mut recorder = recorder();
        recorder.note_output(&out(&"x".repeat(MAX_OUTPUT_BYTES + 1)));
        recorder.note_output(&out("end"));
        let (output, _) = recorder.finish();
        assert_eq!(output.iter().map(|it| it.text.as_str()).collect::<String>(), "end");
    }

    #[test]
    fn readings_are_kept_up_to_a_number() {
        let mut recorder = recorder();
        (0..MAX_READINGS).for_each(|number| recorder.note_reading(Reading::Random(number as u64)));
        recorder.note_reading(Reading::Unix(1.0));
        assert!(recorder.readings.are_complete);
        recorder.note_reading(Reading::Random(0));
        let (_, readings) = recorder.finish();
        assert_eq!((readings.randoms.len(), readings.unix_millis.len()), (MAX_READINGS, 1));
        assert!(!readings.are_complete);
    }

    #[test]
    fn typed_lines_are_kept_up_to_a_size() {
        let mut recorder = recorder();
        recorder.note_line(Some(b"Ada"));
        recorder.note_line(None);
        recorder.note_line(Some(&vec![b'x'; MAX_TYPED_BYTES]));
        let (_, readings) = recorder.finish();
        assert_eq!(readings.lines, [Some("Ada".into()), None]);
        assert!(!readings.are_complete);
    }
}
