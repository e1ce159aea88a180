//! What is asked while rules are written: what is wrong with them, why do they match, what do codes mean? Every question
//! stands for itself, so nothing lives in this module between two of them.

use super::dto::diagnostics;
use super::{event_failure, explanations, hand_over, limits, pattern_failure, read_settings};
use crate::pattern::Pattern;
use crate::transform::{Context, TargetInput};
use crate::{codes, event, explain, lint};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// `EventPattern.explain` of the API, for a pattern that the core has taken.
#[wasm_bindgen(js_name = "explainPattern")]
pub fn explain_pattern(text: &str, wildcard_complexity: Option<f64>, event: &[u8]) -> Result<JsValue, JsValue> {
    let (pattern, _) = Pattern::parse(text, &limits(wildcard_complexity));
    let explanation = event::text(event).and_then(|event| explain::explain(&pattern, event));
    let explanation = explanation.map_err(|error| event_failure(event, &error))?;
    Ok(hand_over(&explanations::pattern(&explanation, text, &String::from_utf8_lossy(event))))
}

/// `TargetInput.explain` of the API, for settings that the core has taken.
#[wasm_bindgen(js_name = "explainTargetInput")]
pub fn explain_target_input(
    settings: &JsValue,
    event: &[u8],
    rule_name: String,
    rule_arn: String,
    ingestion_time: Option<String>,
) -> Result<JsValue, JsValue> {
    let (read, texts, _) = read_settings(settings)?;
    let context = Context { rule_name, rule_arn, ingestion_time };
    let target = TargetInput::new(read).map_err(|error| JsValue::from(error.to_string()))?;
    let outcome = target.explain(event, &context).map_err(|error| event_failure(event, &error))?;
    Ok(hand_over(&explanations::target(&outcome, &texts, &String::from_utf8_lossy(event))))
}

/// Why EventBridge refuses a pattern: what the core throws, with all that is known of it; `undefined` if it does not.
#[wasm_bindgen(js_name = "refusePattern")]
pub fn refuse_pattern(text: &str, wildcard_complexity: Option<f64>) -> JsValue {
    let refused = Pattern::compile(text, &limits(wildcard_complexity)).err();
    refused.map_or(JsValue::UNDEFINED, |error| pattern_failure(text, &error))
}

/// `lintPattern` of the API.
#[wasm_bindgen(js_name = "lintPattern")]
pub fn lint_pattern(text: &str, samples: Vec<String>) -> JsValue {
    hand_over(&diagnostics(&lint::pattern(text, &texts_of(&samples)), text))
}

/// `lintTargetInput` of the API.
#[wasm_bindgen(js_name = "lintTargetInput")]
pub fn lint_target_input(settings: &JsValue, samples: Vec<String>) -> Result<JsValue, JsValue> {
    let (read, texts, mut problems) = read_settings(settings)?;
    problems.extend(lint::target(&read, &texts_of(&samples)));
    Ok(hand_over(&texts.diagnostics(&problems)))
}

fn texts_of(samples: &[String]) -> Vec<&str> {
    samples.iter().map(String::as_str).collect()
}

/// `lintEvent` of the API.
#[wasm_bindgen(js_name = "lintEvent")]
pub fn lint_event(bytes: &[u8]) -> JsValue {
    let problems = event::text(bytes).map_or_else(|error| error.diagnostics, event::lint);
    hand_over(&diagnostics(&problems, &String::from_utf8_lossy(bytes)))
}

/// `describeCode` of the API.
#[wasm_bindgen(js_name = "describeCode")]
pub fn describe_code(name: &str) -> JsValue {
    codes::find(name).map_or(JsValue::UNDEFINED, |code| to_js(&explanations::CodeDescription::new(code)))
}

/// Our shapes hold strings only, and these always cross.
fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
