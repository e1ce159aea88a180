//! The paths that somebody asks for.

use super::Fields;
use crate::json::Text;
use crate::order::{MIX, hash, same};

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
    /// Of each path: the step where it ends, and is it hidden behind empty keys?
    ends: Vec<(u32, bool)>,
    /// Is any path hidden?
    hide: bool,
}

#[derive(Debug, Default)]
struct Step {
    /// The step before, and the piece that leads here.
    from: u32,
    piece: Box<[u8]>,
    key: Key,
    /// The pieces that lead on, a bit for each by its hash. Most keys of an event are passed by because theirs is not set.
    leads_on: u64,
    /// The steps that follow, by the hash of their pieces; a power of two of them, half of them 0, which follows nothing.
    slots: Vec<u32>,
    following: usize,
    /// The path that ends here, for rules that see empty keys.
    seen: Option<PathId>,
    /// The path that ends here, for rules that do not.
    hidden: Option<PathId>,
}

impl Step {
    fn piece(&self) -> Option<&str> {
        std::str::from_utf8(&self.piece).ok().filter(|piece| !piece.is_empty())
    }
}

impl Default for Paths {
    fn default() -> Paths {
        Paths { steps: vec![Step::default()], ends: Vec::new(), hide: false }
    }
}

impl Paths {
    /// Asks for a path; the same number for the same question.
    pub fn add(&mut self, path: &Text, empty_keys: EmptyKeys) -> PathId {
        // Only a path that ends with an empty piece can be reached through an empty key that its rule does not see.
        let hidden = empty_keys == EmptyKeys::Hidden && path.as_bytes().ends_with(b".");
        self.hide |= hidden;
        let step = path.as_bytes().split(|b| *b == b'.').fold(0, |step, piece| self.child_or_new(step, piece));
        let next = PathId(self.ends.len() as u32);
        let end = &mut self.steps[step as usize];
        let id = *(if hidden { &mut end.hidden } else { &mut end.seen }).get_or_insert(next);
        if id == next {
            self.ends.push((step, hidden));
        }
        id
    }

    /// How many paths are asked for.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Is no path asked for?
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// What was asked for under a number.
    pub fn asked(&self, path: PathId) -> (Text, EmptyKeys) {
        let (step, hidden) = self.ends[path.0 as usize];
        (self.text(step), if hidden { EmptyKeys::Hidden } else { EmptyKeys::Seen })
    }

    /// The path at which an array of an event stands, which was read with these paths.
    pub fn of_array(&self, fields: &Fields, array: u32) -> Text {
        self.text(fields.arrays[array as usize].step)
    }

    fn text(&self, mut step: u32) -> Text {
        let mut pieces: Vec<&[u8]> = Vec::new();
        while step != 0 {
            pieces.push(&self.steps[step as usize].piece);
            step = self.steps[step as usize].from;
        }
        pieces.reverse();
        Text::from_wtf8(pieces.join(&b'.'))
    }

    #[inline(never)]
    fn child(&self, step: u32, key: Key, piece: &[u8]) -> Option<u32> {
        let slots = &self.steps[step as usize].slots;
        let mut at = key.place(piece);
        loop {
            at &= slots.len().wrapping_sub(1);
            let child = *slots.get(at).filter(|child| **child != 0)?;
            let known = &self.steps[child as usize];
            // Key and length tell up to 16 bytes apart.
            let whole = || piece.len() <= 16 || same(&known.piece, piece);
            if known.key == key && known.piece.len() == piece.len() && whole() {
                return Some(child);
            }
            at += 1;
        }
    }

    fn child_or_new(&mut self, step: u32, piece: &[u8]) -> u32 {
        let key = Key::of(piece);
        if let Some(child) = self.child(step, key, piece) {
            return child;
        }
        let child = self.steps.len() as u32;
        self.steps.push(Step { from: step, piece: piece.into(), key, ..Step::default() });
        let before = &mut self.steps[step as usize];
        before.leads_on |= key.bit();
        before.following += 1;
        if before.following * 2 > before.slots.len() {
            let more = vec![0; before.slots.len().max(1) * 2];
            let old = std::mem::replace(&mut before.slots, more);
            old.into_iter().filter(|child| *child != 0).for_each(|child| self.put(step, child));
        }
        self.put(step, child);
        child
    }

    /// Makes a step one that follows, for which there is room.
    fn put(&mut self, step: u32, child: u32) {
        let Step { key, piece, .. } = &self.steps[child as usize];
        let mut at = key.place(piece);
        let slots = &mut self.steps[step as usize].slots;
        at &= slots.len() - 1;
        while slots[at] != 0 {
            at = (at + 1) & (slots.len() - 1);
        }
        slots[at] = child;
    }

