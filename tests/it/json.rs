//! Our two readers of JSON against serde_json and against each other, on every case, on damaged cases and on hostile
//! texts. For a text whose first value is JSON all three accept it and find the same value; for any other none does.

use crate::cases::all;
use crate::hardness::within;
use crate::invent::{Dice, damage};
use eventbridge_rules::diagnostic::Diagnostic;
use eventbridge_rules::event::{EventError, text};
use eventbridge_rules::json::scan::Scanner;
use eventbridge_rules::json::{Node, NodeKind, parse};
use eventbridge_rules::text::{LineIndex, Span};
use serde_json::Value;
use serde_json::value::RawValue;
use std::time::Duration;

/// The text of the first value, if serde_json takes it for one and it keeps to our limits.
fn judged(text: &str) -> Option<&str> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let raw: &RawValue = deserializer.into_iter().next()?.ok()?;
    within_limits(raw.get()).then(|| raw.get())
}

/// At most 1000 levels, and no number longer than 1000 characters.
fn within_limits(json: &str) -> bool {
    let (mut depth, mut deepest, mut number, mut longest) = (0_usize, 0, 0_usize, 0);
    let mut characters = json.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                while matches!(characters.next(), Some(c) if c != '"' && (c != '\\' || characters.next().is_some())) {}
            }
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => {}
        }
        number = if matches!(character, '-' | '+' | '.' | 'e' | 'E' | '0'..='9') { number + 1 } else { 0 };
        (deepest, longest) = (deepest.max(depth), longest.max(number));
    }
    deepest <= 1000 && longest <= 1000
}

/// Both readers against serde_json, and what they say about places.
fn check(text: &str) {
    let (node, problems) = parse(text);
    let mut scanner = Scanner::new(text);
    let start = scanner.at();
    let scanned = scanner.skip(0).is_ok().then(|| Span::new(start, scanner.at()));
    let expected = judged(text);
    let shown = || text.chars().take(300).collect::<String>();
    // In `12x` and `1/2` each reader has its own idea of where the number ends. No event and no pattern begins so.
    if !scalar_with_more(text, scanned) {
        assert_eq!(expected, problems.is_empty().then(|| node.span.of(text)), "{} {problems:?}", shown());
        assert_eq!(expected, scanned.map(|span| span.of(text)), "{}", shown());
    }
    assert_nested(&node, Span::new(0, text.len()), text);
    assert_places(&problems, text);
    if expected.is_some() {
        assert!(!has_missing(&node), "{}", shown());
    }
}

/// Is the first value a number or a word, with something glued to it?
fn scalar_with_more(text: &str, scanned: Option<Span>) -> bool {
    scanned.is_some_and(|span| {
        !span.of(text).starts_with(['{', '[', '"'])
            && !matches!(text.as_bytes()[span.end as usize..].first(), None | Some(b' ' | b'\n' | b'\t' | b'\r'))
    })
}

fn has_missing(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Missing => true,
        NodeKind::Array(items) => items.iter().any(has_missing),
        NodeKind::Object(members) => members.iter().any(|member| has_missing(&member.value)),
        _ => false,
    }
}

/// A node is inside of its parent, behind its older siblings, and begins and ends between characters.
fn assert_nested(node: &Node, around: Span, text: &str) {
    let inside = around.start <= node.span.start && node.span.start <= node.span.end && node.span.end <= around.end;
    assert!(inside, "{:?} in {around:?} of {text}", node.span);
    assert!(text.get(node.span.range()).is_some(), "{:?} cuts a character of {text}", node.span);
    let mut from = node.span.start;
    let mut next = |child: &Node, start: Span| {
        assert!(from <= start.start, "{start:?} stands before {from} in {text}");
        from = child.span.end;
        assert_nested(child, node.span, text);
    };
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| next(item, item.span)),
        NodeKind::Object(members) => members.iter().for_each(|member| {
            assert!(text.get(member.key_span.range()).is_some(), "{text}");
            assert!(member.key_span.end <= member.value.span.start, "{text}");
            next(&member.value, member.key_span);
        }),
        _ => {}
    }
}

/// Diagnostics can be shown: their spans, and those of their fixes, are pieces of the text.
pub(crate) fn assert_places(problems: &[Diagnostic], text: &str) {
    let lines = LineIndex::new(text);
    for problem in problems {
        let edits = problem.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        for span in edits.chain([problem.span]) {
            assert!(text.get(span.range()).is_some(), "{problem:?} in {text}");
            assert!(
                lines.position(span.start) <= lines.position(span.end)
                    && lines.utf16(span.start) <= lines.utf16(span.end)
            );
        }
        assert!(!problem.message.is_empty());
    }
}

