//! The words and the place with which EventBridge refuses a pattern: as recorded, as our parser sees it, and on any text.
//!
//! The `source` of a case in `tests/cases/aws_messages.jsonl` is `AWS` (recorded from it, all of the message),
//! `reference` (its words and place were recorded from the reference; the place of a single wrong character is one less
//! in AWS) or `rules` (what these records say about the words and places of other texts).

use super::invent::{Dice, damage};
use super::shared::facts;
use super::{cases, shared};
use eventbridge_rules::diagnostic::{Diagnostic, Severity};
use eventbridge_rules::pattern::reference::answer;
use eventbridge_rules::pattern::{Limits, Pattern, lint};
use serde_json::Value;
use std::time::{Duration, Instant};

fn recorded() -> Vec<Value> {
    let text = std::fs::read_to_string(cases::folder("aws_messages.jsonl")).expect("the cases");
    text.lines().map(|line| serde_json::from_str(line).expect("a case is JSON")).collect()
}

/// The errors for which the reference has words of its own.
fn errors(text: &str) -> Vec<Diagnostic> {
    let ours = ["wildcard-too-complex", "or-too-many-combinations", "pattern-too-long"];
    let (_, problems) = Pattern::parse(text, &Limits { wildcard_complexity: usize::MAX });
    problems.into_iter().filter(|p| p.severity == Severity::Error && !ours.contains(&p.code)).collect()
}

/// Line and column that a message names first.
pub(crate) fn place(message: &str) -> Option<(usize, usize)> {
    let (_, rest) = message.split_once("\n at [Source: ")?;
    let (first, _) = rest.split_once("]\n at [Source: ").unwrap_or((rest.strip_suffix(']')?, ""));
    let (line, column) = first.rsplit_once("; line: ")?.1.split_once(", column: ")?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// The place in a message, as the reference's older JSON parser gives it: behind a wrong character, not at it.
pub(crate) fn place_in_reference(message: &str) -> Option<(usize, usize)> {
    let at_character =
        ["Unexpected character ", "Unexpected close marker ", "Illegal ", "Unrecognized character escape "];
    let (line, column) = place(message)?;
    let behind = at_character.iter().any(|words| message.starts_with(words));
    Some((line, column + usize::from(behind)))
}

#[test]
fn cases_as_eventbridge_answers() {
    let cases = recorded();
    assert!(cases.len() > 80);
    for case in &cases {
        let (text, message) = (shared::text(case, "pattern"), shared::text(case, "message"));
        assert_eq!(answer(text).expect("an answer").message, message, "{text}");
        let said = lint(text).iter().filter(|problem| problem.aws_message.as_deref() == Some(message)).count();
        assert_eq!(said, 1, "{text}");
        assert!(["AWS", "reference", "rules"].contains(&shared::text(case, "source")), "{text}");
    }
}

/// Every text of the cases, and of the facts where they are there.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = cases::all().into_iter().map(|case| case.pattern).collect();
    texts.extend(recorded().iter().map(|case| shared::text(case, "pattern").to_string()));
    for file in ["invalid_dev", "ruler_unit", "quirks", "complexity", "aws_validated", "random_dev"] {
        let facts = facts(&format!("{file}.jsonl")).unwrap_or_default();
        let patterns = facts.iter().filter_map(|fact| fact["pattern"].as_str());
        texts.extend(patterns.map(str::to_string));
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn agree(text: &str) {
    let errors = errors(text);
    let Some(answer) = answer(text) else {
        assert!(errors.is_empty(), "EventBridge accepts {text:?}, we do not: {errors:?}");
        return;
    };
    let said = errors.iter().filter(|problem| problem.aws_message.as_ref() == Some(&answer.message)).count();
    assert!(said > 0, "EventBridge refuses {text:?}: {answer:?}, we have {errors:?}");
    assert!(text.is_char_boundary(answer.at), "{text:?} {answer:?}");
}

#[test]
fn every_text_is_refused_by_both_or_by_none() {
    let mut dice = Dice::new("aws messages");
    for text in texts() {
        agree(&text);
        let mut damaged = damage(&text, &mut dice);
        agree(&damaged);
        damaged = damage(&damaged, &mut dice);
        agree(&damaged);
    }
}

#[test]
fn one_problem_has_the_answer() {
    let problems = lint(r#"{"a": [], "b": [{"prefix": 5}], "c": [1 2]}"#);
    let words: Vec<&str> = problems.iter().map(|problem| problem.aws_message.as_deref().unwrap_or("")).collect();
    let place = r#"[Source: (String)"{"a": [], "b": [{"prefix": 5}], "c": [1 2]}"; line: 1, column: 9]"#;
    let first = format!("Empty arrays are not allowed\n at {place}");
    assert_eq!(words, [first.as_str(), "prefix match pattern must be a string", ""]);
}

#[test]
fn the_answer_stands_with_the_problem_it_is_about() {
    let about = |text: &str, code: &str| {
        let message = answer(text).expect("an answer").message;
        let problems = lint(text);
        let problem = problems.iter().find(|problem| problem.aws_message.as_ref() == Some(&message));
        assert_eq!(problem.map(|problem| problem.code), Some(code), "{text} {problems:?}");
    };
    about(r#"{"a": [1 2], "b": {"#, "json-comma-expected");
    about(r#"{"source": [aws.s3]"#, "json-word");
    about(r#"{"source": ["aws.s3""#, "json-unclosed");
    about(r#"{"a": [{"prefix": 5, "b": 1}], "b": [{"prefix": 6}]}"#, "prefix-needs-string");
    about(r#"{"a": [{"cidr": "10.0.0.0"}, {"cidr": "x"}]}"#, "cidr-slash");
    about("", "json-empty");
}

#[test]
fn nesting_and_numbers_have_a_limit() {
    let nested = |depth: usize| r#"{"a":"#.repeat(depth - 1) + "[]" + &"}".repeat(depth - 1);
    assert!(answer(&nested(1000)).expect("an answer").message.starts_with("Empty arrays are not allowed\n at "));
    let deep = answer(&nested(1001)).expect("an answer").message;
    assert_eq!(deep, "Depth (1001) exceeds the maximum allowed nesting depth (1000)");
    let long = |digits: usize| format!(r#"{{"a":[{}]}}"#, "1".repeat(digits));
    assert_eq!(answer(&long(1000)), None);
    let answer = answer(&long(1001)).expect("an answer").message;
    assert_eq!(answer, "Number length (1001) exceeds the maximum length (1000)");
}

/// A megabyte of anything takes the time of reading it once.
#[test]
fn no_text_takes_long() {
    let pieces =
        ["[", "{\"a\":", "\"", "\\ud800", "\r\n", "[],", "{\"a\":[1],", "9", "x", "😀", "{\"$or\":[", "-", "\u{301}"];
    for piece in pieces {
        for start in ["", "{\"a\":[", "{\"a\":[\"", "{\"a\":[{\"anything-but\":[", "{\"$or\":["] {
            let text = start.to_string() + &piece.repeat(1_000_000 / piece.len());
            let began = Instant::now();
            let answer = answer(&text).expect("an answer");
            assert!(began.elapsed() < Duration::from_secs(1), "{start}{piece}…: {:?}", began.elapsed());
            assert!(answer.message.len() < 5000, "{start}{piece}…: {}", answer.message.len());
        }
    }
}
