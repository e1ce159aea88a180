//! Warnings: every fix mends its problem, nothing legal is called an error, and no text takes long.

use super::shared::facts;
use eventbridge_rules::diagnostic::{Diagnostic, Severity};
use eventbridge_rules::lint;
use eventbridge_rules::transform::Settings;
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Instant;

fn errors(problems: &[Diagnostic]) -> Vec<&'static str> {
    let mut codes: Vec<_> = problems.iter().filter(|p| p.severity == Severity::Error).map(|p| p.code).collect();
    codes.sort_unstable();
    codes
}

/// Applies each fix: the problem is gone, and there is no error that was not there before.
pub(crate) fn fixes_mend(text: &str, samples: &[&str]) -> usize {
    let problems = lint::pattern(text, samples);
    let before = errors(&problems);
    let mut count = 0;
    for problem in &problems {
        for fix in &problem.fixes {
            let after = fix.apply(text);
            let left = lint::pattern(&after, samples);
            let same = |p: &&Diagnostic| p.code == problem.code;
            let (was, is) = (problems.iter().filter(same).count(), left.iter().filter(same).count());
            let words = || format!("{text}\n{after}\n{}: {}", problem.code, fix.title);
            // Broken JSON hides what stands behind it; a mended place may show more.
            if problem.code.starts_with("json-") {
                assert!(is < was || left.iter().filter(same).all(|p| p.span != problem.span), "{}", words());
            } else {
                assert!(is < was || left.len() < problems.len(), "{}", words());
                if before.iter().any(|code| code.starts_with("json-")) {
                    continue;
                }
                let mut old = before.clone();
                let new = errors(&left).into_iter().filter(|code| match old.iter().position(|o| o == code) {
                    Some(at) => {
                        old.remove(at);
                        false
                    }
                    None => true,
                });
                assert_eq!(new.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", words());
            }
            count += 1;
        }
    }
    count
}

fn patterns(file: &str) -> Vec<(String, Value)> {
    let all = facts(file).unwrap_or_default();
    all.into_iter().filter_map(|fact| Some((fact["pattern"].as_str()?.to_string(), fact))).collect()
}

#[test]
fn nothing_legal_is_an_error() {
    let mut seen = BTreeSet::new();
    for file in ["aws_validated.jsonl", "ruler_unit.jsonl", "quirks.jsonl", "random_dev.jsonl"] {
        for (pattern, fact) in patterns(file) {
            let refused = fact["expect"] == "exception"
                || fact["error"].is_string()
                || !fact["match"].is_boolean() && file != "aws_validated.jsonl";
            let event = fact["event"].as_str().unwrap_or("");
            let problems = lint::pattern(&pattern, &[event]);
            let limited = ["wildcard-too-complex", "pattern-too-long", "or-too-many-combinations"];
            let found: Vec<_> = errors(&problems).into_iter().filter(|code| !limited.contains(code)).collect();
            assert!(refused || found.is_empty(), "{pattern} {found:?}");
            for problem in &problems {
                assert!(pattern.get(problem.span.range()).is_some(), "{pattern} {problem:?}");
            }
            seen.extend(problems.iter().filter(|p| p.severity != Severity::Error).map(|p| p.code));
        }
    }
    eprintln!("{seen:?}");
}

#[test]
fn fixes_of_damaged_patterns() {
    let mut count = 0;
    for (pattern, _) in patterns("invalid_dev.jsonl").into_iter().take(1500) {
        count += fixes_mend(&pattern, &[]);
    }
    for (pattern, fact) in patterns("aws_validated.jsonl") {
        count += fixes_mend(&pattern, &[fact["event"].as_str().unwrap_or("")]);
    }
    eprintln!("{count} fixes");
}

#[test]
fn fixes_of_random_patterns() {
    let mut count = 0;
    for (pattern, fact) in patterns("random_dev.jsonl").into_iter().step_by(7) {
        count += fixes_mend(&pattern, &[fact["event"].as_str().unwrap_or("")]);
    }
    eprintln!("{count} fixes");
}
