//! Where in the tree of a pattern a place of its text lies.

use crate::json::{Member, Node, NodeKind};
use crate::text::Span;

/// A member of an object on the way to a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) object: Span,
    pub(crate) members: &'a [Member],
    pub(crate) index: usize,
}

impl<'a> Step<'a> {
    pub(crate) fn member(&self) -> &'a Member {
        &self.members[self.index]
    }

    /// What goes when the member goes, a comma with it. `None` if it is the only one.
    pub(crate) fn removal(&self) -> Option<Span> {
        let start = |at: usize| self.members[at].key_span.start;
        let end = |at: usize| self.members[at].value.span.end;
        removal(self.members.len(), self.index, start, end)
    }
}

/// An element of a list of tests, or an alternative of `$or`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) all: &'a [Node],
    pub(crate) index: usize,
}

impl<'a> Element<'a> {
    pub(crate) fn node(&self) -> &'a Node {
        &self.all[self.index]
    }

    /// What goes when the element goes, a comma with it. `None` if it is the only one.
    pub(crate) fn removal(&self) -> Option<Span> {
        removal(self.all.len(), self.index, |at| self.all[at].span.start, |at| self.all[at].span.end)
    }
}

fn removal(count: usize, index: usize, start: impl Fn(usize) -> u32, end: impl Fn(usize) -> u32) -> Option<Span> {
    if count < 2 {
        return None;
    }
    let (start, end) = if index > 0 { (end(index - 1), end(index)) } else { (start(0), start(1)) };
    Some(Span { start, end })
}

/// The way from the root of a pattern to a place.
#[derive(Debug, Default)]
pub(crate) struct Site<'a> {
    /// The members that lead there, from the root on; alternatives of `$or` lie between them.
    pub(crate) steps: Vec<Step<'a>>,
    /// The element of a list of tests that holds the place.
    pub(crate) element: Option<Element<'a>>,
    /// The alternative of `$or` that holds it, if the last step is a `$or`.
    pub(crate) alternative: Option<Element<'a>>,
}

impl<'a> Site<'a> {
    /// In time of the depth: siblings stand in the order of the text.
    pub(crate) fn of(root: &'a Node, span: Span) -> Site<'a> {
        let mut site = Site::default();
        let mut node = root;
        while let NodeKind::Object(members) = &node.kind {
            let Some(index) = members.partition_point(|m| m.key_span.start <= span.start).checked_sub(1) else {
                break;
            };
            site.steps.push(Step { object: node.span, members, index });
            site.alternative = None;
            let member = &members[index];
            node = &member.value;
            if !holds(node, span) || node.span == span {
                break;
            }
            if let NodeKind::Array(all) = &node.kind {
                let Some(element) = element(all, span) else { break };
                if member.key != *"$or" {
                    site.element = Some(element);
                    break;
                }
                site.alternative = Some(element);
                node = element.node();
                if node.span == span {
                    break;
                }
            }
        }
        site
    }

    /// The member whose value holds the place, or whose key it is.
    pub(crate) fn step(&self) -> Option<Step<'a>> {
        self.steps.last().copied()
    }
}

fn holds(node: &Node, span: Span) -> bool {
    node.span.start <= span.start && span.end <= node.span.end
}

fn element(all: &[Node], span: Span) -> Option<Element<'_>> {
    let index = all.partition_point(|node| node.span.start <= span.start).checked_sub(1)?;
    holds(&all[index], span).then_some(Element { all, index })
}
