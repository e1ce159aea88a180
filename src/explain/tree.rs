//! The tree of the pattern in sentences.

use super::judge::Verdict;
use super::{Explanation, Kind, MOST_VALUES, Node, Seen, hints};
use crate::event::{Field, PlaceId};
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::pattern::{List, ListId, Part};
use crate::text::{LineIndex, Span};
use crate::value::Value;

/// Characters of a value that are shown.
const SHOWN: usize = 200;

const REPLACED: &str = "replaced";

pub(super) fn explanation(verdict: &Verdict<'_>) -> Explanation {
    let tree = Tree { verdict, finder: hints::Finder::new(verdict), lines: LineIndex::new(verdict.pattern.text()) };
    let mut root = tree.node(verdict.pattern.root());
    if root.matches && !verdict.matches {
        root.code = "array-elements";
        root.message = tree.elements();
    }
    root.matches = verdict.matches;
    let summary = if verdict.matches { tree.why() } else { tree.why_not(&root) };
    Explanation { matches: verdict.matches, summary, root, nearest: None }
}

struct Tree<'a> {
    verdict: &'a Verdict<'a>,
    finder: hints::Finder,
    lines: LineIndex<'a>,
}

/// A field, its value, and the first test of the list that it passes.
struct Found<'a> {
    field: &'a Field,
    value: Value<'a>,
    passes: Option<&'a Test>,
}

