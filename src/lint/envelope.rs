//! The keys that every event has, and what they hold.

use super::{Look, Problem};
use crate::diagnostic::{Edit, Fix};
use crate::json::{Member, Node, NodeKind, quote};
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::case::lower;
use crate::operators::equals::Equals;
use crate::pattern::List;
use crate::text::{Span, distance};

/// The keys at the top of events. `replay-name` is there in events that an archive sends again.
pub(super) const KEYS: [&str; 10] =
    ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name"];

/// Those that every event has and that hold a string.
pub(super) const STRINGS: [&str; 7] = ["version", "id", "detail-type", "source", "account", "time", "region"];

pub(super) fn look(look: &mut Look<'_>) {
    top(look, look.root);
    let pattern = look.pattern;
    for list in pattern.lists() {
        types(look, list);
    }
}

/// The keys of the root, and of the alternatives of `$or` in it.
fn top(look: &mut Look<'_>, node: &Node) {
    let NodeKind::Object(members) = &node.kind else {
        return;
    };
    for member in members {
        match &member.value.kind {
            NodeKind::Array(items) if member.key == *"$or" => items.iter().for_each(|item| top(look, item)),
            _ => unknown_key(look, members, member),
        }
    }
}

fn unknown_key(look: &mut Look<'_>, members: &[Member], member: &Member) {
    let key = member.key.utf8();
    let first = key.split('.').next().unwrap_or("");
    if first.is_empty() || KEYS.contains(&first) || look.samples.has_top(first) {
        return;
    }
    let meant = near(first);
    let taken = |name: &str| members.iter().any(|other| other.key == *name);
    let fix = meant.filter(|meant| !taken(meant)).map(|meant| {
        let text = quote(&key.replacen(first, meant, 1));
        Fix::one(format!("rename it to `{meant}`"), member.key_span, text)
    });
    look.report(&Problem::EnvelopeUnknownKey { key: first.to_string(), meant }, member.key_span, fix);
}

fn near(key: &str) -> Option<&'static str> {
    let plain = |text: &str| lower(text).replace(['-', '_', ' '], "");
    let wanted = plain(key);
    let off = |name: &&str| distance(&plain(name), &wanted);
    let name = *KEYS.iter().min_by_key(|name| off(name))?;
    let far = match wanted.len() {
        0..4 => 0,
        4..6 => 1,
        _ => 2,
    };
    (off(&name) <= far).then_some(name)
}

/// Tests that no event passes because of its envelope.
fn types(look: &mut Look<'_>, list: &List) {
    let path = list.path.utf8();
    let (first, inside) = path.split_once('.').map_or((path.as_ref(), false), |(first, _)| (first, true));
    let is = match first {
        "detail" if !inside => "an object",
        "resources" => "an array of strings",
        _ if STRINGS.contains(&first) || first == "replay-name" => "a string",
        _ => return,
    };
    if inside || is == "an object" {
        if !list.wants_absence() && !list.tests.is_empty() {
            let asked = if inside { "a field inside of it" } else { "a list of values" };
            let (path, span) = (first.to_string(), list.key_span);
            look.report(&Problem::EnvelopeType { path, is, asked }, span, None);
        }
        return;
    }
    for (test, span) in &list.tests {
        let Some(asked) = no_string(test) else { continue };
        let fix = in_quotes(look, *span);
        look.report(&Problem::EnvelopeType { path: first.to_string(), is, asked }, *span, fix);
    }
}

/// What a test asks for, if it says nothing about strings.
fn no_string(test: &Test) -> Option<&'static str> {
    Some(match test {
        Test::Equals(Equals::Number(_)) => "a number",
        Test::Equals(Equals::Bool(true)) => "`true`",
        Test::Equals(Equals::Bool(false)) => "`false`",
        Test::Equals(Equals::Null) => "`null`",
        Test::Numeric(_) => "a test of numbers",
        Test::AnythingBut(AnythingBut::Numbers(_)) => "a test that every string passes",
        _ => return None,
    })
}

/// All numbers and words of an element as strings.
fn in_quotes(look: &Look<'_>, span: Span) -> Option<Fix> {
    let element = look.element(span)?.node();
    let values: Vec<&Node> = match &element.kind {
        NodeKind::Number(_) | NodeKind::Bool(_) => vec![element],
        NodeKind::Object(members) if members.len() == 1 && members[0].key == *"anything-but" => {
            match &members[0].value.kind {
                NodeKind::Array(items) => items.iter().collect(),
                _ => vec![&members[0].value],
            }
        }
        _ => return None,
    };
    let edit = |node: &&Node| Edit { span: node.span, text: quote(node.span.of(look.text)) };
    Some(Fix { title: "put it into double quotes".to_string(), edits: values.iter().map(edit).collect() })
}
