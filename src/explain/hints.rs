//! What was probably meant where a field fails: a name that is nearly there, a value of another type or with a blank too
//! much. Guesses, and worded as such.

use super::Hint;
use super::judge::Verdict;
use crate::json::{self, Node, NodeKind};
use crate::operators::Test;
use crate::operators::case::differ_by_case_at_most;
use crate::operators::equals::Equals;
use crate::pattern::ListId;
use crate::text::distance;
use crate::value::Value;

/// Paths of an event that are looked at; more do not help anybody.
const MOST_PATHS: usize = 2000;

/// What is asked for is compared with what is there so many times, for all fields of a pattern together.
const MOST_PAIRS: usize = 300_000;

/// The paths of everything in an event, found when a hint needs them.
pub(super) struct Finder {
    /// So many comparisons a field.
    pairs: usize,
    /// Path and what stands there.
    paths: std::cell::OnceCell<Vec<(String, What)>>,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Value,
    Object,
    /// `{}` or `[]`
    Nothing,
}

impl Finder {
    pub(super) fn new(verdict: &Verdict<'_>) -> Finder {
        Finder { pairs: MOST_PAIRS / verdict.pattern.lists().len().max(1), paths: std::cell::OnceCell::new() }
    }

    /// What may have been meant by a list that fails.
    pub(super) fn hints(&self, verdict: &Verdict<'_>, list: ListId) -> Vec<Hint> {
        if verdict.fields_of(list).next().is_some() {
            return near_value(verdict, list, self.pairs).into_iter().collect();
        }
        let paths = self.paths.get_or_init(|| paths(verdict.event));
        near_name(&paths[..paths.len().min(self.pairs)], &verdict.path(list)).into_iter().collect()
    }
}

fn paths(event: &str) -> Vec<(String, What)> {
    let (root, _) = json::parse(event);
    let mut found = Vec::new();
    walk(&root, &mut String::new(), &mut found);
    found
}

fn walk(node: &Node, path: &mut String, found: &mut Vec<(String, What)>) {
    if found.len() >= MOST_PATHS {
        return;
    }
    let new =
        |found: &[(String, What)], what| found.last().is_none_or(|last| (last.0.as_str(), last.1) != (path, what));
    match &node.kind {
        NodeKind::Object(members) => {
            let what = if members.is_empty() { What::Nothing } else { What::Object };
            if !path.is_empty() && new(found, what) {
                found.push((path.clone(), what));
            }
            for member in members {
                let length = path.len();
                path.push_str(if length > 0 { "." } else { "" });
                path.push_str(&member.key.utf8());
                walk(&member.value, path, found);
                path.truncate(length);
            }
        }
        NodeKind::Array(items) if items.is_empty() => found.push((path.clone(), What::Nothing)),
        NodeKind::Array(items) => items.iter().for_each(|item| walk(item, path, found)),
        _ if new(found, What::Value) => found.push((path.clone(), What::Value)),
        _ => {}
    }
}

/// The path is absent: is it nearly there?
fn near_name(paths: &[(String, What)], path: &str) -> Option<Hint> {
    let hint = |code, message| Some(Hint { code, message });
    if let Some((_, what)) = paths.iter().find(|(known, _)| known == path) {
        return match what {
            What::Nothing => hint("near-empty", format!("`{path}` is there but empty, and only values count")),
            _ => hint("near-object", format!("`{path}` is an object; ask for a field inside of it")),
        };
    }
    let above = |known: &str| path.strip_prefix(known).is_some_and(|rest| rest.starts_with('.'));
    if let Some((known, _)) = paths.iter().find(|(known, what)| *what == What::Value && above(known)) {
        return hint("near-value", format!("`{known}` is a value and has no fields; is it JSON in a string?"));
    }
    let last = path.rsplit('.').next().unwrap_or(path);
    let values = || paths.iter().filter(|(_, what)| *what == What::Value).map(|(known, _)| known.as_str());
    let said = |known: &str| format!("the event has `{known}`");
    if let Some(known) = values().find(|known| differ_by_case_at_most(known, path)) {
        return hint("near-name-case", said(known));
    }
    if let Some(known) = values().find(|known| is_near(known, path)) {
        return hint("near-name", said(known));
    }
    let inside = |known: &&str| known.rsplit('.').next() == Some(last);
    values().find(inside).and_then(|known| hint("near-nesting", said(known)))
}

