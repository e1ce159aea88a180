//! Decimals of any length and the doubles that stand for them, to the last bit. What the standard library does with tables
//! of 10 KB and as much code again is done here with little of both: only few numbers need it (`decimal`).

use super::decimal::POWERS;
use super::long::compare;
use std::cmp::Ordering;

/// The double nearest to the number that `text` spells; not a number if there is none that is finite.
#[cold]
#[inline(never)]
pub(super) fn nearest(text: &str) -> f64 {
    Decimal::of(text).map_or(f64::NAN, |decimal| if decimal.negative { -decimal.nearest() } else { decimal.nearest() })
}

/// Is `text` a spelling of the decimal that the reference takes `double`, the double nearest to it, for? That is the
/// shortest that reads back as it, of two digits at the least. Two digits matter for subnormal numbers only: 4.9e-324 is
/// one, 5e-324 is not.
#[cold]
#[inline(never)]
pub(super) fn is_shortest(text: &str, double: f64) -> bool {
    let Some(exact) = Decimal::of(text) else {
        return false;
    };
    let double = double.abs();
    if exact.digits.is_empty() || double == 0.0 {
        return exact.digits.is_empty() && double == 0.0;
    }
    match exact.digits.len() {
        ..=15 if double >= f64::MIN_POSITIVE => true,
        ..=17 => {
            let short = exact.shortest(double);
            let short = if short.0.len() == 1 && double < 1e-320 { two_digits(double) } else { short };
            (exact.digits, exact.exponent) == short
        }
        _ => false,
    }
}

/// The shortest spelling of the double nearest to the number that `text` spells.
pub(super) fn rounded(text: &str) -> Option<String> {
    let exact = Decimal::of(text)?;
    let double = exact.nearest();
    if double.is_nan() {
        return None;
    }
    let sign = if exact.negative { "-" } else { "" };
    if double == 0.0 {
        return Some(format!("{sign}0"));
    }
    let (digits, exponent) = exact.shortest(double);
    let digits: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
    let length = digits.len() as i64;
    let zeros = |count: i64| "0".repeat(count as usize);
    let plain = if exponent <= 0 {
        format!("{sign}0.{}{digits}", zeros(-exponent))
    } else if exponent >= length {
        format!("{sign}{digits}{}", zeros(exponent - length))
    } else {
        let (whole, fraction) = digits.split_at(exponent as usize);
        format!("{sign}{whole}.{fraction}")
    };
    if plain.len() <= 20 {
        return Some(plain);
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    Some(format!("{sign}{first}{point}{rest}e{}", exponent - 1))
}

/// A number so near to zero that it is a small multiple of the smallest one, rounded to two digits.
fn two_digits(double: f64) -> (Vec<u8>, i64) {
    let multiple = (double.to_bits() & 0xfff) as f64;
    // 4.9406564584124654e-324 times the multiple, in units of 1e-325 and rounded where the third digit would be.
    let mut units = multiple * 49.406_564_584_124_65;
    let mut exponent = -325;
    while units >= 100.0 {
        units /= 10.0;
        exponent += 1;
    }
    trimmed(units.round() as u64, exponent)
}

/// Digits without zeros at either end, and the exponent with which 0.digits is `sum` times ten to the `tens`.
fn trimmed(mut sum: u64, tens: i64) -> (Vec<u8>, i64) {
    let mut digits = Vec::new();
    while sum > 0 {
        digits.push((sum % 10) as u8);
        sum /= 10;
    }
    let exponent = tens + digits.len() as i64;
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    digits.reverse();
    (digits, exponent)
}

/// An exact decimal: 0.digits times ten to the `exponent`, without zeros at either end.
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    fn of(text: &str) -> Option<Decimal> {
        let bytes = text.as_bytes();
        let unsigned = bytes.strip_prefix(b"-").unwrap_or(bytes);
        let end = unsigned.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(unsigned.len());
        let mut digits = Vec::with_capacity(end);
        let mut whole = None;
        for byte in &unsigned[..end] {
            match byte {
                b'0'..=b'9' => digits.push(byte - b'0'),
                b'.' if whole.is_none() => whole = Some(digits.len()),
                _ => return None,
            }
        }
        if digits.is_empty() {
            return None;
        }
        let whole = whole.unwrap_or(digits.len());
        let tens = unsigned.get(end + 1..).map_or(Some(0), exponent)?;
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let exponent = tens.saturating_add(whole as i64 - zeros as i64);
        Some(Decimal { negative: unsigned.len() < bytes.len(), digits, exponent })
    }

    /// The nearest double without the sign; not a number if it is not finite.
    fn nearest(&self) -> f64 {
        match self.exponent {
            _ if self.digits.is_empty() => 0.0,
            ..-330 => 0.0,
            310.. => f64::NAN,
            exponent => nearest_of(&self.digits, exponent),
        }
    }

    /// The shortest decimal that reads back as `double`, the double nearest to this one, and of several the nearest.
    fn shortest(&self, double: f64) -> (Vec<u8>, i64) {
        let (mantissa, twos) = parts(double);
        for length in 1..=17 {
            let tens = self.exponent - length as i64;
            let reads_back = |sum: u64| {
                let (digits, exponent) = trimmed(sum, tens);
                nearest_of(&digits, exponent) == double
            };
            let digit = |at: usize| u64::from(self.digits.get(at).copied().unwrap_or(0));
            let below = (0..length).fold(0, |sum, at| sum * 10 + digit(at));
            let Some(mut sum) = [below, below + 1].into_iter().find(|sum| reads_back(*sum)) else {
                continue;
            };
            // A neighbor is nearer if the double is beyond the middle; in the middle, the larger one is taken.
            let middle = |sum: u64| {
                let (digits, exponent) = trimmed(sum * 10 + 5, tens - 1);
                compare(&digits, exponent, mantissa, twos)
            };
            while middle(sum).is_le() && reads_back(sum + 1) {
                sum += 1;
            }
            while middle(sum - 1).is_gt() && reads_back(sum - 1) {
                sum -= 1;
            }
            return trimmed(sum, tens);
        }
        (self.digits.clone(), self.exponent)
    }
}

