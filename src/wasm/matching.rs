//! What is asked in production: does an event match, and what does the target receive?
//!
//! No export returns a `Result`, a string or anything else that crosses as several values: for each shape of several
//! values V8 (in Node 20) compiles a JS-to-Wasm wrapper of its own when it compiles the module, before anything else goes
//! on. Five of them were half of the time that compiling took: 2.0 ms became 1.1. So what fails returns nothing,
//! [`FAILED`] or `undefined`, and leaves what is to be thrown in [`Inbox::failure`].

use super::dto::{Json, SettingTexts};
use super::{event_failure, hand_over, pattern_failure, read_settings, thrown};
use crate::EventPattern;
use crate::event::{EventError, InPlace, Reading, Record};
use crate::json::PADDING;
use crate::machine::{Clue, Plan, RuleId, Way};
use crate::pattern::Limits;
use crate::rules::{Rules, TestEventPatternError};
use crate::text::may_hold_replacement;
use crate::transform::{ApplyError, Context, TargetInput, TransformError};
use std::cell::Cell;
use wasm_bindgen::prelude::*;

/// No answer: [`Inbox::failure`] says why.
const FAILED: i32 = -1;

/// Room in the module's memory into which JavaScript writes an event before it asks about it.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Inbox {
    bytes: Vec<u8>,
    failure: JsValue,
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

    /// Can U+FFFD stand in the first `length` bytes? `encodeInto` writes it for half a surrogate pair. To ask
    /// JavaScript whether a text has such halves takes as long as to match it.
    #[wasm_bindgen(js_name = "mayHoldReplacement")]
    pub fn may_hold_replacement(&self, length: usize) -> bool {
        may_hold_replacement(self.event(length))
    }

    /// What the last call that failed would have thrown.
    pub fn failure(&mut self) -> JsValue {
        std::mem::replace(&mut self.failure, JsValue::NULL)
    }

    /// What a call has made; if it failed, nothing, and the reason stays here.
    fn made<T>(&mut self, result: Result<T, JsValue>) -> Option<T> {
        result.map_err(|failure| self.failure = failure).ok()
    }

    /// An answer about the event: a number, or [`FAILED`].
    fn answer(&mut self, length: usize, ask: impl FnOnce(InPlace<'_>) -> Result<i32, EventError>) -> i32 {
        let error = match InPlace::new(&mut self.bytes, length).map(ask) {
            Some(Ok(answer)) => return answer,
            Some(Err(error)) => event_failure(self.event(length), &error),
            None => JsValue::NULL,
        };
        self.failure = error;
        FAILED
    }

    fn event(&self, length: usize) -> &[u8] {
        self.bytes.get(..length).unwrap_or(&self.bytes)
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
    pub fn read(inbox: &mut Inbox, text: &str, wildcard_complexity: Option<f64>) -> Option<RawPattern> {
        let pattern = EventPattern::within(text, &limits(wildcard_complexity));
        inbox.made(pattern.map(RawPattern).map_err(|error| pattern_failure(text, &error)))
    }

    /// Does it match? 0, 1 or [`FAILED`].
    pub fn matches(&self, inbox: &mut Inbox, length: usize) -> i32 {
        inbox.answer(length, |event| self.0.matches_in_place(event).map(i32::from))
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

    /// Sets the rule in a slot. 0 or [`FAILED`].
    pub fn set(&mut self, inbox: &mut Inbox, slot: u32, text: &str, wildcard_complexity: Option<f64>) -> i32 {
        let set = self.rules.set_unsettled(RuleId(slot), text, &limits(wildcard_complexity));
        inbox.made(set.map_err(|error| pattern_failure(text, &error))).map_or(FAILED, |()| 0)
    }

    /// Empties a slot.
    pub fn delete(&mut self, slot: u32) {
        self.rules.delete(RuleId(slot));
    }

    /// How many rules match, or [`FAILED`]; their slots stand at [`RawRuleSet::matched`], ascending.
    pub fn matches(&mut self, inbox: &mut Inbox, length: usize) -> i32 {
        self.rules.settle();
        let (rules, note) = (&self.rules, note(&mut self.matched));
        inbox.answer(length, |event| rules.matches_in_place(event, note).map(|count| count as i32))
    }

    /// What JavaScript is to read from objects, see [`plan`].
    pub fn plan(&mut self) -> JsValue {
        self.rules.settle();
        plan(self.rules.plan())
    }

    /// What else to read, a bit for each path.
    pub fn wanted(&self, basket: &Basket, records: usize, bytes: usize) -> Option<u32> {
        self.rules.wanted(basket.reading(records, bytes)?).map(|wanted| wanted.0)
    }

    /// As `matches`, for what was read from an object. Nothing if only the text will do.
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
    let Some(plan) = plan else {
        return JsValue::NULL;
    };
    let mut json = Json::default();
    json.open('[');
    json.list(&plan.pieces, |json, piece| json.text(piece));
    json.list(&plan.steps, |json, step| json.number(*step));
    json.flag(plan.needs_door);
    json.list(&plan.texts, |json, (step, clues)| {
        json.open('[');
        json.number(*step);
        json.list(clues, |json, (text, ways)| {
            json.open('[');
            clue(json, text);
            json.list(ways, way);
            json.close(']');
        });
        json.close(']');
    });
    json.close(']');
    hand_over(&json)
}

fn clue(json: &mut Json, (text, begins): &Clue<'_>) {
    json.open('[');
    json.text(text);
    json.flag(*begins);
    json.close(']');
}

fn way(json: &mut Json, (wanted, guards, rule): &Way<'_>) {
    json.open('[');
    json.number(*wanted);
    json.list(guards, |json, guard| {
        json.open('[');
        json.number(guard.step);
        json.flag(guard.wants_others);
        json.list(&guard.texts, clue);
        json.close(']');
    });
    match rule {
        Some(rule) => json.number(*rule),
        None => json.raw("null"),
    }
    json.close(']');
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
    pub fn read(inbox: &mut Inbox, settings: &JsValue) -> Option<RawTargetInput> {
        inbox.made(RawTargetInput::new(settings))
    }

    fn new(settings: &JsValue) -> Result<RawTargetInput, JsValue> {
        let (read, texts, mut problems) = read_settings(settings)?;
        if problems.is_empty() {
            match TargetInput::new(read) {
                Ok(target) => return Ok(RawTargetInput { target, texts }),
                Err(error) => problems = error.problems,
            }
        }
        let message = TransformError { problems: problems.clone() }.to_string();
        Err(thrown("transform", &message, &texts.diagnostics(&problems), None))
    }

    /// What the target receives, as a string, or `undefined`.
    pub fn apply(
        &self,
        inbox: &mut Inbox,
        length: usize,
        rule_name: String,
        rule_arn: String,
        ingestion_time: Option<String>,
    ) -> JsValue {
        let event = inbox.event(length);
        let context = Context { rule_name, rule_arn, ingestion_time };
        let output = self.target.apply(event, &context).map_err(|error| match error {
            ApplyError::Event(error) => event_failure(event, &error),
            ApplyError::Undeliverable { ref problems, ref output } => {
                thrown("undeliverable", &error.to_string(), &self.texts.diagnostics(problems), output.as_deref())
            }
        });
        inbox.made(output).map_or(JsValue::UNDEFINED, JsValue::from)
    }
}

/// `testEventPattern` of the API: 0, 1 or [`FAILED`].
#[wasm_bindgen(js_name = "testEventPattern")]
pub fn test_event_pattern(inbox: &mut Inbox, pattern: &str, length: usize) -> i32 {
    let event = inbox.event(length);
    let matches = crate::test_event_pattern(pattern, event).map_err(|error| match error {
        TestEventPatternError::Pattern(error) => pattern_failure(pattern, &error),
        TestEventPatternError::Event(error) => event_failure(event, &error),
    });
    inbox.made(matches).map_or(FAILED, i32::from)
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
    super::limits(wildcard_complexity)
}
