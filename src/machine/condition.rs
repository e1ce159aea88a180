//! The tests on one path, as a machine asks them.

use super::guards::Waiting;
use super::plan::Wanted;
use crate::event::PathId;
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::order::{Dictionary, Mixer};
use crate::value::Value;
use std::hash::Hash;

/// The tests on one path.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) path: PathId,
    pub(super) tests: Box<[Test]>,
    /// The strings among them, if they are many.
    strings: Option<Box<Strings>>,
    pub(super) wants_absence: bool,
    /// Are its tests among the doors of its path?
    pub(super) is_door: bool,
    /// The branches whose door this is.
    pub(super) branches: Vec<Waiting>,
    /// The paths that those branches ask for.
    pub(super) wanted: Wanted,
}

/// Many whole strings. The tests for them are the first ones of their condition.
#[derive(Debug)]
struct Strings {
    texts: Dictionary,
    tests: usize,
}

/// More strings than this in a list are found by hash.
const FEW: usize = 8;

impl Strings {
    /// The strings among `tests`, which are put before the others.
    #[inline(never)]
    fn first_of(tests: &mut Vec<Test>) -> Box<Strings> {
        let is_string = |test: &Test| text_of(test).is_some();
        let (mut first, rest): (Vec<Test>, Vec<Test>) = std::mem::take(tests).into_iter().partition(is_string);
        let mut texts = Dictionary::default();
        for text in first.iter().filter_map(text_of) {
            texts.add(text.as_bytes());
        }
        let strings = Strings { texts, tests: first.len() };
        first.extend(rest);
        *tests = first;
        Box::new(strings)
    }
}

impl Condition {
    pub(super) fn new(path: PathId, mut tests: Vec<Test>) -> Condition {
        let count = tests.iter().filter(|test| text_of(test).is_some()).count();
        let strings = (count > FEW).then(|| Strings::first_of(&mut tests));
        let wants_absence = tests.iter().any(Test::wants_absence);
        Condition {
            path,
            tests: tests.into(),
            strings,
            wants_absence,
            is_door: false,
            branches: Vec::new(),
            wanted: Wanted::default(),
        }
    }

    /// Are these its tests?
    #[inline(never)]
    pub(super) fn has_tests(&self, tests: &[&Test]) -> bool {
        self.tests.iter().eq(tests.iter().copied())
    }

    /// Does a value pass one of the tests?
    pub(super) fn takes(&self, value: &Value<'_>) -> bool {
        let Some(strings) = &self.strings else {
            return self.tests.iter().any(|test| test.passes(value));
        };
        let whole = value.as_str().is_some_and(|text| strings.texts.find(text.as_bytes()).is_some());
        whole || self.tests[strings.tests..].iter().any(|test| test.passes(value))
    }
}

/// Mixes in what tells a test from others. Most are whole strings, whose way is short.
pub(super) fn mix(test: &Test, mixer: &mut Mixer) {
    match text_of(test) {
        Some(text) => text.hash(mixer),
        None => mix_other(test, mixer),
    }
}

#[inline(never)]
fn mix_other(test: &Test, mixer: &mut Mixer) {
    test.hash(mixer);
}

/// A copy of a test; short in the same way.
pub(super) fn copied(test: &Test) -> Test {
    match test {
        Test::Equals(Equals::String(text)) => Test::Equals(Equals::String(text.clone())),
        _ => copied_other(test),
    }
}

#[inline(never)]
fn copied_other(test: &Test) -> Test {
    test.clone()
}

/// The whole string that a test is for.
pub(super) fn text_of(test: &Test) -> Option<&str> {
    match test {
        Test::Equals(Equals::String(text)) => Some(text),
        Test::Exactly(exactly) => Some(&exactly.text),
        _ => None,
    }
}