/// The exponent that `text` spells, or the largest or smallest there is.
fn exponent(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add((digit - b'0').into()));
    Some(if text[0] == b'-' { -size } else { size })
}

/// A number of 64 bits, the first of them set, times two to the `twos`.
#[derive(Clone, Copy)]
struct Wide {
    bits: u64,
    twos: i64,
}

impl Wide {
    const fn of(number: u64) -> Wide {
        let zeros = number.leading_zeros();
        Wide { bits: number << zeros, twos: -(zeros as i64) }
    }

    /// Rounded down.
    const fn times(self, other: Wide) -> Wide {
        let product = self.bits as u128 * other.bits as u128;
        let zeros = product.leading_zeros();
        Wide { bits: (product << zeros >> 64) as u64, twos: self.twos + other.twos + 64 - zeros as i64 }
    }
}

/// 10, 10^2, 10^4, … 10^256; 1/10, 1/10^2, … 1/10^256.
static TENS: [[Wide; 9]; 2] = {
    let mut tens = [[Wide::of(10); 9]; 2];
    let mut at = 0;
    while at < 9 {
        if at > 0 {
            tens[0][at] = tens[0][at - 1].times(tens[0][at - 1]);
        }
        let Wide { bits, twos } = tens[0][at];
        tens[1][at] = Wide { bits: ((1 << 127) / bits as u128) as u64, twos: -127 - twos };
        at += 1;
    }
    tens
};

/// More than all that is lost by rounding in [`nearest_of`], in the last of 64 bits.
const LOST: u64 = 128;

