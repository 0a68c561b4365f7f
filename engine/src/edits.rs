//! Changes of single values as lines of Lua. The lines run no metamethod: they assign only to entries that exist, and
//! add entries with `rawset`.

use wire::{Edit, Key, Step, Subject};

use crate::image::Value;
use crate::inspect::Inspection;
use crate::{json, literal, lua, trace};

/// The longest texts of keys and values, in bytes.
const MAX_BYTES: usize = 100_000;

/// Writes a change of the value at a path of `_home`, or says why that is not possible.
pub fn line_of(home: &Inspection, path: &[Step], edit: &Edit, vm: &lua::Vm) -> Result<String, String> {
    if !trace::is_lasting(path) {
        return Err("No text leads to this value: a key on the way is a table or a function.".into());
    }
    let found = home.value(path).ok_or("The value no longer exists.")?;
    match edit {
        Edit::Set { value } => set(path, &value_of(value, vm)?),
        Edit::Add { key, value } => {
            let Value::Table(id) = found else { return Err("Only a table can have entries.".into()) };
            let next = Key::Integer(home.image().table(id).sequence.len() as i64 + 1);
            let key = if key.trim().is_empty() { next } else { key_of(key)? };
            let (key, value) = (new_key(home, path, key)?, value_of(value, vm)?);
            Ok(format!("rawset({}, {key}, {value})", literal::of_path(&Subject::Home, path)))
        }
        Edit::Rename { key } => {
            let Some((Step::Key(old), table)) = path.split_last() else { return Err(NO_KEY.into()) };
            let (old, new) = (literal::of_step(old), new_key(home, table, key_of(key)?)?);
            let table = literal::of_path(&Subject::Home, table);
            Ok(format!("do local t = {table} rawset(t, {new}, t{old}) t{old} = nil end"))
        }
        Edit::Remove => remove(home, path),
    }
}

const NO_KEY: &str = "This value has no key.";

fn set(path: &[Step], value: &str) -> Result<String, String> {
    let owner = |way: &[Step]| literal::of_path(&Subject::Home, way);
    match path.split_last() {
        None => Err("_home itself cannot be replaced here.".into()),
        Some((Step::Metatable, way)) => Ok(format!("debug.setmetatable({}, {value})", owner(way))),
        Some((Step::Upvalue(index), way)) => {
            Ok(format!("debug.setupvalue({}, {}, {value})", owner(way), index.saturating_add(1)))
        }
        Some(_) => Ok(format!("{} = {value}", owner(path))),
    }
}

fn remove(home: &Inspection, path: &[Step]) -> Result<String, String> {
    if let Some((Step::Key(Key::Integer(index)), way)) = path.split_last()
        && let Some(Value::Table(id)) = home.value(way)
        && let table = home.image().table(id)
        && (1..=table.sequence.len() as i64).contains(index)
        && table.metatable == Value::Nil
    {
        return Ok(format!("table.remove({}, {index})", literal::of_path(&Subject::Home, way)));
    }
    set(path, "nil")
}

/// A key as a text that a table does not have yet.
fn new_key(home: &Inspection, table: &[Step], key: Key) -> Result<String, String> {
    let text = literal::of_key(&key);
    let path: Vec<Step> = table.iter().cloned().chain([Step::Key(key)]).collect();
    match home.value(&path) {
        Some(_) => Err(format!("There is already an entry with the key {text}.")),
        None => Ok(text),
    }
}

fn key_of(text: &str) -> Result<Key, String> {
    let text = bounded(text)?;
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || "-.".contains(first));
    Ok(match text {
        "" => return Err("The entry needs a key.".into()),
        "true" | "false" => Key::Boolean(text == "true"),
        _ if is_number && let Ok(integer) = text.parse() => Key::Integer(integer),
        _ if is_number && let Ok(float) = text.parse::<f64>() => of_float(float),
        _ => Key::String(without_quotes(text)?.into()),
    })
}

/// Lua takes floats with integral values as integers.
fn of_float(float: f64) -> Key {
    let integer = float as i64;
    if integer as f64 == float && integer != i64::MAX { Key::Integer(integer) } else { Key::Float(float.to_bits()) }
}

fn without_quotes(text: &str) -> Result<&str, String> {
    let inner = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    match inner {
        Some(inner) if inner.contains('\\') => Err("Write the key without escapes.".into()),
        inner => Ok(inner.unwrap_or(text)),
    }
}

/// A value as a Lua expression that can stand anywhere.
fn value_of(text: &str, vm: &lua::Vm) -> Result<String, String> {
    let text = bounded(text)?;
    if text.is_empty() {
        return Err("The value is missing. For an empty text, write \"\".".into());
    }
    let refused = match vm.check_expression(text) {
        // A comment would take what follows it.
        Ok(()) if text.contains("--") => return Ok(format!("({text}\n)")),
        Ok(()) => return Ok(text.to_owned()),
        Err(refused) => refused,
    };
    if !text.starts_with(['{', '[']) {
        return Err(format!("This is not a Lua expression: {refused}. Texts stand in quotation marks."));
    }
    let image = json::import(text).map_err(|error| format!("As Lua: {refused}. As JSON: {error}."))?;
    let value = image.roots.first().unwrap_or(Value::Nil);
    literal::of_value(&image, value).ok_or_else(|| "The value is too long.".into())
}

fn bounded(text: &str) -> Result<&str, String> {
    let text = text.trim();
    let limit = format!("This is too long: {MAX_BYTES} bytes are the most. Longer values can be imported from files.");
    if text.len() > MAX_BYTES { Err(limit) } else { Ok(text) }
}
