//! Runs Lua, keeps `_home`, stores snapshots.
//!
//! The object graph that can be reached from `_home` is captured into a [`image::HeapImage`], plain data in
//! the middle of everything: the codec writes it, the inspector shows it, and a VM is restored from it.

pub mod archive;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod codec;
pub mod console;
pub mod container;
mod definitions;
pub mod diff;
mod edits;
pub mod files;
mod frame;
pub mod host;
pub mod image;
pub mod inbox;
pub mod inspect;
mod inspections;
pub mod journal;
pub mod json;
mod literal;
pub mod lua;
pub mod path;
mod preview;
mod run_queries;
mod search;
pub mod show;
pub mod slices;
pub mod store;
mod trace;
pub mod worker;
