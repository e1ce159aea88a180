//! The border to JavaScript: exports that read their arguments, call the core and hand over. No rule of EventBridge is
//! known here. What users import is `api.ts`, which puts events into an [`Inbox`] and makes errors of what is thrown.

mod dto;

use crate::event::{self, EventError, InPlace, Reading, Record};
use crate::json::PADDING;
use crate::machine::{Plan, RuleId};
use crate::pattern::{Limits, PatternError};
use crate::rules::{Rules, TestEventPatternError};
use crate::transform::{ApplyError, Context, SettingProblem, Settings, TargetInput, TransformError};
use crate::{EventPattern, codes, lint};
use dto::{CodeDescription, Diagnostic, Explanation, Failure, SettingTexts, TransformExplanation};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::Cell;
use wasm_bindgen::prelude::*;

/// Panics are bugs; the hook makes them readable.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Room in the module's memory into which JavaScript writes an event before it asks about it.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Inbox {
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl Inbox {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Inbox {
        Inbox::default()
    }

    /// Makes room for so many bytes, keeping what is there, and says where.
    pub fn reserve(&mut self, bytes: usize) -> *const u8 {
        let padded = bytes.saturating_add(PADDING);
        if padded > self.bytes.len() {
            self.bytes.resize(padded, 0);
        }
        self.bytes.as_ptr()
    }

    fn event(&self, length: usize) -> &[u8] {
        self.bytes.get(..length).unwrap_or(&self.bytes)
    }

    /// The event, to be read where it is; its padding is wiped.
    fn in_place(&mut self, length: usize) -> Option<InPlace<'_>> {
        self.bytes.get_mut(length..length.saturating_add(PADDING))?.fill(0);
        InPlace::new(&self.bytes, length)
    }
}

/// Room in the module's memory into which JavaScript writes what it has read from an object.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Basket {
    records: Vec<Record>,
    text: Vec<u8>,
}

#[wasm_bindgen]
impl Basket {
    /// Room for so many records and bytes of text.
    #[wasm_bindgen(constructor)]
    pub fn new(records: usize, bytes: usize) -> Basket {
        Basket { records: vec![Record::default(); records], text: vec![0; bytes] }
    }

    /// Where the records stand.
    pub fn records(&self) -> *const Record {
        self.records.as_ptr()
    }

    /// Where the text stands.
    pub fn text(&self) -> *const u8 {
        self.text.as_ptr()
    }

    fn reading(&self, records: usize, bytes: usize) -> Option<Reading<'_>> {
        Some(Reading { records: self.records.get(..records)?, text: self.text.get(..bytes)? })
    }
}

/// `EventPattern` of the API.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawPattern(EventPattern);

#[wasm_bindgen]
impl RawPattern {
    /// Compiles a pattern, within the limits of EventBridge if no other is given.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, wildcard_complexity: Option<f64>) -> Result<RawPattern, JsValue> {
        EventPattern::within(text, &limits(wildcard_complexity)).map(RawPattern).map_err(|e| pattern_failure(text, &e))
    }

    /// Does it match?
    pub fn matches(&self, inbox: &mut Inbox, length: usize) -> Result<bool, JsValue> {
        let event = inbox.in_place(length).ok_or(JsValue::NULL)?;
        self.0.matches_in_place(event).map_err(|error| event_failure(inbox.event(length), &error))
    }

    /// What JavaScript is to read from objects, see [`plan`].
    pub fn plan(&self) -> JsValue {
        plan(self.0.plan())
    }

    /// What else to read, a bit for each path.
    pub fn wanted(&self, basket: &Basket, records: usize, bytes: usize) -> Option<u32> {
        self.0.wanted(basket.reading(records, bytes)?).map(|wanted| wanted.0)
    }

    /// Does it match? 0 or 1; nothing if only the text will do.
    #[wasm_bindgen(js_name = "matchReading")]
    pub fn match_reading(&self, basket: &Basket, records: usize, bytes: usize) -> Option<u32> {
        self.0.matches_reading(basket.reading(records, bytes)?).map(u32::from)
    }

    /// Why?
    pub fn explain(&self, inbox: &Inbox, length: usize) -> Result<JsValue, JsValue> {
        let event = inbox.event(length);
        let explanation = self.0.explain(event).map_err(|error| event_failure(event, &error))?;
        Ok(by_text(&Explanation::new(&explanation, self.0.pattern().text(), &String::from_utf8_lossy(event))))
    }
}

/// `RuleSet` of the API, with numbers for names.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct RawRuleSet {
    rules: Rules,
    matched: Vec<u32>,
}

