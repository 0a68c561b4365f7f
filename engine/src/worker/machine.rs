//! The VM: runs programs, and keeps the images of what it holds, so that they can be inspected.

use std::cell::RefCell;
use std::rc::Rc;

use lua::{Content, Contents};
use wire::{
    ChunkName, Ending, EventBody, Fault, HistoryEvent, Limits, Outcome, Readings, RunInfo, RunMode, RunReport, RunRest,
    ScriptError, SourcePath, Stage, Subject,
};

use super::events::Events;
use crate::console::Console;
use crate::files::{self, Edited, FileEdit};
use crate::host::Host;
use crate::image::HeapImage;
use crate::inspect::Inspection;
use crate::inspections::Inspections;
use crate::journal::{self, Run};
use crate::lua::{Interrupted, Vm};

/// A VM, which is there once it was opened, and the images of what it holds.
pub struct Machine {
    vm: Option<Vm>,
    console: Rc<Console>,
    inspections: Rc<RefCell<Inspections>>,
    /// What `_io.input` was made of.
    input: String,
    /// Differs from one state of the VM to the next, and from those of other workers.
    revision: u64,
}

/// The most returned values that the journal keeps of a run.
const MAX_VALUES: usize = 10;

impl Machine {
    /// Programs write to the console and read from it.
    pub fn new(console: Rc<Console>, inspections: Rc<RefCell<Inspections>>) -> Machine {
        let revision = console.random();
        Machine { vm: None, console, inspections, input: String::new(), revision }
    }

    /// Makes a fresh VM.
    pub fn open(&mut self, limits: Limits) -> Result<(), Fault> {
        self.console.keep_lines(limits.console_lines);
        let host = Rc::clone(&self.console) as Rc<dyn Host>;
        self.vm = Some(Vm::new(host, limits).map_err(|error| error.to_string())?);
        Ok(())
    }

    /// Puts a fresh VM in the place of the present one, with the same settings and files. Where `restore` cannot make its state
    /// live there, nothing has changed.
    pub fn replace_vm(&mut self, restore: impl FnOnce(&mut Vm) -> Result<(), Fault>) -> Result<(), Fault> {
        let host = Rc::clone(&self.console) as Rc<dyn Host>;
        let old = self.vm()?;
        let mut vm = Vm::new(host, old.limits()).map_err(|error| error.to_string())?;
        vm.set_memory_alias(old.has_memory_alias());
        for (path, content) in old.files().contents().iter() {
            vm.files().set(path, Some(content.to_vec()));
        }
        restore(&mut vm)?;
        self.vm = Some(vm);
        Ok(())
    }

    /// Changes the limits of the runs to come.
    pub fn set_limits(&mut self, limits: Limits) -> Result<(), Fault> {
        self.console.keep_lines(limits.console_lines);
        self.vm()?.set_limits(limits).map_err(|error| error.to_string().into())
    }

    /// The VM, if it was opened.
    pub fn vm(&mut self) -> Result<&mut Vm, Fault> {
        self.vm.as_mut().ok_or_else(|| String::from("the worker was not opened yet").into())
    }

    /// Sets `_io.input` from a JSON text.
    pub fn set_input(&mut self, json: String) -> Result<(), Fault> {
        let set = self.vm()?.set_input_json(&json);
        set.map_err(|error| format!("The input was not set: {error}."))?;
        self.input = json;
        Ok(())
    }

    /// Runs a chunk and reports how it went. Returns what it made of files, and what the journal keeps of it; `None` if
    /// nothing ran.
    pub fn run(
        &mut self,
        source: String,
        chunk: ChunkName,
        mode: RunMode,
        events: &Events,
    ) -> Result<Option<(Vec<FileEdit>, Run)>, Fault> {
        let files = self.vm()?.files().contents();
        self.vm()?.files().take_used();
        let (random_state, hash_seed) = self.vm()?.random_state().map_err(|error| error.to_string())?;
        self.begin_change();
        self.inspections.borrow_mut().forget_output();
        events.emit(EventBody::RunStarted);
        self.console.begin(events.request(), Readings { random_state, hash_seed, ..Readings::default() });
        let began_millis = self.console.unix_millis();
        let start = self.console.monotonic_millis();
        let ran = self.vm()?.run(&chunk, source.as_bytes(), mode);
        let elapsed_millis = self.console.monotonic_millis() - start;
        let (output, readings) = self.console.end();
        let outcome = self.outcome(ran, events);
        let memory_bytes = self.vm()?.memory_bytes();
        let is_run = outcome != Outcome::Incomplete;
        let (ending, traceback) = ending(&outcome);
        let edits = files::edits(&files, &self.vm()?.files().contents());
        if is_run && !edits.is_empty() {
            events.emit(EventBody::FilesChanged(edits.iter().map(FileEdit::change).collect()));
        }
        events.emit(EventBody::RunFinished(RunReport { outcome, elapsed_millis, memory_bytes }));
        if !is_run {
            return Ok(None);
        }
        let info = RunInfo {
            elapsed_millis,
            memory_bytes,
            ending,
            files_changed: edits.len() as u32,
            ..journal::begun(&source, chunk.clone(), mode, began_millis)
        };
        let (number, input) = (self.console.random(), self.input.clone());
        let files = self.used_files(&files, &chunk)?;
        let (output, rest, has_saved_start) = (Some(output), RunRest { traceback, readings }, false);
        let run = Run { info, number, has_saved_start, source, files, input, output, rest };
        Ok(Some((edits, run)))
    }

