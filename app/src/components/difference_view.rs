//! The tree of differences between two states of `_home`.

use leptos::prelude::*;
use wire::Subject;

use super::{
    filter_field::FilterField, inspected_tree::InspectedTree, inspector::BackToHome, pane::PaneFrame, tree::ask_all,
};
use crate::{
    run_facts::totals_text,
    session::{Pane, Session},
    tree::{Origin, TreeModel},
    viewer::{Revision, View},
};

/// The tree of differences.
#[component]
pub fn DifferenceView(
    /// The earlier state.
    before: Revision,
    /// The later state.
    after: Revision,
) -> impl IntoView {
    let session = Session::expect();
    let title = format!("{} → {}", before.title(), after.title());
    let (from, to) = (before.subject(), after.subject());
    let origin = Origin::Difference { before: from.clone(), after: to.clone() };
    let model = RwSignal::new(TreeModel::default());
    let totals = RwSignal::new(None::<String>);
    // Withdrawn when this view is closed or asks again.
    let pending = StoredValue::new_local(None);
    let (asked, is_live) = (origin.clone(), from == Subject::Home || to == Subject::Home);
    Effect::new(move || {
        // Asks again after a stop or a crash, which may have come before the answer.
        session.state.openings().track();
        if is_live {
            session.state.home_revision().track();
        }
        let asked = asked.clone();
        pending.set_value(Some(session.count_differences(from.clone(), to.clone(), move |answer| {
            // Now that the states are compared, the tree is quick.
            if answer.is_ok() {
                ask_all(session, &asked, model, model.try_update(TreeModel::refresh).unwrap_or_default());
            }
            totals.try_set(Some(match answer {
                Ok((found, true)) => totals_text(&found),
                Ok((found, false)) => {
                    totals_text(&found) + " (too large to compare completely: some of these may have equal contents)"
                }
                Err(error) => error.to_string(),
            }));
        })));
    });
    let filter = RwSignal::new(String::new());
    let swap = move |_| session.viewer.show(View::Difference { before: after.clone(), after: before.clone() });
    let head = view! {
        <h2 class="pane-title" title=title.clone()>{title.clone()}</h2>
        <FilterField name="Filter the differences" text=filter/>
        <button type="button" class="button is-small" on:click=swap>"Swap sides"</button>
        <BackToHome/>
    };
    view! {
        <PaneFrame pane=Pane::Inspector head=head.into_any()>
            <div class="inspector-note">
                <p class="inspector-meaning">{move || totals.get().unwrap_or_else(|| "Comparing…".to_owned())}</p>
            </div>
            <InspectedTree name=title origin model filter/>
        </PaneFrame>
    }
}
