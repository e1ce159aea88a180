//! Reading over a value, with all its checks.

use super::input::Input;
use super::scan::{self, expect, literal, number, space, string};
use crate::limits::JSON_DEPTH;

/// Behind any value. `depth`: how many objects and arrays are open around it.
#[inline]
pub(crate) fn skip(input: Input<'_>, at: usize, depth: usize) -> usize {
    let at = space(input, at);
    match leaf(input, at) {
        CONTAINER => containers(input, at, depth),
        end => end,
    }
}

/// No place: an object or array begins here.
const CONTAINER: usize = usize::MAX;

/// Behind a value that is no object and no array.
#[inline(always)]
fn leaf(input: Input<'_>, at: usize) -> usize {
    match input.byte(at) {
        b'"' => string(input, at).0,
        b'-' | b'0'..=b'9' => number(input, at),
        b'{' | b'[' => CONTAINER,
        b't' => literal(input, at, b"true"),
        b'f' => literal(input, at, b"false"),
        b'n' => literal(input, at, b"null"),
        _ => input.broken(),
    }
}

/// A key and its colon.
#[inline(always)]
fn key(input: Input<'_>, at: usize) -> usize {
    let (end, _) = scan::key(input, space(input, at));
    expect(input, space(input, end), b':')
}

/// What is open: one bit for each level, is it an object?
type Open = [u64; JSON_DEPTH / 64 + 1];

/// Behind an object or array.
#[inline(never)]
fn containers(input: Input<'_>, mut at: usize, outside: usize) -> usize {
    let mut open: Open = [0; JSON_DEPTH / 64 + 1];
    let mut level = outside;
    loop {
        // Here a container begins.
        if level == JSON_DEPTH {
            return input.broken();
        }
        let is_object = input.byte(at) == b'{';
        let bit = level % 64;
        open[level / 64] = open[level / 64] & !(1 << bit) | u64::from(is_object) << bit;
        level += 1;
        at = space(input, at + 1);
        let closed = match (is_object, input.byte(at)) {
            (true, b'}') | (false, b']') => true,
            (true, _) => {
                at = members(input, key(input, at));
                input.byte(at) == b'}'
            }
            (false, _) => {
                at = elements(input, at);
                input.byte(at) == b']'
            }
        };
        if closed {
            // Out again, and on behind what else ends here.
            loop {
                at += 1;
                level -= 1;
                if level == outside {
                    return at;
                }
                let innermost = level - 1;
                let in_object = open[innermost / 64] >> (innermost % 64) & 1 == 1;
                at = space(input, at);
                match input.byte(at) {
                    b',' if in_object => at = members(input, key(input, at + 1)),
                    b',' => at = elements(input, at + 1),
                    b'}' if in_object => continue,
                    b']' if !in_object => continue,
                    _ => return input.broken(),
                }
                match input.byte(at) {
                    b'}' if in_object => {}
                    b']' if !in_object => {}
                    _ => break,
                }
            }
        }
        if !matches!(input.byte(at), b'{' | b'[') {
            return input.broken();
        }
    }
}

/// Behind a key of an object: over all members that are no containers, to a container or to the closing brace.
#[inline(never)]
fn members(input: Input<'_>, mut at: usize) -> usize {
    loop {
        at = space(input, at);
        match leaf(input, at) {
            CONTAINER => return at,
            end => at = space(input, end),
        }
        match input.byte(at) {
            b',' => at = key(input, at + 1),
            b'}' => return at,
            _ => return input.broken(),
        }
    }
}

/// Before an element of an array: over all elements that are no containers, to a container or to the closing bracket.
#[inline(never)]
fn elements(input: Input<'_>, mut at: usize) -> usize {
    loop {
        at = space(input, at);
        match leaf(input, at) {
            CONTAINER => return at,
            end => at = space(input, end),
        }
        match input.byte(at) {
            b',' => at += 1,
            b']' => return at,
            _ => return input.broken(),
        }
    }
}
