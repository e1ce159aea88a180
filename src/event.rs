//! An event to its fields. In: JSON text and the paths that somebody asks for. Out: the values at those paths, each with
//! its place in the arrays around it. Everything else in the event is checked and skipped. It knows no operators and no
//! rules.
//!
//! A path is the keys from the root joined with `.`; arrays add nothing to it, and a dot inside a key is no different
//! from a step (PATTERNS: `{"a.b": 1}` and `{"a": {"b": 1}}` are the same field).

use crate::diagnostic::{Diagnostic, Problem as _, summary};
use crate::json::scan::{Broken, RawString, Scanner, Start};
use crate::json::{self, Halves, Text, decode_into};
use crate::limits::JSON_DEPTH;
use crate::order::Map;
use crate::text::Span;
use crate::value::{Number, Value};
use std::borrow::Cow;
use std::fmt;

/// Why a text is no event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError {
    /// The problems, with their places.
    pub diagnostics: Vec<Diagnostic>,
    message: String,
}

impl EventError {
    fn new(text: &str, diagnostics: Vec<Diagnostic>) -> EventError {
        EventError { message: format!("event is not valid: {}", summary(text, &diagnostics)), diagnostics }
    }

    /// The error for one problem at one place of an event.
    pub fn one(text: &str, problem: Problem, span: Span) -> EventError {
        EventError::new(text, vec![problem.at(span)])
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EventError {}

/// What can be wrong with an event that is JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// `[1]`
    NotAnObject(&'static str),
    /// An event that repeats keys so that array elements can be combined in too many ways.
    TooAmbiguous,
    /// An event without the keys that TestEventPattern asks for.
    MissingEnvelope(Vec<&'static str>),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NotAnObject(what) => write!(f, "an event is a JSON object, not {what}"),
            Problem::TooAmbiguous => {
                write!(f, "this event repeats keys so often that its array elements can be combined in too many ways")
            }
            Problem::MissingEnvelope(keys) => {
                write!(f, "TestEventPattern wants an event with {}", list(keys))
            }
        }
    }
}

fn list(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

impl crate::diagnostic::Problem for Problem {
    fn code(&self) -> &'static str {
        match self {
            Problem::NotAnObject(_) => "event-not-an-object",
            Problem::TooAmbiguous => "event-too-ambiguous",
            Problem::MissingEnvelope(_) => "event-missing-envelope",
        }
    }

    fn aws_message(&self) -> Option<String> {
        match self {
            Problem::TooAmbiguous => None,
            _ => Some("Parameter Event is not valid.".to_string()),
        }
    }
}

/// The text of an event given as bytes.
///
/// # Errors
/// If the bytes are not UTF-8; the problem names the first byte that is not.
pub fn text(bytes: &[u8]) -> Result<&str, EventError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let length = error.error_len().unwrap_or(bytes.len() - good);
        // The readable part is what the place is counted in; all of it is before the problem.
        let readable = std::str::from_utf8(&bytes[..good]).unwrap_or("");
        EventError::new(readable, vec![json::Problem::Utf8.at(Span::new(good, good + length))])
    })
}

/// Every problem of a text as an event; none if it is one. Never fails.
///
/// ```
/// use eventbridge_rules::event::lint;
/// assert!(lint(r#"{"source": "aws.s3"}"#).is_empty());
/// assert_eq!(lint("[1]")[0].code, "event-not-an-object");
/// ```
pub fn lint(text: &str) -> Vec<Diagnostic> {
    tree(text).map_or_else(|error| error.diagnostics, |_| Vec::new())
}

/// An event as a tree, for those who want parts of it.
pub(crate) fn tree(text: &str) -> Result<json::Node, EventError> {
    let (node, mut problems) = json::parse(text);
    if problems.is_empty() && !matches!(node.kind, json::NodeKind::Object(_)) {
        problems.push(Problem::NotAnObject(node.what()).at(node.span));
    }
    if problems.is_empty() { Ok(node) } else { Err(EventError::new(text, problems)) }
}

/// Number of a path that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(pub u32);

/// Does a rule see fields below an empty key?
///
/// AWS, observed (`empty-key`): a rule only goes down into keys that are among the pieces of its own paths, and the
/// empty piece at the end of a path such as `a.` does not count as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmptyKeys {
    /// One of its paths has an empty piece that is not at the end.
    Seen,
    /// None has.
    Hidden,
}

