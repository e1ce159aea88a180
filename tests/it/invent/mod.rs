//! Invents patterns, events that come near to them, other spellings of the same JSON, and damage. Adversarial on purpose:
//! few keys and related words, so that things meet; odd keys, repeated keys, keys with dots; objects torn apart over the
//! elements of arrays; numbers in several spellings; letters whose case is a surprise.

mod dice;
mod spelling;

pub(crate) use dice::{Dice, damage, seed};
pub(crate) use spelling::{Json, Spelling, write};

use spelling::{one, text, units, word};

#[rustfmt::skip]
const KEYS: &[&str] = &[
    "a", "b", "c", "A", "a.b", "b.a", "a.b.c", "", ".", ".a", "a.", "a..b", "é", "😀", "\u{ffff}", "\u{e000}", "0",
    "prefix", "__proto__", "a-b", "$",
];

#[rustfmt::skip]
const WORDS: &[&[&str]] = &[
    &["a", "ab", "abc", "abcabc", "b", "", "A", "AB", "aB", "Abc", "xab", "abx", "aab", "abab", "ba", "c"],
    &["*", "a*", "*a", "a*b", "\\", "a\\b", "\\*", "?", "a?b", "\"", "\"a", "a\"", "\"a\"", "\"\"", "a", "ab", ""],
    &["k", "K", "\u{212a}", "s", "S", "ſ", "ß", "ss", "SS", "Ss", "ẞ", "i", "I", "İ", "ı", "i\u{307}", "aß", "ASS",
        "ßa"],
    &["ǅ", "Ǆ", "ǆ", "σ", "ς", "Σ", "ŉ", "ʼN", "ﬁ", "FI", "ΐ", "\u{399}\u{308}\u{301}", "é", "É", "e\u{301}",
        "\u{10400}", "\u{10428}"],
    &["😀", "??", "?", "\u{e000}", "\u{e001}", "😀a", "??a", "a😀", "a??", "😁", "\u{e001}\u{e000}", "\u{ffff}"],
    &["10.0.0.1", "010.0.0.01", "10.0.0.2", "10.0.1.1", "11.0.0.0", "::ffff:a00:1", "::1", "0:0::1", "2001:db8::1",
        "2001:DB8:0::1", "10.0.0", "10.0.0.256", "32.1.13.184", "::", "12:30"],
    &["true", "null", "1", "1.0", "0", "", "[]", "{}", "\n", "\u{0}", "\u{7f}", "\u{2028}", "/", "\u{feff}"],
];

#[rustfmt::skip]
const NUMBERS: &[&[&str]] = &[
    &["1", "1.0", "10e-1", "0", "-0", "-1", "2", "1.0000000000000002", "0.9999999999999999", "0.1e1", "1E0", "0e9"],
    &["9007199254740992", "9007199254740993", "9007199254740992.0", "9007199254740994", "123456789012345678",
        "123456789012345680", "1.2345678901234568e17"],
    &["0.1", "1e-1", "0.10000000000000001", "0.1000000000000000055511151231257827", "0.3", "0.30000000000000004",
        "0.10"],
    &["1e308", "1.7976931348623157e308", "-1.7976931348623157e308", "1e400", "1E400", "-1e400", "1e-400", "5e-324",
        "4.9e-324", "1e2147483648"],
    &["5", "3", "-5", "100", "1e2", "5.5", "161", "10", "50e-1", "-100", "99.5"],
];

/// The keys and words of one case.
pub(crate) struct World {
    keys: Vec<&'static str>,
    words: &'static [&'static str],
    numbers: &'static [&'static str],
}

impl World {
    pub(crate) fn new(dice: &mut Dice) -> World {
        let mut keys = vec![KEYS[0], KEYS[1], dice.pick(&KEYS[..5])];
        for _ in 0..dice.below(3) {
            keys.push(dice.pick(KEYS));
        }
        World { keys, words: dice.pick(WORDS), numbers: dice.pick(NUMBERS) }
    }

