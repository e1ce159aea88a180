//! Reading over a value, with all its checks.

use super::input::Input;
use super::scan::{self, expect, literal, number, space, string};
use crate::limits::JSON_DEPTH;

/// Behind any value. `depth`: how many objects and arrays are open around it.
#[inline]
pub(crate) fn skip(input: Input<'_>, at: usize, depth: usize) -> usize {
    let at = space(input, at);
    match input.byte(at) {
        b'{' | b'[' => containers(input, at, depth),
        first => leaf(input, at, first).unwrap_or(input.broken()),
    }
}

/// Behind a value that is no object and no array, and begins with `first`.
#[inline(always)]
fn leaf(input: Input<'_>, at: usize, first: u8) -> Option<usize> {
    match first {
        b'"' => string(input, at).map(|(end, _)| end),
        b'-' | b'0'..=b'9' => number(input, at),
        b't' => literal(input, at, b"true"),
        b'f' => literal(input, at, b"false"),
        b'n' => literal(input, at, b"null"),
        _ => None,
    }
}

/// A key and its colon.
#[inline(always)]
fn key(input: Input<'_>, at: usize) -> Option<usize> {
    let (end, _) = scan::key(input, space(input, at))?;
    expect(input, space(input, end), b':')
}

/// Behind an object or array. What is open stands in one word: a bit for each level, is it an object?
#[inline(never)]
fn containers(input: Input<'_>, at: usize, outside: usize) -> usize {
    all_containers(input, at, outside).unwrap_or(input.broken())
}

#[inline(always)]
fn all_containers(input: Input<'_>, mut at: usize, outside: usize) -> Option<usize> {
    let mut open: u64 = 0;
    let mut level = outside;
    loop {
        // Here a container begins.
        if level == JSON_DEPTH {
            return None;
        }
        let is_object = input.byte(at) == b'{';
        if level - outside == u64::BITS as usize {
            // No bit is left: this one is read with a word of its own.
            at = containers(input, at, level) - 1;
        } else {
            open = open << 1 | u64::from(is_object);
            level += 1;
            at = space(input, at + 1);
            at = match (is_object, input.byte(at)) {
                (true, b'}') | (false, b']') => at,
                (true, _) => members(input, key(input, at)?),
                (false, _) => elements(input, at),
            };
            if input.byte(at) != if is_object { b'}' } else { b']' } {
                if matches!(input.byte(at), b'{' | b'[') {
                    continue;
                }
                return None;
            }
            open >>= 1;
            level -= 1;
        }
        // Out again, and on behind what else ends here.
        loop {
            at += 1;
            if level == outside {
                return Some(at);
            }
            let in_object = open & 1 == 1;
            at = space(input, at);
            match input.byte(at) {
                b',' if in_object => at = members(input, key(input, at + 1)?),
                b',' => at = elements(input, at + 1),
                b'}' if in_object => {}
                b']' if !in_object => {}
                _ => return None,
            }
            match input.byte(at) {
                b'}' if in_object => {}
                b']' if !in_object => {}
                b'{' | b'[' => break,
                _ => return None,
            }
            open >>= 1;
            level -= 1;
        }
    }
}

/// Behind a key of an object: over all members that are no containers, to a container or to the closing brace.
#[inline(never)]
fn members(input: Input<'_>, at: usize) -> usize {
    all_members(input, at).unwrap_or(input.broken())
}

#[inline(always)]
fn all_members(input: Input<'_>, mut at: usize) -> Option<usize> {
    loop {
        at = space(input, at);
        at = match input.byte(at) {
            b'{' | b'[' => return Some(at),
            first => space(input, leaf(input, at, first)?),
        };
        match input.byte(at) {
            b',' => at = key(input, at + 1)?,
            b'}' => return Some(at),
            _ => return None,
        }
    }
}

/// Before an element of an array: over all elements that are no containers, to a container or to the closing bracket.
#[inline(never)]
fn elements(input: Input<'_>, at: usize) -> usize {
    all_elements(input, at).unwrap_or(input.broken())
}

#[inline(always)]
fn all_elements(input: Input<'_>, mut at: usize) -> Option<usize> {
    loop {
        at = space(input, at);
        at = match input.byte(at) {
            b'{' | b'[' => return Some(at),
            first => space(input, leaf(input, at, first)?),
        };
        match input.byte(at) {
            b',' => at += 1,
            b']' => return Some(at),
            _ => return None,
        }
    }
}
