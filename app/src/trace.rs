//! What the page says of the history of a value: which run wrote it, where the program mentions it, and how numbers went.

use wire::{Key, Kind, RunDetails, RunInfo, SnapshotId, Step, Trace, TraceRow, TracedChange};

use crate::{
    formats,
    value_shape::{self, Line},
};

/// The longest line of a program that is shown, in characters.
const MAX_LINE: usize = 200;

/// What is known of the history of a value so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traced {
    /// The path of the value, once there is an answer.
    pub path: String,
    /// What was found, the newest first.
    pub rows: Vec<TraceRow>,
    /// How many states were looked at.
    pub states: u32,
    /// Whether there is no more.
    pub is_whole: bool,
    /// Why the rest cannot be known, if so.
    pub problem: Option<String>,
}

impl Traced {
    /// Takes an answer. Returns the state to ask on from, if there are more.
    pub fn receive(&mut self, answer: Trace) -> Option<SnapshotId> {
        // A later answer begins with the state that the one before ended with.
        self.states += answer.states.saturating_sub(u32::from(self.states > 0));
        self.path = answer.path;
        self.rows.extend(answer.rows);
        self.is_whole = answer.rest.is_none();
        answer.rest
    }

    /// What is known, with this change alone.
    pub fn only(&self, change: &TracedChange) -> Self {
        let rows = vec![TraceRow::Changed(change.clone())];
        Traced { path: self.path.clone(), rows, states: self.states, is_whole: true, problem: None }
    }

    /// The newest change, if one was found.
    pub fn last(&self) -> Option<&TracedChange> {
        self.rows.iter().find_map(|row| match row {
            TraceRow::Changed(change) => Some(change),
            TraceRow::Unreadable { .. } => None,
        })
    }

    /// A line through the numbers that the value was, and its ends in words; `None` unless there are two or more, and nothing
    /// else but none.
    pub fn line(&self) -> Option<(Line, String)> {
        let values = self.rows.iter().rev().filter_map(|row| match row {
            TraceRow::Changed(change) => change.new.as_ref(),
            TraceRow::Unreadable { .. } => None,
        });
        let texts: Vec<_> = values.map(|value| (value.kind == Kind::Number).then_some(&value.text[..])).collect();
        let texts = texts.into_iter().collect::<Option<Vec<_>>>()?;
        let [first, .., last] = &texts[..] else { return None };
        let line = value_shape::line(&["[", &texts.join(","), "]"].concat())?;
        Some((line, [", the first ", first, ", the last ", last].concat()))
    }
}

/// Who made a change, as far as that is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Writer {
    /// This run.
    Run(Box<RunInfo>),
    /// One of these runs, the newest first: not all states between them are kept.
    OneOf(Vec<RunInfo>),
    /// One of these runs, or something before them.
    OneOfOrEarlier(Vec<RunInfo>),
    /// A run whose state was not saved.
    Unsaved,
    /// No run that is in the journal. It left this state, which says what it was.
    NotInJournal(SnapshotId),
}

impl Writer {
    /// Who made a change.
    pub fn of(change: &TracedChange) -> Self {
        match (&change.runs[..], change.are_all_runs, &change.after) {
            ([run], true, _) => Writer::Run(Box::new(run.clone())),
            ([_, ..], true, _) => Writer::OneOf(change.runs.clone()),
            ([_, ..], false, _) => Writer::OneOfOrEarlier(change.runs.clone()),
            ([], _, Some(state)) => Writer::NotInJournal(state.clone()),
            ([], _, None) => Writer::Unsaved,
        }
    }

    /// The runs that may have made it, the newest first.
    pub fn runs(&self) -> &[RunInfo] {
        match self {
            Writer::Run(run) => std::slice::from_ref(&**run),
            Writer::OneOf(runs) | Writer::OneOfOrEarlier(runs) => runs,
            Writer::Unsaved | Writer::NotInJournal(_) => &[],
        }
    }

