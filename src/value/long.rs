//! Integers of any length, for the few decimals whose double nothing shorter can tell.

use std::cmp::Ordering;

/// What 0.digits times ten to the `exponent` is against `mantissa` times two to the `twos`.
pub(super) fn compare(digits: &[u8], exponent: i64, mantissa: u64, twos: i64) -> Ordering {
    // No middle between doubles has more than 767 digits: of what comes later, it matters only that it is there.
    let first = &digits[..digits.len().min(800)];
    let mut left = Long(Vec::new());
    first.iter().for_each(|digit| left.multiply(10, (*digit).into()));
    let mut tens = exponent - first.len() as i64;
    if first.len() < digits.len() {
        left.multiply(10, 1);
        tens -= 1;
    }
    let mut right = Long(Vec::new());
    right.multiply(0, (mantissa >> 32) as u32);
    right.shift(32);
    right.multiply(1, mantissa as u32);
    let fives = if tens < 0 { &mut right } else { &mut left };
    let count = tens.unsigned_abs();
    (0..count / 13).for_each(|_| fives.multiply(5_u32.pow(13), 0));
    fives.multiply(5_u32.pow((count % 13) as u32), 0);
    let (shifted, by) = if tens > twos { (&mut left, tens - twos) } else { (&mut right, twos - tens) };
    shifted.shift(by as usize);
    left.0.len().cmp(&right.0.len()).then_with(|| left.0.iter().rev().cmp(right.0.iter().rev()))
}

/// An integer of any length; its last 32 bits come first, and none of the highest is zero.
struct Long(Vec<u32>);

impl Long {
    /// This times `factor` and `more`.
    fn multiply(&mut self, factor: u32, more: u32) {
        let mut carry = u64::from(more);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// This times two to the `bits`.
    fn shift(&mut self, bits: usize) {
        self.multiply(1 << (bits % 32), 0);
        if !self.0.is_empty() {
            self.0.splice(..0, std::iter::repeat_n(0, bits / 32));
        }
    }
}
