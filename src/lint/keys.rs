//! How keys are spelled, and what follows the pattern.

use super::{Look, Problem};
use crate::diagnostic::Fix;
use crate::json::{Member, Node, NodeKind};
use crate::operators;
use crate::pattern::fixes::accepted;
use crate::text::Span;

pub(super) fn look(look: &mut Look<'_>) {
    walk(look, look.root, None);
    after_value(look);
}

/// Goes through the objects of a pattern; `key` leads to this one, if one does.
fn walk(look: &mut Look<'_>, node: &Node, key: Option<&Member>) {
    let NodeKind::Object(members) = &node.kind else {
        return;
    };
    if let ([only], Some(_)) = (members.as_slice(), key) {
        operator_as_field(look, node, only);
    }
    for member in members {
        match &member.value.kind {
            NodeKind::Array(items) if member.key == *"$or" => items.iter().for_each(|item| walk(look, item, None)),
            _ => {
                spelling(look, member);
                walk(look, &member.value, Some(member));
            }
        }
    }
}

fn spelling(look: &mut Look<'_>, member: &Member) {
    let key = member.key.utf8();
    if member.key_span.start == member.key_span.end {
        return;
    }
    if key.split('.').any(str::is_empty) {
        look.report(&Problem::KeyEmpty(key.into_owned()), member.key_span, None);
    } else if key.contains('.') {
        look.report(&Problem::KeyDotted(key.into_owned()), member.key_span, None);
    }
}

/// `"state": {"anything-but": ["x"]}`: legal, and a field named `anything-but`.
fn operator_as_field(look: &mut Look<'_>, object: &Node, member: &Member) {
    let name = member.key.utf8();
    let NodeKind::Array(items) = &member.value.kind else {
        return;
    };
    if !operators::names().any(|operator| operator == name) || look.samples.has_key(&name) {
        return;
    }
    let whole = object.span.of(look.text).to_string();
    let each = |item: &Node| format!("{{{}: {}}}", member.key_span.of(look.text), item.span.of(look.text));
    let forms = [whole, items.iter().map(each).collect::<Vec<_>>().join(", ")];
    // Under another operator the one around it is to be mended, not this one.
    let around = look.pattern.lists().iter().find(|list| list.key_span == member.key_span);
    let keys = around.map_or(String::new(), |list| list.path.utf8().into_owned());
    let alone = !keys.split('.').rev().skip(1).any(|key| operators::names().any(|operator| operator == key));
    if let Some(form) = forms.iter().find(|form| accepted(form)) {
        let fix = Fix::one("put the operator into a list", object.span, format!("[{form}]"));
        look.report(&Problem::OperatorAsField(name.into_owned()), member.key_span, Some(fix).filter(|_| alone));
    }
}

/// EventBridge reads one value and stops.
fn after_value(look: &mut Look<'_>) {
    let end = look.root.span.end as usize;
    let rest = look.text.get(end..).unwrap_or("");
    let more = rest.trim_matches([' ', '\t', '\n', '\r']);
    if !matches!(look.root.kind, NodeKind::Object(_)) || more.is_empty() {
        return;
    }
    let start = end + rest.find(more).unwrap_or(0);
    let fix = Fix::one("remove it", Span::new(end, look.text.len()), "");
    look.report(&Problem::TextAfterValue, Span::new(start, start + more.len()), Some(fix));
}