    /// Why no single run is named, if so.
    pub fn doubt(&self) -> Option<String> {
        let among = |runs: &[RunInfo]| ["one of ", &formats::counted(runs.len() as u64, "run")].concat();
        match self {
            Writer::OneOf(runs) => Some([&among(runs), ": the states between them are no longer kept"].concat()),
            Writer::OneOfOrEarlier(runs) if runs.len() == 1 => Some("this run, or something before it".to_owned()),
            Writer::OneOfOrEarlier(runs) => Some([&among(runs), ", or something before them"].concat()),
            Writer::Run(_) | Writer::Unsaved | Writer::NotInJournal(_) => None,
        }
    }
}

/// A line of a program that contains a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name.
    pub name: String,
    /// The file, or what else ran.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

/// A line of what ran that mentions the last key of a path that has a name: one that seems to assign to it, or else the
/// first. It helps to find the place, and proves nothing.
pub fn mention(run: &RunDetails, path: &[Step]) -> Option<Mention> {
    let name = path.iter().rev().find_map(|step| match step {
        Step::Key(Key::String(name)) => String::from_utf8(name.clone()).ok().filter(|name| !name.trim().is_empty()),
        _ => None,
    })?;
    let texts =
        run.files.iter().filter_map(|file| Some((file.path.as_str(), std::str::from_utf8(&file.content).ok()?)));
    let texts = || [(run.info.chunk.as_str(), run.source.as_str())].into_iter().chain(texts.clone());
    let find = |is_wanted: fn(&str, &str) -> bool| {
        texts().find_map(|(file, text)| {
            let (at, line) = text.lines().enumerate().find(|(_, line)| is_wanted(line, &name))?;
            let text = line.trim().chars().take(MAX_LINE).collect();
            Some(Mention { name: name.clone(), file: file.to_owned(), line: at + 1, text })
        })
    };
    find(assigns).or_else(|| find(mentions))
}

fn mentions(line: &str, name: &str) -> bool {
    after_names(line, name).next().is_some()
}

/// Whether something like `name =` or `function name` is in a line.
fn assigns(line: &str, name: &str) -> bool {
    after_names(line, name).any(|(before, after)| {
        let after = after.trim_start_matches(['"', '\'', ']']).trim_start();
        after.starts_with('=') && !after.starts_with("==") || before.trim_start().starts_with("function ")
    })
}

