//! Events that somebody else has parsed. In: what was found at the wanted paths, as records. Out: the same fields as of
//! the event's text, which nobody needs to write.

use super::fields::{Array, FieldKind, NONE};
use super::{Field, Fields, Paths, Place, PlaceId};
use crate::text::Span;

/// One thing that was found, in the order in which the event is walked through. The low half of the first word is the
/// step times eight plus the kind, a constant of [`record`]; what the rest is depends on the kind.
pub type Record = [u64; 2];

/// The kinds of records.
pub mod record {
    /// A string: its length in bytes stands in the high half of the first word, and it is the next one of the text.
    pub const STRING: u32 = 0;
    /// A number: the bits of the double are the second word.
    pub const NUMBER: u32 = 1;
    /// `true`
    pub const TRUE: u32 = 2;
    /// `false`
    pub const FALSE: u32 = 3;
    /// `null`
    pub const NULL: u32 = 4;
    /// An array begins. What follows until it ends stands in it.
    pub const ARRAY: u32 = 5;
    /// An element of the array begins that is an object or an array; its index stands in the high half of the first
    /// word. All other elements stand in the array directly.
    pub const ELEMENT: u32 = 6;
    /// The element or the array ends that was the last to begin.
    pub const END: u32 = 7;
}

/// What was found at the wanted paths.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    /// The records.
    pub records: &'r [Record],
    /// All strings, one behind the other.
    pub text: &'r [u8],
}

impl Reading<'_> {
    /// Makes the fields of the records. `None` if these are not such as [`Record`] says; the fields are then of no use.
    pub(crate) fn collect(self, paths: &Paths, fields: &mut Fields) -> Option<()> {
        fields.clear(paths.len());
        fields.decoded.push_str(std::str::from_utf8(self.text).ok()?);
        let mut collector = Collector { paths, fields, text: 0, place: PlaceId::ROOT, array: NONE };
        for record in self.records {
            collector.take(record)?;
        }
        let complete = collector.place == PlaceId::ROOT && collector.array == NONE;
        fields.keep_choices();
        complete.then_some(())
    }
}

struct Collector<'a> {
    paths: &'a Paths,
    fields: &'a mut Fields,
    /// Where the next string begins in the text.
    text: usize,
    place: PlaceId,
    /// The array that has begun in this place.
    array: u32,
}

