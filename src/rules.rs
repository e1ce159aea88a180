//! The doors of the core: one pattern, many named rules, and the question of the AWS SDK. They put patterns, machines
//! and explanations together and hold no rule of EventBridge themselves.

use crate::event::{self, EventError, InPlace, Reading};
use crate::explain::{Explanation, explain};
use crate::machine::{Machine, Memory, Plan, RuleId, Wanted};
use crate::pattern::{Limits, Pattern, PatternError};
use std::collections::HashMap;
use std::sync::Mutex;

/// One event pattern, ready to be asked.
///
/// ```
/// use eventbridge_rules::EventPattern;
/// let pattern = EventPattern::new(r#"{"source": ["aws.s3"], "detail": {"size": [{"numeric": [">", 1024]}]}}"#)?;
/// assert!(pattern.matches(r#"{"source": "aws.s3", "detail": {"size": 2048}}"#)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct EventPattern {
    pattern: Pattern,
    rules: Asked,
}

impl EventPattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// If EventBridge would refuse it.
    pub fn new(pattern: &str) -> Result<EventPattern, PatternError> {
        EventPattern::within(pattern, &Limits::default())
    }

    /// Compiles a pattern within other limits than those of EventBridge.
    ///
    /// # Errors
    /// As for [`EventPattern::new`].
    pub fn within(pattern: &str, limits: &Limits) -> Result<EventPattern, PatternError> {
        let pattern = Pattern::compile(pattern, limits)?;
        let mut rules = Asked::default();
        rules.machine.add(RuleId(0), &pattern);
        Ok(EventPattern { pattern, rules })
    }

    /// Does it match this event (text or UTF-8 bytes)?
    ///
    /// # Errors
    /// If the event is not a JSON object.
    pub fn matches(&self, event: impl AsRef<[u8]>) -> Result<bool, EventError> {
        self.rules.ask(Asking::Bytes(event.as_ref()), |matched| !matched.is_empty())
    }

    /// The same for an event that need not be copied.
    ///
    /// # Errors
    /// If the event is not a JSON object.
    pub fn matches_in_place(&self, event: InPlace<'_>) -> Result<bool, EventError> {
        self.rules.ask(Asking::InPlace(event), |matched| !matched.is_empty())
    }

    /// For an event that is parsed already: how to read what the pattern asks for. None if only its text will do.
    pub fn plan(&self) -> Option<Plan<'_>> {
        self.rules.machine.plan()
    }

    /// What else to read of an event in which this was found, see [`Machine::wanted`].
    pub fn wanted(&self, doors: Reading<'_>) -> Option<Wanted> {
        self.rules.wanted(doors)
    }

    /// As [`EventPattern::matches`], for what was read by the plan. `None` if only the text of the event will do.
    pub fn matches_reading(&self, reading: Reading<'_>) -> Option<bool> {
        self.rules.ask_reading(reading, |matched| !matched.is_empty())
    }

    /// Why it matches, or why not.
    ///
    /// # Errors
    /// If the event is not a JSON object.
    pub fn explain(&self, event: impl AsRef<[u8]>) -> Result<Explanation, EventError> {
        explain(&self.pattern, event::text(event.as_ref())?)
    }

    /// The pattern itself.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }
}

