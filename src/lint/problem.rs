//! What can be legal and wrong, and the words for it.

use crate::diagnostic::{self, Diagnostic, Fix, Problem as _, Severity};
use crate::text::Span;
use std::fmt;

/// A way in which a pattern is legal and probably not what was meant. The example of each is a pattern that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `{"details": {"a": [1]}}`
    EnvelopeUnknownKey {
        /// The key.
        key: String,
        /// What it was meant to be, perhaps.
        meant: Option<&'static str>,
    },
    /// `{"account": [123456789012]}`
    EnvelopeType {
        /// The field.
        path: String,
        /// What it is in every event.
        is: &'static str,
        /// What the pattern asks for.
        asked: &'static str,
    },
    /// `{"detail": {"size": ["5"]}}`, and it is 5 in the samples
    SampleType {
        /// The field.
        path: String,
        /// What it is in the samples.
        is: &'static str,
        /// What the pattern asks for.
        asked: &'static str,
    },
    /// `{"detail": {"sice": [5]}}`, and the samples have `size`
    SampleMissing {
        /// The field.
        path: String,
        /// What it was meant to be, perhaps.
        meant: Option<String>,
        /// Is there an object at this path?
        object: bool,
    },
    /// `{"a": [1], "a": [2]}`
    KeyRepeated {
        /// The field.
        path: String,
        /// Where the other list stands.
        line: u32,
    },
    /// `{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}`
    OrOverrides {
        /// The field.
        path: String,
        /// Where the other list stands.
        line: u32,
    },
    /// `{"a": [{"exists": true}, {"exists": false}]}`
    AlwaysPasses(&'static str),
    /// `{"a": [{"anything-but": "x"}, {"anything-but": "y"}]}`
    AnythingButSplit,
    /// `{"a": [{"numeric": [">", 1.7976931348623157e308]}]}`
    NeverPasses(&'static str),
    /// `{"a": ["x", {"exists": false}]}`
    ExistsFalseBeside(String),
    /// `{"a": ["x", "x"]}`
    TestRepeated,
    /// `{"a": ["abc", {"prefix": "a"}]}`
    TestDead(String),
    /// `{"$or": [{"a": [1]}, {"a": [1]}]}`
    AlternativeRepeated(u32),
    /// `{"resources": [{"anything-but": "x"}]}`
    AnythingButArray(String),
    /// `{"detail.state": ["x"]}`
    KeyDotted(String),
    /// `{"a": {"": [1]}}`
    KeyEmpty(String),
    /// `{"state": {"anything-but": ["x"]}}`
    OperatorAsField(String),
    /// `{"ip": ["10.0.0.1"]}`
    AddressString(String),
    /// `{"id": [9007199254740993]}`
    NumberSpelling(String),
    /// `{"a": [{"prefix": "x\""}]}`
    QuoteAffix(&'static str),
    /// `{"a": [{"equals-ignore-case": "😀"}]}`
    IgnoreCaseAstral(char),
    /// `{"a": [{"equals-ignore-case": "ß"}]}`
    IgnoreCaseOdd {
        /// The character.
        character: char,
        /// What passes for it.
        forms: String,
    },
    /// `{"a": ["us-*"]}`
    WildcardInPlainString,
    /// `{"a": ["x "]}`
    StringBlanks,
    /// `{"r": {"a": [{"exists": false}], "b": [1]}}`
    ExistsFalseOrder {
        /// The field that must be absent.
        path: String,
        /// The one that is looked for later.
        other: String,
    },
    /// `{"a": [{"wildcard": "*a*b*c*d*e*f*g"}]}`
    WildcardNearLimit(usize),
    /// `{"source": [{"prefix": ""}]}`
    MatchesEverything,
    /// `{"a": [1]} x`
    TextAfterValue,
}

impl Problem {
    fn severity(&self) -> Severity {
        match self {
            Problem::EnvelopeUnknownKey { meant: Some(_), .. }
            | Problem::EnvelopeType { .. }
            | Problem::SampleType { .. }
            | Problem::KeyRepeated { .. }
            | Problem::OrOverrides { .. }
            | Problem::AlwaysPasses(_)
            | Problem::AnythingButSplit
            | Problem::NeverPasses(_)
            | Problem::TestRepeated
            | Problem::TestDead(_)
            | Problem::AlternativeRepeated(_)
            | Problem::KeyEmpty(_)
            | Problem::OperatorAsField(_)
            | Problem::QuoteAffix(_)
            | Problem::IgnoreCaseAstral(_)
            | Problem::NumberSpelling(_)
            | Problem::MatchesEverything
            | Problem::TextAfterValue => Severity::Warning,
            Problem::WildcardInPlainString => Severity::Hint,
            _ => Severity::Info,
        }
    }

    pub(super) fn found(&self, span: Span, fixes: impl IntoIterator<Item = Fix>) -> Diagnostic {
        Diagnostic { severity: self.severity(), fixes: fixes.into_iter().collect(), ..self.at(span) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::EnvelopeUnknownKey { key, meant: Some(meant) } => {
                write!(f, "no event has `{key}` at the top; `{meant}` is there")
            }
            Problem::EnvelopeUnknownKey { key, meant: None } => {
                write!(f, "events of EventBridge have no `{key}` at the top; fields of their own stand in `detail`")
            }
            Problem::EnvelopeType { path, is, asked } => {
                write!(f, "`{path}` is {is} in every event, and this is {asked}")
            }
            Problem::SampleType { path, is, asked } => {
                write!(f, "`{path}` is {is} in the sample events, and this is {asked}")
            }
            Problem::SampleMissing { path, meant, object } => missing(f, path, meant.as_deref(), *object),
            Problem::KeyRepeated { path, line } => {
                write!(
                    f,
                    "this list does nothing: `{path}` is asked for again on line {line}, and the last list counts"
                )
            }
            Problem::OrOverrides { path, line } => write!(
                f,
                "here this list takes the place of the one for `{path}` on line {line}; put what both ask for into one list"
            ),
            Problem::AlwaysPasses(what) => write!(f, "every {what} passes this list; leave the field out"),
            Problem::AnythingButSplit => write!(
                f,
                "every value passes one of these, because the elements of a list are alternatives; put all values into one `anything-but`"
            ),
            Problem::NeverPasses(why) => write!(f, "no value passes this: {why}"),
            Problem::ExistsFalseBeside(path) => write!(
                f,
                "the elements of a list are alternatives: `{path}` may be absent, or pass another element of this list"
            ),
            Problem::TestRepeated => write!(f, "this is in the list already; remove it"),
            Problem::TestDead(by) => write!(f, "this adds nothing: what passes it passes `{by}` too"),
            Problem::AlternativeRepeated(line) => {
                write!(f, "this alternative is the same as the one on line {line}; remove it")
            }
            Problem::AnythingButArray(path) => write!(
                f,
                "`{path}` is an array, and one element outside of `anything-but` is enough to pass; EventBridge cannot ask for all elements"
            ),
            Problem::KeyDotted(key) => write!(
                f,
                "a dot in a key is the same as a step: `{key}` reaches fields inside of objects and keys with a dot alike"
            ),
            Problem::KeyEmpty(path) => write!(
                f,
                "empty keys are treated oddly: in a path such as `{path}` an empty first step vanishes and an empty last step is never reached"
            ),
            Problem::OperatorAsField(name) => {
                write!(f, "here `{name}` is the name of a field; an operator stands in a list: `[{{\"{name}\": …}}]`")
            }
            Problem::AddressString(text) => write!(
                f,
                "a string that is an IP address passes every spelling of the address; `{{\"exactly\": \"{text}\"}}` compares the text"
            ),
            Problem::NumberSpelling(number) => write!(
                f,
                "`{number}` has too many digits to be compared by amount, so only this very spelling passes; 15 significant digits always work"
            ),
            Problem::QuoteAffix(operator) => write!(
                f,
                "a quote at this end of `{operator}` can stand for the end of the whole value; remove it, or use `wildcard`"
            ),
            Problem::IgnoreCaseAstral(c) => write!(
                f,
                "`{c}` never passes itself here, because EventBridge folds it in two halves that turn into `??`; compare it with case"
            ),
            Problem::IgnoreCaseOdd { character, forms } => {
                write!(f, "for `{character}` only {forms} passes here; EventBridge folds each character by itself")
            }
            Problem::WildcardInPlainString => {
                write!(f, "in a plain string `*` stands for itself; `{{\"wildcard\": …}}` makes it stand for any text")
            }
            Problem::StringBlanks => {
                write!(f, "blanks at the end of a string count; remove them if they are not meant")
            }
            Problem::ExistsFalseOrder { path, other } => write!(
                f,
                "if an array is around these, `{path}` must be absent from all of its elements, because `{path}` is looked for before `{other}` chooses one"
            ),
            Problem::WildcardNearLimit(figure) => write!(
                f,
                "the wildcards on this field have a complexity of {figure}; EventBridge was seen to take 7 and to refuse 11"
            ),
            Problem::MatchesEverything => write!(
                f,
                "every event passes; a target that sends events to the same bus would never stop; ask for a `source`"
            ),
            Problem::TextAfterValue => {
                write!(f, "the pattern ends before this, and EventBridge does not look at what follows; remove it")
            }
        }
    }
}

fn missing(f: &mut fmt::Formatter<'_>, path: &str, meant: Option<&str>, object: bool) -> fmt::Result {
    match meant {
        _ if object => write!(f, "`{path}` is an object in the sample events; ask for a field inside of it"),
        Some(meant) => write!(f, "no sample event has `{path}`; `{meant}` is there"),
        None => write!(f, "no sample event has `{path}`"),
    }
}

impl diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::EnvelopeUnknownKey { .. } => "envelope-unknown-key",
            Problem::EnvelopeType { .. } => "envelope-type",
            Problem::SampleType { .. } => "sample-type",
            Problem::SampleMissing { .. } => "sample-missing",
            Problem::KeyRepeated { .. } => "key-repeated",
            Problem::OrOverrides { .. } => "or-overrides",
            Problem::AlwaysPasses(_) => "always-passes",
            Problem::AnythingButSplit => "anything-but-split",
            Problem::NeverPasses(_) => "never-passes",
            Problem::ExistsFalseBeside(_) => "exists-false-beside",
            Problem::TestRepeated => "test-repeated",
            Problem::TestDead(_) => "test-dead",
            Problem::AlternativeRepeated(_) => "alternative-repeated",
            Problem::AnythingButArray(_) => "anything-but-array",
            Problem::KeyDotted(_) => "key-dotted",
            Problem::KeyEmpty(_) => "key-empty",
            Problem::OperatorAsField(_) => "operator-as-field",
            Problem::AddressString(_) => "address-string",
            Problem::NumberSpelling(_) => "number-spelling",
            Problem::QuoteAffix(_) => "quote-affix",
            Problem::IgnoreCaseAstral(_) => "ignore-case-astral",
            Problem::IgnoreCaseOdd { .. } => "ignore-case-odd",
            Problem::WildcardInPlainString => "wildcard-in-plain-string",
            Problem::StringBlanks => "string-blanks",
            Problem::ExistsFalseOrder { .. } => "exists-false-order",
            Problem::WildcardNearLimit(_) => "wildcard-near-limit",
            Problem::MatchesEverything => "matches-everything",
            Problem::TextAfterValue => "text-after-value",
        }
    }
}
