//! JSON tree to pattern.

use super::{Branch, Limits, List, ListId, Part, Pattern, Problem, complexity, fixes, reference};
use crate::diagnostic::{Diagnostic, Edit, Fix, Problem as _};
use crate::event::{EmptyKeys, has_empty_piece};
use crate::json::{self, Member, Node, NodeKind, Text};
use crate::limits;
use crate::operators;
use crate::order::{Map, sort_by, sort_by_number};
use crate::text::Span;

/// A branch while it is built: the list of each path. A later list on the same path takes the place of an earlier one,
/// however the path is spelled (AWS, observed: the last one wins).
#[derive(Clone, Default)]
struct Growing(Vec<(u32, ListId)>);

impl Growing {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn insert(&mut self, path: u32, list: ListId) {
        match self.0.binary_search_by_key(&path, |known| known.0) {
            Ok(at) => self.0[at].1 = list,
            Err(at) => self.0.insert(at, (path, list)),
        }
    }
}

struct Parser {
    lists: Vec<List>,
    paths: Vec<Text>,
    path_numbers: Map<Text, u32>,
    branches: Vec<Growing>,
    /// How long all paths are together.
    path_bytes: usize,
    problems: Vec<Diagnostic>,
    /// Lists written into combinations of `$or`, copies included.
    written: usize,
    /// Once there are too many no more are built.
    overflown: bool,
}

/// Is this object an alternative of `$or`, or inside of one?
#[derive(Clone, Copy, PartialEq)]
enum InOr {
    Yes,
    No,
}

pub(super) fn pattern(text: &str, limits: &Limits) -> (Pattern, Vec<Diagnostic>) {
    let (node, problems) = json::parse(text);
    let mut parser = Parser {
        lists: Vec::new(),
        paths: Vec::new(),
        path_numbers: Map::default(),
        branches: Vec::new(),
        path_bytes: 0,
        problems,
        written: 0,
        overflown: false,
    };
    let root = parser.root(&node);
    let branches = parser.sorted_branches();
    if limits.wildcard_complexity < usize::MAX {
        let complexity = complexity::of(&parser.lists, &branches, limits.wildcard_complexity + 1);
        if complexity.figure > limits.wildcard_complexity {
            parser.problems.push(Problem::TooComplex.at(complexity.span));
        }
    }
    sort_by_number(&mut parser.problems, |problem| u64::from(problem.span.start) << 32 | u64::from(problem.span.end));
    let seen = branches.iter().flatten().any(|list| has_empty_piece(parser.lists[list.0 as usize].path.as_bytes()));
    let pattern = Pattern {
        text: text.to_string(),
        root,
        lists: parser.lists,
        branches,
        empty_keys: if seen { EmptyKeys::Seen } else { EmptyKeys::Hidden },
    };
    fixes::attach(text, &node, &mut parser.problems);
    reference::attach(text, &mut parser.problems);
    (pattern, parser.problems)
}

/// Patterns nest a thousand levels deep, and some hosts have a stack of less than a megabyte: what `object` and `member`
/// call on the way is kept out of their frames by `inline(never)`.
impl Parser {
    fn root(&mut self, node: &Node) -> Part {
        match &node.kind {
            NodeKind::Object(members) => self.object(None, node.span, members, &mut Vec::new(), InOr::No),
            NodeKind::Missing => {
                // The reference has the same words for a text without anything in it as for one that is no object.
                let empty = self.problems.iter_mut().find(|problem| problem.code == json::Problem::Empty.code());
                if let Some(empty) = empty {
                    empty.aws_message = Problem::NotAnObject("nothing").aws_message();
                }
                Part::And { key: None, span: node.span, parts: Vec::new() }
            }
            _ => {
                self.report(Problem::NotAnObject(node.what()), node.span);
                Part::And { key: None, span: node.span, parts: Vec::new() }
            }
        }
    }

    fn object(&mut self, key: Option<Text>, span: Span, members: &[Member], keys: &mut Vec<Text>, in_or: InOr) -> Part {
        if members.is_empty() {
            self.report(Problem::EmptyObject, span);
        }
        let parts = members.iter().filter_map(|member| self.member(member, keys, in_or)).collect();
        Part::And { key, span, parts }
    }

    fn member(&mut self, member: &Member, keys: &mut Vec<Text>, in_or: InOr) -> Option<Part> {
        if member.key == *"$or" {
            return self.or(&member.value, keys);
        }
        if in_or == InOr::Yes && RESERVED.iter().any(|word| member.key == **word) {
            let key = member.key.utf8().to_string();
            self.report(Problem::ReservedInOr(key), member.key_span);
        }
        match &member.value.kind {
            NodeKind::Object(members) => {
                keys.push(member.key.clone());
                let part = self.object(Some(member.key.clone()), member.value.span, members, keys, in_or);
                keys.pop();
                Some(part)
            }
            NodeKind::Array(items) => Some(self.list(member, items, keys)),
            NodeKind::Missing => None,
            _ => {
                self.not_a_list(member);
                None
            }
        }
    }

    #[inline(never)]
    fn not_a_list(&mut self, member: &Member) {
        let span = member.value.span;
        let key = member.key.utf8().to_string();
        let mut problem = Problem::ValueNotAList { key, got: member.value.what() }.at(span);
        let insert = |at, text: &str| Edit { span: Span { start: at, end: at }, text: text.to_string() };
        problem.fixes.push(Fix {
            title: "wrap the value in an array".to_string(),
            edits: vec![insert(span.start, "["), insert(span.end, "]")],
        });
        self.problems.push(problem);
    }

