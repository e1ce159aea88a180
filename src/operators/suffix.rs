//! `{"suffix": "x"}`, `{"suffix": {"equals-ignore-case": "x"}}`

use super::prefix::{Affix, affix};
use super::{Check, Manual, Operator, Test};
use crate::value::Value;

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "suffix",
        summary: "The value is a string that ends with this text.",
        forms: &[r#"{"suffix": "text"}"#, r#"{"suffix": {"equals-ignore-case": "text"}}"#],
        example: r#"[{"suffix": ".png"}]"#,
        passes: r#""photo.png""#,
        fails: r#""photo.PNG""#,
        notes: &["An empty suffix passes every string, and nothing else."],
    },
    parse: |node, problems| Some(Test::Suffix(Suffix { text: affix("suffix", node, problems)? })),
};

/// Ends with a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Suffix {
    /// What the value ends with.
    pub text: Affix,
}

/// Does `value` end with `suffix`? AWS, observed (`oddity-quote`): the opening quote of the value counts as its first
/// character here, so a suffix that begins with a quote can pass.
#[inline(always)]
pub(crate) fn ends_with(value: &str, suffix: &str) -> bool {
    value.ends_with(suffix) || suffix.strip_prefix('"') == Some(value)
}

impl Check for Suffix {
    fn passes(&self, value: &Value<'_>) -> bool {
        match (value.as_str(), &self.text) {
            (Some(value), Affix::Plain(text)) => ends_with(value, text),
            (Some(value), Affix::IgnoreCase(folded)) => folded.ends(value),
            (None, _) => false,
        }
    }

    fn words(&self, passes: bool) -> String {
        format!("{} {}", if passes { "ends with" } else { "does not end with" }, self.text.words())
    }
}
