//! Every case of `tests/cases/match` through everything that answers: the explanation, a machine with one rule, a
//! machine with the patterns of all cases at once, text and bytes.

use crate::cases::{Case, Expect, all};
use eventbridge_rules::diagnostic::Diagnostic;
use eventbridge_rules::event::{EventError, Fields, Paths};
use eventbridge_rules::machine::{Machine, Memory, RuleId};
use eventbridge_rules::pattern::{Limits, Pattern};
use eventbridge_rules::rules::{Rules, TestEventPatternError};
use eventbridge_rules::{EventPattern, test_event_pattern};
use std::collections::BTreeSet;

fn codes(problems: &[Diagnostic]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

/// The answer of a case in the form of its expectation.
fn seen(answer: Result<bool, EventError>) -> Expect {
    match answer {
        Ok(matches) => Expect::Verdict(matches),
        Err(error) => Expect::EventRefused(codes(&error.diagnostics).first().map(|code| code.to_string())),
    }
}

/// Is this what the case expects of one who is not TestEventPattern?
fn right(case: &Case, seen: &Expect) -> bool {
    match (&case.expect, seen) {
        // Only TestEventPattern asks for an envelope.
        (Expect::EventRefused(Some(code)), Expect::Verdict(_)) => code == "event-missing-envelope",
        (Expect::EventRefused(None), Expect::EventRefused(_)) => true,
        (expected, seen) => expected == seen,
    }
}

fn report(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} wrong answers\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn there_are_cases_of_everything() {
    let cases = all();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases have the same name");
    let count = |expect: fn(&Expect) -> bool| cases.iter().filter(|case| expect(&case.expect)).count();
    assert!(count(|e| *e == Expect::Verdict(true)) > 900);
    assert!(count(|e| *e == Expect::Verdict(false)) > 900);
    assert!(count(|e| matches!(e, Expect::PatternRefused(_))) > 180);
    assert!(count(|e| matches!(e, Expect::EventRefused(_))) > 50);
}

/// LocalStack masks the names of regions and partitions in what it records.
const MASKED: [&str; 2] = ["aws: content_wildcard_list_EXC", "aws: content_wildcard_repeating_star_EXC"];

#[test]
fn each_pattern_is_accepted_or_refused() {
    let mut wrong = Vec::new();
    for case in all() {
        let (_, problems) = Pattern::parse(&case.pattern, &Limits::default());
        let first = codes(&problems).first().copied();
        let expected = match &case.expect {
            Expect::PatternRefused(code) => Some(code.as_str()),
            _ => None,
        };
        if first != expected {
            wrong.push(format!("{}: {first:?}, not {expected:?}", case.name));
        }
        if Pattern::compile(&case.pattern, &Limits::default()).is_ok() != expected.is_none() {
            wrong.push(format!("{}: compile and parse disagree", case.name));
        }
        let aws = problems.first().and_then(|problem| problem.aws_message.as_deref());
        if let (Expect::PatternRefused(_), Some(recorded), Some(ours)) = (&case.expect, &case.aws_message, aws) {
            let reason = recorded.trim_start_matches("Event pattern is not valid. Reason: ");
            // The first line says what is wrong, the second where; in the masked ones the second is not AWS's own.
            let same = reason.lines().next() == ours.lines().next();
            if !same || (reason != ours && !MASKED.contains(&case.name.as_str())) {
                wrong.push(format!("{}: AWS says {reason}, not {ours}", case.name));
            }
        }
    }
    report(wrong);
}

#[test]
fn each_case_alone() {
    let mut wrong = Vec::new();
    for case in all().iter().filter(|case| case.pattern_is_valid()) {
        let pattern = EventPattern::new(&case.pattern).expect("a valid pattern");
        let answers = [
            ("machine", pattern.matches(&case.event)),
            ("machine, bytes", pattern.matches(case.event.as_bytes())),
            ("explanation", pattern.explain(&case.event).map(|explanation| explanation.matches)),
            ("explanation, bytes", pattern.explain(case.event.as_bytes()).map(|explanation| explanation.matches)),
        ];
        for (who, answer) in answers {
            let seen = seen(answer);
            if !right(case, &seen) {
                wrong.push(format!("{}: {who}: {seen:?}, not {:?}", case.name, case.expect));
            }
        }
    }
    report(wrong);
}

#[test]
fn each_explanation_tells_the_verdict_and_stays_in_its_texts() {
    for case in all().iter().filter(|case| case.pattern_is_valid()) {
        let pattern = EventPattern::new(&case.pattern).expect("a valid pattern");
        let Ok(explanation) = pattern.explain(&case.event) else {
            continue;
        };
        let beginning = if explanation.matches { "match: " } else { "no match: " };
        assert!(explanation.summary.starts_with(beginning), "{}: {}", case.name, explanation.summary);
        assert_eq!(explanation.root.matches, explanation.matches, "{}", case.name);
        let mut nodes = vec![&explanation.root];
        while let Some(node) = nodes.pop() {
            assert!(!node.message.is_empty() && !node.code.is_empty(), "{}", case.name);
            assert!(case.pattern.get(node.span.range()).is_some(), "{}: {:?}", case.name, node.span);
            for value in &node.values {
                let text = case.event.get(value.span.range()).expect("a value of the event");
                assert!(text == value.text || value.text.ends_with('…'), "{}: {text} {}", case.name, value.text);
            }
            nodes.extend(&node.children);
        }
    }
}

/// Of the rules of a large machine: those that an explanation is asked about for one event.
const ASKED: usize = 12;

#[test]
fn all_patterns_at_once() {
    let cases = all();
    let mut machine = Machine::default();
    let mut rules = Rules::default();
    let mut patterns = Vec::new();
    for (at, case) in cases.iter().enumerate().filter(|(_, case)| case.pattern_is_valid()) {
        let id = RuleId(at as u32);
        let pattern = EventPattern::new(&case.pattern).expect("a valid pattern");
        machine.add(id, pattern.pattern());
        rules.set_unsettled(id, &case.pattern, &Limits::default()).expect("a valid pattern");
        patterns.push((id, pattern));
    }
    rules.settle();
    let mut memory = Memory::default();
    let mut wrong = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let answer = machine.matches(&case.event, &mut memory).map(<[RuleId]>::to_vec);
        assert_eq!(answer, rules.matches(case.event.as_bytes(), <[RuleId]>::to_vec), "{}: text and bytes", case.name);
        if case.pattern_is_valid() {
            let seen = seen(answer.clone().map(|ids| ids.contains(&RuleId(at as u32))));
            if !right(case, &seen) {
                wrong.push(format!("{}: among all: {seen:?}, not {:?}", case.name, case.expect));
            }
        }
        let Ok(ids) = answer else {
            continue;
        };
        assert!(ids.is_sorted() && ids.windows(2).all(|two| two[0] != two[1]), "{}: {ids:?}", case.name);
        // Not every pair of a rule and an event, that is millions: a few of the matching and a few of all, another few each time.
        let matching = patterns.iter().filter(|(id, _)| ids.binary_search(id).is_ok());
        let some = matching.skip(at % (ids.len() / ASKED + 1)).step_by(ids.len() / ASKED + 1);
        let others = patterns.iter().cycle().skip(at * ASKED % patterns.len()).take(ASKED);
        for (id, pattern) in some.chain(others) {
            let explained = pattern.explain(&case.event).map(|explanation| explanation.matches);
            if explained != Ok(ids.contains(id)) {
                let other = &cases[id.0 as usize];
                wrong.push(format!("{} among all on the event of {}: explained {explained:?}", other.name, case.name));
            }
        }
    }
    report(wrong);
}

