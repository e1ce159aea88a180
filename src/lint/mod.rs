//! What is legal and almost surely wrong. In: a pattern or the settings of a target, and perhaps sample events. Out: the
//! problems of the parsers, and warnings, infos and hints beside them. It knows the envelope of events and nothing of
//! the services that send them.
//!
//! One file a topic: `envelope` the keys that every event has, `samples` what the samples say, `keys` the spelling of
//! keys, `replaced` lists that other lists replace, `tests` the elements of a list beside each other (`covers`),
//! `strings` text that surprises, `branches` alternatives and whole patterns, `target` templates and their variables.

mod branches;
mod covers;
mod envelope;
mod keys;
pub mod problem;
mod replaced;
mod samples;
mod strings;
mod target;
pub mod target_problem;
mod tests;

pub use problem::Problem;
pub use target_problem::TargetProblem;

use crate::diagnostic::{Diagnostic, Fix};
use crate::json::{self, Node};
use crate::order::sort_by_number;
use crate::pattern::site::{Element, Site};
use crate::pattern::{self, Limits, Pattern};
use crate::text::{LineIndex, Span};
use crate::transform::{SettingProblem, Settings};
use samples::Samples;

/// Nobody reads further than this.
const MOST: usize = 1000;

/// Every problem of a pattern, in the order of its text: what EventBridge refuses (errors), and what it takes and does
/// not do as meant. Samples are texts of events that the pattern is written for; texts that are no events are ignored.
/// Never fails.
///
/// ```
/// use eventbridge_rules::lint;
/// let problems = lint::pattern(r#"{"details": {"size": ["5"]}}"#, &[]);
/// assert_eq!(problems[0].code, "envelope-unknown-key");
/// assert_eq!(problems[0].fixes[0].title, "rename it to `detail`");
///
/// let problems = lint::pattern(r#"{"detail": {"size": ["5"]}}"#, &[r#"{"detail": {"size": 5}}"#]);
/// assert_eq!(problems[0].message, "`detail.size` is a number in the sample events, and this is a string");
/// ```
pub fn pattern(text: &str, samples: &[&str]) -> Vec<Diagnostic> {
    let (pattern, mut problems) = Pattern::parse(text, &Limits::default());
    problems.extend(too_long(text));
    let (root, _) = json::parse(text);
    let lines = LineIndex::new(text);
    let samples = Samples::of(samples);
    let mut look = Look { text, root: &root, pattern: &pattern, samples: &samples, lines: &lines, found: Vec::new() };
    envelope::look(&mut look);
    keys::look(&mut look);
    replaced::look(&mut look);
    tests::look(&mut look);
    strings::look(&mut look);
    samples::look(&mut look);
    branches::look(&mut look);
    problems.append(&mut look.found);
    sort_by_number(&mut problems, |problem| u64::from(problem.span.start) << 2 | problem.severity as u64);
    problems
}

/// Every problem of the settings of a target, as `pattern` finds those of a pattern.
///
/// ```
/// use eventbridge_rules::{lint, transform::Settings};
/// let text = r#"{"InputTransformer": {"InputPathsMap": {"a": "$.id", "b": "$.time"}, "InputTemplate": "{\"id\": <a>}"}}"#;
/// let problems = lint::target(&Settings::from_json(text).0, &[]);
/// assert_eq!(problems[0].diagnostic.message, "`b` is defined and not used; add `<b>` to the template or remove it");
/// ```
pub fn target(settings: &Settings, samples: &[&str]) -> Vec<SettingProblem> {
    target::problems(settings, samples)
}

/// A pattern that is too long, with the fix that makes it short enough if white space is to blame.
fn too_long(text: &str) -> Option<Diagnostic> {
    let mut problem = pattern::too_long(text)?;
    let compact = compact(text);
    if pattern::too_long(&compact).is_none() {
        problem.fixes.push(Fix::one("remove the white space", Span::new(0, text.len()), compact));
    }
    Some(problem)
}

/// JSON text without the white space between its tokens.
fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut escaped = false;
    for character in text.chars() {
        if in_string || !matches!(character, ' ' | '\t' | '\n' | '\r') {
            out.push(character);
        }
        in_string ^= character == '"' && !escaped;
        escaped = in_string && character == '\\' && !escaped;
    }
    out
}

/// A pattern while it is looked at.
struct Look<'a> {
    text: &'a str,
    root: &'a Node,
    pattern: &'a Pattern,
    samples: &'a Samples,
    lines: &'a LineIndex<'a>,
    found: Vec<Diagnostic>,
}

impl<'a> Look<'a> {
    fn report(&mut self, problem: &Problem, span: Span, fixes: impl IntoIterator<Item = Fix>) {
        if self.found.len() < MOST {
            self.found.push(problem.found(span, fixes));
        }
    }

    fn site(&self, span: Span) -> Site<'a> {
        Site::of(self.root, span)
    }

    /// The element of a list that stands at a span.
    fn element(&self, span: Span) -> Option<Element<'a>> {
        self.site(span).element
    }

    /// The line of a place, counted from 1.
    fn line(&self, span: Span) -> u32 {
        self.lines.position(span.start).line + 1
    }

    /// Takes an element out of its list.
    fn without_element(&self, span: Span) -> Option<Fix> {
        let removal = self.element(span)?.removal()?;
        Some(Fix::one("remove it", removal, ""))
    }

    /// Was this found at this place?
    fn has_at(&self, code: &str, span: Span) -> bool {
        self.found.iter().any(|problem| problem.code == code && problem.span == span)
    }
}