impl<'a> Tree<'a> {
    fn found(&self, list: ListId) -> Vec<Found<'a>> {
        let verdict = self.verdict;
        let tests = &verdict.list(list).tests;
        let found = |field| {
            let value = verdict.fields.value(verdict.event, field);
            let passes = tests.iter().map(|(test, _)| test).find(|test| test.passes(&value));
            Found { field, value, passes }
        };
        verdict.fields_of(list).map(found).collect()
    }

    fn why(&self) -> String {
        match self.verdict.branch {
            [only] => format!("match: {}", self.field_message(*only)),
            all => format!("match: all {} fields pass", all.len()),
        }
    }

    fn why_not(&self, root: &Node) -> String {
        let failing: Vec<ListId> =
            self.verdict.branch.iter().filter(|list| !self.verdict.passes_alone(**list)).copied().collect();
        let [first, rest @ ..] = failing.as_slice() else {
            return format!("no match: {}", root.message);
        };
        let hint = self.field(*first).hints.first().map_or(String::new(), |hint| format!("; {}", hint.message));
        let more = match rest.len() {
            0 => String::new(),
            1 => ", and 1 more field fails".to_string(),
            n => format!(", and {n} more fields fail"),
        };
        let ways = match self.verdict.pattern.branches().len() {
            1 => String::new(),
            ways => format!(" (the nearest of {ways} ways to match)"),
        };
        format!("no match: {}{hint}{more}{ways}", self.field_message(*first))
    }

    fn field_message(&self, list: ListId) -> String {
        self.field_reason(self.verdict.list(list), &self.found(list)).1
    }

    /// Every field passes, but not in the same elements: where each of them does.
    fn elements(&self) -> String {
        let mut paths = Vec::new();
        let mut absent = Vec::new();
        for list in self.verdict.branch {
            let places: Vec<PlaceId> =
                self.verdict.passing(*list).iter().copied().filter(|place| *place != PlaceId::ROOT).collect();
            let path = self.verdict.path(*list);
            if let [first, rest @ ..] = places.as_slice() {
                let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
                paths.push(format!("`{path}` only in `{}`{more}", self.element(*first)));
            } else if self.verdict.list(*list).wants_absence() && !self.verdict.fields.flat() {
                absent.push(format!("`{path}` must be absent there"));
            }
        }
        paths.extend(absent);
        format!("each field passes by itself, but not all in the same array element: {}", paths.join(", "))
    }

    /// The innermost element around a place, as a path: `employees[1]`.
    fn element(&self, place: PlaceId) -> String {
        let around = self.verdict.fields.around(place).next();
        around.map_or(String::new(), |(array, element)| {
            let path = self.verdict.paths.of_array(&self.verdict.fields, array);
            format!("{}[{}]", path.utf8(), self.verdict.fields.place(element).index)
        })
    }

    fn node(&self, part: &Part) -> Node {
        match part {
            Part::Field(list) => self.field(*list),
            Part::And { span, parts, .. } => {
                let children: Vec<Node> = parts.iter().map(|part| self.node(part)).collect();
                let failing = children.iter().filter(|child| !child.matches && child.code != REPLACED).count();
                let (code, message) = match (failing, children.len()) {
                    (0, _) => ("all-match", "all parts match".to_string()),
                    (1, 1) => ("part-fails", "its only part does not match".to_string()),
                    (1, all) => ("part-fails", format!("1 of {all} parts does not match")),
                    (n, all) => ("part-fails", format!("{n} of {all} parts do not match")),
                };
                node(Kind::And, failing == 0, (code, message), *span, children)
            }
            Part::Or { span, parts } => {
                let children: Vec<Node> = parts.iter().map(|part| self.node(part)).collect();
                let all = children.len();
                let reason = match children.iter().filter(|child| child.matches).count() {
                    0 => ("none-matches", format!("none of the {all} alternatives matches")),
                    1 => ("one-matches", format!("1 of {all} alternatives matches")),
                    n => ("one-matches", format!("{n} of {all} alternatives match")),
                };
                node(Kind::Or, reason.0 == "one-matches", reason, *span, children)
            }
        }
    }

    #[inline(never)]
    fn field(&self, id: ListId) -> Node {
        let verdict = self.verdict;
        let list = verdict.list(id);
        let span = list.key_span.to(list.span);
        let fields = self.found(id);
        let children = list.tests.iter().map(|(test, span)| self.test(list, test, *span, &fields)).collect();
        if let Some(other) = self.replaced_by(id) {
            return node(Kind::Field, false, (REPLACED, self.replaced(id, other)), span, children).on(list, Vec::new());
        }
        let matches = (verdict.matches && verdict.branch.contains(&id)) || verdict.passes_alone(id);
        let passing: Vec<&Found<'_>> = fields.iter().filter(|found| found.passes.is_some()).take(MOST_VALUES).collect();
        let values = self.seen(&fields, &passing);
        let mut field = node(Kind::Field, matches, self.field_reason(list, &fields), span, children).on(list, values);
        if !matches {
            field.hints = self.finder.hints(verdict, id);
        }
        field
    }

    /// The list that stands in the place of this one in the branch that is explained: another one on its path, but none of
    /// another alternative, which takes nobody's place.
    fn replaced_by(&self, id: ListId) -> Option<ListId> {
        let branch = self.verdict.branch;
        let same = |other: &&ListId| {
            self.verdict.list(**other).path == self.verdict.list(id).path && !self.alternatives(id, **other)
        };
        if branch.contains(&id) { None } else { branch.iter().find(same).copied() }
    }

    /// Do two lists stand in different alternatives of one `$or`? Goes down to where their ways part; each part of the
    /// pattern begins behind the one before it.
    fn alternatives(&self, a: ListId, b: ListId) -> bool {
        let begins = |list: ListId| self.verdict.list(list).key_span.start;
        let start = |part: &Part| match part {
            Part::Field(list) => begins(*list),
            Part::And { span, .. } | Part::Or { span, .. } => span.start,
        };
        let mut part = self.verdict.pattern.root();
        while let Part::And { parts, .. } | Part::Or { parts, .. } = part {
            let with = |list: ListId| parts.partition_point(|part| start(part) <= begins(list)).checked_sub(1);
            let (Some(a), Some(b)) = (with(a), with(b)) else {
                return false;
            };
            if a != b {
                return matches!(part, Part::Or { .. });
            }
            part = &parts[a];
        }
        false
    }

    #[inline(never)]
    fn replaced(&self, id: ListId, by: ListId) -> String {
        let place = self.lines.position(self.verdict.list(by).key_span.start);
        let path = self.verdict.path(id);
        let (line, column) = (place.line + 1, place.character + 1);
        format!("`{path}` is asked for again (line {line}, column {column}), and the last one counts")
    }

    fn field_reason(&self, list: &List, fields: &[Found<'_>]) -> (&'static str, String) {
        match fields.iter().find_map(|found| Some((found.passes?, found.field))) {
            Some((test, field)) => self.success(list, test, field),
            None => self.failure(list, fields, &list.tests.iter().map(|(test, _)| test).collect::<Vec<_>>()),
        }
    }

    /// A value that is just what the test says needs no more words.
    fn success(&self, list: &List, test: &Test, field: &Field) -> (&'static str, String) {
        let (path, value) = (list.path.utf8(), self.shown(field));
        let plain = match test {
            Test::Exactly(_) | Test::Equals(Equals::String(_) | Equals::Bool(_) | Equals::Null) => true,
            Test::Equals(Equals::Number(number)) => number.text() == value,
            _ => false,
        };
        if plain {
            return ("accepted", format!("`{path}` is {value}"));
        }
        match test {
            Test::Exists(_) => ("accepted", format!("`{path}` exists: it is {value}")),
            _ => ("accepted", format!("`{path}` is {value}, which {}", test.words(true))),
        }
    }

    /// Why none of these tests passes any of these values, or why it passes that there are none.
    fn failure(&self, list: &List, fields: &[Found<'_>], tests: &[&Test]) -> (&'static str, String) {
        let path = list.path.utf8();
        let wants_absence = tests.iter().any(|test| test.wants_absence());
        if fields.is_empty() {
            return match wants_absence {
                true => ("absent-as-wanted", format!("`{path}` is absent, as it should be")),
                false => ("absent", format!("`{path}` is absent")),
            };
        }
        let values = self.listed(fields);
        if let ([_], true) = (tests, wants_absence) {
            return match self.verdict.matches && !self.verdict.fields.flat() {
                true => ("absent-in-element", format!("`{path}` is absent from the array element that matches")),
                false => ("present", format!("`{path}` is {values}, but should be absent")),
            };
        }
        let why = match tests {
            few if few.len() <= 3 => few.iter().map(|test| test.words(false)).collect::<Vec<_>>().join(" and "),
            many => format!("passes none of the {} tests", many.len()),
        };
        match fields {
            [_] => ("not-accepted", format!("`{path}` is {values}, which {why}")),
            _ => ("not-accepted", format!("`{path}` is {values}, and none of these passes: each {why}")),
        }
    }

    fn test(&self, list: &List, test: &Test, span: Span, fields: &[Found<'_>]) -> Node {
        // What the list does not pass, none of its tests does.
        let passes = |found: &&Found<'_>| found.passes.is_some() && test.passes(&found.value);
        let passing: Vec<&Found<'_>> = fields.iter().filter(passes).take(MOST_VALUES).collect();
        let absent = test.wants_absence() && fields.is_empty();
        let reason = match passing.first() {
            Some(found) => self.success(list, test, found.field),
            None => self.failure(list, fields, &[test]),
        };
        let matches = !passing.is_empty() || absent || reason.0 == "absent-in-element";
        let values = self.seen(fields, &passing);
        node(Kind::Test, matches, reason, span, Vec::new()).on(list, values)
    }

    /// Some fields: those that pass, of which all are given unless there are too many, then others.
    fn seen(&self, fields: &[Found<'_>], passing: &[&Found<'_>]) -> Vec<Seen> {
        let others = fields.iter().filter(|found| !passing.iter().any(|other| std::ptr::eq(*other, *found)));
        let see = |(found, accepted): (&Found<'_>, bool)| Seen {
            span: found.field.span,
            text: self.shown(found.field),
            accepted,
        };
        let order = passing.iter().map(|found| (*found, true)).chain(others.map(|found| (found, false)));
        order.take(MOST_VALUES).map(see).collect()
    }

    fn listed(&self, fields: &[Found<'_>]) -> String {
        if let [only] = fields {
            return self.shown(only.field);
        }
        let few: Vec<String> = fields.iter().take(3).map(|found| self.shown(found.field)).collect();
        let more = if fields.len() > 3 { format!(", and {} more", fields.len() - 3) } else { String::new() };
        format!("[{}{more}]", few.join(", "))
    }

    /// As the event spells it.
    fn shown(&self, field: &Field) -> String {
        let text = field.span.of(self.verdict.event);
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_string(),
        }
    }
}

fn node(kind: Kind, matches: bool, (code, message): (&'static str, String), span: Span, children: Vec<Node>) -> Node {
    Node { kind, matches, code, message, span, path: None, values: Vec::new(), hints: Vec::new(), children }
}

impl Node {
    fn on(self, list: &List, values: Vec<Seen>) -> Node {
        Node { path: Some(list.path.utf8().into_owned()), values, ..self }
    }
}
