//! The part of JSONPath that EventBridge has: `$`, then `.name` steps, each with `[0]` or `[*]` behind it.

use super::problem::PathFault;
use crate::json::{Node, NodeKind};
use crate::text::{Span, part};
use std::borrow::Cow;

/// A path into an event.
///
/// ```
/// use eventbridge_rules::{json, transform::path::Path};
/// let (event, _) = json::parse(r#"{"items": [{"id": 1}, {"id": 2}]}"#);
/// let ids = Path::parse("$.items[*].id").map(|ids| ids.select(&event).map(|found| found.what()));
/// assert_eq!(ids, Ok(Some("an array")));
/// assert!(Path::parse("$.items[2].id").is_ok_and(|third| third.select(&event).is_none()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
    Every,
}

/// Is it one of the characters of a name?
fn in_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '/')
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Path, (PathFault, Span)> {
        let Some(mut rest) = text.strip_prefix('$') else {
            return Err((PathFault::Dollar, Span::new(0, text.len())));
        };
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let (step, after) =
                step(rest, !steps.is_empty()).map_err(|(fault, length)| (fault, Span::new(at, at + length)))?;
            steps.push(step);
            rest = after;
        }
        Ok(Path { steps })
    }

    /// What it selects: a value of the event, or for `[*]` an array of all that it selects. `None` if there is none.
    pub fn select<'a>(&self, event: &'a Node) -> Option<Cow<'a, Node>> {
        let mut found = vec![event];
        let mut several = false;
        for step in &self.steps {
            found = match step {
                Step::Name(name) => found.into_iter().filter_map(|node| member(node, name)).collect(),
                Step::Index(index) => found.into_iter().filter_map(|node| elements(node)?.get(*index)).collect(),
                Step::Every => {
                    several = true;
                    found.into_iter().map(elements).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect()
                }
            };
            if found.is_empty() && !several {
                return None;
            }
        }
        if several {
            let all = found.into_iter().cloned().collect();
            return Some(Cow::Owned(Node { span: Span::default(), kind: NodeKind::Array(all) }));
        }
        found.first().map(|node| Cow::Borrowed(*node))
    }
}

/// One step at the start of `rest`, and what is behind it; or what is wrong and how much of `rest` it takes.
fn step(rest: &str, behind_name: bool) -> Result<(Step, &str), (PathFault, usize)> {
    if let Some(after) = rest.strip_prefix('.') {
        let length = after.find(|c| !in_name(c)).unwrap_or(after.len());
        return match (length, after.chars().next()) {
            (0, None) => Err((PathFault::Name, 1)),
            (0, Some('.')) => Err((PathFault::Deep, 2)),
            (0, Some('[')) => Err((PathFault::Name, 1)),
            (0, Some(c)) => Err((PathFault::Character(c), 1 + c.len_utf8())),
            _ => Ok((Step::Name(part(after, ..length).to_string()), part(after, length..))),
        };
    }
    if rest.starts_with('[') {
        let length = rest.find(']').map_or(rest.len(), |end| end + 1);
        let inside = part(rest, 1..length).trim_end_matches(']');
        if inside.starts_with(['\'', '"']) {
            return Err((PathFault::Bracket, length));
        }
        let index = if inside == "*" { Some(Step::Every) } else { index(inside).map(Step::Index) };
        return match index.filter(|_| behind_name && part(rest, ..length).ends_with(']')) {
            Some(step) => Ok((step, part(rest, length..))),
            None => Err((PathFault::Index, length)),
        };
    }
    let character = rest.chars().next().unwrap_or(' ');
    Err((PathFault::Character(character), character.len_utf8()))
}

/// Digits; a number too large for any array selects nothing.
fn index(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(usize::MAX))
}

/// The last member of that name: of repeated keys the last one counts here.
fn member<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    match &node.kind {
        NodeKind::Object(members) => {
            members.iter().rev().find(|member| member.key == *name).map(|member| &member.value)
        }
        _ => None,
    }
}

fn elements(node: &Node) -> Option<&Vec<Node>> {
    match &node.kind {
        NodeKind::Array(items) => Some(items),
        _ => None,
    }
}
