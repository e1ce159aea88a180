//! `{"anything-but": …}`: a value is there, and it is not one of these.

use super::fold::Folded;
use super::numeric::comparable;
use super::prefix::starts_with;
use super::suffix::ends_with;
use super::wildcard::{self, Wildcard};
use super::{Check, Manual, Operator, Problem, Test, no_second_key};
use crate::diagnostic::{Diagnostic, Problem as _};
use crate::json::{Node, NodeKind, quote};
use crate::value::{Number, Value};

/// The operator and its manual.
pub static OPERATOR: Operator = Operator {
    manual: Manual {
        name: "anything-but",
        summary: "There is a value, and it is none of these.",
        forms: &[
            r#"{"anything-but": "text"}"#,
            r#"{"anything-but": 5}"#,
            r#"{"anything-but": ["text", "other"]}"#,
            r#"{"anything-but": [5, 6]}"#,
            r#"{"anything-but": {"prefix": "text"}}"#,
            r#"{"anything-but": {"suffix": ["a", "b"]}}"#,
            r#"{"anything-but": {"equals-ignore-case": "text"}}"#,
            r#"{"anything-but": {"wildcard": "a*b"}}"#,
        ],
        example: r#"[{"anything-but": ["stopped", "overloaded"]}]"#,
        passes: r#""running""#,
        fails: r#""stopped""#,
        notes: &[
            "A missing field never passes, nor do `[]`, `{}` and an object.",
            "On an array one element outside of the list is enough.",
            "Values of another type pass: 5 is anything but \"x\", and \"5\" is anything but 5.",
        ],
    },
    parse: |node, problems| parse(node, problems).map(Test::AnythingBut),
};

/// What a value must not be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AnythingBut {
    /// None of these strings.
    Strings(Vec<String>),
    /// None of these numbers.
    Numbers(Vec<Number<'static>>),
    /// Starts with none of these.
    Prefix(Vec<String>),
    /// Ends with none of these.
    Suffix(Vec<String>),
    /// None of these, in any case.
    IgnoreCase(Vec<Folded>),
    /// Has none of these shapes.
    Wildcard(Vec<Wildcard>),
    /// `{"anything-but": {"prefix": []}}`. The reference takes it; it crashes on it as the first test of a list, and
    /// lets nothing pass elsewhere (`D7`). Here it lets nothing pass.
    Nothing,
}

fn parse(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<AnythingBut> {
    match &node.kind {
        NodeKind::Missing => None,
        NodeKind::Object(members) => {
            let Some(member) = members.first() else {
                problems.push(Problem::NoAnythingButOperator.at(node.span));
                return None;
            };
            let key = member.key.utf8();
            let test = match key.as_ref() {
                "prefix" => affixes("prefix", &member.value, problems).map(AnythingBut::Prefix),
                "suffix" => affixes("suffix", &member.value, problems).map(AnythingBut::Suffix),
                "equals-ignore-case" => ignore_case(&member.value, problems),
                "wildcard" => wildcards(&member.value, problems),
                _ => {
                    problems.push(Problem::UnknownAnythingButOperator(key.to_string()).at(member.key_span));
                    return None;
                }
            };
            no_second_key("anything-but", members, problems);
            test.map(AnythingBut::or_nothing)
        }
        _ => values(items("anything-but", node, problems)?, node, problems),
    }
}

impl AnythingBut {
    fn or_nothing(self) -> AnythingBut {
        let empty = match &self {
            AnythingBut::Prefix(list) | AnythingBut::Suffix(list) => list.is_empty(),
            AnythingBut::IgnoreCase(list) => list.is_empty(),
            AnythingBut::Wildcard(list) => list.is_empty(),
            _ => false,
        };
        if empty { AnythingBut::Nothing } else { self }
    }
}

/// The members of a list, or the one value that stands for a list of one.
fn items<'a>(name: &'static str, node: &'a Node, problems: &mut Vec<Diagnostic>) -> Option<&'a [Node]> {
    match &node.kind {
        NodeKind::Array(items) => Some(items),
        NodeKind::String(_) | NodeKind::Number(_) => Some(std::slice::from_ref(node)),
        NodeKind::Missing => None,
        _ => {
            problems.push(Problem::AnythingButNeedsValues { operator: name, got: node.what() }.at(node.span));
            None
        }
    }
}

fn values(items: &[Node], node: &Node, problems: &mut Vec<Diagnostic>) -> Option<AnythingBut> {
    let before = problems.len();
    let mut strings = Vec::new();
    let mut numbers = Vec::new();
    let mut mixed = None;
    for item in items {
        match &item.kind {
            NodeKind::String(text) => strings.push(text.utf8().into_owned()),
            NodeKind::Number(text) => numbers.extend(comparable(Number::new(text.clone()), item.span, problems)),
            NodeKind::Missing => return None,
            _ => problems.push(Problem::AnythingButMember(item.what()).at(item.span)),
        }
        if !strings.is_empty() && !numbers.is_empty() {
            mixed = mixed.or(Some(item.span));
        }
    }
    if let Some(span) = mixed {
        problems.push(Problem::AnythingButMixed.at(span));
    } else if items.is_empty() {
        problems.push(Problem::AnythingButEmpty.at(node.span));
    }
    if problems.len() > before {
        return None;
    }
    Some(if numbers.is_empty() { AnythingBut::Strings(strings) } else { AnythingBut::Numbers(numbers) })
}

/// The strings of a list under an operator; `operator` is its name.
fn strings<'a>(
    operator: &'static str,
    node: &'a Node,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, &'a Node)>> {
    let before = problems.len();
    let mut texts = Vec::new();
    for item in items(operator, node, problems)? {
        match &item.kind {
            NodeKind::String(text) => texts.push((text.utf8().into_owned(), item)),
            NodeKind::Missing => return None,
            _ => problems.push(Problem::AnythingButNeedsString { operator, got: item.what() }.at(item.span)),
        }
    }
    (problems.len() == before).then_some(texts)
}

