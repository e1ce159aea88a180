//! The facts of `../shared/conformance/transformer.jsonl`, where they are there.

use crate::shared::{Count, facts, text};
use eventbridge_rules::transform::{ApplyError, Context, Settings, TargetInput};
use serde_json::{Value, json};

/// What came of settings and an event.
enum Got {
    Rejected(Vec<String>),
    Lost,
    Delivered(String),
}

fn settings(fact: &Value) -> String {
    let mut settings = json!({});
    let kind = text(fact, "kind");
    if kind.starts_with("InputPath") {
        settings["InputPath"] = fact["input_path"].clone();
    }
    if kind == "Input" {
        settings["Input"] = fact["input"].clone();
    }
    if kind.ends_with("InputTransformer") {
        settings["InputTransformer"] = json!({ "InputPathsMap": fact["paths"], "InputTemplate": fact["template"] });
    }
    settings.to_string()
}

fn ask(fact: &Value, event: &str) -> Got {
    let (settings, problems) = Settings::from_json(&settings(fact));
    assert!(problems.is_empty(), "{problems:?}");
    let target = match TargetInput::new(settings) {
        Ok(target) => target,
        Err(error) => {
            let id = text(fact, "target_id");
            let aws = |p: &eventbridge_rules::transform::SettingProblem| {
                p.diagnostic.aws_message.as_ref().map(|m| m.replace("<id>", id)).unwrap_or_default()
            };
            return Got::Rejected(error.problems.iter().map(aws).collect());
        }
    };
    let context = Context {
        rule_name: fact["rule"]["name"].as_str().unwrap_or_default().into(),
        rule_arn: fact["rule"]["arn"].as_str().unwrap_or_default().into(),
        ingestion_time: fact["ingestion_time"].as_str().map(Into::into),
    };
    match target.apply(event, &context) {
        Ok(output) => Got::Delivered(output),
        Err(ApplyError::Undeliverable { .. }) => Got::Lost,
        Err(ApplyError::Event(error)) => panic!("{error}"),
    }
}

fn same(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::String(any), _) if any == "__ANY__" => true,
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|got| same(value, got)))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => expected == got,
    }
}

fn agrees(expect: &Value, got: &Got) -> bool {
    let body = |output: &String, expected: &Value| expected.as_str() == Some(output.as_str());
    match (text(expect, "status"), got) {
        ("accepted", Got::Lost | Got::Delivered(_)) | ("not_delivered", Got::Lost) => true,
        ("rejected", Got::Rejected(messages)) => {
            expect["message"].as_str().is_none_or(|message| messages.iter().any(|got| got == message))
        }
        ("not_delivered_or_rejected", Got::Lost | Got::Rejected(_)) => true,
        ("delivered_or_rejected", Got::Rejected(_)) => true,
        ("delivered_or_rejected", Got::Delivered(output)) => body(output, &expect["body_maybe"]),
        ("delivered", Got::Delivered(output)) => match &expect["json"] {
            Value::Null if expect["body"].is_string() => body(output, &expect["body"]),
            json => serde_json::from_str::<Value>(output).is_ok_and(|got| same(json, &got)),
        },
        // AWS is not known here; the recommendation of TRANSFORMER section 4.
        ("unknown", got) => match (text(expect, "recommended"), got) {
            (words, Got::Rejected(_)) => words.starts_with("reject") || words == "treat as unsupported",
            (words, Got::Lost) => words.starts_with("not delivered"),
            (words, Got::Delivered(output)) => words == output || words.starts_with("as for objects"),
        },
        _ => false,
    }
}

#[test]
fn transformer() {
    let Some(facts) = facts("transformer.jsonl") else {
        eprintln!("transformer.jsonl: not here, skipped");
        return;
    };
    let events = &facts[0]["events"];
    let mut count = Count::new("transformer.jsonl");
    for fact in &facts[1..] {
        let event = events[text(fact, "event")].to_string();
        let got = ask(fact, &event);
        let words = match &got {
            Got::Rejected(messages) => format!("rejected {messages:?}"),
            Got::Lost => "lost".to_string(),
            Got::Delivered(output) => output.clone(),
        };
        count.check(agrees(&fact["expect"], &got), || format!("{fact}\n    got {words}"));
    }
    count.done();
}
