//! How broken JSON is mended, where that is clear from the problem and its place.

use super::{Problem, quote};
use crate::diagnostic::{Edit, Fix};
use crate::text::Span;

/// The ways out of a problem at `span`.
pub(super) fn of(problem: &Problem, span: Span, text: &str) -> Vec<Fix> {
    let written = span.of(text);
    let fix = match problem {
        Problem::ByteOrderMark => remove("remove the byte order mark", span),
        Problem::TrailingComma => remove("remove the comma", span),
        Problem::Comment => Fix::one("remove the comment", span, if written.starts_with("//") { "" } else { " " }),
        Problem::CommaExpected => {
            let end = value_end(text, span.start);
            let behind_value = |c: char| c.is_alphanumeric() || matches!(c, '"' | '}' | ']');
            if !text[..end as usize].ends_with(behind_value) {
                return Vec::new();
            }
            insert("insert a comma", end, ",")
        }
        Problem::ColonExpected => insert("insert a colon", span.end, ":"),
        Problem::SingleQuotes => Fix::one("use double quotes", span, double_quoted(written)),
        Problem::KeyQuotes(key) => Fix::one("put the key into double quotes", span, quote(key)),
        Problem::Word(word) => return words(word, span),
        Problem::Mismatch(open, _) => {
            let close = if *open == '{' { "}" } else { "]" };
            Fix::one(format!("write `{close}`"), span, close)
        }
        Problem::ControlCharacter(c) => Fix::one("write it as an escape", span, inside(&quote(&c.to_string()))),
        Problem::Escape | Problem::UnicodeEscape => return escapes(written, span),
        Problem::NumberPlus => return number(span, written.trim_start_matches('+')),
        Problem::NumberZeros => return zeros(span, written),
        Problem::NumberLeadingPoint => return number(span, &written.replacen('.', "0.", 1)),
        Problem::NumberDigits => return number(span, &with_digits(written)),
        _ => return Vec::new(),
    };
    vec![fix]
}

fn remove(title: &str, span: Span) -> Fix {
    Fix::one(title, span, "")
}

fn insert(title: &str, at: u32, text: &str) -> Fix {
    Fix::one(title, Span { start: at, end: at }, text)
}

/// Where what stands before `at` ends.
fn value_end(text: &str, at: u32) -> u32 {
    text[..at as usize].trim_end_matches([' ', '\n', '\t', '\r']).len() as u32
}

/// What stands between the single quotes keeps its escapes; `\'` is none in JSON, and `"` needs one.
fn double_quoted(written: &str) -> String {
    let inside = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
    let mut out = String::from("\"");
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('\'') => out.push('\''),
                Some(next) => out.extend(['\\', next]),
                None => out.push_str("\\\\"),
            },
            ('"', _) => out.push_str("\\\""),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

fn inside(quoted: &str) -> &str {
    &quoted[1..quoted.len() - 1]
}

/// Words of other languages for the words of JSON; any other word is text.
fn words(word: &str, span: Span) -> Vec<Fix> {
    let meant = match word.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some("true"),
        "false" | "no" => Some("false"),
        "null" | "none" | "nil" | "undefined" | "nan" => Some("null"),
        _ => None,
    };
    let json = meant.map(|meant| Fix::one(format!("write `{meant}`"), span, meant));
    json.into_iter().chain([Fix::one("put it into double quotes", span, quote(word))]).collect()
}

fn escapes(written: &str, span: Span) -> Vec<Fix> {
    let quote = (written == "\\'").then(|| Fix::one("remove the backslash", span, "'"));
    let double = Edit { span: Span { start: span.start, end: span.start }, text: "\\".to_string() };
    let double = Fix { title: "write a backslash itself".to_string(), edits: vec![double] };
    quote.into_iter().chain([double]).collect()
}

/// A number as `text` spells it, if JSON has that.
fn number(span: Span, text: &str) -> Vec<Fix> {
    if super::number::problem(text).is_some() {
        return Vec::new();
    }
    vec![Fix::one(format!("write `{text}`"), span, text)]
}

/// An account such as 012345678901 is text; anything else is most likely a number.
fn zeros(span: Span, written: &str) -> Vec<Fix> {
    let mut fixes = number(span, &without_zeros(written));
    fixes.push(Fix::one("put it into double quotes", span, quote(written)));
    if written.len() == 12 {
        fixes.reverse();
    }
    fixes
}

fn without_zeros(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let rest = digits.trim_start_matches('0');
    let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    format!("{sign}{zero}{rest}")
}

/// `1.` and `1.e5` have a zero behind the point.
fn with_digits(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, rest)) if !rest.starts_with(|c: char| c.is_ascii_digit()) => format!("{whole}.0{rest}"),
        _ => text.to_string(),
    }
}
