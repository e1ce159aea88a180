//! Operands of `anything-but`.

use super::{Case, Rewrite};
use crate::json::{Node, NodeKind, Text};
use crate::operators::case::lower;

impl Case<'_> {
    pub(super) fn anything_but(&self, code: &str, operand: &Node) -> Vec<Rewrite> {
        match (code, &operand.kind) {
            ("anything-but-empty", _) => vec![("ask for any value".to_string(), r#"{"exists": true}"#.to_string())],
            ("anything-but-needs-values", NodeKind::Bool(value)) => not(*value),
            ("anything-but-member", NodeKind::Array(items)) => self.members(items),
            ("anything-but-needs-string", _) => self.quoted(),
            ("anything-but-unknown-operator", NodeKind::Object(members)) => match members.as_slice() {
                [inner] => self.inside(&inner.key.utf8(), &inner.value),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// `[{"prefix": "a"}, {"prefix": "b"}]`: one operator with a list.
    fn members(&self, items: &[Node]) -> Vec<Rewrite> {
        if let [Node { kind: NodeKind::Bool(value), .. }] = items {
            return not(*value);
        }
        let mut name: Option<&Text> = None;
        let mut operands = Vec::new();
        for item in items {
            let NodeKind::Object(members) = &item.kind else {
                return Vec::new();
            };
            let [member] = members.as_slice() else {
                return Vec::new();
            };
            if name.is_some_and(|name| *name != member.key) {
                return Vec::new();
            }
            name = Some(&member.key);
            match &member.value.kind {
                NodeKind::Array(items) => operands.extend(items.iter().map(|item| self.raw(item))),
                _ => operands.push(self.raw(&member.value)),
            }
        }
        let Some(name) = name else {
            return Vec::new();
        };
        let text = format!("{{\"anything-but\": {{\"{}\": [{}]}}}}", name.utf8(), operands.join(", "));
        vec![(format!("use one `{}` with a list", name.utf8()), text)]
    }

    fn quoted(&self) -> Vec<Rewrite> {
        let Some(node) = self.node() else {
            return Vec::new();
        };
        vec![("put it into double quotes".to_string(), self.with(self.span, &self.as_text(node)))]
    }

    /// An operator that cannot stand inside.
    fn inside(&self, name: &str, operand: &Node) -> Vec<Rewrite> {
        let raw = self.raw(operand);
        let renamed = |name: &str| (format!("use `{name}`"), format!("{{\"anything-but\": {{\"{name}\": {raw}}}}}"));
        let plain: String = lower(name).replace(['-', '_'], "");
        vec![match plain.as_str() {
            "startswith" | "beginswith" | "prefix" => renamed("prefix"),
            "endswith" | "suffix" => renamed("suffix"),
            "ignorecase" | "equalsignorecase" | "equalignorecase" => renamed("equals-ignore-case"),
            "wildcard" | "glob" => renamed("wildcard"),
            "exactly" | "equals" | "in" | "anythingbut" => {
                ("write the values themselves".to_string(), format!("{{\"anything-but\": {raw}}}"))
            }
            "exists" => {
                let other = if raw == "false" { "true" } else { "false" };
                ("use `exists` alone".to_string(), format!("{{\"exists\": {other}}}"))
            }
            _ => return Vec::new(),
        }]
    }
}

fn not(value: bool) -> Vec<Rewrite> {
    vec![(format!("ask for `{}`", !value), (!value).to_string())]
}