/// An event, as it comes.
#[derive(Clone, Copy)]
enum Asking<'e> {
    Bytes(&'e [u8]),
    InPlace(InPlace<'e>),
}

/// A machine with the memory that it needs to answer: used again if nobody else is asking.
#[derive(Debug, Default)]
struct Asked {
    machine: Machine,
    memory: Mutex<Memory>,
}

impl Asked {
    fn ask<T>(&self, event: Asking<'_>, answer: impl FnOnce(&[RuleId]) -> T) -> Result<T, EventError> {
        self.with_memory(|memory| match event {
            Asking::Bytes(bytes) => self.machine.matches(bytes, memory).map(answer),
            Asking::InPlace(event) => self.machine.matches_in_place(event, memory).map(answer),
        })
    }

    fn wanted(&self, doors: Reading<'_>) -> Option<Wanted> {
        self.with_memory(|memory| self.machine.wanted(doors, memory))
    }

    fn ask_reading<T>(&self, reading: Reading<'_>, answer: impl FnOnce(&[RuleId]) -> T) -> Option<T> {
        self.with_memory(|memory| self.machine.matches_reading(reading, memory).map(answer))
    }

    fn with_memory<T>(&self, ask: impl FnOnce(&mut Memory) -> T) -> T {
        // One call, so that the machine is compiled in once; the other memory is rare and kept out of the way.
        let (mut ours, mut another);
        ask(match self.memory.try_lock() {
            Ok(memory) => {
                ours = memory;
                &mut ours
            }
            Err(_) => {
                another = Self::another_memory();
                &mut another
            }
        })
    }

    #[cold]
    #[inline(never)]
    fn another_memory() -> Box<Memory> {
        Box::default()
    }
}

/// Rules by number. What the named rules of [`RuleSet`] and the numbered ones of the JS API are made of.
#[derive(Debug, Default)]
pub struct Rules {
    asked: Asked,
}

impl Rules {
    /// Sets the rule with this number, in the place of one that has it.
    ///
    /// # Errors
    /// If EventBridge would refuse the pattern. The rules are then as they were.
    pub fn set(&mut self, rule: RuleId, pattern: &str, limits: &Limits) -> Result<(), PatternError> {
        self.set_unsettled(rule, pattern, limits).map(|()| self.settle())
    }

    /// The same for one of many rules that are set before the next question: they are faster if [`Rules::settle`] is called
    /// behind the last of them, and much slower if it is not.
    ///
    /// # Errors
    /// As for [`Rules::set`].
    pub fn set_unsettled(&mut self, rule: RuleId, pattern: &str, limits: &Limits) -> Result<(), PatternError> {
        let pattern = Pattern::compile(pattern, limits)?;
        // Asked first, so that the code for deleting can come later (www/tasks/split.mjs).
        if self.asked.machine.has(rule) {
            self.delete(rule);
        }
        self.asked.machine.add_unsettled(rule, &pattern);
        Ok(())
    }

    /// See [`Machine::settle`].
    pub fn settle(&mut self) {
        self.asked.machine.settle();
    }

    /// Deletes a rule; was there one?
    pub fn delete(&mut self, rule: RuleId) -> bool {
        let found = self.asked.machine.remove(rule);
        let machine = &self.asked.machine;
        if found && machine.branches_ever() > 2 * machine.branches_in_use() + 64 {
            // Most of it is left over from deleted rules.
            self.asked.machine = machine.rebuilt();
        }
        found
    }

    /// Hands the numbers of the matching rules to `answer`, ascending.
    ///
    /// # Errors
    /// If the event is not a JSON object.
    pub fn matches<T>(&self, event: &[u8], answer: impl FnOnce(&[RuleId]) -> T) -> Result<T, EventError> {
        self.asked.ask(Asking::Bytes(event), answer)
    }

    /// The same for an event that need not be copied.
    ///
    /// # Errors
    /// If the event is not a JSON object.
    pub fn matches_in_place<T>(
        &self,
        event: InPlace<'_>,
        answer: impl FnOnce(&[RuleId]) -> T,
    ) -> Result<T, EventError> {
        self.asked.ask(Asking::InPlace(event), answer)
    }

    /// For an event that is parsed already: how to read what the rules ask for. None if only its text will do.
    pub fn plan(&self) -> Option<Plan<'_>> {
        self.asked.machine.plan()
    }

    /// What else to read of an event in which this was found, see [`Machine::wanted`].
    pub fn wanted(&self, doors: Reading<'_>) -> Option<Wanted> {
        self.asked.wanted(doors)
    }

    /// As [`Rules::matches`], for what was read by the plan. `None` if only the text of the event will do.
    pub fn matches_reading<T>(&self, reading: Reading<'_>, answer: impl FnOnce(&[RuleId]) -> T) -> Option<T> {
        self.asked.ask_reading(reading, answer)
    }
}

