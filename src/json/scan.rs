//! JSON text to tokens, strictly, without allocation, at the speed of the memory. The fast way in for events: it says yes
//! or no, and where it stopped; [`super::tree`] finds the words for a no.
//!
//! How it is fast, from the byte loop on (figures: `tests/bench/record.md`):
//! - Strings are most of an event. 32 bytes of them are looked at in one step (`simd`), and few are longer.
//! - The same step finds bytes that are not ASCII, so that UTF-8 is checked where it is and needs no pass of its own.
//! - What follows a token in compact JSON is tried first; white space costs only those who write it.
//! - Skipping (`skip`) knows in the place of its code whether it is in an object or in an array: the processor guesses
//!   better.

use super::simd::{self, WINDOW};
use crate::limits::JSON_NUMBER_LENGTH;

/// The text is not JSON; the scanner stopped at this byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where it stopped.
    pub at: usize,
}

pub(super) type Scan<T> = Result<T, Broken>;

/// A string as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawString {
    /// First byte after the opening quote.
    pub start: usize,
    /// The closing quote.
    pub end: usize,
    /// Does it hold a backslash?
    pub escaped: bool,
}

/// What kind of value begins here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `"`
    String,
    /// `-` or a digit
    Number,
    /// `t`
    True,
    /// `f`
    False,
    /// `n`
    Null,
}

/// A place in a JSON text. The caller asks for what it expects next.
///
/// ```
/// use eventbridge_rules::json::scan::{Scanner, Start};
/// let text = r#"{"a": [1, 2]}"#;
/// let mut scanner = Scanner::new(text);
/// assert_eq!(scanner.start(), Ok(Start::Object));
/// scanner.open();
/// let key = scanner.member(true).unwrap().unwrap();
/// assert_eq!(&text[key.start..key.end], "a");
/// scanner.skip(1).unwrap();
/// assert_eq!(scanner.member(false), Ok(None));
/// ```
#[derive(Debug)]
pub struct Scanner<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of `text`, which need not be UTF-8: what was read without an error is.
    pub fn new(text: &'a (impl AsRef<[u8]> + ?Sized)) -> Scanner<'a> {
        Scanner { bytes: text.as_ref(), at: 0 }
    }

    /// The byte it stands at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The kind of the value that comes next; nothing but white space is read.
    pub fn start(&mut self) -> Scan<Start> {
        self.space();
        match self.byte() {
            b'"' => Ok(Start::String),
            b'{' => Ok(Start::Object),
            b'[' => Ok(Start::Array),
            b'-' | b'0'..=b'9' => Ok(Start::Number),
            b't' => Ok(Start::True),
            b'f' => Ok(Start::False),
            b'n' => Ok(Start::Null),
            _ => self.broken(),
        }
    }

    /// Goes into the object or array that [`Scanner::start`] saw.
    pub fn open(&mut self) {
        self.at += 1;
    }

    /// The next key of an object, its colon read too; `None` after the closing brace.
    pub fn member(&mut self, first: bool) -> Scan<Option<RawString>> {
        self.space();
        if self.byte() == b'}' {
            self.at += 1;
            return Ok(None);
        }
        if !first {
            self.expect(b',')?;
            self.space();
        }
        let key = self.string()?;
        self.space();
        self.expect(b':')?;
        Ok(Some(key))
    }

    /// Is there another element in this array? `false` after the closing bracket.
    pub fn element(&mut self, first: bool) -> Scan<bool> {
        self.space();
        if self.byte() == b']' {
            self.at += 1;
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
        }
        Ok(true)
    }

    /// A string.
    #[inline]
    pub fn string(&mut self) -> Scan<RawString> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.plain();
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.escape()?;
                }
                0x80.. => self.not_ascii()?,
                _ => return self.broken(),
            }
        }
        self.at += 1;
        Ok(RawString { start, end: self.at - 1, escaped })
    }

    /// A number: the range of its text.
    #[inline]
    pub fn number(&mut self) -> Scan<std::ops::Range<usize>> {
        let start = self.at;
        self.at += (self.byte() == b'-') as usize;
        match self.byte() {
            b'0' => self.at += 1,
            b'1'..=b'9' => self.digits()?,
            _ => return self.broken(),
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if self.byte() | 0x20 == b'e' {
            self.at += 1;
            self.at += matches!(self.byte(), b'+' | b'-') as usize;
            self.digits()?;
        }
        if self.at - start > JSON_NUMBER_LENGTH {
            self.at = start;
            return self.broken();
        }
        Ok(start..self.at)
    }

    /// `true`, `false` or `null`.
    pub fn literal(&mut self, word: &str) -> Scan<()> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word.as_bytes()) {
            return self.broken();
        }
        self.at = end;
        Ok(())
    }

    /// A key and its colon.
    #[inline(always)]
    pub(super) fn key(&mut self) -> Scan<RawString> {
        let key = self.string()?;
        self.space();
        self.expect(b':')?;
        Ok(key)
    }

    /// Reads over plain characters of a string.
    #[inline(always)]
    fn plain(&mut self) {
        while let Some(window) = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<WINDOW>()) {
            let special = simd::special(window);
            if special != 0 {
                self.at += special.trailing_zeros() as usize;
                return;
            }
            self.at += WINDOW;
        }
        while let b' ' | b'!' | b'#'..=b'[' | b']'..=0x7f = self.byte() {
            self.at += 1;
        }
    }

    /// Characters of a string that are not ASCII.
    #[cold]
    fn not_ascii(&mut self) -> Scan<()> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
        if std::str::from_utf8(&rest[..length]).is_err() {
            return self.broken();
        }
        self.at += length;
        Ok(())
    }

    #[inline(always)]
    pub(super) fn space(&mut self) {
        if self.byte() <= b' ' {
            self.white();
        }
    }

    fn white(&mut self) {
        while matches!(self.byte(), b' ' | b'\n' | b'\t' | b'\r') {
            self.at += 1;
        }
    }

    /// The current byte; NUL, which no JSON text holds outside of an error, at the end.
    #[inline(always)]
    pub(super) fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Scan<()> {
        if self.byte() != byte {
            return self.broken();
        }
        self.at += 1;
        Ok(())
    }

    #[inline(always)]
    fn digits(&mut self) -> Scan<()> {
        let start = self.at;
        while let Some(window) = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<16>()) {
            let digits = simd::digits(window);
            self.at += digits;
            if digits < 16 {
                return if self.at == start { self.broken() } else { Ok(()) };
            }
        }
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { self.broken() } else { Ok(()) }
    }

    #[cold]
    fn escape(&mut self) -> Scan<()> {
        self.at += 1;
        match self.byte() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.byte().is_ascii_hexdigit() {
                        return self.broken();
                    }
                    self.at += 1;
                }
            }
            _ => return self.broken(),
        }
        Ok(())
    }

    #[cold]
    pub(super) fn broken<T>(&self) -> Scan<T> {
        Err(Broken { at: self.at })
    }
}
