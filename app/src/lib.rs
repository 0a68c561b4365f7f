//! The page of cu: shows a program and the living state side by side. Knows the worker only
//! through the messages of `wire`; runs no Lua and stores no `_home` itself.

mod app;
mod assets;
mod browser_worker;
mod client;
mod clipboard;
mod commands;
mod components;
mod console_buffer;
mod console_filter;
mod control;
mod dialogs;
mod disk;
mod documents;
mod examples;
mod exchange;
mod file_list;
mod file_search;
mod files;
mod format_style;
mod formats;
mod help;
mod later;
mod layout;
mod locations;
mod monaco;
mod palette;
mod preferences;
#[cfg(test_build)]
mod probe;
mod problems;
mod program;
mod prompt_history;
mod prompt_offers;
mod prompt_text;
mod rpc;
#[cfg(test)]
mod samples;
mod session;
mod settings;
mod state;
mod state_search;
mod storage;
mod theme;
mod tree;
mod viewer;
mod workspace;
mod zip;

/// Shows the page.
pub fn show_page() {
    leptos::mount::mount_to_body(app::App);
}

/// Shows every component in its states, for the tests.
pub fn show_gallery() {
    leptos::mount::mount_to_body(components::gallery::Gallery);
}
