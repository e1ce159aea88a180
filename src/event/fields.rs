//! What was read from an event: values at paths, and where they stand in arrays.

use super::PathId;
use crate::json::input::Padded;
use crate::text::Span;
use crate::value::{Number, Value};
use std::borrow::Cow;

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
pub(super) struct Array {
    /// Where it stands in the paths.
    pub(super) step: u32,
    /// The places inside of it are numbered from here
    pub(super) start: u32,
    /// and before this.
    pub(super) end: u32,
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
    pub(super) kind: FieldKind,
    pub(super) next: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum FieldKind {
    Text,
    /// Where the decoded text is kept.
    Decoded(Span),
    Number,
    /// The halves of its bits, the low one first.
    Double(u32, u32),
    True,
    False,
    Null,
}

pub(super) const NONE: u32 = u32::MAX;

/// The fields of one event. Can be used again for the next event, without new memory.
#[derive(Debug, Default)]
pub struct Fields {
    pub(super) fields: Vec<Field>,
    /// First and last field of each path.
    pub(super) ends: Vec<(u32, u32)>,
    pub(super) places: Vec<Place>,
    pub(super) arrays: Vec<Array>,
    pub(super) decoded: String,
    /// The event, where it needs to be copied.
    pub(super) copy: Padded,
    /// Room for [`Fields::keep_choices`]: which places have fields inside, and of each array how many elements.
    used: Vec<bool>,
    elements: Vec<u32>,
    nested: bool,
}

impl Fields {
    /// The fields at a path, in the order of the text.
    #[inline]
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

    /// How many places there are, with [`PlaceId::ROOT`].
    pub(crate) fn places(&self) -> usize {
        self.places.len()
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

    /// Does a field at this path stand in an element of an array in which several have fields?
    #[inline(always)]
    pub fn nested(&self, path: PathId) -> bool {
        self.nested && self.at(path).any(|field| field.place != PlaceId::ROOT)
    }

    /// Do all fields stand outside of arrays, or in the only element that has some?
    pub fn flat(&self) -> bool {
        !self.nested
    }

    /// The value of a field of the event `text`.
    #[inline(always)]
    pub fn value<'a>(&'a self, text: &'a str, field: &Field) -> Value<'a> {
        let Span { start, end } = field.span;
        match field.kind {
            FieldKind::Text => Value::String(Cow::Borrowed(part(text, start + 1, end - 1))),
            FieldKind::Decoded(span) => Value::String(Cow::Borrowed(span.of(&self.decoded))),
            FieldKind::Number => Value::Number(Number::read(part(text, start, end).into())),
            FieldKind::Double(low, high) => {
                Value::Number(Number::of_double(f64::from_bits(u64::from(high) << 32 | u64::from(low))))
            }
            FieldKind::True => Value::True,
            FieldKind::False => Value::False,
            FieldKind::Null => Value::Null,
        }
    }

    /// Reads the number in a field of the event `text` once for all who will ask for its value.
    #[inline(always)]
    pub(crate) fn read_number(&mut self, text: &str, at: usize) {
        let field = &mut self.fields[at];
        if let FieldKind::Number = field.kind
            && let Some(amount) = Number::read(part(text, field.span.start, field.span.end).into()).known_amount()
        {
            let bits = amount.to_bits();
            field.kind = FieldKind::Double(bits as u32, (bits >> 32) as u32);
        }
    }

    #[inline(always)]
    pub(super) fn push(&mut self, field: Field) {
        let at = self.fields.len() as u32;
        let ends = &mut self.ends[field.path.0 as usize];
        if ends.0 == NONE {
            ends.0 = at;
        } else {
            self.fields[ends.1 as usize].next = at;
        }
        ends.1 = at;
        self.fields.push(field);
    }

    pub(super) fn clear(&mut self, paths: usize) {
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
    #[inline]
    pub(super) fn keep_choices(&mut self) {
        if self.places.len() > 1 {
            self.keep_choices_of_arrays();
        }
    }

    #[inline(never)]
    fn keep_choices_of_arrays(&mut self) {
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

/// As [`Span::of`], which is no call here.
#[inline(always)]
fn part(text: &str, start: u32, end: u32) -> &str {
    text.get(start as usize..end as usize).unwrap_or("")
}
