//! Reading over a value, with all its checks.

use super::scan::{BROKEN, byte, expect, literal, number, space, string};
use crate::limits::JSON_DEPTH;

/// Behind any value. `depth`: how many objects and arrays are open around it.
#[inline]
pub(crate) fn skip(bytes: &[u8], at: usize, depth: usize) -> usize {
    let at = space(bytes, at);
    match leaf(bytes, at) {
        CONTAINER => containers(bytes, at, depth),
        end => end,
    }
}

/// No place: an object or array begins here.
const CONTAINER: usize = BROKEN - 1;

/// Behind a value that is no object and no array.
#[inline(always)]
fn leaf(bytes: &[u8], at: usize) -> usize {
    match byte(bytes, at) {
        b'"' => string(bytes, at).0,
        b'-' | b'0'..=b'9' => number(bytes, at),
        b'{' | b'[' => CONTAINER,
        b't' => literal(bytes, at, b"true"),
        b'f' => literal(bytes, at, b"false"),
        b'n' => literal(bytes, at, b"null"),
        _ => BROKEN,
    }
}

/// A key and its colon.
#[inline(always)]
fn key(bytes: &[u8], at: usize) -> usize {
    let (end, _) = string(bytes, space(bytes, at));
    expect(bytes, space(bytes, end), b':')
}

/// What is open: one bit for each level, is it an object?
type Open = [u64; JSON_DEPTH / 64 + 1];

/// Behind an object or array.
#[inline(never)]
fn containers(bytes: &[u8], mut at: usize, outside: usize) -> usize {
    let mut open: Open = [0; JSON_DEPTH / 64 + 1];
    let mut level = outside;
    loop {
        // Here a container begins.
        if level == JSON_DEPTH {
            return BROKEN;
        }
        let is_object = byte(bytes, at) == b'{';
        let bit = level % 64;
        open[level / 64] = open[level / 64] & !(1 << bit) | u64::from(is_object) << bit;
        level += 1;
        at = space(bytes, at + 1);
        let closed = match (is_object, byte(bytes, at)) {
            (true, b'}') | (false, b']') => true,
            (true, _) => {
                at = members(bytes, key(bytes, at));
                byte(bytes, at) == b'}'
            }
            (false, _) => {
                at = elements(bytes, at);
                byte(bytes, at) == b']'
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
                at = space(bytes, at);
                match byte(bytes, at) {
                    b',' if in_object => at = members(bytes, key(bytes, at + 1)),
                    b',' => at = elements(bytes, at + 1),
                    b'}' if in_object => continue,
                    b']' if !in_object => continue,
                    _ => return BROKEN,
                }
                match byte(bytes, at) {
                    b'}' if in_object => {}
                    b']' if !in_object => {}
                    _ => break,
                }
            }
        }
        if !matches!(byte(bytes, at), b'{' | b'[') {
            return BROKEN;
        }
    }
}

/// Behind a key of an object: over all members that are no containers, to a container or to the closing brace.
#[inline(never)]
fn members(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = space(bytes, at);
        match leaf(bytes, at) {
            CONTAINER => return at,
            end => at = space(bytes, end),
        }
        match byte(bytes, at) {
            b',' => at = key(bytes, at + 1),
            b'}' => return at,
            _ => return BROKEN,
        }
    }
}

/// Before an element of an array: over all elements that are no containers, to a container or to the closing bracket.
#[inline(never)]
fn elements(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = space(bytes, at);
        match leaf(bytes, at) {
            CONTAINER => return at,
            end => at = space(bytes, end),
        }
        match byte(bytes, at) {
            b',' => at += 1,
            b']' => return at,
            _ => return BROKEN,
        }
    }
}
