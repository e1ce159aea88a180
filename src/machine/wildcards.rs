//! Many wildcards on one path. Each is kept under one of its fixed pieces: its beginning, its end, both together, or a
//! few bytes from between its stars, whichever the fewest others are kept under. A value that fits has this piece, so
//! only the wildcards under the pieces of a value are tried.

use super::ConditionId;
use super::keyed::{Affixes, Keyed, beginning, end};
use super::memory::Room;
use super::values::Opened;
use crate::operators::wildcard::Wildcard;

/// Wildcards, by one piece of each.
#[derive(Debug, Default)]
pub(super) struct Wildcards {
    all: Vec<(Wildcard, ConditionId)>,
    /// A sign of each: what of `Signs` a value must have.
    signs: Vec<u16>,
    /// Under which the numbers of wildcards stand, not of doors.
    beginnings: Affixes,
    ends: Affixes,
    both: Keyed,
    /// How long the beginnings and ends in `both` are.
    shapes: Vec<(u32, u32)>,
    /// Up to `GRAM` bytes from between two stars.
    grams: [Keyed; GRAM],
    /// Those that are only stars.
    stars: Vec<u32>,
}

const GRAM: usize = 6;

/// What it costs to be kept under a piece of each length, against others under the same: short ones stand in many values.
const COMMON: [u32; GRAM] = [512, 128, 32, 8, 4, 4];

/// Each shape is looked up for each value.
const MOST_SHAPES: usize = 32;

/// A piece under which others are kept up to this number is good enough.
const FEW: u32 = 4;

enum Place<'w> {
    Beginning(&'w [u8]),
    End(&'w [u8]),
    Both(&'w [u8], &'w [u8]),
    Gram(&'w [u8]),
    Star,
}

impl Wildcards {
    pub(super) fn add(&mut self, wildcard: &Wildcard, door: ConditionId) {
        // The numbers of wildcards are kept where those of doors are elsewhere.
        let number = ConditionId(self.all.len() as u32);
        match self.place(wildcard).1 {
            Place::Beginning(piece) => self.beginnings.add(piece, 1, Some(number)),
            Place::End(piece) => self.ends.add(piece, 1, Some(number)),
            Place::Both(first, last) => {
                let shape = (first.len() as u32, last.len() as u32);
                if !self.shapes.contains(&shape) {
                    self.shapes.push(shape);
                }
                self.both.add(&both(first, last), 1, Some(number));
            }
            Place::Gram(piece) => self.grams[piece.len() - 1].add(piece, 1, Some(number)),
            Place::Star => self.stars.push(number.0),
        }
        self.signs.push(Signs::of(wildcard));
        self.all.push((wildcard.clone(), door));
    }

    /// How many wildcards would be tried with this one.
    pub(super) fn asked(&self, wildcard: &Wildcard) -> u32 {
        self.place(wildcard).0
    }

    /// The place that the fewest others have, and how many these are.
    fn place<'w>(&self, wildcard: &'w Wildcard) -> (u32, Place<'w>) {
        let [first, between @ .., last] = wildcard.pieces() else {
            // Without a star it is one whole string.
            let whole = wildcard.pieces().first().map_or(&[][..], |piece| piece.as_bytes());
            return (self.beginnings.keyed.asked(whole), Place::Beginning(whole));
        };
        let (first, last) = (first.as_bytes(), last.as_bytes());
        let mut best = (self.stars.len() as u32 + 1_000, Place::Star);
        let mut offer = |waiting: u32, place: Place<'w>| {
            if waiting < best.0 {
                best = (waiting, place);
            }
        };
        if !first.is_empty() {
            offer(self.beginnings.keyed.asked(first), Place::Beginning(first));
        }
        if !last.is_empty() {
            offer(self.ends.keyed.asked(last), Place::End(last));
        }
        let shape = (first.len() as u32, last.len() as u32);
        let known = self.shapes.contains(&shape) || self.shapes.len() < MOST_SHAPES;
        if !first.is_empty() && !last.is_empty() && known {
            offer(self.both.asked(&both(first, last)) + FEW, Place::Both(first, last));
        }
        for piece in between.iter().map(|piece| piece.as_bytes()) {
            for gram in piece.windows(GRAM.min(piece.len()).max(1)) {
                let waiting = self.grams[gram.len() - 1].asked(gram) + COMMON[gram.len() - 1];
                offer(waiting, Place::Gram(gram));
            }
        }
        best
    }

    pub(super) fn open(&self, text: &str, room: &mut Room, opened: &mut Opened<'_>) {
        if self.all.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let signs = Signs::new(bytes);
        let mut attempt = |number: ConditionId| {
            if !signs.has(self.signs[number.0 as usize]) {
                return;
            }
            let (wildcard, door) = &self.all[number.0 as usize];
            opened.open_if(*door, || wildcard.fits(text));
        };
        self.beginnings.under(bytes, beginning, &mut attempt);
        self.ends.under(bytes, end, &mut attempt);
        for &(first, last) in &self.shapes {
            let (first, last) = (first as usize, last as usize);
            if first + last <= bytes.len() {
                room.bytes.clear();
                room.bytes.extend_from_slice(&bytes[..first]);
                room.bytes.push(0);
                room.bytes.extend_from_slice(&bytes[bytes.len() - last..]);
                self.both.under(&room.bytes, &mut attempt);
            }
        }
        for (grams, length) in self.grams.iter().zip(1..).filter(|(grams, _)| !grams.is_empty()) {
            grams.under_any(bytes.windows(length), room, &mut attempt);
        }
        self.stars.iter().for_each(|number| attempt(ConditionId(*number)));
    }
}

/// Which bytes and pairs of bytes a value has, pairs by a hash: 256 bits each. Nearly all wildcards that do not fit are
/// passed by without being looked at.
struct Signs([u64; 8]);

impl Signs {
    /// No sign.
    const NONE: u16 = 512;

    fn new(bytes: &[u8]) -> Signs {
        let mut signs = Signs([0; 8]);
        let mut set = |sign: u16| signs.0[sign as usize / 64] |= 1 << (sign % 64);
        bytes.iter().for_each(|byte| set(u16::from(*byte)));
        bytes.windows(2).for_each(|pair| set(Signs::pair(pair)));
        signs
    }

    fn pair(pair: &[u8]) -> u16 {
        256 | u16::from(pair[0].wrapping_mul(31).wrapping_add(pair[1]))
    }

    /// A pair or a byte from between two stars.
    fn of(wildcard: &Wildcard) -> u16 {
        let [_, between @ .., _] = wildcard.pieces() else {
            return Signs::NONE;
        };
        let pieces = || between.iter().map(|piece| piece.as_bytes());
        let pair = pieces().find(|piece| piece.len() > 1).map(|piece| Signs::pair(&piece[..2]));
        pair.or_else(|| pieces().find_map(|piece| piece.first().map(|byte| u16::from(*byte)))).unwrap_or(Signs::NONE)
    }

    fn has(&self, sign: u16) -> bool {
        self.0.get(sign as usize / 64).is_none_or(|word| word >> (sign % 64) & 1 == 1)
    }
}

fn both(first: &[u8], last: &[u8]) -> Vec<u8> {
    [first, &[0], last].concat()
}
