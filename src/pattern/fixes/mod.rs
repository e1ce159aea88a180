//! How a pattern that EventBridge refuses is mended, and the smallest text whose change would do it. In: the problems of
//! the parsers. Out: the same with fixes. Each fix of an element is read again before it is offered: it leaves a test
//! that EventBridge takes.

mod anything_but;
mod names;
mod numeric;
mod spans;
mod strings;
mod structure;

pub(crate) use names::single;

use super::site::Site;
use crate::diagnostic::{Diagnostic, Fix};
use crate::json::{self, Member, Node, NodeKind};
use crate::operators;
use crate::text::Span;

/// Nobody reads further than this, and each fix costs.
const MOST: usize = 300;

/// Longer elements are not written anew: EventBridge would refuse the pattern for its length.
const LONGEST: usize = crate::limits::PATTERN_LENGTH;

/// Adds fixes to the problems of a pattern, and narrows their spans.
pub(super) fn attach(text: &str, root: &Node, problems: &mut [Diagnostic]) {
    for problem in problems.iter_mut().filter(|problem| !problem.code.starts_with("json-")).take(MOST) {
        let site = Site::of(root, problem.span);
        let case = Case { text, site: &site, span: problem.span };
        let mut fixes = case.fixes(problem.code);
        fixes.append(&mut problem.fixes);
        fixes.dedup();
        problem.fixes = fixes;
        if let Some(span) = case.narrow(problem.code) {
            problem.span = span;
        }
    }
}

/// A problem in its place.
struct Case<'a> {
    text: &'a str,
    site: &'a Site<'a>,
    span: Span,
}

/// A command, and the text of the element, or of several, that takes the place of the element with the problem.
type Rewrite = (String, String);

impl<'a> Case<'a> {
    fn fixes(&self, code: &str) -> Vec<Fix> {
        let fixes = self.structure(code);
        if !fixes.is_empty() {
            return fixes;
        }
        self.rewrites(code).into_iter().filter_map(|(title, text)| self.replace_element(title, &text)).collect()
    }

    fn rewrites(&self, code: &str) -> Vec<Rewrite> {
        let Some((name, operand)) = self.operator().filter(|_| self.element_length() <= LONGEST) else {
            return Vec::new();
        };
        match code {
            "operator-unknown" => names::rewrites(self.text, &name.key.utf8(), operand),
            "operator-second-key" => self.split(),
            "exists-needs-boolean" => self.exists(operand),
            _ if code.starts_with("numeric-") => self.numeric(code, operand),
            "number-not-comparable" => self.round(),
            _ if code.starts_with("anything-but-") => self.anything_but(code, operand),
            _ => self.strings(code, operand),
        }
    }

    fn element_length(&self) -> usize {
        self.site.element.map_or(0, |element| element.node().span.range().len())
    }

    /// The operator of the element and its operand.
    fn operator(&self) -> Option<(&'a Member, &'a Node)> {
        match &self.site.element?.node().kind {
            NodeKind::Object(members) => members.first().map(|member| (member, &member.value)),
            _ => None,
        }
    }

    /// The innermost node at the span of the problem.
    fn node(&self) -> Option<&'a Node> {
        let mut node = self.site.element?.node();
        while node.span != self.span {
            let inside = |child: &&Node| child.span.start <= self.span.start && self.span.end <= child.span.end;
            node = match &node.kind {
                NodeKind::Array(items) => items.iter().find(inside)?,
                NodeKind::Object(members) => members.iter().map(|member| &member.value).find(inside)?,
                _ => return None,
            };
        }
        Some(node)
    }

    fn raw(&self, node: &Node) -> &'a str {
        node.span.of(self.text)
    }

    /// The element with `text` in the place of `span`.
    fn with(&self, span: Span, text: &str) -> String {
        let Some(element) = self.site.element else {
            return String::new();
        };
        let whole = element.node().span;
        let before = Span { start: whole.start, end: span.start }.of(self.text);
        let after = Span { start: span.end, end: whole.end }.of(self.text);
        format!("{before}{text}{after}")
    }

    fn replace_element(&self, title: String, text: &str) -> Option<Fix> {
        let span = self.site.element?.node().span;
        accepted(text).then(|| smallest(title, span, span.of(self.text), text))
    }

    /// `{"prefix": "a", "suffix": "b"}`: each operator in an object of its own.
    fn split(&self) -> Vec<Rewrite> {
        let Some(NodeKind::Object(members)) = self.site.element.map(|element| &element.node().kind) else {
            return Vec::new();
        };
        let alone = |member: &Member| format!("{{{}}}", member.key_span.to(member.value.span).of(self.text));
        let parts: Vec<String> = members.iter().map(alone).collect();
        vec![("make an element of each; a value passes if one of them does".to_string(), parts.join(", "))]
    }

    /// `{"exists": "true"}`
    fn exists(&self, operand: &Node) -> Vec<Rewrite> {
        let meant = match self.raw(operand).trim_matches(['"', '[', ']', ' ']).to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => "true",
            "false" | "no" | "0" | "null" => "false",
            _ => return Vec::new(),
        };
        vec![(format!("write `{meant}`"), self.with(operand.span, meant))]
    }
}

/// Would EventBridge take these elements?
pub(crate) fn accepted(elements: &str) -> bool {
    let list = format!("[{elements}]");
    let (node, problems) = json::parse(&list);
    let NodeKind::Array(items) = &node.kind else {
        return false;
    };
    let mut refused = Vec::new();
    let read = items.iter().all(|item| operators::parse(item, &mut refused).is_some());
    problems.is_empty() && read && refused.is_empty() && !items.is_empty() && node.span.range().len() == list.len()
}

/// The change from `old` to `new` without what they have in common at their ends; words stay whole.
fn smallest(title: String, span: Span, old: &str, new: &str) -> Fix {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\\');
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: usize, text: &str| -> usize { text.chars().take(pairs).map(char::len_utf8).sum() };
    let mut start = length(old.chars().zip(new.chars()).take_while(same).count(), old);
    start = old[..start].trim_end_matches(word).len();
    let pairs = old[start..].chars().rev().zip(new[start..].chars().rev()).take_while(same).count();
    let mut end: usize = old.chars().rev().take(pairs).map(char::len_utf8).sum();
    let tail = &old[old.len() - end..];
    end = tail.trim_start_matches(word).len();
    let at = |offset: usize| span.start + offset as u32;
    let place = Span { start: at(start), end: at(old.len() - end) };
    Fix::one(title, place, &new[start..new.len() - end])
}
