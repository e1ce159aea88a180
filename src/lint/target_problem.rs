//! What can be legal and wrong in the settings of a target, and the words for it.

use crate::diagnostic::{self, Diagnostic, Fix, Problem as _, Severity};
use crate::text::Span;
use std::fmt;

/// A way in which settings are legal and probably not what was meant. The example of each is a setting that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetProblem {
    /// `InputPathsMap: {"a": "$.id"}`, and no `<a>`
    VariableUnused(String),
    /// `"Hello <name>"`
    TextQuotes,
    /// A text of two lines in one pair of quotes.
    SeveralLines,
    /// `"event: <aws.events.event>"`
    ObjectInText(String),
    /// `{"event": "<aws.events.event>"}`
    ObjectInQuotes(String),
    /// A path that selects nothing in a sample.
    PathMissing {
        /// The path.
        path: String,
        /// Its variable.
        name: String,
        /// What it was meant to be, perhaps.
        meant: Option<String>,
    },
    /// More than 90 of 100 entries.
    NearLimit {
        /// The setting.
        setting: &'static str,
        /// Its limit.
        most: usize,
        /// What is counted.
        unit: &'static str,
    },
}

impl TargetProblem {
    pub(super) fn found(&self, span: Span, fixes: impl IntoIterator<Item = Fix>) -> Diagnostic {
        let severity = match self {
            TargetProblem::VariableUnused(_) | TargetProblem::ObjectInQuotes(_) | TargetProblem::SeveralLines => {
                Severity::Warning
            }
            TargetProblem::PathMissing { .. } => Severity::Warning,
            _ => Severity::Info,
        };
        Diagnostic { severity, fixes: fixes.into_iter().collect(), ..self.at(span) }
    }
}

impl fmt::Display for TargetProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TargetProblem::VariableUnused(name) => {
                write!(f, "`{name}` is defined and not used; add `<{name}>` to the template or remove it")
            }
            TargetProblem::TextQuotes => {
                write!(f, "the target receives the quotes of a text template too; a JSON template has none around it")
            }
            TargetProblem::SeveralLines => {
                write!(f, "every line of a text template needs its own double quotes")
            }
            TargetProblem::ObjectInText(name) => write!(
                f,
                "`<{name}>` is an object, and in a text template it loses all its double quotes; use a JSON template"
            ),
            TargetProblem::ObjectInQuotes(name) => write!(
                f,
                "`<{name}>` is an object, whose own quotes break the JSON; EventBridge drops every event without a word; remove the quotes around `<{name}>`"
            ),
            TargetProblem::PathMissing { path, meant: Some(meant), .. } => {
                write!(f, "a sample event has nothing at `{path}`; `{meant}` is there")
            }
            TargetProblem::PathMissing { path, name, .. } => {
                write!(f, "a sample event has nothing at `{path}`; `<{name}>` becomes empty text then, not `null`")
            }
            TargetProblem::NearLimit { setting, most, unit } => {
                write!(f, "`{setting}` has at most {most} {unit}, and this comes close")
            }
        }
    }
}

impl diagnostic::Problem for TargetProblem {
    fn code(&self) -> &'static str {
        match self {
            TargetProblem::VariableUnused(_) => "variable-unused",
            TargetProblem::TextQuotes => "template-text-quotes",
            TargetProblem::SeveralLines => "template-several-lines",
            TargetProblem::ObjectInText(_) => "reserved-object-in-text",
            TargetProblem::ObjectInQuotes(_) => "reserved-object-quoted",
            TargetProblem::PathMissing { .. } => "path-missing-in-sample",
            TargetProblem::NearLimit { .. } => "target-near-limit",
        }
    }
}
