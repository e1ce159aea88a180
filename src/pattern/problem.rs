//! What can be wrong with the structure of a pattern, and the words for it.

use crate::{diagnostic, limits};
use std::fmt;

/// A way in which a pattern is refused. The example of each is a pattern that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `["x"]`
    NotAnObject(&'static str),
    /// `{"detail": {}}`
    EmptyObject,
    /// `{"source": []}`
    EmptyArray(String),
    /// `{"source": "aws.s3"}`
    ValueNotAList {
        /// The key.
        key: String,
        /// What it has.
        got: &'static str,
    },
    /// `{"$or": {"a": [1]}}`
    OrNotAnArray(&'static str),
    /// `{"$or": [{"a": [1]}, 5]}`
    OrNotAnObject(&'static str),
    /// `{"$or": [{"a": [1]}]}`
    OrTooFew,
    /// `{"$or": [{"prefix": ["a"]}, {"b": [1]}]}`
    ReservedInOr(String),
    /// Seventeen times `"$or": [{"a": [1]}, {"b": [1]}]`.
    OrTooManyCombinations,
    /// `{"a": [{"wildcard": "*a*b*c*d*e*f*g*h*i*j*k*"}]}`
    TooComplex,
    /// More than 4096 characters.
    TooLong,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NotAnObject(what) => write!(f, "a pattern is a JSON object, not {what}"),
            Problem::EmptyObject => write!(f, "an empty object asks for nothing; name at least one field"),
            Problem::EmptyArray(path) => {
                write!(f, "an empty array never matches; list the values or tests that `{path}` may match")
            }
            Problem::ValueNotAList { key, got } => {
                write!(f, "`{key}` needs a list of values in `[ ]`, or an object with fields, not {got}")
            }
            Problem::OrNotAnArray(what) => write!(f, "`$or` takes an array of objects, not {what}"),
            Problem::OrNotAnObject(what) => write!(f, "an alternative of `$or` is an object with fields, not {what}"),
            Problem::OrTooFew => write!(f, "`$or` needs two alternatives or more"),
            Problem::ReservedInOr(key) => {
                write!(f, "`{key}` cannot be a field inside of `$or`: the word is reserved for operators")
            }
            Problem::OrTooManyCombinations => {
                write!(
                    f,
                    "every `$or` multiplies the combinations; this pattern comes to more than {}",
                    limits::OR_COMBINATIONS
                )
            }
            Problem::TooComplex => {
                write!(
                    f,
                    "the wildcards on this field are more complex than EventBridge takes; use fewer stars, or fewer repeated characters after one"
                )
            }
            Problem::TooLong => {
                write!(f, "EventBridge takes patterns of at most {} characters", limits::PATTERN_LENGTH)
            }
        }
    }
}

impl diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::NotAnObject(_) => "pattern-not-an-object",
            Problem::EmptyObject => "pattern-empty-object",
            Problem::EmptyArray(_) => "pattern-empty-array",
            Problem::ValueNotAList { .. } => "pattern-value-not-a-list",
            Problem::OrNotAnArray(_) => "or-not-an-array",
            Problem::OrNotAnObject(_) => "or-not-an-object",
            Problem::OrTooFew => "or-too-few",
            Problem::ReservedInOr(_) => "or-reserved-key",
            Problem::OrTooManyCombinations => "or-too-many-combinations",
            Problem::TooComplex => "wildcard-too-complex",
            Problem::TooLong => "pattern-too-long",
        }
    }

    fn aws_message(&self) -> Option<String> {
        Some(match self {
            Problem::NotAnObject(_) => "Filter is not an object".into(),
            Problem::EmptyObject => "Empty objects are not allowed".into(),
            Problem::EmptyArray(_) => "Empty arrays are not allowed".into(),
            Problem::ValueNotAList { key, .. } => format!("\"{key}\" must be an object or an array"),
            Problem::OrNotAnArray(_) => "It must be an Array followed with $or.".into(),
            Problem::OrNotAnObject(_) => "Only JSON object is allowed in array of $or relationship.".into(),
            Problem::OrTooFew => "There must have at least 2 Objects in $or relationship.".into(),
            Problem::ReservedInOr(key) => format!("{key} is Ruler reserved fieldName which cannot be used inside $or."),
            Problem::TooComplex => {
                "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character".into()
            }
            Problem::OrTooManyCombinations | Problem::TooLong => return None,
        })
    }
}