#[wasm_bindgen]
impl RawRuleSet {
    /// No rules.
    #[wasm_bindgen(constructor)]
    pub fn new() -> RawRuleSet {
        RawRuleSet::default()
    }

    /// Sets the rule in a slot.
    pub fn set(&mut self, slot: u32, text: &str, wildcard_complexity: Option<f64>) -> Result<(), JsValue> {
        self.rules.set(RuleId(slot), text, &limits(wildcard_complexity)).map_err(|error| pattern_failure(text, &error))
    }

    /// Empties a slot.
    pub fn delete(&mut self, slot: u32) {
        self.rules.delete(RuleId(slot));
    }

    /// How many rules match; their slots stand at [`RawRuleSet::matched`], ascending.
    #[wasm_bindgen(js_name = "match")]
    pub fn matches(&mut self, inbox: &mut Inbox, length: usize) -> Result<usize, JsValue> {
        let event = inbox.in_place(length).ok_or(JsValue::NULL)?;
        let note = note(&mut self.matched);
        self.rules.matches_in_place(event, note).map_err(|error| event_failure(inbox.event(length), &error))
    }

    /// What JavaScript is to read from objects, see [`plan`].
    pub fn plan(&self) -> JsValue {
        plan(self.rules.plan())
    }

    /// What else to read, a bit for each path.
    pub fn wanted(&self, basket: &Basket, records: usize, bytes: usize) -> Option<u32> {
        self.rules.wanted(basket.reading(records, bytes)?).map(|wanted| wanted.0)
    }

    /// As `match`, for what was read from an object. Nothing if only the text will do.
    #[wasm_bindgen(js_name = "matchReading")]
    pub fn match_reading(&mut self, basket: &Basket, records: usize, bytes: usize) -> Option<u32> {
        let reading = basket.reading(records, bytes)?;
        self.rules.matches_reading(reading, note(&mut self.matched)).map(|count| count as u32)
    }

    /// Where the slots of the last answer stand.
    pub fn matched(&self) -> *const u32 {
        self.matched.as_ptr()
    }
}

/// Keeps the numbers of the matching rules where JavaScript looks for them, and counts them.
fn note(matched: &mut Vec<u32>) -> impl FnOnce(&[RuleId]) -> usize {
    |ids| {
        matched.clear();
        matched.extend(ids.iter().map(|id| id.0));
        matched.len()
    }
}

/// The parts of a plan; `null` if there is none.
fn plan(plan: Option<Plan<'_>>) -> JsValue {
    by_text(&plan.map(|plan| (plan.pieces, plan.steps, plan.needs_door, plan.texts)))
}

/// `TargetInput` of the API.
#[wasm_bindgen]
#[allow(missing_debug_implementations)]
pub struct RawTargetInput {
    target: TargetInput,
    texts: SettingTexts,
}

#[wasm_bindgen]
impl RawTargetInput {
    /// Reads settings that PutTargets would accept.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue) -> Result<RawTargetInput, JsValue> {
        let (read, texts, mut problems) = read_settings(settings)?;
        if problems.is_empty() {
            match TargetInput::new(read) {
                Ok(target) => return Ok(RawTargetInput { target, texts }),
                Err(error) => problems = error.problems,
            }
        }
        let error = TransformError { problems };
        let diagnostics = texts.diagnostics(&error.problems);
        Err(to_js(&Failure { kind: "transform", message: error.to_string(), diagnostics, output: None }))
    }

    /// What the target receives.
    pub fn apply(
        &self,
        inbox: &Inbox,
        length: usize,
        rule_name: String,
        rule_arn: String,
        ingestion_time: Option<String>,
    ) -> Result<String, JsValue> {
        let event = inbox.event(length);
        let context = Context { rule_name, rule_arn, ingestion_time };
        self.target.apply(event, &context).map_err(|error| match error {
            ApplyError::Event(error) => event_failure(event, &error),
            ApplyError::Undeliverable { ref problems, ref output } => {
                let (message, diagnostics) = (error.to_string(), self.texts.diagnostics(problems));
                to_js(&Failure { kind: "undeliverable", message, diagnostics, output: output.clone() })
            }
        })
    }

    /// What every variable became.
    pub fn explain(
        &self,
        inbox: &Inbox,
        length: usize,
        rule_name: String,
        rule_arn: String,
        ingestion_time: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let event = inbox.event(length);
        let context = Context { rule_name, rule_arn, ingestion_time };
        let outcome = self.target.explain(event, &context).map_err(|error| event_failure(event, &error))?;
        Ok(to_js(&TransformExplanation::new(outcome, &self.texts, &String::from_utf8_lossy(event))))
    }
}

