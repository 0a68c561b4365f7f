//! What a picture of a workspace shows: the typed handle of `app/js/picture.js`.

use js_sys::Uint8Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::Bundle;
use crate::{assets::Asset, workspace::is_lua};

/// How many lines of the file are shown, and how many characters of each.
const LINES: usize = 13;
const CHARACTERS: usize = 90;

#[wasm_bindgen]
extern "C" {
    type Drawing;

    #[wasm_bindgen(method, catch)]
    async fn draw(this: &Drawing, name: &str, path: &str, text: &str, is_lua: bool) -> Result<JsValue, JsValue>;
}

/// Draws a workspace: its name, and the first lines of the file that is shown first. `None` where the browser draws nothing.
pub async fn draw_bundle(bundle: &Bundle) -> Option<Vec<u8>> {
    let shown = bundle.files.iter().find(|(path, _)| Some(path) == bundle.shown.as_ref());
    let (path, bytes) = shown.or(bundle.files.first())?;
    let text = first_lines(std::str::from_utf8(bytes).unwrap_or_default());
    let drawing: Drawing = Asset::Picture.module().await?;
    let png = drawing.draw(&bundle.name, path.as_str(), &text, is_lua(path)).await.ok()?;
    Some(Uint8Array::new(&png).to_vec())
}

/// The beginning of a text.
fn first_lines(text: &str) -> String {
    let line = |line: &str| {
        let line = line.replace('\t', "  ");
        match line.char_indices().nth(CHARACTERS) {
            Some((end, _)) => [&line[..end], "…"].concat(),
            None => line,
        }
    };
    text.lines().take(LINES).map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_beginning_is_shown() {
        let long = ["é".repeat(CHARACTERS + 1), "\tx\r".to_owned(), "\n".repeat(LINES)].join("\n");
        let shown = first_lines(&long);
        let lines: Vec<&str> = shown.split('\n').collect();
        assert_eq!(lines.len(), LINES);
        assert_eq!((lines[0].chars().count(), lines[0].chars().last()), (CHARACTERS + 1, Some('…')));
        assert_eq!(lines[1], "  x");
        assert_eq!(first_lines(""), "");
    }
}