/// The paths that somebody asks for, as a tree over the pieces between their dots.
#[derive(Debug)]
pub struct Paths {
    steps: Vec<Step>,
    ids: Map<(Text, bool), PathId>,
}

#[derive(Debug, Default)]
struct Step {
    /// The step before, and the piece that leads here.
    from: (u32, Vec<u8>),
    next: Vec<(Vec<u8>, u32)>,
    /// The same, once there are many.
    index: Map<Vec<u8>, u32>,
    /// The path that ends here, for rules that see empty keys.
    seen: Option<PathId>,
    /// The path that ends here, for rules that do not.
    hidden: Option<PathId>,
}

const FEW: usize = 8;

impl Step {
    fn child(&self, piece: &[u8]) -> Option<u32> {
        if self.next.len() > FEW {
            return self.index.get(piece).copied();
        }
        self.next.iter().find(|(name, _)| name == piece).map(|(_, step)| *step)
    }
}

impl Default for Paths {
    fn default() -> Paths {
        Paths { steps: vec![Step::default()], ids: Map::default() }
    }
}

impl Paths {
    /// Asks for a path; the same number for the same question.
    pub fn add(&mut self, path: &Text, empty_keys: EmptyKeys) -> PathId {
        // Only a path that ends with an empty piece can be reached through an empty key that its rule does not see.
        let hidden = empty_keys == EmptyKeys::Hidden && path.as_bytes().ends_with(b".");
        if let Some(id) = self.ids.get(&(path.clone(), hidden)) {
            return *id;
        }
        let id = PathId(self.ids.len() as u32);
        self.ids.insert((path.clone(), hidden), id);
        let mut step = 0;
        for piece in path.as_bytes().split(|b| *b == b'.') {
            step = self.child_or_new(step, piece);
        }
        let end = &mut self.steps[step as usize];
        if hidden {
            end.hidden = Some(id)
        } else {
            end.seen = Some(id)
        }
        id
    }

    /// How many paths are asked for.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Is no path asked for?
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn child_or_new(&mut self, step: u32, piece: &[u8]) -> u32 {
        if let Some(child) = self.steps[step as usize].child(piece) {
            return child;
        }
        let child = self.steps.len() as u32;
        self.steps.push(Step { from: (step, piece.to_vec()), ..Step::default() });
        let parent = &mut self.steps[step as usize];
        parent.next.push((piece.to_vec(), child));
        if parent.next.len() > FEW {
            let known = parent.index.len();
            parent.index.extend(parent.next[known..].iter().cloned());
        }
        child
    }

    /// The path at which an array of an event stands, which was read with these paths.
    pub fn of_array(&self, fields: &Fields, array: u32) -> Text {
        let mut pieces: Vec<&[u8]> = Vec::new();
        let mut step = fields.arrays[array as usize].step;
        while step != 0 {
            let (before, piece) = &self.steps[step as usize].from;
            pieces.push(piece);
            step = *before;
        }
        pieces.reverse();
        Text::from_wtf8(pieces.join(&b'.'))
    }

    /// From `step` along a key, which may hold dots.
    fn follow(&self, step: u32, key: &[u8]) -> Option<u32> {
        if !key.contains(&b'.') {
            return self.steps[step as usize].child(key);
        }
        key.split(|b| *b == b'.').try_fold(step, |step, piece| self.steps[step as usize].child(piece))
    }
}

/// Is this key one that a rule without empty pieces does not go into? Empty, or with an empty piece before its last dots.
pub(crate) fn has_empty_piece(key: &[u8]) -> bool {
    let end = key.iter().rposition(|b| *b != b'.').map_or(0, |last| last + 1);
    key.is_empty() || (end > 0 && key[..end].split(|b| *b == b'.').any(<[u8]>::is_empty))
}

/// Where a field stands in the arrays around it: an element of an array, inside an element of another one, and so on.
/// The leaves that stand in an array directly do not count as inside their own element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(pub u32);

impl PlaceId {
    /// In no array.
    pub const ROOT: PlaceId = PlaceId(0);
}

