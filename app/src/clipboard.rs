//! Puts texts into the clipboard, also such that are only on their way when the person asks.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

const PLAIN_TEXT: &str = "text/plain";

/// Begins to copy a text that the returned function gets later, or `None` if there is none after all. `on_end` learns
/// whether the text is in the clipboard, unless there was none.
///
/// To be called while the browser still knows that the person pressed something: some allow nothing after that.
pub fn copy(on_end: impl FnOnce(bool) + 'static) -> impl FnOnce(Option<String>) {
    let settle = RefCell::new(None::<(Function, Function)>);
    let text = Promise::new(&mut |resolve, reject| {
        settle.replace(Some((resolve, reject)));
    });
    let written = write(text);
    let was_withdrawn = Rc::new(Cell::new(false));
    let is_withdrawn = Rc::clone(&was_withdrawn);
    spawn_local(async move {
        let is_copied = written.await;
        if !is_withdrawn.get() {
            on_end(is_copied);
        }
    });
    move |text| {
        was_withdrawn.set(text.is_none());
        let Some((resolve, reject)) = settle.take() else { return };
        // Calling these never throws.
        let _ = match text.and_then(|text| blob(&text)) {
            Some(blob) => resolve.call1(&JsValue::UNDEFINED, &blob),
            None => reject.call0(&JsValue::UNDEFINED),
        };
    }
}

/// Writes the text of a promised blob.
fn write(text: Promise) -> impl Future<Output = bool> {
    // Absent in a page that did not come by HTTPS, though the type does not say so.
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok().filter(JsValue::is_object);
    let call = |method: &str, argument: &JsValue| -> Option<Promise> {
        let clipboard = clipboard.as_ref()?;
        let method: Function = Reflect::get(clipboard, &method.into()).ok()?.dyn_into().ok()?;
        method.call1(clipboard, argument).ok()?.dyn_into().ok()
    };
    let begun = promised_item(&text).and_then(|item| call("write", &Array::of1(&item)));
    let clipboard = clipboard.clone();
    async move {
        if let Some(begun) = begun {
            return JsFuture::from(begun).await.is_ok();
        }
        // A browser that knows no promised items lets a page write later.
        let Ok(blob) = JsFuture::from(text).await else { return false };
        let (Some(clipboard), Ok(text)) = (clipboard, JsFuture::from(blob.unchecked_into::<Blob>().text()).await)
        else {
            return false;
        };
        let written =
            clipboard.unchecked_into::<web_sys::Clipboard>().write_text(&text.as_string().unwrap_or_default());
        JsFuture::from(written).await.is_ok()
    }
}

/// What `Clipboard.write` takes, if this browser has it.
fn promised_item(text: &Promise) -> Option<JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"ClipboardItem".into()).ok()?.dyn_into().ok()?;
    let kinds = Object::new();
    Reflect::set(&kinds, &PLAIN_TEXT.into(), text).ok()?;
    Reflect::construct(&class, &Array::of1(&kinds)).ok()
}

fn blob(text: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(PLAIN_TEXT);
    Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()
}
