//! The VM: runs programs, and keeps the images of what it holds, so that they can be inspected.

use std::cell::RefCell;
use std::rc::Rc;

use wire::{
    ChunkName, EventBody, Fault, HistoryEvent, Limits, Outcome, RunMode, RunReport, ScriptError, Stage, Subject,
};

use super::events::Events;
use crate::archive::LoadError;
use crate::console::Console;
use crate::files::{self, FileEdit};
use crate::host::Host;
use crate::image::HeapImage;
use crate::inspections::Inspections;
use crate::lua::{Interrupted, Vm};

/// A VM, which is there once it was opened, and the images of what it holds.
pub struct Machine {
    vm: Option<Vm>,
    console: Rc<Console>,
    inspections: Rc<RefCell<Inspections>>,
}

impl Machine {
    /// Programs write to the console and read from it.
    pub fn new(console: Rc<Console>, inspections: Rc<RefCell<Inspections>>) -> Machine {
        Machine { vm: None, console, inspections }
    }

    /// Makes a fresh VM.
    pub fn open(&mut self, limits: Limits) -> Result<(), Fault> {
        self.console.keep_lines(limits.console_lines);
        let host = Rc::clone(&self.console) as Rc<dyn Host>;
        self.vm = Some(Vm::new(host, limits).map_err(|error| error.to_string())?);
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

    /// Runs a chunk and reports how it went. Returns what it made of files; `None` if nothing ran.
    pub fn run(
        &mut self,
        source: &str,
        chunk: &ChunkName,
        mode: RunMode,
        events: &Events,
    ) -> Result<Option<Vec<FileEdit>>, Fault> {
        let files = self.vm()?.files().contents();
        self.begin_change();
        self.inspections.borrow_mut().forget_output();
        events.emit(EventBody::RunStarted);
        self.console.begin(events.request());
        let start = self.console.monotonic_millis();
        let ran = self.vm()?.run(chunk, source.as_bytes(), mode);
        let elapsed_millis = self.console.monotonic_millis() - start;
        self.console.end();
        let outcome = match ran {
            Ok(image) => Outcome::Returned(self.inspections.borrow_mut().keep_results(events.request(), image)),
            Err(Interrupted::Stopped) => Outcome::Stopped,
            Err(Interrupted::Incomplete) => Outcome::Incomplete,
            Err(Interrupted::Exited(status)) => Outcome::Exited { status },
            Err(Interrupted::Failed(failure)) => Outcome::Failed(ScriptError {
                message: failure.message,
                location: failure.location,
                traceback: failure.traceback,
            }),
        };
        let memory_bytes = self.vm()?.memory_bytes();
        let edits = (outcome != Outcome::Incomplete).then_some(files::edits(&files, &self.vm()?.files().contents()));
        if let Some(edits) = edits.as_ref().filter(|edits| !edits.is_empty()) {
            events.emit(EventBody::FilesChanged(edits.iter().map(FileEdit::change).collect()));
        }
        events.emit(EventBody::RunFinished(RunReport { outcome, elapsed_millis, memory_bytes }));
        Ok(edits)
    }

    /// Puts files as they were before or after a run, and says so. What is something else meanwhile is left alone.
    pub fn put_files(&mut self, edits: Result<Vec<FileEdit>, LoadError>, events: &Events) -> Result<(), Fault> {
        let edits = edits.map_err(|error| format!("The files of the run are as they were: {error}."))?;
        let (changes, kept) = files::apply(self.vm()?.files(), edits);
        if !changes.is_empty() {
            events.emit(EventBody::FilesChanged(changes));
        }
        if !kept.is_empty() {
            events.history(HistoryEvent::FilesKept(kept));
        }
        Ok(())
    }

    /// Captures `_home` as it is now.
    pub fn capture(&mut self, events: &Events) -> Result<HeapImage, Fault> {
        // How many values it had when it was last looked at.
        let home = self.inspections.borrow().find(&Subject::Home);
        events.begin_stage(Stage::Capturing, home.map_or(0, |home| home.image().value_count()));
        self.vm()?.capture_home().map_err(|error| error.to_string().into())
    }

    /// `_home` is about to change, which its listings are to show.
    pub fn begin_change(&self) {
        self.inspections.borrow_mut().begin_change();
    }

    /// Makes an image the one that [`Subject::Home`] means.
    pub fn show_home(&self, image: HeapImage) {
        self.inspections.borrow_mut().keep_home(image);
    }

    /// Captures `_io.output`, to be inspected.
    pub fn show_output(&mut self) -> Result<(), Fault> {
        let image = self.vm()?.capture_output().map_err(|error| error.to_string())?;
        self.inspections.borrow_mut().keep_output(image);
        Ok(())
    }
}
