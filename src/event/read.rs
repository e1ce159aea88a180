//! One reading of an event's text.

use super::fields::{Array, FieldKind, NONE};
use super::{EventError, Field, Fields, Paths, Place, PlaceId, has_empty_piece, lint, text};
use crate::diagnostic::Problem as _;
use crate::json::scan::{BROKEN, byte, literal, number, space, string};
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
/// read(event, &paths, &mut fields).unwrap();
/// let keys: Vec<_> = fields.at(path).map(|f| f.span.of(event)).collect();
/// assert_eq!(keys, [r#""a""#, r#""b""#]);
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
    fields.clear(paths.len());
    let mut reader = Reader { bytes, paths, fields, key: Vec::new() };
    let end = match space(bytes, 0) {
        at if byte(bytes, at) == b'{' => {
            reader.object(at, Walk { step: 0, place: PlaceId::ROOT, through_empty: false, depth: 1 })
        }
        _ => BROKEN,
    };
    let text = checked_text(bytes.get(..end)?);
    fields.keep_choices();
    Some(text)
}

/// Bytes that the scanner has read without an error, as text.
#[allow(unsafe_code)]
fn checked_text(bytes: &[u8]) -> &str {
    debug_assert!(std::str::from_utf8(bytes).is_ok());
    // SAFETY: the scanner takes bytes that are not ASCII in strings only, and checks each run of them for UTF-8. A test
    // (`tests/it/json.rs`) holds it to `str::from_utf8`.
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
    bytes: &'a [u8],
    paths: &'a Paths,
    fields: &'a mut Fields,
    /// Room for decoding.
    key: Vec<u8>,
}

/// Where the reader is: in the paths, in the arrays, and how deep.
#[derive(Clone, Copy)]
struct Walk {
    step: u32,
    place: PlaceId,
    through_empty: bool,
    depth: usize,
}

/// All functions take the place in the text where something begins and return the one behind it (see `json::scan`).
impl Reader<'_> {
    fn object(&mut self, at: usize, walk: Walk) -> usize {
        let bytes = self.bytes;
        if !self.paths.leads_on(walk.step) {
            return skip(bytes, at, walk.depth - 1);
        }
        let mut at = space(bytes, at + 1);
        if byte(bytes, at) == b'}' {
            return at + 1;
        }
        loop {
            let (end, escaped) = string(bytes, at);
            let colon = space(bytes, end);
            if byte(bytes, colon) != b':' {
                return BROKEN;
            }
            let value = space(bytes, colon + 1);
            at = match self.follow(walk, &bytes[at + 1..end - 1], escaped) {
                Some(below) => self.value(value, below),
                None => skip(bytes, value, walk.depth),
            };
            at = space(bytes, at);
            match byte(bytes, at) {
                b',' => at = space(bytes, at + 1),
                b'}' => return at + 1,
                _ => return BROKEN,
            }
        }
    }

    #[inline(always)]
    fn follow(&mut self, walk: Walk, written: &[u8], escaped: bool) -> Option<Walk> {
        if escaped {
            return self.follow_escaped(walk, written);
        }
        let step = self.paths.follow(walk.step, written)?;
        Some(Walk { step, through_empty: walk.through_empty || has_empty_piece(written), ..walk })
    }

    #[cold]
    fn follow_escaped(&mut self, walk: Walk, written: &[u8]) -> Option<Walk> {
        self.key.clear();
        decode_into(written, &mut self.key, Halves::Kept);
        let step = self.paths.follow(walk.step, &self.key)?;
        Some(Walk { step, through_empty: walk.through_empty || has_empty_piece(&self.key), ..walk })
    }

    fn value(&mut self, at: usize, walk: Walk) -> usize {
        match byte(self.bytes, at) {
            b'{' | b'[' if walk.depth == JSON_DEPTH => BROKEN,
            b'{' => self.object(at, Walk { depth: walk.depth + 1, ..walk }),
            b'[' => self.array(at, Walk { depth: walk.depth + 1, ..walk }),
            first => self.leaf(at, first, walk),
        }
    }

    fn array(&mut self, at: usize, walk: Walk) -> usize {
        let bytes = self.bytes;
        let array = self.fields.arrays.len();
        let start = self.fields.places.len() as u32;
        self.fields.arrays.push(Array { step: walk.step, start, end: NONE });
        let mut at = space(bytes, at + 1);
        let mut index = 0;
        if byte(bytes, at) == b']' {
            index = NONE;
        }
        while index != NONE {
            at = match byte(bytes, at) {
                b'{' | b'[' => self.element(at, walk, array as u32, index),
                first => self.leaf(at, first, walk),
            };
            at = space(bytes, at);
            match byte(bytes, at) {
                b',' => at = space(bytes, at + 1),
                b']' => break,
                _ => return BROKEN,
            }
            index += 1;
        }
        self.fields.arrays[array].end = self.fields.places.len() as u32;
        at + 1
    }

    fn element(&mut self, at: usize, walk: Walk, array: u32, index: u32) -> usize {
        let place = self.fields.places.len();
        self.fields.places.push(Place { parent: walk.place, array, index, end: NONE });
        let at = self.value(at, Walk { place: PlaceId(place as u32), ..walk });
        self.fields.places[place].end = self.fields.places.len() as u32;
        at
    }

    fn leaf(&mut self, at: usize, first: u8, walk: Walk) -> usize {
        let bytes = self.bytes;
        let mut escaped = false;
        let (end, kind) = match first {
            b'"' => {
                let (end, with_escapes) = string(bytes, at);
                escaped = with_escapes;
                (end, FieldKind::Text)
            }
            b'-' | b'0'..=b'9' => (number(bytes, at), FieldKind::Number),
            b't' => (literal(bytes, at, b"true"), FieldKind::True),
            b'f' => (literal(bytes, at, b"false"), FieldKind::False),
            b'n' => (literal(bytes, at, b"null"), FieldKind::Null),
            _ => return BROKEN,
        };
        let (seen, hidden) = self.paths.ends_at(walk.step);
        let hidden = hidden.filter(|_| !walk.through_empty);
        if end == BROKEN || (seen.is_none() && hidden.is_none()) {
            return end;
        }
        let kind = if escaped { self.decode(&bytes[at + 1..end - 1]) } else { kind };
        let span = Span::new(at, end);
        for path in [seen, hidden].into_iter().flatten() {
            self.fields.push(Field { path, place: walk.place, span, kind, next: NONE });
        }
        end
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
