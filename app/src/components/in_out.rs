//! The pane with what goes into programs as `_io.input`, and what comes out as `_io.output`.

use leptos::prelude::*;

use super::{
    input::Input,
    output::Output,
    pane::{PaneFrame, on_focus_request},
};
use crate::session::{Pane, Session};

/// The pane with input and output.
#[component]
pub fn InOut() -> impl IntoView {
    let session = Session::expect();
    let text = NodeRef::new();
    on_focus_request(session, Pane::InOut, move || {
        let area: Option<web_sys::HtmlTextAreaElement> = text.get_untracked();
        area.map(|area| area.focus().ok());
    });
    view! {
        <PaneFrame pane=Pane::InOut>
            <Input node_ref=text/>
            <Output/>
        </PaneFrame>
    }
}
