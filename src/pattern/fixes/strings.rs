//! Operands of the operators on text: lists, numbers, wildcards and addresses.

use super::names::single;
use super::{Case, Rewrite};
use crate::json::{Node, NodeKind, quote};
use crate::operators::case::lower;
use crate::value::Address;

impl Case<'_> {
    pub(super) fn strings(&self, code: &str, operand: &Node) -> Vec<Rewrite> {
        match code {
            "wildcard-consecutive" => self.shape("use one star", single),
            "wildcard-escape" => self.shape("write a backslash itself", double_backslashes),
            "cidr-slash" | "cidr-too-many-bits" => self.address(operand),
            "prefix-unknown-operator" | "suffix-unknown-operator" => self.under_affix(operand),
            _ if code.ends_with("-needs-string") => self.list_or_quoted(),
            _ => Vec::new(),
        }
    }

    /// `{"suffix": ["a", "b"]}`: an element for each; `{"prefix": 5}`: in quotes.
    fn list_or_quoted(&self) -> Vec<Rewrite> {
        let Some(node) = self.node() else {
            return Vec::new();
        };
        match &node.kind {
            NodeKind::Array(items) => {
                let elements: Vec<String> =
                    items.iter().map(|item| self.with(self.span, &self.as_text(item))).collect();
                vec![("make an element of each".to_string(), elements.join(", "))]
            }
            NodeKind::Number(_) | NodeKind::Bool(_) => {
                vec![("put it into double quotes".to_string(), self.with(self.span, &self.as_text(node)))]
            }
            _ => Vec::new(),
        }
    }

    /// A value in quotes.
    pub(super) fn as_text(&self, node: &Node) -> String {
        match node.kind {
            NodeKind::Number(_) | NodeKind::Bool(_) => quote(self.raw(node)),
            _ => self.raw(node).to_string(),
        }
    }

    fn shape(&self, title: &str, mend: fn(&str) -> String) -> Vec<Rewrite> {
        let Some(text) = self.node().and_then(Node::as_string) else {
            return Vec::new();
        };
        vec![(title.to_string(), self.with(self.span, &quote(&mend(&text.utf8()))))]
    }

    /// A single address is a plain string.
    fn address(&self, operand: &Node) -> Vec<Rewrite> {
        let Some(text) = operand.as_string().map(|text| text.utf8().into_owned()) else {
            return Vec::new();
        };
        let (address, bits) = text.split_once('/').unwrap_or((&text, ""));
        let single = match Address::parse(address) {
            Some(Address::V4(_)) => matches!(bits, "" | "32"),
            Some(Address::V6(_)) => matches!(bits, "" | "128"),
            None => false,
        };
        if !single {
            return Vec::new();
        }
        vec![("write the address as a plain string".to_string(), quote(address))]
    }

    /// `{"prefix": {"anything-but": "x"}}` the right way round, `{"prefix": {"ignore-case": "x"}}` by its name.
    fn under_affix(&self, operand: &Node) -> Vec<Rewrite> {
        let (Some((name, _)), NodeKind::Object(members)) = (self.operator(), &operand.kind) else {
            return Vec::new();
        };
        let Some(inner) = members.first() else {
            return Vec::new();
        };
        let (name, value) = (name.key.utf8(), self.raw(&inner.value));
        let plain = lower(&inner.key.utf8()).replace(['-', '_'], "");
        if plain == "anythingbut" {
            let text = format!("{{\"anything-but\": {{\"{name}\": {value}}}}}");
            return vec![("put `anything-but` outside".to_string(), text)];
        }
        if plain.contains("ignorecase") {
            let text = self.with(inner.key_span, "\"equals-ignore-case\"");
            return vec![("use `equals-ignore-case`".to_string(), text)];
        }
        Vec::new()
    }
}

/// Every backslash that escapes neither a star nor a backslash stands for itself.
fn double_backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        out.push(character);
        if character == '\\' {
            out.push(characters.next_if(|next| matches!(next, '*' | '\\')).unwrap_or('\\'));
        }
    }
    out
}
