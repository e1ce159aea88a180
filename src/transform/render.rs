//! Values to the text that a target receives. EventBridge parses events and prints them anew: white space is gone, and
//! strings are escaped as little as JSON allows; numbers keep their spelling.

use crate::json::{Member, Node, NodeKind, Text};

/// A value as JSON without white space.
///
/// ```
/// use eventbridge_rules::{json, transform::render::compact};
/// let (node, _) = json::parse(r#"{ "a" : [ 1.0, "caf\u00e9" ] }"#);
/// assert_eq!(compact(&node), r#"{"a":[1.0,"café"]}"#);
/// ```
pub fn compact(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

fn write(node: &Node, out: &mut String) {
    match &node.kind {
        NodeKind::Null | NodeKind::Missing => out.push_str("null"),
        NodeKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        NodeKind::Number(text) => out.push_str(text),
        NodeKind::String(text) => write_string(text, out),
        NodeKind::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write(item, out);
            }
            out.push(']');
        }
        NodeKind::Object(members) => write_members(members.iter().map(|m| (&m.key, &m.value)), out),
    }
}

fn write_members<'a>(members: impl Iterator<Item = (&'a Text, &'a Node)>, out: &mut String) {
    out.push('{');
    for (at, (key, value)) in members.enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        write_string(key, out);
        out.push(':');
        write(value, out);
    }
    out.push('}');
}

/// Half of a surrogate pair, which has three bytes here, can only be written as an escape.
fn write_string(text: &Text, out: &mut String) {
    let bytes = text.as_bytes();
    // Up to where they are written.
    let mut done = 0;
    out.push('"');
    for (at, &byte) in bytes.iter().enumerate() {
        let escape = match byte {
            b' '..=b'!' | b'#'..=b'[' | b']'..=0xec | 0xee.. => continue,
            0xed if !matches!(bytes.get(at + 1), Some(0xa0..)) => continue,
            0xed => "",
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            _ => "\\u00",
        };
        out.push_str(characters(&bytes[done..at]));
        out.push_str(escape);
        done = at + 1;
        if let (0xed, Some([second, third])) = (byte, bytes.get(at + 1..at + 3)) {
            let half = 0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
            out.push_str(&format!("\\u{half:04x}"));
            done = at + 3;
        } else if escape.ends_with('0') {
            out.push_str(&format!("{byte:02X}"));
        }
    }
    out.push_str(characters(&bytes[done..]));
    out.push('"');
}

/// Between halves of surrogate pairs all is UTF-8.
fn characters(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

/// The keys of an event's envelope in the order in which `<aws.events.event.json>` has them (AWS-validated).
const ENVELOPE: [&str; 10] =
    ["version", "id", "detail-type", "source", "account", "time", "region", "replay-name", "resources", "detail"];

/// The keys of `<aws.events.event>` in its order, and what they are called there (AWS-validated).
const WITHOUT_DETAIL: [(&str, &str); 8] = [
    ("id", "id"),
    ("account", "account"),
    ("detail-type", "detailType"),
    ("time", "time"),
    ("source", "source"),
    ("region", "region"),
    ("resources", "resources"),
    ("version", "version"),
];

/// `<aws.events.event.json>`: the whole event; keys that no envelope has come last.
pub(super) fn whole_event(event: &Node) -> String {
    let members = members(event);
    let known = ENVELOPE.iter().filter_map(|key| last(members, key));
    let unknown = members.iter().filter(|member| ENVELOPE.iter().all(|key| member.key != **key));
    let mut out = String::new();
    write_members(known.chain(unknown).map(|member| (&member.key, &member.value)), &mut out);
    out
}

/// `<aws.events.event>`: the envelope without `detail`, and with `detailType`. `time` is as the event has it; AWS seems
/// to send another form there, which is not known.
pub(super) fn without_detail(event: &Node) -> String {
    let members = members(event);
    let renamed: Vec<(Text, &Node)> =
        WITHOUT_DETAIL.iter().filter_map(|(key, name)| Some((Text::from(*name), &last(members, key)?.value))).collect();
    let mut out = String::new();
    write_members(renamed.iter().map(|(key, value)| (key, *value)), &mut out);
    out
}

fn members(event: &Node) -> &[Member] {
    match &event.kind {
        NodeKind::Object(members) => members,
        _ => &[],
    }
}

fn last<'a>(members: &'a [Member], key: &str) -> Option<&'a Member> {
    members.iter().rev().find(|member| member.key == *key)
}
