//! What is wrong with a text, as plain data that an editor, a log and a test can use alike.

use crate::text::{LineIndex, Span};
use std::fmt;

/// Does this build say how problems are mended, and what EventBridge answers? The small module for production does not
/// (`wasm`).
pub(crate) const ADVICE: bool = cfg!(feature = "authoring");

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// EventBridge refuses it.
    Error,
    /// Legal and almost surely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
    /// A better way to write the same.
    Hint,
}

/// Replaces `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A change that mends a problem. All edits refer to the text as it was and do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "wrap the value in an array".
    pub title: String,
    /// The edits, in the order of their spans.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of one edit.
    pub(crate) fn one(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
    }

    /// The text after the fix.
    ///
    /// ```
    /// use eventbridge_rules::pattern::lint;
    /// let text = r#"{"source": "aws.s3"}"#;
    /// assert_eq!(lint(text)[0].fixes[0].apply(text), r#"{"source": ["aws.s3"]}"#);
    /// ```
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.edits {
            let range = edit.span.range();
            out.push_str(text.get(at..range.start).unwrap_or(""));
            out.push_str(&edit.text);
            at = range.end;
        }
        out + text.get(at..).unwrap_or("")
    }
}

/// One problem of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name, `wildcard-consecutive`.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// The smallest text whose change would mend it.
    pub span: Span,
    /// What is wrong and what would be right: lower case, no full stop.
    pub message: String,
    /// What EventBridge itself answers, where it is known.
    pub aws_message: Option<String>,
    /// Ways out.
    pub fixes: Vec<Fix>,
}

/// The kinds of problems of one room. A variant carries what its words need; the words live in `Display`.
pub trait Problem: fmt::Display {
    /// Stable name of the kind. Never reused for another.
    fn code(&self) -> &'static str;

    /// The text of EventBridge itself, where it is known.
    fn aws_message(&self) -> Option<String> {
        None
    }

    /// This problem at `span`, as an error.
    fn at(&self, span: Span) -> Diagnostic {
        Diagnostic {
            code: self.code(),
            severity: Severity::Error,
            span,
            message: self.to_string(),
            aws_message: if ADVICE { self.aws_message() } else { None },
            fixes: Vec::new(),
        }
    }
}

/// One line for a list of problems: the first one with its place, and how many there are.
///
/// ```
/// use eventbridge_rules::pattern::{Limits, Pattern};
/// let (_, problems) = Pattern::parse(r#"{"a": []}"#, &Limits::default());
/// let line = eventbridge_rules::diagnostic::summary(r#"{"a": []}"#, &problems);
/// assert_eq!(line, "an empty array never matches; list the values or tests that `a` may match (line 1, column 7)");
/// ```
pub fn summary(text: &str, problems: &[Diagnostic]) -> String {
    let Some(first) = problems.iter().find(|p| p.severity == Severity::Error).or(problems.first()) else {
        return String::new();
    };
    let place = LineIndex::new(text).position(first.span.start);
    let more = match problems.iter().filter(|p| p.severity == Severity::Error).count() {
        0 | 1 => String::new(),
        2 => ", and 1 more problem".to_string(),
        n => format!(", and {} more problems", n - 1),
    };
    format!("{} (line {}, column {}{more})", first.message, place.line + 1, place.character + 1)
}
