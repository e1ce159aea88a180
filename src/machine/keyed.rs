//! Doors by keys: a value, a part of it, or what it comes to.

use super::ConditionId;
use super::memory::Room;
use super::values::Opened;
use crate::order::Dictionary;
use crate::value::Address;

/// An address as the key of a dictionary.
pub(super) fn key(address: Address) -> [u8; 17] {
    let (family, bits) = match address {
        Address::V4(bits) => (4, u128::from(bits)),
        Address::V6(bits) => (6, bits),
    };
    let mut key = [family; 17];
    key[1..].copy_from_slice(&bits.to_le_bytes());
    key
}

/// Doors by keys.
#[derive(Debug, Default)]
pub(super) struct Keyed {
    keys: Dictionary,
    /// Of each key: its first door in `links`, and how many branches ask for it.
    doors: Vec<(u32, u32)>,
    /// A door and the next one of the same key.
    links: Vec<(ConditionId, u32)>,
}

const NONE: u32 = u32::MAX;

impl Keyed {
    pub(super) fn is_empty(&self) -> bool {
        self.doors.is_empty()
    }

    /// So many more branches ask for a key, and perhaps it opens a door.
    pub(super) fn add(&mut self, key: &[u8], asked: u32, door: Option<ConditionId>) {
        let number = self.keys.add(key) as usize;
        if number == self.doors.len() {
            self.doors.push((NONE, 0));
        }
        let (first, before) = &mut self.doors[number];
        *before += asked;
        if let Some(door) = door {
            let next = std::mem::replace(first, self.links.len() as u32);
            self.links.push((door, next));
        }
    }

    pub(super) fn asked(&self, key: &[u8]) -> u32 {
        self.keys.find(key).map_or(0, |number| self.doors[number as usize].1)
    }

    pub(super) fn find(&self, key: &[u8]) -> Option<u32> {
        self.keys.find(key)
    }

    pub(super) fn open(&self, key: &[u8], opened: &mut Opened<'_>) {
        self.under(key, |door| opened.open(door));
    }

    /// What stands under a key.
    #[inline(always)]
    pub(super) fn under(&self, key: &[u8], tell: impl FnMut(ConditionId)) {
        if let Some(number) = self.keys.find(key) {
            self.each(number, tell);
        }
    }

    /// What stands under some keys, each of which may come more than once.
    pub(super) fn under_any<'k>(
        &self,
        keys: impl Iterator<Item = &'k [u8]>,
        room: &mut Room,
        mut tell: impl FnMut(ConditionId),
    ) {
        for number in keys.filter_map(|key| self.keys.find(key)) {
            if room.is_new(number) {
                self.each(number, &mut tell);
            }
        }
        room.forget();
    }

    /// What stands under the key of this number.
    #[inline(always)]
    pub(super) fn each(&self, number: u32, mut tell: impl FnMut(ConditionId)) {
        let mut at = self.doors[number as usize].0;
        while let Some((door, next)) = self.links.get(at as usize) {
            tell(*door);
            at = *next;
        }
    }
}

/// So many first bytes of a value.
pub(super) fn beginning(bytes: &[u8], length: usize) -> Option<&[u8]> {
    bytes.get(..length)
}

/// So many last bytes of a value.
pub(super) fn end(bytes: &[u8], length: usize) -> Option<&[u8]> {
    bytes.get(bytes.len().checked_sub(length)?..)
}

/// Doors by the beginnings or ends of values: each length that there is is looked up.
#[derive(Debug, Default)]
pub(super) struct Affixes {
    pub(super) keyed: Keyed,
    /// Ascending.
    lengths: Vec<u32>,
}

impl Affixes {
    pub(super) fn add(&mut self, key: &[u8], asked: u32, door: Option<ConditionId>) {
        self.keyed.add(key, asked, door);
        let length = key.len() as u32;
        if let Err(at) = self.lengths.binary_search(&length) {
            self.lengths.insert(at, length);
        }
    }

    pub(super) fn open(&self, bytes: &[u8], part: impl Fn(&[u8], usize) -> Option<&[u8]>, opened: &mut Opened<'_>) {
        self.under(bytes, part, |door| opened.open(door));
    }

    /// What stands under the parts of a value.
    pub(super) fn under(
        &self,
        bytes: &[u8],
        part: impl Fn(&[u8], usize) -> Option<&[u8]>,
        mut tell: impl FnMut(ConditionId),
    ) {
        for length in &self.lengths {
            let Some(part) = part(bytes, *length as usize) else {
                return;
            };
            self.keyed.under(part, &mut tell);
        }
    }
}

/// Doors by ranges of addresses: each number of leading bits that there is is looked up.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    keyed: Keyed,
    bits: Vec<u8>,
}

impl Ranges {
    pub(super) fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    fn key(first: Address, bits: u8) -> [u8; 18] {
        let mut bytes = [bits; 18];
        bytes[1..].copy_from_slice(&key(first));
        bytes
    }

    pub(super) fn add(&mut self, first: Address, bits: u8, asked: u32, door: Option<ConditionId>) {
        self.keyed.add(&Ranges::key(first, bits), asked, door);
        if !self.bits.contains(&bits) {
            self.bits.push(bits);
        }
    }

    pub(super) fn asked(&self, first: Address, bits: u8) -> u32 {
        self.keyed.asked(&Ranges::key(first, bits))
    }

    pub(super) fn open(&self, address: Address, opened: &mut Opened<'_>) {
        for &bits in &self.bits {
            let first = match address {
                Address::V4(n) => Address::V4(n & !u32::MAX.checked_shr(bits.into()).unwrap_or(0)),
                Address::V6(n) => Address::V6(n & !u128::MAX.checked_shr(bits.into()).unwrap_or(0)),
            };
            self.keyed.open(&Ranges::key(first, bits), opened);
        }
    }
}
