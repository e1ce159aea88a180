//! Questions whose answers somebody else has written down: `tests/fuzz/against_model.py` invents them and lets a model in
//! Python answer. `EVENTBRIDGE_RULES_QUESTIONS` names a file with one question in JSON a line; without it there are none.

use eventbridge_rules::EventPattern;
use eventbridge_rules::machine::RuleId;
use eventbridge_rules::pattern::{Limits, Pattern};
use eventbridge_rules::rules::Rules;
use serde_json::Value;

/// The model has no limit of complexity.
const UNLIMITED: Limits = Limits { wildcard_complexity: usize::MAX };

#[test]
fn answers_questions_as_the_model_does() {
    let Some(path) = std::env::var_os("EVENTBRIDGE_RULES_QUESTIONS") else {
        eprintln!("EVENTBRIDGE_RULES_QUESTIONS names no file, see tests/fuzz/against_model.py");
        return;
    };
    let text = std::fs::read_to_string(&path).expect("the file of the questions");
    let mut differences = 0;
    let mut questions = 0;
    for line in text.lines() {
        questions += 1;
        let question: Value = serde_json::from_str(line).expect("a question is JSON");
        if let Err(words) = answer(&question) {
            differences += 1;
            eprintln!("{words}\n    {line}");
        }
    }
    eprintln!("{questions} questions, {differences} differences");
    assert!(questions > 0 && differences == 0);
}

fn answer(question: &Value) -> Result<(), String> {
    let text = |key: &str| question[key].as_str().unwrap_or_else(|| panic!("{key} of {question}"));
    match text("kind") {
        "event" => event(text("pattern"), text("event"), question["match"].as_bool()),
        "pattern" => pattern(text("pattern"), question["error"].as_str()),
        "rules" => rules(question),
        other => panic!("there are no questions of kind {other}"),
    }
}

/// One pattern, one event; no verdict if the event is none.
fn event(pattern: &str, event: &str, expected: Option<bool>) -> Result<(), String> {
    let pattern = EventPattern::within(pattern, &UNLIMITED).map_err(|error| format!("refused: {error}"))?;
    let answers = [
        ("machine", pattern.matches(event).ok()),
        ("explanation", pattern.explain(event).ok().map(|explanation| explanation.matches)),
    ];
    for (who, answer) in answers {
        if answer != expected {
            return Err(format!("{who} says {answer:?}, the model {expected:?}"));
        }
    }
    Ok(())
}

/// Is a pattern accepted, or refused with these words? `syntax` stands for any words about JSON.
fn pattern(text: &str, error: Option<&str>) -> Result<(), String> {
    let (_, problems) = Pattern::parse(text, &UNLIMITED);
    match (problems.first(), error) {
        (None, None) => Ok(()),
        (Some(_), Some("syntax")) => Ok(()),
        (Some(_), Some(error)) => {
            let same = |message: &str| message == error || message.starts_with(&format!("{error}\n at [Source"));
            let said = problems.iter().any(|problem| problem.aws_message.as_deref().is_some_and(same));
            // The model reads all of the JSON before it looks at what it says, and does not ask what stands right behind a
            // number at the root.
            let json = |message: &str| message.contains("Expected space separating root-level values");
            let broken = problems
                .iter()
                .any(|problem| problem.code.starts_with("json-") || problem.aws_message.as_deref().is_some_and(json));
            if said || broken { Ok(()) } else { Err(format!("not refused with {error:?}: {problems:?}")) }
        }
        (first, error) => Err(format!("{:?}, the model {error:?}", first.map(|problem| &problem.message))),
    }
}

/// Many rules and some events: the names of those that match each of them.
fn rules(question: &Value) -> Result<(), String> {
    let patterns = question["rules"].as_object().expect("rules");
    let mut rules = Rules::default();
    for (at, pattern) in patterns.values().enumerate() {
        let pattern = pattern.as_str().expect("a pattern");
        rules.set_unsettled(RuleId(at as u32), pattern, &UNLIMITED).map_err(|error| format!("refused: {error}"))?;
    }
    rules.settle();
    let names: Vec<&str> = patterns.keys().map(String::as_str).collect();
    let events = question["events"].as_array().expect("events").iter();
    for (event, expected) in events.zip(question["matches"].as_array().expect("matches")) {
        let event = event.as_str().expect("an event");
        let expected: Vec<&str> = expected.as_array().expect("names").iter().filter_map(Value::as_str).collect();
        let matching = |ids: &[RuleId]| ids.iter().map(|id| names[id.0 as usize]).collect::<Vec<_>>();
        let got = rules.matches(event.as_bytes(), matching).map_err(|error| error.to_string())?;
        if got != expected {
            return Err(format!("{got:?}, the model {expected:?}, on {event}"));
        }
    }
    Ok(())
}
