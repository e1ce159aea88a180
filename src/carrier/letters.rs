//! A text of ASCII with one letter for each byte.
//!
//! What a new process needs at once travels so. Letters compress as well as the module itself, which base64 does not, so
//! zip and gzip make of them what packing would. And they are read at once: to unpack 155 kB takes 1.0 to 2.5 ms in code
//! that Node 20 has not optimized yet, to read their letters 0.2.
//!
//! The text is made of three parts:
//! - a letter for each byte, up to a multiple of 16. The most frequent bytes have a letter of their own; all others
//!   share [`OTHER`].
//! - for each character from [`LOWEST`] on, the byte that it stands for, in two digits: `A` is 0, `P` is 15.
//! - the bytes of all [`OTHER`]s, in order, in such digits.

use super::{LENGTH, number};
use core::arch::wasm32::{
    i8x16_bitmask, i8x16_eq, i8x16_sub, i8x16_swizzle, u8x16_splat, v128, v128_load, v128_or, v128_store,
};

/// So many letters are read at once.
const AT_ONCE: usize = 16;

/// The lowest letter that may occur.
const LOWEST: u8 = b' ';

/// Stands for all bytes that have no letter.
const OTHER: u8 = b'~';

/// How many characters of ASCII there are from [`LOWEST`] on. Quotes and backslashes are none of the letters.
const LETTERS: usize = 96;

/// How many bytes have no letter.
const OTHERS: usize = number(env!("CARRIED_OTHERS"));

/// Where the text comes in, and where its letters become bytes.
#[repr(C, align(16))]
struct Text {
    letters: [u8; LENGTH.next_multiple_of(AT_ONCE)],
    meanings: [u8; 2 * LETTERS],
    others: [u8; 2 * OTHERS],
}

static mut TEXT: Text =
    Text { letters: [0; LENGTH.next_multiple_of(AT_ONCE)], meanings: [0; 2 * LETTERS], others: [0; 2 * OTHERS] };

/// Where the text is to be written.
#[unsafe(no_mangle)]
#[allow(unsafe_code)]
pub extern "C" fn text() -> *mut u8 {
    (&raw mut TEXT).cast()
}

/// Reads the text, and says where the bytes stand. To be called once.
#[unsafe(no_mangle)]
#[allow(unsafe_code)]
pub extern "C" fn unpack() -> *const u8 {
    let text = &raw mut TEXT;
    // Safety: there is one thread, and who has written the text writes no more.
    read(unsafe { &mut *text });
    text.cast()
}

fn read(text: &mut Text) {
    let meanings = meanings(&text.meanings);
    let mut others = text.others.as_chunks::<2>().0.iter();
    for letters in text.letters.as_chunks_mut::<AT_ONCE>().0 {
        let places = i8x16_sub(load(letters), u8x16_splat(LOWEST));
        let mut left = i8x16_bitmask(i8x16_eq(places, u8x16_splat(OTHER - LOWEST)));
        store(letters, bytes(places, &meanings));
        while left != 0 {
            if let (Some(byte), Some(digits)) = (letters.get_mut(left.trailing_zeros() as usize), others.next()) {
                *byte = digit_pair(digits);
            }
            left &= left - 1;
        }
    }
}

/// What each letter stands for, in registers.
fn meanings(digits: &[u8; 2 * LETTERS]) -> [v128; LETTERS / AT_ONCE] {
    let mut bytes = [0; LETTERS];
    for (byte, digits) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
        *byte = digit_pair(digits);
    }
    let mut registers = [u8x16_splat(0); LETTERS / AT_ONCE];
    for (register, bytes) in registers.iter_mut().zip(bytes.as_chunks::<AT_ONCE>().0) {
        *register = load(bytes);
    }
    registers
}

/// The bytes that stand at some places of the meanings. A swizzle gives 0 for a place outside of its register.
#[inline(always)]
fn bytes(mut places: v128, meanings: &[v128; LETTERS / AT_ONCE]) -> v128 {
    let mut bytes = u8x16_splat(0);
    for meaning in meanings {
        bytes = v128_or(bytes, i8x16_swizzle(*meaning, places));
        places = i8x16_sub(places, u8x16_splat(AT_ONCE as u8));
    }
    bytes
}

#[inline(always)]
fn digit_pair([high, low]: &[u8; 2]) -> u8 {
    high.wrapping_sub(b'A') << 4 | low.wrapping_sub(b'A')
}

#[inline(always)]
#[allow(unsafe_code)]
fn load(bytes: &[u8; AT_ONCE]) -> v128 {
    // Safety: it reads the sixteen bytes that are there, wherever they stand.
    unsafe { v128_load(bytes.as_ptr().cast()) }
}

#[inline(always)]
#[allow(unsafe_code)]
fn store(bytes: &mut [u8; AT_ONCE], value: v128) {
    // Safety: it writes the sixteen bytes that are there, wherever they stand.
    unsafe { v128_store(bytes.as_mut_ptr().cast(), value) }
}
