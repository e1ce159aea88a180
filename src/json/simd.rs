//! Looking at many bytes at once. The three versions of each question give the same answers (a test holds them
//! together): SSE2, which every x86-64 has; simd128 of WebAssembly; and plain Rust for everything else.

/// So many bytes are looked at at once.
pub(super) const WINDOW: usize = 32;

/// What interrupts a run of plain characters: a bit for each quote, backslash, control character and byte that is not
/// ASCII.
pub(super) fn special(window: &[u8; WINDOW]) -> u32 {
    version::special(window)
}

/// The same for half a window.
pub(super) fn special_half(window: &[u8; WINDOW / 2]) -> u32 {
    version::special_half(window)
}

/// How many digits the window begins with.
pub(super) fn digits(window: &[u8; 16]) -> usize {
    version::digits(window)
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod version {
    use std::arch::x86_64::{
        __m128i, _mm_add_epi8, _mm_cmpeq_epi8, _mm_cmpgt_epi8, _mm_cmplt_epi8, _mm_loadu_si128, _mm_movemask_epi8,
        _mm_or_si128, _mm_set1_epi8,
    };

    /// SAFETY of all calls below: SSE2 is part of x86-64, and what is loaded is a whole array that we hold.
    fn load(bytes: &[u8], half: usize) -> __m128i {
        let half: &[u8; 16] = bytes.as_chunks().0.get(half).unwrap_or(&[0; 16]);
        unsafe { _mm_loadu_si128(half.as_ptr().cast()) }
    }

    fn bits(of: impl Fn(__m128i) -> __m128i, window: &[u8; super::WINDOW]) -> u32 {
        let half = |half| unsafe { _mm_movemask_epi8(of(load(window, half))) as u32 };
        half(0) | half(1) << 16
    }

    #[inline(always)]
    pub(super) fn special_half(window: &[u8; 16]) -> u32 {
        unsafe {
            let bytes = load(window, 0);
            let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
            let backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
            let all = _mm_or_si128(_mm_or_si128(quote, backslash), _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
            _mm_movemask_epi8(all) as u32
        }
    }

    #[inline(always)]
    pub(super) fn special(window: &[u8; super::WINDOW]) -> u32 {
        bits(
            |bytes| unsafe {
                let quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'"' as i8));
                let backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b'\\' as i8));
                // As signed numbers the bytes that are not ASCII are below the control characters.
                _mm_or_si128(_mm_or_si128(quote, backslash), _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)))
            },
            window,
        )
    }

    #[inline(always)]
    pub(super) fn digits(window: &[u8; 16]) -> usize {
        unsafe {
            // Moved so that the digits are the smallest signed numbers.
            let moved = _mm_add_epi8(load(window, 0), _mm_set1_epi8((0x80 - b'0') as i8));
            let others = _mm_cmpgt_epi8(moved, _mm_set1_epi8(-128 + 9));
            (_mm_movemask_epi8(others) as u32 | 1 << 16).trailing_zeros() as usize
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[allow(unsafe_code)]
mod version {
    use core::arch::wasm32::{
        i8x16_bitmask, i8x16_eq, i8x16_lt, i8x16_splat, i8x16_sub, u8x16_gt, u8x16_splat, v128, v128_load, v128_or,
    };

    fn load(bytes: &[u8], half: usize) -> v128 {
        let half: &[u8; 16] = bytes.as_chunks().0.get(half).unwrap_or(&[0; 16]);
        // SAFETY: a whole array that we hold is loaded; a load need not be aligned.
        unsafe { v128_load(half.as_ptr().cast()) }
    }

    #[inline(always)]
    fn bits(of: impl Fn(v128) -> v128, window: &[u8; super::WINDOW]) -> u32 {
        let half = |half| u32::from(i8x16_bitmask(of(load(window, half))));
        half(0) | half(1) << 16
    }

    #[inline(always)]
    pub(super) fn special_half(window: &[u8; 16]) -> u32 {
        let bytes = load(window, 0);
        let quote = i8x16_eq(bytes, i8x16_splat(b'"' as i8));
        let backslash = i8x16_eq(bytes, i8x16_splat(b'\\' as i8));
        u32::from(i8x16_bitmask(v128_or(v128_or(quote, backslash), i8x16_lt(bytes, i8x16_splat(0x20)))))
    }

    #[inline(always)]
    pub(super) fn special(window: &[u8; super::WINDOW]) -> u32 {
        bits(
            |bytes| {
                let quote = i8x16_eq(bytes, i8x16_splat(b'"' as i8));
                let backslash = i8x16_eq(bytes, i8x16_splat(b'\\' as i8));
                // As signed numbers the bytes that are not ASCII are below the control characters.
                v128_or(v128_or(quote, backslash), i8x16_lt(bytes, i8x16_splat(0x20)))
            },
            window,
        )
    }

    #[inline(always)]
    pub(super) fn digits(window: &[u8; 16]) -> usize {
        let others = u8x16_gt(i8x16_sub(load(window, 0), u8x16_splat(b'0')), u8x16_splat(9));
        (u32::from(i8x16_bitmask(others)) | 1 << 16).trailing_zeros() as usize
    }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
mod version {
    pub(super) use super::plain::{digits, special};
}

/// Byte by byte: what the other versions are held to.
#[cfg(any(test, not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))))]
mod plain {
    fn bits(of: impl Fn(u8) -> bool, window: &[u8; super::WINDOW]) -> u32 {
        window.iter().rev().fold(0, |bits, byte| bits << 1 | u32::from(of(*byte)))
    }

    pub(super) fn special(window: &[u8; super::WINDOW]) -> u32 {
        bits(|byte| !(0x20..0x80).contains(&byte) || byte == b'"' || byte == b'\\', window)
    }

    pub(super) fn digits(window: &[u8; 16]) -> usize {
        window.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{WINDOW, digits, plain, special};

    #[test]
    fn all_versions_answer_alike() {
        for byte in 0..=255 {
            for at in 0..WINDOW {
                let mut window = [b'x'; WINDOW];
                window[at] = byte;
                assert_eq!(special(&window), plain::special(&window), "{byte} at {at}");
                let mut window = [b'5'; 16];
                window[at % 16] = byte;
                assert_eq!(digits(&window), plain::digits(&window), "{byte} at {at}");
            }
        }
    }
}
