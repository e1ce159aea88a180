//! What can be wrong with JSON text, and the words for it.

use crate::diagnostic;
use crate::text::part;
use std::fmt;

/// A way in which a text is not JSON. The example of each is a text that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing but white space.
    Empty,
    /// U+FEFF before the first value.
    ByteOrderMark,
    /// Bytes that are not UTF-8.
    Utf8,
    /// `{"a": }`
    ValueExpected,
    /// `{"a": undefined}`
    Word(String),
    /// `{"a": 'x'}`
    SingleQuotes,
    /// `{"a": 1 // one}`
    Comment,
    /// `{"a": 1,}`
    TrailingComma,
    /// `{"a": [1 2]}`
    CommaExpected,
    /// `{"a" 1}`
    ColonExpected,
    /// `{1: 2}`
    KeyExpected,
    /// `{a: 1}`
    KeyQuotes(String),
    /// `{"a": [1}`: the opening character, the one that came
    Mismatch(char, char),
    /// `{"a": 1`
    Unclosed(char),
    /// `"abc`
    UnclosedString,
    /// A line feed in a string.
    ControlCharacter(char),
    /// `"\x"`
    Escape,
    /// `"\u12"`
    UnicodeEscape,
    /// `+1`
    NumberPlus,
    /// `007`
    NumberZeros,
    /// `.5`
    NumberLeadingPoint,
    /// `1.`
    NumberDigits,
    /// More than 1000 characters in one number.
    NumberLength,
    /// More than 1000 levels of nesting.
    Depth,
    /// `{"a": 1 @}`
    Character(char),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Empty => write!(f, "empty text; JSON begins with `{{`"),
            Problem::ByteOrderMark => write!(f, "a byte order mark stands before the JSON; save the text without it"),
            Problem::Utf8 => write!(f, "these bytes are not UTF-8, and JSON is"),
            Problem::ValueExpected => write!(f, "a value is missing here"),
            Problem::Word(word) => write!(
                f,
                "`{word}` is not JSON; text needs double quotes, the words of JSON are `true`, `false` and `null`"
            ),
            Problem::SingleQuotes => write!(f, "JSON quotes with `\"`, not with `'`"),
            Problem::Comment => write!(f, "JSON has no comments"),
            Problem::TrailingComma => write!(f, "nothing follows this comma; JSON has no trailing commas"),
            Problem::CommaExpected => write!(f, "a comma is missing before this"),
            Problem::ColonExpected => write!(f, "a colon is missing after the key"),
            Problem::KeyExpected => write!(f, "a key in double quotes is missing here"),
            Problem::KeyQuotes(key) => write!(f, "the key `{key}` needs double quotes"),
            Problem::Mismatch(open, close) => write!(f, "`{open}` is closed by `{close}`"),
            Problem::Unclosed(open) => write!(f, "this `{open}` is never closed"),
            Problem::UnclosedString => write!(f, "this string is never closed"),
            Problem::ControlCharacter(c) => {
                write!(f, "a string cannot hold U+{:04X} as it is; write `{}`", *c as u32, c.escape_json())
            }
            Problem::Escape => write!(f, "JSON knows no such escape; a backslash itself is written `\\\\`"),
            Problem::UnicodeEscape => write!(f, "`\\u` needs four hexadecimal digits"),
            Problem::NumberPlus => write!(f, "a JSON number has no plus sign in front"),
            Problem::NumberZeros => write!(f, "a JSON number has no leading zeros"),
            Problem::NumberLeadingPoint => write!(f, "a JSON number begins with a digit; write `0` before the point"),
            Problem::NumberDigits => write!(f, "a digit is missing in this number"),
            Problem::NumberLength => write!(f, "a number longer than 1000 characters is refused"),
            Problem::Depth => write!(f, "objects and arrays nested deeper than 1000 levels are refused"),
            Problem::Character(c) if c.is_whitespace() || c.is_control() || *c == '\u{feff}' || *c == '\u{200b}' => {
                write!(f, "the character U+{:04X} has no place here", *c as u32)
            }
            Problem::Character(c) => write!(f, "`{c}` has no place here"),
        }
    }
}

trait EscapeJson {
    fn escape_json(&self) -> String;
}

impl EscapeJson for char {
    fn escape_json(&self) -> String {
        let quoted = super::quote(&self.to_string());
        part(&quoted, 1..quoted.len() - 1).to_string()
    }
}

impl diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::Empty => "json-empty",
            Problem::ByteOrderMark => "json-byte-order-mark",
            Problem::Utf8 => "json-utf8",
            Problem::ValueExpected => "json-value-expected",
            Problem::Word(_) => "json-word",
            Problem::SingleQuotes => "json-single-quotes",
            Problem::Comment => "json-comment",
            Problem::TrailingComma => "json-trailing-comma",
            Problem::CommaExpected => "json-comma-expected",
            Problem::ColonExpected => "json-colon-expected",
            Problem::KeyExpected => "json-key-expected",
            Problem::KeyQuotes(_) => "json-key-quotes",
            Problem::Mismatch(..) => "json-mismatch",
            Problem::Unclosed(_) => "json-unclosed",
            Problem::UnclosedString => "json-unclosed-string",
            Problem::ControlCharacter(_) => "json-control-character",
            Problem::Escape => "json-escape",
            Problem::UnicodeEscape => "json-unicode-escape",
            Problem::NumberPlus => "json-number-plus",
            Problem::NumberZeros => "json-number-zeros",
            Problem::NumberLeadingPoint => "json-number-leading-point",
            Problem::NumberDigits => "json-number-digits",
            Problem::NumberLength => "json-number-length",
            Problem::Depth => "json-depth",
            Problem::Character(_) => "json-character",
        }
    }
}
