//! The letters of all scripts in lower and in upper case, as in Unicode 17. The tables of the standard library say the same
//! in ten times as many bytes, which everyone who loads the WebAssembly module would pay for.

/// A text in lower case, letter by letter: `Σ` is `σ` at the end of a word as well.
pub(crate) fn lower(text: &str) -> String {
    lowered(text).collect()
}

/// Are they the same in lower case? Looks no further than to where they differ.
pub(crate) fn differ_by_case_at_most(a: &str, b: &str) -> bool {
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let length = alike.map(|(letter, _)| letter.len_utf8()).sum();
    let [a, b] = [a, b].map(|text| lowered(text.get(length..).unwrap_or_default()));
    a.eq(b)
}

fn lowered(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(|letter| {
        let (first, dot) = match letter {
            '\0'..='\x7f' => (letter.to_ascii_lowercase(), None),
            'İ' => ('i', Some('\u{307}')),
            _ => (lower_of(letter).unwrap_or(letter), None),
        };
        std::iter::once(first).chain(dot)
    })
}

/// A text in upper case, letter by letter.
pub(crate) fn upper(text: &str) -> String {
    let mut upper = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            upper.push(letter.to_ascii_uppercase());
        } else if let Some(letters) = LONG.split(' ').find_map(|word| word.strip_prefix(letter)) {
            upper.push_str(letters);
        } else if let Some(first) = in_runs(WITH_IOTA, letter) {
            upper.extend([first, 'Ι']);
        } else {
            upper.push(upper_of(letter).unwrap_or(letter));
        }
    }
    upper
}

fn lower_of(letter: char) -> Option<char> {
    let in_table = |table| in_runs(word_at(table, letter)?, letter);
    in_table(PAIRS).or_else(|| in_table(ONLY_LOWER)).or_else(|| neighbor(word_at(NEIGHBORS, letter)?, letter, 0))
}

/// The one word of a table that may hold a letter, where the words stand in the order of their first letters: half of them
/// are left each time. To read them all takes ten microseconds, and texts have many letters.
fn word_at(mut words: &str, letter: char) -> Option<&str> {
    let is_space = |byte: &u8| *byte == b' ';
    loop {
        let middle = words.len() / 2;
        let (half, other) = words.as_bytes().split_at_checked(middle)?;
        let behind = other.iter().position(is_space).map(|at| middle + at);
        let Some(space) = behind.or_else(|| half.iter().rposition(is_space)) else {
            return Some(words);
        };
        let right = words.get(space + 1..)?;
        words = if right.chars().next()? <= letter { right } else { words.get(..space)? };
    }
}

fn upper_of(letter: char) -> Option<char> {
    let back = |(first, last, to): (char, char, char)| moved(to, moved(first, last, to, last)?, first, letter);
    runs(PAIRS).find_map(back).or_else(|| in_runs(ONLY_UPPER, letter)).or_else(|| neighbor(NEIGHBORS, letter, 1))
}

/// The other letter of a pair of neighbors, for the first (0) or the second (1) of them.
fn neighbor(words: &str, letter: char, which: u32) -> Option<char> {
    let is_it = |word: &str| {
        let mut ends = word.chars();
        let (first, last) = (ends.next()? as u32 + which, ends.next()? as u32 + which);
        let at = letter as u32;
        ((first..=last).contains(&at) && (at - first).is_multiple_of(2)).then_some(at + 1 - 2 * which)
    };
    words.split(' ').find_map(is_it).and_then(char::from_u32)
}

fn in_runs(table: &str, letter: char) -> Option<char> {
    runs(table).find_map(|(first, last, to)| moved(first, last, to, letter))
}

fn runs(table: &str) -> impl Iterator<Item = (char, char, char)> {
    table.split(' ').filter_map(|word| {
        let mut letters = word.chars();
        Some((letters.next()?, letters.next()?, letters.next()?))
    })
}

/// Where a letter comes to when `first` to `last` move so that `first` comes to `to`.
fn moved(first: char, last: char, to: char, letter: char) -> Option<char> {
    let inside = (first..=last).contains(&letter);
    inside.then(|| char::from_u32(letter as u32 - first as u32 + to as u32)).flatten()
}