/// One element of one array. Places are numbered in the order of the text, those inside of one right behind it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The place that the array is in.
    pub parent: PlaceId,
    /// Number of the array.
    pub array: u32,
    /// Index of the element in it.
    pub index: u32,
    /// The places inside of it are numbered before this.
    pub end: u32,
}

/// An array on the way to fields.
#[derive(Clone, Copy, Debug)]
struct Array {
    /// Where it stands in the paths.
    step: u32,
    /// The places inside of it are numbered from here
    start: u32,
    /// and before this.
    end: u32,
}

/// A value at a path that somebody asks for.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Which path.
    pub path: PathId,
    /// Its place in the arrays around it.
    pub place: PlaceId,
    /// Its text in the event.
    pub span: Span,
    kind: FieldKind,
    next: u32,
}

#[derive(Clone, Copy, Debug)]
enum FieldKind {
    Text,
    /// Where the decoded text is kept.
    Decoded(Span),
    Number,
    True,
    False,
    Null,
}

const NONE: u32 = u32::MAX;

/// The fields of one event. Can be used again for the next event, without new memory.
#[derive(Debug, Default)]
pub struct Fields {
    fields: Vec<Field>,
    /// First and last field of each path.
    ends: Vec<(u32, u32)>,
    places: Vec<Place>,
    arrays: Vec<Array>,
    decoded: String,
    /// Room for [`Fields::keep_choices`]: which places have fields inside, and of each array how many elements.
    used: Vec<bool>,
    elements: Vec<u32>,
    nested: bool,
}

impl Fields {
    /// The fields at a path, in the order of the text.
    pub fn at(&self, path: PathId) -> impl Iterator<Item = &Field> {
        let first = self.ends.get(path.0 as usize).map_or(NONE, |ends| ends.0);
        let field = move |at: u32| self.fields.get(at as usize);
        std::iter::successors(field(first), move |last| field(last.next))
    }

    /// The paths that have fields, each as often as it has some.
    pub fn all(&self) -> &[Field] {
        &self.fields
    }

    /// The place of a field that is not [`PlaceId::ROOT`].
    pub fn place(&self, place: PlaceId) -> &Place {
        &self.places[place.0 as usize]
    }

    /// The numbers of the places inside of an array.
    pub fn inside(&self, array: u32) -> std::ops::Range<u32> {
        self.arrays[array as usize].start..self.arrays[array as usize].end
    }

    /// The elements of arrays around a place, from the inside out: the array and the place that is its element. Only of
    /// arrays in which several elements have fields: where there is one, there is nothing to choose.
    pub fn around(&self, place: PlaceId) -> impl Iterator<Item = (u32, PlaceId)> {
        let here = (place != PlaceId::ROOT).then_some(place);
        let out = |at: &PlaceId| Some(self.place(*at).parent).filter(|parent| *parent != PlaceId::ROOT);
        std::iter::successors(here, out).map(|at| (self.place(at).array, at))
    }

    /// Do all fields stand outside of arrays, or in the only element that has some?
    pub fn flat(&self) -> bool {
        !self.nested
    }

    /// The value of a field of the event `text`.
    pub fn value<'a>(&'a self, text: &'a str, field: &Field) -> Value<'a> {
        let inner = || Span { start: field.span.start + 1, end: field.span.end - 1 };
        match field.kind {
            FieldKind::Text => Value::String(Cow::Borrowed(inner().of(text))),
            FieldKind::Decoded(span) => Value::String(Cow::Borrowed(span.of(&self.decoded))),
            FieldKind::Number => Value::Number(Number::new(field.span.of(text))),
            FieldKind::True => Value::True,
            FieldKind::False => Value::False,
            FieldKind::Null => Value::Null,
        }
    }

    fn clear(&mut self, paths: usize) {
        for field in self.fields.drain(..) {
            self.ends[field.path.0 as usize] = (NONE, NONE);
        }
        self.ends.resize(paths, (NONE, NONE));
        self.places.clear();
        self.places.push(Place { parent: PlaceId::ROOT, array: NONE, index: 0, end: NONE });
        self.arrays.clear();
        self.decoded.clear();
        self.nested = false;
    }

