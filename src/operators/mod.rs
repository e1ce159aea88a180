//! The comparison operators, one a file: its manual as data, how it is read from a pattern, what passes it, and its
//! words. In: one element of a list in a pattern. Out: a [`Test`] that a value passes or not. It knows no paths.

/// Of a type with a `text` of which all the rest is made: equal texts are equal in everything.
macro_rules! equal_by_text {
    ($type:ident) => {
        impl PartialEq for $type {
            fn eq(&self, other: &$type) -> bool {
                self.text == other.text
            }
        }

        impl Eq for $type {}

        impl std::hash::Hash for $type {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.text.hash(state);
            }
        }
    };
}

pub mod anything_but;
pub(crate) mod case;
pub mod cidr;
pub mod equals;
pub mod equals_ignore_case;
pub mod exactly;
pub mod exists;
pub mod fold;
pub mod numeric;
pub mod prefix;
pub mod problem;
pub mod suffix;
pub mod wildcard;

pub use problem::Problem;

use crate::diagnostic::{Diagnostic, Problem as _};
use crate::json::{Member, Node, NodeKind};
use crate::value::Value;
use std::borrow::Cow;

/// What there is to know about an operator, written once: rustdoc, hover, completion and the page show it.
#[derive(Debug)]
pub struct Manual {
    /// As it is written in a pattern.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Every form of its operand.
    pub forms: &'static [&'static str],
    /// A list of tests, as JSON.
    pub example: &'static str,
    /// A value that passes the example, as JSON.
    pub passes: &'static str,
    /// A value that does not, as JSON.
    pub fails: &'static str,
    /// What surprises people.
    pub notes: &'static [&'static str],
}

/// An operator: its manual and how its operand is read.
#[derive(Debug)]
pub struct Operator {
    /// What people read.
    pub manual: Manual,
    /// Reads the operand.
    pub parse: Parse,
}

/// Reads the operand of an operator; `None` after a problem.
pub type Parse = fn(&Node, &mut Vec<Diagnostic>) -> Option<Test>;

/// All operators that stand as `{"name": operand}` in a list of tests, in alphabetical order.
pub static OPERATORS: [&Operator; 9] = [
    &anything_but::OPERATOR,
    &cidr::OPERATOR,
    &equals_ignore_case::OPERATOR,
    &exactly::OPERATOR,
    &exists::OPERATOR,
    &numeric::OPERATOR,
    &prefix::OPERATOR,
    &suffix::OPERATOR,
    &wildcard::OPERATOR,
];

/// Their names and how they are read, which is all that the modules need: so no manual is a part of them.
static PARSERS: [(&str, Parse); OPERATORS.len()] = {
    let mut parsers = [("", OPERATORS[0].parse); OPERATORS.len()];
    let mut at = 0;
    while at < OPERATORS.len() {
        parsers[at] = (OPERATORS[at].manual.name, OPERATORS[at].parse);
        at += 1;
    }
    parsers
};

/// The names of all operators.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PARSERS.iter().map(|(name, _)| *name)
}

/// One element of a list of tests. A value passes the list if it passes one element.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// `"x"`, `5`, `true`, `null`
    Equals(equals::Equals),
    /// `{"exactly": "x"}`
    Exactly(exactly::Exactly),
    /// `{"prefix": …}`
    Prefix(prefix::Prefix),
    /// `{"suffix": …}`
    Suffix(suffix::Suffix),
    /// `{"equals-ignore-case": "x"}`
    EqualsIgnoreCase(equals_ignore_case::EqualsIgnoreCase),
    /// `{"wildcard": "x*"}`
    Wildcard(wildcard::Wildcard),
    /// `{"numeric": …}`
    Numeric(numeric::Numeric),
    /// `{"cidr": "10.0.0.0/8"}`
    Cidr(cidr::Cidr),
    /// `{"anything-but": …}`
    AnythingBut(anything_but::AnythingBut),
    /// `{"exists": …}`
    Exists(exists::Exists),
}

impl Test {
    /// Does a value pass? Whether there is no value at all is asked elsewhere, see [`Test::wants_absence`].
    #[inline]
    pub fn passes(&self, value: &Value<'_>) -> bool {
        match self {
            Test::Equals(test) => test.passes(value),
            Test::Exactly(test) => test.passes(value),
            Test::Prefix(test) => test.passes(value),
            Test::Suffix(test) => test.passes(value),
            Test::EqualsIgnoreCase(test) => test.passes(value),
            Test::Wildcard(test) => test.passes(value),
            Test::Numeric(test) => test.passes(value),
            Test::Cidr(test) => test.passes(value),
            Test::AnythingBut(test) => test.passes(value),
            Test::Exists(test) => test.passes(value),
        }
    }

    /// Does it pass when there is no value at the path: `{"exists": false}`.
    pub fn wants_absence(&self) -> bool {
        matches!(self, Test::Exists(exists::Exists { exists: false }))
    }

    /// In words, to follow "which": `starts with "x"`, `does not start with "x"`.
    pub fn words(&self, passes: bool) -> String {
        self.check().words(passes)
    }

    fn check(&self) -> &dyn Check {
        match self {
            Test::Equals(test) => test,
            Test::Exactly(test) => test,
            Test::Prefix(test) => test,
            Test::Suffix(test) => test,
            Test::EqualsIgnoreCase(test) => test,
            Test::Wildcard(test) => test,
            Test::Numeric(test) => test,
            Test::Cidr(test) => test,
            Test::AnythingBut(test) => test,
            Test::Exists(test) => test,
        }
    }
}

/// What every operator can do.
pub trait Check {
    /// Does a value pass?
    fn passes(&self, value: &Value<'_>) -> bool;

    /// In words, to follow "which".
    fn words(&self, passes: bool) -> String;
}

/// Reads one element of a list of tests.
pub fn parse(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Test> {
    match &node.kind {
        NodeKind::Object(members) => parse_operator(node, members, problems),
        NodeKind::Array(_) => {
            problems.push(Problem::NestedArray.at(node.span));
            None
        }
        _ => equals::parse(node).map(Test::Equals),
    }
}

#[inline(never)]
fn parse_operator(node: &Node, members: &[Member], problems: &mut Vec<Diagnostic>) -> Option<Test> {
    let Some(member) = members.first() else {
        problems.push(Problem::NoOperator.at(node.span));
        return None;
    };
    let Some((name, parse)) = PARSERS.iter().find(|(name, _)| member.key == **name) else {
        problems.push(Problem::UnknownOperator(member.key.utf8().to_string()).at(member.key_span));
        return None;
    };
    let test = parse(&member.value, problems);
    no_second_key(name, members, problems);
    test
}

/// An operator object has one key.
fn no_second_key(name: &'static str, members: &[Member], problems: &mut Vec<Diagnostic>) {
    if let Some(second) = members.get(1) {
        problems.push(Problem::SecondKey { operator: name, key: second.key.utf8().to_string() }.at(second.key_span));
    }
}

/// The operand as a string.
fn string<'a>(name: &'static str, node: &'a Node, problems: &mut Vec<Diagnostic>) -> Option<Cow<'a, str>> {
    if let Some(text) = node.as_string() {
        return Some(text.utf8());
    }
    if !matches!(node.kind, NodeKind::Missing) {
        problems.push(Problem::NeedsString { operator: name, got: node.what() }.at(node.span));
    }
    None
}