/// `lintTargetInput` of the API.
#[wasm_bindgen(js_name = "lintTargetInput")]
pub fn lint_target_input(settings: &JsValue, samples: Vec<String>) -> Result<JsValue, JsValue> {
    let (read, texts, mut problems) = read_settings(settings)?;
    problems.extend(lint::target(&read, &texts_of(&samples)));
    Ok(to_js(&texts.diagnostics(&problems)))
}

/// Settings given as an object; through its JSON, so that getters and proxies of users run here and nowhere else.
fn read_settings(settings: &JsValue) -> Result<(Settings, SettingTexts, Vec<SettingProblem>), JsValue> {
    let text = js_sys::JSON::stringify(settings)?.as_string().unwrap_or_default();
    let (read, problems) = Settings::from_json(&text);
    let texts = SettingTexts::of(&read, &text);
    Ok((read, texts, problems))
}

/// `testEventPattern` of the API.
#[wasm_bindgen(js_name = "testEventPattern")]
pub fn test_event_pattern(pattern: &str, inbox: &Inbox, length: usize) -> Result<bool, JsValue> {
    let event = inbox.event(length);
    crate::test_event_pattern(pattern, event).map_err(|error| match error {
        TestEventPatternError::Pattern(error) => pattern_failure(pattern, &error),
        TestEventPatternError::Event(error) => event_failure(event, &error),
    })
}

/// `lintPattern` of the API.
#[wasm_bindgen(js_name = "lintPattern")]
pub fn lint_pattern(text: &str, samples: Vec<String>) -> JsValue {
    to_js(&Diagnostic::all(&lint::pattern(text, &texts_of(&samples)), text))
}

fn texts_of(samples: &[String]) -> Vec<&str> {
    samples.iter().map(String::as_str).collect()
}

/// `describeCode` of the API.
#[wasm_bindgen(js_name = "describeCode")]
pub fn describe_code(name: &str) -> JsValue {
    codes::find(name).map_or(JsValue::UNDEFINED, |code| to_js(&CodeDescription::new(code)))
}

/// `lintEvent` of the API.
#[wasm_bindgen(js_name = "lintEvent")]
pub fn lint_event(inbox: &Inbox, length: usize) -> JsValue {
    let bytes = inbox.event(length);
    let problems = event::text(bytes).map_or_else(|error| error.diagnostics, event::lint);
    to_js(&Diagnostic::all(&problems, &String::from_utf8_lossy(bytes)))
}

/// The allocator asks for memory in small pieces, and each time JavaScript pays for a new view and a collection. Whoever
/// makes objects calls this first: when the memory has grown, it grows by another quarter at once.
fn make_room(last: &Cell<usize>) {
    const PAGE: usize = 64 * 1024;
    let pages = core::arch::wasm32::memory_size(0);
    if pages > last.get() {
        drop(std::hint::black_box(Vec::<u8>::with_capacity((pages / 4 * PAGE).min(32 << 20))));
        last.set(core::arch::wasm32::memory_size(0));
    }
}

thread_local! {
    /// How many pages there were when room was made; of the module's memory, not of anything in it.
    static PAGES: Cell<usize> = const { Cell::new(0) };
}

fn limits(wildcard_complexity: Option<f64>) -> Limits {
    PAGES.with(make_room);
    // `as` saturates: Infinity is the largest number there is.
    wildcard_complexity.map_or_else(Limits::default, |limit| Limits { wildcard_complexity: limit as usize })
}

fn pattern_failure(text: &str, error: &PatternError) -> JsValue {
    let diagnostics = Diagnostic::all(&error.diagnostics, text);
    to_js(&Failure { kind: "pattern", message: error.to_string(), diagnostics, output: None })
}

fn event_failure(event: &[u8], error: &EventError) -> JsValue {
    let diagnostics = Diagnostic::all(&error.diagnostics, &String::from_utf8_lossy(event));
    to_js(&Failure { kind: "event", message: error.to_string(), diagnostics, output: None })
}

/// For shapes with hundreds of parts: as JSON, which crosses in one piece instead of property by property.
fn by_text(value: &impl Serialize) -> JsValue {
    let text = serde_json::to_string(value).unwrap_or_default();
    js_sys::JSON::parse(&text).unwrap_or(JsValue::UNDEFINED)
}

/// Our shapes hold strings, numbers, booleans and lists only, and these always cross.
fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
