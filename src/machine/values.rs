//! From a value to the doors that it opens. What can be found by the value is found by it; the rest is asked in turn.

use super::ConditionId;
use super::condition::text_of;
use super::intervals::Intervals;
use super::keyed::{Affixes, Keyed, Ranges, beginning, end, key};
use super::memory::{Judged, OPENED, PASSES, Room};
use super::wildcards::Wildcards;
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::operators::numeric::Numeric;
use crate::operators::prefix::Affix;
use crate::value::{Address, Value};

/// The doors of one path.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Are there doors, or is only known what rules ask for?
    doors: bool,
    /// How many branches ask for the path, those of removed rules included.
    users: u32,
    strings: Keyed,
    /// What most paths have not.
    more: Option<Box<More>>,
}

#[derive(Debug, Default)]
struct More {
    /// In lower case.
    folded: Keyed,
    prefixes: Affixes,
    folded_prefixes: Affixes,
    suffixes: Affixes,
    folded_suffixes: Affixes,
    wildcards: Wildcards,
    addresses: Keyed,
    ranges: Ranges,
    intervals: Intervals,
    /// By the bits of the amount; amounts have no negative zero.
    amounts: Keyed,
    /// Numbers that are compared by their spelling.
    spellings: Keyed,
    /// `false`, `true`, `null`, and anything at all.
    words: Keyed,
    others: Vec<(Test, ConditionId)>,
    /// How many branches ask for one of the others.
    asked: u32,
}

/// The doors that this event has opened.
pub(super) struct Opened<'a> {
    pub(super) judged: &'a mut Judged,
    pub(super) doors: &'a mut Vec<ConditionId>,
}

impl Opened<'_> {
    #[inline(always)]
    fn is_open(&self, door: ConditionId) -> bool {
        self.judged.is_opened(door)
    }

    #[inline(always)]
    pub(super) fn open(&mut self, door: ConditionId) {
        if !self.is_open(door) {
            self.judged.note(door, PASSES | OPENED);
            self.doors.push(door);
        }
    }

    /// Opens a door if a test passes, which is not asked twice.
    pub(super) fn open_if(&mut self, door: ConditionId, passes: impl FnOnce() -> bool) {
        if !self.is_open(door) && passes() {
            self.open(door);
        }
    }
}

