//! Warnings: every fix mends its problem, nothing legal is called an error, and no text takes long.

use super::shared::facts;
use eventbridge_rules::diagnostic::{Diagnostic, Fix, Severity};
use eventbridge_rules::lint;
use eventbridge_rules::transform::{Setting, SettingProblem, Settings};
use serde_json::Value;

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
        }
    }
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

/// A pattern, a code that it has, and what the first fix of that makes of it.
const MENDED: [(&str, &str, &str); 30] = [
    (r#"{"detailType": ["a"]}"#, "envelope-unknown-key", r#"{"detail-type": ["a"]}"#),
    (r#"{"detail_type": ["a"]}"#, "envelope-unknown-key", r#"{"detail-type": ["a"]}"#),
    (r#"{"Source": ["a"]}"#, "envelope-unknown-key", r#"{"source": ["a"]}"#),
    (r#"{"details.state": ["a"]}"#, "envelope-unknown-key", r#"{"detail.state": ["a"]}"#),
    (r#"{"account": [{"anything-but": [1, 2]}]}"#, "envelope-type", r#"{"account": [{"anything-but": ["1", "2"]}]}"#),
    (r#"{"source": {"prefix": "a"}}"#, "pattern-value-not-a-list", r#"{"source": [{"prefix": "a"}]}"#),
    (r#"{"a": [{"Prefix": "a"}]}"#, "operator-unknown", r#"{"a": [{"prefix": "a"}]}"#),
    (r#"{"a": [{"anythingBut": "a"}]}"#, "operator-unknown", r#"{"a": [{"anything-but": "a"}]}"#),
    (r#"{"a": [{"startsWith": ["a", "b"]}]}"#, "operator-unknown", r#"{"a": [{"prefix": "a"}, {"prefix": "b"}]}"#),
    (r#"{"a": [{"in": ["a", "b"]}]}"#, "operator-unknown", r#"{"a": ["a", "b"]}"#),
    (r#"{"a": [{"regex": "^a.*b\\.c$"}]}"#, "operator-unknown", r#"{"a": [{"wildcard": "a*b.c"}]}"#),
    (r#"{"a": [{"like": "a%"}]}"#, "operator-unknown", r#"{"a": [{"wildcard": "a*"}]}"#),
    (r#"{"a": [{">=": 5}]}"#, "operator-unknown", r#"{"a": [{"numeric": [">=", 5]}]}"#),
    (r#"{"a": [{"notEquals": 5}]}"#, "operator-unknown", r#"{"a": [{"anything-but": 5}]}"#),
    (r#"{"a": [{"not-wildcard": "a*"}]}"#, "operator-unknown", r#"{"a": [{"anything-but": {"wildcard": "a*"}}]}"#),
    (r#"{"a": [{"numeric": {">": 0, "<": 5}}]}"#, "numeric-needs-array", r#"{"a": [{"numeric": [">", 0, "<", 5]}]}"#),
    (r#"{"a": [{"numeric": ">= 5"}]}"#, "numeric-needs-array", r#"{"a": [{"numeric": [">=", 5]}]}"#),
    (r#"{"a": [{"numeric": ["==", 5]}]}"#, "numeric-unknown-operator", r#"{"a": [{"numeric": ["=", 5]}]}"#),
    (r#"{"a": [{"numeric": [">=", 1, "<=", 1]}]}"#, "numeric-empty-range", r#"{"a": [{"numeric": ["=", 1]}]}"#),
    (r#"{"a": [{"wildcard": "é**b***"}]}"#, "wildcard-consecutive", r#"{"a": [{"wildcard": "é*b*"}]}"#),
    (r#"{"a": [{"wildcard": "a\\b"}]}"#, "wildcard-escape", r#"{"a": [{"wildcard": "a\\\\b"}]}"#),
    (
        r#"{"a": {"$or": [{"prefix": "x"}, {"suffix": "y"}]}}"#,
        "or-reserved-key",
        r#"{"a": [{"prefix": "x"}, {"suffix": "y"}]}"#,
    ),
    (
        r#"{"a": [{"anything-but": "x"}, {"anything-but": "y"}]}"#,
        "anything-but-split",
        r#"{"a": [{"anything-but": ["x", "y"]}]}"#,
    ),
    (r#"{"a": ["x", {"prefix": "x"}]}"#, "test-dead", r#"{"a": [{"prefix": "x"}]}"#),
    (r#"{"a": [{"numeric": [">", 5]}, {"numeric": [">", 6]}]}"#, "test-dead", r#"{"a": [{"numeric": [">", 5]}]}"#),
    (r#"{"a": [{"cidr": "10.0.0.0/8"}, {"cidr": "10.1.0.0/16"}]}"#, "test-dead", r#"{"a": [{"cidr": "10.0.0.0/8"}]}"#),
    (r#"{"a": [1, 1.0]}"#, "test-dead", r#"{"a": [1]}"#),
    (
        r#"{"detail": {"state": {"exists": [true]}}}"#,
        "operator-as-field",
        r#"{"detail": {"state": [{"exists": true}]}}"#,
    ),
    ("{'a': [\"x\"]}", "json-single-quotes", r#"{"a": ["x"]}"#),
    (r#"{"a": [True]}"#, "json-word", r#"{"a": [true]}"#),
];

#[test]
fn first_fixes() {
    for (text, code, mended) in MENDED {
        let problems = lint::pattern(text, &[]);
        let Some(problem) = problems.iter().find(|problem| problem.code == code) else {
            panic!("{code} is not in {problems:?} of {text}");
        };
        let fix = problem.fixes.first().unwrap_or_else(|| panic!("no fix: {text}"));
        assert_eq!(fix.apply(text), mended, "{}", fix.title);
        fixes_mend(text, &[]);
    }
}

/// The code and the exact text that it is said about.
const PLACES: [(&str, &str, &str); 12] = [
    (r#"{"a": [{"wildcard": "é\u0061**b"}]}"#, "wildcard-consecutive", "**"),
    (r#"{"a": [{"wildcard": "😀\\x*"}]}"#, "wildcard-escape", r"\\x"),
    (r#"{"a": [{"cidr": "10.0.256.0/8"}]}"#, "cidr-address", "256"),
    (r#"{"a": [{"cidr": "10.0.0.0/33"}]}"#, "cidr-too-many-bits", "33"),
    (r#"{"a": [{"cidr": "10.0.0.0/x"}]}"#, "cidr-bits", "x"),
    (r#"{"a": [{"prefix": "x\""}]}"#, "quote-affix", r#"\""#),
    (r#"{"a": [{"equals-ignore-case": "straße"}]}"#, "ignore-case-odd", "ß"),
    (r#"{"a": [{"anything-but": {"equals-ignore-case": ["a", "b😀"]}}]}"#, "ignore-case-astral", "😀"),
    (r#"{"a": [1]} more "#, "text-after-value", "more"),
    (r#"{"a": [1], "a": [2]}"#, "key-repeated", r#""a""#),
    (r#"{"a": ["x", "x"]}"#, "test-repeated", r#""x""#),
    (r#"{"source": [{"wildcard": "*"}]}"#, "matches-everything", r#"[{"wildcard": "*"}]"#),
];

#[test]
fn places_are_exact() {
    for (text, code, place) in PLACES {
        let problems = lint::pattern(text, &[]);
        let found = problems.iter().find(|problem| problem.code == code);
        assert_eq!(found.map(|problem| problem.span.of(text)), Some(place), "{text} {problems:?}");
    }
}

/// Patterns of the user guide and of everyday use: nothing to say.
#[test]
fn good_patterns_are_quiet() {
    for text in [
        r#"{"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], "detail": {"state": ["terminated"]}}"#,
        r#"{"detail": {"c-count": [{"numeric": [">", 0, "<=", 5]}], "x": [{"exists": false}], "y": ["a"]}}"#,
        r#"{"detail": {"$or": [{"a": [1]}, {"b": [{"numeric": ["<=", 10]}]}]}}"#,
        r#"{"source": [{"prefix": "aws."}], "region": [{"anything-but": ["us-east-1", "us-east-2"]}]}"#,
        r#"{"time": [{"prefix": "2026-10-02"}], "detail": {"FileName": [{"suffix": ".png"}, {"suffix": ".jpg"}]}}"#,
        r#"{"resources": ["arn:aws:ec2:us-east-1:123456789012:instance/i-1"], "account": ["123456789012"]}"#,
    ] {
        assert_eq!(lint::pattern(text, &[]), [], "{text}");
    }
}

#[test]
fn samples_say_what_is_there() {
    let sample = r#"{"source": "a", "detail": {"size": 5, "on": true, "id": "7", "tags": ["x"], "box": {"w": 1}}}"#;
    let codes = |text: &str| lint::pattern(text, &[sample]).iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(r#"{"detail": {"size": [5], "on": [true], "id": ["7"]}}"#), [""; 0]);
    assert_eq!(codes(r#"{"detail": {"size": ["5"], "on": ["true"], "id": [7]}}"#), ["sample-type"; 3]);
    assert_eq!(codes(r#"{"detail": {"size": [{"prefix": "5"}], "id": [{"numeric": ["=", 7]}]}}"#), ["sample-type"; 2]);
    assert_eq!(codes(r#"{"detail": {"Size": [5], "box": [1], "w": [1]}}"#), ["sample-missing"; 3]);
    assert_eq!(codes(r#"{"detail": {"tags": [{"anything-but": "x"}]}}"#), ["anything-but-array"]);
    assert_eq!(fixes_mend(r#"{"detail": {"size": ["5"], "on": ["true"], "id": [7], "bx": {"w": [1]}}}"#, &[sample]), 3);
    let ignored = lint::pattern(r#"{"detail": {"size": ["5"]}}"#, &["[1]", "{", ""]);
    assert_eq!(ignored, []);
}

/// Applies the fix of a target to the settings that it is for.
fn mended(settings: &Settings, setting: Setting, fix: &Fix) -> Settings {
    let mut after = settings.clone();
    match setting {
        Setting::InputPath => after.input_path = after.input_path.map(|text| fix.apply(&text)),
        Setting::InputTemplate | Setting::InputPathsMap => {
            let transformer = after.input_transformer.as_mut().expect("a transformer");
            if setting == Setting::InputTemplate {
                transformer.input_template = transformer.input_template.take().map(|text| fix.apply(&text));
            } else {
                let entries = transformer.input_paths_map.iter();
                let entries = entries.map(|(k, v)| format!("{}:{}", Value::from(k.as_str()), Value::from(v.as_str())));
                let map = format!("{{{}}}", entries.collect::<Vec<_>>().join(","));
                let map: Value = serde_json::from_str(&fix.apply(&map)).expect("valid JSON");
                let entries = map.as_object().expect("an object").iter();
                transformer.input_paths_map =
                    entries.map(|(k, v)| (k.clone(), v.as_str().expect("a path").to_string())).collect();
            }
        }
        _ => panic!("no fix is known for {setting:?}"),
    }
    after
}

#[test]
fn target_fixes() {
    let event = r#"{"id": "1", "detail": {"name": {"first": "Ada"}, "list": ["a"], "state": "on"}}"#;
    let all = [
        (r#"{"InputPath": "$.detail['state']"}"#, "path-syntax"),
        (r#"{"InputPath": "detail.state"}"#, "path-syntax"),
        (r#"{"InputPath": "$.detail.stat"}"#, "path-selects-nothing"),
        (
            r#"{"InputTransformer": {"InputPathsMap": {"a": "$.detail.['state']"}, "InputTemplate": "{\"x\": <a>}"}}"#,
            "path-syntax",
        ),
        (
            r#"{"InputTransformer": {"InputPathsMap": {"a": "$.detail.stat"}, "InputTemplate": "{\"x\": <a>}"}}"#,
            "path-missing-in-sample",
        ),
        (
            r#"{"InputTransformer": {"InputPathsMap": {"a": "$.id", "b": "$.id", "c": "$.id"}, "InputTemplate": "{\"x\": <a>}"}}"#,
            "variable-unused",
        ),
        (
            r#"{"InputTransformer": {"InputPathsMap": {"a": "$.detail.name"}, "InputTemplate": "{\"x\": \"<a>\"}"}}"#,
            "quoted-variable-breaks-json",
        ),
        (
            r#"{"InputTransformer": {"InputPathsMap": {"a": "$.detail.list"}, "InputTemplate": "{\"x\": \"<a>\"}"}}"#,
            "quoted-variable-breaks-json",
        ),
        (
            r#"{"InputTransformer": {"InputTemplate": "{\"x\": \"<aws.events.event.json>\"}"}}"#,
            "reserved-object-quoted",
        ),
        (
            r#"{"InputTransformer": {"InputPathsMap": {"instance": "$.id"}, "InputTemplate": "{\"x\": <instanse>}"}}"#,
            "placeholder-undefined",
        ),
    ];
    for (text, code) in all {
        let (settings, problems) = Settings::from_json(text);
        assert_eq!(problems, [], "{text}");
        let problems = lint::target(&settings, &[event, "no event"]);
        let problem = problems.iter().find(|p| p.diagnostic.code == code);
        let problem = problem.unwrap_or_else(|| panic!("{code} is not in {problems:?} of {text}"));
        let fix = problem.diagnostic.fixes.first().unwrap_or_else(|| panic!("no fix: {text}"));
        let left = lint::target(&mended(&settings, problem.setting, fix), &[event]);
        let count = |all: &[SettingProblem]| all.iter().filter(|p| p.diagnostic.code == code).count();
        assert!(count(&left) < count(&problems), "{text} {left:?}");
        let refused = |p: &&SettingProblem| p.diagnostic.severity == Severity::Error;
        assert!(left.iter().filter(refused).count() <= problems.iter().filter(refused).count(), "{text} {left:?}");
    }
}

/// Texts made to take long: a megabyte of each takes no more than seconds, unoptimized.
#[test]
fn long_texts() {
    let many = |open: &str, piece: &str, close: &str| {
        let pieces = vec![piece; 300_000 / (piece.len() + 1)].join(",");
        format!("{open}{pieces}{close}")
    };
    let texts = [
        many(r#"{"a": ["#, "{}", "]}"),
        many(r#"{"a": ["#, "[]", "]}"),
        many(r#"{"a": ["#, r#"{"x": 1}"#, "]}"),
        many(r#"{"a": ["#, r#""x""#, "]}"),
        many(r#"{"a": ["#, r#"{"prefix": "x"}"#, "]}"),
        many(r#"{"a": [{"anything-but": ["#, "null", "]}]}"),
        many(r#"{"a": [{"anything-but": ["#, "1e999", "]}]}"),
        many("{", r#""a": [1]"#, "}"),
        many("{", r#""details": [1]"#, "}"),
        many(r#"{"$or": ["#, r#"{"a": [1]}"#, "]}"),
        many("{", r#"'a': True"#, "}"),
        "[".repeat(300_000),
        r#"{"a":"#.repeat(60_000),
    ];
    for text in &texts {
        let start = Instant::now();
        let problems = lint::pattern(text, &[text]);
        assert!(!problems.is_empty());
        assert!(start.elapsed().as_secs() < 10, "{} {:?}", &text[..40], start.elapsed());
    }
}
