//! Runs the behaviour cases in tests/cases that need neither `_io` nor the JavaScript interface.
//! tests/cases/README.md explains the fields.

use engine::image::{self, HeapImage};
use engine::lua::{Interrupted, Vm};
use serde_json::{Value, json};
use wire::{Limits, RunMode};

/// Of each kind what was given first, what people reported of other engines, and what we thought of.
const CASES: [&str; 3] =
    [include_str!("../cases/cases.jsonl"), include_str!("../cases/reports.jsonl"), include_str!("../cases/more.jsonl")];

/// The time limit of a case in which something is to fail: some of that does not end by itself.
const FAILING_MILLIS: u32 = 1000;

const NEEDS_JAVASCRIPT: [&str; 10] = [
    "api",
    "input",
    "input_seq",
    "input_fields",
    "meta",
    "clear_io",
    "setup_io",
    "expect_output",
    "output_field",
    "expect_output_field",
];

/// A run that the program itself ends by `os.exit` is no failure, and returns nothing.
fn run(vm: &mut Vm, code: &str) -> Result<HeapImage, Interrupted> {
    match vm.run(&"main.lua".into(), code.as_bytes(), RunMode::Program) {
        Err(Interrupted::Exited(_)) => Ok(HeapImage::default()),
        result => result,
    }
}

fn texts<'a>(case: &'a Value, field: &str) -> Vec<&'a str> {
    case[field].as_array().into_iter().flatten().map(|text| text.as_str().unwrap()).collect()
}

fn equal(expected: &Value, actual: &Value, tolerance: f64) -> bool {
    match (expected, actual) {
        (Value::Number(expected), Value::Number(actual)) => {
            (expected.as_f64().unwrap() - actual.as_f64().unwrap()).abs() <= tolerance
        }
        (Value::Array(expected), Value::Array(actual)) => {
            expected.len() == actual.len()
                && expected.iter().zip(actual).all(|(expected, actual)| equal(expected, actual, tolerance))
        }
        (Value::Object(expected), Value::Object(actual)) => {
            expected.len() == actual.len()
                && expected
                    .iter()
                    .all(|(key, value)| actual.get(key).is_some_and(|actual| equal(value, actual, tolerance)))
        }
        _ => expected == actual,
    }
}

fn check(case: &Value) -> Result<(), String> {
    let (mut vm, host) = crate::common::vm();
    for code in texts(case, "setup") {
        run(&mut vm, code).map_err(|failure| format!("setup failed: {failure}"))?;
    }
    if case.get("setup_err").is_some() {
        vm.set_limits(Limits { time_millis: FAILING_MILLIS, ..Limits::default() })
            .map_err(|error| error.to_string())?;
    }
    for code in texts(case, "setup_err") {
        // What cannot be given to JavaScript is a failure there, too.
        if vm.evaluate("main.lua", code.as_bytes()).is_ok() {
            return Err(format!("should have failed: {code}"));
        }
    }
    host.take_written();
    let mut result = run(&mut vm, case["code"].as_str().unwrap());
    if let Some(then) = case["then"].as_str() {
        result.map_err(|failure| failure.to_string())?;
        let image = vm.capture_home().map_err(|error| error.to_string())?;
        drop(vm);
        let (mut restored, host) = crate::common::vm();
        restored.restore_home(&image).map_err(|error| error.to_string())?;
        result = run(&mut restored, then);
        return verify(case, result, host.take_written());
    }
    verify(case, result, host.take_written())
}

/// A value as JSON: a sequence is an array, any other table an object.
fn to_json(image: &HeapImage, value: &image::Value) -> Value {
    match value {
        image::Value::Nil => json!(null),
        image::Value::Boolean(boolean) => json!(boolean),
        image::Value::Integer(integer) => json!(integer),
        image::Value::Float(float) => json!(float),
        image::Value::String(id) => json!(String::from_utf8_lossy(&image[*id])),
        image::Value::Table(id) => {
            let table = image.table(*id);
            if table.entries.is_empty() {
                table.sequence.iter().map(|value| to_json(image, &value)).collect()
            } else {
                let sequence = table
                    .sequence
                    .iter()
                    .enumerate()
                    .map(|(index, value)| ((index + 1).to_string(), to_json(image, &value)));
                let entries = table.entries.iter().map(|(key, value)| {
                    let key = match key {
                        image::Value::String(id) => String::from_utf8_lossy(&image[id]).into_owned(),
                        other => engine::show::value(image, &other),
                    };
                    (key, to_json(image, &value))
                });
                Value::Object(sequence.chain(entries).collect())
            }
        }
        other => json!(engine::show::value(image, other)),
    }
}

fn verify(case: &Value, result: Result<HeapImage, Interrupted>, printed: String) -> Result<(), String> {
    let expected_error = texts(case, "expect_error");
    if !expected_error.is_empty() {
        let Err(failure) = result.map_err(|failure| failure.to_string()) else {
            return Err("should have failed".into());
        };
        return match expected_error.iter().find(|text| !failure.contains(**text)) {
            Some(text) => Err(format!("no {text:?} in {failure:?}")),
            None => Ok(()),
        };
    }
    let image = result.map_err(|failure| failure.to_string())?;
    if let Some(expected) = case.get("expect") {
        let actual = image.roots.iter().last().map_or(Value::Null, |value| to_json(&image, &value));
        if !equal(expected, &actual, case["approx"].as_f64().unwrap_or(0.0)) {
            return Err(format!("expected {expected}, got {actual}"));
        }
    }
    match case["expect_print"].as_str() {
        Some(expected) if expected != printed => Err(format!("expected print {expected:?}, got {printed:?}")),
        _ => Ok(()),
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn behaviour_cases() {
    let mut ran = 0;
    let mut failures = Vec::new();
    for line in CASES.into_iter().flat_map(str::lines) {
        let case: Value = serde_json::from_str(line).unwrap();
        if NEEDS_JAVASCRIPT.iter().any(|field| case.get(field).is_some()) {
            continue;
        }
        ran += 1;
        if let Err(reason) = check(&case) {
            failures.push(format!("{}: {reason}", case["id"]));
        }
    }
    assert!(ran > 200, "only {ran} cases were found");
    assert!(failures.is_empty(), "{} of {ran} cases failed:\n{}", failures.len(), failures.join("\n"));
}
