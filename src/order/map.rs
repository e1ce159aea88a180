//! Maps of any keys on top of one table.

use super::{Mixer, Table};
use std::hash::{Hash, Hasher};

/// A map. Its entries stay in the order in which they were added; none is taken away alone.
#[derive(Debug)]
pub(crate) struct Map<K, V> {
    table: Table,
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map { table: Table::default(), entries: Vec::new() }
    }
}

impl<K: Hash + Eq, V> Map<K, V> {
    /// The hash of a key, and where it stands.
    fn find(&self, key: &K) -> (u32, Option<usize>) {
        let mut mixer = Mixer::default();
        key.hash(&mut mixer);
        let hash = mixer.finish() as u32;
        (hash, self.table.find(hash, |at| self.entries[at as usize].0 == *key).map(|at| at as usize))
    }

    /// The value under a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.find(key).1.map(|at| &self.entries[at].1)
    }

    /// The value under a key: `new`, if there was none.
    pub(crate) fn entry(&mut self, key: K, new: V) -> &mut V {
        let (hash, found) = self.find(&key);
        let at = found.unwrap_or(self.entries.len());
        if found.is_none() {
            self.table.insert(hash, at as u32);
            self.entries.push((key, new));
        }
        &mut self.entries[at].1
    }

    /// Puts a value under a key, and gives the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (hash, found) = self.find(&key);
        if let Some(at) = found {
            return Some(std::mem::replace(&mut self.entries[at].1, value));
        }
        self.table.insert(hash, self.entries.len() as u32);
        self.entries.push((key, value));
        None
    }

    /// All, in the order in which their keys were added.
    pub(crate) fn entries(&self) -> &[(K, V)] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::Map;

    #[test]
    fn a_map_is_one_of_the_standard_library() {
        let (mut map, mut known) = (Map::default(), std::collections::HashMap::new());
        for n in 0..1500_u32 {
            let key = (n * 7919) % 211;
            assert_eq!(map.get(&key).copied(), known.get(&key).copied());
            match n % 3 {
                0 => assert_eq!(map.entry(key, n), known.entry(key).or_insert(n)),
                _ => assert_eq!(map.insert(key, n), known.insert(key, n)),
            }
        }
        assert_eq!(map.entries().iter().copied().collect::<std::collections::HashMap<_, _>>(), known);
    }
}
