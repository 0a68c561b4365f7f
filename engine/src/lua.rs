//! The VM: running chunks, and going between Lua's heap and [`HeapImage`](crate::image::HeapImage)s.
//! Only this module and those in it know mlua.

mod capture;
mod chunk;
mod error;
mod failure;
mod files;
mod fork;
mod heap;
mod interrupt;
mod library;
mod permanents;
mod printing;
mod proto_paths;
mod recompile;
mod records;
mod restore;
mod results;
mod transfer;
mod value_path;
mod vm;

pub use capture::Budget;
pub use error::{Interrupted, VmError};
pub use failure::Failure;
pub use fork::home as home_in_fork;
pub use recompile::{GLOBALS_UPVALUE, Recompiled};
pub use records::TEXT as RECORDS;
pub use restore::RestoreError;
pub use transfer::{EvaluationError, IoField, TransferError};
pub use vm::Vm;
