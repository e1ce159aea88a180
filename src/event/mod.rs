//! An event to its fields. In: JSON text and the paths that somebody asks for. Out: the values at those paths, each with
//! its place in the arrays around it. Everything else in the event is checked and skipped. It knows no operators and no
//! rules. An event that is parsed already is read by somebody else, who hands over what is there ([`Reading`]).
//!
//! A path is the keys from the root joined with `.`; arrays add nothing to it, and a dot inside a key is no different
//! from a step (PATTERNS: `{"a.b": 1}` and `{"a": {"b": 1}}` are the same field).

mod fields;
mod paths;
mod read;
mod reading;

pub use fields::{Field, Fields, Place, PlaceId};
pub(crate) use paths::has_empty_piece;
pub use paths::{EmptyKeys, PathId, Paths};
pub use read::{InPlace, read};
pub use reading::{Reading, Record, record};

use crate::diagnostic::{Diagnostic, Problem as _, summary};
use crate::json::scan::{Broken, Scanner};
use crate::json::{self, Text};
use crate::text::Span;
use std::fmt;

/// Why a text is no event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError {
    /// The problems, with their places.
    pub diagnostics: Vec<Diagnostic>,
    message: String,
}

impl EventError {
    fn new(text: &str, diagnostics: Vec<Diagnostic>) -> EventError {
        EventError { message: format!("event is not valid: {}", summary(text, &diagnostics)), diagnostics }
    }

    /// The error for one problem at one place of an event.
    pub fn one(text: &str, problem: Problem, span: Span) -> EventError {
        EventError::new(text, vec![problem.at(span)])
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EventError {}

/// What can be wrong with an event that is JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `[1]`
    NotAnObject(&'static str),
    /// An event that repeats keys so that array elements can be combined in too many ways.
    TooAmbiguous,
    /// An event without the keys that TestEventPattern asks for.
    MissingEnvelope(Vec<&'static str>),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NotAnObject(what) => write!(f, "an event is a JSON object, not {what}"),
            Problem::TooAmbiguous => {
                write!(f, "this event repeats keys so often that its array elements can be combined in too many ways")
            }
            Problem::MissingEnvelope(keys) => {
                f.write_str("TestEventPattern wants an event with ")?;
                let separators = std::iter::once("").chain(std::iter::repeat(", "));
                keys.iter().zip(separators).try_for_each(|(key, separator)| write!(f, "{separator}`{key}`"))
            }
        }
    }
}

impl crate::diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::NotAnObject(_) => "event-not-an-object",
            Problem::TooAmbiguous => "event-too-ambiguous",
            Problem::MissingEnvelope(_) => "event-missing-envelope",
        }
    }

    fn aws_message(&self) -> Option<String> {
        match self {
            Problem::TooAmbiguous => None,
            _ => Some("Parameter Event is not valid.".to_string()),
        }
    }
}

/// The text of an event given as bytes.
///
/// # Errors
/// If the bytes are not UTF-8; the problem names the first byte that is not. What follows the event is not looked at.
pub fn text(bytes: &[u8]) -> Result<&str, EventError> {
    std::str::from_utf8(bytes).or_else(|error| {
        // What follows the event is not looked at.
        let mut fields = Fields::default();
        if let Some(text) = read::scan(bytes, &Paths::default(), &mut fields) {
            return Ok(text);
        }
        let good = error.valid_up_to();
        let length = error.error_len().unwrap_or(bytes.len() - good);
        // The readable part is what the place is counted in; all of it is before the problem.
        let readable = std::str::from_utf8(&bytes[..good]).unwrap_or("");
        Err(EventError::new(readable, vec![json::Problem::Utf8.at(Span::new(good, good + length))]))
    })
}

/// Every problem of a text as an event; none if it is one. Never fails.
///
/// ```
/// use eventbridge_rules::event::lint;
/// assert!(lint(r#"{"source": "aws.s3"}"#).is_empty());
/// assert_eq!(lint("[1]")[0].code, "event-not-an-object");
/// ```
pub fn lint(text: &str) -> Vec<Diagnostic> {
    tree(text).map_or_else(|error| error.diagnostics, |_| Vec::new())
}

/// An event as a tree, for those who want parts of it.
pub(crate) fn tree(text: &str) -> Result<json::Node, EventError> {
    let (node, mut problems) = json::parse(text);
    if problems.is_empty() && !matches!(node.kind, json::NodeKind::Object(_)) {
        problems.push(Problem::NotAnObject(node.what()).at(node.span));
    }
    if problems.is_empty() { Ok(node) } else { Err(EventError::new(text, problems)) }
}

/// Keys that an event needs for TestEventPattern. AWS, observed: `event_missing_envelope_fields`.
const ENVELOPE: [&str; 6] = ["id", "account", "source", "time", "region", "detail-type"];

/// Has the event the keys that TestEventPattern asks for?
pub(crate) fn envelope(text: &str) -> Result<(), EventError> {
    let mut scanner = Scanner::new(text);
    let found = keys(&mut scanner).map_err(|Broken| read::refusal(text.as_bytes()))?;
    let missing: Vec<&'static str> = ENVELOPE.into_iter().filter(|key| !found.iter().any(|f| *f == **key)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(EventError::one(text, Problem::MissingEnvelope(missing), Span::new(0, scanner.at())))
}

fn keys(scanner: &mut Scanner) -> Result<Vec<Text>, Broken> {
    if !scanner.open_object() {
        return Err(Broken);
    }
    let mut keys = Vec::new();
    while let Some(key) = scanner.member(keys.is_empty())? {
        keys.push(key);
        scanner.skip(1)?;
    }
    Ok(keys)
}
