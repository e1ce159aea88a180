//! Alternatives of `$or`, and patterns as a whole.

use super::covers::any_string;
use super::{Look, Problem, compact, envelope};
use crate::diagnostic::Fix;
use crate::json::{Node, NodeKind};
use crate::limits::WILDCARD_COMPLEXITY;
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::order::Map;
use crate::pattern::{List, ListId};

/// AWS, observed: a complexity of 7 is accepted.
const ACCEPTED_COMPLEXITY: usize = 7;

pub(super) fn look(look: &mut Look<'_>) {
    repeated(look, look.root);
    order(look);
    everything(look);
    let (figure, span) = look.pattern.complexity();
    if (ACCEPTED_COMPLEXITY + 1..=WILDCARD_COMPLEXITY).contains(&figure) {
        look.report(&Problem::WildcardNearLimit(figure), span, None);
    }
}

/// Alternatives that are there twice.
fn repeated(look: &mut Look<'_>, node: &Node) {
    let NodeKind::Object(members) = &node.kind else { return };
    for member in members {
        match &member.value.kind {
            NodeKind::Array(items) if member.key == *"$or" => alternatives(look, items),
            _ => repeated(look, &member.value),
        }
    }
}

fn alternatives(look: &mut Look<'_>, items: &[Node]) {
    let mut known: Map<String, u32> = Map::default();
    for item in items {
        repeated(look, item);
        let line = look.line(item.span);
        let Some(first) = known.insert(compact(item.span.of(look.text)), line) else { continue };
        let removal = look.site(item.span).alternative.filter(|_| items.len() > 2).and_then(|all| all.removal());
        let fix = removal.map(|span| Fix::one("remove it", span, ""));
        look.report(&Problem::AlternativeRepeated(first), item.span, fix);
    }
}

/// Fields that must be absent and are looked for before their neighbors choose an element of an array around them.
fn order(look: &mut Look<'_>) {
    let pattern = look.pattern;
    let mut reported = vec![false; pattern.lists().len()];
    for branch in pattern.branches() {
        let mut first: Map<&[u8], (usize, ListId)> = Map::default();
        for (at, id) in branch.iter().enumerate().filter(|(_, id)| !pattern.list(**id).wants_absence()) {
            first.entry(parent(pattern.list(*id)), (at, *id));
        }
        for (at, id) in branch.iter().enumerate() {
            let list = pattern.list(*id);
            let Some((_, other)) = first.get(&parent(list)).filter(|(later, _)| *later > at) else { continue };
            if list.wants_absence() && deep(parent(list)) && !std::mem::replace(&mut reported[id.0 as usize], true) {
                absent_first(look, list, pattern.list(*other));
            }
        }
    }
}

/// The path of the object around a field.
fn parent(list: &List) -> &[u8] {
    let path = list.path.as_bytes();
    &path[..path.iter().rposition(|b| *b == b'.').unwrap_or(0)]
}

/// An event and its `detail` are no arrays.
fn deep(parent: &[u8]) -> bool {
    !parent.is_empty() && parent != b"detail"
}

fn absent_first(look: &mut Look<'_>, list: &List, other: &List) {
    let path = list.path.utf8().into_owned();
    let Some((parent, _)) = path.rsplit_once('.') else { return };
    if look.samples.may_be_in_array(parent) {
        let other = other.path.utf8().into_owned();
        look.report(&Problem::ExistsFalseOrder { path, other }, list.key_span, None);
    }
}

/// A branch that every event passes.
fn everything(look: &mut Look<'_>) {
    let pattern = look.pattern;
    let all: Vec<bool> = pattern.lists().iter().map(every_event).collect();
    let passes = |branch: &&Vec<ListId>| branch.iter().all(|list| all[list.0 as usize]) && !branch.is_empty();
    let first = pattern.branches().iter().find(passes).and_then(|branch| branch.first());
    if let Some(list) = first.filter(|_| whole(look)) {
        look.report(&Problem::MatchesEverything, pattern.list(*list).span, None);
    }
}

/// Was everything read? What is broken is left out of branches.
fn whole(look: &Look<'_>) -> bool {
    crate::pattern::lint(look.text).is_empty()
}

fn every_event(list: &List) -> bool {
    let path = list.path.utf8();
    let exists = |wanted| list.tests.iter().any(|(test, _)| matches!(test, Test::Exists(e) if e.exists == wanted));
    let version = |test: &Test| path == "version" && matches!(test, Test::Equals(Equals::String(text)) if text == "0");
    let required = envelope::STRINGS.contains(&path.as_ref());
    exists(true) && exists(false)
        || required && list.tests.iter().any(|(test, _)| any_string(test) || version(test))
        || path == "detail" && list.wants_absence()
}
