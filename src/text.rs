//! Positions in a text. In: byte offsets, which is what parsers count in. Out: UTF-16 offsets and lines, which is what
//! editors count in. It knows nothing about JSON.

use std::slice::SliceIndex;

/// A range of bytes in a text: `start` inclusive, `end` exclusive.
///
/// ```
/// use eventbridge_rules::text::Span;
/// assert_eq!(Span::new(1, 4).of("{abc}"), "abc");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From byte `start` to before byte `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: offset(start), end: offset(end) }
    }

    /// The bytes as indices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The piece of `text` that this span covers; `""` if the span is not one of that text.
    pub fn of(self, text: &str) -> &str {
        part(text, self.range())
    }

    /// From the start of this span to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end }
    }
}

/// The bytes of a text in a range; `""` if there is no text. Unlike `[range]` it brings no panic, whose words and tables
/// of characters would be a part of the modules.
pub(crate) fn part(text: &str, range: impl SliceIndex<str, Output = str>) -> &str {
    text.get(range).unwrap_or("")
}

/// Texts of 4 GiB and more do not fit into the memory of WebAssembly; their positions stop at the last one we can write.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Zero-based line and UTF-16 column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, counted by `\n`, `\r\n` and `\r`, as editors do.
    pub line: u32,
    /// UTF-16 code units since the start of the line.
    pub character: u32,
}

/// Converts byte offsets of one text to what editors use. Built once a text, in time of its length; a conversion then
/// takes the same time everywhere.
///
/// ```
/// use eventbridge_rules::text::LineIndex;
/// let text = "é\n😀x";
/// let index = LineIndex::new(text);
/// assert_eq!(index.utf16(7), 4); // é, newline, and two units for the face
/// assert_eq!((index.position(7).line, index.position(7).character), (1, 2));
/// ```
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// Byte at which each line starts.
    lines: Vec<u32>,
    /// UTF-16 units before each block of bytes.
    blocks: Vec<u32>,
}

const BLOCK: usize = 256;

impl<'a> LineIndex<'a> {
    /// Reads `text` once. Lines end with `\n`, `\r\n` or `\r`, as in editors.
    pub fn new(text: &'a str) -> LineIndex<'a> {
        let bytes = text.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(*at + 1) != Some(&b'\n'));
        let lines = std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| offset(at + 1))).collect();
        let mut sum = 0;
        let mut blocks = vec![0];
        for block in bytes.chunks(BLOCK) {
            sum += units(block);
            blocks.push(sum);
        }
        LineIndex { text, lines, blocks }
    }

    /// UTF-16 code units before byte `at`. An offset inside a character counts as its start, one past the end as the end.
    pub fn utf16(&self, at: u32) -> u32 {
        let mut end = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let block = end / BLOCK;
        self.blocks[block] + units(&self.text.as_bytes()[block * BLOCK..end])
    }

    /// Line and column of byte `at`.
    pub fn position(&self, at: u32) -> Position {
        let line = self.lines.partition_point(|start| *start <= at) - 1;
        Position { line: offset(line), character: self.utf16(at) - self.utf16(self.lines[line]) }
    }
}

/// Each character counts at its first byte; those of four bytes have two units.
fn units(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from(b & 0xc0 != 0x80) + u32::from(*b >= 0xf0)).sum()
}

/// Can U+FFFD stand in this UTF-8? Asks for its first byte only, eight at a time.
///
/// ```
/// use eventbridge_rules::text::may_hold_replacement;
/// assert!(may_hold_replacement("long enough \u{fffd}".as_bytes()));
/// assert!(!may_hold_replacement("long enough, and é or 😀".as_bytes()));
/// ```
pub fn may_hold_replacement(bytes: &[u8]) -> bool {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const FIRST: u8 = 0xef;
    let has = |chunk: &[u8; 8]| {
        let zeros = u64::from_le_bytes(*chunk) ^ (LOW * u64::from(FIRST));
        zeros.wrapping_sub(LOW) & !zeros & LOW << 7 != 0
    };
    let (eights, rest) = bytes.as_chunks::<8>();
    eights.iter().any(has) || rest.contains(&FIRST)
}

/// How many characters must be put in, taken out, changed or swapped with their neighbor to make `b` of `a`. Texts of
/// more than 64 characters are far from everything else.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    const LONG: usize = 64;
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(LONG + 1).collect(), b.chars().take(LONG + 1).collect());
    if a.len() > LONG || b.len() > LONG {
        return if a == b { 0 } else { LONG };
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
