//! JSON text to tokens, strictly, without allocation, at the speed of the memory. The fast way in for events: it says yes
//! or no; [`super::tree`] finds the words for a no.
//!
//! How it is fast, from the byte loop on (figures: `tests/bench/record.md`):
//! - Strings are most of an event. 32 bytes of them are looked at in one step (`simd`), and few are longer.
//! - The same step finds bytes that are not ASCII, so that UTF-8 is checked where it is and needs no pass of its own.
//! - What follows a token in compact JSON is tried first; white space costs only those who write it.
//! - All functions take a place and return one, so that it stays in a register. The place [`BROKEN`] is behind every
//!   text: from there on nothing is what it should be, and nobody needs to ask in between.
//! - Skipping (`skip`) knows in the place of its code whether it is in an object or in an array: the processor guesses
//!   better.

use super::simd::{self, WINDOW};
use super::skip::skip;
use crate::limits::JSON_NUMBER_LENGTH;

/// The text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// Where a text that is not JSON goes on.
pub(crate) const BROKEN: usize = usize::MAX;

/// A place in a JSON text, for those who have time.
///
/// ```
/// use eventbridge_rules::json::scan::{Broken, Scanner};
/// let text = r#"{"a": [1, 2]}"#;
/// let mut scanner = Scanner::new(text);
/// assert!(scanner.open_object());
/// assert_eq!(scanner.member(true), Ok(Some("a".into())));
/// scanner.skip(1).unwrap();
/// assert_eq!(scanner.member(false), Ok(None));
/// assert_eq!(Scanner::new("[1,]").skip(0), Err(Broken));
/// ```
#[derive(Debug)]
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of `text`, behind white space. The text need not be UTF-8: what was read without an error is.
    pub fn new(text: &'a (impl AsRef<[u8]> + ?Sized)) -> Scanner<'a> {
        let bytes = text.as_ref();
        Scanner { bytes, at: space(bytes, 0) }
    }

    /// The byte it stands at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes into an object, if one comes next.
    pub fn open_object(&mut self) -> bool {
        let is_object = byte(self.bytes, self.at) == b'{';
        self.at += usize::from(is_object);
        is_object
    }

    /// The next key of an object, its colon read too; `None` after the closing brace.
    ///
    /// # Errors
    /// If there is none.
    pub fn member(&mut self, first: bool) -> Result<Option<super::Text>, Broken> {
        let mut at = space(self.bytes, self.at);
        if byte(self.bytes, at) == b'}' {
            self.at = at + 1;
            return Ok(None);
        }
        if !first {
            at = space(self.bytes, expect(self.bytes, at, b','));
        }
        let (end, _) = string(self.bytes, at);
        self.to(expect(self.bytes, space(self.bytes, end), b':'))?;
        let written = std::str::from_utf8(&self.bytes[at + 1..end - 1]).map_err(|_| Broken)?;
        Ok(Some(super::Text::decode(written)))
    }

    /// Reads over any value, checking it. `depth`: how many objects and arrays are open around it.
    ///
    /// # Errors
    /// If it is no value.
    pub fn skip(&mut self, depth: usize) -> Result<(), Broken> {
        self.to(skip(self.bytes, self.at, depth))
    }

    fn to(&mut self, at: usize) -> Result<(), Broken> {
        self.at = at;
        if at == BROKEN { Err(Broken) } else { Ok(()) }
    }
}

/// The byte at a place; NUL, which no JSON text holds outside of an error, behind the text.
#[inline(always)]
pub(crate) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Behind white space, if there is some.
#[inline(always)]
pub(crate) fn space(bytes: &[u8], at: usize) -> usize {
    if byte(bytes, at) <= b' ' { white(bytes, at) } else { at }
}

fn white(bytes: &[u8], mut at: usize) -> usize {
    while matches!(byte(bytes, at), b' ' | b'\n' | b'\t' | b'\r') {
        at += 1;
    }
    at
}

/// Behind this byte.
#[inline(always)]
pub(crate) fn expect(bytes: &[u8], at: usize, expected: u8) -> usize {
    if byte(bytes, at) == expected { at + 1 } else { BROKEN }
}

