//! A text with room behind it, so that nobody who reads it needs to ask whether it has ended. Asking for each byte costs
//! 8 to 11 % of the time of reading an event in WebAssembly.

use super::simd::WINDOW;

/// Zero bytes behind a text: as many as are looked at in one step, and those of the longest token of fixed length.
pub const PADDING: usize = WINDOW + 8;

/// A text that is being read: bytes, and behind them [`PADDING`] zeros.
///
/// Places in it are made by its readers alone (`scan`, `skip`, `event::read`). They begin at 0; a reader steps over a byte
/// only if it is not NUL, or goes to [`Input::broken`]. So no place is ever behind the second NUL.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    /// The first `length` bytes of `buffer`, if there is room for the padding behind them; that is set to zero.
    pub(crate) fn new(buffer: &'a mut [u8], length: usize) -> Option<Input<'a>> {
        *buffer.get_mut(length..)?.first_chunk_mut()? = [0; PADDING];
        Some(Input(&buffer[..length + PADDING]))
    }

    /// The text without its padding.
    #[inline(always)]
    pub(crate) fn text(self) -> &'a [u8] {
        &self.0[..self.0.len() - PADDING]
    }

    /// The place where a text that is not JSON goes on: behind its end, so that nothing is there.
    #[inline(always)]
    pub(crate) fn broken(self) -> usize {
        self.0.len() - PADDING + 1
    }

    /// The byte at a place, or a few behind it; NUL behind the text.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) fn byte(self, at: usize) -> u8 {
        debug_assert!(at < self.0.len());
        // SAFETY: see above, a place is at most one behind the text, and tokens of fixed length have up to 6 bytes.
        unsafe { *self.0.get_unchecked(at) }
    }

    /// The bytes from a place on.
    #[inline(always)]
    #[allow(unsafe_code)]
    pub(crate) fn window<const N: usize>(self, at: usize) -> &'a [u8; N] {
        const { assert!(N <= WINDOW) };
        debug_assert!(at + N <= self.0.len());
        // SAFETY: see above, a place is at most one behind the text, and `WINDOW` + 8 bytes stand there.
        unsafe { &*self.0.as_ptr().add(at).cast() }
    }
}

/// A copy of a text with its padding. Can be used again for the next one, without new memory.
#[derive(Debug, Default)]
pub(crate) struct Padded {
    bytes: Vec<u8>,
}

impl Padded {
    /// Copies a text.
    pub(crate) fn fill(&mut self, text: &[u8]) -> Input<'_> {
        self.bytes.clear();
        self.bytes.extend_from_slice(text);
        self.bytes.extend_from_slice(&[0; PADDING]);
        Input(&self.bytes)
    }

    /// The copy.
    pub(crate) fn input(&self) -> Input<'_> {
        Input(&self.bytes)
    }
}