/// Named rules, asked all at once. Like a map: setting a name again replaces its pattern and keeps its place.
///
/// ```
/// use eventbridge_rules::RuleSet;
/// let mut rules = RuleSet::default();
/// rules.set("uploads", r#"{"source": ["aws.s3"]}"#)?;
/// rules.set("all", r#"{"source": [{"prefix": ""}]}"#)?;
/// assert_eq!(rules.matches(r#"{"source": "aws.s3"}"#)?, ["uploads", "all"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Rules,
    ids: HashMap<String, RuleId>,
    /// By the number of the rule, which is never used again.
    names: Vec<Option<String>>,
}

impl RuleSet {
    /// Sets a rule.
    ///
    /// # Errors
    /// If EventBridge would refuse the pattern. The set is then as it was.
    pub fn set(&mut self, name: &str, pattern: &str) -> Result<(), PatternError> {
        let known = self.ids.get(name).copied();
        let id = known.unwrap_or(RuleId(self.names.len() as u32));
        self.rules.set(id, pattern, &Limits::default())?;
        if known.is_none() {
            self.ids.insert(name.to_string(), id);
            self.names.push(Some(name.to_string()));
        }
        Ok(())
    }

    /// Deletes a rule; was there one?
    pub fn delete(&mut self, name: &str) -> bool {
        let Some(id) = self.ids.remove(name) else {
            return false;
        };
        self.names[id.0 as usize] = None;
        self.rules.delete(id)
    }

    /// Is there a rule of this name?
    pub fn has(&self, name: &str) -> bool {
        self.ids.contains_key(name)
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Are there no rules?
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The names, in the order in which they were set first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(Option::as_deref)
    }

    /// The names of the rules that match an event, in that order.
    ///
    /// # Errors
    /// If the event is not a JSON object.
    pub fn matches(&self, event: impl AsRef<[u8]>) -> Result<Vec<&str>, EventError> {
        self.rules.matches(event.as_ref(), |ids| {
            let mut names = Vec::with_capacity(ids.len());
            names.extend(ids.iter().filter_map(|id| self.names[id.0 as usize].as_deref()));
            names
        })
    }
}

/// What TestEventPattern refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestEventPatternError {
    /// `InvalidEventPatternException`
    Pattern(PatternError),
    /// `ValidationException`
    Event(EventError),
}

impl std::fmt::Display for TestEventPatternError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            TestEventPatternError::Pattern(error) => error.fmt(f),
            TestEventPatternError::Event(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TestEventPatternError {}

/// What EventBridge's TestEventPattern answers: as [`EventPattern::matches`], for a pattern of at most 4096 characters
/// and an event with the keys of the envelope (`id`, `account`, `source`, `time`, `region`, `detail-type`).
///
/// # Errors
/// Where the service answers with an exception.
///
/// ```
/// use eventbridge_rules::test_event_pattern;
/// let event = r#"{"id": "1", "account": "123456789012", "source": "a", "time": "2026-01-01T00:00:00Z", "region": "eu-west-1", "detail-type": "b"}"#;
/// assert_eq!(test_event_pattern(r#"{"source": ["a"]}"#, event), Ok(true));
/// assert!(test_event_pattern(r#"{"source": ["a"]}"#, "{}").is_err());
/// ```
pub fn test_event_pattern(pattern: &str, event: impl AsRef<[u8]>) -> Result<bool, TestEventPatternError> {
    let compiled = EventPattern::new(pattern).map_err(TestEventPatternError::Pattern)?;
    if let Some(problem) = crate::pattern::too_long(pattern) {
        return Err(TestEventPatternError::Pattern(PatternError::new(pattern, vec![problem])));
    }
    let event = event::text(event.as_ref()).map_err(TestEventPatternError::Event)?;
    event::envelope(event).map_err(TestEventPatternError::Event)?;
    compiled.matches(event).map_err(TestEventPatternError::Event)
}
