//! The whole page, and the session that it provides.

use leptos::{ev, prelude::*};

use crate::{
    arrival::{Beginning, follow_address},
    components::{
        dialog_host::DialogHost,
        import_button::DropTarget,
        layout::{BottomTabs, Workbench},
        shortcuts::listen_for_shortcuts,
        status_bar::StatusBar,
        toolbar::Toolbar,
    },
    preferences,
    session::Session,
};

/// Writes what waits to be written when the page is left, or only put aside: a phone may end it then.
fn write_when_left(session: Session) {
    let leave = move || {
        session.program.remember_views();
        session.documents.leave();
        preferences::flush();
    };
    window_event_listener(ev::pagehide, move |_| leave());
    window_event_listener(ev::visibilitychange, move |_| {
        if document().hidden() {
            leave();
        } else {
            session.documents.return_to();
        }
    });
}

/// The whole page.
#[component]
pub fn App(
    /// What it begins with.
    beginning: Beginning,
) -> impl IntoView {
    let session = Session::start(beginning);
    provide_context(session);
    follow_address();
    listen_for_shortcuts(session);
    write_when_left(session);
    let page = if session.is_embedded() {
        session.later.load();
        session.later.draw(|views| (views.embedded)())
    } else {
        // When the first run is possible: what is kept must not compete with it.
        Effect::new(move || session.later.views().into_iter().for_each(|views| (views.begin)(session)));
        view! {
            <div class="app">
                <Toolbar/>
                <div class="banners">{move || session.later.views().map(|views| (views.banners)())}</div>
                <Workbench/>
                <Show when=move || session.shows_strip().get()>
                    <section class="strip" aria-label="History">
                        {move || session.later.views().map(|views| (views.strip)())}
                    </section>
                </Show>
                <StatusBar/>
                <BottomTabs/>
            </div>
            <DropTarget/>
        }
        .into_any()
    };
    view! {
        {page}
        <DialogHost dialogs=session.dialogs/>
    }
}