    /// The path of a list. A pattern with keys so long, so deep and so many that their paths fill the memory is refused.
    fn path(&mut self, member: &Member, keys: &[Text]) -> Text {
        if self.path_bytes > limits::PATH_BYTES {
            return Text::default();
        }
        let path = path(keys, &member.key);
        self.path_bytes += path.as_bytes().len();
        if self.path_bytes > limits::PATH_BYTES {
            self.report(Problem::TooLong, member.key_span);
        }
        path
    }

    #[inline(never)]
    fn list(&mut self, member: &Member, items: &[Node], keys: &[Text]) -> Part {
        let path = self.path(member, keys);
        if items.is_empty() {
            self.report(Problem::EmptyArray(path.utf8().to_string()), member.value.span);
        }
        let problems = &mut self.problems;
        let tests = items.iter().filter_map(|item| Some((operators::parse(item, problems)?, item.span))).collect();
        let id = ListId(self.lists.len() as u32);
        let number = self.path_number(&path);
        self.lists.push(List { path, key_span: member.key_span, span: member.value.span, tests });
        if self.branches.is_empty() {
            self.branches.push(Growing::default());
        }
        self.hold_limit(self.branches.len() - 1, member.key_span);
        for branch in &mut self.branches {
            branch.insert(number, id);
        }
        Part::Field(id)
    }

    /// Every alternative goes on from each of the branches so far; all of them together are the new branches.
    #[inline(never)]
    fn or(&mut self, node: &Node, keys: &mut Vec<Text>) -> Option<Part> {
        let items = match &node.kind {
            NodeKind::Array(items) => items,
            NodeKind::Missing => return None,
            _ => {
                self.report(Problem::OrNotAnArray(node.what()), node.span);
                return None;
            }
        };
        let base = std::mem::take(&mut self.branches);
        let copied: usize = base.iter().map(Growing::len).sum();
        let mut all = Vec::new();
        let mut parts = Vec::new();
        for item in items {
            let members = match &item.kind {
                NodeKind::Object(members) => members,
                NodeKind::Missing => continue,
                _ => {
                    self.report(Problem::OrNotAnObject(item.what()), item.span);
                    continue;
                }
            };
            self.hold_limit(1 + copied, node.span);
            self.branches = if base.is_empty() || self.overflown { vec![Growing::default()] } else { base.clone() };
            parts.push(self.object(None, item.span, members, keys, InOr::Yes));
            all.append(&mut self.branches);
        }
        self.branches = all;
        self.hold_limit(0, node.span);
        if items.len() < 2 {
            self.report(Problem::OrTooFew, node.span);
        }
        Some(Part::Or { span: node.span, parts })
    }

    /// Before `more` lists are written into combinations: are these too many? Then the pattern is refused, and one branch
    /// is enough to read the rest of it.
    fn hold_limit(&mut self, more: usize, span: Span) {
        self.written += more;
        if self.written > limits::OR_COMBINATIONS && !self.overflown {
            self.overflown = true;
            self.report(Problem::OrTooManyCombinations, span);
        }
        if self.overflown {
            self.branches.truncate(1);
        }
    }

    fn path_number(&mut self, path: &Text) -> u32 {
        let next = self.paths.len() as u32;
        let number = *self.path_numbers.entry(path.clone()).or_insert(next);
        if number == next {
            self.paths.push(path.clone());
        }
        number
    }

    fn sorted_branches(&mut self) -> Vec<Branch> {
        let units: Vec<Vec<u16>> = self.paths.iter().map(Text::utf16).collect();
        let mut order: Vec<u32> = (0..units.len() as u32).collect();
        sort_by(&mut order, |a, b| units[*a as usize] < units[*b as usize]);
        let mut rank = vec![0; order.len()];
        for (place, number) in order.iter().enumerate() {
            rank[*number as usize] = place;
        }
        let sorted = |growing: Growing| {
            let mut branch: Vec<(usize, ListId)> =
                growing.0.into_iter().map(|(n, list)| (rank[n as usize], list)).collect();
            sort_by(&mut branch, |a, b| a.0 < b.0);
            branch.into_iter().map(|(_, list)| list).collect()
        };
        std::mem::take(&mut self.branches).into_iter().map(sorted).collect()
    }

    #[inline(never)]
    fn report(&mut self, problem: Problem, span: Span) {
        self.problems.push(problem.at(span));
    }
}

/// Keys joined with dots. AWS, observed (`empty-key`): when all keys before the last one join to nothing, they vanish.
fn path(keys: &[Text], last: &Text) -> Text {
    let mut bytes: Vec<u8> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        bytes.extend_from_slice(if at > 0 { b"." } else { b"" });
        bytes.extend_from_slice(key.as_bytes());
    }
    if !bytes.is_empty() {
        bytes.push(b'.');
    }
    bytes.extend_from_slice(last.as_bytes());
    Text::from_wtf8(bytes)
}

/// Keys that EventBridge refuses inside of `$or`: its operators, those of its future, and signs.
pub(super) static RESERVED: [&str; 24] = [
    "exactly",
    "equals-ignore-case",
    "prefix",
    "suffix",
    "anything-but",
    "exists",
    "wildcard",
    "numeric",
    "cidr",
    "=",
    "<",
    "<=",
    ">",
    ">=",
    "regex",
    "not-wildcard",
    "not-equals-ignore-case",
    "date-after",
    "date-on-or-after",
    "date-before",
    "date-on-or-before",
    "in-date-range",
    "ip-address-in-range",
    "ip-address-not-in-range",
];