/// Behind a string, and whether it holds a backslash.
#[inline(always)]
pub(crate) fn string(bytes: &[u8], at: usize) -> (usize, bool) {
    let mut at = expect(bytes, at, b'"');
    while let Some(window) = bytes.get(at..).and_then(|rest| rest.first_chunk::<WINDOW>()) {
        let special = simd::special(window);
        if special == 0 {
            at += WINDOW;
            continue;
        }
        at += special.trailing_zeros() as usize;
        if byte(bytes, at) == b'"' {
            return (at + 1, false);
        }
        return special_string(bytes, at);
    }
    last_string(bytes, at)
}

/// The rest of a string near the end of the text: what its last bytes hold before the string is shifted out.
#[inline(never)]
fn last_string(bytes: &[u8], at: usize) -> (usize, bool) {
    if let Some(window) = bytes.last_chunk::<WINDOW>()
        && let Some(before) = at.checked_sub(bytes.len() - WINDOW).filter(|before| *before < WINDOW)
    {
        let end = at + (simd::special(window) >> before).trailing_zeros() as usize;
        if byte(bytes, end) == b'"' {
            return (end + 1, false);
        }
    }
    special_string(bytes, at)
}

/// The rest of a string that is not plain, byte by byte.
#[cold]
#[inline(never)]
fn special_string(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut escaped = false;
    loop {
        match byte(bytes, at) {
            b'"' => return (at + 1, escaped),
            b'\\' => {
                escaped = true;
                at = escape(bytes, at);
            }
            0x80.. => at = not_ascii(bytes, at),
            0..0x20 => return (BROKEN, escaped),
            _ => at += 1,
        }
    }
}

fn escape(bytes: &[u8], at: usize) -> usize {
    match byte(bytes, at + 1) {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at + 2,
        b'u' if bytes.get(at + 2..at + 6).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) => at + 6,
        _ => BROKEN,
    }
}

/// Behind characters that are not ASCII.
fn not_ascii(bytes: &[u8], at: usize) -> usize {
    let length = bytes[at..].iter().position(u8::is_ascii).unwrap_or(bytes.len() - at);
    if std::str::from_utf8(&bytes[at..at + length]).is_ok() { at + length } else { BROKEN }
}

/// Behind a number.
#[inline(always)]
pub(crate) fn number(bytes: &[u8], start: usize) -> usize {
    let mut at = start + usize::from(byte(bytes, start) == b'-');
    match byte(bytes, at) {
        b'0' => at += 1,
        b'1'..=b'9' => {
            at += 1;
            while byte(bytes, at).is_ascii_digit() {
                at += 1;
            }
        }
        _ => return BROKEN,
    }
    if matches!(byte(bytes, at), b'.' | b'e' | b'E') {
        at = fraction(bytes, at);
    }
    // One byte less costs nothing: BROKEN is far behind.
    if at - start > JSON_NUMBER_LENGTH { BROKEN } else { at }
}

/// Behind the fraction and the exponent of a number.
fn fraction(bytes: &[u8], mut at: usize) -> usize {
    if byte(bytes, at) == b'.' {
        at = digits(bytes, at + 1);
    }
    if byte(bytes, at) | 0x20 == b'e' {
        at += 1;
        at = digits(bytes, at + usize::from(matches!(byte(bytes, at), b'+' | b'-')));
    }
    at
}

/// Behind digits, of which there must be one.
#[inline(always)]
fn digits(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(window) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        let digits = simd::digits(window);
        at += digits;
        if digits < 16 {
            return if at == start { BROKEN } else { at };
        }
    }
    while byte(bytes, at).is_ascii_digit() {
        at += 1;
    }
    if at == start { BROKEN } else { at }
}

/// Behind `true`, `false` or `null`.
#[inline(always)]
pub(crate) fn literal(bytes: &[u8], at: usize, word: &[u8]) -> usize {
    if bytes.get(at..at + word.len()) == Some(word) { at + word.len() } else { BROKEN }
}
