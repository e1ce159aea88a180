//! Every code that a problem, a reason or a hint can have: what it is, why it matters, a text that shows it and the same
//! text mended. Data only; it knows no rooms. A test lints each example, and holds the table and the rooms together.

pub mod explanation;
pub mod json;
pub mod lint;
pub mod operators;
pub mod pattern;
pub mod target;

use crate::diagnostic::Severity;

/// What an example is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Any JSON.
    Json,
    /// An event.
    Event,
    /// A pattern.
    Pattern,
    /// The settings of a target.
    Target,
    /// A pattern that is asked about the event beside it.
    Explanation,
}

impl Subject {
    /// As JavaScript has it.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Json => "json",
            Subject::Event => "event",
            Subject::Pattern => "pattern",
            Subject::Target => "target",
            Subject::Explanation => "explanation",
        }
    }
}

/// A code and what there is to know about it.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The code. Never reused for another problem.
    pub name: &'static str,
    /// How serious it is, if nothing else is said; reasons and hints of explanations are infos.
    pub severity: Severity,
    /// What the example is.
    pub subject: Subject,
    /// What is wrong, in one sentence.
    pub what: &'static str,
    /// Why it matters, and what to write instead.
    pub why: &'static str,
    /// A text that has the problem; empty where it would be thousands of characters long, or no text at all.
    pub example: &'static str,
    /// The same without the problem; empty where nothing is wrong.
    pub fixed: &'static str,
    /// The event that is asked about, or the sample that shows the problem; empty where there is none.
    pub event: &'static str,
}

/// All codes, room by room.
///
/// ```
/// use eventbridge_rules::codes;
/// assert!(codes::all().all(|code| !code.what.is_empty()));
/// ```
pub fn all() -> impl Iterator<Item = &'static Code> {
    let patterns = pattern::CODES.iter().chain(&operators::CODES).chain(&lint::CODES);
    json::CODES.iter().chain(patterns).chain(&target::CODES).chain(&explanation::CODES)
}

/// What there is to know about a code.
///
/// ```
/// use eventbridge_rules::codes;
/// assert_eq!(codes::find("wildcard-consecutive").map(|code| code.what), Some("Two stars side by side."));
/// assert!(codes::find("no-such-code").is_none());
/// ```
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}