/// The first and the last upper case letter of a row, and the lower case of the first.
const PAIRS: &str = "\
    AZa ÀÖà ØÞø ŸŸÿ ƁƁɓ ƆƆɔ ƉƊɖ ƎƎǝ ƏƏə ƐƐɛ ƓƓɠ ƔƔɣ ƖƖɩ ƗƗɨ ƜƜɯ ƝƝɲ ƟƟɵ ƦƦʀ ƩƩʃ ƮƮʈ ƱƲʊ ƷƷʒ ǄǄǆ ǇǇǉ ǊǊǌ ǱǱǳ ǶǶƕ \
    ǷǷƿ ȠȠƞ ȺȺ\u{2c65} ȽȽƚ ȾȾ\u{2c66} ɃɃƀ ɄɄʉ ɅɅʌ ͿͿϳ ΆΆά ΈΊέ ΌΌό ΎΏύ ΑΡα ΣΫσ ϏϏϗ ϹϹϲ ϽϿͻ ЀЏѐ АЯа ӀӀӏ ԱՖա \
    \u{10a0}\u{10c5}\u{2d00} \u{10c7}\u{10c7}\u{2d27} \u{10cd}\u{10cd}\u{2d2d} \u{13a0}\u{13ef}\u{ab70} \
    \u{13f0}\u{13f5}\u{13f8} \u{1c90}\u{1cba}\u{10d0} \u{1cbd}\u{1cbf}\u{10fd} \u{1f08}\u{1f0f}\u{1f00} \
    \u{1f18}\u{1f1d}\u{1f10} \u{1f28}\u{1f2f}\u{1f20} \u{1f38}\u{1f3f}\u{1f30} \u{1f48}\u{1f4d}\u{1f40} \
    \u{1f59}\u{1f59}\u{1f51} \u{1f5b}\u{1f5b}\u{1f53} \u{1f5d}\u{1f5d}\u{1f55} \u{1f5f}\u{1f5f}\u{1f57} \
    \u{1f68}\u{1f6f}\u{1f60} \u{1fb8}\u{1fb9}\u{1fb0} \u{1fba}\u{1fbb}\u{1f70} \u{1fc8}\u{1fcb}\u{1f72} \
    \u{1fd8}\u{1fd9}\u{1fd0} \u{1fda}\u{1fdb}\u{1f76} \u{1fe8}\u{1fe9}\u{1fe0} \u{1fea}\u{1feb}\u{1f7a} \
    \u{1fec}\u{1fec}\u{1fe5} \u{1ff8}\u{1ff9}\u{1f78} \u{1ffa}\u{1ffb}\u{1f7c} ℲℲⅎ ⅠⅯⅰ ⒶⓏⓐ \
    \u{2c00}\u{2c2f}\u{2c30} \u{2c62}\u{2c62}ɫ \u{2c63}\u{2c63}ᵽ \u{2c64}\u{2c64}ɽ \u{2c6d}\u{2c6d}ɑ \
    \u{2c6e}\u{2c6e}ɱ \u{2c6f}\u{2c6f}ɐ \u{2c70}\u{2c70}ɒ \u{2c7e}\u{2c7f}ȿ \u{a77d}\u{a77d}ᵹ \u{a78d}\u{a78d}ɥ \
    \u{a7aa}\u{a7aa}ɦ \u{a7ab}\u{a7ab}ɜ \u{a7ac}\u{a7ac}ɡ \u{a7ad}\u{a7ad}ɬ \u{a7ae}\u{a7ae}ɪ \u{a7b0}\u{a7b0}ʞ \
    \u{a7b1}\u{a7b1}ʇ \u{a7b2}\u{a7b2}ʝ \u{a7b3}\u{a7b3}\u{ab53} \u{a7c4}\u{a7c4}\u{a794} \u{a7c5}\u{a7c5}ʂ \
    \u{a7c6}\u{a7c6}ᶎ \u{a7cb}\u{a7cb}ɤ \u{a7dc}\u{a7dc}ƛ \u{ff21}\u{ff3a}\u{ff41} \u{10400}\u{10427}\u{10428} \
    \u{104b0}\u{104d3}\u{104d8} \u{10570}\u{1057a}\u{10597} \u{1057c}\u{1058a}\u{105a3} \
    \u{1058c}\u{10592}\u{105b3} \u{10594}\u{10595}\u{105bb} \u{10c80}\u{10cb2}\u{10cc0} \
    \u{10d50}\u{10d65}\u{10d70} \u{118a0}\u{118bf}\u{118c0} \u{16e40}\u{16e5f}\u{16e60} \
    \u{16ea0}\u{16eb8}\u{16ebb} \u{1e900}\u{1e921}\u{1e922}";

/// Where upper and lower case take turns: the first and the last upper case letter.
const NEIGHBORS: &str = "\
    ĀĮ ĲĶ ĹŇ ŊŶ ŹŽ ƂƄ ƇƇ ƋƋ ƑƑ ƘƘ ƠƤ ƧƧ ƬƬ ƯƯ ƳƵ ƸƸ ƼƼ ǍǛ ǞǮ ǴǴ ǸȞ ȢȲ ȻȻ ɁɁ ɆɎ ͰͲ ͶͶ ϘϮ ϷϷ ϺϺ ѠҀ ҊҾ ӁӍ ӐԮ \
    \u{1c89}\u{1c89} ḀẔ ẠỾ ↃↃ \u{2c60}\u{2c60} \u{2c67}\u{2c6b} \u{2c72}\u{2c72} \u{2c75}\u{2c75} \
    \u{2c80}\u{2ce2} \u{2ceb}\u{2ced} \u{2cf2}\u{2cf2} \u{a640}\u{a66c} \u{a680}\u{a69a} \u{a722}\u{a72e} \
    \u{a732}\u{a76e} \u{a779}\u{a77b} \u{a77e}\u{a786} \u{a78b}\u{a78b} \u{a790}\u{a792} \u{a796}\u{a7a8} \
    \u{a7b4}\u{a7c2} \u{a7c7}\u{a7c9} \u{a7cc}\u{a7da} \u{a7f5}\u{a7f5}";

