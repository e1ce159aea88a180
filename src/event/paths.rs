//! The paths that somebody asks for.

use super::Fields;
use crate::json::Text;
use crate::order::{Table, hash, hash_pair, holds, same, word};

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
    /// The steps by the step before and the piece that leads to them.
    children: Table,
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
    /// The beginnings of the pieces that lead on, a bit for each.
    leads_on: u64,
    /// The steps that follow, as long as they are few.
    few: Vec<Child>,
    /// The path that ends here, for rules that see empty keys.
    seen: Option<PathId>,
    /// The path that ends here, for rules that do not.
    hidden: Option<PathId>,
}

/// A step that follows: the beginning of its piece as a word, and how long the piece is.
#[derive(Debug)]
struct Child {
    word: u64,
    length: u32,
    step: u32,
}

/// So many are compared one after another; more are found by hash.
const FEW: usize = 4;

impl Step {
    fn piece(&self) -> Option<&str> {
        std::str::from_utf8(&self.piece).ok().filter(|piece| !piece.is_empty())
    }
}

impl Default for Paths {
    fn default() -> Paths {
        Paths { steps: vec![Step::default()], children: Table::default(), ends: Vec::new(), hide: false }
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

    #[inline]
    fn child(&self, step: u32, piece: &[u8]) -> Option<u32> {
        let few = &self.steps[step as usize].few;
        if few.len() <= FEW {
            let word = word(piece);
            let whole = |child: &Child| piece.len() <= 8 || same(&self.steps[child.step as usize].piece, piece);
            let is = |child: &&Child| child.word == word && child.length as usize == piece.len() && whole(child);
            return few.iter().find(is).map(|child| child.step);
        }
        self.children.find(hash_pair(step, hash(piece)), |child| {
            let child = &self.steps[child as usize];
            child.from == step && same(&child.piece, piece)
        })
    }

    fn child_or_new(&mut self, step: u32, piece: &[u8]) -> u32 {
        if let Some(child) = self.child(step, piece) {
            return child;
        }
        let child = self.steps.len() as u32;
        self.steps.push(Step { from: step, piece: piece.into(), ..Step::default() });
        let before = &mut self.steps[step as usize];
        before.leads_on |= beginning(piece);
        if before.few.len() <= FEW {
            before.few.push(Child { word: word(piece), length: piece.len() as u32, step: child });
        }
        self.children.insert(hash_pair(step, hash(piece)), child);
        child
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
    pub(super) fn ends_at(&self, step: u32) -> (Option<PathId>, Option<PathId>) {
        let step = &self.steps[step as usize];
        (step.seen, step.hidden)
    }

    /// From `step` along a key, which may hold dots.
    #[inline(always)]
    pub(super) fn follow(&self, step: u32, key: &[u8]) -> Option<u32> {
        if self.steps[step as usize].leads_on & beginning(key) == 0 {
            return None;
        }
        self.follow_likely(step, key)
    }

    fn follow_likely(&self, step: u32, key: &[u8]) -> Option<u32> {
        match self.child(step, key) {
            // No piece holds a dot, so only a key that leads nowhere may be several pieces.
            None if holds(key, b'.') => key.split(|b| *b == b'.').try_fold(step, |step, piece| self.child(step, piece)),
            child => child,
        }
    }
}

/// A bit for the first two bytes. Most keys are passed by because no piece begins like them. A dot ends a piece, and so
/// does the end of the key.
#[inline(always)]
fn beginning(piece: &[u8]) -> u64 {
    let (first, second) = match *piece {
        [] | [b'.', ..] => (b'.', b'.'),
        [first] => (first, b'.'),
        [first, second, ..] => (first, second),
    };
    1 << (first.wrapping_mul(5).wrapping_add(second) % 64)
}

/// Is this key one that a rule without empty pieces does not go into? Empty, or with an empty piece before its last dots.
pub(crate) fn has_empty_piece(key: &[u8]) -> bool {
    let end = key.iter().rposition(|b| *b != b'.').map_or(0, |last| last + 1);
    key.is_empty() || (end > 0 && key[..end].split(|b| *b == b'.').any(<[u8]>::is_empty))
}
