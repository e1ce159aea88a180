//! Sorting and hashing in little code. The sorts of the standard library are compiled anew for every type, 8 KB each, and
//! its hash maps bring a hasher against attacks that our maps need not fear: events are looked up in them, only patterns
//! are put in. In the wasm module they had come to 67 KB (`twiggy top`).

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map that is looked up fast. Its order is nobody's.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// A set that is looked up fast.
pub(crate) type Set<K> = HashSet<K, BuildHasherDefault<Mixer>>;

/// Mixes what it is given by rotation and multiplication with an odd number.
#[derive(Default)]
pub(crate) struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
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

    /// The maps take the high bits for one thing and the low bits for another, so both must depend on everything.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
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
    use super::{sort_by, sort_by_number};

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