#[test]
fn readers_agree_on_every_case() {
    for case in all() {
        check(&case.pattern);
        check(&case.event);
    }
}

/// Strings, numbers and structure as serde_json reads them.
#[test]
fn trees_are_those_of_serde_json() {
    let mut same = 0;
    for case in all() {
        for text in [&case.pattern, &case.event] {
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            // Half a surrogate pair and 1e400 are no values for serde_json.
            let (Some(Ok(value)), (node, problems)) = (values.next(), parse(text)) else {
                continue;
            };
            assert!(problems.is_empty(), "{text}");
            assert_same(&node, &value, text);
            same += 1;
        }
    }
    assert!(same > 4000, "{same}");
}

fn assert_same(node: &Node, value: &Value, text: &str) {
    match (&node.kind, value) {
        (NodeKind::Null, Value::Null) => {}
        (NodeKind::Bool(ours), Value::Bool(theirs)) => assert_eq!(ours, theirs, "{text}"),
        (NodeKind::String(ours), Value::String(theirs)) => assert_eq!(ours.utf8(), theirs.as_str(), "{text}"),
        (NodeKind::Number(ours), Value::Number(theirs)) => assert_eq!(ours.parse().ok(), theirs.as_f64(), "{text}"),
        (NodeKind::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{text}");
            ours.iter().zip(theirs).for_each(|(ours, theirs)| assert_same(ours, theirs, text));
        }
        (NodeKind::Object(ours), Value::Object(theirs)) => {
            let mut left: Vec<&String> = theirs.keys().collect();
            // Of a repeated key serde_json keeps the last value.
            for (at, member) in ours.iter().enumerate() {
                left.retain(|key| member.key.utf8() != key.as_str());
                if !ours[at + 1..].iter().any(|later| later.key == member.key) {
                    assert_same(&member.value, &theirs[member.key.utf8().as_ref()], text);
                }
            }
            assert!(left.is_empty(), "{left:?} of {text}");
        }
        (ours, theirs) => panic!("{ours:?} is not {theirs} in {text}"),
    }
}

#[test]
fn readers_agree_on_cut_texts() {
    // The hand-written cases are short: each is cut behind every character.
    for case in all().iter().filter(|case| !case.name.starts_with("random")) {
        for text in [&case.pattern, &case.event].into_iter().filter(|text| text.len() < 300) {
            text.char_indices().for_each(|(at, _)| check(&text[..at]));
        }
    }
}

#[test]
fn readers_agree_on_damaged_texts() {
    let mut dice = Dice::new("damaged JSON");
    let mut broken = 0;
    for case in all() {
        for text in [&case.pattern, &case.event].into_iter().filter(|text| text.len() < 1000) {
            for _ in 0..4 {
                let text = damage(text, &mut dice);
                check(&text);
                broken += usize::from(judged(&text).is_none());
            }
        }
    }
    assert!(broken > 5000, "{broken} damaged texts are broken");
}

/// Texts that are JSON, whatever one may think of them.
#[rustfmt::skip]
const GOOD: &[&str] = &[
    "{}", "[]", "0", "-0", "-1", "1e5", "1E+5", "1e-5", "0e0", "0.0", "-0.0e-0", "1.7976931348623157e308", "1e999999",
    "1e-999999", "123456789012345678901234567890", "true", "false", "null", r#""""#, r#""a""#, " [1]", "[1] ",
    "\t[\n1\r,\n2 ]\n", "[[],[[]]]", r#"{"":0}"#, r#"{"a":1,"a":2}"#, r#"{"a":{"a":{"a":{}}}}"#, r#""\u0000""#,
    r#""\"\\\/\b\f\n\r\t""#, r#""\u00e9\u00E9""#, r#""\ud83d\ude00""#, r#""\ud83d""#, r#""\ude00\ud83d""#,
    r#""\ud83d\ud83d\ude00""#, r#""\ud83dx""#, r#""\ud83d\n""#, "\"\u{7f}\"", "\"\u{80}\u{9f}\"", "\"\u{feff}\"",
    "\"\u{2028}\u{2029}\"", "\"\u{ffff}\u{10ffff}\"", "\"\u{fffd}\"", r#"{"\u0061":1}"#, r#"{"\ud83d":1}"#,
    r#"["a","\u0022"]"#, "[0,-0,0.0,-0.0,0e1,0E1,0e+1,0e-1]", "[1]x", "{}}", "[][]", "\"\"\"", "{} // over",
];

