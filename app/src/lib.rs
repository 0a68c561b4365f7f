//! The page of cu: shows a program and the living state side by side. Knows the worker only
//! through the messages of `wire`; runs no Lua and stores no `_home` itself.

mod app;
mod arrival;
mod assets;
mod branches;
mod browser_worker;
mod bundle;
mod client;
mod clipboard;
mod commands;
mod components;
mod console_buffer;
mod console_filter;
mod console_view;
mod control;
mod dialogs;
mod disk;
mod documents;
mod embed;
mod examples;
mod exchange;
mod file_list;
mod file_search;
mod files;
mod format_style;
mod formats;
mod function_edit;
mod ghost;
mod help;
mod later;
mod layout;
mod locations;
mod looks;
mod lua_text;
mod monaco;
mod palette;
mod pins;
mod preferences;
#[cfg(test_build)]
mod probe;
mod problems;
mod program;
mod prompt_history;
mod prompt_offers;
mod prompt_text;
mod release;
mod rpc;
mod run_facts;
#[cfg(test)]
mod samples;
mod session;
mod settings;
mod settings_file;
mod settings_list;
mod source_version;
mod state;
mod state_search;
mod storage;
mod theme;
mod trace;
mod tree;
mod trial_facts;
mod value_shape;
mod viewer;
mod workspace;
mod workspaces;
mod zip;

use leptos::prelude::*;

use crate::{app::App, arrival::Beginning};

/// Shows the page.
pub fn show_page() {
    if arrival::is_expected() {
        // There is nothing of Leptos yet that could carry it out.
        wasm_bindgen_futures::spawn_local(async {
            let beginning = later::arrive().await;
            leptos::mount::mount_to_body(move || view! { <App beginning/> });
        });
    } else {
        leptos::mount::mount_to_body(|| view! { <App beginning=Beginning::default()/> });
    }
}

/// Shows every component in its states, for the tests.
pub fn show_gallery() {
    leptos::mount::mount_to_body(components::gallery::Gallery);
}