/// The double nearest to 0.digits times ten to the `exponent`; not a number if it is not finite.
fn nearest_of(digits: &[u8], exponent: i64) -> f64 {
    let first = &digits[..digits.len().min(19)];
    let sum = first.iter().fold(0, |sum, digit| sum * 10 + u64::from(*digit));
    let tens = exponent - first.len() as i64;
    let power = tens.unsigned_abs() as usize;
    if first.len() <= 15 && power < POWERS.len() {
        let power = POWERS[power] as f64;
        return if tens < 0 { sum as f64 / power } else { sum as f64 * power };
    }
    let factors = TENS[usize::from(tens < 0)].iter().enumerate().filter(|(at, _)| power >> at & 1 == 1);
    let wide = factors.fold(Wide::of(sum), |wide, (_, ten)| wide.times(*ten));
    // Doubles have 53 bits, and none is less than 2^-1074.
    let twos = (wide.twos + 11).max(-1074);
    let dropped = twos - wide.twos;
    let (kept, rest, half) = match dropped {
        67.. => return 0.0,
        64.. => (0, 0, 0),
        _ => (wide.bits >> dropped, wide.bits & ((1 << dropped) - 1), 1 << (dropped - 1)),
    };
    let up = if rest.abs_diff(half) > LOST {
        rest > half
    } else {
        // Too near to the middle between two doubles to tell without all digits.
        match compare(digits, exponent, 2 * kept + 1, twos - 1) {
            Ordering::Less => false,
            Ordering::Equal => kept % 2 == 1,
            Ordering::Greater => true,
        }
    };
    let bits = ((twos + 1074) as u64) << 52;
    let bits = bits + kept + u64::from(up);
    if bits < f64::INFINITY.to_bits() { f64::from_bits(bits) } else { f64::NAN }
}