/// Texts that are not.
#[rustfmt::skip]
const BAD: &[&str] = &[
    "", " ", "\n", "\0", "\u{feff}", "\u{feff}{}", "\u{a0}{}", "\u{2003}[]", "\u{c}[]", "\u{b}[]", "{", "[", "\"",
    "}", "]", ",", ":", "-", "+", ".", "'", "`", "\\", "/", "#", "@", "$", "é", "😀", "[1,]", "[,1]", "[,]", "[1,,2]",
    "[1 2]", "[1;2]", "[1:2]", "[1", "[1,", "[[1]", "[1}", "[\"a\"", "[\"a]", "[\"a\\\"]", "[a]", "['a']", "[-]",
    "[--1]", "[+1]", "[.5]", "[5.]", "[5.e1]", "[1e]", "[1e+]", "[1e-]", "[1ee1]", "[1.2.3]", "[01]", "[-01]", "[00]",
    "[0x10]", "[1_000]", "[1,000.5.]", "[NaN]", "[Infinity]", "[-Infinity]", "[1e1.5]", "[- 1]", "[1 e5]",
    "[\u{661}]", "[１]", "[tru]", "[TRUE]", "[True]", "[truth]", "[nul]", "[nulll]", "[fals\u{e9}]", "[undefined]",
    "[nan]", "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{\"a\",1}", "{\"a\"::1}", "{\"a\":1:2}", "{\"a\":1,}", "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}", "{\"a\":1 \"b\":2}", "{\"a\":1;\"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}",
    "{[1]:1}", "{{}:1}", "{:1}", "{\"a\":1", "{\"a\":", "{\"a", "{\"a\":1]", "{\"a\":'x'}", "{\"a\":\"x}",
    "{\"a\"=1}", "{\"a\"->1}",
];

/// Strings that are not JSON, to be set between quotes.
#[rustfmt::skip]
const BAD_STRINGS: &[&str] = &[
    "\n", "\r", "\t", "\0", "\u{1}", "\u{1f}", r"\x41", r"\a", r"\'", r"\0", r"\U0041", r"\u", r"\u1", r"\u12",
    r"\u123", r"\u123g", r"\u 123", r"\u+123", r"\u-123", r"\u{41}", "\\\n", "\\\u{e9}", "\\😀", r"\ud83d\u",
    r"\ud83d\u12", r"\ud83d\x",
];

