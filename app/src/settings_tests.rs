//! Tests of the settings.

use super::*;

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let mut settings = Settings::default();
    for typed in ["", "many", "15", "2049", "-64", "64.5", "1e2"] {
        assert_eq!(settings.type_in(Field::Memory, typed), Err(ValidationError(Field::Memory)), "{typed}");
    }
    assert_eq!(settings, Settings::default());
    assert_eq!(ValidationError(Field::Memory).to_string(), "Type a whole number from 16 to 2,048.");
    assert_eq!(
        ValidationError(Field::Time).to_string(),
        "Type a whole number from 1 to 86,400, or nothing for no limit."
    );
}

#[test]
fn what_was_typed_becomes_the_limits() {
    let mut settings = Settings::default();
    settings.type_in(Field::Memory, " 2048 ").expect("in range");
    settings.type_in(Field::Time, "86400").expect("in range");
    assert_eq!(settings.limits(), Limits { memory_bytes: 1 << 31, time_millis: 86_400_000, ..Limits::default() });
    settings.type_in(Field::Time, "").expect("no limit");
    assert_eq!(settings.limits().time_millis, 0);
}

#[test]
fn what_another_tab_chose_stays_where_this_one_changed_nothing() {
    let (before, mut own, mut others) = (Settings::default(), Settings::default(), Settings::default());
    own.type_in(Field::Time, "5").expect("in range");
    others.type_in(Field::Memory, "64").expect("in range");
    others.type_in(Field::Time, "9").expect("in range");
    let merged = own.merged(before, others);
    assert_eq!((merged.text(Field::Time), merged.text(Field::Memory)), ("5".into(), "64".into()));
}

#[test]
fn what_is_shared_first_is_stored_and_an_unknown_choice_shares_least() {
    let read = |json: &str| serde_json::from_str::<Settings>(json).ok().map(Settings::shared_first);
    for carried in Carried::ALL {
        let mut settings = Settings::default();
        settings.set_shared_first(carried);
        let json = serde_json::to_string(&settings).expect("plain data");
        assert_eq!(read(&json), Some(carried));
    }
    assert_eq!(read("{}"), Some(Carried::Files));
    assert_eq!(read(r#"{"shared_first":"Everything"}"#), Some(Carried::Files));
    // What is damaged is not taken at all: the page has the defaults then.
    assert_eq!(read(r#"{"shared_first":7}"#), None);
    assert_eq!(read(r#"{"shared_first":["History"]}"#), None);
}

#[test]
fn the_defaults_are_valid_and_those_of_the_worker() {
    assert!(Settings::default().is_valid());
    assert_eq!(Settings::default().limits(), Limits::default());
    assert_eq!(Settings::default().preferences(), Preferences::default());
}
