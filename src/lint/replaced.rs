//! Lists that another list on the same path replaces.

use super::{Look, Problem};
use crate::diagnostic::Fix;
use crate::json::Text;
use crate::order::Map;
use crate::pattern::{ListId, Part};
use crate::text::Span;

pub(super) fn look(look: &mut Look<'_>) {
    let pattern = look.pattern;
    let mut used = vec![false; pattern.lists().len()];
    for list in pattern.branches().iter().flatten() {
        used[list.0 as usize] = true;
    }
    never_used(look, &used);
    let mut walk = Walk { look, used, scope: Map::default(), undo: Vec::new(), alternatives: 0 };
    walk.part(pattern.root());
}

/// Lists that count in no branch: a later one on their path took their place.
fn never_used(look: &mut Look<'_>, used: &[bool]) {
    let pattern = look.pattern;
    let mut later: Map<&Text, Span> = Map::default();
    for (at, list) in pattern.lists().iter().enumerate().rev() {
        if let Some(other) = later.get(&&list.path).filter(|_| !used[at]) {
            let problem = Problem::KeyRepeated { path: list.path.utf8().into_owned(), line: look.line(*other) };
            let removal = look.site(list.key_span).step().and_then(|step| step.removal());
            let fix = removal.map(|span| Fix::one("remove the earlier list", span, ""));
            look.report(&problem, list.key_span, fix);
        }
        later.entry(&list.path, list.key_span);
    }
}

/// Goes through a pattern in the order in which EventBridge reads it.
struct Walk<'a, 'b> {
    look: &'b mut Look<'a>,
    used: Vec<bool>,
    /// The list of each path so far, and in how many alternatives of `$or` it stands.
    scope: Map<&'a Text, Option<(ListId, usize)>>,
    /// What to put back at the end of an alternative.
    undo: Vec<(&'a Text, Option<(ListId, usize)>)>,
    alternatives: usize,
}

impl<'a> Walk<'a, '_> {
    fn part(&mut self, part: &'a Part) {
        match part {
            Part::And { parts, .. } => parts.iter().for_each(|part| self.part(part)),
            Part::Or { parts, .. } => parts.iter().for_each(|part| self.alternative(part)),
            Part::Field(id) => self.field(*id),
        }
    }

    fn alternative(&mut self, part: &'a Part) {
        let before = self.undo.len();
        self.alternatives += 1;
        self.part(part);
        self.alternatives -= 1;
        for (path, was) in self.undo.split_off(before).into_iter().rev() {
            self.scope.insert(path, was);
        }
    }

    fn field(&mut self, id: ListId) {
        let pattern = self.look.pattern;
        let list = pattern.list(id);
        let was = self.scope.insert(&list.path, Some((id, self.alternatives))).flatten();
        self.undo.push((&list.path, was));
        let Some((other, alternatives)) = was else { return };
        if alternatives < self.alternatives && self.used[other.0 as usize] && self.used[id.0 as usize] {
            let line = self.look.line(pattern.list(other).key_span);
            let problem = Problem::OrOverrides { path: list.path.utf8().into_owned(), line };
            self.look.report(&problem, list.key_span, None);
        }
    }
}
