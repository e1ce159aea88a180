//! The table of codes: every example shows its code, every mended one does not, and no code of the rooms is missing.

use eventbridge_rules::codes::{self, Code, Subject};
use eventbridge_rules::diagnostic::Severity;
use eventbridge_rules::explain::Node;
use eventbridge_rules::transform::Settings;
use eventbridge_rules::{EventPattern, event, json, lint, test_event_pattern};
use std::collections::BTreeSet;
use std::path::Path;

/// Their examples would be thousands of characters long, or are no text.
const WITHOUT_EXAMPLE: [&str; 13] = [
    "event-too-ambiguous",
    "input-too-long",
    "output-too-long",
    "json-depth",
    "json-number-length",
    "json-utf8",
    "lone-surrogate",
    "not-json",
    "or-too-many-combinations",
    "path-too-long",
    "paths-too-many",
    "pattern-too-long",
    "target-near-limit",
];

/// The codes and severities that a text has.
fn found(code: &Code, text: &str) -> Vec<(&'static str, Severity)> {
    let of = |problems: Vec<eventbridge_rules::diagnostic::Diagnostic>| {
        problems.iter().map(|p| (p.code, p.severity)).collect::<Vec<_>>()
    };
    let samples: &[&str] = if code.event.is_empty() { &[] } else { &[code.event] };
    match code.subject {
        Subject::Json => of(json::parse(text).1),
        Subject::Event if code.name != "event-missing-envelope" => of(event::lint(text)),
        Subject::Event => match test_event_pattern(r#"{"source": ["a"]}"#, text) {
            Err(eventbridge_rules::TestEventPatternError::Event(error)) => of(error.diagnostics),
            _ => of(event::lint(text)),
        },
        Subject::Pattern => of(lint::pattern(text, samples)),
        Subject::Target => {
            let (settings, mut problems) = Settings::from_json(text);
            problems.extend(lint::target(&settings, samples));
            of(problems.into_iter().map(|problem| problem.diagnostic).collect())
        }
        Subject::Explanation => {
            let pattern = EventPattern::new(text).expect("a valid pattern");
            let mut all = Vec::new();
            reasons(&pattern.explain(code.event).expect("an event").root, &mut all);
            all
        }
    }
}

fn reasons(node: &Node, all: &mut Vec<(&'static str, Severity)>) {
    all.push((node.code, Severity::Info));
    all.extend(node.hints.iter().map(|hint| (hint.code, Severity::Info)));
    node.children.iter().for_each(|child| reasons(child, all));
}

#[test]
fn examples_show_their_codes() {
    let mut wrong = Vec::new();
    for code in codes::all() {
        if code.example.is_empty() {
            if !WITHOUT_EXAMPLE.contains(&code.name) {
                wrong.push(format!("{}: no example", code.name));
            }
            continue;
        }
        let shown = found(code, code.example);
        if !shown.contains(&(code.name, code.severity)) {
            wrong.push(format!("{}: not in {shown:?} of {}", code.name, code.example));
        }
        if code.fixed.is_empty() {
            continue;
        }
        let left = found(code, code.fixed);
        let errors = || left.iter().any(|(_, severity)| *severity == Severity::Error);
        if left.iter().any(|(name, _)| *name == code.name) || errors() {
            wrong.push(format!("{}: still {left:?} in {}", code.name, code.fixed));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_code_is_there_once() {
    let names: Vec<&str> = codes::all().map(|code| code.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for code in codes::all() {
        assert!(code.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{}", code.name);
        assert!(code.what.ends_with('.') && code.why.ends_with('.'), "{}", code.name);
    }
}

/// Every code that the source writes is in the table, and the other way round.
#[test]
fn table_and_rooms_agree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut written = BTreeSet::new();
    collect(&root, &mut written);
    let known: BTreeSet<String> = codes::all().map(|code| code.name.to_string()).collect();
    let missing: Vec<_> = known.iter().filter(|name| !written.contains(*name)).collect();
    assert!(missing.is_empty(), "in the table only: {missing:?}");
    let mut returned = BTreeSet::new();
    codes_returned(&root, &mut returned);
    let missing: Vec<_> = returned.iter().filter(|name| !known.contains(*name)).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            all.push((path.display().to_string(), text));
        }
    }
    all
}

/// All strings that look like codes, outside of the table.
fn collect(root: &Path, names: &mut BTreeSet<String>) {
    for (_, text) in files(root).iter().filter(|(path, _)| !path.contains("/codes/")) {
        names.extend(text.split('"').map(str::to_string));
    }
}

/// The strings that `fn code` returns, and the reasons and hints of explanations.
fn codes_returned(root: &Path, names: &mut BTreeSet<String>) {
    for (path, text) in files(root).iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/codes/")) {
        for body in text.split("fn code(&self)").skip(1) {
            let body = body.split("\n    }\n").next().unwrap_or("");
            let strings = body.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next());
            names.extend(strings.map(str::to_string));
        }
        if path.contains("/explain/") {
            let hints = text.split("hint(\"").skip(1).filter_map(|rest| rest.split('"').next());
            names.extend(hints.map(str::to_string));
        }
    }
}
