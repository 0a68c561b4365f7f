//! What can be done with the release of the playground. In the later part of the page.

use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;

use super::{Session, leave};
use crate::{
    assets::Asset,
    commands::ReleaseCommand,
    release::{Keeper, Release},
    state::StateEvent,
};

const NOT_OFFERED: &str = "The browser does not offer to install the playground: it may be installed already, or the \
                           browser’s own menu may have it.";

/// Has the browser keep the release that this page shows.
pub fn keep_release(session: Session) {
    let release = session.release;
    spawn_local(async move {
        let Some(keeper) = Asset::Release.module::<Keeper>().await else { return };
        let on_newer = Closure::<dyn Fn()>::new(move || release.found_newer()).into_js_value();
        keeper.keep(&on_newer);
        release.keep_with(keeper);
    });
}

/// Carries out a command for the release.
pub fn carry_out_for_release(session: Session, command: ReleaseCommand) {
    let release = session.release;
    match command {
        ReleaseCommand::Update => leave(session, move || update(release)),
        ReleaseCommand::Install => {
            if !release.keeper().is_some_and(|keeper| keeper.install()) {
                session.state.apply(StateEvent::Refused(NOT_OFFERED.to_owned()));
            }
        }
    }
}

fn update(release: Release) {
    release.keeper().iter().for_each(Keeper::update);
}
