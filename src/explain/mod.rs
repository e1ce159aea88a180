//! Why a pattern matches an event, or why not. In: a pattern and an event. Out: the tree of the pattern with a verdict
//! and a sentence for each part, and how near a miss was. Plain on purpose: it asks every test about every value and
//! follows the rules of matching word by word (`judge`), so that the machine can be judged by it. The two share no
//! code behind reading.

mod edits;
mod elements;
mod hints;
mod judge;
mod nearest;
mod tree;

use crate::diagnostic::Fix;
use crate::event::{EventError, Problem};
use crate::pattern::Pattern;
use crate::text::Span;

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Does the pattern match?
    pub matches: bool,
    /// The verdict in one sentence.
    pub summary: String,
    /// The tree of the pattern.
    pub root: Node,
    /// How near it was, if it does not match.
    pub nearest: Option<NearestMiss>,
}

/// What a part of a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An object.
    And,
    /// `$or`
    Or,
    /// A list of tests on a path.
    Field,
    /// One test of a list.
    Test,
}

/// One part of the pattern with its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its verdict.
    pub matches: bool,
    /// Why, as a stable name.
    pub code: &'static str,
    /// Why, in one sentence.
    pub message: String,
    /// Its place in the pattern.
    pub span: Span,
    /// The path, for fields and tests.
    pub path: Option<String>,
    /// The values that it looked at, those that pass first; the first [`MOST_VALUES`] of them.
    pub values: Vec<Seen>,
    /// What was probably meant, for fields that fail.
    pub hints: Vec<Hint>,
    /// Its parts.
    pub children: Vec<Node>,
}

/// A value that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its place in the event.
    pub span: Span,
    /// Its JSON text, cut when it is long.
    pub text: String,
    /// Does it pass?
    pub accepted: bool,
}

/// A guess at what was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// A stable name.
    pub code: &'static str,
    /// In one sentence.
    pub message: String,
}

/// The fewest conditions that stand between the event and a match, and what would flip the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestMiss {
    /// Their paths.
    pub paths: Vec<String>,
    /// In one sentence.
    pub message: String,
    /// A change of the event after which the pattern matches it. Only given when that is certain.
    pub in_event: Option<Fix>,
    /// A change of the pattern after which it matches the event. Only given when that is certain.
    pub in_pattern: Option<Fix>,
}

/// How many values a node names.
pub const MOST_VALUES: usize = 20;

/// Explains the verdict of a pattern on an event.
///
/// # Errors
/// If the text is no event.
///
/// ```
/// use eventbridge_rules::{explain::explain, pattern::{Limits, Pattern}};
/// let pattern = Pattern::compile(r#"{"detail": {"size": [{"numeric": [">", 1024]}]}}"#, &Limits::default())?;
/// let why = explain(&pattern, r#"{"detail": {"size": 10}}"#)?;
/// assert_eq!(why.summary, "no match: `detail.size` is 10, which is not > 1024");
/// let nearest = why.nearest.ok_or("nothing near")?;
/// assert_eq!(nearest.in_event.ok_or("no edit")?.title, "change `detail.size` to 1025");
/// assert_eq!(nearest.in_pattern.ok_or("no edit")?.title, "let `detail.size` be 10 too");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(pattern: &Pattern, event: &str) -> Result<Explanation, EventError> {
    let verdict = judge::judge(pattern, event)?;
    let mut explanation = tree::explanation(&verdict);
    if !verdict.matches {
        explanation.nearest = nearest::nearest(&verdict, &explanation);
    }
    Ok(explanation)
}

/// Only whether it matches, by the same plain way.
///
/// # Errors
/// If the text is no event.
pub fn matches(pattern: &Pattern, event: &str) -> Result<bool, EventError> {
    Ok(judge::judge(pattern, event)?.matches)
}

fn too_ambiguous(event: &str) -> EventError {
    EventError::one(event, Problem::TooAmbiguous, Span::new(0, event.len().min(1)))
}
