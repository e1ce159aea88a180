//! Sorting and hashing in little code. The sorts of the standard library are compiled anew for every type, 8 KB each, and
//! so are its hash maps, with a hasher against attacks that our maps need not fear: events are looked up in them, only
//! patterns are put in. In the wasm module they had come to 67 KB (`twiggy top`), and its trees to another 15 KB.

mod map;

pub(crate) use map::Map;

use std::hash::Hasher;

/// Mixes what it is given by rotation and multiplication with an odd number.
#[derive(Default)]
pub(crate) struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
    // Tests have a dozen places with a text.
    #[inline(never)]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.mix(u64::from_le_bytes(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, n: u8) {
        self.mix(n.into());
    }

    fn write_u32(&mut self, n: u32) {
        self.mix(n.into());
    }

    fn write_u64(&mut self, n: u64) {
        self.mix(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.mix(n as u64);
    }

    /// Only the lower half is looked at, so it must depend on everything.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

/// A hash of bytes, eight at a time.
#[inline(always)]
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => short(bytes),
    };
    let mut sum = (first ^ bytes.len() as u64).wrapping_mul(MIX);
    if bytes.len() > 16 {
        for word in bytes[8..].as_chunks::<8>().0 {
            sum = (sum.rotate_left(29) ^ u64::from_le_bytes(*word)).wrapping_mul(MIX);
        }
    }
    fold((sum.rotate_left(29) ^ last).wrapping_mul(MIX))
}

/// Odd, and of bits without a pattern: what is multiplied with it is mixed.
pub(crate) const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

fn fold(sum: u64) -> u32 {
    ((sum >> 32) ^ sum) as u32
}

/// Fewer than eight bytes as two words that tell them apart.
#[inline(always)]
fn short(bytes: &[u8]) -> (u64, u64) {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
        _ => match *bytes {
            [] => (0, 0),
            [a] => (a.into(), 0),
            [a, b] => (a.into(), b.into()),
            [a, b, c, ..] => (u64::from(a) | u64::from(b) << 8, c.into()),
        },
    }
}

/// Are they the same bytes? Eight at a time: in WebAssembly `==` compares byte by byte.
#[inline(always)]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        (Some(x), Some(y)) => x == y && (a.len() == 8 || a.as_chunks::<8>().0 == b.as_chunks::<8>().0),
        _ => short(a) == short(b),
    }
}

/// Numbers, found by the hash of what they stand for. It does not know what that is: who asks compares.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Hash and number; a power of two of them, a third empty.
    slots: Vec<(u32, u32)>,
    used: usize,
}

const EMPTY: u32 = u32::MAX;

impl Table {
    /// The number with this hash that `is` the one.
    #[inline(always)]
    pub(crate) fn find(&self, hash: u32, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        loop {
            let (known, number) = *self.slots.get(at)?;
            if number == EMPTY {
                return None;
            }
            if known == hash && is(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Adds a number that `find` does not find.
    pub(crate) fn insert(&mut self, hash: u32, number: u32) {
        if self.used * 3 >= self.slots.len() * 2 {
            let more = (self.slots.len() * 2).max(4);
            let old = std::mem::replace(&mut self.slots, vec![(0, EMPTY); more]);
            old.into_iter().filter(|(_, number)| *number != EMPTY).for_each(|(hash, number)| self.put(hash, number));
        }
        self.put(hash, number);
        self.used += 1;
    }

    fn put(&mut self, hash: u32, number: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].1 != EMPTY {
            at = (at + 1) & mask;
        }
        self.slots[at] = (hash, number);
    }
}

/// Byte strings and their numbers, 0, 1, 2, … in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    table: Table,
    /// Where each begins in `bytes`; it ends where the next one begins.
    starts: Vec<u32>,
    bytes: Vec<u8>,
    /// Which lengths there are, a bit for each; the last one is for all that are longer.
    lengths: u64,
}

impl Dictionary {
    /// The number of a byte string.
    #[inline(never)]
    pub(crate) fn find(&self, key: &[u8]) -> Option<u32> {
        if self.lengths & length_bit(key) == 0 {
            return None;
        }
        self.table.find(hash(key), |number| same(self.key(number), key))
    }

