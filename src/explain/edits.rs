//! Changes of an event's text: a value put in place of another, a field put in or taken out.

use crate::diagnostic::Edit;
use crate::json::{Member, Node, NodeKind, quote};
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::equals::Equals;
use crate::operators::exists::Exists;
use crate::operators::numeric::{Bound, Numeric};
use crate::operators::prefix::Affix;
use crate::text::Span;
use crate::value::{Number, Value};

/// A value, as JSON, that passes a test; made from the one that fails, where there is one.
pub(super) fn passing(test: &Test, value: Option<&Value<'_>>) -> Option<String> {
    let text = value.and_then(Value::as_str).unwrap_or("");
    let made = match test {
        Test::Equals(Equals::String(wanted) | Equals::Address { text: wanted, .. }) => quote(wanted),
        Test::Equals(Equals::Number(number)) => number.text().to_string(),
        Test::Equals(Equals::Bool(wanted)) => wanted.to_string(),
        Test::Equals(Equals::Null) => "null".to_string(),
        Test::Exactly(exactly) => quote(&exactly.text),
        Test::EqualsIgnoreCase(wanted) => quote(wanted.text.text()),
        Test::Prefix(prefix) => quote(&format!("{}{text}", affix(&prefix.text))),
        Test::Suffix(suffix) => quote(&format!("{text}{}", affix(&suffix.text))),
        Test::Wildcard(wildcard) => quote(&wildcard.pieces().concat()),
        Test::Cidr(cidr) => quote(&cidr.first().to_string()),
        Test::Numeric(numeric) => number(numeric)?,
        Test::AnythingBut(AnythingBut::Nothing) | Test::Exists(Exists { exists: false }) => return None,
        Test::AnythingBut(_) => quote("something else"),
        Test::Exists(_) => quote("any value"),
    };
    passes(test, &made).then_some(made)
}

fn affix(affix: &Affix) -> &str {
    match affix {
        Affix::Plain(text) => text,
        Affix::IgnoreCase(folded) => folded.text(),
    }
}

fn number(numeric: &Numeric) -> Option<String> {
    let amount = |bound: &Bound| bound.number.amount();
    let inclusive = |bound: &Bound| bound.inclusive.then(|| bound.number.text().to_string());
    Some(match numeric {
        Numeric::Equal(number) => number.text().to_string(),
        Numeric::Range { low: Some(low), high: None } => {
            inclusive(low).or_else(|| Some((amount(low)? + 1.0).to_string()))?
        }
        Numeric::Range { low: None, high: Some(high) } => {
            inclusive(high).or_else(|| Some((amount(high)? - 1.0).to_string()))?
        }
        Numeric::Range { low: Some(low), high: Some(high) } => {
            let middle = || Some((amount(low)? + (amount(high)? - amount(low)?) / 2.0).to_string());
            inclusive(low).or_else(|| inclusive(high)).or_else(middle)?
        }
        Numeric::Range { low: None, high: None } => return None,
    })
}

fn passes(test: &Test, json: &str) -> bool {
    let (node, _) = crate::json::parse(json);
    match &node.kind {
        NodeKind::String(text) => test.passes(&Value::String(text.utf8())),
        NodeKind::Number(text) => test.passes(&Value::Number(Number::new(text.as_str()))),
        NodeKind::Bool(value) => test.passes(if *value { &Value::True } else { &Value::False }),
        NodeKind::Null => test.passes(&Value::Null),
        _ => false,
    }
}

/// The edit that puts a field into an event, with the objects around it that are missing; into the first element of
/// arrays on the way. `None` where something else stands in the way.
pub(super) fn insertion(event: &Node, path: &str, value: &str) -> Option<Edit> {
    let mut at = event;
    let mut keys = path.split('.').peekable();
    loop {
        let key = *keys.peek()?;
        match &at.kind {
            NodeKind::Array(items) => at = items.iter().find(|item| matches!(item.kind, NodeKind::Object(_)))?,
            NodeKind::Object(members) => match members.iter().rev().find(|member| member.key == *key) {
                Some(member) => {
                    keys.next();
                    at = &member.value;
                }
                None => return Some(into(at, members, keys.collect(), value)),
            },
            _ => return None,
        }
    }
}

fn into(object: &Node, members: &[Member], keys: Vec<&str>, value: &str) -> Edit {
    let opened: Vec<String> = keys.iter().map(|key| quote(key)).collect();
    let text = format!("{}: {value}{}", opened.join(": {"), "}".repeat(keys.len() - 1));
    let at = members.last().map_or(object.span.start + 1, |last| last.value.span.end);
    let text = if members.is_empty() { text } else { format!(", {text}") };
    Edit { span: Span { start: at, end: at }, text }
}

/// The edit that takes the member with this value out of its object, and a comma with it. `None` for a value that
/// stands in an array.
pub(super) fn removal(event: &Node, value: Span) -> Option<Edit> {
    let mut at = event;
    loop {
        let inside = |node: &Node| node.span.start <= value.start && value.end <= node.span.end;
        match &at.kind {
            NodeKind::Array(items) => at = items.iter().find(|item| inside(item))?,
            NodeKind::Object(members) => {
                let index = members.iter().position(|member| inside(&member.value))?;
                if members[index].value.span == value {
                    return Some(out_of(members, index));
                }
                at = &members[index].value;
            }
            _ => return None,
        }
    }
}

fn out_of(members: &[Member], index: usize) -> Edit {
    let member = &members[index];
    let (start, end) = match (index.checked_sub(1).map(|before| &members[before]), members.get(index + 1)) {
        (Some(before), _) => (before.value.span.end, member.value.span.end),
        (None, Some(after)) => (member.key_span.start, after.key_span.start),
        (None, None) => (member.key_span.start, member.value.span.end),
    };
    Edit { span: Span { start, end }, text: String::new() }
}

/// A text after some edits, which are in the order of their spans.
pub(super) fn applied(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize).unwrap_or(""));
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out + text.get(at..).unwrap_or("")
}