    /// Takes the arrays out of the places in which a single element has fields. An event of a thousand arrays around
    /// each other is then as simple as it looks.
    fn keep_choices(&mut self) {
        if self.places.len() <= 1 {
            return;
        }
        self.count_elements();
        // From the outside in: the way out of a parent is short when it is asked for.
        for at in 1..self.places.len() {
            self.places[at].parent = self.choice(self.places[at].parent);
        }
        for at in 0..self.fields.len() {
            self.fields[at].place = self.choice(self.fields[at].place);
            self.nested |= self.fields[at].place != PlaceId::ROOT;
        }
    }

    fn count_elements(&mut self) {
        self.used.clear();
        self.used.resize(self.places.len(), false);
        for field in &self.fields {
            let mut place = field.place;
            while place != PlaceId::ROOT && !std::mem::replace(&mut self.used[place.0 as usize], true) {
                place = self.places[place.0 as usize].parent;
            }
        }
        self.elements.clear();
        self.elements.resize(self.arrays.len(), 0);
        for (place, _) in self.places.iter().zip(&self.used).filter(|(_, used)| **used) {
            self.elements[place.array as usize] += 1;
        }
    }

    /// A place, or the one around it if it is the only element of its array.
    fn choice(&self, place: PlaceId) -> PlaceId {
        let at = self.places[place.0 as usize];
        if place == PlaceId::ROOT || self.elements[at.array as usize] > 1 { place } else { at.parent }
    }
}

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
pub fn read(text: &str, paths: &Paths, fields: &mut Fields) -> Result<(), EventError> {
    fields.clear(paths.len());
    let mut reader = Reader { text, scanner: Scanner::new(text), paths, fields, key: Vec::new() };
    let result = match reader.scanner.start() {
        Ok(Start::Object) => reader.object(Walk { step: 0, place: PlaceId::ROOT, through_empty: false, depth: 1 }),
        _ => Err(Broken { at: 0 }),
    };
    result.map_err(|broken| refusal(text, broken))?;
    fields.keep_choices();
    Ok(())
}

/// The words for a text that the scanner refused.
fn refusal(text: &str, broken: Broken) -> EventError {
    let mut problems = lint(text);
    if problems.is_empty() {
        // Never seen; a test holds both readers of JSON together. The place alone is still a true answer.
        problems.push(json::Problem::ValueExpected.at(Span::new(broken.at, broken.at)));
    }
    EventError::new(text, problems)
}

struct Reader<'a> {
    text: &'a str,
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

    fn follow(&mut self, walk: Walk, raw: RawString) -> Option<Walk> {
        let written = &self.text[raw.start..raw.end];
        let key = if raw.escaped {
            self.key.clear();
            decode_into(written, &mut self.key, Halves::Kept);
            self.key.as_slice()
        } else {
            written.as_bytes()
        };
        let step = self.paths.follow(walk.step, key)?;
        Some(Walk { step, through_empty: walk.through_empty || has_empty_piece(key), ..walk })
    }

    fn value(&mut self, walk: Walk) -> Result<(), Broken> {
        let start = self.scanner.start()?;
        match start {
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
        decode_into(&self.text[raw.start..raw.end], &mut self.key, Halves::Question);
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

/// Keys that an event needs for TestEventPattern. AWS, observed: `event_missing_envelope_fields`.
const ENVELOPE: [&str; 6] = ["id", "account", "source", "time", "region", "detail-type"];

/// Has the event the keys that TestEventPattern asks for?
pub(crate) fn envelope(text: &str) -> Result<(), EventError> {
    let mut scanner = Scanner::new(text);
    let found = keys(text, &mut scanner).map_err(|broken| refusal(text, broken))?;
    let missing: Vec<&'static str> = ENVELOPE.into_iter().filter(|key| !found.iter().any(|f| *f == **key)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(EventError::one(text, Problem::MissingEnvelope(missing), Span::new(0, scanner.at())))
}

fn keys(text: &str, scanner: &mut Scanner<'_>) -> Result<Vec<Text>, Broken> {
    if scanner.start()? != Start::Object {
        return Err(Broken { at: scanner.at() });
    }
    scanner.open();
    let mut keys = Vec::new();
    while let Some(raw) = scanner.member(keys.is_empty())? {
        keys.push(Text::decode(&text[raw.start..raw.end]));
        scanner.skip(1)?;
    }
    Ok(keys)
}
