//! Thousands of rules on one field, of each kind: the set answers as each rule alone does, and the time for an event
//! does not grow with rules that have nothing to do with it.

use crate::invent::Dice;
use eventbridge_rules::{EventPattern, RuleSet};
use std::time::{Duration, Instant};

/// A test of a list for some numbers, and a value that could pass one.
struct Kind {
    name: &'static str,
    test: fn(&mut Dice) -> String,
    value: fn(&mut Dice) -> String,
}

fn letters(dice: &mut Dice, from: usize, to: usize) -> String {
    let length = from + dice.below(to - from + 1);
    (0..length).map(|_| dice.pick(&['a', 'b', 'A', 'c', '1'])).collect()
}

fn word(dice: &mut Dice) -> String {
    format!("\"arn:aws:{}-end\"", letters(dice, 7, 12))
}

fn number(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(&["", "-", "1", "0."]).replace("0.", "7."), 1 + dice.below(40_000))
}

fn address(dice: &mut Dice) -> String {
    format!("10.{}.{}.{}", dice.below(8), dice.below(256), dice.below(256))
}

const KINDS: [Kind; 10] = [
    Kind { name: "whole strings", test: word, value: word },
    Kind { name: "beginnings", test: |d| format!(r#"{{"prefix":"arn:aws:{}"}}"#, letters(d, 7, 9)), value: word },
    Kind { name: "ends", test: |d| format!(r#"{{"suffix":"{}-end"}}"#, letters(d, 7, 9)), value: word },
    Kind {
        name: "any case",
        test: |d| {
            let text = format!("arn:aws:{}", letters(d, 7, 9));
            match d.below(3) {
                0 => format!(r#"{{"equals-ignore-case":"{text}-END"}}"#),
                1 => format!(r#"{{"prefix":{{"equals-ignore-case":"{text}"}}}}"#),
                _ => format!(r#"{{"suffix":{{"equals-ignore-case":"{}-End"}}}}"#, &text[8..]),
            }
        },
        value: word,
    },
    Kind {
        name: "wildcards between the same ends",
        test: |d| format!(r#"{{"wildcard":"arn:aws:*{}*-end"}}"#, letters(d, 7, 8)),
        value: word,
    },
    Kind {
        name: "wildcards of all shapes",
        test: |d| {
            let mut piece = |from| letters(d, from, 7);
            let shapes = [
                format!("arn:aws:{}*", piece(6)),
                format!("*{}-end", piece(6)),
                format!("arn:aws:{}*{}-end", piece(4), piece(4)),
                format!("*{}*", piece(6)),
                format!("*{}*{}*", piece(4), piece(4)),
                format!("arn:aws:{}*{}*-end", piece(4), piece(4)),
            ];
            format!(r#"{{"wildcard":"{}"}}"#, shapes[d.below(shapes.len())])
        },
        value: word,
    },
    Kind { name: "numbers", test: number, value: number },
    Kind {
        name: "narrow ranges",
        test: |d| {
            let low = d.below(40_000) as f64 * d.pick(&[1.0, -1.0, 0.5]);
            format!(r#"{{"numeric":["{}",{low},"{}",{}]}}"#, d.pick(&[">", ">="]), d.pick(&["<", "<="]), low + 1.5)
        },
        value: number,
    },
    Kind { name: "addresses", test: |d| format!("\"{}\"", address(d)), value: |d| format!("\"{}\"", address(d)) },
    Kind {
        name: "address ranges",
        test: |d| format!(r#"{{"cidr":"{}/{}"}}"#, address(d), 24 + d.below(8)),
        value: |d| format!("\"{}\"", address(d)),
    },
];

fn pattern(test: &str) -> String {
    format!(r#"{{"detail":{{"field":[{test}]}}}}"#)
}

fn event(value: &str) -> String {
    format!(r#"{{"source":"a","detail":{{"field":{value},"other":1}}}}"#)
}

#[test]
fn a_crowd_answers_as_each_rule_alone() {
    for kind in &KINDS {
        let mut dice = Dice::new(kind.name);
        let tests: Vec<String> = (0..1500).map(|_| (kind.test)(&mut dice)).collect();
        let mut set = RuleSet::default();
        let mut alone = Vec::new();
        for (number, test) in tests.iter().enumerate() {
            set.set(&number.to_string(), &pattern(test)).expect(test);
            alone.push(EventPattern::new(&pattern(test)).expect(test));
        }
        let mut matched = 0;
        for _ in 0..150 {
            // A value that passes a test by itself now and then, a random one else.
            let value = if dice.chance(30) { (kind.value)(&mut dice) } else { near(&tests, kind, &mut dice) };
            let event = event(&value);
            let each = alone.iter().enumerate().filter(|(_, rule)| rule.matches(&event) == Ok(true));
            let expected: Vec<String> = each.map(|(number, _)| number.to_string()).collect();
            assert_eq!(
                set.matches(&event).as_deref(),
                Ok(&expected.iter().map(String::as_str).collect::<Vec<_>>()[..]),
                "{event}"
            );
            matched += expected.len();
        }
        assert!(matched > 20, "{}: only {matched} matches", kind.name);
    }
}

/// A value made from one of the tests.
fn near(tests: &[String], kind: &Kind, dice: &mut Dice) -> String {
    let test = &tests[dice.below(tests.len())];
    if !test.starts_with('{') {
        return test.clone();
    }
    let piece = test.rsplit('"').nth(1).unwrap_or("");
    match kind.name {
        "narrow ranges" => {
            test.split(',').nth(1).map_or("0".into(), |low| format!("{}", low.parse().unwrap_or(0.0) + 0.5))
        }
        "address ranges" => format!("\"{}\"", piece.split('/').next().unwrap_or("")),
        _ if piece.ends_with("nd") || piece.ends_with("END") => {
            format!("\"arn:aws:{}\"", piece.replace("arn:aws:", "").replace('*', "b"))
        }
        _ => format!("\"arn:aws:{}x-end\"", piece.replace("arn:aws:", "").replace('*', "")),
    }
}

/// The time that an event takes, the best of many.
fn time(kind: &Kind, rules: usize) -> Duration {
    let mut dice = Dice::new(kind.name);
    let mut set = RuleSet::default();
    for number in 0..rules {
        set.set(&number.to_string(), &pattern(&(kind.test)(&mut dice))).expect("a rule");
    }
    let events: Vec<String> = (0..50).map(|_| event(&(kind.value)(&mut dice))).collect();
    let round = || {
        let start = Instant::now();
        let found: usize = events.iter().filter_map(|event| set.matches(event).ok()).map(|names| names.len()).sum();
        (start.elapsed(), found)
    };
    (0..30).map(|_| round().0).min().unwrap_or_default()
}

#[test]
fn a_crowd_costs_little_more_than_a_few() {
    for kind in &KINDS {
        let (few, many) = (time(kind, 20), time(kind, 20_000));
        eprintln!("{}: {few:?} with 20 rules, {many:?} with 20,000", kind.name);
        // One after another they would cost hundreds of times as much.
        assert!(many < few * 10, "{}: {few:?} with 20 rules, {many:?} with 20,000", kind.name);
    }
}