    /// The number of a byte string, which is new if it was not there.
    pub(crate) fn add(&mut self, key: &[u8]) -> u32 {
        let hash = hash(key);
        if let Some(number) = self.table.find(hash, |number| same(self.key(number), key)) {
            return number;
        }
        let number = self.starts.len() as u32;
        self.table.insert(hash, number);
        self.starts.push(self.bytes.len() as u32);
        self.bytes.extend_from_slice(key);
        self.lengths |= length_bit(key);
        number
    }

    #[inline(always)]
    fn key(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let end = self.starts.get(number + 1).map_or(self.bytes.len(), |end| *end as usize);
        &self.bytes[self.starts[number] as usize..end]
    }
}

fn length_bit(key: &[u8]) -> u64 {
    1 << key.len().min(63)
}

/// Sorts by `before`. Equal items end in any order.
pub(crate) fn sort_by<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    heap_sort(&mut Items { items, before });
}

/// Sorts by a number, equal ones in the order in which they were.
pub(crate) fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let mut keyed: Vec<(u64, usize, Option<T>)> =
        items.drain(..).enumerate().map(|(at, item)| (number(&item), at, Some(item))).collect();
    sort_by(&mut keyed, |a, b| (a.0, a.1) < (b.0, b.1));
    items.extend(keyed.into_iter().filter_map(|(_, _, item)| item));
}

trait Sortable {
    fn len(&self) -> usize;
    fn before(&self, a: usize, b: usize) -> bool;
    fn swap(&mut self, a: usize, b: usize);
}

struct Items<'a, T, F> {
    items: &'a mut [T],
    before: F,
}

impl<T, F: Fn(&T, &T) -> bool> Sortable for Items<'_, T, F> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn before(&self, a: usize, b: usize) -> bool {
        (self.before)(&self.items[a], &self.items[b])
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.items.swap(a, b);
    }
}

/// Once for all types: n log n steps in the worst case.
fn heap_sort(items: &mut dyn Sortable) {
    if (1..items.len()).all(|at| !items.before(at, at - 1)) {
        return;
    }
    let all = items.len();
    for root in (0..all / 2).rev() {
        sift(items, root, all);
    }
    for end in (1..all).rev() {
        items.swap(0, end);
        sift(items, 0, end);
    }
}

fn sift(items: &mut dyn Sortable, mut root: usize, end: usize) {
    while 2 * root + 1 < end {
        let mut child = 2 * root + 1;
        if child + 1 < end && items.before(child, child + 1) {
            child += 1;
        }
        if !items.before(root, child) {
            return;
        }
        items.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, same, sort_by, sort_by_number};

    #[test]
    fn a_dictionary_knows_each_key_by_its_number() {
        let mut dictionary = Dictionary::default();
        let keys: Vec<Vec<u8>> = (0..300_usize)
            .flat_map(|n| [vec![n as u8; n % 40], format!("{n}-{}", "x".repeat(n % 30)).into()])
            .collect();
        let mut numbers = std::collections::HashMap::new();
        for key in &keys {
            let next = numbers.len() as u32;
            assert_eq!(dictionary.find(key), numbers.get(key).copied());
            assert_eq!(dictionary.add(key), *numbers.entry(key.clone()).or_insert(next));
        }
        for (a, b) in keys.iter().flat_map(|a| keys.iter().map(move |b| (a, b))) {
            assert_eq!(same(a, b), a == b);
        }
    }

    #[test]
    fn sorts_like_the_standard_library() {
        let mut state = 1_u64;
        for length in 0..200 {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                state >> 58
            };
            let items: Vec<(u64, usize)> = (0..length).map(|at| (next(), at)).collect();
            let mut expected = items.clone();
            expected.sort();
            let mut stable = items.clone();
            sort_by_number(&mut stable, |item| item.0);
            assert_eq!(stable, expected);
            let mut by = items;
            sort_by(&mut by, |a, b| a < b);
            assert_eq!(by, expected);
        }
    }
}