    fn outcome(&self, ran: Result<HeapImage, Interrupted>, events: &Events) -> Outcome {
        match ran {
            Ok(image) => Outcome::Returned(self.inspections.borrow_mut().keep_results(events.request(), image)),
            Err(Interrupted::Stopped) => Outcome::Stopped,
            Err(Interrupted::Incomplete) => Outcome::Incomplete,
            Err(Interrupted::Exited(status)) => Outcome::Exited { status },
            Err(Interrupted::Failed(failure)) => Outcome::Failed(ScriptError {
                message: failure.message,
                location: failure.location,
                traceback: failure.traceback,
            }),
        }
    }

    /// The files that were read since the last run, as they were before, without the one that ran.
    fn used_files(&mut self, before: &Contents, chunk: &ChunkName) -> Result<Vec<(SourcePath, Content)>, Fault> {
        let used = self.vm()?.files().take_used().into_iter().filter_map(|path| {
            let content = Rc::clone(before.get(&path)?);
            let path = SourcePath::parse(&path).ok()?;
            (chunk.path() != Some(&path)).then_some((path, content))
        });
        Ok(used.collect())
    }

    /// Says what became of files when runs were undone or redone.
    pub fn tell_edited(&mut self, edited: Edited, events: &Events) {
        let Edited { changes, kept } = edited;
        if !changes.is_empty() {
            events.emit(EventBody::FilesChanged(changes));
        }
        if !kept.is_empty() {
            events.history(HistoryEvent::FilesKept(kept));
        }
    }

    /// Captures `_home` as it is now.
    pub fn capture(&mut self, events: &Events) -> Result<HeapImage, Fault> {
        // How many values it had when it was last looked at.
        let home = self.inspections.borrow().find(&Subject::Home);
        events.begin_stage(Stage::Capturing, home.map_or(0, |home| home.image().value_count()));
        self.vm()?.capture_home().map_err(|error| error.to_string().into())
    }

    /// `_home` is about to change, which its listings are to show.
    pub fn begin_change(&mut self) {
        self.revision = self.revision.wrapping_add(1);
        self.inspections.borrow_mut().begin_change();
    }

    /// Differs from one state of the VM to the next, and from those of other workers.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Takes the number of a state that was copied.
    pub fn set_revision(&mut self, revision: u64) {
        self.revision = revision;
    }

    /// Makes an image the one that [`Subject::Trial`] means.
    pub fn show_trial(&self, home: Option<HeapImage>) {
        self.inspections.borrow_mut().keep_trial(home);
    }

    /// Makes an image the one that [`Subject::Home`] means.
    pub fn show_home(&self, image: HeapImage) -> Rc<Inspection> {
        self.inspections.borrow_mut().keep_home(image)
    }

    /// `_home` as it was before the last change, if that is known.
    pub fn home_before(&self) -> Option<Rc<Inspection>> {
        self.inspections.borrow().home_before()
    }

    /// Captures `_io.output`, to be inspected.
    pub fn show_output(&mut self) -> Result<(), Fault> {
        let image = self.vm()?.capture_output().map_err(|error| error.to_string())?;
        self.inspections.borrow_mut().keep_output(image);
        Ok(())
    }
}

/// How a run ended, as the journal says it, and the traceback of its error.
fn ending(outcome: &Outcome) -> (Ending, String) {
    let ending = match outcome {
        Outcome::Returned(values) => {
            Ending::Returned(values.iter().take(MAX_VALUES).map(|value| value.text.clone()).collect())
        }
        Outcome::Failed(ScriptError { message, location, traceback }) => {
            let ending = Ending::Failed { message: message.clone(), location: location.clone() };
            return (ending, traceback.clone());
        }
        Outcome::Exited { status } => Ending::Exited { status: *status },
        Outcome::Stopped | Outcome::Incomplete => Ending::Stopped,
    };
    (ending, String::new())
}