/// A double as mantissa times two to the power of the second.
fn parts(double: f64) -> (u64, i64) {
    let bits = double.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52) as i64 {
        0 => (fraction, -1074),
        exponent => (fraction | 1 << 52, exponent - 1075),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_shortest, nearest, rounded, two_digits};

    fn random() -> impl FnMut() -> u64 {
        let mut state = 1_u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        }
    }

    /// What the standard library says is the rule; it tells of the shortest spelling as well.
    fn check(text: &str) {
        let expected: f64 = text.parse().expect("a number");
        let double = nearest(text);
        if expected.is_infinite() {
            assert!(double.is_nan(), "{text}");
            assert_eq!(rounded(text), None);
            return;
        }
        assert_eq!(double.to_bits(), expected.to_bits(), "{text}");
        let (plain, short) = (format!("{expected}"), format!("{expected:e}"));
        assert_eq!(rounded(text), Some(if plain.len() > 20 { short.clone() } else { plain }), "{text}");
        if double.abs() >= 1e-320 {
            assert!(is_shortest(&short, double), "{short}");
            assert_eq!(is_shortest(text, double), same(text, &short), "{text}");
        }
    }

    /// Do two texts spell the same decimal?
    fn same(a: &str, b: &str) -> bool {
        let of = |text: &str| super::Decimal::of(text).map(|decimal| (decimal.digits, decimal.exponent));
        of(a) == of(b)
    }

    /// The exact decimal of a double, and those of the middles to its neighbors, with a digit more or less at the end.
    fn check_around(double: f64) {
        if !double.is_finite() {
            return;
        }
        [format!("{double:e}"), format!("{double:.17e}"), format!("{double:.16e}")].iter().for_each(|text| check(text));
        let (mantissa, twos) = super::parts(double.abs());
        let middle = exactly(2 * mantissa + 1, twos - 1);
        for text in
            [middle.clone(), format!("{middle}1"), format!("{}0{}", &middle[..middle.len() - 1], "9".repeat(900))]
        {
            check(&text);
        }
    }

    /// `mantissa` times two to the `twos`, written out with a point.
    fn exactly(mantissa: u64, twos: i64) -> String {
        let mut digits: Vec<u8> = mantissa.to_string().bytes().rev().map(|byte| byte - b'0').collect();
        let factor = if twos < 0 { 5 } else { 2 };
        for _ in 0..twos.abs() {
            let mut carry = 0;
            for digit in &mut digits {
                carry += *digit as u32 * factor;
                *digit = (carry % 10) as u8;
                carry /= 10;
            }
            while carry > 0 {
                digits.push((carry % 10) as u8);
                carry /= 10;
            }
        }
        let point = if twos < 0 { -twos as usize } else { 0 };
        while digits.len() <= point {
            digits.push(0);
        }
        let text: String = digits.iter().rev().map(|digit| char::from(b'0' + digit)).collect();
        format!("{}.{}", &text[..text.len() - point], &text[text.len() - point..]) + if point == 0 { "0" } else { "" }
    }

    #[test]
    fn hard_numbers_are_read_as_by_the_standard_library() {
        let texts =
            "1e23 9007199254740993 9007199254740992.99999999999999999999 5e-324 4.9e-324 2.4703282292062327e-324
            2.4703282292062328e-324 1.7976931348623157e308 1.7976931348623158e308 1.7976931348623159e308 1e309 1e-400
            2.2250738585072011e-308 2.2250738585072014e-308 6.8719476736015625e10 5.684341886080802e-14 8.41e21
            5.684341886080801e-14 9.5367431640625e-07 0e99999999999999999999 1e-99999999999999999999 -0.0e5 -1E+2
            1e99999999999999999999 123456789012345678e1 0.000001e-320 68719476736.015625 68719476736.01562 2e0
            68719476736.01563 100000000000000016777215 100000000000000016777216 4.4501477170144023e-308";
        texts.split_whitespace().for_each(check);
        check(&format!("0.{}1e60000", "0".repeat(60_000)));
        check(&format!("{}e-60000", "7".repeat(60_000)));
        for wrong in ["", "-", ".", "1e", "1e+", "e5", "+1", "1.2.3", "inf", "nan", "0x10", "1e5 "] {
            assert!(nearest(wrong).is_nan(), "{wrong}");
        }
    }

    #[test]
    fn random_numbers_are_read_as_by_the_standard_library() {
        let mut next = random();
        for round in 0..20_000 {
            let size = next() >> (next() % 64);
            let exponent = (next() % 680) as i64 - 360;
            check(&format!("{size}e{exponent}"));
            check(&format!("{}.{size}", next() >> (next() % 64)));
            check(&format!("{size}{size}.{size}e{}", exponent / 8));
            if round % 30 == 0 {
                let double = f64::from_bits(next() >> (next() % 12));
                [double, f64::from_bits(double.to_bits() & 0x7ff0_0000_0000_0000)].into_iter().for_each(check_around);
                check_around(f64::from_bits(next() >> (12 + next() % 52)));
            }
        }
    }

    #[test]
    fn ties_of_the_shortest_go_as_in_the_standard_library() {
        let mut next = random();
        for _ in 0..20_000 {
            let double = (next() >> 11) as f64 / (1_u64 << (next() % 20)) as f64;
            check(&format!("{double:e}"));
            check(&format!("{double:.16e}"));
            check(&format!("{double:.15e}"));
        }
    }

    #[test]
    fn two_digits_are_those_of_the_exact_formatter() {
        for bits in 1..2024 {
            let double = f64::from_bits(bits);
            let text = format!("{double:.1e}");
            let exact = super::Decimal::of(&text).map(|decimal| (decimal.digits, decimal.exponent));
            assert_eq!(Some(two_digits(double)), exact, "{bits}");
            if nearest(&text) == double {
                let short = format!("{double:e}");
                assert_eq!(is_shortest(&text, double), !short.contains('.') || same(&text, &short), "{text}");
            }
        }
    }
}
