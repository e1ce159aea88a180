//! Does everything that passes one test pass another? Only a sure yes is a yes.

use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::cidr::Cidr;
use crate::operators::equals::Equals;
use crate::operators::exists::Exists;
use crate::operators::numeric::{Bound, Numeric};
use crate::operators::prefix::Affix;
use crate::operators::wildcard::Wildcard;
use crate::value::Value;

/// Does everything that passes `b` pass `a`?
pub(super) fn covers(a: &Test, b: &Test) -> bool {
    match (a, b) {
        (_, Test::Exists(_)) => a == b,
        (Test::Exists(Exists { exists }), _) => *exists,
        (Test::Cidr(range), Test::Equals(Equals::Address { address, .. })) => range.contains(*address),
        (_, Test::Equals(Equals::Address { address, .. })) => {
            matches!(a, Test::Equals(Equals::Address { address: other, .. }) if other == address)
        }
        (_, Test::Equals(value)) => a.passes(&as_value(value)),
        (_, Test::Exactly(text)) => a.passes(&Value::String(text.text.as_str().into())),
        (_, Test::Numeric(inner)) => numeric(a, inner),
        (_, Test::AnythingBut(inner)) => matches!(a, Test::AnythingBut(outer) if leaves_out_less(outer, inner)),
        // The rest takes strings only.
        _ if any_string(a) => true,
        (Test::Cidr(outer), Test::Cidr(inner)) => within(outer, inner),
        (_, Test::Prefix(prefix)) => starts(a, &prefix.text),
        (_, Test::Suffix(suffix)) => ends(a, &suffix.text),
        (_, Test::Wildcard(shape)) => shaped(a, shape),
        (_, Test::EqualsIgnoreCase(text)) => ignores_case(a, text.text.text()),
        _ => false,
    }
}

/// Does every string pass?
pub(super) fn any_string(test: &Test) -> bool {
    match test {
        Test::Exists(Exists { exists }) => *exists,
        Test::AnythingBut(AnythingBut::Numbers(_)) => true,
        Test::Prefix(prefix) => is_empty(&prefix.text),
        Test::Suffix(suffix) => is_empty(&suffix.text),
        Test::Wildcard(shape) => shape.pieces().len() > 1 && shape.pieces().iter().all(String::is_empty),
        _ => false,
    }
}

/// Two `anything-but` that leave out nothing in common: every value passes one of them.
pub(super) fn exclusive(a: &Test, b: &Test) -> bool {
    use AnythingBut::{IgnoreCase, Numbers, Prefix, Strings, Suffix};
    let (Test::AnythingBut(a), Test::AnythingBut(b)) = (a, b) else {
        return false;
    };
    let none = |a: &[String], b: &[String], same: fn(&str, &str) -> bool| {
        a.len() * b.len() <= 4096 && !a.iter().any(|a| b.iter().any(|b| same(a, b)))
    };
    match (a, b) {
        (Strings(a), Strings(b)) => none(a, b, |a, b| a == b),
        (Numbers(a), Numbers(b)) => a.len() * b.len() <= 4096 && !a.iter().any(|a| b.iter().any(|b| a.equals(b))),
        (Numbers(_), Strings(_) | Prefix(_) | Suffix(_) | IgnoreCase(_)) => true,
        (Strings(_) | Prefix(_) | Suffix(_) | IgnoreCase(_), Numbers(_)) => true,
        (Prefix(a), Prefix(b)) => {
            none(a, b, |a, b| a.starts_with(b) || b.starts_with(a) || a.contains('"') || b.contains('"'))
        }
        (Suffix(a), Suffix(b)) => {
            none(a, b, |a, b| a.ends_with(b) || b.ends_with(a) || a.contains('"') || b.contains('"'))
        }
        (Strings(a), Prefix(b)) | (Prefix(b), Strings(a)) => none(a, b, |a, b| a.starts_with(b) || b.contains('"')),
        (Strings(a), Suffix(b)) | (Suffix(b), Strings(a)) => none(a, b, |a, b| a.ends_with(b) || b.contains('"')),
        _ => false,
    }
}

fn is_empty(affix: &Affix) -> bool {
    text(affix).is_empty()
}

fn text(affix: &Affix) -> &str {
    match affix {
        Affix::Plain(text) => text,
        Affix::IgnoreCase(folded) => folded.text(),
    }
}

fn as_value(value: &Equals) -> Value<'_> {
    match value {
        Equals::String(text) | Equals::Address { text, .. } => Value::String(text.as_str().into()),
        Equals::Number(number) => Value::Number(number.clone()),
        Equals::Bool(true) => Value::True,
        Equals::Bool(false) => Value::False,
        Equals::Null => Value::Null,
    }
}

fn within(outer: &Cidr, inner: &Cidr) -> bool {
    outer.contains(inner.first()) && outer.contains(inner.last())
}

fn leaves_out_less(outer: &AnythingBut, inner: &AnythingBut) -> bool {
    use AnythingBut::{IgnoreCase, Numbers, Prefix, Strings, Suffix, Wildcard};
    fn all<T: PartialEq>(outer: &[T], inner: &[T]) -> bool {
        outer.len() * inner.len() <= 4096 && outer.iter().all(|item| inner.contains(item))
    }
    match (outer, inner) {
        (_, AnythingBut::Nothing) => true,
        (Strings(outer), Strings(inner)) | (Prefix(outer), Prefix(inner)) | (Suffix(outer), Suffix(inner)) => {
            all(outer, inner)
        }
        (Numbers(outer), Numbers(inner)) => all(outer, inner),
        (IgnoreCase(outer), IgnoreCase(inner)) => all(outer, inner),
        (Wildcard(outer), Wildcard(inner)) => all(outer, inner),
        _ => false,
    }
}

