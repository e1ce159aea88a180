//! An event pattern: what a rule says. In: its text. Out: its tree with spans, and the branches that it comes to when
//! every `$or` is multiplied out. It knows operators and no events.
//!
//! A pattern matches when one branch does; a branch is a list of tests for each of its paths, and all must pass.

mod complexity;
pub(crate) mod fixes;
mod parse;
pub mod problem;
pub mod reference;
pub(crate) mod site;

pub use problem::Problem;

use crate::diagnostic::{Diagnostic, Problem as _, Severity, summary};
use crate::event::EmptyKeys;
use crate::json::Text;
use crate::limits;
use crate::operators::Test;
use crate::text::Span;
use std::fmt;

/// What a rule says.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    root: Part,
    lists: Vec<List>,
    branches: Vec<Branch>,
    empty_keys: EmptyKeys,
}

/// Number of a list of tests of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub u32);

/// The tests on one path, as they stand in the pattern.
#[derive(Clone, Debug)]
pub struct List {
    /// Keys from the root joined with dots.
    pub path: Text,
    /// The last key.
    pub key_span: Span,
    /// The array.
    pub span: Span,
    /// One of them must pass.
    pub tests: Vec<(Test, Span)>,
}

impl List {
    /// Does the list pass when there is no value?
    pub fn wants_absence(&self) -> bool {
        self.tests.iter().any(|(test, _)| test.wants_absence())
    }
}

/// A part of the tree of a pattern.
#[derive(Clone, Debug)]
pub enum Part {
    /// An object: all of its parts must match.
    And {
        /// The key that leads to it, if one does.
        key: Option<Text>,
        /// The object.
        span: Span,
        /// Its members.
        parts: Vec<Part>,
    },
    /// `$or`: one of its objects must match.
    Or {
        /// The array.
        span: Span,
        /// Its objects.
        parts: Vec<Part>,
    },
    /// A list of tests.
    Field(ListId),
}

/// One way to match: the lists of all its paths, in the order in which the reference looks at them (UTF-16 units of the
/// path).
pub type Branch = Vec<ListId>;

/// Why EventBridge would refuse a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// All problems, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    message: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

/// What a pattern may cost. The default is what EventBridge takes.
///
/// ```
/// use eventbridge_rules::pattern::{Limits, Pattern};
/// let text = r#"{"a": [{"wildcard": "*a*b*c*d*e*f*g*h*i*j*k*l*"}]}"#;
/// assert!(Pattern::compile(text, &Limits::default()).is_err());
/// assert!(Pattern::compile(text, &Limits { wildcard_complexity: 100 }).is_ok());
/// ```
#[derive(Clone, Debug)]
pub struct Limits {
    /// The largest wildcard complexity.
    pub wildcard_complexity: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { wildcard_complexity: limits::WILDCARD_COMPLEXITY }
    }
}

impl Pattern {
    /// Reads a pattern; never fails. What is broken is left out of the pattern and named in the problems.
    pub fn parse(text: &str, limits: &Limits) -> (Pattern, Vec<Diagnostic>) {
        parse::pattern(text, limits)
    }

    /// Reads a pattern that EventBridge would accept.
    ///
    /// # Errors
    /// If EventBridge would refuse it; the error has all problems.
    ///
    /// ```
    /// use eventbridge_rules::pattern::{Limits, Pattern};
    /// let error = Pattern::compile(r#"{"source": "aws.s3"}"#, &Limits::default()).unwrap_err();
    /// assert_eq!(error.diagnostics[0].code, "pattern-value-not-a-list");
    /// let aws = error.diagnostics[0].aws_message.as_deref().unwrap_or_default();
    /// assert!(aws.starts_with("\"source\" must be an object or an array\n at [Source: "));
    /// ```
    pub fn compile(text: &str, limits: &Limits) -> Result<Pattern, PatternError> {
        let (pattern, diagnostics) = Pattern::parse(text, limits);
        if diagnostics.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(PatternError::new(text, diagnostics));
        }
        Ok(pattern)
    }

    /// The text that it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree, as it is written.
    pub fn root(&self) -> &Part {
        &self.root
    }

    /// All lists of tests, in the order of the text.
    pub fn lists(&self) -> &[List] {
        &self.lists
    }

    /// A list of tests.
    pub fn list(&self, id: ListId) -> &List {
        &self.lists[id.0 as usize]
    }

    /// This pattern with one more test in some of its lists. Its text stays the old one.
    pub(crate) fn with_tests(&self, more: impl IntoIterator<Item = (ListId, Test)>) -> Pattern {
        let mut pattern = self.clone();
        for (list, test) in more {
            let list = &mut pattern.lists[list.0 as usize];
            list.tests.push((test, list.span));
        }
        pattern
    }

    /// The ways to match.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// The wildcard complexity, counted to just over what EventBridge takes, and the list that has it.
    pub(crate) fn complexity(&self) -> (usize, Span) {
        let found = complexity::of(&self.lists, &self.branches, 0, limits::WILDCARD_COMPLEXITY + 1);
        (found.figure, found.span)
    }

    /// Does it see fields below empty keys?
    pub fn empty_keys(&self) -> EmptyKeys {
        self.empty_keys
    }
}

impl PatternError {
    #[inline(never)]
    pub(crate) fn new(text: &str, diagnostics: Vec<Diagnostic>) -> PatternError {
        PatternError { message: format!("event pattern is not valid: {}", summary(text, &diagnostics)), diagnostics }
    }
}

/// Every problem of a pattern: what EventBridge refuses, the length of its text included. Never fails.
///
/// ```
/// let problems = eventbridge_rules::pattern::lint(r#"{"a": [], "b": [{"prefix": 5}]}"#);
/// let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
/// assert_eq!(codes, ["pattern-empty-array", "prefix-needs-string"]);
/// ```
pub fn lint(text: &str) -> Vec<Diagnostic> {
    let (_, mut problems) = Pattern::parse(text, &Limits::default());
    problems.extend(too_long(text));
    problems
}

/// The wildcard complexity of a pattern, counted up to `cap`. EventBridge takes up to 10.
///
/// ```
/// use eventbridge_rules::pattern::wildcard_complexity;
/// assert_eq!(wildcard_complexity(r#"{"a": [{"wildcard": "*/bin/*.jar"}]}"#, 100), 4);
/// ```
pub fn wildcard_complexity(text: &str, cap: usize) -> usize {
    let (pattern, _) = Pattern::parse(text, &Limits { wildcard_complexity: usize::MAX });
    complexity::of(&pattern.lists, &pattern.branches, 0, cap).figure
}

/// The problem of a text that is longer than PutRule and TestEventPattern take.
pub(crate) fn too_long(text: &str) -> Option<Diagnostic> {
    let (at, _) = text.char_indices().nth(limits::PATTERN_LENGTH)?;
    Some(Problem::TooLong.at(Span::new(at, text.len())))
}