    /// Does it matter to any path whether the way led through an empty key?
    pub(super) fn hide(&self) -> bool {
        self.hide
    }

    /// The steps behind the first one, which is the event: the number of the step before, the piece, and the path that
    /// ends there. None if the meaning of a path is not only that of its pieces: if one is empty or no UTF-8.
    pub(crate) fn steps(&self) -> Option<Vec<(u32, &str, Option<PathId>)>> {
        self.steps[1..].iter().map(|step| Some((step.from, step.piece()?, step.seen))).collect()
    }

    /// The number of the step where a path ends.
    pub(crate) fn end_of(&self, path: PathId) -> u32 {
        self.ends[path.0 as usize].0
    }

    /// Does a path lead into objects of the event?
    pub(crate) fn is_nested(&self, path: PathId) -> bool {
        self.steps[self.end_of(path) as usize].from != 0
    }

    /// How many pieces lead to a step.
    pub(crate) fn depth(&self, step: u32) -> usize {
        let before = |step: &u32| Some(self.steps[*step as usize].from);
        std::iter::successors(Some(step), before).take_while(|step| *step != 0).count()
    }

    /// The path that ends at a step, if there is such a step.
    pub(super) fn at(&self, step: u32) -> Option<PathId> {
        self.steps.get(step as usize)?.seen
    }

    /// Is there such a step?
    pub(super) fn has(&self, step: u32) -> bool {
        (step as usize) < self.steps.len()
    }

    /// Does any piece lead on from a step?
    pub(super) fn leads_on(&self, step: u32) -> bool {
        self.steps[step as usize].leads_on != 0
    }

    /// The paths that end at a step: for rules that see empty keys, and for those that do not.
    #[inline]
    pub(super) fn ends_at(&self, step: u32) -> (Option<PathId>, Option<PathId>) {
        let step = &self.steps[step as usize];
        (step.seen, step.hidden)
    }

    /// From `step` along a key without dots.
    #[inline(always)]
    pub(super) fn follow<'k>(&self, step: u32, key: Key, whole: impl Fn() -> &'k [u8]) -> Option<u32> {
        if self.steps[step as usize].leads_on & key.bit() == 0 {
            return None;
        }
        self.child(step, key, whole())
    }

    /// From `step` along any key: no piece holds a dot, so a key may be several pieces.
    pub(super) fn follow_any(&self, step: u32, key: &[u8]) -> Option<u32> {
        key.split(|b| *b == b'.').try_fold(step, |step, piece| self.child(step, Key::of(piece), piece))
    }
}

/// A key or a piece, ready to be looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Key {
    /// The first eight bytes, with zeros behind fewer.
    word: u64,
    /// Made of them, the last eight and the length. With the others known, no two last ones have the same.
    hash: u64,
}

impl Key {
    /// Of a key that is not empty: eight bytes from its beginning on, and the eight before its end, or the same if it has
    /// fewer.
    #[inline(always)]
    pub(super) fn new(first: [u8; 8], last: [u8; 8], length: usize) -> Key {
        let mask = u64::MAX >> (64 - 8 * length.min(8));
        let (word, last) = (u64::from_le_bytes(first) & mask, u64::from_le_bytes(last) & mask);
        let hash = (word ^ length as u64).wrapping_mul(MIX).rotate_left(29) ^ last;
        Key { word, hash: hash.wrapping_mul(MIX) }
    }

    fn of(piece: &[u8]) -> Key {
        let mut first = [0; 8];
        let short = piece.len().min(8);
        first[..short].copy_from_slice(&piece[..short]);
        Key::new(first, piece.last_chunk().copied().unwrap_or(first), piece.len().max(1))
    }

    #[inline(always)]
    fn bit(self) -> u64 {
        1 << (self.hash >> 58)
    }

    /// Where it is looked for first. Pieces of many bytes can differ in those that the hash does not know.
    fn place(self, piece: &[u8]) -> usize {
        let more = if piece.len() > 16 { hash(piece) } else { 0 };
        ((self.hash >> 32) as u32 ^ more) as usize
    }
}

/// Is this key one that a rule without empty pieces does not go into? Empty, or with an empty piece before its last dots.
pub(crate) fn has_empty_piece(key: &[u8]) -> bool {
    let end = key.iter().rposition(|b| *b != b'.').map_or(0, |last| last + 1);
    key.is_empty() || (end > 0 && key[..end].split(|b| *b == b'.').any(<[u8]>::is_empty))
}
