//! What sample events say about a pattern: fields that are of another type, and fields that are not there.

use super::{Look, Problem};
use crate::diagnostic::Fix;
use crate::event;
use crate::json::{Node, NodeKind, quote};
use crate::operators::Test;
use crate::operators::case::lower;
use crate::operators::equals::Equals;
use crate::pattern::List;
use crate::text::{Span, distance};
use std::collections::{BTreeMap, BTreeSet};

/// What was seen at a path.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    string: bool,
    number: bool,
    boolean: bool,
    null: bool,
    object: bool,
    /// A value in an array.
    in_array: bool,
}

/// The paths of all sample events.
#[derive(Debug, Default)]
pub(super) struct Samples {
    paths: BTreeMap<String, Seen>,
    keys: BTreeSet<String>,
    /// Arrays that hold objects.
    arrays: BTreeSet<String>,
    count: usize,
}

/// Deeper fields of a sample are not looked at.
const DEEPEST: usize = 50;

/// Paths that a missing one is compared with.
const MOST_PATHS: usize = 1000;

impl Samples {
    /// Reads samples; those that are no events are left out.
    pub(super) fn of(texts: &[&str]) -> Samples {
        let mut samples = Samples::default();
        for text in texts {
            if let Ok(tree) = event::tree(text) {
                samples.count += 1;
                samples.add(&tree, &mut String::new(), 0, false);
            }
        }
        samples
    }

    fn add(&mut self, node: &Node, path: &mut String, depth: usize, in_array: bool) {
        match &node.kind {
            _ if depth > DEEPEST => {}
            NodeKind::Object(members) => {
                self.seen(path).object = true;
                if in_array {
                    self.arrays.insert(path.clone());
                }
                for member in members {
                    let length = path.len();
                    let key = member.key.utf8();
                    path.push_str(if depth > 0 { "." } else { "" });
                    path.push_str(&key);
                    if !self.keys.contains(key.as_ref()) {
                        self.keys.insert(key.into_owned());
                    }
                    self.add(&member.value, path, depth + 1, false);
                    path.truncate(length);
                }
            }
            NodeKind::Array(items) => items.iter().for_each(|item| self.add(item, path, depth + 1, true)),
            kind => {
                let seen = self.seen(path);
                seen.string |= matches!(kind, NodeKind::String(_));
                seen.number |= matches!(kind, NodeKind::Number(_));
                seen.boolean |= matches!(kind, NodeKind::Bool(_));
                seen.null |= matches!(kind, NodeKind::Null);
                seen.in_array |= in_array;
            }
        }
    }

    fn seen(&mut self, path: &str) -> &mut Seen {
        if !self.paths.contains_key(path) {
            self.paths.insert(path.to_string(), Seen::default());
        }
        self.paths.entry(path.to_string()).or_default()
    }

    /// Has a sample this key at its top?
    pub(super) fn has_top(&self, key: &str) -> bool {
        self.paths.contains_key(key)
    }

    /// Has a sample this key anywhere?
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Is there an array of values at a path?
    pub(super) fn has_values_in_array(&self, path: &str) -> bool {
        self.paths.get(path).is_some_and(|seen| seen.in_array)
    }

    /// Is a path inside of an array of objects? Perhaps, where there is no sample.
    pub(super) fn may_be_in_array(&self, path: &str) -> bool {
        let inside =
            |array: &String| path == array || path.strip_prefix(array).is_some_and(|rest| rest.starts_with('.'));
        self.count == 0 || self.arrays.iter().any(inside)
    }
}

impl Seen {
    fn leaf(self) -> bool {
        self.string || self.number || self.boolean || self.null
    }

    fn words(self) -> &'static str {
        match (self.string, self.number, self.boolean, self.null) {
            (true, false, false, false) => "a string",
            (false, true, false, false) => "a number",
            (false, false, true, false) => "a boolean",
            (false, false, false, true) => "`null`",
            _ => "of other types",
        }
    }
}

