//! Reading JSON as RFC 8259 has it. In: text. Out: tokens without allocation ([`scan`]), or a tree that always exists,
//! with the problems of the text beside it ([`tree`]). Both accept exactly the same texts. It knows nothing of events
//! and patterns.
//!
//! Like the reference, both stop at the end of the first value and do not look at what follows.

mod fixes;
pub(crate) mod input;
mod node;
mod number;
pub mod problem;
pub mod scan;
mod simd;
pub(crate) mod skip;
pub mod tree;

pub use input::PADDING;
pub use node::{Member, Node, NodeKind};
pub use problem::Problem;
pub use scan::Scanner;
pub use tree::parse;

use crate::text::Span;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// A decoded JSON string. JSON can write half a surrogate pair (`"\ud83d"`), which no Rust string holds; the bytes here
/// are UTF-8 in which such a half has the three bytes that its code would have.
pub struct Text(Bytes);

/// Most keys and values are short: these need no memory of their own.
enum Bytes {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<[u8]>),
}

/// As many bytes as make a text no larger than a `Vec` on a machine of 64 bits.
const SHORT: usize = 22;

impl Text {
    /// Decodes what stands between the quotes of a JSON string. Broken escapes are left as they are written.
    ///
    /// ```
    /// use eventbridge_rules::json::Text;
    /// assert_eq!(Text::decode(r"caf\u00e9").utf8(), "café");
    /// assert_eq!(Text::decode(r"\ud83d").utf8(), "?");
    /// ```
    pub fn decode(raw: &str) -> Text {
        if !raw.as_bytes().contains(&b'\\') {
            return Text::from(raw);
        }
        let mut out = Vec::with_capacity(raw.len());
        decode_into(raw.as_bytes(), &mut out, Halves::Kept);
        Text::from_wtf8(out)
    }

    /// Text made of pieces of other texts.
    pub(crate) fn from_wtf8(bytes: Vec<u8>) -> Text {
        if bytes.len() > SHORT { Text(Bytes::Long(bytes.into_boxed_slice())) } else { Text::copied(&bytes) }
    }

    /// The same, copied. Not inlined: it is called from many places.
    #[inline(never)]
    pub(crate) fn copied(wtf8: &[u8]) -> Text {
        if wtf8.len() > SHORT {
            return Text(Bytes::Long(wtf8.into()));
        }
        let mut bytes = [0; SHORT];
        bytes[..wtf8.len()].copy_from_slice(wtf8);
        Text(Bytes::Short { length: wtf8.len() as u8, bytes })
    }

    /// The bytes; equal if and only if the strings are equal code unit by code unit.
    // Inlined it makes the wasm module 6 KB larger and the reading of patterns a tenth faster.
    #[inline(never)]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Short { length, bytes } => &bytes[..usize::from(*length)],
            Bytes::Long(bytes) => bytes,
        }
    }

    /// The text with `?` for half a surrogate pair, which is how the reference compares values.
    pub fn utf8(&self) -> Cow<'_, str> {
        match std::str::from_utf8(self.as_bytes()) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(self.without_halves()),
        }
    }
}

impl Text {
    /// The UTF-16 code units, halves of surrogate pairs as they are. The reference sorts by them.
    pub fn utf16(&self) -> Vec<u16> {
        let mut rest = self.as_bytes();
        let mut units = Vec::with_capacity(rest.len());
        while let [first, more @ ..] = rest {
            let (length, bits) = match first {
                0..0x80 => (0, 0x7f),
                0x80..0xe0 => (1, 0x1f),
                0xe0..0xf0 => (2, 0x0f),
                0xf0.. => (3, 0x07),
            };
            let (tail, behind) = more.split_at(length.min(more.len()));
            let code = tail.iter().fold(u32::from(first & bits), |code, byte| code << 6 | u32::from(byte & 0x3f));
            if code > 0xffff {
                units.push((0xd7c0 + (code >> 10)) as u16);
                units.push((0xdc00 | code & 0x3ff) as u16);
            } else {
                units.push(code as u16);
            }
            rest = behind;
        }
        units
    }

