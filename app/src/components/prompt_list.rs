//! What can be typed at the console's prompt: the list above it, and what its field does with keys meanwhile.

use leptos::{ev, html::ElementExt, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlTextAreaElement;

use super::{palette::moved, prompt::Draft, prompt_preview::PromptPreview, scroll_into_view};
use crate::{
    formats,
    prompt_offers::{Offer, PromptOffers, asks, completed, is_in_name},
    session::Session,
};

const LIST_ID: &str = "prompt-offers";

/// The prompt's field, for which names are offered.
#[derive(Clone, Copy)]
struct Field {
    draft: Draft,
    offers: PromptOffers,
}

impl Field {
    /// Where the cursor is, in UTF-16 units, if nothing is selected.
    fn cursor(self) -> Option<u32> {
        let input = self.draft.input.get_untracked()?;
        let (start, end) = (input.selection_start().ok()??, input.selection_end().ok()??);
        (start == end).then_some(start)
    }

    /// What stands before the cursor.
    fn before_cursor(self) -> Option<String> {
        let text = js_sys::JsString::from(self.draft.input.get_untracked()?.value());
        Some(text.slice(0, self.cursor()?).into())
    }

    /// Offers names for what stands before the cursor, where it is Lua and this wants them.
    fn offer(self, is_wanted: impl Fn(&str) -> bool) {
        match self.before_cursor().filter(|before| !self.draft.is_for_program() && is_wanted(before)) {
            Some(before) => self.offers.ask(before),
            None => self.offers.close(),
        }
    }

    /// Something was typed. A list that is shown stays while a name is typed on.
    fn typed(self) {
        let is_shown = !self.offers.list.read_untracked().is_empty();
        self.offer(|before| asks(before) || (is_shown && before.ends_with(is_in_name)));
    }

    /// Writes the chosen name.
    fn take_offer(self) {
        let (Some(offer), Some(place)) = (self.offers.current(), self.cursor()) else { return };
        let (text, cursor) = completed(&self.draft.text.read_untracked(), place, &offer);
        self.draft.text.set(text.clone());
        if let Some(input) = self.draft.input.get_untracked() {
            input.set_value(&text);
            input.set_selection_range(cursor, cursor).ok();
        }
        self.offers.close();
    }

    /// Whether a key is for the list; then it has done what it is for.
    fn takes_key(self, event: &ev::KeyboardEvent) -> bool {
        let (key, count) = (event.key(), self.offers.list.read_untracked().len());
        if key == " " && event.ctrl_key() {
            self.offer(|_| true);
            return true;
        }
        if matches!(key.as_str(), "ArrowLeft" | "ArrowRight" | "Home" | "End") {
            self.offers.close();
        }
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        if count == 0 || has_modifier || event.is_composing() {
            return false;
        }
        match key.as_str() {
            "Tab" => self.take_offer(),
            "Enter" if self.offers.is_chosen.get_untracked() => self.take_offer(),
            // The line is run.
            "Enter" => {
                self.offers.close();
                return false;
            }
            "Escape" => self.offers.close(),
            _ => match moved(&key, self.offers.chosen.get_untracked(), count) {
                Some(index) => self.offers.choose(index),
                None => return false,
            },
        }
        true
    }

    /// Listens to the field, before it does itself.
    fn listen(self, input: &HtmlTextAreaElement) {
        for (name, value) in [("aria-autocomplete", "list"), ("aria-haspopup", "listbox")] {
            input.set_attribute(name, value).ok();
        }
        let take_key = Closure::<dyn Fn(_)>::new(move |event: ev::KeyboardEvent| {
            if self.takes_key(&event) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        // Listening does not fail.
        drop(input.add_event_listener_with_callback_and_bool("keydown", take_key.as_ref().unchecked_ref(), true));
        let typing = input.on(ev::input, move |_| self.typed());
        let pointer = input.on(ev::mousedown, move |_| self.offers.close());
        let leaving = input.on(ev::blur, move |_| self.offers.close());
        StoredValue::new_local(take_key);
        on_cleanup(move || drop((typing, pointer, leaving)));
    }

    /// Says in the field's attributes which offer is chosen.
    fn describe(self, input: &HtmlTextAreaElement) {
        let chosen = self.offers.is_open().then(|| offer_id(self.offers.chosen.get()));
        let list = chosen.as_ref().map(|_| LIST_ID.to_owned());
        for (name, value) in [("aria-activedescendant", &chosen), ("aria-controls", &list)] {
            match value {
                Some(value) => input.set_attribute(name, value).ok(),
                None => input.remove_attribute(name).ok(),
            };
        }
        if let Some(id) = chosen {
            scroll_into_view(&id);
        }
    }
}

/// Offers names at the prompt.
#[component]
pub fn PromptList(
    /// What the prompt holds.
    draft: Draft,
) -> impl IntoView {
    let field = Field { draft, offers: PromptOffers::new(Session::expect().program) };
    Effect::new(move || draft.input.get().into_iter().for_each(|input| field.listen(&input)));
    Effect::new(move || draft.input.get().into_iter().for_each(|input| field.describe(&input)));
    view! {
        <OfferList offers=field.offers take=Callback::new(move |()| field.take_offer())/>
        <PromptPreview draft/>
    }
}

/// The list.
#[component]
pub fn OfferList(
    /// What is offered.
    offers: PromptOffers,
    /// Takes the chosen name.
    take: Callback<()>,
) -> impl IntoView {
    let row = move |(index, offer): (usize, Offer)| {
        let on_click = move |_| {
            offers.choose(index);
            take.run(());
        };
        view! {
            <li
                id=offer_id(index)
                class="prompt-offer"
                role="option"
                aria-selected=move || (offers.chosen.get() == index).to_string()
                // The focus stays in the prompt.
                on:mousedown=|event| event.prevent_default()
                on:click=on_click
            >
                <span class="prompt-offer-name">{offer.name}</span>
                <span class="prompt-offer-detail">{offer.detail}</span>
            </li>
        }
    };
    let rows = move || offers.list.get().into_iter().enumerate().map(row).collect_view();
    let count = move || match offers.list.read().len() as u64 {
        0 => String::new(),
        count => [&formats::counted(count, "suggestion"), ", Tab takes one"].concat(),
    };
    view! {
        <ul class="prompt-list" id=LIST_ID role="listbox" aria-label="Suggestions" hidden=move || !offers.is_open()>
            {rows}
        </ul>
        <span class="visually-hidden" aria-live="polite">{count}</span>
    }
}

/// The id of the element of an offer.
fn offer_id(index: usize) -> String {
    ["prompt-offer-", &index.to_string()].concat()
}
