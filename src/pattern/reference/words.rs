//! The pieces of messages: where something is, which text it is in, which character it was.

use super::Place;

/// UTF-16 units of the source that a message shows.
const SHOWN: usize = 500;

/// `[Source: (String)"…"; line: 1, column: 5]`. Columns count UTF-16 units from 1.
pub(super) fn location(text: &str, place: Place) -> String {
    located(text, place.line, 1 + units(&text[place.line_start..place.at]))
}

/// The place at which the text as a whole is said to start.
pub(super) fn root_location(text: &str) -> String {
    located(text, 1, 0)
}

fn located(text: &str, line: usize, column: usize) -> String {
    format!("[Source: (String){}; line: {line}, column: {column}]", source(text))
}

/// The beginning of the text in quotes, and how much of it is not shown. Control characters that do not end a line are
/// written as escapes, nothing else is.
fn source(text: &str) -> String {
    let mut shown = String::from("\"");
    let mut left = SHOWN;
    for character in text.chars() {
        if character.len_utf16() > left {
            // Half a pair may be left over, which is written as a question mark.
            shown.push_str(if left > 0 { "?" } else { "" });
            break;
        }
        left -= character.len_utf16();
        match character {
            '\n' | '\r' => shown.push(character),
            _ if character.is_control() => shown.push_str(&format!("\\u{:04X}", character as u32)),
            _ => shown.push(character),
        }
    }
    shown.push('"');
    let rest = units(text).saturating_sub(SHOWN);
    if rest > 0 { format!("{shown}[truncated {rest} chars]") } else { shown }
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// `'x' (code 120)`; what has no place in UTF-16 as one unit is met as its first half.
pub(super) fn character(character: char) -> String {
    let mut pair = [0; 2];
    let code = character.encode_utf16(&mut pair)[0];
    let shown = if character.len_utf16() == 1 { character } else { '?' };
    match code {
        _ if character.is_control() => format!("(CTRL-CHAR, code {code})"),
        0..=255 => format!("'{shown}' (code {code})"),
        _ => format!("'{shown}' (code {code} / 0x{code:x})"),
    }
}

/// May a bare word start with it? As Java has it for its identifiers, with the alphabetic characters of Rust; these count
/// a few accents, with which no word begins.
pub(super) fn starts_word(character: char) -> bool {
    let circled = ('\u{24b6}'..='\u{24e9}').contains(&character);
    let letter = character.is_alphabetic() && !circled && character.len_utf16() == 1;
    letter || matches!(character, '$' | '_') || within(&SIGNS, character)
}

/// May a bare word go on with it? With a digit too, an accent, and what is not seen.
pub(super) fn continues_word(character: char) -> bool {
    let digit = character.is_numeric() && !within(&FRACTIONS, character) && character.len_utf16() == 1;
    let unseen = character.is_control() && !matches!(character, '\t'..='\r' | '\u{1c}'..='\u{1f}');
    starts_word(character) || digit || unseen || within(&MARKS, character)
}

fn within(table: &[(u16, u16)], character: char) -> bool {
    u16::try_from(character as u32).is_ok_and(|code| table.iter().any(|(first, last)| (*first..=*last).contains(&code)))
}

/// Signs of currencies, and connectors such as `‿`.
#[rustfmt::skip]
static SIGNS: [(u16, u16); 22] = [
    (0xa2, 0xa5), (0x58f, 0x58f), (0x60b, 0x60b), (0x7fe, 0x7ff), (0x9f2, 0x9f3), (0x9fb, 0x9fb), (0xaf1, 0xaf1),
    (0xbf9, 0xbf9), (0xe3f, 0xe3f), (0x17db, 0x17db), (0x203f, 0x2040), (0x2054, 0x2054), (0x20a0, 0x20c0),
    (0xa838, 0xa838), (0xfdfc, 0xfdfc), (0xfe33, 0xfe34), (0xfe4d, 0xfe4f), (0xfe69, 0xfe69), (0xff04, 0xff04),
    (0xff3f, 0xff3f), (0xffe0, 0xffe1), (0xffe5, 0xffe6),
];

/// Numbers that are no digits: fractions, and what is raised or circled. (Unassigned codes and what is no number at all may
/// lie between.)
#[rustfmt::skip]
static FRACTIONS: [(u16, u16); 15] = [
    (0xb2, 0xbe), (0x9f4, 0x9f9), (0xb72, 0xb77), (0xbf0, 0xbf2), (0xc78, 0xc7e), (0xd58, 0xd5e), (0xd70, 0xd78),
    (0xf2a, 0xf33), (0x1369, 0x137c), (0x17f0, 0x17f9), (0x19da, 0x19da), (0x2070, 0x215f), (0x2189, 0x2cfd),
    (0x3192, 0x32bf), (0xa830, 0xa835),
];

/// Accents, and characters that are not seen. (Letters and unassigned codes may lie between.)
#[rustfmt::skip]
static MARKS: [(u16, u16); 87] = [
    (0xad, 0xad), (0x300, 0x36f), (0x483, 0x487), (0x591, 0x5bd), (0x5bf, 0x5bf), (0x5c1, 0x5c2), (0x5c4, 0x5c5),
    (0x5c7, 0x5c7), (0x600, 0x605), (0x610, 0x61a), (0x61c, 0x61c), (0x64b, 0x65f), (0x670, 0x670), (0x6d6, 0x6dd),
    (0x6df, 0x6e8), (0x6ea, 0x6ed), (0x70f, 0x7f3), (0x7fd, 0x82d), (0x859, 0x85b), (0x890, 0x963), (0x981, 0x9e3),
    (0x9fe, 0xa75), (0xa81, 0xae3), (0xafa, 0xb63), (0xb82, 0xbd7), (0xc00, 0xc63), (0xc81, 0xc83), (0xcbc, 0xd4d),
    (0xd57, 0xd57), (0xd62, 0xd63), (0xd81, 0xdf3), (0xe31, 0xe4e), (0xeb1, 0xecd), (0xf18, 0xf19), (0xf35, 0xf35),
    (0xf37, 0xf37), (0xf39, 0xf39), (0xf3e, 0xf84), (0xf86, 0xfbc), (0xfc6, 0xfc6), (0x102b, 0x103e),
    (0x1056, 0x109d), (0x135d, 0x135f), (0x1712, 0x1734), (0x1752, 0x17d3), (0x17dd, 0x17dd), (0x180b, 0x193b),
    (0x1a17, 0x1a1b), (0x1a55, 0x1a7f), (0x1ab0, 0x1abd), (0x1abf, 0x1b44), (0x1b6b, 0x1b73), (0x1b80, 0x1bf3),
    (0x1c24, 0x1c37), (0x1cd0, 0x1cd2), (0x1cd4, 0x1dff), (0x200b, 0x200f), (0x202a, 0x202e), (0x2060, 0x206f),
    (0x20d0, 0x20dc), (0x20e1, 0x20e1), (0x20e5, 0x20f0), (0x2cef, 0x2cf1), (0x2d7f, 0x2dff), (0x302a, 0x302f),
    (0x3099, 0x309a), (0xa66f, 0xa66f), (0xa674, 0xa67d), (0xa69e, 0xa6f1), (0xa802, 0xa827), (0xa82c, 0xa82c),
    (0xa880, 0xa8c5), (0xa8e0, 0xa8f1), (0xa8ff, 0xa92d), (0xa947, 0xa953), (0xa980, 0xa9c0), (0xa9e5, 0xaa4d),
    (0xaa7b, 0xaac1), (0xaaeb, 0xaaef), (0xaaf5, 0xaaf6), (0xabe3, 0xabea), (0xabec, 0xabed), (0xfb1e, 0xfb1e),
    (0xfe00, 0xfe0f), (0xfe20, 0xfe2f), (0xfeff, 0xfeff), (0xfff9, 0xfffb),
];
