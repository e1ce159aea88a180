//! What can be wrong with the settings of a target, and why an event would be lost.

use crate::{diagnostic, limits};
use std::fmt;

/// A way in which settings are refused, or in which an event is lost. The example of each is a setting that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `InputPath` beside `InputTransformer`
    MoreThanOne,
    /// `{"InputTemplat": "…"}`
    UnknownSetting {
        /// The key.
        key: String,
        /// What it was meant to be, perhaps.
        meant: Option<&'static str>,
    },
    /// `InputPath: 5`
    WrongType {
        /// The setting.
        setting: String,
        /// What it takes.
        wants: &'static str,
        /// What it got.
        got: &'static str,
    },
    /// `Input: "plain text"`
    InputNotJson(String),
    /// More than 8192 characters.
    TooLong(&'static str),
    /// `InputPath: "$.detail['x']"`
    PathSyntax(PathFault),
    /// More than 256 characters.
    PathTooLong,
    /// More than 100 entries.
    TooManyPaths(usize),
    /// `InputPathsMap: {"a b": "$.id"}`
    VariableName(String),
    /// No `InputTemplate`, or an empty one.
    TemplateMissing,
    /// `"<undefined>"`
    InvalidPlaceholder(String),
    /// `{"<name>": 1}`
    PlaceholderAsKey(String),
    /// `{"a": <name>`
    TemplateNotJson(String),
    /// `Hello <name>`
    TemplateNeedsQuotes,
    /// `{"a": "<detail>"}`, and `detail` is an object
    QuotedBreaksJson {
        /// The variable.
        name: String,
        /// What it is in this event.
        what: &'static str,
    },
    /// `{"a": "<name>"}`, and the value has a quote in it
    QuotedNeedsEscape(String),
    /// The output is no JSON for another reason.
    OutputNotJson(String),
    /// A large value, named a thousand times.
    OutputTooLong,
    /// `InputPath: "$.detail.x"`, and there is no such thing in the event
    SelectsNothing(String),
}

/// What is wrong with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// It does not begin with `$`.
    Dollar,
    /// A dot with no name behind it.
    Name,
    /// Two dots.
    Deep,
    /// `['name']`
    Bracket,
    /// `[?(…)]`, `[0:1]`, `[-1]`
    Index,
    /// A character that names cannot have.
    Character(char),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::MoreThanOne => {
                write!(f, "a target takes one of `Input`, `InputPath` and `InputTransformer`, not several")
            }
            Problem::UnknownSetting { key, meant: Some(meant) } if key == meant => {
                write!(f, "`{key}` is a setting of `InputTransformer`; put it there")
            }
            Problem::UnknownSetting { key, meant: Some(meant) } => {
                write!(f, "there is no setting `{key}`; `{meant}` is one")
            }
            Problem::UnknownSetting { key, meant: None } => {
                write!(f, "there is no setting `{key}`; there are `Input`, `InputPath` and `InputTransformer`")
            }
            Problem::WrongType { setting, wants, got } => write!(f, "`{setting}` takes {wants}, not {got}"),
            Problem::InputNotJson(why) => {
                write!(f, "`Input` is no valid JSON: {why}; text needs double quotes around it")
            }
            Problem::TooLong(setting) => write!(f, "`{setting}` has at most {} characters", limits::INPUT_LENGTH),
            Problem::PathSyntax(fault) => fault.fmt(f),
            Problem::PathTooLong => write!(f, "a path has at most {} characters", limits::INPUT_PATH_LENGTH),
            Problem::TooManyPaths(count) => {
                write!(f, "`InputPathsMap` has at most {} entries, not {count}", limits::INPUT_PATHS)
            }
            Problem::VariableName(name) => {
                write!(f, "`{name}` is no name for a variable: 1 to 256 letters, digits, `_` and `-`")
            }
            Problem::TemplateMissing => write!(f, "`InputTransformer` needs an `InputTemplate` that is not empty"),
            Problem::InvalidPlaceholder(name) => {
                write!(f, "`<{name}>` is not defined; add `{name}` to `InputPathsMap`")
            }
            Problem::PlaceholderAsKey(name) => {
                write!(f, "`<{name}>` cannot be a key; placeholders stand for values only")
            }
            Problem::TemplateNotJson(why) => write!(f, "the template is no valid JSON: {why}"),
            Problem::TemplateNeedsQuotes => write!(f, "a text template needs double quotes around it"),
            Problem::QuotedBreaksJson { name, what } => write!(
                f,
                "`<{name}>` stands in quotes and is {what} here, whose own quotes break the JSON; EventBridge drops the event without a word; remove the quotes around `<{name}>`"
            ),
            Problem::QuotedNeedsEscape(name) => write!(
                f,
                "`<{name}>` stands in quotes, and its text holds a quote, a backslash or a line break, which EventBridge does not escape there; the event is dropped without a word; remove the quotes around `<{name}>`"
            ),
            Problem::OutputNotJson(why) => {
                write!(f, "what comes out is no valid JSON ({why}); EventBridge drops the event without a word")
            }
            Problem::OutputTooLong => write!(f, "what comes out is longer than 64 MiB; EventBridge delivers far less"),
            Problem::SelectsNothing(path) => write!(
                f,
                "`{path}` selects nothing in this event, so there is nothing to deliver (AWS does not document what happens then)"
            ),
        }
    }
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathFault::Dollar => write!(f, "a path begins with `$`, as in `$.detail.state`"),
            PathFault::Name => write!(f, "a name is missing behind this dot"),
            PathFault::Deep => write!(f, "EventBridge paths have no `..`; name every step"),
            PathFault::Bracket => write!(f, "EventBridge paths have no `['name']`; write `.name`"),
            PathFault::Index => write!(f, "only `[0]`, `[1]`, … and `[*]` can stand in brackets, behind a name"),
            PathFault::Character(c) => {
                write!(f, "`{c}` cannot stand in a path; a name has letters, digits, `_`, `-` and `/`")
            }
        }
    }
}

