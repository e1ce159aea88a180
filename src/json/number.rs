//! How JSON spells numbers.

use super::Problem;
use crate::limits::JSON_NUMBER_LENGTH;
use crate::text::part;

/// Why this run of number characters is no JSON number.
pub(super) fn problem(text: &str) -> Option<Problem> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with('+') {
        return Some(Problem::NumberPlus);
    }
    if unsigned.starts_with('.') {
        return Some(Problem::NumberLeadingPoint);
    }
    let whole = digits(unsigned);
    if whole > 1 && unsigned.starts_with('0') {
        return Some(Problem::NumberZeros);
    }
    let mut rest = part(unsigned, whole..);
    let mut missing = whole == 0;
    if let Some(after) = rest.strip_prefix('.') {
        missing |= digits(after) == 0;
        rest = part(after, digits(after)..);
    }
    if let Some(after) = rest.strip_prefix(['e', 'E']) {
        let after = after.strip_prefix(['+', '-']).unwrap_or(after);
        missing |= digits(after) == 0;
        rest = part(after, digits(after)..);
    }
    if !rest.is_empty() {
        return Some(Problem::Word(text.to_string()));
    }
    if missing {
        return Some(Problem::NumberDigits);
    }
    (text.len() > JSON_NUMBER_LENGTH).then_some(Problem::NumberLength)
}
