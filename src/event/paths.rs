//! The paths that somebody asks for.

use super::Fields;
use crate::json::Text;
use crate::order::Map;

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
    pub(super) steps: Vec<Step>,
    ids: Map<(Text, bool), PathId>,
}

#[derive(Debug, Default)]
pub(super) struct Step {
    /// The step before, and the piece that leads here.
    from: (u32, Vec<u8>),
    next: Vec<(Vec<u8>, u32)>,
    /// The same, once there are many.
    index: Map<Vec<u8>, u32>,
    /// The path that ends here, for rules that see empty keys.
    pub(super) seen: Option<PathId>,
    /// The path that ends here, for rules that do not.
    pub(super) hidden: Option<PathId>,
}

const FEW: usize = 8;

impl Step {
    fn child(&self, piece: &[u8]) -> Option<u32> {
        if self.next.len() > FEW {
            return self.index.get(piece).copied();
        }
        self.next.iter().find(|(name, _)| name == piece).map(|(_, step)| *step)
    }
}

impl Default for Paths {
    fn default() -> Paths {
        Paths { steps: vec![Step::default()], ids: Map::default() }
    }
}

impl Paths {
    /// Asks for a path; the same number for the same question.
    pub fn add(&mut self, path: &Text, empty_keys: EmptyKeys) -> PathId {
        // Only a path that ends with an empty piece can be reached through an empty key that its rule does not see.
        let hidden = empty_keys == EmptyKeys::Hidden && path.as_bytes().ends_with(b".");
        if let Some(id) = self.ids.get(&(path.clone(), hidden)) {
            return *id;
        }
        let id = PathId(self.ids.len() as u32);
        self.ids.insert((path.clone(), hidden), id);
        let mut step = 0;
        for piece in path.as_bytes().split(|b| *b == b'.') {
            step = self.child_or_new(step, piece);
        }
        let end = &mut self.steps[step as usize];
        if hidden {
            end.hidden = Some(id)
        } else {
            end.seen = Some(id)
        }
        id
    }

    /// How many paths are asked for.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Is no path asked for?
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn child_or_new(&mut self, step: u32, piece: &[u8]) -> u32 {
        if let Some(child) = self.steps[step as usize].child(piece) {
            return child;
        }
        let child = self.steps.len() as u32;
        self.steps.push(Step { from: (step, piece.to_vec()), ..Step::default() });
        let parent = &mut self.steps[step as usize];
        parent.next.push((piece.to_vec(), child));
        if parent.next.len() > FEW {
            let known = parent.index.len();
            parent.index.extend(parent.next[known..].iter().cloned());
        }
        child
    }

    /// The path at which an array of an event stands, which was read with these paths.
    pub fn of_array(&self, fields: &Fields, array: u32) -> Text {
        let mut pieces: Vec<&[u8]> = Vec::new();
        let mut step = fields.arrays[array as usize].step;
        while step != 0 {
            let (before, piece) = &self.steps[step as usize].from;
            pieces.push(piece);
            step = *before;
        }
        pieces.reverse();
        Text::from_wtf8(pieces.join(&b'.'))
    }

    /// From `step` along a key, which may hold dots.
    pub(super) fn follow(&self, step: u32, key: &[u8]) -> Option<u32> {
        if !key.contains(&b'.') {
            return self.steps[step as usize].child(key);
        }
        key.split(|b| *b == b'.').try_fold(step, |step, piece| self.steps[step as usize].child(piece))
    }
}

/// Is this key one that a rule without empty pieces does not go into? Empty, or with an empty piece before its last dots.
pub(crate) fn has_empty_piece(key: &[u8]) -> bool {
    let end = key.iter().rposition(|b| *b != b'.').map_or(0, |last| last + 1);
    key.is_empty() || (end > 0 && key[..end].split(|b| *b == b'.').any(<[u8]>::is_empty))
}
