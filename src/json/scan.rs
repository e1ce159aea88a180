//! JSON text to tokens, strictly, without allocation. The fast way in for events: it says yes or no, and where it
//! stopped; [`super::tree`] finds the words for a no.

use crate::limits::{JSON_DEPTH, JSON_NUMBER_LENGTH};

/// The text is not JSON; the scanner stopped at this byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where it stopped.
    pub at: usize,
}

type Scan<T> = Result<T, Broken>;

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
    at: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of `text`.
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { bytes: text.as_bytes(), at: 0 }
    }

    /// The byte it stands at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The kind of the value that comes next; nothing but white space is read.
    pub fn start(&mut self) -> Scan<Start> {
        self.space();
        match self.byte() {
            b'{' => Ok(Start::Object),
            b'[' => Ok(Start::Array),
            b'"' => Ok(Start::String),
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
    pub fn string(&mut self) -> Scan<RawString> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            while PLAIN[self.byte() as usize] {
                self.at += 1;
            }
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.escape()?;
                }
                _ => return self.broken(),
            }
        }
        self.at += 1;
        Ok(RawString { start, end: self.at - 1, escaped })
    }

    /// A number: the range of its text.
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

    /// Reads over any value, checking it. `depth`: how many objects and arrays are open around it.
    pub fn skip(&mut self, depth: usize) -> Scan<()> {
        // One bit for each open container: is it an object?
        let mut objects = [0_u64; JSON_DEPTH / 64 + 1];
        let mut level = depth;
        loop {
            match self.start()? {
                Start::String => self.string().map(|_| ())?,
                Start::Number => self.number().map(|_| ())?,
                Start::True => self.literal("true")?,
                Start::False => self.literal("false")?,
                Start::Null => self.literal("null")?,
                container => {
                    if level == JSON_DEPTH {
                        return self.broken();
                    }
                    self.open();
                    let bit = 1 << (level % 64);
                    objects[level / 64] &= !bit;
                    objects[level / 64] |= if container == Start::Object { bit } else { 0 };
                    level += 1;
                    if self.more(&objects, level, true)? {
                        continue;
                    }
                    level -= 1;
                }
            }
            // A value has ended: on with the innermost container that has another one.
            loop {
                if level == depth {
                    return Ok(());
                }
                if self.more(&objects, level, false)? {
                    break;
                }
                level -= 1;
            }
        }
    }

    /// In the innermost container: is there another value? Its key is read.
    fn more(&mut self, objects: &[u64], level: usize, first: bool) -> Scan<bool> {
        let innermost = level - 1;
        if objects[innermost / 64] >> (innermost % 64) & 1 == 1 {
            Ok(self.member(first)?.is_some())
        } else {
            self.element(first)
        }
    }

    fn space(&mut self) {
        while matches!(self.byte(), b' ' | b'\n' | b'\t' | b'\r') {
            self.at += 1;
        }
    }

    /// The current byte; NUL, which no JSON text holds outside of an error, at the end.
    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn expect(&mut self, byte: u8) -> Scan<()> {
        if self.byte() != byte {
            return self.broken();
        }
        self.at += 1;
        Ok(())
    }

    fn digits(&mut self) -> Scan<()> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { self.broken() } else { Ok(()) }
    }

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

    fn broken<T>(&self) -> Scan<T> {
        Err(Broken { at: self.at })
    }
}

/// Bytes that a string holds as they are: all but control characters, the quote and the backslash.
static PLAIN: [bool; 256] = {
    let mut table = [true; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = false;
        control += 1;
    }
    table[b'"' as usize] = false;
    table[b'\\' as usize] = false;
    table
};
