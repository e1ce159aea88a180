//! What explanations offer is true: every edit of an event or of a pattern flips the verdict of the machine, which knows
//! nothing of explanations.

use crate::cases;
use eventbridge_rules::EventPattern;
use eventbridge_rules::diagnostic::Fix;
use eventbridge_rules::explain::{Explanation, Kind, Node};

/// The text after a fix.
fn applied(text: &str, fix: &Fix) -> String {
    let mut changed = text.to_string();
    for edit in fix.edits.iter().rev() {
        changed.replace_range(edit.span.range(), &edit.text);
    }
    changed
}

fn why(pattern: &str, event: &str) -> Explanation {
    EventPattern::new(pattern).expect("a valid pattern").explain(event).expect("an event")
}

fn field<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    if node.kind == Kind::Field && node.path.as_deref() == Some(path) {
        return Some(node);
    }
    node.children.iter().find_map(|child| field(child, path))
}

#[test]
fn every_offered_edit_flips_the_verdict() {
    let (mut misses, mut in_event, mut in_pattern) = (0, 0, 0);
    for case in cases::all() {
        let Ok(pattern) = EventPattern::new(&case.pattern) else { continue };
        let Ok(explanation) = pattern.explain(&case.event) else { continue };
        assert_eq!(explanation.nearest.is_none(), explanation.matches, "{}", case.name);
        let Some(nearest) = explanation.nearest else { continue };
        misses += 1;
        if let Some(fix) = nearest.in_event {
            let event = applied(&case.event, &fix);
            assert_eq!(pattern.matches(&event), Ok(true), "{}: {event}", case.name);
            in_event += 1;
        }
        if let Some(fix) = nearest.in_pattern {
            let changed = applied(&case.pattern, &fix);
            let changed = EventPattern::new(&changed).unwrap_or_else(|e| panic!("{}: {changed}: {e}", case.name));
            assert_eq!(changed.matches(&case.event), Ok(true), "{}", case.name);
            in_pattern += 1;
        }
    }
    eprintln!("{misses} misses, {in_event} with an edit of the event, {in_pattern} with one of the pattern");
    assert!(in_event * 10 > misses * 8, "{in_event} of {misses}");
    assert!(in_pattern * 10 > misses * 8, "{in_pattern} of {misses}");
}

/// Pattern, event, summary, title of the edit of the event, title of the edit of the pattern.
const MISSES: &[(&str, &str, &str, &str, &str)] = &[
    (
        r#"{"detail": {"size": [{"numeric": [">", 1024]}]}}"#,
        r#"{"detail": {"size": 10}}"#,
        "no match: `detail.size` is 10, which is not > 1024",
        "change `detail.size` to 1025",
        "let `detail.size` be 10 too",
    ),
    (
        r#"{"detail": {"size": ["5"]}}"#,
        r#"{"detail": {"size": 5}}"#,
        "no match: `detail.size` is 5, which is not \"5\"; the event has a number, the pattern a string",
        "change `detail.size` to \"5\"",
        "let `detail.size` be 5 too",
    ),
    (
        r#"{"detail": {"state": ["running"]}}"#,
        r#"{"detail": {"State": "running"}}"#,
        "no match: `detail.state` is absent; the event has `detail.State`",
        "add `detail.state` with \"running\"",
        "let `detail.state` be absent too",
    ),
    (
        r#"{"details": {"state": ["running"]}}"#,
        r#"{"detail": {"state": "running"}}"#,
        "no match: `details.state` is absent; the event has `detail.state`",
        "add `details.state` with \"running\"",
        "let `details.state` be absent too",
    ),
    (
        r#"{"source": ["aws.s3"], "region": [{"prefix": "eu-"}]}"#,
        r#"{"source": "aws.ec2", "region": "us-east-1"}"#,
        "no match: `region` is \"us-east-1\", which does not start with \"eu-\", and 1 more field fails",
        "change `source` to \"aws.s3\", change `region` to \"eu-us-east-1\"",
        "let `source` be \"aws.ec2\" too, let `region` be \"us-east-1\" too",
    ),
    (
        r#"{"detail": {"error": [{"exists": false}]}}"#,
        r#"{"detail": {"id": 1, "error": null}}"#,
        "no match: `detail.error` is null, but should be absent",
        "remove `detail.error`",
        "let `detail.error` be null too",
    ),
    (
        r#"{"$or": [{"a": ["x"], "b": ["y"]}, {"c": [1]}]}"#,
        r#"{"a": "z", "b": "z", "c": 2}"#,
        "no match: `c` is 2, which is not 1 (the nearest of 2 ways to match)",
        "change `c` to 1",
        "let `c` be 2 too",
    ),
    (
        r#"{"ip": [{"cidr": "10.0.0.0/8"}]}"#,
        r#"{"ip": "11.0.0.1"}"#,
        "no match: `ip` is \"11.0.0.1\", which is no address in the range \"10.0.0.0/8\"",
        "change `ip` to \"10.0.0.0\"",
        "let `ip` be \"11.0.0.1\" too",
    ),
];

