//! Copies states, makes copies the state of a ghost, and makes real what came of them: see [`wire::Ghost`].

use std::rc::Rc;

use wire::{Fault, FileChange, Forked, KeepTrial, RunRest};

use super::machine::Machine;
use crate::codec;
use crate::files::FileEdit;
use crate::host::Host;
use crate::image::HeapImage;
use crate::journal::Run;
use crate::lua::{self, Vm};

/// The copy that a ghost begins with; what a trial made of a copy, where it is held.
#[derive(Default)]
pub struct Trials {
    start: Option<State>,
    held: Option<State>,
}

/// A state that was copied.
struct State {
    /// `_home`, or all that [`Vm::capture_all`] captured.
    image: HeapImage,
    /// `None`: there is only `_home`.
    random_state: Option<[u64; 4]>,
    revision: u64,
    omission_count: u64,
}

/// Copies an image of `_home`.
pub fn fork_home(image: &HeapImage) -> Result<Forked, Fault> {
    fork(image, 0, None)
}

fn fork(image: &HeapImage, revision: u64, random_state: Option<[u64; 4]>) -> Result<Forked, Fault> {
    let bytes = codec::encode(image).map_err(|error| error.to_string())?;
    Ok(Forked { revision, bytes, random_state, omission_count: image.omission_count() })
}

impl Trials {
    /// Copies `_home` with all else that lives in the VM.
    pub fn fork(&self, machine: &mut Machine) -> Result<Forked, Fault> {
        let revision = machine.revision();
        let vm = machine.vm()?;
        let (random_state, _) = vm.random_state().map_err(|error| error.to_string())?;
        let image = vm.capture_all().map_err(|error| error.to_string())?;
        let mut forked = fork(&image, revision, Some(random_state))?;
        forked.omission_count += self.start.as_ref().map_or(0, |start| start.omission_count);
        Ok(forked)
    }

    /// Makes a copy live in the VM: this one, or the one before.
    pub fn load(&mut self, forked: Option<Forked>, machine: &mut Machine) -> Result<(), Fault> {
        if let Some(forked) = forked {
            self.start = Some(State::of(&forked)?);
        }
        let start = self.start.as_ref().ok_or_else(|| String::from("There is no state to try this in."))?;
        machine.replace_vm(|vm| start.restore(vm))?;
        machine.set_revision(start.revision);
        machine.show_home(start.home()?.unwrap_or_else(HeapImage::of_empty_table));
        Ok(())
    }

    /// Holds what a trial made of a copy of the state here.
    pub fn hold(&mut self, forked: &Forked, machine: &Machine) -> Result<(), Fault> {
        let state = State::of(forked)?;
        machine.show_trial(state.home()?);
        self.held = Some(state);
        Ok(())
    }

    /// Makes what is held live in the VM. Returns what it makes of files, and the run for the journal.
    pub fn make_real(
        &mut self,
        kept: KeepTrial,
        machine: &mut Machine,
        host: &dyn Host,
    ) -> Result<(Vec<FileEdit>, Run), Fault> {
        let refuse = |reason: &str| Err(Fault::from(["The dry run cannot be kept: ", reason].concat()));
        let Some(held) = &self.held else { return refuse("it is not there any more.") };
        // The run was one change.
        if held.revision != machine.revision().wrapping_add(1) {
            return refuse("the state has changed since. Run the program instead.");
        }
        if held.omission_count > 0 {
            let reason = "there are values that cannot be copied, such as open files. Run the program instead.";
            return refuse(reason);
        }
        machine.begin_change();
        machine.replace_vm(|vm| held.restore(vm))?;
        machine.show_trial(None);
        self.held = None;
        let KeepTrial { info, source, input, output, files } = kept;
        let now = machine.vm()?.files();
        let edit = |FileChange { path, content }| FileEdit {
            before: now.content(path.as_str()),
            after: content.map(Rc::new),
            path,
        };
        let edits = files.into_iter().map(edit).collect();
        let (number, output, rest) = (host.random(), Some(output), RunRest::default());
        Ok((edits, Run { info: *info, number, has_saved_start: false, source, files: Vec::new(), input, output, rest }))
    }
}

impl State {
    fn of(forked: &Forked) -> Result<State, Fault> {
        let image = codec::decode(&forked.bytes).map_err(|error| error.to_string())?;
        let Forked { revision, random_state, omission_count, .. } = *forked;
        Ok(State { image, random_state, revision, omission_count })
    }

    /// `_home` alone, if it is a table.
    fn home(&self) -> Result<Option<HeapImage>, Fault> {
        let home = if self.random_state.is_some() { lua::home_in_fork(&self.image) } else { self.image.roots.first() };
        let image = home.map(|home| codec::subgraph(&self.image, home)).transpose();
        Ok(image.map_err(|error| error.to_string())?.filter(|image| image.home().is_some()))
    }

    /// Makes the state live in a fresh VM.
    fn restore(&self, vm: &mut Vm) -> Result<(), Fault> {
        let restored = match &self.random_state {
            Some(random_state) => vm.restore_all(&self.image, random_state),
            None => vm.restore_home(&self.image),
        };
        restored.map_err(|error| error.to_string().into())
    }
}
