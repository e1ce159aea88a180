//! `{"wildcard": "a*b"}`

use super::{Check, Manual, Operator, Problem, Test, string};
use crate::diagnostic::{Diagnostic, Problem as _};
use crate::json::{Node, quote};
use crate::text::{Span, part};
use crate::value::Value;

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "wildcard",
        summary: "The value is a string of this shape; `*` stands for any characters, also none.",
        forms: &[r#"{"wildcard": "a*b"}"#],
        example: r#"[{"wildcard": "dir/*.png"}]"#,
        passes: r#""dir/2026/photo.png""#,
        fails: r#""dir.png""#,
        notes: &[
            "`\\*` is a star and `\\\\` a backslash, each written with two backslashes in JSON.",
            "Two stars side by side are refused.",
            "Everything else stands for itself: `?` and `[` are no wildcards.",
            "EventBridge limits how many stars and repeated characters a rule may have (wildcard complexity).",
        ],
    },
    parse: |node, problems| parse(node, problems).map(Test::Wildcard),
};

/// A shape: literal pieces with any characters between them.
#[derive(Clone, Debug)]
pub struct Wildcard {
    text: String,
    /// One more than there are stars.
    pieces: Vec<String>,
}

equal_by_text!(Wildcard);

/// A problem in a wildcard text, at this byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Escape(usize),
    Consecutive(usize),
}

/// Reads the operand of `wildcard`, here and inside of `anything-but`.
pub(super) fn parse(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Wildcard> {
    let text = string("wildcard", node, problems)?;
    read(&text, node.span, problems)
}

/// Reads a wildcard text that stands, quoted, at `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Diagnostic>) -> Option<Wildcard> {
    match Wildcard::new(text) {
        Ok(wildcard) => Some(wildcard),
        Err(fault) => {
            problems.push(Problem::Wildcard { fault: fault.into(), text: text.to_string() }.at(span));
            None
        }
    }
}

/// The bytes of a text that make it no wildcard: two stars, or a backslash and what it cannot escape.
pub(crate) fn fault(text: &str) -> Option<std::ops::Range<usize>> {
    match Wildcard::new(text).err()? {
        Fault::Consecutive(at) => Some(at..at + 2),
        Fault::Escape(at) => {
            let escaped = part(text, at + 1..).chars().next().map_or(0, char::len_utf8);
            Some(at..at + 1 + escaped)
        }
    }
}

impl From<Fault> for super::problem::WildcardFault {
    fn from(fault: Fault) -> Self {
        // The reference counts the opening quote as byte 0.
        match fault {
            Fault::Escape(at) => Self::Escape(at + 1),
            Fault::Consecutive(at) => Self::Consecutive(at + 1),
        }
    }
}

impl Wildcard {
    /// The shape that a text describes, if it is one.
    pub fn of(text: &str) -> Option<Wildcard> {
        Wildcard::new(text).ok()
    }

    pub(super) fn new(text: &str) -> Result<Wildcard, Fault> {
        let bytes = text.as_bytes();
        let mut pieces = Vec::with_capacity(1 + bytes.iter().filter(|b| **b == b'*').count());
        let mut piece = String::new();
        // Up to where the text is in the pieces.
        let (mut done, mut at) = (0, 0);
        while at < bytes.len() {
            match (bytes[at], bytes.get(at + 1)) {
                (b'*', Some(b'*')) => return Err(Fault::Consecutive(at)),
                (b'*', _) => {
                    piece.push_str(part(text, done..at));
                    pieces.push(std::mem::take(&mut piece));
                    done = at + 1;
                }
                (b'\\', Some(b'*' | b'\\')) => {
                    piece.push_str(part(text, done..at));
                    at += 1;
                    done = at;
                }
                (b'\\', _) => return Err(Fault::Escape(at)),
                _ => {}
            }
            at += 1;
        }
        piece.push_str(part(text, done..));
        pieces.push(piece);
        Ok(Wildcard { text: text.to_string(), pieces })
    }

    /// As the pattern has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The literal pieces; between any two of them stands a star.
    pub fn pieces(&self) -> &[String] {
        &self.pieces
    }

    /// Has `value` this shape? In time of its length: each piece is taken where it first fits.
    pub fn fits(&self, value: &str) -> bool {
        let [first, between @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first().is_some_and(|only| only == value);
        };
        let Some(mut rest) = value.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
        else {
            return false;
        };
        for piece in between {
            let Some(at) = find(rest, piece) else {
                return false;
            };
            rest = part(rest, at + piece.len()..);
        }
        true
    }
}

/// Where a piece stands first.
fn find(text: &str, piece: &str) -> Option<usize> {
    let text = text.as_bytes();
    match piece.as_bytes() {
        [] => Some(0),
        [only] => text.iter().position(|byte| byte == only),
        short @ [first, ..] if short.len() <= 8 => {
            let windows = text.windows(short.len());
            windows.enumerate().find(|(_, window)| window[0] == *first && *window == short).map(|(at, _)| at)
        }
        long => find_long(text, long),
    }
}

/// By the hash of a window that moves over the text. The search of the standard library is much more code.
fn find_long(text: &[u8], piece: &[u8]) -> Option<usize> {
    const BASE: u32 = 0x0100_0193;
    let hash = |bytes: &[u8]| bytes.iter().fold(0, |sum: u32, b| sum.wrapping_mul(BASE).wrapping_add((*b).into()));
    let mut sum = hash(text.get(..piece.len())?);
    let (wanted, first) = (hash(piece), BASE.wrapping_pow(piece.len() as u32));
    let mut at = 0;
    while sum != wanted || text[at..at + piece.len()] != *piece {
        let (gone, come) = (u32::from(text[at]), u32::from(*text.get(at + piece.len())?));
        sum = sum.wrapping_mul(BASE).wrapping_add(come).wrapping_sub(gone.wrapping_mul(first));
        at += 1;
    }
    Some(at)
}

impl Check for Wildcard {
    fn passes(&self, value: &Value<'_>) -> bool {
        value.as_str().is_some_and(|value| self.fits(value))
    }

    fn words(&self, passes: bool) -> String {
        format!("{} the shape {}", if passes { "has" } else { "does not have" }, quote(&self.text))
    }
}