impl Collector<'_> {
    #[inline]
    fn take(&mut self, record: &Record) -> Option<()> {
        let head = record[0] as u32;
        let (step, more) = (head >> 3, (record[0] >> 32) as u32);
        let kind = match head & 7 {
            record::STRING => self.string(more)?,
            record::NUMBER => FieldKind::Double(record[1] as u32, (record[1] >> 32) as u32),
            record::TRUE => FieldKind::True,
            record::FALSE => FieldKind::False,
            record::NULL => FieldKind::Null,
            record::ARRAY => return self.begin_array(step),
            record::ELEMENT => return self.begin_element(more),
            _ => return self.end(),
        };
        let path = self.paths.at(step)?;
        self.fields.push(Field { path, place: self.place, span: Span::new(0, 0), kind, next: NONE });
        Some(())
    }

    #[inline]
    fn string(&mut self, length: u32) -> Option<FieldKind> {
        let start = self.text;
        self.text = start.checked_add(length as usize)?;
        self.fields.decoded.get(start..self.text)?;
        Some(FieldKind::Decoded(Span::new(start, self.text)))
    }

    fn begin_array(&mut self, step: u32) -> Option<()> {
        if self.array != NONE || !self.paths.has(step) {
            return None;
        }
        self.array = self.fields.arrays.len() as u32;
        let start = self.fields.places.len() as u32;
        self.fields.arrays.push(Array { step, start, end: NONE });
        Some(())
    }

    fn begin_element(&mut self, index: u32) -> Option<()> {
        if self.array == NONE {
            return None;
        }
        let place = self.fields.places.len() as u32;
        self.fields.places.push(Place { parent: self.place, array: self.array, index, end: NONE });
        self.place = PlaceId(place);
        self.array = NONE;
        Some(())
    }

    fn end(&mut self) -> Option<()> {
        let behind = self.fields.places.len() as u32;
        if self.array != NONE {
            self.fields.arrays[self.array as usize].end = behind;
            self.array = NONE;
            return Some(());
        }
        if self.place == PlaceId::ROOT {
            return None;
        }
        let element = &mut self.fields.places[self.place.0 as usize];
        element.end = behind;
        self.array = element.array;
        self.place = element.parent;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EmptyKeys, Fields, Paths, read};
    use super::record::{ARRAY, ELEMENT, END, FALSE, NULL, NUMBER, STRING, TRUE};
    use super::{Reading, Record};

    fn paths(texts: &[&str]) -> Paths {
        let mut paths = Paths::default();
        for text in texts {
            paths.add(&(*text).into(), EmptyKeys::Hidden);
        }
        paths
    }

    fn record(kind: u32, step: u32, more: u32) -> Record {
        [u64::from(more) << 32 | u64::from(step << 3 | kind), 0]
    }

    #[test]
    fn records_make_the_fields_of_the_text() {
        let paths = paths(&["a.b", "a.c", "d"]);
        let text = r#"{"a": [{"b": "é", "c": 1.5}, [{"b": null}], "x", {"c": true}], "d": [false, "z"]}"#;
        let mut number = record(NUMBER, 3, 0);
        number[1] = 1.5_f64.to_bits();
        let records = [
            record(ARRAY, 1, 0),
            record(ELEMENT, 0, 0),
            record(STRING, 2, 2),
            number,
            record(END, 0, 0),
            record(ELEMENT, 0, 1),
            record(ARRAY, 1, 0),
            record(ELEMENT, 0, 0),
            record(NULL, 2, 0),
            record(END, 0, 0),
            record(END, 0, 0),
            record(END, 0, 0),
            record(ELEMENT, 0, 3),
            record(TRUE, 3, 0),
            record(END, 0, 0),
            record(END, 0, 0),
            record(ARRAY, 4, 0),
            record(FALSE, 4, 0),
            record(STRING, 4, 1),
            record(END, 0, 0),
        ];
        let mut collected = Fields::default();
        Reading { records: &records, text: "éz".as_bytes() }.collect(&paths, &mut collected).expect("fields");
        let mut expected = Fields::default();
        read(text, &paths, &mut expected).expect("an event");
        let shown = |fields: &Fields, text: &str| -> Vec<String> {
            let around = |place| fields.around(place).map(|(array, at)| (array, fields.place(at).index)).collect();
            let field = |field: &super::Field| {
                let around: Vec<_> = around(field.place);
                match fields.value(text, field).as_number() {
                    Some(number) => format!("{:?} {:?} {around:?}", field.path, number.amount()),
                    None => format!("{:?} {:?} {around:?}", field.path, fields.value(text, field)),
                }
            };
            fields.all().iter().map(field).collect()
        };
        assert_eq!(shown(&collected, ""), shown(&expected, text));
    }

    #[test]
    fn wrong_records_are_refused() {
        let paths = paths(&["a.b"]);
        let wrong: &[&[Record]] = &[
            &[record(TRUE, 0, 0)],
            &[record(TRUE, 1, 0)],
            &[record(TRUE, 3, 0)],
            &[record(STRING, 2, 3)],
            &[record(STRING, 2, 1)],
            &[record(ARRAY, 3, 0)],
            &[record(ARRAY, 1, 0)],
            &[record(ARRAY, 1, 0), record(ARRAY, 1, 0)],
            &[record(ARRAY, 1, 0), record(ELEMENT, 0, 0), record(END, 0, 0)],
            &[record(ELEMENT, 0, 0)],
            &[record(END, 0, 0)],
        ];
        for records in wrong {
            let mut fields = Fields::default();
            assert!(Reading { records, text: "é".as_bytes() }.collect(&paths, &mut fields).is_none(), "{records:?}");
        }
    }
}
