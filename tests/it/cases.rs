//! The cases of `tests/cases/match`: what a pattern says about an event, as data.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// One case. Pattern and event are JSON texts, or what is no JSON text.
pub(crate) struct Case {
    /// `wildcard: star takes nothing`
    pub(crate) name: String,
    pub(crate) pattern: String,
    pub(crate) event: String,
    pub(crate) expect: Expect,
    /// What AWS answered, where it refused.
    pub(crate) aws_message: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    Verdict(bool),
    /// The event is refused; the code of its first diagnostic, where the case gives it.
    EventRefused(Option<String>),
    /// The pattern is refused; the code of its first diagnostic.
    PatternRefused(String),
}

impl Case {
    pub(crate) fn pattern_is_valid(&self) -> bool {
        !matches!(self.expect, Expect::PatternRefused(_))
    }
}

/// A file or folder under `tests/cases`.
pub(crate) fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(path)
}

/// The files in a folder under `tests/cases`, by name, with their texts.
pub(crate) fn files(path: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let entries =
        std::fs::read_dir(folder(path)).expect("the folder of the cases").map(|entry| entry.expect("entry").path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).expect("a case file is UTF-8"))).collect()
}

/// All match cases.
pub(crate) fn all() -> Vec<Case> {
    files("match", "json").iter().flat_map(|(path, text)| in_file(path, text)).collect()
}

fn in_file(path: &Path, text: &str) -> Vec<Case> {
    let file = path.file_stem().expect("a file has a name").to_string_lossy();
    let cases: Vec<Value> = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    cases.iter().map(|case| read(&file, case)).collect()
}

const KEYS: [&str; 9] = ["name", "pattern", "event", "matches", "error", "code", "awsMessage", "note", "source"];

fn read(file: &str, case: &Value) -> Case {
    let text = |key: &str| case[key].as_str().map(str::to_string);
    let must = |key: &str| text(key).unwrap_or_else(|| panic!("{file}: {key} of {case}"));
    let unknown = case.as_object().expect("a case is an object").keys().find(|key| !KEYS.contains(&key.as_str()));
    assert_eq!(unknown, None, "{file}: {case}");
    let expect = match (case["matches"].as_bool(), case["error"].as_str()) {
        (Some(matches), None) => Expect::Verdict(matches),
        (None, Some("event")) => Expect::EventRefused(text("code")),
        (None, Some("pattern")) => Expect::PatternRefused(must("code")),
        _ => panic!("{file}: a case has either `matches` or `error`: {case}"),
    };
    // Where a fact comes from is part of the case: without it nobody can tell a mistake from a surprise.
    assert!(!must("source").is_empty(), "{file}: {case}");
    Case {
        name: format!("{file}: {}", must("name")),
        pattern: must("pattern"),
        event: must("event"),
        expect,
        aws_message: text("awsMessage"),
    }
}
