//! One reading of an event's text.

use super::fields::{Array, FieldKind, NONE};
use super::paths::Key;
use super::{EventError, Field, Fields, Paths, Place, PlaceId, has_empty_piece, lint, text};
use crate::diagnostic::Problem as _;
use crate::json::input::Input;
use crate::json::scan::{literal, number, plain_key, space, string};
use crate::json::skip::skip;
use crate::json::{self, Halves, decode_into};
use crate::limits::JSON_DEPTH;
use crate::text::Span;

/// Reads an event once and keeps the fields at `paths`.
///
/// # Errors
/// If `text` does not begin with a JSON object, which is checked to its end, also where no path leads. What follows it
/// is not looked at.
///
/// ```
/// use eventbridge_rules::event::{EmptyKeys, Fields, Paths, read};
/// let mut paths = Paths::default();
/// let path = paths.add(&"detail.tags.key".into(), EmptyKeys::Hidden);
/// let event = r#"{"detail": {"tags": [{"key": "a"}, {"key": "b"}], "other": 1}}"#;
/// let mut fields = Fields::default();
/// read(event, &paths, &mut fields)?;
/// let keys: Vec<_> = fields.at(path).map(|f| f.span.of(event)).collect();
/// assert_eq!(keys, [r#""a""#, r#""b""#]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read<'e>(
    event: &'e (impl AsRef<[u8]> + ?Sized),
    paths: &Paths,
    fields: &mut Fields,
) -> Result<&'e str, EventError> {
    let bytes = event.as_ref();
    scan(bytes, paths, fields).ok_or_else(|| refusal(bytes))
}

/// The same, without words for what is wrong.
pub(super) fn scan<'e>(bytes: &'e [u8], paths: &Paths, fields: &mut Fields) -> Option<&'e str> {
    let mut copy = std::mem::take(&mut fields.copy);
    let end = scan_input(copy.fill(bytes), paths, fields);
    fields.copy = copy;
    end.map(|end| checked_text(&bytes[..end]))
}

/// An event in a buffer that has room behind it: it can be read where it is, while [`read`] makes a copy.
#[derive(Clone, Copy, Debug)]
pub struct InPlace<'e>(Input<'e>);

impl<'e> InPlace<'e> {
    /// The event in the first `length` bytes of `buffer`. The [`PADDING`](crate::json::PADDING) bytes behind it are wiped;
    /// `None` if there are fewer.
    pub fn new(buffer: &'e mut [u8], length: usize) -> Option<InPlace<'e>> {
        Input::new(buffer, length).map(InPlace)
    }

    /// As [`read`].
    pub(crate) fn read(self, paths: &Paths, fields: &mut Fields) -> Result<&'e str, EventError> {
        let bytes = self.0.text();
        let end = scan_input(self.0, paths, fields);
        end.map(|end| checked_text(&bytes[..end])).ok_or_else(|| refusal(bytes))
    }
}

/// Where an event ends.
fn scan_input(input: Input<'_>, paths: &Paths, fields: &mut Fields) -> Option<usize> {
    fields.clear(paths.len());
    let mut reader = Reader { input, paths, fields, key: Vec::new() };
    let start = space(input, 0);
    if input.byte(start) != b'{' {
        return None;
    }
    let end = reader.object(start, 0, PlaceId::ROOT, 2);
    fields.keep_choices();
    (end != input.broken()).then_some(end)
}

/// Bytes that the reader has read without an error, as text.
#[allow(unsafe_code)]
fn checked_text(bytes: &[u8]) -> &str {
    debug_assert!(std::str::from_utf8(bytes).is_ok());
    // SAFETY: the reader takes bytes that are not ASCII in strings only, and checks each run of them for UTF-8. A test
    // (`tests/it/reading.rs`) holds it to `str::from_utf8`.
    unsafe { std::str::from_utf8_unchecked(bytes) }
}

/// The words for bytes that the scanner refused.
pub(super) fn refusal(bytes: &[u8]) -> EventError {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(error) => return error,
    };
    let mut problems = lint(text);
    if problems.is_empty() {
        // Never seen; a test holds both readers of JSON together.
        problems.push(json::Problem::ValueExpected.at(Span::new(0, 0)));
    }
    EventError::new(text, problems)
}

struct Reader<'a> {
    input: Input<'a>,
    paths: &'a Paths,
    fields: &'a mut Fields,
    /// Room for decoding.
    key: Vec<u8>,
}

/// Where the reader is: in the paths, in the arrays, how deep, and whether it came through an empty key. Three numbers,
/// so that it is passed in registers.
#[derive(Clone, Copy)]
struct Walk {
    step: u32,
    place: PlaceId,
    /// Twice the depth, and one more behind an empty key.
    depth: u32,
}

impl Walk {
    fn depth(self) -> usize {
        self.depth as usize / 2
    }
}

