//! `{"equals-ignore-case": "x"}`

use super::fold::Folded;
use super::{Check, Manual, Operator, Test, string};
use crate::json::quote;
use crate::value::Value;

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "equals-ignore-case",
        summary: "The value is this string, in any mixture of upper and lower case.",
        forms: &[r#"{"equals-ignore-case": "text"}"#],
        example: r#"[{"equals-ignore-case": "aws.ec2"}]"#,
        passes: r#""AWS.ec2""#,
        fails: r#""aws.ec3""#,
        notes: &[
            "Each character of the pattern stands for its lower and its upper case form, nothing else: `ß` passes `SS`, but `SS` does not pass `ß`.",
            "Characters outside of the Basic Multilingual Plane, such as emoji, never pass themselves; each of their two halves passes `?`.",
        ],
    },
    parse: |node, problems| {
        let text = string("equals-ignore-case", node, problems)?;
        Some(Test::EqualsIgnoreCase(EqualsIgnoreCase { text: Folded::new(&text) }))
    },
};

/// Equal to a text in any case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EqualsIgnoreCase {
    /// What the value is.
    pub text: Folded,
}

impl Check for EqualsIgnoreCase {
    fn passes(&self, value: &Value<'_>) -> bool {
        value.as_str().is_some_and(|value| self.text.equals(value))
    }

    fn words(&self, passes: bool) -> String {
        format!("is {}{} in any case", if passes { "" } else { "not " }, quote(self.text.text()))
    }
}
