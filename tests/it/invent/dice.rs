//! Decisions, and damage that is decided by them.

/// Where decisions come from: a row of numbers that proptest invents and shrinks, or a seeded generator.
/// The first choice of every list is its simplest, since an empty row chooses it.
pub(crate) struct Dice {
    row: std::vec::IntoIter<u16>,
    state: Option<u64>,
}

impl Dice {
    /// Decides by a row of numbers, and by 0 behind its end.
    pub(crate) fn of(row: Vec<u16>) -> Dice {
        Dice { row: row.into_iter(), state: None }
    }

    /// Decides by a seed: `EVENTBRIDGE_RULES_SEED`, and the name of who asks.
    pub(crate) fn new(name: &str) -> Dice {
        let state = name.bytes().fold(seed(), |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Dice { row: Vec::new().into_iter(), state: Some(state) }
    }

    /// Less than `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let number = match &mut self.state {
            None => self.row.next().unwrap_or(0) as usize,
            // SplitMix64
            Some(state) => {
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                (mixed >> 33) as usize
            }
        };
        number % count.max(1)
    }

    /// In so many of a hundred cases; never without numbers.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// `EVENTBRIDGE_RULES_SEED`, to find other cases; the same ones every time without it.
pub(crate) fn seed() -> u64 {
    std::env::var("EVENTBRIDGE_RULES_SEED").map_or(1, |seed| seed.parse().expect("EVENTBRIDGE_RULES_SEED is a number"))
}

/// Some change that is likely to break JSON: of one to four characters, somewhere.
pub(crate) fn damage(text: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = dice.below(characters.len() + 1);
    let end = (at + 1 + dice.below(4)).min(characters.len());
    match dice.below(9) {
        0 => characters.truncate(at),
        1 => drop(characters.drain(at..end)),
        2 => characters.insert(at, dice.pick(&SIGNS)),
        3 => {
            let piece = characters[at..end].to_vec();
            characters.splice(at..at, piece);
        }
        4 if at < end => characters[at] = dice.pick(&SIGNS),
        5 => drop(characters.splice(..at, [])),
        6 => characters.iter_mut().for_each(|c| *c = if *c == '"' { '\'' } else { *c }),
        7 if at < end => {
            characters[at] = char::from_u32(characters[at] as u32 ^ (1 << dice.below(8))).unwrap_or('\u{fffd}')
        }
        _ => {
            let other = dice.below(characters.len() + 1).min(end);
            characters[other.min(at)..end].reverse();
        }
    }
    characters.into_iter().collect()
}

const SIGNS: [char; 40] = [
    ' ', '{', '}', '[', ']', ',', ':', '"', '\\', '0', '1', '9', '-', '+', '.', 'e', 'E', 't', 'f', 'n', 'u', '\'',
    '/', '*', '#', '@', '_', '$', '\n', '\t', '\r', '\0', '\u{7f}', '\u{a0}', 'é', '\u{2028}', '\u{feff}', '\u{ffff}',
    '😀', '\u{1f}',
];
