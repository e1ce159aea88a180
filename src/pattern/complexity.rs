//! Wildcard complexity, the figure that EventBridge limits.
//!
//! For one field: all its wildcards run side by side over an input, one byte at a time. After each byte the places in
//! them that are alive count, and each star that could begin next. The complexity of the field is the most that any
//! input can reach; that of the rule is the most of its fields, not the sum.

use super::{Branch, List};
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::wildcard::Wildcard;
use crate::order::{Set, sort_by};
use crate::text::Span;

/// The figure, and the list of tests on the field that has it.
pub(super) struct Complexity {
    pub(super) figure: usize,
    pub(super) span: Span,
}

/// The complexity of a pattern, counted up to `cap`.
pub(super) fn of(lists: &[List], branches: &[Branch], cap: usize) -> Complexity {
    let mut used: Vec<&List> = branches.iter().flatten().map(|list| &lists[list.0 as usize]).collect();
    sort_by(&mut used, |a, b| (a.path.as_bytes(), a.span) < (b.path.as_bytes(), b.span));
    used.dedup_by_key(|list| list.span);
    let mut most = Complexity { figure: 0, span: Span::default() };
    for lists in used.chunk_by(|a, b| a.path == b.path) {
        let figure = field(lists, cap);
        if figure > most.figure {
            let wild = |list: &&&List| list.tests.iter().any(|(test, _)| !wildcards(test).is_empty());
            most = Complexity { figure, span: lists.iter().find(wild).map_or(Span::default(), |list| list.span) };
        }
    }
    most
}

fn wildcards(test: &Test) -> &[Wildcard] {
    match test {
        Test::Wildcard(wildcard) => std::slice::from_ref(wildcard),
        Test::AnythingBut(AnythingBut::Wildcard(list)) => list,
        _ => &[],
    }
}

/// Places in the wildcards of a field, one chain for each. The reference counts a place in a common beginning of several
/// members of one `anything-but` once, so for these our figure is an upper bound (PATTERNS section 8: 5 of 630 facts).
#[derive(Default)]
struct Places {
    /// What is eaten to come to each place; a star eats for as long as it likes.
    tokens: Vec<Token>,
    roots: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Token {
    Start,
    Star,
    Byte(u8),
    End,
}

impl Places {
    fn add(&mut self, wildcard: &Wildcard) {
        self.roots.push(self.tokens.len());
        self.tokens.extend([Token::Start, Token::Byte(b'"')]);
        for (number, piece) in wildcard.pieces().iter().enumerate() {
            self.tokens.extend((number > 0).then_some(Token::Star));
            self.tokens.extend(piece.bytes().map(Token::Byte));
        }
        self.tokens.extend([Token::Byte(b'"'), Token::End]);
    }

    /// Is there a star right behind a place?
    fn star_behind(&self, place: usize) -> Option<usize> {
        (self.tokens[place + 1] == Token::Star).then_some(place + 1)
    }

    /// The places alive after one more byte; `None` is a byte that no wildcard names here.
    fn after(&self, alive: &[usize], byte: Option<u8>) -> Vec<usize> {
        let eats = |place: &usize| byte.is_some_and(|byte| self.tokens[*place] == Token::Byte(byte));
        let mut next = Vec::new();
        for &at in alive {
            next.extend((self.tokens[at] == Token::Star).then_some(at));
            let star = self.star_behind(at);
            next.extend(star);
            next.extend(Some(star.map_or(at + 1, |star| star + 1)).filter(eats));
        }
        sort_by(&mut next, |a, b| a < b);
        next.dedup();
        next
    }

    /// The bytes that make a difference to these places, and one that makes none.
    fn bytes(&self, alive: &[usize]) -> Vec<Option<u8>> {
        let named = alive.iter().filter_map(|at| match self.tokens[self.star_behind(*at).unwrap_or(*at) + 1] {
            Token::Byte(byte) => Some(Some(byte)),
            _ => None,
        });
        let mut bytes: Vec<Option<u8>> = named.chain([None]).collect();
        sort_by(&mut bytes, |a, b| a < b);
        bytes.dedup();
        bytes
    }

    fn count(&self, alive: &[usize]) -> usize {
        let beginning = alive.iter().filter_map(|at| self.star_behind(*at)).filter(|star| !alive.contains(star));
        alive.len() + beginning.count()
    }
}

/// Sets of places looked at before a field counts as too complex. A set stays small below the limit, and so does the
/// number of sets; this only guards against what was not thought of.
const MOST_SETS: usize = 100_000;

fn field(lists: &[&List], cap: usize) -> usize {
    let mut places = Places::default();
    let mut known: Set<(bool, &str)> = Set::default();
    for (test, _) in lists.iter().flat_map(|list| &list.tests) {
        let alone = matches!(test, Test::Wildcard(_));
        let new: Vec<&Wildcard> = wildcards(test).iter().filter(|w| known.insert((alone, w.text()))).collect();
        new.into_iter().for_each(|wildcard| places.add(wildcard));
    }
    let mut most = 0;
    let mut todo = vec![places.roots.clone()];
    let mut seen: Set<Vec<usize>> = Set::from_iter([places.roots.clone()]);
    while let Some(alive) = todo.pop() {
        for byte in places.bytes(&alive) {
            let next = places.after(&alive, byte);
            most = most.max(places.count(&next));
            if most >= cap || seen.len() > MOST_SETS {
                return cap;
            }
            if !next.is_empty() && seen.insert(next.clone()) {
                todo.push(next);
            }
        }
    }
    most
}