pub(super) fn look(look: &mut Look<'_>) {
    if look.samples.count == 0 {
        return;
    }
    let pattern = look.pattern;
    for list in pattern.lists() {
        let path = list.path.utf8();
        match look.samples.paths.get(path.as_ref()).copied() {
            Some(seen) if seen.leaf() => {
                list.tests.iter().for_each(|(test, span)| types(look, &path, seen, test, *span))
            }
            seen => missing(look, list, &path, seen.is_some_and(|seen| seen.object)),
        }
    }
}

fn types(look: &mut Look<'_>, path: &str, seen: Seen, test: &Test, span: Span) {
    let (there, asked) = match test {
        Test::Equals(Equals::String(_) | Equals::Address { .. }) => (seen.string, "a string"),
        Test::Equals(Equals::Number(_)) => (seen.number, "a number"),
        Test::Equals(Equals::Bool(true)) => (seen.boolean, "`true`"),
        Test::Equals(Equals::Bool(false)) => (seen.boolean, "`false`"),
        Test::Equals(Equals::Null) | Test::Exists(_) | Test::AnythingBut(_) => return,
        Test::Numeric(_) => (seen.number, "a test of numbers"),
        _ => (seen.string, "a test of strings"),
    };
    if there || !(seen.string || seen.number || seen.boolean) {
        return;
    }
    let problem = Problem::SampleType { path: path.to_string(), is: seen.words(), asked };
    look.report(&problem, span, as_other_type(look.text, seen, test, span));
}

/// The same value as the samples would have it.
fn as_other_type(text: &str, seen: Seen, test: &Test, span: Span) -> Option<Fix> {
    match test {
        Test::Equals(Equals::String(value)) => {
            let boolean = seen.boolean && matches!(value.as_str(), "true" | "false");
            let number = seen.number && is_number(value);
            (boolean || number).then(|| Fix::one("remove the quotes", span, value.clone()))
        }
        Test::Equals(Equals::Number(_) | Equals::Bool(_)) if seen.string => {
            Some(Fix::one("put it into double quotes", span, quote(span.of(text))))
        }
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    let (node, problems) = crate::json::parse(text);
    matches!(&node.kind, NodeKind::Number(number) if number.len() == text.len()) && problems.is_empty()
}

fn missing(look: &mut Look<'_>, list: &List, path: &str, object: bool) {
    if list.wants_absence() || list.key_span.start == list.key_span.end {
        return;
    }
    if look.has_at("envelope-unknown-key", list.key_span) || look.has_at("operator-as-field", list.key_span) {
        return;
    }
    let meant = if object { None } else { near(look.samples, path) };
    let fix = meant.as_ref().and_then(|meant| renamed(look, list, path, meant));
    let problem = Problem::SampleMissing { path: path.to_string(), meant, object };
    look.report(&problem, list.key_span, fix);
}

/// A path of the samples that is nearly this one: another last key, or the same last key elsewhere.
fn near(samples: &Samples, path: &str) -> Option<String> {
    let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
    let far = if last.len() < 4 { 1 } else { 2 };
    let plain = |text: &str| lower(text).replace(['-', '_'], "");
    let paths = || samples.paths.iter().take(MOST_PATHS);
    let leaves = || paths().filter(|(_, seen)| seen.leaf()).map(|(path, _)| path.as_str());
    let off = |known: &str| {
        let (known_parent, known_last) = known.rsplit_once('.').unwrap_or(("", known));
        let off = || if plain(known_last) == plain(last) { 0 } else { distance(known_last, last) };
        (known_parent == parent).then(off).filter(|off| *off <= far)
    };
    let beside = leaves().filter_map(|known| Some((off(known)?, known))).min();
    let elsewhere = || leaves().find(|known| known.rsplit('.').next() == Some(last));
    beside.map(|(_, known)| known).or_else(elsewhere).map(str::to_string)
}

/// Renames the last key, if the paths differ in nothing else.
fn renamed(look: &Look<'_>, list: &List, path: &str, meant: &str) -> Option<Fix> {
    let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
    let (meant_parent, meant_last) = meant.rsplit_once('.').unwrap_or(("", meant));
    let member = look.site(list.key_span).step()?;
    let taken = member.members.iter().any(|other| other.key == *meant_last);
    (parent == meant_parent && member.member().key == *last && !taken)
        .then(|| Fix::one(format!("rename it to `{meant_last}`"), list.key_span, quote(meant_last)))
}
