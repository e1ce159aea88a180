//! Wildcard complexity, the figure that EventBridge limits.
//!
//! For one field: all its wildcards run side by side over an input, one byte at a time. After each byte the places in
//! them that are alive count, and each star that could begin next. The complexity of the field is the most that any
//! input can reach; that of the rule is the most of its fields, not the sum.

use super::{Branch, List};
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::wildcard::Wildcard;
use crate::order::{Map, sort_by};
use crate::text::Span;

/// The figure, and the list of tests on the field that has it.
pub(super) struct Complexity {
    pub(super) figure: usize,
    pub(super) span: Span,
}

/// The complexity of a pattern, counted from `least` up to `cap`.
pub(super) fn of(lists: &[List], branches: &[Branch], least: usize, cap: usize) -> Complexity {
    if lists.iter().any(is_wild) {
        of_wildcards(lists, branches, least, cap)
    } else {
        Complexity { figure: least, span: Span::default() }
    }
}

#[inline(never)]
fn of_wildcards(lists: &[List], branches: &[Branch], least: usize, cap: usize) -> Complexity {
    let all = branches.iter().flatten().map(|list| &lists[list.0 as usize]);
    let mut used: Vec<&List> = all.filter(|list| is_wild(list)).collect();
    sort_by(&mut used, |a, b| (a.path.as_bytes(), a.span) < (b.path.as_bytes(), b.span));
    used.dedup_by_key(|list| list.span);
    let mut most = Complexity { figure: least, span: Span::default() };
    for lists in used.chunk_by(|a, b| a.path == b.path).filter(|lists| bound(lists) > least) {
        let figure = field(lists, cap);
        if figure > most.figure {
            most = Complexity { figure, span: lists[0].span };
        }
    }
    most
}

fn is_wild(list: &List) -> bool {
    list.tests.iter().any(|(test, _)| !wildcards(test).is_empty())
}

/// At least the complexity of a field, in little time. Each star counts once, alive or about to begin. Of the piece behind
/// it those places are alive whose bytes from its start on were eaten last: each is an occurrence of its first byte.
/// Before the first star one place is alive, and then nothing behind it is.
fn bound(lists: &[&List]) -> usize {
    let tests = lists.iter().flat_map(|list| &list.tests);
    tests.flat_map(|(test, _)| wildcards(test)).map(chain).sum()
}

fn chain(wildcard: &Wildcard) -> usize {
    let behind_stars = &wildcard.pieces()[1..];
    // The last piece ends with the quote that closes the value.
    let begins = |piece: &String| match piece.as_bytes() {
        [first, rest @ ..] => 1 + rest.iter().filter(|b| *b == first).count(),
        [] => 1,
    };
    let quote = usize::from(behind_stars.last().is_some_and(|last| last.starts_with('"')));
    (behind_stars.iter().map(|piece| 1 + begins(piece)).sum::<usize>() + quote).max(1)
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
        let mut bytes = vec![None];
        for at in alive {
            if let Token::Byte(byte) = self.tokens[self.star_behind(*at).unwrap_or(*at) + 1] {
                bytes.push(Some(byte));
            }
        }
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
    let mut known: Map<(bool, &str), ()> = Map::default();
    for (test, _) in lists.iter().flat_map(|list| &list.tests) {
        let alone = matches!(test, Test::Wildcard(_));
        let new: Vec<&Wildcard> =
            wildcards(test).iter().filter(|w| known.insert((alone, w.text()), ()).is_none()).collect();
        new.into_iter().for_each(|wildcard| places.add(wildcard));
    }
    let mut most = 0;
    let mut todo = vec![places.roots.clone()];
    let mut seen: Map<Vec<usize>, ()> = Map::default();
    seen.insert(places.roots.clone(), ());
    while let Some(alive) = todo.pop() {
        for byte in places.bytes(&alive) {
            let next = places.after(&alive, byte);
            most = most.max(places.count(&next));
            if most >= cap || seen.entries().len() > MOST_SETS {
                return cap;
            }
            if !next.is_empty() && seen.insert(next.clone(), ()).is_none() {
                todo.push(next);
            }
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::{bound, field};
    use crate::operators::Test;
    use crate::operators::wildcard::Wildcard;
    use crate::pattern::List;
    use crate::text::Span;

    fn list(shapes: &[&Wildcard]) -> List {
        let tests = shapes.iter().map(|shape| (Test::Wildcard((*shape).clone()), Span::default())).collect();
        List { path: "a".into(), key_span: Span::default(), span: Span::default(), tests }
    }

    #[test]
    fn no_field_is_more_complex_than_its_bound() {
        let mut texts = vec![String::new()];
        for at in 0.. {
            if texts[at].len() == 6 {
                break;
            }
            let longer = ["a", "b", "*", "\""].map(|end| texts[at].clone() + end);
            texts.extend(longer);
        }
        let shapes: Vec<Wildcard> = texts.iter().filter_map(|text| Wildcard::of(text)).collect();
        for (at, shape) in shapes.iter().enumerate() {
            let other = &shapes[at * 7919 % shapes.len()];
            for list in [list(&[shape]), list(&[shape, other])] {
                let (figure, bound) = (field(&[&list], 100), bound(&[&list]));
                assert!(figure <= bound, "{figure} > {bound}: {} {}", shape.text(), other.text());
            }
        }
    }
}
