//! `{"prefix": "x"}`, `{"prefix": {"equals-ignore-case": "x"}}`

use super::fold::Folded;
use super::{Check, Manual, Operator, Problem, Test, no_second_key, string};
use crate::diagnostic::{Diagnostic, Problem as _};
use crate::json::{Node, NodeKind, quote};
use crate::value::Value;

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "prefix",
        summary: "The value is a string that starts with this text.",
        forms: &[r#"{"prefix": "text"}"#, r#"{"prefix": {"equals-ignore-case": "text"}}"#],
        example: r#"[{"prefix": "us-"}]"#,
        passes: r#""us-east-1""#,
        fails: r#""eu-west-1""#,
        notes: &["An empty prefix passes every string, and nothing else.", "Numbers have no prefix."],
    },
    parse: |node, problems| Some(Test::Prefix(Prefix { text: affix("prefix", node, problems)? })),
};

/// The text that a value starts or ends with.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Affix {
    /// Byte by byte.
    Plain(String),
    /// In any case.
    IgnoreCase(Folded),
}

/// Reads the operand of `prefix` and `suffix`.
pub(super) fn affix(name: &'static str, node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Affix> {
    let NodeKind::Object(members) = &node.kind else {
        return string(name, node, problems).map(|text| Affix::Plain(text.into_owned()));
    };
    let Some(member) = members.first() else {
        problems.push(Problem::NoAffixOperator(name).at(node.span));
        return None;
    };
    if member.key != *"equals-ignore-case" {
        let key = member.key.utf8().to_string();
        problems.push(Problem::UnknownAffixOperator { operator: name, key }.at(member.key_span));
        return None;
    }
    let text = string("equals-ignore-case", &member.value, problems);
    no_second_key(name, members, problems);
    text.map(|text| Affix::IgnoreCase(Folded::new(&text)))
}

impl Affix {
    /// As the pattern has it.
    pub fn text(&self) -> &str {
        match self {
            Affix::Plain(text) => text,
            Affix::IgnoreCase(folded) => folded.text(),
        }
    }

    /// To follow `starts with` or `ends with`.
    pub(super) fn words(&self) -> String {
        match self {
            Affix::Plain(text) => quote(text),
            Affix::IgnoreCase(folded) => format!("{} in any case", quote(folded.text())),
        }
    }
}

/// Starts with a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Prefix {
    /// What the value starts with.
    pub text: Affix,
}

/// Does `value` start with `prefix`? AWS, observed (`oddity-quote`): the closing quote of the value counts as its last
/// character here, so a prefix that ends with a quote can pass.
#[inline(always)]
pub(crate) fn starts_with(value: &str, prefix: &str) -> bool {
    value.starts_with(prefix) || prefix.strip_suffix('"') == Some(value)
}

impl Check for Prefix {
    fn passes(&self, value: &Value<'_>) -> bool {
        match (value.as_str(), &self.text) {
            (Some(value), Affix::Plain(text)) => starts_with(value, text),
            (Some(value), Affix::IgnoreCase(folded)) => folded.starts(value),
            (None, _) => false,
        }
    }

    fn words(&self, passes: bool) -> String {
        format!("{} {}", if passes { "starts with" } else { "does not start with" }, self.text.words())
    }
}
