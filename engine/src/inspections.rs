//! What the page can look into: `_home` as it was captured last, the results of runs, a snapshot.

use std::collections::VecDeque;
use std::rc::Rc;

use wire::{Call, EventBody, Look, RequestId, ShowSource, SnapshotId, Subject, Summary};

use crate::diff;
use crate::image::HeapImage;
use crate::inspect::Inspection;

/// The number of runs whose results can be inspected.
const RESULTS_KEPT: usize = 100;
/// How many values these may hold in total; the newest one is kept in any case.
const RESULT_VALUES_KEPT: u64 = 2_000_000;
/// The number of printed lines whose values can be inspected.
const LINES_KEPT: usize = 2000;
/// How many values these may hold in total.
const LINE_VALUES_KEPT: u64 = 200_000;
/// How many values a state may hold to be kept beside the one that a run makes of it.
const BEFORE_VALUES_KEPT: u64 = 500_000;
/// The number of snapshots that can be inspected without reading them again: the two that are compared.
const SNAPSHOTS_KEPT: usize = 2;

/// The images that can be inspected.
#[derive(Default)]
pub struct Inspections {
    home: Option<Rc<Inspection>>,
    output: Option<Rc<Inspection>>,
    /// Both as they were before the last run.
    before: [Option<Rc<Inspection>>; 2],
    results: VecDeque<(RequestId, Rc<Inspection>)>,
    /// By run and number.
    lines: VecDeque<(RequestId, u32, Rc<Inspection>)>,
    line_values: u64,
    /// The one that was opened last first.
    snapshots: VecDeque<(SnapshotId, Rc<Inspection>)>,
    /// The `_home` of another workspace, by the name of its database.
    other: Option<(String, Rc<Inspection>)>,
    /// What a trial made of `_home`, as it is held.
    trial: Option<Rc<Inspection>>,
}

impl Inspections {
    /// `_home` and `_io.output` are about to change: from now on, listings say what does.
    pub fn begin_change(&mut self) {
        let is_small = |state: &Rc<Inspection>| state.image().value_count() <= BEFORE_VALUES_KEPT;
        self.before = [self.home.clone().filter(is_small), self.output.clone().filter(is_small)];
    }

    /// Takes a newer image of `_home`.
    pub fn keep_home(&mut self, image: HeapImage) -> Rc<Inspection> {
        Rc::clone(self.home.insert(Rc::new(Inspection::new(image))))
    }

    /// `_home` as it was before the last run, if it was small enough to be kept.
    pub fn home_before(&self) -> Option<Rc<Inspection>> {
        self.before[0].clone()
    }

    /// Takes an image of `_io.output`.
    pub fn keep_output(&mut self, image: HeapImage) {
        self.output = Some(Rc::new(Inspection::new(image)));
    }

    /// Forgets `_io.output`: a program has run since.
    pub fn forget_output(&mut self) {
        self.output = None;
    }

    /// Takes what a run returned, and gives it in a line each.
    pub fn keep_results(&mut self, run: RequestId, image: HeapImage) -> Vec<Summary> {
        let results = Inspection::new(image);
        let summaries = results.roots();
        if summaries.is_empty() {
            return summaries;
        }
        self.results.push_back((run, Rc::new(results)));
        let values = |results: &VecDeque<(RequestId, Rc<Inspection>)>| -> u64 {
            results.iter().map(|(_, results)| results.image().value_count()).sum()
        };
        while self.results.len() > RESULTS_KEPT || self.results.len() > 1 && values(&self.results) > RESULT_VALUES_KEPT
        {
            self.results.pop_front();
        }
        summaries
    }

    /// Takes what a program printed in a line, and gives it in a line each.
    pub fn keep_line(&mut self, run: RequestId, number: u32, image: HeapImage) -> Vec<Summary> {
        self.line_values += image.value_count();
        let line = Rc::new(Inspection::new(image));
        let summaries = line.roots();
        self.lines.push_back((run, number, line));
        while (self.lines.len() > LINES_KEPT || self.line_values > LINE_VALUES_KEPT)
            && let Some((_, _, oldest)) = self.lines.pop_front()
        {
            self.line_values -= oldest.image().value_count();
        }
        summaries
    }

    /// Takes a snapshot's image, and forgets the least recently inspected one.
    pub fn keep_snapshot(&mut self, id: SnapshotId, image: HeapImage) {
        self.snapshots.push_front((id, Rc::new(Inspection::new(image))));
        self.snapshots.truncate(SNAPSHOTS_KEPT);
    }

    /// Takes the `_home` of another workspace, and forgets the one before.
    pub fn keep_other(&mut self, database: String, image: HeapImage) {
        self.other = Some((database, Rc::new(Inspection::new(image))));
    }

    /// Takes what a trial made of `_home`; `None` where nothing is held any more.
    pub fn keep_trial(&mut self, home: Option<HeapImage>) {
        self.trial = home.map(|home| Rc::new(Inspection::new(home)));
    }

    /// Forgets a snapshot that was deleted.
    pub fn forget_snapshot(&mut self, id: &SnapshotId) {
        self.snapshots.retain(|(known, _)| known != id);
    }

    /// What is known of a subject. A result that is not known (any more) will not be; the others may be got.
    pub fn find(&self, subject: &Subject) -> Option<Rc<Inspection>> {
        match subject {
            Subject::Home => self.home.clone(),
            Subject::Output => self.output.clone(),
            Subject::Trial => self.trial.clone(),
            Subject::Result(run) => self.results.iter().find(|(id, _)| id == run).map(|(_, found)| Rc::clone(found)),
            Subject::Printed { run, number } => {
                let is_wanted = |line: &&(RequestId, u32, Rc<Inspection>)| (&line.0, &line.1) == (run, number);
                self.lines.iter().find(is_wanted).map(|(_, _, found)| Rc::clone(found))
            }
            Subject::Snapshot(wanted) => {
                self.snapshots.iter().find(|(id, _)| id == wanted).map(|(_, found)| Rc::clone(found))
            }
            Subject::Workspace(wanted) => {
                self.other.as_ref().filter(|(database, _)| database == wanted).map(|(_, found)| Rc::clone(found))
            }
        }
    }

    /// The answer to a look into one state, from what is known of it; `None` for a comparison.
    pub fn answer(&self, look: &Look) -> Option<EventBody> {
        match look {
            Look::Inspect(wire::Inspect { subject, path, offset, limit }) => {
                let found = self.find(subject);
                let mut listing = found.as_ref().and_then(|found| found.list(path, *offset, *limit));
                let [home, output] = &self.before;
                let before = match subject {
                    Subject::Home => home,
                    Subject::Output => output,
                    _ => &None,
                };
                if let (Some(listing), Some(before), Some(after)) = (&mut listing, before, &found) {
                    diff::mark(&mut listing.rows, path, before, after);
                }
                Some(wire::Inspect::into_body(listing))
            }
            Look::ShowSource(ShowSource { subject, path }) => {
                Some(ShowSource::into_body(self.find(subject).and_then(|found| found.source(path))))
            }
            _ => None,
        }
    }
}