fn affixes(operator: &'static str, node: &Node, problems: &mut Vec<Diagnostic>) -> Option<Vec<String>> {
    let texts = strings(operator, node, problems)?;
    let before = problems.len();
    for (text, item) in &texts {
        if text.is_empty() {
            problems.push(Problem::AnythingButEmptyAffix(operator).at(item.span));
        }
    }
    (problems.len() == before).then(|| texts.into_iter().map(|(text, _)| text).collect())
}

fn ignore_case(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<AnythingBut> {
    let texts = strings("equals-ignore-case", node, problems)?;
    Some(AnythingBut::IgnoreCase(texts.iter().map(|(text, _)| Folded::new(text)).collect()))
}

fn wildcards(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<AnythingBut> {
    let texts = strings("wildcard", node, problems)?;
    let before = problems.len();
    let read = texts.iter().filter_map(|(text, item)| wildcard::read(text, item.span, problems)).collect();
    (problems.len() == before).then_some(AnythingBut::Wildcard(read))
}

impl AnythingBut {
    fn forbids(&self, value: &Value<'_>) -> bool {
        let text = value.as_str();
        match self {
            AnythingBut::Strings(list) => text.is_some_and(|text| list.iter().any(|s| s == text)),
            AnythingBut::Numbers(list) => value.as_number().is_some_and(|number| list.iter().any(|n| n.equals(number))),
            AnythingBut::Prefix(list) => text.is_some_and(|text| list.iter().any(|s| starts_with(text, s))),
            AnythingBut::Suffix(list) => text.is_some_and(|text| list.iter().any(|s| ends_with(text, s))),
            AnythingBut::IgnoreCase(list) => text.is_some_and(|text| list.iter().any(|s| s.equals(text))),
            AnythingBut::Wildcard(list) => text.is_some_and(|text| list.iter().any(|s| s.fits(text))),
            AnythingBut::Nothing => true,
        }
    }
}

impl Check for AnythingBut {
    fn passes(&self, value: &Value<'_>) -> bool {
        !self.forbids(value)
    }

    fn words(&self, passes: bool) -> String {
        let any = |list: Vec<String>| list.join(" or ");
        let quoted = |list: &[String]| any(list.iter().map(|s| quote(s)).collect());
        let (is, is_not, this) = match self {
            AnythingBut::Strings(list) => ("is", "is not", quoted(list)),
            AnythingBut::Numbers(list) => ("is", "is not", any(list.iter().map(|n| n.text().to_string()).collect())),
            AnythingBut::Prefix(list) => ("starts with", "does not start with", quoted(list)),
            AnythingBut::Suffix(list) => ("ends with", "does not end with", quoted(list)),
            AnythingBut::IgnoreCase(list) => {
                ("is", "is not", format!("{} in any case", any(list.iter().map(|s| quote(s.text())).collect())))
            }
            AnythingBut::Wildcard(list) => {
                ("has the shape", "does not have the shape", any(list.iter().map(|s| quote(s.text())).collect()))
            }
            AnythingBut::Nothing => return "can never pass an empty list".to_string(),
        };
        format!("{} {this}", if passes { is_not } else { is })
    }
}
