//! The border to JavaScript: exports that read their arguments, call the core and hand over. No rule of EventBridge is
//! known here. What users import is `api.ts`, which puts events into an `Inbox` and makes errors of what is thrown.
//!
//! Two modules are built from this crate: `core.wasm` with [`matching`] alone, fast, for production; `authoring.wasm`
//! with everything, built for size, for those who write rules; the package has it without what the core does
//! (`www/tasks/trimmed.mjs`). The feature `authoring` makes the difference. What the core refuses is said again by the
//! other one, with fixes (`authoring.ts`). Where the core travels as text it is in two parts, of which most processes need
//! only the first (`www/tasks/split.mjs`).

#[cfg(feature = "authoring")]
pub mod authoring;
mod dto;
#[cfg(feature = "authoring")]
mod explanations;
pub mod matching;

use crate::event::EventError;
use crate::pattern::{Limits, PatternError};
use crate::transform::{SettingProblem, Settings};
use dto::{Json, SettingTexts};
use wasm_bindgen::prelude::*;

/// As fast as the standard allocator, in a fifth of its code: a fifth of a millisecond less until a new process has its
/// first answer.
#[cfg(feature = "npm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Panics are bugs; the hook makes them readable.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(console_error_panic_hook::hook));
}

/// `as` saturates: Infinity is the largest number there is.
fn limits(wildcard_complexity: Option<f64>) -> Limits {
    wildcard_complexity.map_or_else(Limits::default, |limit| Limits { wildcard_complexity: limit as usize })
}

/// Settings given as an object; through its JSON, so that getters and proxies of users run here and nowhere else.
fn read_settings(settings: &JsValue) -> Result<(Settings, SettingTexts, Vec<SettingProblem>), JsValue> {
    let text = js_sys::JSON::stringify(settings)?.as_string().unwrap_or_default();
    let (read, problems) = Settings::from_json(&text);
    let texts = SettingTexts::of(&read, &text);
    Ok((read, texts, problems))
}

fn pattern_failure(text: &str, error: &PatternError) -> JsValue {
    thrown("pattern", &error.to_string(), &dto::diagnostics(&error.diagnostics, text), None)
}

fn event_failure(event: &[u8], error: &EventError) -> JsValue {
    let diagnostics = dto::diagnostics(&error.diagnostics, &String::from_utf8_lossy(event));
    thrown("event", &error.to_string(), &diagnostics, None)
}

/// What is thrown. `api.ts` makes an `Error` of it.
fn thrown(kind: &str, message: &str, diagnostics: &Json, output: Option<&str>) -> JsValue {
    let mut json = Json::default();
    json.open('{');
    json.key("kind").text(kind);
    json.key("message").text(message);
    json.key("diagnostics").raw(diagnostics.as_str());
    json.optional("output", output);
    json.close('}');
    hand_over(&json)
}

/// As JSON, which crosses in one piece instead of property by property.
fn hand_over(json: &Json) -> JsValue {
    parse(json.as_str())
}

#[wasm_bindgen]
extern "C" {
    /// Unlike that of `js_sys`, without `catch`: what we write is JSON, so only a host at its end throws (no stack, no
    /// memory), and that is for the caller, past us. The instance in which the call never ended is not used again.
    #[wasm_bindgen(js_namespace = JSON)]
    fn parse(text: &str) -> JsValue;
}