/// As `PAIRS`, for those whose lower case has another upper case.
const ONLY_LOWER: &str = "\
    ǅǅǆ ǈǈǉ ǋǋǌ ǲǲǳ ϴϴθ ẞẞß \u{1f88}\u{1f8f}\u{1f80} \u{1f98}\u{1f9f}\u{1f90} \u{1fa8}\u{1faf}\u{1fa0} \
    \u{1fbc}\u{1fbc}\u{1fb3} \u{1fcc}\u{1fcc}\u{1fc3} \u{1ffc}\u{1ffc}\u{1ff3} ΩΩω KKk ÅÅå";

/// Rows of letters and the upper case of the first, which has another lower case.
const ONLY_UPPER: &str = "\
    µµΜ ııI ſſS ǅǅǄ ǈǈǇ ǋǋǊ ǲǲǱ \u{345}\u{345}Ι ςςΣ ϐϐΒ ϑϑΘ ϕϕΦ ϖϖΠ ϰϰΚ ϱϱΡ ϵϵΕ \u{1c80}\u{1c80}В \
    \u{1c81}\u{1c81}Д \u{1c82}\u{1c82}О \u{1c83}\u{1c84}С \u{1c85}\u{1c85}Т \u{1c86}\u{1c86}Ъ \u{1c87}\u{1c87}Ѣ \
    \u{1c88}\u{1c88}\u{a64a} ẛẛṠ \u{1fbe}\u{1fbe}Ι";

/// As `ONLY_UPPER`, with an iota behind each.
const WITH_IOTA: &str = "\
    \u{1f80}\u{1f87}\u{1f08} \u{1f88}\u{1f8f}\u{1f08} \u{1f90}\u{1f97}\u{1f28} \u{1f98}\u{1f9f}\u{1f28} \
    \u{1fa0}\u{1fa7}\u{1f68} \u{1fa8}\u{1faf}\u{1f68} \u{1fb2}\u{1fb2}\u{1fba} \u{1fb3}\u{1fb3}Α \
    \u{1fb4}\u{1fb4}Ά \u{1fbc}\u{1fbc}Α \u{1fc2}\u{1fc2}\u{1fca} \u{1fc3}\u{1fc3}Η \u{1fc4}\u{1fc4}Ή \
    \u{1fcc}\u{1fcc}Η \u{1ff2}\u{1ff2}\u{1ffa} \u{1ff3}\u{1ff3}Ω \u{1ff4}\u{1ff4}Ώ \u{1ffc}\u{1ffc}Ω";

/// A letter and its upper case, which is longer.
const LONG: &str = "\
    ßSS ŉʼN ǰJ\u{30c} ΐΙ\u{308}\u{301} ΰΥ\u{308}\u{301} ևԵՒ ẖH\u{331} ẗT\u{308} ẘW\u{30a} ẙY\u{30a} \u{1e9a}Aʾ \
    \u{1f50}Υ\u{313} \u{1f52}Υ\u{313}\u{300} \u{1f54}Υ\u{313}\u{301} \u{1f56}Υ\u{313}\u{342} \u{1fb6}Α\u{342} \
    \u{1fb7}Α\u{342}Ι \u{1fc6}Η\u{342} \u{1fc7}Η\u{342}Ι \u{1fd2}Ι\u{308}\u{300} \u{1fd3}Ι\u{308}\u{301} \
    \u{1fd6}Ι\u{342} \u{1fd7}Ι\u{308}\u{342} \u{1fe2}Υ\u{308}\u{300} \u{1fe3}Υ\u{308}\u{301} \u{1fe4}Ρ\u{313} \
    \u{1fe6}Υ\u{342} \u{1fe7}Υ\u{308}\u{342} \u{1ff6}Ω\u{342} \u{1ff7}Ω\u{342}Ι \u{fb00}FF \u{fb01}FI \
    \u{fb02}FL \u{fb03}FFI \u{fb04}FFL \u{fb05}ST \u{fb06}ST \u{fb13}ՄՆ \u{fb14}ՄԵ \u{fb15}ՄԻ \u{fb16}ՎՆ \
    \u{fb17}ՄԽ";

#[cfg(test)]
mod tests {
    use super::{lower, upper};

    /// A letter that a later Unicode gives another case is added to the tables above by hand, where its number puts it.
    #[test]
    fn the_cases_are_those_of_the_standard_library() {
        for letter in '\0'..=char::MAX {
            let text = letter.to_string();
            assert_eq!(
                lower(&text),
                letter.to_lowercase().collect::<String>(),
                "lower case of U+{:04X}",
                letter as u32
            );
            assert_eq!(
                upper(&text),
                letter.to_uppercase().collect::<String>(),
                "upper case of U+{:04X}",
                letter as u32
            );
        }
    }
}
