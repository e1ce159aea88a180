//! JSON text to tokens, strictly, without allocation, at the speed of the memory. The fast way in for events: it says yes
//! or no; [`super::tree`] finds the words for a no.
//!
//! How it is fast, from the byte loop on (figures: `tests/bench/record.md`):
//! - Strings are most of an event. 32 bytes of them are looked at in one step (`simd`), and few are longer.
//! - The same step finds bytes that are not ASCII, so that UTF-8 is checked where it is and needs no pass of its own.
//! - What follows a token in compact JSON is tried first; white space costs only those who write it.
//! - All functions take a place and return one, so that it stays in a register. What is inlined says `None` where the text
//!   is broken, and that ends the reading. To go on from a place that is chosen by what stands there costs as many
//!   instructions and up to a third more time: a processor guesses branches, but waits for places.
//! - What is called gives the place [`Input::broken`] instead, which is behind every text: nothing follows there that
//!   should, and WebAssembly would return `None` through the memory.
//! - Nobody asks whether the text has ended, either: a NUL stands behind it, which no token holds ([`super::input`]).
//! - Skipping (`skip`) knows in the place of its code whether it is in an object or in an array: the processor guesses
//!   better.
//! - Tried and dropped: a number by one look at 32 bytes, its digits before and behind the point together. It needs fewer
//!   instructions and as much time.

use super::input::{Input, Padded};
use super::simd;
use super::skip::skip;
use crate::limits::JSON_NUMBER_LENGTH;

/// The text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

/// A place in a JSON text, for those who have time.
///
/// ```
/// use eventbridge_rules::json::scan::{Broken, Scanner};
/// let text = r#"{"a": [1, 2]}"#;
/// let mut scanner = Scanner::new(text);
/// assert!(scanner.open_object());
/// assert_eq!(scanner.member(true), Ok(Some("a".into())));
/// assert_eq!(scanner.skip(1), Ok(()));
/// assert_eq!(scanner.member(false), Ok(None));
/// assert_eq!(Scanner::new("[1,]").skip(0), Err(Broken));
/// ```
#[derive(Debug)]
pub struct Scanner {
    text: Padded,
    at: usize,
}

impl Scanner {
    /// At the start of `text`, behind white space. The text need not be UTF-8: what was read without an error is.
    pub fn new(text: &(impl AsRef<[u8]> + ?Sized)) -> Scanner {
        let mut padded = Padded::default();
        let at = space(padded.fill(text.as_ref()), 0);
        Scanner { text: padded, at }
    }

    /// The byte it stands at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes into an object, if one comes next.
    pub fn open_object(&mut self) -> bool {
        if self.text.input().byte(self.at) != b'{' {
            return false;
        }
        self.at += 1;
        true
    }

    /// The next key of an object, its colon read too; `None` after the closing brace.
    ///
    /// # Errors
    /// If there is none.
    pub fn member(&mut self, first: bool) -> Result<Option<super::Text>, Broken> {
        let input = self.text.input();
        let mut at = space(input, self.at);
        if input.byte(at) == b'}' {
            self.at = at + 1;
            return Ok(None);
        }
        if !first {
            at = space(input, expect(input, at, b',').ok_or(Broken)?);
        }
        let (end, _) = string(input, at).ok_or(Broken)?;
        self.at = expect(input, space(input, end), b':').ok_or(Broken)?;
        let written = std::str::from_utf8(&input.text()[at + 1..end - 1]).map_err(|_| Broken)?;
        Ok(Some(super::Text::decode(written)))
    }

    /// Reads over any value, checking it. `depth`: how many objects and arrays are open around it.
    ///
    /// # Errors
    /// If it is no value.
    pub fn skip(&mut self, depth: usize) -> Result<(), Broken> {
        let input = self.text.input();
        self.at = skip(input, self.at, depth);
        if self.at == input.broken() { Err(Broken) } else { Ok(()) }
    }
}

/// Behind white space, if there is some.
#[inline(always)]
pub(crate) fn space(input: Input<'_>, at: usize) -> usize {
    if input.byte(at) <= b' ' { white(input, at) } else { at }
}

fn white(input: Input<'_>, mut at: usize) -> usize {
    while matches!(input.byte(at), b' ' | b'\n' | b'\t' | b'\r') {
        at += 1;
    }
    at
}

/// Behind this byte.
#[inline(always)]
pub(crate) fn expect(input: Input<'_>, at: usize, expected: u8) -> Option<usize> {
    (input.byte(at) == expected).then_some(at + 1)
}

/// Behind a string, and whether it holds a backslash.
#[inline(always)]
pub(crate) fn string(input: Input<'_>, at: usize) -> Option<(usize, bool)> {
    rest(input, expect(input, at, b'"')?)
}

/// The rest of a string.
#[inline(always)]
fn rest(input: Input<'_>, mut at: usize) -> Option<(usize, bool)> {
    loop {
        let special = simd::special(input.window(at));
        if special != 0 {
            return end_of_string(input, at + special.trailing_zeros() as usize);
        }
        at += simd::WINDOW;
    }
}

