//! Operands of `numeric`.

use super::{Case, Rewrite};
use crate::json::{Node, NodeKind};
use crate::value::{Number, rounded};

impl Case<'_> {
    pub(super) fn numeric(&self, code: &str, operand: &Node) -> Vec<Rewrite> {
        let list = |title: &str, items: &[String]| {
            vec![(title.to_string(), self.with(operand.span, &format!("[{}]", items.join(", "))))]
        };
        let items: Vec<String> = match &operand.kind {
            NodeKind::Array(items) => items.iter().map(|item| self.raw(item).to_string()).collect(),
            _ => Vec::new(),
        };
        match (code, items.as_slice()) {
            ("numeric-needs-array", _) => match self.terms(operand) {
                Some(terms) => list("write it as a list", &terms),
                None => Vec::new(),
            },
            ("numeric-needs-operator", [number]) => list("compare with `=`", &["\"=\"".to_string(), number.clone()]),
            ("numeric-unknown-operator", [sign, number]) if matches!(sign.as_str(), "\"!=\"" | "\"<>\"" | "\"ne\"") => {
                vec![("use `anything-but`".to_string(), format!("{{\"anything-but\": {number}}}"))]
            }
            ("numeric-unknown-operator", _) => list("use the sign of EventBridge", &each(&items, sign)),
            ("numeric-needs-number", _) => list("write the number without quotes", &each(&items, unquoted)),
            ("numeric-upper-first", [high, most, low, least]) => {
                list("begin with the lower bound", &[low.clone(), least.clone(), high.clone(), most.clone()])
            }
            ("numeric-upper-operator", [low, least, most]) => {
                list("add `<=`", &[low.clone(), least.clone(), "\"<=\"".to_string(), most.clone()])
            }
            ("numeric-upper-operator", _) => list("use the sign of EventBridge", &each(&items, sign)),
            ("numeric-empty-range", [low, least, high, most]) => {
                if Number::new(least.clone()).equals(&Number::new(most.clone())) {
                    return list("ask for this number", &["\"=\"".to_string(), least.clone()]);
                }
                list("swap the bounds", &[low.clone(), most.clone(), high.clone(), least.clone()])
            }
            _ => Vec::new(),
        }
    }

    /// `5`, `"> 5"`, `{">": 0, "<": 5}` as the terms of a list.
    fn terms(&self, operand: &Node) -> Option<Vec<String>> {
        match &operand.kind {
            NodeKind::Number(number) => Some(vec!["\"=\"".to_string(), number.clone()]),
            NodeKind::String(text) => {
                let text = text.utf8();
                let number = text.trim_start_matches(['<', '>', '=', ' ']);
                let found = text[..text.len() - number.len()].trim();
                let found = if found.is_empty() { "=" } else { found };
                Some(vec![sign(&format!("\"{found}\"")), number.trim().to_string()])
            }
            NodeKind::Object(members) => {
                let term = |m: &crate::json::Member| [sign(m.key_span.of(self.text)), unquoted(self.raw(&m.value))];
                Some(members.iter().flat_map(term).collect())
            }
            _ => None,
        }
    }

    /// A number with fewer digits.
    pub(super) fn round(&self) -> Vec<Rewrite> {
        let Some(short) = rounded(self.span.of(self.text)) else {
            return Vec::new();
        };
        vec![(format!("round it to `{short}`"), self.with(self.span, &short))]
    }
}

fn each(items: &[String], change: fn(&str) -> String) -> Vec<String> {
    items.iter().map(|item| change(item)).collect()
}

/// A number in quotes without them.
fn unquoted(item: &str) -> String {
    let inside = item.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::trim);
    let number = inside.filter(|text| text.starts_with(|c: char| c.is_ascii_digit() || c == '-'));
    number.unwrap_or(item).to_string()
}

/// The sign that another language's sign means.
fn sign(item: &str) -> String {
    let meant = match item.trim_matches('"').trim().to_ascii_lowercase().as_str() {
        "==" | "===" | "eq" | "equals" | "is" | "=" => "=",
        "=>" | "≥" | "gte" | "ge" | "min" | ">=" => ">=",
        "=<" | "≤" | "lte" | "le" | "max" | "<=" => "<=",
        "gt" | ">" => ">",
        "lt" | "<" => "<",
        _ => return item.to_string(),
    };
    format!("\"{meant}\"")
}
