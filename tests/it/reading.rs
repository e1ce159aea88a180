//! Events are read 32 bytes at a time and without looking for their end: what stands at the edges of such steps, and bytes
//! that are not UTF-8, wherever they stand.

use eventbridge_rules::EventPattern;
use eventbridge_rules::event::{EmptyKeys, Fields, InPlace, Paths, read};
use eventbridge_rules::json::PADDING;
use eventbridge_rules::machine::{Machine, Memory, RuleId};
use eventbridge_rules::pattern::{Limits, Pattern};

/// The texts of the fields at `a`, if the event can be read.
fn values(event: &[u8]) -> Option<Vec<String>> {
    let mut paths = Paths::default();
    let path = paths.add(&"a".into(), EmptyKeys::Hidden);
    let mut fields = Fields::default();
    let text = read(event, &paths, &mut fields).ok()?;
    Some(fields.at(path).map(|field| format!("{:?}", fields.value(text, field))).collect())
}

#[test]
fn utf8_is_what_the_standard_library_says() {
    let mut sequences: Vec<Vec<u8>> = (0x80..=0xff).map(|byte| vec![byte]).collect();
    sequences.extend((0..=0xffff_u16).map(|pair| pair.to_be_bytes().to_vec()).filter(|pair| pair[0] >= 0x80));
    let edges = [0x00, 0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
    for first in 0xe0..=0xff {
        for second in edges {
            for third in edges {
                sequences.push(vec![first, second, third]);
                sequences.extend(edges.map(|fourth| vec![first, second, third, fourth]));
            }
        }
    }
    for (number, sequence) in sequences.iter().enumerate() {
        let before = "x".repeat(number % 40);
        let event = [br#"{"a":""#, before.as_bytes(), sequence, b"\"}"].concat();
        let plain = sequence.iter().all(|byte| *byte >= 0x20 && *byte != b'"');
        let expected = plain && std::str::from_utf8(sequence).is_ok();
        assert_eq!(values(&event).is_some(), expected, "{sequence:x?} behind {}", before.len());
        let skipped = [br#"{"b":["#.as_slice(), b"\"", before.as_bytes(), sequence, b"\"]}"].concat();
        assert_eq!(values(&skipped).is_some(), expected, "{sequence:x?} in what is skipped");
    }
}

#[test]
fn strings_of_all_lengths_end_where_they_end() {
    for length in 0..100 {
        for behind in 0..70 {
            let text = "y".repeat(length);
            let event = format!(r#"{{"a":"{text}"{}}}"#, " ".repeat(behind));
            assert_eq!(values(event.as_bytes()), Some(vec![format!("String({text:?})")]), "{event}");
            // Without its end it is no event, wherever it is cut off.
            assert_eq!(values(&event.as_bytes()[..event.len() - 1 - behind]), None, "{event}");
        }
        let key = "k".repeat(length);
        let event = format!(r#"{{"{key}":1,"a":2,"b":{{"{key}":[true,"{key}",-1.5e3]}}}}"#);
        assert_eq!(
            values(event.as_bytes()).map(|values| values.len()),
            Some(if key == "a" { 2 } else { 1 }),
            "{event}"
        );
        for special in ["\\n", "é", "\u{1f600}", "\\u00e9"] {
            for at in 0..=length {
                let text = format!("{}{special}{}", "y".repeat(at), "y".repeat(length - at));
                assert!(values(format!(r#"{{"a":"{text}","b":["{text}"]}}"#).as_bytes()).is_some(), "{text}");
            }
        }
        for broken in ["\n", "\0", "\\x", "\\u12g4", "\\"] {
            let text = format!("{}{broken}", "y".repeat(length));
            assert_eq!(values(format!(r#"{{"a":"{text}"}}"#).as_bytes()), None, "{text:?}");
            assert_eq!(values(format!(r#"{{"b":[["{text}"]]}}"#).as_bytes()), None, "{text:?}");
        }
    }
}

#[test]
fn deep_nesting_is_skipped_to_its_end() {
    for depth in [1, 2, 62, 63, 64, 65, 66, 127, 128, 129, 200, 998] {
        for (open, close) in [("[", "]"), (r#"{"k":"#, "}"), (r#"[{"k":"#, "}]")] {
            let levels = (depth / open.matches(['[', '{']).count()).max(1);
            let event = format!(r#"{{"b":{}0{},"a":1}}"#, open.repeat(levels), close.repeat(levels));
            assert_eq!(values(event.as_bytes()).map(|values| values.len()), Some(1), "{levels} × {open}");
            let siblings = format!(r#"{{"b":{}0{},"a":1}}"#, open.repeat(levels), close.repeat(levels - 1));
            assert_eq!(values(siblings.as_bytes()), None, "{levels} × {open}, one not closed");
            let crossed = close.replace(']', "x").replace('}', "]").replace('x', "}").repeat(levels);
            assert_eq!(values(format!(r#"{{"b":{}0{crossed},"a":1}}"#, open.repeat(levels)).as_bytes()), None);
        }
    }
}

#[test]
fn an_event_in_place_gets_its_padding() {
    let event = br#"{"a":"x"}"#;
    let pattern = EventPattern::new(r#"{"a":["x"]}"#).expect("a pattern");
    let mut buffer = event.to_vec();
    buffer.extend([b'x'; PADDING + 1]);
    let in_place = InPlace::new(&mut buffer, event.len()).expect("padding");
    assert_eq!(pattern.matches_in_place(in_place), Ok(true));
    let cut = InPlace::new(&mut buffer, event.len() - 1).expect("padding");
    assert!(pattern.matches_in_place(cut).is_err());
    assert_eq!(buffer[event.len() - 1..], [[0; PADDING + 1].as_slice(), b"x"].concat());
    assert!(InPlace::new(&mut buffer, event.len() + 1).is_some());
    assert!(InPlace::new(&mut buffer, event.len() + 2).is_none(), "too little of it");
    assert!(InPlace::new(&mut buffer, usize::MAX).is_none());
}

/// A memory goes from machine to machine, and remembers nothing.
#[test]
fn a_memory_serves_several_machines() {
    let machine = |pattern: &str| {
        let mut machine = Machine::default();
        machine.add(RuleId(0), &Pattern::compile(pattern, &Limits::default()).expect("a pattern"));
        machine
    };
    let machines = [
        (machine(r#"{"a":["x"],"b":["y"]}"#), true),
        (machine(r#"{"b":["y"],"a":["z","q"]}"#), false),
        (machine(r#"{"b":[{"wildcard":"*y*"}]}"#), true),
    ];
    let mut memory = Memory::default();
    for round in 0..10 {
        let (machine, expected) = &machines[round % 3];
        let matched = machine.matches(r#"{"a":"x","b":"y"}"#, &mut memory).expect("an event");
        assert_eq!(!matched.is_empty(), *expected, "round {round}");
    }
}