/// Do a quote, one letter, a quote and a colon stand here? The key ends at `at + 3`, its colon at `at + 4`. Such keys come
/// with crowds of numbers, as coordinates do; the processor guesses this branch, and need not wait until it is worked out
/// where the key ends. (`"a" :` takes the other way.)
#[inline(always)]
fn is_letter(input: Input<'_>, at: usize) -> bool {
    let found = u32::from_le_bytes(*input.window(at));
    let (letter, around) = (found & 0xff00, found & 0xffff_00ff);
    around == u32::from_le_bytes(*b"\"\0\":") && ((letter >> 8) as u8).is_ascii_alphabetic()
}

/// Behind a key and its colon.
#[inline(always)]
pub(crate) fn key_and_colon(input: Input<'_>, at: usize) -> Option<usize> {
    if is_letter(input, at) { Some(at + 4) } else { expect(input, space(input, key(input, at)?), b':') }
}

/// Behind a key: as [`string`], but most keys are short.
#[inline(always)]
fn key(input: Input<'_>, at: usize) -> Option<usize> {
    let at = expect(input, at, b'"')?;
    let special = simd::special_half(input.window(at));
    let (end, _) = match special {
        0 => rest(input, at + simd::HALF)?,
        _ => end_of_string(input, at + special.trailing_zeros() as usize)?,
    };
    Some(end)
}

/// Behind a key, and whether it is plain: not empty, ASCII, without escapes and dots.
#[inline(always)]
pub(crate) fn plain_key(input: Input<'_>, at: usize) -> Option<(usize, bool)> {
    if is_letter(input, at) {
        return Some((at + 3, true));
    }
    let start = expect(input, at, b'"')?;
    let mut at = start;
    loop {
        let special = simd::special_in_key(input.window(at));
        if special == 0 {
            at += simd::HALF;
            continue;
        }
        at += special.trailing_zeros() as usize;
        if input.byte(at) == b'"' && at != start {
            return Some((at + 1, true));
        }
        return special_string(input, at).map(|(end, _)| (end, false));
    }
}

/// The rest of a string from what is not plain on: most often its end.
#[inline(always)]
fn end_of_string(input: Input<'_>, at: usize) -> Option<(usize, bool)> {
    if input.byte(at) == b'"' { Some((at + 1, false)) } else { special_string(input, at) }
}

/// The rest of a string that is not plain, from what is not plain on.
#[cold]
#[inline(never)]
fn special_string(input: Input<'_>, mut at: usize) -> Option<(usize, bool)> {
    let mut escaped = false;
    loop {
        match input.byte(at) {
            b'"' => return Some((at + 1, escaped)),
            b'\\' => {
                escaped = true;
                at = escape(input, at)?;
            }
            0x80.. => at = not_ascii(input, at)?,
            0..0x20 => return None,
            _ => {
                let special = simd::special(input.window(at));
                at += if special == 0 { simd::WINDOW } else { special.trailing_zeros() as usize };
            }
        }
    }
}

fn escape(input: Input<'_>, at: usize) -> Option<usize> {
    match input.byte(at + 1) {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
        b'u' if (at + 2..at + 6).all(|at| input.byte(at).is_ascii_hexdigit()) => Some(at + 6),
        _ => None,
    }
}

/// Behind characters that are not ASCII.
fn not_ascii(input: Input<'_>, at: usize) -> Option<usize> {
    let rest = &input.text()[at..];
    let length = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
    std::str::from_utf8(&rest[..length]).is_ok().then_some(at + length)
}

/// Behind a number.
#[inline(always)]
pub(crate) fn number(input: Input<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    // To ask for the digit here makes a branch of it.
    if input.byte(at) == b'-' {
        at += 1;
        if !input.byte(at).is_ascii_digit() {
            return None;
        }
    }
    match input.byte(at) {
        b'0' => at += 1,
        b'1'..=b'9' => {
            at += 1;
            while input.byte(at).is_ascii_digit() {
                at += 1;
            }
        }
        _ => return None,
    }
    if matches!(input.byte(at), b'.' | b'e' | b'E') {
        at = fraction(input, at)?;
    }
    (at - start <= JSON_NUMBER_LENGTH).then_some(at)
}

/// Behind the fraction and the exponent of a number.
#[inline(always)]
fn fraction(input: Input<'_>, mut at: usize) -> Option<usize> {
    if input.byte(at) == b'.' {
        at = digits(input, at + 1)?;
    }
    if input.byte(at) | 0x20 == b'e' {
        at += 1;
        at = digits(input, at + usize::from(matches!(input.byte(at), b'+' | b'-')))?;
    }
    Some(at)
}

/// Behind digits, of which there must be one.
#[inline(always)]
fn digits(input: Input<'_>, start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        let digits = simd::digits(input.window(at));
        at += digits;
        if digits < simd::HALF {
            return (at != start).then_some(at);
        }
    }
}

/// Behind `true`, `false` or `null`.
#[inline(always)]
pub(crate) fn literal(input: Input<'_>, at: usize, word: &[u8]) -> Option<usize> {
    let end = at + word.len();
    (at..end).map(|at| input.byte(at)).eq(word.iter().copied()).then_some(end)
}