/// What is before and after each place where a line has a whole name, outside of a comment.
fn after_names<'a>(line: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let code = line.find("--").map_or(line, |comment| &line[..comment]);
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    code.match_indices(name).filter_map(move |(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let is_whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        is_whole.then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use wire::{Encoded, Reference, RunFile, RunRest, SourcePath, Summary};

    use super::*;
    use crate::samples;

    fn key(name: &str) -> Step {
        Step::Key(Key::String(name.into()))
    }

    fn value(kind: Kind, text: &str) -> Option<Summary> {
        Some(Summary { kind, text: text.to_owned(), child_count: 0, reference: Reference::Single, location: None })
    }

    fn change(new: Option<Summary>) -> TracedChange {
        let id = |text: &str| Some(SnapshotId(text.to_owned()));
        let (before, after) = (id("a"), id("b"));
        TracedChange { before, after, old: None, new, totals: None, runs: Vec::new(), are_all_runs: false }
    }

    fn changed(new: Option<Summary>) -> TraceRow {
        TraceRow::Changed(change(new))
    }

    fn unreadable() -> TraceRow {
        TraceRow::Unreadable { state: SnapshotId("c".to_owned()), reason: "gone".to_owned() }
    }

    fn run(source: &str, files: &[(&str, &[u8])]) -> RunDetails {
        let file = |(path, content): &(&str, &[u8])| RunFile {
            path: SourcePath::parse(path).expect("a path"),
            content: content.to_vec(),
        };
        RunDetails {
            info: samples::run("1"),
            source: source.to_owned(),
            files: files.iter().map(file).collect(),
            input: String::new(),
            output: None,
            rest: Encoded::new(&RunRest::default()).expect("bytes"),
        }
    }

    fn found(source: &str, path: &[Step]) -> Option<(usize, String)> {
        mention(&run(source, &[]), path).map(|mention| (mention.line, mention.text))
    }

    #[test]
    fn answers_are_joined_until_there_is_no_more() {
        let mut traced = Traced::default();
        let rest = Some(SnapshotId("b".to_owned()));
        let answer = |rows, states, rest| Trace { path: "_home.x".to_owned(), rows, states, rest };
        assert_eq!(traced.receive(answer(vec![unreadable()], 3, rest.clone())), rest);
        assert!(!traced.is_whole && traced.last().is_none());
        assert_eq!(traced.receive(answer(vec![changed(None), unreadable()], 2, None)), None);
        assert_eq!((traced.rows.len(), traced.states, traced.is_whole), (3, 4, true));
        assert_eq!(traced.last(), Some(&change(None)));
    }

    #[test]
    fn a_writer_is_named_only_where_it_is_known() {
        let of = |runs: usize, are_all_runs| {
            let runs = (0..runs).map(|at| samples::run(&at.to_string())).collect();
            Writer::of(&TracedChange { runs, are_all_runs, ..change(None) })
        };
        assert_eq!(of(1, true), Writer::Run(Box::new(samples::run("0"))));
        assert_eq!(of(0, false), Writer::NotInJournal(SnapshotId("b".to_owned())));
        assert_eq!(Writer::of(&TracedChange { after: None, ..change(None) }), Writer::Unsaved);
        let doubt = |runs, are_all| of(runs, are_all).doubt().unwrap_or_default();
        assert_eq!(doubt(1, true), "");
        assert_eq!(doubt(6, true), "one of 6 runs: the states between them are no longer kept");
        assert_eq!(doubt(1, false), "this run, or something before it");
        assert_eq!(doubt(6, false), "one of 6 runs, or something before them");
        assert_eq!((of(6, false).runs().len(), of(0, false).runs().len()), (6, 0));
    }

    #[test]
    fn the_line_that_seems_to_assign_is_found_before_one_that_only_mentions() {
        let path = [key("player"), key("hp")];
        assert_eq!(found("print(hp)\n  p.hp = p.hp - 1\nhp = 2", &path), Some((2, "p.hp = p.hp - 1".to_owned())));
        assert_eq!(found("if hp == 1 then end\nreturn hp", &path), Some((1, "if hp == 1 then end".to_owned())));
        assert_eq!(found("x = 1\nfunction t.hp() end\n", &path).map(|it| it.0), Some(2));
        assert_eq!(found("t['hp'] = 1", &path).map(|it| it.0), Some(1));
        assert_eq!(found("php = 1 hp2 = 2 hp_ = 3\n-- hp = 1", &path), None);
        assert_eq!(found("", &path), None);
        // Items have no name: their table has.
        assert_eq!(found("t.player[1] = 2", &[key("player"), Step::Key(Key::Integer(1))]).map(|it| it.0), Some(1));
        assert_eq!(found("t[1] = 1", &[Step::Key(Key::Integer(1))]), None);
        assert_eq!(found("größe.hp = 1", &[key("größe")]).map(|it| it.0), Some(1));
        assert_eq!(found("x = 1", &[]), None);
    }

    #[test]
    fn files_that_the_run_read_are_searched_too() {
        let details = run("require('lib')", &[("data.bin", b"hp = \xFF"), ("lib.lua", b"\n_home.hp = 1")]);
        let mention = mention(&details, &[key("hp")]).expect("a line");
        assert_eq!((mention.file.as_str(), mention.line, mention.name.as_str()), ("lib.lua", 2, "hp"));
    }

    #[test]
    fn numbers_make_a_line() {
        let number = |text| changed(value(Kind::Number, text));
        let of = |rows| Traced { rows, ..Traced::default() }.line();
        let rows = vec![number("1e3"), changed(None), unreadable(), number("-2"), number("0.5")];
        let (line, ends) = of(rows).expect("a line");
        assert_eq!((line.count, line.least, line.most), (3, -2.0, 1000.0));
        assert_eq!(ends, ", the first 0.5, the last 1e3");
        assert_eq!(of(vec![number("1")]), None);
        assert_eq!(of(vec![number("1"), number("nan")]), None);
        assert_eq!(of(vec![number("1"), changed(value(Kind::String, "\"2\"")), number("3")]), None);
    }
}
