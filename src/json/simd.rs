//! Looking at many bytes at once. The three versions of each question give the same answers (a test holds the one of this
//! machine to plain Rust): SSE2, which every x86-64 has; simd128 of WebAssembly; and plain Rust for everything else.

/// So many bytes are looked at at once.
pub(super) const WINDOW: usize = 32;

/// Half of them: what a register holds.
pub(super) const HALF: usize = WINDOW / 2;

/// What interrupts a run of plain characters: a bit for each quote, backslash, control character and byte that is not
/// ASCII.
#[inline(always)]
pub(super) fn special(window: &[u8; WINDOW]) -> u32 {
    let [first, second] = window.as_chunks::<HALF>().0 else {
        return 0;
    };
    special_half(first) | special_half(second) << HALF
}

/// The same for half a window.
#[inline(always)]
pub(super) fn special_half(half: &[u8; HALF]) -> u32 {
    version::special(half, b'"')
}

/// The same, and a bit for each dot.
#[inline(always)]
pub(super) fn special_in_key(half: &[u8; HALF]) -> u32 {
    version::special(half, b'.')
}

/// How many digits half a window begins with.
#[inline(always)]
pub(super) fn digits(half: &[u8; HALF]) -> usize {
    (version::no_digits(half) | 1 << HALF).trailing_zeros() as usize
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod version {
    use super::HALF;
    use std::arch::x86_64::{
        __m128i, _mm_add_epi8, _mm_cmpeq_epi8, _mm_cmpgt_epi8, _mm_cmplt_epi8, _mm_loadu_si128, _mm_movemask_epi8,
        _mm_or_si128, _mm_set1_epi8,
    };

    #[inline(always)]
    fn load(half: &[u8; HALF]) -> __m128i {
        // SAFETY: SSE2 is part of x86-64; a whole array that we hold is loaded, which need not be aligned.
        unsafe { _mm_loadu_si128(half.as_ptr().cast()) }
    }

    #[inline(always)]
    pub(super) fn special(half: &[u8; HALF], also: u8) -> u32 {
        let bytes = load(half);
        // SAFETY: SSE2 is part of x86-64.
        unsafe {
            let also = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(also as i8));
            let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
            let backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
            // As signed numbers the bytes that are not ASCII are below the control characters.
            let others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
            let others = _mm_or_si128(others, also);
            _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), others)) as u32
        }
    }

    #[inline(always)]
    pub(super) fn no_digits(half: &[u8; HALF]) -> u32 {
        let bytes = load(half);
        // SAFETY: SSE2 is part of x86-64.
        unsafe {
            // Moved so that the digits are the smallest signed numbers.
            let moved = _mm_add_epi8(bytes, _mm_set1_epi8((0x80 - b'0') as i8));
            _mm_movemask_epi8(_mm_cmpgt_epi8(moved, _mm_set1_epi8(-128 + 9))) as u32
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod version {
    use super::HALF;
    use core::arch::wasm32::{
        i8x16_bitmask, i8x16_eq, i8x16_lt, i8x16_splat, i8x16_sub, u8x16_gt, u8x16_splat, v128, v128_load, v128_or,
    };

    #[inline(always)]
    #[allow(unsafe_code)]
    fn load(half: &[u8; HALF]) -> v128 {
        // SAFETY: a whole array that we hold is loaded; it need not be aligned.
        unsafe { v128_load(half.as_ptr().cast()) }
    }

    #[inline(always)]
    pub(super) fn special(half: &[u8; HALF], also: u8) -> u32 {
        let bytes = load(half);
        let also = i8x16_eq(bytes, u8x16_splat(also));
        let quote = i8x16_eq(bytes, u8x16_splat(b'"'));
        let backslash = i8x16_eq(bytes, u8x16_splat(b'\\'));
        // As signed numbers the bytes that are not ASCII are below the control characters.
        let others = v128_or(i8x16_lt(bytes, i8x16_splat(0x20)), also);
        i8x16_bitmask(v128_or(v128_or(quote, backslash), others)).into()
    }

    #[inline(always)]
    pub(super) fn no_digits(half: &[u8; HALF]) -> u32 {
        i8x16_bitmask(u8x16_gt(i8x16_sub(load(half), u8x16_splat(b'0')), u8x16_splat(9))).into()
    }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
use plain as version;

/// Byte by byte: what the other versions are held to.
#[cfg(any(test, not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))))]
mod plain {
    use super::HALF;

    fn bits(half: &[u8; HALF], of: impl Fn(u8) -> bool) -> u32 {
        half.iter().rev().fold(0, |bits, byte| bits << 1 | u32::from(of(*byte)))
    }

    pub(super) fn special(half: &[u8; HALF], also: u8) -> u32 {
        bits(half, |byte| !(0x20..0x80).contains(&byte) || byte == b'"' || byte == b'\\' || byte == also)
    }

    pub(super) fn no_digits(half: &[u8; HALF]) -> u32 {
        bits(half, |byte| !byte.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::{HALF, WINDOW, digits, plain, special, version};

    #[test]
    fn all_versions_answer_alike() {
        for byte in 0..=255 {
            for at in 0..HALF {
                for around in [b'x', b'5'] {
                    let mut half = [around; HALF];
                    half[at] = byte;
                    for also in [b'"', b'.'] {
                        assert_eq!(version::special(&half, also), plain::special(&half, also), "{byte} at {at}");
                    }
                    assert_eq!(version::no_digits(&half), plain::no_digits(&half), "{byte} at {at}");
                }
            }
        }
    }

    #[test]
    fn a_window_is_its_halves() {
        for at in 0..WINDOW {
            let mut window = [b'x'; WINDOW];
            window[at] = b'"';
            assert_eq!(special(&window), 1 << at);
        }
        assert_eq!(digits(b"0123456789x12345"), 10);
        assert_eq!(digits(b"0123456789012345"), HALF);
        assert_eq!(digits(b"-123456789012345"), 0);
    }
}
