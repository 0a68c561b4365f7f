//! Copies states, and tries things out in them: see [`wire::Fork`] and [`wire::Try`].

use std::rc::Rc;

use wire::{Fault, Forked, Trial, Try};

use super::events::Events;
use super::faults::Unfinished;
use super::machine::Machine;
use crate::codec;
use crate::diff::Diff;
use crate::files::{self, FileEdit};
use crate::image::HeapImage;
use crate::inspect::Inspection;
use crate::lua;
use crate::slices::Slices;

/// The most omissions that are counted by path; only their number is wanted.
const NO_PATHS: usize = 0;

/// The state that is tried.
#[derive(Default)]
pub struct Trials {
    start: Option<Start>,
}

struct Start {
    /// `_home`, or all that [`lua::Vm::capture_all`] captured.
    image: HeapImage,
    random_state: Option<[u64; 4]>,
    /// `_home` alone, if it is a table.
    home: Option<Rc<Inspection>>,
}

/// Copies `_home` with all else that lives in the VM.
pub fn fork_all(machine: &mut Machine) -> Result<Forked, Fault> {
    let vm = machine.vm()?;
    let (random_state, _) = vm.random_state().map_err(|error| error.to_string())?;
    let image = vm.capture_all().map_err(|error| error.to_string())?;
    fork(&image, Some(random_state))
}

/// Copies an image of `_home`.
pub fn fork_home(image: &HeapImage) -> Result<Forked, Fault> {
    fork(image, None)
}

fn fork(image: &HeapImage, random_state: Option<[u64; 4]>) -> Result<Forked, Fault> {
    let bytes = codec::encode(image).map_err(|error| error.to_string())?;
    let (_, omission_count) = image.omissions("", NO_PATHS);
    Ok(Forked { bytes, random_state, omission_count })
}

impl Trials {
    /// Runs a chunk in a copy of a state. Leaves the VM as it is then: the next trial gets another one.
    pub async fn run(
        &mut self,
        wanted: Try,
        machine: &mut Machine,
        slices: &Slices,
        events: &Events,
    ) -> Result<Option<Trial>, Unfinished> {
        let Try { state, source, chunk, mode, input, settings } = wanted;
        if let Some(state) = state {
            self.start = Some(Start::of(state)?);
        }
        let start =
            self.start.as_ref().ok_or_else(|| Fault::from(String::from("There is no state to try this in.")))?;
        let files = machine.vm()?.files().contents();
        machine.open(settings.limits)?;
        machine.vm()?.set_memory_alias(settings.preferences.has_memory_alias);
        start.restore(machine)?;
        for (path, content) in files.iter() {
            machine.vm()?.files().set(path, Some(content.to_vec()));
        }
        if let Some(json) = input {
            machine.set_input(json)?;
        }
        let Some((edits, mut run)) = machine.run(source, chunk, mode, events)? else { return Ok(None) };
        files::apply(machine.vm()?.files(), edits.into_iter().map(FileEdit::reversed).collect());
        run.info.changes = match (&start.home, machine.vm()?.capture_home()) {
            (Some(before), Ok(after)) => {
                let after = Rc::new(Inspection::new(after));
                Diff::new(Rc::clone(before), after, slices).await?.map(|diff| diff.totals())
            }
            _ => None,
        };
        Ok(Some(Trial { info: run.info, output: run.output.unwrap_or_default() }))
    }
}

impl Start {
    fn of(state: Forked) -> Result<Start, Fault> {
        let Forked { bytes, random_state, .. } = state;
        let image = codec::decode(&bytes).map_err(|error| error.to_string())?;
        let home = if random_state.is_some() { lua::home_in_fork(&image) } else { image.roots.first() };
        let home = home.map(|home| codec::subgraph(&image, home)).transpose().map_err(|error| error.to_string())?;
        Ok(Start { image, random_state, home: home.map(|home| Rc::new(Inspection::new(home))) })
    }

    /// Makes the state live in a fresh VM.
    fn restore(&self, machine: &mut Machine) -> Result<(), Fault> {
        let vm = machine.vm()?;
        let Some(random_state) = &self.random_state else {
            return vm.restore_home(&self.image).map_err(|error| error.to_string().into());
        };
        vm.restore_all(&self.image).map_err(|error| error.to_string())?;
        vm.set_random_state(random_state).map_err(|error| error.to_string().into())
    }
}
