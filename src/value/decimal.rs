//! Decimals and the doubles that stand for them.
//!
//! EventBridge compares a number by amount only if its decimal is the shortest that reads back as its double (or, of
//! several as short, the nearest). Most numbers have few digits and always are; those of 16 and 17 digits, such as
//! coordinates, are told by integers; the rest takes long numbers (`exact`).

/// The double of a number without an exponent, and whether it can be compared by amount. None for the few that need
/// more room: `exact` tells of them.
#[inline(never)]
pub(super) fn read(text: &[u8]) -> Option<(f64, bool)> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let negative = digits.len() < text.len();
    if digits.len() > 20 {
        return None;
    }
    let mut sum = 0_u64;
    let mut whole = 0;
    while let Some(digit) = digits.get(whole).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        // 20 digits may be too many, and are refused below.
        sum = sum.wrapping_mul(10).wrapping_add(u64::from(digit));
        whole += 1;
    }
    let fraction = match digits.get(whole..) {
        Some([b'.', fraction @ ..]) => fraction,
        Some([]) => &[],
        _ => return None,
    };
    if !(1..=19).contains(&(whole + fraction.len())) {
        return None;
    }
    let sum = with_fraction(sum, fraction, digits)?;
    let places = fraction.len();
    let (double, comparable) =
        if sum < POWERS[15] { (sum as f64 / POWERS[places] as f64, true) } else { long(sum, places)? };
    Some((if negative && sum != 0 { -double } else { double }, comparable))
}

/// `sum` with the digits of the fraction behind it, eight at a time. `digits` ends with the fraction.
#[inline(always)]
fn with_fraction(mut sum: u64, fraction: &[u8], digits: &[u8]) -> Option<u64> {
    let (eights, rest) = fraction.as_chunks::<8>();
    for eight in eights {
        sum = sum * POWERS[8] + eight_digits(u64::from_le_bytes(*eight))?;
    }
    if rest.is_empty() {
        return Some(sum);
    }
    if let Some(last) = digits.last_chunk::<8>() {
        // The rest stands in the high bytes; below it come zeros.
        let others = 64 - 8 * rest.len();
        let last = u64::from_le_bytes(*last) >> others << others | ZEROS >> (64 - others);
        return Some(sum * POWERS[rest.len()] + eight_digits(last)?);
    }
    for digit in rest {
        sum = sum * 10 + u64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    Some(sum)
}

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The number that eight digits spell.
#[inline(always)]
fn eight_digits(bytes: u64) -> Option<u64> {
    let digits = bytes.wrapping_sub(ZEROS);
    if (digits | digits.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    // Ones and tens, then hundreds, then ten thousands: neighbors are put together in one multiplication each.
    let pairs = (digits.wrapping_mul(10) + (digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff)
}

/// The powers of ten in a `u64`; up to 10^22 a double holds them exactly.
pub(super) static POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut at = 1;
    while at < 20 {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// `sum` / 10^`places` for a sum of 16 digits and more.
///
/// With `double` = m / 2^k the distance of both is (sum * 2^k - m * 10^places) / (10^places * 2^k). All that is asked about
/// it is asked about its numerator: one step of m makes 10^places, one step of the sum 2^k. The products need more than
/// 64 bits, their difference does not: so it is right modulo 2^64.
fn long(sum: u64, places: usize) -> Option<(f64, bool)> {
    if places > 18 {
        return None;
    }
    let step = POWERS[places] as i64;
    let double = sum as f64 / POWERS[places] as f64;
    let (mantissa, shift) = parts(double)?;
    let distance = (sum << shift).wrapping_sub(mantissa.wrapping_mul(step as u64)) as i64;
    // Both are rounded, so it may be a step off. Which way is chance: a branch would be guessed wrong every second time.
    let twice = distance.checked_mul(2)?;
    let off = i64::from(twice > step) - i64::from(twice < -step);
    let distance = distance - off * step;
    let double = f64::from_bits(double.to_bits().wrapping_add_signed(off));
    if distance.unsigned_abs() * 2 >= step as u64 || parts(double)?.1 != shift {
        return None;
    }
    Some((double, is_shortest_of(sum, distance, step, 1 << shift)?))
}

/// Mantissa and shift of a double: mantissa / 2^shift. None where 64 bits are not enough, and for powers of two, whose
/// neighbors are not equally far.
fn parts(double: f64) -> Option<(u64, u32)> {
    let bits = double.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let shift = 1075_u64.checked_sub(bits >> 52)?;
    (fraction != 0 && (1..=58).contains(&shift)).then_some((fraction | 1 << 52, shift as u32))
}

/// Has the double no shorter decimal than `sum`, and none as short that is nearer? `distance` is that of both, `step` one of
/// the double, `unit` one of the sum. None if it is too close to call.
fn is_shortest_of(sum: u64, distance: i64, step: i64, unit: i64) -> Option<bool> {
    let last = (sum % 10) as i64;
    if sum >= POWERS[17] || last == 0 {
        // More than 17 digits are never needed; zeros at the end are not counted here.
        return (last != 0).then_some(false);
    }
    // A step and ten units are less than 2^62 each.
    let nearest = (distance - last * unit).abs().min((distance + (10 - last) * unit).abs());
    let (nearest, own) = (nearest.checked_mul(2)?, 2 * distance.abs());
    if nearest == step || own == unit {
        return None;
    }
    Some(nearest > step && own < unit)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::value::exact::is_shortest;

    #[test]
    fn quick_answers_are_the_exact_ones() {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        };
        let mut answered = [0, 0];
        for round in 0..400_000 {
            let text = match round % 4 {
                // A double as it is written, with its last digit moved now and then.
                0 => format!("{}", (next() >> 11) as f64 / (1_u64 << (next() % 60)) as f64),
                1 => format!("{}", -(((next() >> 11) % 3_600_000_000) as f64 / 1e7 + (next() % 100) as f64 * 1e-14)),
                2 => format!("{}.{}", next() % 1000, next() >> (next() % 40)),
                _ => format!("{}", next() >> (next() % 14)),
            };
            let text =
                if round % 3 == 0 { text } else { text[..text.len() - 1].to_string() + ["1", "9", "5"][round % 7 % 3] };
            let Some((double, comparable)) = read(text.as_bytes()) else {
                continue;
            };
            assert_eq!(double.to_bits(), (text.parse::<f64>().unwrap_or(f64::NAN) + 0.0).to_bits(), "{text}");
            assert_eq!(comparable, is_shortest(&text, double), "{text}");
            answered[usize::from(comparable)] += 1;
        }
        assert!(answered.iter().all(|count| *count > 50_000), "{answered:?}");
    }
}