impl diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::MoreThanOne => "target-more-than-one-input",
            Problem::UnknownSetting { .. } => "target-unknown-setting",
            Problem::WrongType { .. } => "target-wrong-type",
            Problem::InputNotJson(_) => "input-not-json",
            Problem::TooLong(_) => "input-too-long",
            Problem::PathSyntax(_) => "path-syntax",
            Problem::PathTooLong => "path-too-long",
            Problem::TooManyPaths(_) => "paths-too-many",
            Problem::VariableName(_) => "variable-name",
            Problem::TemplateMissing => "template-missing",
            Problem::InvalidPlaceholder(_) => "placeholder-undefined",
            Problem::PlaceholderAsKey(_) => "placeholder-as-key",
            Problem::TemplateNotJson(_) => "template-not-json",
            Problem::TemplateNeedsQuotes => "template-needs-quotes",
            Problem::QuotedBreaksJson { .. } => "quoted-variable-breaks-json",
            Problem::QuotedNeedsEscape(_) => "quoted-variable-needs-escape",
            Problem::OutputNotJson(_) => "output-not-json",
            Problem::OutputTooLong => "output-too-long",
            Problem::SelectsNothing(_) => "path-selects-nothing",
        }
    }

    /// `<id>` stands for the target's id, which is none of the settings that we know.
    fn aws_message(&self) -> Option<String> {
        Some(match self {
            Problem::MoreThanOne => "Only one of Input, InputPath, or InputTransformer must be provided for target <id>.".into(),
            Problem::InputNotJson(_) | Problem::TemplateNotJson(_) | Problem::TemplateNeedsQuotes => {
                "Input for target <id> is not a valid JSON text.".into()
            }
            Problem::TooManyPaths(_) => "1 validation error detected: Value at 'targets.1.member.inputTransformer.inputPathsMap' failed to satisfy constraint: Member must have length less than or equal to 100".into(),
            Problem::InvalidPlaceholder(name) => {
                format!("InputTemplate for target <id> contains invalid placeholder {name}.")
            }
            _ => return None,
        })
    }
}