#[test]
fn as_aws_answered() {
    let mut wrong = Vec::new();
    let cases = all();
    let recorded = cases.iter().filter(|case| case.name.starts_with("aws: "));
    let mut count = 0;
    for case in recorded {
        count += 1;
        let answer = test_event_pattern(&case.pattern, &case.event);
        let ok = match (&answer, &case.expect) {
            (Ok(answer), Expect::Verdict(expected)) => answer == expected,
            (Err(TestEventPatternError::Pattern(error)), Expect::PatternRefused(code)) => {
                error.diagnostics[0].code == code
            }
            (Err(TestEventPatternError::Event(error)), Expect::EventRefused(Some(code))) => {
                error.diagnostics[0].code == code
            }
            _ => false,
        };
        if !ok {
            wrong.push(format!("{}: {answer:?}, not {:?}", case.name, case.expect));
        }
    }
    assert_eq!(count, 175);
    report(wrong);
}

/// What a machine remembers of one event must not change what it says about the next.
#[test]
fn memory_of_other_events_changes_nothing() {
    let cases = all();
    let valid: Vec<&Case> = cases.iter().filter(|case| case.pattern_is_valid()).collect();
    let mut machine = Machine::default();
    for (at, case) in valid.iter().enumerate().step_by(40) {
        machine.add(RuleId(at as u32), &Pattern::compile(&case.pattern, &Limits::default()).expect("a valid pattern"));
    }
    let mut used = Memory::default();
    for case in &valid {
        let with_used = machine.matches(&case.event, &mut used).map(<[RuleId]>::to_vec);
        let with_new = machine.matches(&case.event, &mut Memory::default()).map(<[RuleId]>::to_vec);
        assert_eq!(with_used, with_new, "{}", case.name);
    }
}

/// The paths that are asked for decide which values are kept, never whether the text is an event.
#[test]
fn an_event_is_one_whatever_is_asked_for() {
    let cases = all();
    let mut paths = Paths::default();
    for case in cases.iter().filter(|case| case.pattern_is_valid()) {
        let pattern = Pattern::compile(&case.pattern, &Limits::default()).expect("a valid pattern");
        pattern.branches().iter().flatten().for_each(|list| {
            paths.add(&pattern.list(*list).path, pattern.empty_keys());
        });
    }
    assert!(paths.len() > 500);
    let mut fields = Fields::default();
    for case in &cases {
        let all = eventbridge_rules::event::read(&case.event, &paths, &mut fields);
        let none = eventbridge_rules::event::read(&case.event, &Paths::default(), &mut fields);
        let problems = eventbridge_rules::event::lint(&case.event);
        assert_eq!(all, none, "{}", case.name);
        assert_eq!(all.is_ok(), problems.is_empty(), "{}: {problems:?}", case.name);
    }
}
