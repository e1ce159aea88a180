//! JSON with everything that it can say, and the ways to write it.

use super::Dice;

/// JSON with everything that JSON can say: repeated keys, halves of surrogate pairs, spellings of numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// `null`, `true`, `false` and numbers, as they are spelled.
    Word(String),
    /// UTF-16 units.
    Text(Vec<u16>),
    List(Vec<Json>),
    Object(Vec<(Vec<u16>, Json)>),
}

/// In the tables, U+E000 and U+E001 stand for the halves of the pair of U+1F600, which no Rust string holds.
pub(super) fn units(text: &str) -> Vec<u16> {
    let half = |unit| match unit {
        0xe000 => 0xd83d,
        0xe001 => 0xde00,
        _ => unit,
    };
    text.encode_utf16().map(half).collect()
}

pub(super) fn text(text: &str) -> Json {
    Json::Text(units(text))
}

pub(super) fn word(word: &str) -> Json {
    Json::Word(word.to_string())
}

pub(super) fn one(key: &str, value: Json) -> Json {
    Json::Object(vec![(units(key), value)])
}

/// How JSON is written.
pub(crate) enum Spelling<'a> {
    /// Without white space, and escapes only where they must be.
    Plain,
    /// With white space and escapes anywhere.
    Odd(&'a mut Dice),
}

pub(crate) fn write(json: &Json, mut spelling: Spelling<'_>) -> String {
    let mut out = String::new();
    write_value(json, &mut spelling, &mut out);
    out
}

fn write_value(json: &Json, spelling: &mut Spelling<'_>, out: &mut String) {
    space(spelling, out);
    match json {
        Json::Word(word) => out.push_str(word),
        Json::Text(text) => write_text(text, spelling, out),
        Json::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write_value(item, spelling, out);
            }
            space(spelling, out);
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (at, (key, value)) in members.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                space(spelling, out);
                write_text(key, spelling, out);
                space(spelling, out);
                out.push(':');
                write_value(value, spelling, out);
            }
            space(spelling, out);
            out.push('}');
        }
    }
    space(spelling, out);
}

fn space(spelling: &mut Spelling<'_>, out: &mut String) {
    if let Spelling::Odd(dice) = spelling {
        out.push_str(dice.pick(&["", " ", "", "\n", "\t", "\r\n", "  "]));
    }
}

fn write_text(text: &[u16], spelling: &mut Spelling<'_>, out: &mut String) {
    out.push('"');
    for character in char::decode_utf16(text.iter().copied()) {
        let escape = match spelling {
            Spelling::Plain => false,
            Spelling::Odd(dice) => dice.chance(20),
        };
        match character {
            Ok('"') if !escape => out.push_str("\\\""),
            Ok('\\') if !escape => out.push_str("\\\\"),
            Ok('/') if escape => out.push_str("\\/"),
            Ok('\n') if !escape => out.push_str("\\n"),
            Ok(character) if !escape && character >= ' ' => out.push(character),
            Ok(character) => {
                character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")))
            }
            Err(half) => out.push_str(&format!("\\u{:04X}", half.unpaired_surrogate())),
        }
    }
    out.push('"');
}