/// Where a test is kept.
enum Place<'t> {
    Folded(String),
    Prefix(&'t str),
    FoldedPrefix(String),
    Suffix(&'t str),
    FoldedSuffix(String),
    Address(Address),
    Cidr(Address, u8),
    Amount(f64),
    Spelling(&'t str),
    Range(&'t Numeric),
    Word(&'static str),
    Wildcard,
    Other,
}

impl Values {
    pub(super) fn has_doors(&self) -> bool {
        self.doors
    }

    /// The number of a whole string that some branch asks for.
    pub(super) fn number_of(&self, text: &str) -> Option<u32> {
        self.strings.find(text.as_bytes())
    }

    /// How many branches ask for the path; at least one.
    pub(super) fn users(&self) -> u32 {
        self.users.max(1)
    }

    /// One more branch asks for values that pass one of the tests.
    pub(super) fn ask(&mut self, tests: &[Test]) {
        self.users += 1;
        tests.iter().for_each(|test| self.add(test, 1, None));
    }

    /// A value that passes `test` opens `door`.
    pub(super) fn open(&mut self, test: &Test, door: ConditionId) {
        self.doors = true;
        self.add(test, 0, Some(door));
    }

    fn add(&mut self, test: &Test, asked: u32, door: Option<ConditionId>) {
        match text_of(test) {
            Some(text) => self.strings.add(text.as_bytes(), asked, door),
            None => more(&mut self.more).add(test, asked, door),
        }
    }

    /// How many branches ask for values that pass `test`, as far as is known.
    pub(super) fn asked(&self, test: &Test) -> u32 {
        match (text_of(test), &self.more) {
            (Some(text), _) => self.strings.asked(text.as_bytes()),
            (None, Some(more)) => more.asked(test),
            (None, None) => 0,
        }
    }

    /// Opens the doors that `value` opens. `room` is for what is written down meanwhile.
    pub(super) fn opened_by(&self, value: &Value<'_>, room: &mut Room, opened: &mut Opened<'_>) {
        if let Value::String(text) = value {
            self.strings.open(text.as_bytes(), opened);
        }
        if let Some(more) = &self.more {
            more.opened_by(value, room, opened);
        }
    }
}

#[inline(never)]
fn more(more: &mut Option<Box<More>>) -> &mut More {
    more.get_or_insert_default()
}

impl More {
    #[inline(never)]
    fn add(&mut self, test: &Test, asked: u32, door: Option<ConditionId>) {
        match place(test) {
            Place::Folded(text) => self.folded.add(text.as_bytes(), asked, door),
            Place::Prefix(text) => self.prefixes.add(text.as_bytes(), asked, door),
            Place::FoldedPrefix(text) => self.folded_prefixes.add(text.as_bytes(), asked, door),
            Place::Suffix(text) => self.suffixes.add(text.as_bytes(), asked, door),
            Place::FoldedSuffix(text) => self.folded_suffixes.add(text.as_bytes(), asked, door),
            Place::Address(address) => self.addresses.add(&key(address), asked, door),
            Place::Cidr(first, bits) => self.ranges.add(first, bits, asked, door),
            Place::Amount(amount) => self.amounts.add(&amount.to_bits().to_le_bytes(), asked, door),
            Place::Spelling(text) => self.spellings.add(text.as_bytes(), asked, door),
            Place::Range(range) => self.intervals.add(test, range, asked, door),
            Place::Word(word) => self.words.add(word.as_bytes(), asked, door),
            Place::Wildcard => {
                if let (Test::Wildcard(wildcard), Some(door)) = (test, door) {
                    self.wildcards.add(wildcard, door);
                }
            }
            Place::Other => {
                self.asked += asked;
                self.others.extend(door.map(|door| (test.clone(), door)));
            }
        }
    }

    #[inline(never)]
    fn asked(&self, test: &Test) -> u32 {
        match place(test) {
            Place::Folded(text) => self.folded.asked(text.as_bytes()),
            Place::Prefix(text) => self.prefixes.keyed.asked(text.as_bytes()),
            Place::FoldedPrefix(text) => self.folded_prefixes.keyed.asked(text.as_bytes()),
            Place::Suffix(text) => self.suffixes.keyed.asked(text.as_bytes()),
            Place::FoldedSuffix(text) => self.folded_suffixes.keyed.asked(text.as_bytes()),
            Place::Address(address) => self.addresses.asked(&key(address)),
            Place::Cidr(first, bits) => self.ranges.asked(first, bits),
            Place::Amount(amount) => self.amounts.asked(&amount.to_bits().to_le_bytes()),
            Place::Spelling(text) => self.spellings.asked(text.as_bytes()),
            Place::Range(range) => self.intervals.asked(range),
            Place::Word(word) => self.words.asked(word.as_bytes()),
            Place::Wildcard => match test {
                Test::Wildcard(wildcard) => self.wildcards.asked(wildcard),
                _ => 0,
            },
            Place::Other => self.asked,
        }
    }

    #[inline(never)]
    fn opened_by(&self, value: &Value<'_>, room: &mut Room, opened: &mut Opened<'_>) {
        match value {
            Value::String(text) => self.opened_by_text(text, room, opened),
            Value::Number(number) => {
                self.intervals.open(number, value, opened);
                // A double that stands in the keys, but for numbers that are not compared by amount.
                let bits = number.double().to_bits().to_le_bytes();
                if let Some(found) = self.amounts.find(&bits).filter(|_| number.amount().is_some()) {
                    self.amounts.each(found, |door| opened.open(door));
                }
                if !self.spellings.is_empty() && number.amount().is_none() {
                    self.spellings.open(number.text().as_bytes(), opened);
                }
            }
            Value::True => self.words.open(TRUE.as_bytes(), opened),
            Value::False => self.words.open(FALSE.as_bytes(), opened),
            Value::Null => self.words.open(NULL.as_bytes(), opened),
        }
        self.words.open(ANYTHING.as_bytes(), opened);
        for (test, door) in &self.others {
            opened.open_if(*door, || test.passes(value));
        }
    }

    fn opened_by_text(&self, text: &str, room: &mut Room, opened: &mut Opened<'_>) {
        let bytes = text.as_bytes();
        self.prefixes.open(bytes, beginning, opened);
        self.suffixes.open(bytes, end, opened);
        if !(self.folded.is_empty() && self.folded_prefixes.keyed.is_empty() && self.folded_suffixes.keyed.is_empty()) {
            let folded = &mut room.bytes;
            folded.clear();
            folded.extend_from_slice(bytes);
            folded.make_ascii_lowercase();
            self.folded.open(folded, opened);
            self.folded_prefixes.open(folded, beginning, opened);
            self.folded_suffixes.open(folded, end, opened);
        }
        self.wildcards.open(text, room, opened);
        if !(self.addresses.is_empty() && self.ranges.is_empty())
            && let Some(address) = Address::parse(text)
        {
            self.addresses.open(&key(address), opened);
            self.ranges.open(address, opened);
        }
    }
}

const TRUE: &str = "true";
const FALSE: &str = "false";
const NULL: &str = "null";
const ANYTHING: &str = "";

/// Where a test is kept that is for no whole string.
fn place(test: &Test) -> Place<'_> {
    // A quote in an affix can stand for the one around the value (`operators::prefix`), and only ASCII is folded here.
    let lower = |text: &str| text.is_ascii().then(|| text.to_ascii_lowercase());
    match test {
        Test::Equals(Equals::Address { address, .. }) => Place::Address(*address),
        Test::Equals(Equals::Number(number)) | Test::Numeric(Numeric::Equal(number)) => match number.amount() {
            Some(amount) => Place::Amount(amount),
            None => Place::Spelling(number.text()),
        },
        Test::Numeric(range) => Place::Range(range),
        Test::Equals(Equals::Bool(true)) => Place::Word(TRUE),
        Test::Equals(Equals::Bool(false)) => Place::Word(FALSE),
        Test::Equals(Equals::Null) => Place::Word(NULL),
        Test::Exists(exists) if exists.exists => Place::Word(ANYTHING),
        Test::EqualsIgnoreCase(test) => lower(test.text.text()).map_or(Place::Other, Place::Folded),
        Test::Prefix(test) if !test.text.text().ends_with('"') => match &test.text {
            Affix::Plain(text) => Place::Prefix(text),
            Affix::IgnoreCase(folded) => lower(folded.text()).map_or(Place::Other, Place::FoldedPrefix),
        },
        Test::Suffix(test) if !test.text.text().starts_with('"') => match &test.text {
            Affix::Plain(text) => Place::Suffix(text),
            Affix::IgnoreCase(folded) => lower(folded.text()).map_or(Place::Other, Place::FoldedSuffix),
        },
        Test::Cidr(cidr) => Place::Cidr(cidr.first(), common_bits(cidr.first(), cidr.last())),
        Test::Wildcard(_) => Place::Wildcard,
        _ => Place::Other,
    }
}

/// How many bits from the first on two addresses of one family share.
fn common_bits(first: Address, last: Address) -> u8 {
    match (first, last) {
        (Address::V4(first), Address::V4(last)) => (first ^ last).leading_zeros() as u8,
        (Address::V6(first), Address::V6(last)) => (first ^ last).leading_zeros() as u8,
        _ => 0,
    }
}
