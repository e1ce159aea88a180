//! JSON tree to pattern.

use super::{Branch, Limits, List, ListId, Part, Pattern, Problem, complexity, fixes, reference};
use crate::diagnostic::{ADVICE, Diagnostic, Edit, Fix, Problem as _};
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
        if self.0.last().is_none_or(|last| last.0 < path) {
            return self.0.push((path, list));
        }
        match self.0.binary_search_by_key(&path, |known| known.0) {
            Ok(at) => self.0[at].1 = list,
            Err(at) => self.0.insert(at, (path, list)),
        }
    }
}

struct Parser {
    /// The keys down to the object that is being read, joined with dots, and how many there are.
    keys: Vec<u8>,
    depth: usize,
    /// Is there a key that gives its paths an empty piece, perhaps?
    empty_pieces: bool,
    lists: Vec<List>,
    /// Each path: its number, and the first list on it.
    paths: Vec<(u32, ListId)>,
    /// The numbers of the paths, once there are many.
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

/// More paths than this are looked up in a map.
const FEW: usize = 16;

/// Is this object an alternative of `$or`, or inside of one?
#[derive(Clone, Copy, PartialEq)]
enum InOr {
    Yes,
    No,
}

pub(super) fn pattern(text: &str, limits: &Limits) -> (Pattern, Vec<Diagnostic>) {
    let (node, problems) = json::parse(text);
    let mut parser = Parser {
        keys: Vec::new(),
        depth: 0,
        empty_pieces: false,
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
    let most = limits.wildcard_complexity;
    if most < usize::MAX {
        let complexity = complexity::of(&parser.lists, &branches, most, most + 1);
        if complexity.figure > most {
            parser.problems.push(Problem::TooComplex.at(complexity.span));
        }
    }
    if !parser.problems.is_empty() {
        in_order(&mut parser.problems);
    }
    let seen = parser.empty_pieces
        && branches.iter().flatten().any(|list| has_empty_piece(parser.lists[list.0 as usize].path.as_bytes()));
    parser.lists.shrink_to_fit();
    let pattern = Pattern {
        text: text.to_string(),
        root,
        lists: parser.lists,
        branches,
        empty_keys: if seen { EmptyKeys::Seen } else { EmptyKeys::Hidden },
    };
    if ADVICE {
        fixes::attach(text, &node, &mut parser.problems);
        reference::attach(text, &mut parser.problems);
    }
    (pattern, parser.problems)
}

#[inline(never)]
fn in_order(problems: &mut Vec<Diagnostic>) {
    sort_by_number(problems, |problem| u64::from(problem.span.start) << 32 | u64::from(problem.span.end));
}

/// Patterns nest a thousand levels deep, and some hosts have a stack of less than a megabyte: what `object` and `member`
/// call on the way is kept out of their frames by `inline(never)`.
impl Parser {
    fn root(&mut self, node: &Node) -> Part {
        match &node.kind {
            NodeKind::Object(members) => self.object(None, node.span, members, InOr::No),
            _ => self.no_root(node),
        }
    }

    #[inline(never)]
    fn no_root(&mut self, node: &Node) -> Part {
        if !matches!(node.kind, NodeKind::Missing) {
            self.report(Problem::NotAnObject(node.what()), node.span);
        } else if let Some(empty) = self.problems.iter_mut().find(|problem| problem.code == json::Problem::Empty.code())
        {
            // The reference has the same words for a text without anything in it as for one that is no object.
            empty.aws_message = Problem::NotAnObject("nothing").at(empty.span).aws_message;
        }
        Part::And { key: None, span: node.span, parts: Vec::new() }
    }

    fn object(&mut self, key: Option<Text>, span: Span, members: &[Member], in_or: InOr) -> Part {
        if members.is_empty() {
            self.report(Problem::EmptyObject, span);
        }
        let mut parts = Vec::with_capacity(members.len());
        for member in members {
            parts.extend(self.member(member, in_or));
        }
        Part::And { key, span, parts }
    }

    fn member(&mut self, member: &Member, in_or: InOr) -> Option<Part> {
        if member.key == *"$or" {
            return self.or(&member.value);
        }
        if in_or == InOr::Yes && RESERVED.iter().any(|word| member.key == **word) {
            let key = member.key.utf8().to_string();
            self.report(Problem::ReservedInOr(key), member.key_span);
        }
        match &member.value.kind {
            NodeKind::Object(members) => {
                let around = self.enter(&member.key);
                let part = self.object(Some(member.key.clone()), member.value.span, members, in_or);
                self.keys.truncate(around);
                self.depth -= 1;
                Some(part)
            }
            NodeKind::Array(items) => Some(self.list(member, items)),
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

    /// Goes down into a key. Gives the length of the keys before it, to cut them back to.
    #[inline(never)]
    fn enter(&mut self, key: &Text) -> usize {
        let around = self.keys.len();
        if self.depth > 0 {
            self.keys.push(b'.');
        }
        self.keys.extend_from_slice(key.as_bytes());
        self.depth += 1;
        self.empty_pieces |= may_be_empty(key);
        around
    }

    /// The path of a list: the keys joined with dots. AWS, observed (`empty-key`): when all keys before the last one join
    /// to nothing, they vanish. A pattern with keys so long, so deep and so many that their paths fill the memory is
    /// refused.
    fn path(&mut self, member: &Member) -> Text {
        if self.path_bytes > limits::PATH_BYTES {
            self.empty_pieces = true;
            return Text::default();
        }
        let around = self.keys.len();
        if around > 0 {
            self.keys.push(b'.');
        }
        self.keys.extend_from_slice(member.key.as_bytes());
        let path = Text::copied(&self.keys);
        self.keys.truncate(around);
        self.empty_pieces |= may_be_empty(&member.key);
        self.path_bytes += path.as_bytes().len();
        if self.path_bytes > limits::PATH_BYTES {
            self.report(Problem::TooLong, member.key_span);
        }
        path
    }

    #[inline(never)]
    fn list(&mut self, member: &Member, items: &[Node]) -> Part {
        let path = self.path(member);
        if items.is_empty() {
            self.report(Problem::EmptyArray(path.utf8().to_string()), member.value.span);
        }
        let problems = &mut self.problems;
        let mut tests = Vec::with_capacity(items.len());
        for item in items {
            tests.extend(operators::parse(item, problems).map(|test| (test, item.span)));
        }
        let id = ListId(self.lists.len() as u32);
        self.lists.push(List { path, key_span: member.key_span, span: member.value.span, tests });
        let number = self.path_number(id);
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
    fn or(&mut self, node: &Node) -> Option<Part> {
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
            parts.push(self.object(None, item.span, members, InOr::Yes));
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

    /// The number of the path of a list: the same for the same path.
    fn path_number(&mut self, list: ListId) -> u32 {
        let path = |list: ListId| &self.lists[list.0 as usize].path;
        let next = self.paths.len() as u32;
        let number = if self.paths.len() < FEW {
            let known = self.paths.iter().find(|(_, first)| path(*first) == path(list));
            known.map_or(next, |(number, _)| *number)
        } else {
            self.path_number_of_many(list)
        };
        if number == next {
            self.paths.push((next, list));
        }
        number
    }

    #[inline(never)]
    fn path_number_of_many(&mut self, list: ListId) -> u32 {
        let path = |list: ListId| self.lists[list.0 as usize].path.clone();
        let mut number = self.paths.len() as u32;
        for (new, first) in self.paths[self.path_numbers.entries().len()..].iter().chain([&(number, list)]) {
            number = *self.path_numbers.entry(path(*first), *new);
        }
        number
    }

    /// The branches, each in the order of the UTF-16 units of its paths.
    fn sorted_branches(&mut self) -> Vec<Branch> {
        self.order_paths();
        let mut ranks = vec![0; self.paths.len()];
        for (rank, (number, _)) in self.paths.iter().enumerate() {
            ranks[*number as usize] = rank as u32;
        }
        let sorted = |mut growing: Growing| {
            growing.0.iter_mut().for_each(|(path, _)| *path = ranks[*path as usize]);
            sort_by(&mut growing.0, |a, b| a.0 < b.0);
            growing.0.iter().map(|(_, list)| *list).collect()
        };
        std::mem::take(&mut self.branches).into_iter().map(sorted).collect()
    }

    fn order_paths(&mut self) {
        let path = |list: ListId| &self.lists[list.0 as usize].path;
        if self.paths.iter().all(|(_, list)| path(*list).as_bytes().is_ascii()) {
            sort_by(&mut self.paths, |a, b| path(a.1) < path(b.1));
            return;
        }
        self.order_paths_by_units();
    }

    #[inline(never)]
    fn order_paths_by_units(&mut self) {
        let units = self.paths.iter().map(|(_, list)| self.lists[list.0 as usize].path.utf16());
        let units: Vec<Vec<u16>> = units.collect();
        sort_by(&mut self.paths, |a, b| units[a.0 as usize] < units[b.0 as usize]);
    }

    #[inline(never)]
    fn report(&mut self, problem: Problem, span: Span) {
        self.problems.push(problem.at(span));
    }
}

/// Only keys that are empty or have dots make empty pieces.
fn may_be_empty(key: &Text) -> bool {
    key.as_bytes().is_empty() || key.as_bytes().contains(&b'.')
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