#[test]
fn readers_agree_on_odd_texts() {
    for text in GOOD {
        check(text);
        assert!(judged(text).is_some(), "{text}");
    }
    for text in BAD {
        check(text);
        assert!(judged(text).is_none(), "{text}");
    }
    for text in BAD_STRINGS {
        for text in [
            format!("\"{text}\""),
            format!("[\"a{text}q\"]"),
            format!("{{\"{text}\":1}}"),
            format!("{{\"a\":\"{text}\"}}"),
        ] {
            check(&text);
            assert!(judged(&text).is_none(), "{text}");
        }
    }
    // Each of them also somewhere inside.
    for text in GOOD.iter().chain(BAD) {
        check(&format!(r#"{{"a":[1,{text}],"b":2}}"#));
        check(&format!(r#"[{{"a":{text}}}]"#));
        check(&format!(r#"{{{text}:1}}"#));
    }
}

#[test]
fn readers_agree_on_the_limits() {
    for (count, fine) in [(999, true), (1000, true), (1001, false), (1002, false), (100_000, false)] {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a":"#, "}]")] {
            let count = if open.len() == 6 { count / 2 + count % 2 } else { count };
            let text = format!("{}1{}", open.repeat(count), close.repeat(count));
            check(&text);
            let levels = if open.len() == 6 { 2 * count } else { count };
            assert_eq!(parse(&text).1.is_empty(), levels <= 1000, "{levels} levels of {open}");
        }
        let empty = format!("{}{}", "[".repeat(count), "]".repeat(count));
        check(&empty);
        assert_eq!(parse(&empty).1.is_empty(), fine);
        for number in [
            format!("[{}]", "9".repeat(count)),
            format!("[0.{}]", "0".repeat(count - 2)),
            format!("[1e{}]", "1".repeat(count - 2)),
        ] {
            check(&number);
            assert_eq!(parse(&number).1.is_empty(), fine, "{count} characters");
        }
    }
    // Side by side is not deep.
    check(&format!("[{}1]", "[],{},[[]],".repeat(2000)));
}

/// Pieces that make the tolerant reader guess, each of them repeated to a text of a megabyte.
#[rustfmt::skip]
const GARBAGE: &[&str] = &[
    "[", "]", "{", "}", "\"", "'", ",", ":", "\\", "/", "/*", "//", "//\n", "/* */", "*/", "[1 ", "[]", "{}", "[1,",
    "{\"a\":", "{\"a\":[", "{\"a\" ", "{a:", "{a ", "{'a':", "a", "é", "😀", "1", "-", "+", ".", "1 ", "1,", "0", "e",
    "\u{feff}", "\0", "\n", " ", "\u{a0}", "\"\\", "\"\\u", "\"\\ud83d\\u\"", "\"a\n", "\"a\":", "true ", "tru,",
    "[}", "{]", "[{]}", "@", "\"@\"@", "[\"", "{\"", "'\"", "{:", "{,", "[,", "[:", "\"\\\"",
];

#[test]
fn garbage_is_read_in_time_of_its_length() {
    let mut dice = Dice::new("a megabyte of garbage");
    let random: String = (0..1 << 20).map(|_| dice.pick(&b"{}[],:\"\\'/ \n1-e.atrue".map(char::from))).collect();
    let texts = GARBAGE.iter().map(|piece| piece.repeat((1 << 20) / piece.len())).chain([random]);
    for text in texts {
        for text in [&text.chars().take(1 << 14).collect(), &format!("{{\"a\":[{text}")] {
            let shown = text.chars().take(20).collect::<String>();
            let (node, problems) = within(Duration::from_millis(500), &shown, || parse(text));
            assert!(node.span.end as usize <= text.len());
            assert!(problems.len() <= 200, "{shown}… has {} problems", problems.len());
            assert_places(&problems[..problems.len().min(3)], text);
            let mut scanner = Scanner::new(text);
            let scanned = within(Duration::from_millis(200), &shown, || scanner.skip(0).is_ok());
            let scanned = scanned.then(|| Span::new(0, scanner.at()));
            assert!(scanned.is_some() == problems.is_empty() || scalar_with_more(text, scanned), "{shown}…");
        }
    }
}

/// Events come as bytes, and bytes are not always UTF-8.
#[test]
fn bytes_that_are_not_utf8_are_named() {
    let problem = |error: EventError| (error.diagnostics[0].code, error.diagnostics[0].span);
    for (bytes, span) in [
        (&b"{\"a\": \"\xff\"}"[..], Span::new(7, 8)),
        (b"\xff", Span::new(0, 1)),
        (b"{\"a\": \"\xc0\xaf\"}", Span::new(7, 8)),
        (b"{\"a\": \"\xed\xa0\x80\"}", Span::new(7, 8)),
        (b"{\"a\": \"\xf0\x9f\x98\"}", Span::new(7, 10)),
        (b"{\"a\": \"\xf0\x9f\x98", Span::new(7, 10)),
        (b"{\"a\": \"\xf4\x90\x80\x80\"}", Span::new(7, 8)),
        (b"\xfe\xff\x00{", Span::new(0, 1)),
    ] {
        assert_eq!(text(bytes).map_err(problem), Err(("json-utf8", span)), "{bytes:?}");
    }
    assert_eq!(text("{\"a\": \"é😀\"}".as_bytes()).map_err(problem), Ok("{\"a\": \"é😀\"}"));
}

/// What editors count: UTF-16 units, and lines that end with `\n`, `\r\n` or `\r`.
#[test]
fn places_are_what_editors_count() {
    let mut dice = Dice::new("places");
    let pieces =
        ["a", "é", "😀", "\u{ffff}", "\n", "\r", "\r\n", "\t", "e\u{301}", "\u{2028}", "long enough to fill a block "];
    for round in 0..60 {
        let text: String = (0..round * 4).map(|_| dice.pick(&pieces)).collect();
        let index = LineIndex::new(&text);
        let (mut units, mut line, mut column) = (0, 0, 0);
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let position = index.position(at as u32);
            assert_eq!(
                (index.utf16(at as u32), position.line, position.character),
                (units, line, column),
                "{text:?} {at}"
            );
            units += character.len_utf16() as u32;
            column += character.len_utf16() as u32;
            if character == '\n' || (character == '\r' && characters.peek().is_none_or(|next| next.1 != '\n')) {
                (line, column) = (line + 1, 0);
            }
        }
        assert_eq!((index.utf16(text.len() as u32), index.position(u32::MAX).line), (units, line), "{text:?}");
    }
}
