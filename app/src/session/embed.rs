//! What an embedded page does. In the later part of the page.

use leptos::{prelude::*, task::spawn_local};

use super::{Session, bundle_with};
use crate::{
    arrival::{link_address, page_address},
    bundle::streams,
    rpc::CallError,
    settings::Carried,
};

/// Opens what is here in a page of its own, beside this one: as it came, or as the person has made it.
pub fn open_in_playground(session: Session) {
    let is_as_it_came =
        !session.documents.is_edited().get_untracked() && session.state.usage().get_untracked().is_none();
    if is_as_it_came {
        return open_beside(&[page_address(), window().location().hash().unwrap_or_default()].concat());
    }
    // A program that runs would keep `_home` until it ends.
    let carried = if session.state.is_running().get_untracked() { Carried::Files } else { Carried::Home };
    bundle_with(session, carried, move |bundle| match bundle {
        Ok(bundle) => spawn_local(async move {
            match streams::to_link(&bundle).await {
                Some(link) => open_beside(&link_address(&link)),
                None => session.refuse("The playground was not opened", &CallError::Unavailable),
            }
        }),
        Err(error) => session.refuse("The playground was not opened", &error),
    });
}

fn open_beside(address: &str) {
    // Where a frame may open nothing, nothing says so.
    window().open_with_url_and_target_and_features(address, "_blank", "noopener").ok();
}
