//! The border to JavaScript: exports that read their arguments, call the core and hand over. No rule of EventBridge is
//! known here. What users import is `api.ts`, which puts events into an `Inbox` and makes errors of what is thrown.
//!
//! Two modules are built from this crate: `core.wasm` with [`matching`] alone, fast, for production; `authoring.wasm`
//! with everything, built for size, for those who write rules. The feature `authoring` makes the difference. What the core
//! refuses is said again by the other one, with fixes (`authoring.ts`).

#[cfg(feature = "authoring")]
pub mod authoring;
mod dto;
#[cfg(feature = "authoring")]
mod explanations;
pub mod matching;

use crate::event::EventError;
use crate::pattern::{Limits, PatternError};
use crate::transform::{SettingProblem, Settings};
use dto::{Diagnostic, SettingTexts};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn stringify(value: &JsValue) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);
}

/// Panics are bugs; the hook makes them readable.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}

/// `as` saturates: Infinity is the largest number there is.
fn limits(wildcard_complexity: Option<f64>) -> Limits {
    wildcard_complexity.map_or_else(Limits::default, |limit| Limits { wildcard_complexity: limit as usize })
}

/// Settings given as an object; through its JSON, so that getters and proxies of users run here and nowhere else.
fn read_settings(settings: &JsValue) -> Result<(Settings, SettingTexts, Vec<SettingProblem>), JsValue> {
    let text = stringify(settings)?.unwrap_or_default();
    let (read, problems) = Settings::from_json(&text);
    let texts = SettingTexts::of(&read, &text);
    Ok((read, texts, problems))
}

fn pattern_failure(text: &str, error: &PatternError) -> JsValue {
    thrown("pattern", error.to_string(), Diagnostic::all(&error.diagnostics, text), None)
}

fn event_failure(event: &[u8], error: &EventError) -> JsValue {
    thrown("event", error.to_string(), Diagnostic::all(&error.diagnostics, &String::from_utf8_lossy(event)), None)
}

/// What is thrown. `api.ts` makes an `Error` of it.
#[derive(Serialize)]
struct Failure {
    kind: &'static str,
    message: String,
    diagnostics: Vec<Diagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

fn thrown(kind: &'static str, message: String, diagnostics: Vec<Diagnostic>, output: Option<String>) -> JsValue {
    by_text(&Failure { kind, message, diagnostics, output })
}

/// As JSON, which crosses in one piece instead of property by property.
fn by_text(value: &impl Serialize) -> JsValue {
    let text = serde_json::to_string(value).unwrap_or_default();
    parse(&text).unwrap_or(JsValue::UNDEFINED)
}
