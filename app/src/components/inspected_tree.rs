//! A tree that the inspector shows, with what is around it: pinned values above, the path of the chosen row below.

use leptos::prelude::*;

use super::{crumbs::Crumbs, pins::PinList, traced_value::trace_row, tree::Tree};
use crate::{
    commands::EditCommand,
    session::{Session, has_pins},
    state_search::reveal_steps,
    tree::{NodePath, Origin, TreeModel},
    viewer::TreeRequest,
};

/// A tree that the inspector shows.
#[component]
pub fn InspectedTree(
    /// Its name for assistive technology.
    #[prop(into)]
    name: String,
    /// What its lines come from.
    origin: Origin,
    /// Its state.
    model: RwSignal<TreeModel>,
    /// Only what contains this is shown.
    #[prop(optional, into)]
    filter: Signal<String>,
    /// What is shown below the tree, or in its place.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let session = Session::expect();
    session.pins.load();
    let current = RwSignal::new(None::<NodePath>);
    let stored = StoredValue::new(origin.clone());
    follow_requests(session, stored, model, current);
    let pins = has_pins(&origin).then(|| view! { <PinList origin=stored model/> });
    view! {
        <div class="inspector-body">
            {pins}
            <Tree name origin model filter current/>
            {children.map(|children| children())}
        </div>
        <Crumbs origin=stored model current/>
    }
}

/// Does in this tree what commands want, and shows the values that are to be shown.
fn follow_requests(
    session: Session,
    origin: StoredValue<Origin>,
    model: RwSignal<TreeModel>,
    current: RwSignal<Option<NodePath>>,
) {
    let viewer = session.viewer;
    Effect::new(move || {
        let Some(request) = viewer.request.get() else { return };
        viewer.request.set(None);
        if request == TreeRequest::CollapseAll {
            return model.update(TreeModel::close_all);
        }
        let rows = model.with_untracked(|model| model.visible_rows(""));
        let row = rows.iter().find(|row| current.read_untracked().as_ref() == Some(&row.path));
        if row.is_none() && request == TreeRequest::Edit(EditCommand::Add) {
            return session.begin_edit(Vec::new(), EditCommand::Add, String::new());
        }
        let Some(row) = row else { return };
        origin.with_value(|origin| match request {
            TreeRequest::CollapseAll => {}
            TreeRequest::Pin => session.toggle_pin(origin, &rows, row),
            TreeRequest::ShowWriter => trace_row(session, origin, row, true),
            TreeRequest::ShowHistory => trace_row(session, origin, row, false),
            TreeRequest::Edit(command) => session.edit_row(origin, row, command),
        });
    });
    Effect::new(move || {
        let is_here = |origin: &Origin| viewer.wanted_steps.with(|it| it.as_ref().is_some_and(|it| it.0 == *origin));
        if !origin.with_value(is_here) {
            return;
        }
        if let Some((origin, steps)) = viewer.wanted_steps.get_untracked() {
            viewer.wanted_steps.set(None);
            reveal_steps(session, origin, model, steps, Vec::new());
        }
    });
}