/// All functions take the place in the text where something begins and return the one behind it (see `json::scan`).
impl Reader<'_> {
    fn object(&mut self, at: usize, step: u32, place: PlaceId, depth: u32) -> usize {
        self.members(at, Walk { step, place, depth }).unwrap_or(self.input.broken())
    }

    #[inline(always)]
    fn members(&mut self, at: usize, walk: Walk) -> Option<usize> {
        let input = self.input;
        if !self.paths.leads_on(walk.step) {
            return Some(skip(input, at, walk.depth() - 1));
        }
        let mut at = space(input, at + 1);
        if input.byte(at) == b'}' {
            return Some(at + 1);
        }
        loop {
            let start = at + 1;
            let (end, plain) = plain_key(input, at)?;
            let colon = space(input, end);
            if input.byte(colon) != b':' {
                return None;
            }
            let value = space(input, colon + 1);
            let below = if plain { self.follow(walk, start, end - 1) } else { self.follow_any(walk, start, end - 1) };
            at = match below {
                Some(below) => self.value(value, below)?,
                None if input.byte(value) == b'"' => string(input, value)?.0,
                None => skip(input, value, walk.depth()),
            };
            at = space(input, at);
            match input.byte(at) {
                b',' => at = space(input, at + 1),
                b'}' => return Some(at + 1),
                _ => return None,
            }
        }
    }

    #[inline(always)]
    fn follow(&self, walk: Walk, start: usize, end: usize) -> Option<Walk> {
        let input = self.input;
        let last = end.max(start + 8) - 8;
        let key = Key::new(*input.window(start), *input.window(last), end - start);
        let step = self.paths.follow(walk.step, key, || &input.text()[start..end])?;
        Some(Walk { step, ..walk })
    }

    /// The same for a key that is not plain.
    #[cold]
    #[inline(never)]
    fn follow_any(&mut self, walk: Walk, start: usize, end: usize) -> Option<Walk> {
        self.key.clear();
        decode_into(&self.input.text()[start..end], &mut self.key, Halves::Kept);
        let step = self.paths.follow_any(walk.step, &self.key)?;
        Some(Walk { step, depth: walk.depth | u32::from(self.paths.hide() && has_empty_piece(&self.key)), ..walk })
    }

    #[inline(always)]
    fn value(&mut self, at: usize, walk: Walk) -> Option<usize> {
        match self.input.byte(at) {
            b'{' | b'[' if walk.depth() == JSON_DEPTH => None,
            b'{' => Some(self.object(at, walk.step, walk.place, walk.depth + 2)),
            b'[' => Some(self.array(at, walk.step, walk.place, walk.depth + 2)),
            first => self.leaf(at, first, walk),
        }
    }

    fn array(&mut self, at: usize, step: u32, place: PlaceId, depth: u32) -> usize {
        self.elements(at, Walk { step, place, depth }).unwrap_or(self.input.broken())
    }

    #[inline(always)]
    fn elements(&mut self, at: usize, walk: Walk) -> Option<usize> {
        let input = self.input;
        let array = self.fields.arrays.len();
        let start = self.fields.places.len() as u32;
        self.fields.arrays.push(Array { step: walk.step, start, end: start });
        let mut at = space(input, at + 1);
        if input.byte(at) == b']' {
            return Some(at + 1);
        }
        for index in 0.. {
            at = match input.byte(at) {
                b'{' | b'[' => self.element(at, walk, array as u32, index),
                first => self.leaf(at, first, walk)?,
            };
            at = space(input, at);
            match input.byte(at) {
                b',' => at = space(input, at + 1),
                b']' => break,
                _ => return None,
            }
        }
        self.fields.arrays[array].end = self.fields.places.len() as u32;
        Some(at + 1)
    }

    #[inline(always)]
    fn element(&mut self, at: usize, walk: Walk, array: u32, index: u32) -> usize {
        let place = self.fields.places.len();
        self.fields.places.push(Place { parent: walk.place, array, index, end: NONE });
        let walk = Walk { place: PlaceId(place as u32), ..walk };
        let at = match self.input.byte(at) {
            _ if walk.depth() == JSON_DEPTH => return self.input.broken(),
            b'{' => self.object(at, walk.step, walk.place, walk.depth + 2),
            _ => self.array(at, walk.step, walk.place, walk.depth + 2),
        };
        self.fields.places[place].end = self.fields.places.len() as u32;
        at
    }

    #[inline(always)]
    fn leaf(&mut self, at: usize, first: u8, walk: Walk) -> Option<usize> {
        let input = self.input;
        let mut escaped = false;
        let (end, kind) = match first {
            b'"' => {
                let (end, with_escapes) = string(input, at)?;
                escaped = with_escapes;
                (end, FieldKind::Text)
            }
            b'-' | b'0'..=b'9' => (number(input, at)?, FieldKind::Number),
            b't' => (literal(input, at, b"true")?, FieldKind::True),
            b'f' => (literal(input, at, b"false")?, FieldKind::False),
            b'n' => (literal(input, at, b"null")?, FieldKind::Null),
            _ => return None,
        };
        let kind = if escaped { self.decode(&input.text()[at + 1..end - 1]) } else { kind };
        let field = |path| Field { path, place: walk.place, span: Span::new(at, end), kind, next: NONE };
        let (seen, hidden) = self.paths.ends_at(walk.step);
        if let Some(path) = seen {
            self.fields.push(field(path));
        }
        if let Some(path) = hidden.filter(|_| walk.depth & 1 == 0) {
            self.fields.push(field(path));
        }
        Some(end)
    }

    #[cold]
    fn decode(&mut self, written: &[u8]) -> FieldKind {
        let start = self.fields.decoded.len();
        self.key.clear();
        decode_into(written, &mut self.key, Halves::Question);
        self.fields.decoded.push_str(&String::from_utf8_lossy(&self.key));
        FieldKind::Decoded(Span::new(start, self.fields.decoded.len()))
    }
}
