//! What can be typed at a place, in Monaco's shapes.

use lsp_types::{CompletionItem, CompletionTextEdit, InsertTextFormat};
use serde_json::{Value, json};

/// How many items are offered at once.
const MOST: usize = 300;

/// Monaco's number of each kind of item, by the protocol's, which is counted from 1.
const KINDS: [u8; 26] = [18, 18, 0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 17, 28, 19, 20, 21, 23, 16, 14, 6, 10, 11, 24];

/// The name that is being typed at the end of a text.
pub fn typed_name(before: &str) -> &str {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let start = before.char_indices().rev().take_while(|(_, character)| is_name(*character)).last();
    start.map_or("", |(at, _)| &before[at..])
}

/// The items that fit what was typed, and whether some that fit are left out.
pub fn fitting(mut items: Vec<CompletionItem>, typed: &str) -> (Vec<CompletionItem>, bool) {
    if items.len() <= MOST {
        return (items, false);
    }
    items.retain(|item| fits(item.filter_text.as_ref().unwrap_or(&item.label), typed));
    let is_cut = items.len() > MOST;
    items.truncate(MOST);
    // A longer name finds others, also where none were cut: fewer may fit than Monaco would find.
    (items, is_cut || !typed.is_empty())
}

/// Whether a name holds these letters, in this order.
fn fits(name: &str, typed: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|wanted| letters.any(|letter| letter == wanted))
}

/// An item as Monaco takes it.
pub fn suggestion(item: &CompletionItem, index: usize) -> Value {
    let details = item.label_details.as_ref();
    let detail = details.and_then(|details| details.detail.as_ref());
    let description = details.and_then(|details| details.description.as_ref());
    let kind = item.kind.and_then(|kind| serde_json::to_value(kind).ok()?.as_u64()).unwrap_or_default();
    let edit = match &item.text_edit {
        Some(CompletionTextEdit::Edit(edit)) => Some((&edit.new_text, json!(edit.range))),
        Some(CompletionTextEdit::InsertAndReplace(edit)) => Some((&edit.new_text, json!(edit.replace))),
        None => None,
    };
    let text = edit.as_ref().map(|(text, _)| *text).or(item.insert_text.as_ref()).unwrap_or(&item.label);
    let is_snippet = item.insert_text_format == Some(InsertTextFormat::SNIPPET);
    let mut suggestion = json!({
        "label": { "label": item.label, "detail": detail, "description": description },
        "kind": KINDS[(kind as usize).min(KINDS.len() - 1)],
        "insertText": text,
        // InsertAsSnippet
        "insertTextRules": if is_snippet { 4 } else { 0 },
        "sortText": item.sort_text,
        "filterText": item.filter_text,
        "detail": item.detail,
        "preselect": item.preselect,
        "index": index,
    });
    if let Some((_, range)) = edit {
        suggestion["range"] = range;
    }
    suggestion
}

/// What the resolved item adds.
pub fn details(item: &CompletionItem) -> Value {
    let documentation = serde_json::to_value(&item.documentation).unwrap_or_default();
    let text = documentation.get("value").unwrap_or(&documentation).clone();
    json!({ "detail": item.detail, "documentation": { "value": text.as_str().unwrap_or_default() } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_typed_name_is_what_a_name_can_hold() {
        assert_eq!(typed_name("local x = _home.us"), "us");
        assert_eq!(typed_name("a.é_1"), "é_1");
        assert_eq!(typed_name("f("), "");
    }

    #[test]
    fn of_many_items_those_that_fit_are_offered() {
        let item = |name: String| CompletionItem { label: name, ..CompletionItem::default() };
        let items: Vec<_> = (0..1000).map(|number| item(format!("Name{number}"))).collect();
        let (found, is_cut) = fitting(items.clone(), "n99");
        assert_eq!((found.len(), is_cut), (28, true));
        let (found, is_cut) = fitting(items, "");
        assert_eq!((found.len(), is_cut), (MOST, true));
    }
}
