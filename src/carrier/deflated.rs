//! Deflated, inside of the carrier itself: less than half of the size of the module as base64. Blocks have codes of their own,
//! as all that a compressor makes of a module (RFC 1951, 3.2.7).

use super::LENGTH;

/// What is packed; at its end eight bytes that mean nothing, since bits are read in words.
static PACKED: &[u8] = include_bytes!(env!("CARRIED"));

/// What is needed meanwhile, and what comes out.
struct Room {
    literals: Codes,
    distances: Codes,
    /// Copies are made in words, so they end a little behind the end.
    unpacked: [u8; LENGTH + 8],
}

static mut ROOM: Room = Room { literals: Codes::NONE, distances: Codes::NONE, unpacked: [0; LENGTH + 8] };

/// Unpacks, and says where the bytes stand. To be called once.
#[unsafe(no_mangle)]
#[allow(unsafe_code)]
pub extern "C" fn unpack() -> *const u8 {
    let room = &raw mut ROOM;
    // Safety: there is one thread, and nothing else refers to it.
    let room = unsafe { &mut *room };
    inflate(room);
    room.unpacked.as_ptr()
}

/// The next bits of what is packed.
struct Bits {
    next: u64,
    count: u32,
    at: usize,
}

impl Bits {
    /// Makes sure that there are 56 bits or more.
    #[inline(always)]
    fn fill(&mut self) {
        let Some(word) = PACKED.get(self.at..).and_then(|left| left.first_chunk()) else { return };
        self.next |= u64::from_le_bytes(*word) << self.count;
        self.at += (63 - self.count as usize) >> 3;
        self.count |= 56;
    }

    #[inline(always)]
    fn skip(&mut self, count: u32) {
        self.next >>= count;
        self.count -= count;
    }

    #[inline(always)]
    fn take(&mut self, count: u32) -> usize {
        let bits = self.next as usize & ((1 << count) - 1);
        self.skip(count);
        bits
    }

    #[inline(always)]
    fn symbol(&mut self, codes: &Codes) -> usize {
        let found = codes.symbols[self.next as usize & codes.mask & 0x7fff];
        self.skip(u32::from(found) & 15);
        usize::from(found >> 4)
    }
}

/// Which symbols some bits mean.
struct Codes {
    /// For all bits that may come: the symbol with which they begin times sixteen, and the length of its code.
    symbols: [u16; 1 << 15],
    /// The bits that count.
    mask: usize,
}

impl Codes {
    const NONE: Codes = Codes { symbols: [0; 1 << 15], mask: 0 };

    /// The codes of symbols of which the lengths are known: shorter ones first, then by symbol.
    fn set(&mut self, lengths: &[u8]) {
        let mut counts = [0u16; 16];
        for &length in lengths {
            counts[usize::from(length & 15)] += 1;
        }
        counts[0] = 0;
        let mut next = [0u16; 16];
        let mut longest = 0;
        for length in 1..16 {
            next[length] = (next[length - 1] + counts[length - 1]) << 1;
            if counts[length] > 0 {
                longest = length;
            }
        }
        self.mask = (1 << longest) - 1;
        for (symbol, &length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
            let code = &mut next[usize::from(length & 15)];
            // Bits come in the order of reading, codes the other way round.
            let first = usize::from(code.reverse_bits() >> (16 - length));
            *code += 1;
            for bits in (first..=self.mask).step_by(1 << length) {
                self.symbols[bits & 0x7fff] = (symbol as u16) << 4 | u16::from(length);
            }
        }
    }
}

/// In which order the lengths of the codes of lengths come.
static ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The least length that a symbol means, and how many bits are added to it. As long as what can be looked up.
static LENGTHS: [(u16, u8); 32] = steps(3, 4, 28, 258);

/// The same of distances.
static DISTANCE_STEPS: [(u16, u8); 32] = steps(1, 2, 30, 0);

/// `run` symbols for each count of bits, except that without bits there are twice as many; the last of all may be special.
const fn steps(least: u16, run: usize, count: usize, last: u16) -> [(u16, u8); 32] {
    let mut steps = [(last, 0); 32];
    let (mut at, mut value) = (0, least);
    while at < count {
        let bits = (at / run).saturating_sub(1) as u8;
        steps[at] = (value, bits);
        value = value.wrapping_add(1 << bits);
        at += 1;
    }
    steps
}

fn inflate(Room { literals, distances, unpacked }: &mut Room) {
    let mut bits = Bits { next: 0, count: 0, at: 0 };
    let mut to = 0;
    loop {
        bits.fill();
        let is_last = bits.take(1) == 1;
        read_codes(&mut bits, literals, distances);
        loop {
            bits.fill();
            let mut symbol = bits.symbol(literals);
            if symbol < 256 {
                unpacked[to] = symbol as u8;
                to += 1;
                symbol = bits.symbol(literals);
                if symbol < 256 {
                    unpacked[to] = symbol as u8;
                    to += 1;
                    continue;
                }
            }
            if symbol == 256 {
                break;
            }
            bits.fill();
            let (length, more) = LENGTHS[(symbol - 257) & 31];
            let end = to + usize::from(length) + bits.take(u32::from(more));
            let (distance, more) = DISTANCE_STEPS[bits.symbol(distances) & 31];
            let distance = usize::from(distance) + bits.take(u32::from(more));
            copy(unpacked, to, end, distance);
            to = end;
        }
        if is_last {
            return;
        }
    }
}

/// The head of a block.
fn read_codes(bits: &mut Bits, literals: &mut Codes, distances: &mut Codes) {
    bits.skip(2);
    let literal_count = bits.take(5) + 257;
    let count = literal_count + bits.take(5) + 1;
    let length_count = bits.take(4) + 4;
    let mut lengths = [0; 19];
    for &symbol in ORDER.iter().take(length_count) {
        bits.fill();
        lengths[usize::from(symbol)] = bits.take(3) as u8;
    }
    literals.set(&lengths);
    let mut lengths = [0; 320];
    let mut at = 0;
    while at < count {
        bits.fill();
        let (length, times) = match bits.symbol(literals) {
            16 => (lengths[at - 1], 3 + bits.take(2)),
            17 => (0, 3 + bits.take(3)),
            18 => (0, 11 + bits.take(7)),
            length => (length as u8, 1),
        };
        lengths[at..at + times].fill(length);
        at += times;
    }
    literals.set(&lengths[..literal_count]);
    distances.set(&lengths[literal_count..count]);
}

/// Repeats what stands so far before.
#[inline(always)]
fn copy(unpacked: &mut [u8], mut to: usize, end: usize, distance: usize) {
    if distance < 8 {
        for to in to..end {
            unpacked[to] = unpacked[to - distance];
        }
        return;
    }
    while to < end {
        let Some(&word) = unpacked.get(to - distance..).and_then(|left| left.first_chunk::<8>()) else { return };
        let Some(place) = unpacked.get_mut(to..).and_then(|left| left.first_chunk_mut()) else { return };
        *place = word;
        to += 8;
    }
}