    fn key(&self, dice: &mut Dice) -> Vec<u16> {
        units(dice.pick(&self.keys))
    }

    fn word(&self, dice: &mut Dice) -> &'static str {
        let words = if dice.chance(10) { dice.pick(WORDS) } else { self.words };
        dice.pick(words)
    }

    fn number(&self, dice: &mut Dice) -> Json {
        word(dice.pick(self.numbers))
    }

    fn leaf(&self, dice: &mut Dice) -> Json {
        match dice.below(10) {
            0..=5 => text(self.word(dice)),
            6..=8 => self.number(dice),
            _ => word(dice.pick(&["true", "null", "false"])),
        }
    }

    /// A pattern that EventBridge accepts, nearly always.
    pub(crate) fn pattern(&self, dice: &mut Dice) -> Json {
        let mut ors = 2;
        self.fields(dice, 0, &mut ors, false)
    }

    fn fields(&self, dice: &mut Dice, depth: usize, ors: &mut usize, in_or: bool) -> Json {
        let mut members = Vec::new();
        for _ in 0..1 + dice.below(if depth == 0 { 4 } else { 2 }) {
            if *ors > 0 && depth < 3 && dice.chance(12) {
                *ors -= 1;
                let count = 2 + dice.below(2);
                let alternatives = (0..count).map(|_| self.fields(dice, depth + 1, ors, true)).collect();
                members.push((units("$or"), Json::List(alternatives)));
                continue;
            }
            let key = self.key(dice);
            let key = if in_or && key == units("prefix") { units("a") } else { key };
            let below = depth < 3 && dice.chance(35);
            members.push((key, if below { self.fields(dice, depth + 1, ors, in_or) } else { self.tests(dice) }));
        }
        Json::Object(members)
    }

    fn tests(&self, dice: &mut Dice) -> Json {
        Json::List((0..dice.pick(&[1, 1, 1, 2, 2, 3])).map(|_| self.test(dice)).collect())
    }

    fn test(&self, dice: &mut Dice) -> Json {
        let list = |dice: &mut Dice, item: &mut dyn FnMut(&mut Dice) -> Json| {
            if dice.chance(50) { Json::List((0..1 + dice.below(3)).map(|_| item(dice)).collect()) } else { item(dice) }
        };
        match dice.below(20) {
            0..=5 => self.leaf(dice),
            6 => one("exists", word("false")),
            7 => one("exists", word("true")),
            8 => one("prefix", text(self.word(dice))),
            9 => one("suffix", text(self.word(dice))),
            10 => one("equals-ignore-case", text(self.word(dice))),
            11 => one(dice.pick(&["prefix", "suffix"]), one("equals-ignore-case", text(self.word(dice)))),
            12 | 13 => one("wildcard", text(&self.wildcard(dice))),
            14 | 15 => one("numeric", self.numeric(dice)),
            16 => one("cidr", text(&self.cidr(dice))),
            17 => one("exactly", text(self.word(dice))),
            18 => one("anything-but", list(dice, &mut |dice| text(self.word(dice)))),
            _ => match dice.below(5) {
                0 => one("anything-but", list(dice, &mut |dice| self.number(dice))),
                1 => one("anything-but", one("wildcard", list(dice, &mut |dice| text(&self.wildcard(dice))))),
                2 => one("anything-but", one("equals-ignore-case", list(dice, &mut |dice| text(self.word(dice))))),
                _ => {
                    let affix = dice.pick(&["prefix", "suffix"]);
                    one("anything-but", one(affix, list(dice, &mut |dice| text(self.word(dice)))))
                }
            },
        }
    }

    /// A word of which pieces are stars, some close to each other.
    fn wildcard(&self, dice: &mut Dice) -> String {
        let escaped = self.word(dice).replace('\\', "\\\\").replace('*', "\\*").replace('\u{e000}', "?");
        let mut pieces: Vec<String> = Vec::new();
        for character in escaped.chars() {
            match pieces.last_mut().filter(|last| *last == "\\") {
                Some(escape) => escape.push(character),
                None => pieces.push(character.to_string()),
            }
        }
        for _ in 0..dice.below(4) {
            let at = dice.below(pieces.len() + 1);
            let taken = (at + dice.below(3)).min(pieces.len());
            let beside = |piece: Option<&String>| piece.is_some_and(|piece| piece == "*");
            if !beside(pieces.get(taken)) && !beside(at.checked_sub(1).and_then(|before| pieces.get(before))) {
                pieces.splice(at..taken, ["*".to_string()]);
            }
        }
        pieces.concat()
    }

    fn numeric(&self, dice: &mut Dice) -> Json {
        let operator = dice.pick(&["=", "<", "<=", ">", ">="]);
        let mut items = vec![text(operator), self.number(dice)];
        if operator.starts_with('>') && dice.chance(60) {
            items.extend([text(dice.pick(&["<", "<="])), self.number(dice)]);
        }
        Json::List(items)
    }

    fn cidr(&self, dice: &mut Dice) -> String {
        format!("{}/{}", dice.pick(WORDS[5]), dice.pick(&[8, 0, 1, 7, 9, 24, 31, 30, 32, 64, 97, 127]))
    }

    /// An event: aimed at a pattern, and then disturbed.
    pub(crate) fn event(&self, pattern: &Json, dice: &mut Dice) -> Json {
        let mut members = Vec::new();
        self.aim(pattern, dice, &mut members);
        for _ in 0..dice.below(3) {
            members.push((self.key(dice), self.leaf(dice)));
        }
        match self.disturb(Json::Object(members), dice, 0) {
            Json::Object(members) => Json::Object(members),
            _ => Json::Object(Vec::new()),
        }
    }

    fn aim(&self, pattern: &Json, dice: &mut Dice, members: &mut Vec<(Vec<u16>, Json)>) {
        let Json::Object(parts) = pattern else {
            return;
        };
        for (key, part) in parts {
            match part {
                Json::List(alternatives) if *key == units("$or") => {
                    self.aim(&alternatives[dice.below(alternatives.len())], dice, members)
                }
                Json::List(tests) => {
                    let test = &tests[dice.below(tests.len())];
                    if *test == one("exists", word("false")) && !dice.chance(20) {
                        continue;
                    }
                    let value = if dice.chance(20) { self.leaf(dice) } else { self.value(test, dice) };
                    members.push((key.clone(), value));
                }
                below => {
                    let known = members.iter().position(|(k, v)| k == key && matches!(v, Json::Object(_)));
                    let mut inside = match known {
                        Some(at) if !dice.chance(20) => members.remove(at).1,
                        _ => Json::Object(Vec::new()),
                    };
                    if let Json::Object(inside) = &mut inside {
                        self.aim(below, dice, inside);
                    }
                    members.push((key.clone(), inside));
                }
            }
        }
    }

    /// A value that may well pass a test.
    fn value(&self, test: &Json, dice: &mut Dice) -> Json {
        let Json::Object(members) = test else {
            return test.clone();
        };
        let Some((operator, operand)) = members.first() else {
            return self.leaf(dice);
        };
        let more = |dice: &mut Dice| if dice.chance(50) { units(self.word(dice)) } else { Vec::new() };
        match (String::from_utf16_lossy(operator).as_str(), operand) {
            ("exactly", operand) => operand.clone(),
            ("prefix", Json::Text(start)) => Json::Text([start.clone(), more(dice)].concat()),
            ("suffix", Json::Text(end)) => Json::Text([more(dice), end.clone()].concat()),
            ("equals-ignore-case", Json::Text(this)) => Json::Text(other_case(this, dice)),
            (side @ ("prefix" | "suffix"), Json::Object(inner)) => match &inner[0].1 {
                Json::Text(this) if side == "prefix" => Json::Text([other_case(this, dice), more(dice)].concat()),
                Json::Text(this) => Json::Text([more(dice), other_case(this, dice)].concat()),
                _ => self.leaf(dice),
            },
            ("wildcard", Json::Text(shape)) => {
                let mut value = Vec::new();
                let mut rest = shape.iter();
                while let Some(unit) = rest.next() {
                    match char::from_u32(u32::from(*unit)) {
                        Some('*') => value.extend(more(dice)),
                        Some('\\') => value.extend(rest.next()),
                        _ => value.push(*unit),
                    }
                }
                Json::Text(value)
            }
            ("numeric", Json::List(items)) => items[if items.len() > 3 && dice.chance(50) { 3 } else { 1 }].clone(),
            ("cidr", _) => text(dice.pick(WORDS[5])),
            _ => self.leaf(dice),
        }
    }

    /// Makes an event harder to read, mostly without changing its fields.
    fn disturb(&self, json: Json, dice: &mut Dice, depth: usize) -> Json {
        let Json::Object(members) = json else {
            if !dice.chance(15) {
                return json;
            }
            let others = (0..dice.below(3)).map(|_| self.leaf(dice));
            let items: Vec<Json> = others.chain([json]).collect();
            return if dice.chance(20) { Json::List(vec![Json::List(items)]) } else { Json::List(items) };
        };
        let mut members: Vec<(Vec<u16>, Json)> =
            members.into_iter().map(|(key, value)| (key, self.disturb(value, dice, depth + 1))).collect();
        if dice.chance(20) {
            let at = dice.below(members.len() + 1);
            members.insert(at, (self.key(dice), self.leaf(dice)));
        }
        if members.len() > 1 && dice.chance(30) {
            let (from, to) = (dice.below(members.len()), dice.below(members.len()));
            let moved = members.remove(from);
            members.insert(to, moved);
        }
        if dice.chance(15) {
            join_keys(&mut members, dice);
        }
        if depth > 0 && dice.chance(30) { self.tear(members, dice) } else { Json::Object(members) }
    }

    /// An object as elements of an array, each with some of the members.
    fn tear(&self, members: Vec<(Vec<u16>, Json)>, dice: &mut Dice) -> Json {
        let mut elements = vec![Vec::new(); 1 + dice.below(3)];
        for member in members {
            for element in &mut elements {
                if !dice.chance(50) {
                    element.push(member.clone());
                }
            }
        }
        let mut elements: Vec<Json> = elements.into_iter().map(Json::Object).collect();
        if dice.chance(20) {
            let at = dice.below(elements.len() + 1);
            elements.insert(at, if dice.chance(50) { self.leaf(dice) } else { Json::List(Vec::new()) });
        }
        if dice.chance(20) {
            let rest = elements.split_off(dice.below(elements.len()));
            elements.push(Json::List(rest));
        }
        Json::List(elements)
    }
}

/// `{"a": {"b": 1}}` to `{"a.b": 1}`, for one member.
fn join_keys(members: &mut [(Vec<u16>, Json)], dice: &mut Dice) {
    if members.is_empty() {
        return;
    }
    let at = dice.below(members.len());
    if let (key, Json::Object(inside)) = &members[at]
        && let [(below, value)] = inside.as_slice()
    {
        members[at] = ([key.clone(), units("."), below.clone()].concat(), value.clone());
    }
}

fn other_case(text: &[u16], dice: &mut Dice) -> Vec<u16> {
    let text = String::from_utf16_lossy(text).replace(char::REPLACEMENT_CHARACTER, "?");
    let change = |character: char| match dice.below(3) {
        0 => character.to_string(),
        1 => character.to_uppercase().collect(),
        _ => character.to_lowercase().collect(),
    };
    let changed: String = text.chars().map(change).collect();
    units(&changed)
}
