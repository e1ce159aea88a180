//! `{"exactly": "x"}`

use super::{Check, Manual, Operator, Test, string};
use crate::json::quote;
use crate::value::Value;

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "exactly",
        summary: "The value is this string, character by character.",
        forms: &[r#"{"exactly": "text"}"#],
        example: r#"[{"exactly": "10.0.0.1"}]"#,
        passes: r#""10.0.0.1""#,
        fails: r#""010.0.0.01""#,
        notes: &[
            "Differs from a plain string only for IP addresses, whose spellings a plain string does not tell apart.",
        ],
    },
    parse: |node, problems| {
        string("exactly", node, problems).map(|text| Test::Exactly(Exactly { text: text.into_owned() }))
    },
};

/// Equal to `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exactly {
    /// What the value is.
    pub text: String,
}

impl Check for Exactly {
    fn passes(&self, value: &Value<'_>) -> bool {
        value.as_str() == Some(self.text.as_str())
    }

    fn words(&self, passes: bool) -> String {
        format!("is {}exactly {}", if passes { "" } else { "not " }, quote(&self.text))
    }
}