fn numeric(a: &Test, inner: &Numeric) -> bool {
    match (a, inner) {
        (_, Numeric::Equal(number)) => a.passes(&Value::Number(number.clone())),
        (Test::Numeric(Numeric::Range { low, high }), Numeric::Range { low: inner_low, high: inner_high }) => {
            wide_enough(low.as_ref(), inner_low.as_ref(), 1.0) && wide_enough(high.as_ref(), inner_high.as_ref(), -1.0)
        }
        // Numbers pass every test that leaves out nothing but strings.
        (Test::AnythingBut(AnythingBut::Numbers(_) | AnythingBut::Nothing), _) => false,
        (Test::AnythingBut(_), _) => true,
        _ => false,
    }
}

/// Is a bound at least as far out as the one inside? `out` is 1 for lower bounds and -1 for upper ones.
fn wide_enough(outer: Option<&Bound>, inner: Option<&Bound>, out: f64) -> bool {
    let Some(outer) = outer else { return true };
    let Some((outer_amount, inner)) = outer.number.amount().zip(inner) else {
        return false;
    };
    inner.number.amount().is_some_and(|amount| {
        amount * out > outer_amount * out || (amount == outer_amount && (outer.inclusive || !inner.inclusive))
    })
}

/// Do all strings that start with a text pass? Quotes at the ends are odd, so texts with quotes are left alone.
fn starts(a: &Test, inner: &Affix) -> bool {
    let inner_text = text(inner);
    if inner_text.contains('"') {
        return false;
    }
    match (a, inner) {
        (Test::Prefix(outer), Affix::Plain(inner)) => match &outer.text {
            Affix::Plain(outer) => !outer.contains('"') && inner.starts_with(outer.as_str()),
            Affix::IgnoreCase(outer) => outer.text().is_ascii() && !outer.text().contains('"') && outer.starts(inner),
        },
        (Test::Prefix(outer), Affix::IgnoreCase(inner)) => match &outer.text {
            Affix::IgnoreCase(outer) => ascii_starts(inner.text(), outer.text()),
            Affix::Plain(_) => false,
        },
        // A star at the end takes whatever follows.
        (Test::Wildcard(shape), Affix::Plain(inner)) => open_end(shape) && shape.fits(inner),
        (Test::AnythingBut(AnythingBut::Strings(list)), Affix::Plain(inner)) => {
            !list.iter().any(|text| text.starts_with(inner.as_str()))
        }
        _ => false,
    }
}

fn ascii_starts(text: &str, start: &str) -> bool {
    let head = text.as_bytes().get(..start.len());
    text.is_ascii()
        && !text.contains('"')
        && !start.contains('"')
        && head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
}

fn open_end(shape: &Wildcard) -> bool {
    shape.pieces().len() > 1 && shape.pieces().last().is_some_and(String::is_empty)
}

fn open_start(shape: &Wildcard) -> bool {
    shape.pieces().len() > 1 && shape.pieces().first().is_some_and(String::is_empty)
}

/// Do all strings that end with a text pass?
fn ends(a: &Test, inner: &Affix) -> bool {
    let Affix::Plain(inner) = inner else {
        return false;
    };
    if inner.contains('"') {
        return false;
    }
    match a {
        Test::Suffix(outer) => match &outer.text {
            Affix::Plain(outer) => !outer.contains('"') && inner.ends_with(outer.as_str()),
            Affix::IgnoreCase(outer) => outer.text().is_ascii() && !outer.text().contains('"') && outer.ends(inner),
        },
        Test::Wildcard(shape) => open_start(shape) && shape.fits(inner),
        Test::AnythingBut(AnythingBut::Strings(list)) => !list.iter().any(|text| text.ends_with(inner.as_str())),
        _ => false,
    }
}

/// Do all strings of a shape pass?
fn shaped(a: &Test, shape: &Wildcard) -> bool {
    let [first, .., last] = shape.pieces() else {
        return shape.pieces().first().is_some_and(|only| a.passes(&Value::String(only.as_str().into())));
    };
    match a {
        Test::Prefix(prefix) => match &prefix.text {
            Affix::Plain(text) => !text.contains('"') && first.starts_with(text.as_str()),
            Affix::IgnoreCase(_) => false,
        },
        Test::Suffix(suffix) => match &suffix.text {
            Affix::Plain(text) => !text.contains('"') && last.ends_with(text.as_str()),
            Affix::IgnoreCase(_) => false,
        },
        Test::Wildcard(outer) => outer.pieces() == shape.pieces(),
        _ => false,
    }
}

/// Do all spellings of a text in any case pass?
fn ignores_case(a: &Test, text: &str) -> bool {
    match a {
        Test::EqualsIgnoreCase(outer) => text.is_ascii() && text.eq_ignore_ascii_case(outer.text.text()),
        Test::Prefix(prefix) => match &prefix.text {
            Affix::IgnoreCase(outer) => ascii_starts(text, outer.text()),
            Affix::Plain(_) => false,
        },
        _ => false,
    }
}
