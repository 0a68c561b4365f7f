//! Every component in its states, on one page: for the tests, which photograph it, and for whoever changes how
//! something looks. The components are the real ones; what they show is fixed, and no worker answers them.

mod console;
mod controls;
mod dialogs;
mod messages;
mod panes;
mod samples;
mod traces;
mod trees;

use leptos::{context::Provider, prelude::*};

use self::{
    console::{ConsoleEntries, ConsoleViews, Offers},
    controls::Controls,
    dialogs::{Dialogs, DryRuns, FunctionForms},
    messages::Messages,
    panes::Panes,
    samples::state_after,
    traces::Traces,
    trees::{Differences, Values},
};
use crate::{session::Session, state::StateEvent};

/// The page.
#[component]
pub fn Gallery() -> impl IntoView {
    let session = Session::without_worker();
    session.later.load();
    provide_context(session);
    view! {
        <main class="gallery">
            <h1>"Gallery"</h1>
            <Section name="Controls"><Controls/></Section>
            <Section name="Messages"><Messages/></Section>
            <Section name="Console"><ConsoleEntries/><Offers/><ConsoleViews/></Section>
            <Section name="Values"><Values/></Section>
            <Section name="Differences"><Differences/></Section>
            <Section name="Panes"><Panes/></Section>
            <Section name="Dialogs"><Dialogs/><DryRuns/><FunctionForms/><Traces/></Section>
        </main>
    }
}

/// Specimens that belong together; the tests take a picture of each section.
#[component]
fn Section(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="gallery-section" aria-label=name>
            <h2>{name}</h2>
            {children()}
        </section>
    }
}

/// A component in one state.
#[component]
fn Specimen(
    /// The file of the component: the tests look whether each has a specimen.
    of: &'static str,
    /// Which state it is in.
    state: &'static str,
    /// What has happened on its page; nothing on most.
    #[prop(optional)]
    after: Vec<StateEvent>,
    /// The class of its frame.
    #[prop(optional)]
    class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let session = Session::expect().in_state(state_after(after));
    view! {
        <figure class="specimen" data-component=of>
            <figcaption>{format!("{of}: {state}")}</figcaption>
            <div class=format!("specimen-frame {class}")>
                <Provider value=session>{children()}</Provider>
            </div>
        </figure>
    }
}
