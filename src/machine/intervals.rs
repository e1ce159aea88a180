//! Ranges of numbers on one path. Doubles are put in order as integers of 64 bits; a range is kept under the longest row of
//! leading bits that both of its ends share, and so does every number in it share these bits. So a number is looked up
//! once for each length of such a row that there is, and only ranges around it or near to it are asked.

use super::ConditionId;
use super::keyed::Keyed;
use super::values::Opened;
use crate::operators::Test;
use crate::operators::numeric::{Bound, Numeric};
use crate::value::{Number, Value};

/// So many are asked one after another.
const FEW: usize = 16;

/// Doors by ranges.
#[derive(Debug, Default)]
pub(super) struct Intervals {
    all: Vec<(Test, ConditionId)>,
    /// Under which the numbers of ranges stand, not of doors.
    keyed: Keyed,
    /// How many bits the ends share: a bit for each, from 0 to 64.
    lengths: u128,
}

impl Intervals {
    /// A value that passes `test`, a range, opens `door`.
    pub(super) fn add(&mut self, test: &Test, range: &Numeric, asked: u32, door: Option<ConditionId>) {
        let (first, length) = row(range);
        let number = door.map(|door| {
            self.all.push((test.clone(), door));
            self.lengths |= 1 << length;
            ConditionId(self.all.len() as u32 - 1)
        });
        self.keyed.add(&key(first, length), asked, number);
    }

    /// How many branches ask for ranges that are kept in the same place.
    pub(super) fn asked(&self, range: &Numeric) -> u32 {
        let (first, length) = row(range);
        self.keyed.asked(&key(first, length))
    }

    pub(super) fn open(&self, number: &Number<'_>, value: &Value<'_>, opened: &mut Opened<'_>) {
        if self.all.len() <= FEW {
            for (test, door) in &self.all {
                opened.open_if(*door, || test.passes(value));
            }
            return;
        }
        if number.double().is_nan() {
            return;
        }
        let place = ordered(number.double());
        let mut lengths = self.lengths;
        while lengths != 0 {
            let length = lengths.trailing_zeros();
            lengths &= lengths - 1;
            self.keyed.under(&key(place, length), |number| {
                let (test, door) = &self.all[number.0 as usize];
                opened.open_if(*door, || test.passes(value));
            });
        }
    }
}

/// A number in the range, and how many leading bits all of them share.
fn row(range: &Numeric) -> (u64, u32) {
    let place = |bound: Option<&Bound>, none: u64| bound.map_or(none, |bound| ordered(bound.number.double()));
    let (low, high) = match range {
        Numeric::Equal(number) => (ordered(number.double()), ordered(number.double())),
        Numeric::Range { low, high } => (place(low.as_ref(), 0), place(high.as_ref(), u64::MAX)),
    };
    (low, (low ^ high).leading_zeros())
}

/// The doubles in the order of their amounts.
fn ordered(double: f64) -> u64 {
    let bits = double.to_bits();
    if double.is_sign_negative() { !bits } else { bits | 1 << 63 }
}

fn key(place: u64, length: u32) -> [u8; 9] {
    let mut key = [length as u8; 9];
    key[1..].copy_from_slice(&place.unbounded_shr(64 - length).to_le_bytes());
    key
}
