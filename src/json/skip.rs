//! Reading over a value, with all its checks.
//!
//! A function for objects and one for arrays, which call each other: in code, the processor knows which of them it is in.
//! (A loop with a bit for each open level cost a hundred instructions more for each object.)

use super::input::Input;
use super::scan::{key_and_colon, literal, number, space, string};
use crate::limits::JSON_DEPTH;

/// Behind any value. `depth`: how many objects and arrays are open around it.
#[inline]
pub(crate) fn skip(input: Input<'_>, at: usize, depth: usize) -> usize {
    value(input, space(input, at), depth).unwrap_or(input.broken())
}

#[inline(always)]
fn value(input: Input<'_>, at: usize, depth: usize) -> Option<usize> {
    match input.byte(at) {
        b'"' => string(input, at).map(|(end, _)| end),
        b'-' | b'0'..=b'9' => number(input, at),
        b'{' => Some(object(input, at, depth)),
        b'[' => Some(array(input, at, depth)),
        b't' => literal(input, at, b"true"),
        b'f' => literal(input, at, b"false"),
        b'n' => literal(input, at, b"null"),
        _ => None,
    }
}

#[inline(never)]
fn object(input: Input<'_>, at: usize, depth: usize) -> usize {
    members(input, at, depth).unwrap_or(input.broken())
}

#[inline(always)]
fn members(input: Input<'_>, at: usize, depth: usize) -> Option<usize> {
    if depth == JSON_DEPTH {
        return None;
    }
    let mut at = space(input, at + 1);
    if input.byte(at) == b'}' {
        return Some(at + 1);
    }
    loop {
        at = space(input, key_and_colon(input, at)?);
        at = space(input, value(input, at, depth + 1)?);
        match input.byte(at) {
            b',' => at = space(input, at + 1),
            b'}' => return Some(at + 1),
            _ => return None,
        }
    }
}

#[inline(never)]
fn array(input: Input<'_>, at: usize, depth: usize) -> usize {
    elements(input, at, depth).unwrap_or(input.broken())
}

#[inline(always)]
fn elements(input: Input<'_>, at: usize, depth: usize) -> Option<usize> {
    if depth == JSON_DEPTH {
        return None;
    }
    let mut at = space(input, at + 1);
    if input.byte(at) == b']' {
        return Some(at + 1);
    }
    loop {
        at = space(input, value(input, at, depth + 1)?);
        match input.byte(at) {
            b',' => at = space(input, at + 1),
            b']' => return Some(at + 1),
            _ => return None,
        }
    }
}