/// Differ two names by one letter, or by two if they are long? Letters that changed places count as one. Names of two
/// letters are all near to each other.
fn is_near(a: &str, b: &str) -> bool {
    let allowed = match a.len().min(b.len()) {
        0..3 => 0,
        3..9 => 1,
        _ => 2,
    };
    a.len().abs_diff(b.len()) <= 4 * allowed && distance(a, b) <= allowed
}

/// A value is there and fails: is it nearly the one that is asked for?
fn near_value(verdict: &Verdict<'_>, list: ListId, pairs: usize) -> Option<Hint> {
    let tests = &verdict.list(list).tests;
    for field in verdict.fields_of(list).take((pairs / tests.len().max(1)).clamp(1, MOST_PATHS)) {
        let value = verdict.fields.value(verdict.event, field);
        if let Some(hint) = tests.iter().find_map(|(test, _)| near(test, &value)) {
            return Some(hint);
        }
    }
    None
}

fn near(test: &Test, value: &Value<'_>) -> Option<Hint> {
    let hint = |code, message: String| Some(Hint { code, message });
    match (test, value) {
        (Test::Equals(Equals::String(wanted)), Value::String(text)) if wanted.trim() == text.trim() => {
            hint("near-space", "they differ only by blanks at the ends".to_string())
        }
        (Test::Equals(Equals::String(wanted)), Value::String(text)) if differ_by_case_at_most(wanted, text) => {
            hint("near-case", "they differ only by case; `equals-ignore-case` would pass".to_string())
        }
        (Test::Equals(Equals::Number(number)), Value::String(text)) if number.text() == text.trim() => {
            hint("near-type", "the event has a string, the pattern a number".to_string())
        }
        (Test::Equals(Equals::String(wanted)), Value::Number(number)) if number.text() == wanted.trim() => {
            hint("near-type", "the event has a number, the pattern a string".to_string())
        }
        (Test::Equals(Equals::Bool(wanted)), Value::String(text)) if wanted.to_string() == text.trim() => {
            hint("near-type", format!("the event has a string, the pattern the word `{wanted}`"))
        }
        (Test::Equals(Equals::Null), Value::String(text)) if text.trim() == "null" => {
            hint("near-type", "the event has a string, the pattern the word `null`".to_string())
        }
        (Test::Equals(Equals::String(wanted)), Value::True | Value::False | Value::Null)
            if word(value) == wanted.trim() =>
        {
            hint("near-type", format!("the event has the word `{}`, the pattern a string", word(value)))
        }
        (Test::Numeric(_), Value::String(text)) if crate::value::amount(text.trim()).is_some() => {
            hint("near-type", "the event has a string, and `numeric` looks at numbers only".to_string())
        }
        (Test::Prefix(_) | Test::Suffix(_) | Test::Wildcard(_) | Test::EqualsIgnoreCase(_), Value::Number(_)) => {
            hint("near-type", "the event has a number, and this operator looks at strings only".to_string())
        }
        (Test::Equals(Equals::String(wanted)), Value::String(text)) if looks_wild(wanted, text) => {
            hint("near-wildcard", "`*` stands for itself in a plain string; use `wildcard`".to_string())
        }
        _ => None,
    }
}

fn word(value: &Value<'_>) -> &'static str {
    match value {
        Value::True => "true",
        Value::False => "false",
        _ => "null",
    }
}

/// Is it a shape that the text would have?
fn looks_wild(wanted: &str, text: &str) -> bool {
    wanted.contains('*') && crate::operators::wildcard::Wildcard::of(wanted).is_some_and(|shape| shape.fits(text))
}
