//! From the shapes of the language server protocol to those that Monaco takes.

use serde_json::{Map, Value, json};

use crate::{analysis, files::Files, text::Text};

/// Makes Monaco's ranges of all ranges in an answer about a file, and paths of all URIs. What is in no file of the
/// workspace gets no path.
pub fn localize(answer: &mut Value, file: &str, files: &Files) {
    match answer {
        Value::Array(items) => items.iter_mut().for_each(|item| localize(item, file, files)),
        Value::Object(fields) => {
            let of = fields.remove("uri").map(|uri| uri.as_str().and_then(analysis::path));
            if let Some(path) = &of {
                fields.insert("file".to_owned(), json!(path));
            }
            let file = of.as_ref().map_or(file, |path| path.as_deref().unwrap_or_default());
            if let Some(range) = range(fields, files.get(file).map(|file| &file.text)) {
                *answer = range;
            } else {
                fields.values_mut().for_each(|value| localize(value, file, files));
            }
        }
        _ => {}
    }
}

/// A range, if these are the fields of one.
fn range(fields: &Map<String, Value>, text: Option<&Text>) -> Option<Value> {
    let place = |name: &str| {
        let place = fields.get(name)?;
        let line = place.get("line")?.as_u64()? as u32;
        let character = place.get("character")?.as_u64()? as u32;
        Some((line, text.map_or(character, |text| text.units(line, character))))
    };
    Some(range_of(place("start")?, place("end")?))
}

/// Monaco's range between two places that are counted from 0.
pub fn range_of(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({
        "startLineNumber": start.0 + 1,
        "startColumn": start.1 + 1,
        "endLineNumber": end.0 + 1,
        "endColumn": end.1 + 1,
    })
}

/// Lowers a number by one: the protocol counts kinds from 1, and Monaco from 0.
fn lower(fields: &mut Map<String, Value>, name: &str) {
    if let Some(number) = fields.get(name).and_then(Value::as_u64) {
        fields.insert(name.to_owned(), json!(number.saturating_sub(1)));
    }
}

/// The functions and variables of a file.
pub fn symbols(symbols: &mut Value) {
    for symbol in symbols.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        lower(symbol, "kind");
        for (name, default) in [("detail", json!("")), ("tags", json!([]))] {
            if symbol.get(name).is_none_or(Value::is_null) {
                symbol.insert(name.to_owned(), default);
            }
        }
        if let Some(children) = symbol.get_mut("children") {
            self::symbols(children);
        }
    }
}

/// Places where a name is used.
pub fn highlights(highlights: &mut Value) {
    highlights.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut).for_each(|one| lower(one, "kind"));
}

/// What can be folded.
pub fn folds(folds: &Value) -> Value {
    let fold = |fold: &Value| {
        let line = |name: &str| fold[name].as_u64().unwrap_or_default() + 1;
        let kind = fold.get("kind").filter(|kind| kind.is_string()).map(|kind| json!({ "value": kind }));
        json!({ "start": line("startLine"), "end": line("endLine"), "kind": kind })
    };
    folds.as_array().into_iter().flatten().map(fold).collect()
}

/// Nested ranges as a list, from the smallest.
pub fn nested_ranges(outermost: &Value) -> Value {
    let steps = std::iter::successors(Some(outermost), |range| range.get("parent").filter(|parent| !parent.is_null()));
    steps.filter_map(|step| step.get("range")).map(|range| json!({ "range": range })).collect()
}

/// Contents of a hover: one text or several, marked up or not.
pub fn contents(contents: &Value) -> Value {
    let text = |content: &Value| {
        let value = content.get("value").unwrap_or(content).as_str().unwrap_or_default();
        match content.get("language").and_then(Value::as_str) {
            Some(language) => json!({ "value": format!("```{language}\n{value}\n```") }),
            None => json!({ "value": value }),
        }
    };
    match contents {
        Value::Array(all) => all.iter().map(text).collect(),
        one => json!([text(one)]),
    }
}

/// What is shown in lines beside their text.
pub fn hints(hints: &Value, text: &Text) -> Value {
    let hint = |hint: &Value| {
        let (line, character) =
            (hint["position"]["line"].as_u64()? as u32, hint["position"]["character"].as_u64()? as u32);
        let parts = hint["label"].as_array().into_iter().flatten().filter_map(|part| part["value"].as_str());
        let label = hint["label"].as_str().map_or_else(|| parts.collect::<String>(), str::to_owned);
        // What it calls the values behind the named ones.
        let is_nameless =
            label.strip_prefix("var").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        (!is_nameless).then(|| {
            json!({
                "label": label,
                "position": { "lineNumber": line + 1, "column": text.units(line, character) + 1 },
                "kind": hint["kind"],
                "paddingLeft": hint["paddingLeft"],
                "paddingRight": hint["paddingRight"],
            })
        })
    };
    hints.as_array().into_iter().flatten().filter_map(hint).collect()
}

/// Semantic tokens, five numbers each, of which the second and third are columns and lengths.
pub fn tokens(data: &[u64], text: &Text) -> Value {
    let (mut line, mut characters, mut line_before, mut column_before) = (0, 0, 0, 0);
    let mut shaped = Vec::with_capacity(data.len());
    for token in data.chunks_exact(5) {
        line += token[0] as u32;
        characters = if token[0] > 0 { 0 } else { characters } + token[1] as u32;
        let column = text.units(line, characters);
        let length = text.units(line, characters + token[2] as u32).saturating_sub(column);
        let start = if line == line_before { column - column_before } else { column };
        shaped.extend([line - line_before, start, length, token[3] as u32, token[4] as u32]);
        (line_before, column_before) = (line, column);
    }
    json!(shaped)
}