#[test]
fn misses_are_told_as_a_person_would() {
    for (pattern, event, summary, in_event, in_pattern) in MISSES {
        let explanation = why(pattern, event);
        assert_eq!(explanation.summary, *summary);
        let nearest = explanation.nearest.expect("a miss");
        assert_eq!(nearest.in_event.map(|fix| fix.title).as_deref(), Some(*in_event), "{pattern} {event}");
        assert_eq!(nearest.in_pattern.map(|fix| fix.title).as_deref(), Some(*in_pattern), "{pattern} {event}");
    }
}

#[test]
fn array_elements_have_words_of_their_own() {
    let pattern = r#"{"employees": {"first": ["Ada"], "dept": ["R&D"]}}"#;
    let event = r#"{"employees": [{"first": "Ada", "dept": "Ops"}, {"first": "Bob", "dept": "R&D"}]}"#;
    let explanation = why(pattern, event);
    assert_eq!(explanation.root.code, "array-elements");
    assert_eq!(
        explanation.summary,
        "no match: each field passes by itself, but not all in the same array element: \
         `employees.dept` only in `employees[1]`, `employees.first` only in `employees[0]`"
    );
    let nearest = explanation.nearest.expect("a miss");
    assert_eq!(nearest.paths, ["employees.dept", "employees.first"]);
    assert_eq!(nearest.in_event.expect("an edit").title, "change `employees.dept` to \"R&D\"");
    assert_eq!(nearest.in_pattern, None);
}

/// Pattern, event, path, code of the hint.
const HINTS: &[(&str, &str, &str, &str)] = &[
    (r#"{"a": {"Bc": [1]}}"#, r#"{"a": {"bc": 1}}"#, "a.Bc", "near-name-case"),
    (r#"{"detail-typ": [1]}"#, r#"{"detail-type": 1}"#, "detail-typ", "near-name"),
    (r#"{"detail": {"size": [1]}}"#, r#"{"detail": {"object": {"size": 1}}}"#, "detail.size", "near-nesting"),
    (r#"{"a": ["x"]}"#, r#"{"a": {"b": "x"}}"#, "a", "near-object"),
    (r#"{"resources": ["x"]}"#, r#"{"resources": []}"#, "resources", "near-empty"),
    (r#"{"a": ["x"]}"#, r#"{"a": "x "}"#, "a", "near-space"),
    (r#"{"a": ["X"]}"#, r#"{"a": "x"}"#, "a", "near-case"),
    (r#"{"a": [5]}"#, r#"{"a": "5"}"#, "a", "near-type"),
    (r#"{"a": ["true"]}"#, r#"{"a": true}"#, "a", "near-type"),
    (r#"{"a": [true]}"#, r#"{"a": "true"}"#, "a", "near-type"),
    (r#"{"a": [null]}"#, r#"{"a": "null"}"#, "a", "near-type"),
    (r#"{"a": [{"numeric": [">", 1]}]}"#, r#"{"a": "2"}"#, "a", "near-type"),
    (r#"{"a": [{"prefix": "1"}]}"#, r#"{"a": 12}"#, "a", "near-type"),
    (r#"{"a": ["x*"]}"#, r#"{"a": "xyz"}"#, "a", "near-wildcard"),
];

#[test]
fn hints_say_what_was_meant() {
    for (pattern, event, path, code) in HINTS {
        let explanation = why(pattern, event);
        let hints = &field(&explanation.root, path).expect("the field").hints;
        let codes: Vec<&str> = hints.iter().map(|hint| hint.code).collect();
        assert_eq!(codes, [*code], "{pattern} {event}");
    }
    // Nothing near: no guess.
    let explanation = why(r#"{"a": ["x"]}"#, r#"{"b": "y"}"#);
    assert_eq!(field(&explanation.root, "a").expect("the field").hints, []);
}

/// What a node says, its children below it.
fn outline(node: &Node, depth: usize, out: &mut Vec<String>) {
    if node.kind != Kind::Test {
        out.push(format!("{}{} {}", "  ".repeat(depth), node.code, if node.matches { "yes" } else { "no" }));
        node.children.iter().for_each(|child| outline(child, depth + 1, out));
    }
}

#[test]
fn alternatives_on_one_path_do_not_replace_each_other() {
    let mut lines = Vec::new();
    outline(&why(r#"{"$or": [{"source": ["a"]}, {"source": ["b"]}]}"#, r#"{"source": "c"}"#).root, 0, &mut lines);
    let expected = [
        "part-fails no",
        "  none-matches no",
        "    part-fails no",
        "      not-accepted no",
        "    part-fails no",
        "      not-accepted no",
    ];
    assert_eq!(lines, expected);
    // But a later field takes the place of an alternative's.
    let mut lines = Vec::new();
    outline(&why(r#"{"$or": [{"a": [1]}, {"b": [2]}], "a": [3]}"#, r#"{"a": 1}"#).root, 0, &mut lines);
    assert_eq!(lines[3], "      replaced no");
}
