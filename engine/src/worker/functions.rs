//! Functions that get another text while they live. The edit is made in a copy of all that lives in the VM, which then takes
//! the place of it: every holder of the function has the new code, and no Lua code runs.

use wire::{Fault, FunctionEdit, Step};

use super::machine::Machine;
use crate::image::{FunctionId, HeapImage, Value};
use crate::inspect::Inspection;
use crate::lua::{self, Recompiled};
use crate::trace;

/// Says what a text would mean for the function at a path of `_home`.
pub fn check(machine: &mut Machine, home: &Inspection, path: &[Step], source: &str) -> Result<FunctionEdit, Fault> {
    let id = function_at(home, home.image().roots.first(), path)?;
    let (edit, _) = recompile(machine, home.image(), id, source)?;
    let all = machine.vm()?.capture_all().map_err(|error| error.to_string())?;
    Ok(FunctionEdit { omissions: all.omission_count(), ..edit })
}

/// Gives the function at a path of `_home` another text. Returns what that meant.
pub fn edit(machine: &mut Machine, path: &[Step], source: &str) -> Result<FunctionEdit, Fault> {
    let vm = machine.vm()?;
    let (random_state, _) = vm.random_state().map_err(|error| error.to_string())?;
    let all = Inspection::new(vm.capture_all().map_err(|error| error.to_string())?);
    let id = function_at(&all, lua::home_in_fork(all.image()), path)?;
    let (edit, recompiled) = recompile(machine, all.image(), id, source)?;
    let mut image = all.into_image();
    let omissions = image.omission_count();
    let old = image[id].prototype;
    recompiled.apply(&mut image, old);
    machine.begin_change();
    machine.replace_vm(|vm| vm.restore_all(&image, &random_state).map_err(|error| error.to_string().into()))?;
    Ok(FunctionEdit { omissions, ..edit })
}

fn function_at(state: &Inspection, home: Option<Value>, path: &[Step]) -> Result<FunctionId, Fault> {
    let home = home.filter(|_| trace::is_lasting(path));
    let found = home.and_then(|home| path.iter().try_fold(home, |value, step| state.child(value, step)));
    match found {
        Some(Value::Function(id)) => Ok(id),
        _ => Err(String::from("No lasting path in _home leads to this function.").into()),
    }
}

fn recompile(
    machine: &mut Machine,
    image: &HeapImage,
    id: FunctionId,
    source: &str,
) -> Result<(FunctionEdit, Recompiled), Fault> {
    let old = image.prototype_of(id);
    let recompiled = machine.vm()?.recompile(image.chunk(old.chunk), old, source)?;
    let old_names: Vec<&str> = old.upvalue_names.iter().collect();
    let names = &recompiled.upvalue_names;
    // The globals are there in any case.
    let is_told = |name: &&str| *name != lua::GLOBALS_UPVALUE;
    let told = |names: &mut dyn Iterator<Item = &str>| names.filter(is_told).map(str::to_owned).collect();
    let edit = FunctionEdit {
        kept: told(&mut names.iter().map(String::as_str).filter(|name| old_names.contains(name))),
        new: told(&mut names.iter().map(String::as_str).filter(|name| !old_names.contains(name))),
        lost: told(&mut old_names.iter().copied().filter(|name| !names.iter().any(|new| new == name))),
        functions: image.functions_of(image[id].prototype).count() as u32,
        omissions: 0,
    };
    Ok((edit, recompiled))
}
