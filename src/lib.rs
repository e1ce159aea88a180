//! Amazon EventBridge rules: event patterns and target input, with the same verdict as AWS and a reason for it.
pub mod diagnostic;
pub mod event;
pub mod explain;
pub mod json;
pub mod limits;
pub mod machine;
pub mod operators;
pub mod pattern;
pub mod rules;
pub mod text;
pub mod transform;
pub mod value;

pub use event::EventError;
pub use explain::Explanation;
pub use pattern::{Pattern, PatternError};
pub use rules::{EventPattern, RuleSet, TestEventPatternError, test_event_pattern};
pub use transform::TargetInput;

#[cfg(target_arch = "wasm32")]
pub mod wasm;
