//! Amazon EventBridge rules: which events a rule matches, why, and what its targets receive.
//!
//! # The way of the data
//!
//! ```text
//! pattern text ─▶ json::tree ─▶ pattern::parse ─▶ Pattern ─┬─▶ machine ──▶ numbers of matching rules ─┐
//!                     │              └─ problems           └─▶ explain ──▶ Explanation                ├─▶ rules
//! event text ──▶ json::scan ─▶ event::read ─▶ Fields ──────────┘ (both read the same fields)          ┘
//! parsed event, read by a machine::Plan ─▶ event::reading ─▶ Fields (JavaScript: src/wasm/objects.ts)
//! event text ──▶ json::tree ─▶ transform (settings, path, template, render) ─▶ text
//! ```
//!
//! There are two levels everywhere, because EventBridge has two: **fields** (names, arrays, `$or`: [`pattern`],
//! `machine::fields`) and **values** (operators: [`operators`], `machine::values`).
//!
//! # Rooms, and who may use whom
//!
//! A room uses only rooms above it in this list; a test (`tests/it/tidy.rs`) reads every `use crate::`.
//!
//! | room | what goes in, what comes out |
//! |---|---|
//! | [`text`] | byte offsets → UTF-16, lines, columns |
//! | `order` | sorting and hashing in little code |
//! | [`limits`] | the quotas that we know, each with its source |
//! | [`diagnostic`] | problems as plain data; the trait of all problems |
//! | [`codes`] | every code of a problem: what, why, an example and the same mended |
//! | [`json`] | text → tokens, or → a tree that always exists |
//! | [`value`] | values, numbers and addresses, compared as EventBridge compares them |
//! | [`event`] | event text and wanted paths → fields: value, place in the arrays around it |
//! | [`operators`] | an element of a list → a test; one operator a file, its manual as data |
//! | [`pattern`] | pattern text → tree and branches, or problems |
//! | [`explain`] | pattern and event → why; plain on purpose, the judge of the machine |
//! | [`machine`] | many patterns and an event → the numbers of those that match |
//! | [`transform`] | settings of a target and an event → the text it receives |
//! | [`lint`] | a pattern or settings, and samples → their problems, and what is legal and almost surely wrong |
//! | [`rules`] | the doors: [`EventPattern`], [`RuleSet`], [`test_event_pattern`] |
//! | `wasm` | the doors for JavaScript; nothing uses it |
//! | `carrier` | a crate of its own: a module as it travels in the npm package (letters, or deflated) → the module |
//!
//! A new operator is one file in `operators`, one line in [`operators::OPERATORS`], one file of cases in
//! `tests/cases/match`.
//!
//! # What holds everywhere
//!
//! - No I/O, no clock, no randomness, no global state: the time of ingestion is a parameter.
//! - Parsing never fails: it gives a result and problems. Strict callers make an error of the problems.
//! - Spans are byte ranges inside and UTF-16 outside; only `wasm` converts. A pattern keeps spans, a machine does not.
//! - `unsafe` stands where reading would cost a tenth more without it (`json::input`, `json::simd`, the UTF-8 that
//!   `event::read` has checked, `carrier`), each time with the reason why it is sound.
//! - No input panics, overflows the stack or takes exponential time: what could is counted first ([`limits`]).
//! - Results come in the order in which rules were set; no iteration over a hash map reaches a result.
//! - [`explain`] and [`machine`] share no code behind reading: each is the other's judge.
//!
//! # Scope
//!
//! EventBridge as of November 2026, in all regions: the reference is aws/event-ruler 2.0.1, the library behind the
//! service, and above it what was recorded from AWS itself. Comments that begin with *AWS, observed* name behavior that
//! no documentation has. Where the reference contradicts itself or its documentation (README, known differences) the
//! documented meaning is followed.
//!
//! # Example
//!
//! ```
//! use eventbridge_rules::{EventPattern, transform::{Context, Settings, TargetInput}};
//!
//! let event = r#"{"source": "aws.s3", "detail": {"bucket": {"name": "photos"}, "object": {"size": 10}}}"#;
//!
//! let pattern = EventPattern::new(r#"{"source": ["aws.s3"], "detail": {"object": {"size": [{"numeric": [">", 1024]}]}}}"#)?;
//! assert!(!pattern.matches(event)?);
//! assert_eq!(pattern.explain(event)?.summary, "no match: `detail.object.size` is 10, which is not > 1024");
//!
//! let (settings, problems) = Settings::from_json(r#"{"InputPath": "$.detail.bucket"}"#);
//! assert!(problems.is_empty());
//! assert_eq!(TargetInput::new(settings)?.apply(event, &Context::default())?, r#"{"name":"photos"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod codes;
pub mod diagnostic;
pub mod event;
pub mod explain;
pub mod json;
pub mod limits;
pub mod lint;
pub mod machine;
pub mod operators;
mod order;
pub mod pattern;
pub mod rules;
pub mod text;
pub mod transform;
pub mod value;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use event::EventError;
pub use explain::Explanation;
pub use pattern::{Pattern, PatternError};
pub use rules::{EventPattern, RuleSet, TestEventPatternError, test_event_pattern};
pub use transform::TargetInput;