    fn without_halves(&self) -> String {
        let mut out = String::with_capacity(self.as_bytes().len());
        for chunk in self.as_bytes().utf8_chunks() {
            out.push_str(chunk.valid());
            // Of the three bytes of a half only the first is this one; each of them is a chunk.
            out.push_str(if chunk.invalid().first() == Some(&0xed) { "?" } else { "" });
        }
        out
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::copied(text.as_bytes())
    }
}

impl Clone for Text {
    fn clone(&self) -> Text {
        Text::copied(self.as_bytes())
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::copied(b"")
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Text) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Text) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.utf8(), f)
    }
}

/// What becomes of half a surrogate pair.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halves {
    /// Its three bytes, so that different halves stay different.
    Kept,
    /// `?`, as in the reference's comparison of values; the output is then UTF-8.
    Question,
}

/// Appends the decoded form of what stands between the quotes of a JSON string.
pub(crate) fn decode_into(bytes: &[u8], out: &mut Vec<u8>, halves: Halves) {
    let mut at = 0;
    while let Some(backslash) = bytes[at..].iter().position(|&b| b == b'\\') {
        out.extend_from_slice(&bytes[at..at + backslash]);
        at += backslash;
        let simple = match bytes.get(at + 1) {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(&c @ (b'"' | b'\\' | b'/')) => c,
            Some(b'u') => match unicode(bytes, at) {
                Some((code, length)) => {
                    push_code(code, out, halves);
                    at += length;
                    continue;
                }
                None => b'\\',
            },
            _ => b'\\',
        };
        out.push(simple);
        let kept = simple == b'\\' && bytes.get(at + 1) != Some(&b'\\');
        at += if kept { 1 } else { 2 };
    }
    out.extend_from_slice(&bytes[at..]);
}

/// The code point that the escape at `at` writes, two escapes for a surrogate pair, and the bytes it takes.
fn unicode(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let high = hex4(bytes, at + 2)?;
    if (0xd800..0xdc00).contains(&high)
        && bytes.get(at + 6..at + 8) == Some(b"\\u")
        && let Some(low) = hex4(bytes, at + 8).filter(|low| (0xdc00..0xe000).contains(low))
    {
        return Some((0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12));
    }
    Some((high, 6))
}

fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |code, &b| Some(code * 16 + (b as char).to_digit(16)?))
}

fn push_code(code: u32, out: &mut Vec<u8>, halves: Halves) {
    match char::from_u32(code) {
        Some(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        None if halves == Halves::Question => out.push(b'?'),
        None => out.extend_from_slice(&[0xed, 0x80 | (code >> 6 & 0x3f) as u8, 0x80 | (code & 0x3f) as u8]),
    }
}

/// Where bytes `start` to `end` of a decoded string (as [`Text::utf8`] gives it) stand in the text, the string standing
/// there, quotes included, at `string`.
pub(crate) fn place_in_string(text: &str, string: Span, start: usize, end: usize) -> Span {
    let raw = string.of(text);
    let inside = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
    let mut decoded = 0;
    let mut at = 0;
    let mut place = Span { start: string.start + 1, end: string.start + 1 };
    let mut unit = Vec::new();
    while at < inside.len() && decoded < end {
        let length = unit_length(&inside[at..]);
        unit.clear();
        decode_into(&inside.as_bytes()[at..at + length], &mut unit, Halves::Question);
        let from = string.start + 1 + at as u32;
        if decoded <= start {
            place.start = from;
        }
        decoded += unit.len();
        at += length;
        place.end = from + length as u32;
    }
    if decoded <= start {
        place.start = place.end;
    }
    place
}

/// Bytes of the first character of a raw string, or of the escape that writes it.
fn unit_length(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    match bytes.get(..2) {
        Some(b"\\u") => unicode(bytes, 0).map_or(1, |(_, length)| length),
        Some([b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't']) => 2,
        _ => raw.chars().next().map_or(1, char::len_utf8),
    }
}

/// The text as a JSON string, quotes included.
pub(crate) fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
