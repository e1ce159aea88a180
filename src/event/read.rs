//! One reading of an event's text.

use super::fields::{Array, FieldKind, NONE};
use super::{EventError, Field, Fields, Paths, Place, PlaceId, has_empty_piece, lint, text};
use crate::diagnostic::Problem as _;
use crate::json::scan::{Broken, RawString, Scanner, Start};
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
    scan(bytes, paths, fields).map_err(|broken| refusal(bytes, broken))
}

/// The same, without words for what is wrong.
pub(super) fn scan<'e>(bytes: &'e [u8], paths: &Paths, fields: &mut Fields) -> Result<&'e str, Broken> {
    fields.clear(paths.len());
    let mut reader = Reader { bytes, scanner: Scanner::new(bytes), paths, fields, key: Vec::new() };
    let outcome = match reader.scanner.start() {
        Ok(Start::Object) => reader.object(Walk { step: 0, place: PlaceId::ROOT, through_empty: false, depth: 1 }),
        _ => Err(Broken { at: 0 }),
    };
    let end = reader.scanner.at();
    outcome?;
    fields.keep_choices();
    Ok(checked_text(&bytes[..end]))
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
pub(super) fn refusal(bytes: &[u8], broken: Broken) -> EventError {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(error) => return error,
    };
    let mut problems = lint(text);
    if problems.is_empty() {
        // Never seen; a test holds both readers of JSON together. The place alone is still a true answer.
        problems.push(json::Problem::ValueExpected.at(Span::new(broken.at, broken.at)));
    }
    EventError::new(text, problems)
}

struct Reader<'a> {
    bytes: &'a [u8],
    scanner: Scanner<'a>,
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

impl Reader<'_> {
    fn object(&mut self, walk: Walk) -> Result<(), Broken> {
        if !self.paths.steps[walk.step as usize].leads_on {
            return self.scanner.skip(walk.depth - 1);
        }
        self.scanner.open();
        let mut first = true;
        while let Some(raw) = self.scanner.member(first)? {
            first = false;
            match self.follow(walk, raw) {
                Some(below) => self.value(below)?,
                None => self.scanner.skip(walk.depth)?,
            }
        }
        Ok(())
    }

    #[inline]
    fn follow(&mut self, walk: Walk, raw: RawString) -> Option<Walk> {
        let written = &self.bytes[raw.start..raw.end];
        let key = if raw.escaped {
            self.key.clear();
            decode_into(written, &mut self.key, Halves::Kept);
            self.key.as_slice()
        } else {
            written
        };
        let step = self.paths.follow(walk.step, key)?;
        Some(Walk { step, through_empty: walk.through_empty || has_empty_piece(key), ..walk })
    }

    fn value(&mut self, walk: Walk) -> Result<(), Broken> {
        match self.scanner.start()? {
            Start::Object | Start::Array if walk.depth == JSON_DEPTH => Err(Broken { at: self.scanner.at() }),
            Start::Object => self.object(Walk { depth: walk.depth + 1, ..walk }),
            Start::Array => self.array(Walk { depth: walk.depth + 1, ..walk }),
            leaf => self.leaf(leaf, walk),
        }
    }

    fn array(&mut self, walk: Walk) -> Result<(), Broken> {
        self.scanner.open();
        let array = self.fields.arrays.len();
        let start = self.fields.places.len() as u32;
        self.fields.arrays.push(Array { step: walk.step, start, end: NONE });
        let mut index = 0;
        while self.scanner.element(index == 0)? {
            match self.scanner.start()? {
                Start::Object | Start::Array => self.element(walk, array as u32, index)?,
                leaf => self.leaf(leaf, walk)?,
            }
            index += 1;
        }
        self.fields.arrays[array].end = self.fields.places.len() as u32;
        Ok(())
    }

    fn element(&mut self, walk: Walk, array: u32, index: u32) -> Result<(), Broken> {
        let place = self.fields.places.len();
        self.fields.places.push(Place { parent: walk.place, array, index, end: NONE });
        self.value(Walk { place: PlaceId(place as u32), ..walk })?;
        self.fields.places[place].end = self.fields.places.len() as u32;
        Ok(())
    }

    fn leaf(&mut self, start: Start, walk: Walk) -> Result<(), Broken> {
        let from = self.scanner.at();
        let mut escaped = None;
        let kind = match start {
            Start::String => {
                let raw = self.scanner.string()?;
                escaped = raw.escaped.then_some(raw);
                FieldKind::Text
            }
            Start::True => self.scanner.literal("true").map(|()| FieldKind::True)?,
            Start::False => self.scanner.literal("false").map(|()| FieldKind::False)?,
            Start::Null => self.scanner.literal("null").map(|()| FieldKind::Null)?,
            _ => self.scanner.number().map(|_| FieldKind::Number)?,
        };
        let step = &self.paths.steps[walk.step as usize];
        let (seen, hidden) = (step.seen, step.hidden.filter(|_| !walk.through_empty));
        if seen.is_none() && hidden.is_none() {
            return Ok(());
        }
        let kind = escaped.map_or(kind, |raw| self.decode(raw));
        let span = Span::new(from, self.scanner.at());
        for path in [seen, hidden].into_iter().flatten() {
            self.push(Field { path, place: walk.place, span, kind, next: NONE });
        }
        Ok(())
    }

    fn decode(&mut self, raw: RawString) -> FieldKind {
        let start = self.fields.decoded.len();
        self.key.clear();
        decode_into(&self.bytes[raw.start..raw.end], &mut self.key, Halves::Question);
        self.fields.decoded.push_str(&String::from_utf8_lossy(&self.key));
        FieldKind::Decoded(Span::new(start, self.fields.decoded.len()))
    }

    fn push(&mut self, field: Field) {
        let at = self.fields.fields.len() as u32;
        let ends = &mut self.fields.ends[field.path.0 as usize];
        if ends.0 == NONE {
            ends.0 = at;
        } else {
            self.fields.fields[ends.1 as usize].next = at;
        }
        ends.1 = at;
        self.fields.fields.push(field);
    }
}
