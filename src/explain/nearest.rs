//! How near a miss was: the fewest conditions that fail over all ways to read the pattern, and changes of the event and
//! of the pattern that would flip the verdict. A change is only offered after it was tried.

use super::judge::{Verdict, judge};
use super::{Explanation, NearestMiss, edits};
use crate::diagnostic::{Edit, Fix};
use crate::event::{Field, PlaceId};
use crate::json::{self, Node};
use crate::operators;
use crate::order::sort_by_number;
use crate::pattern::ListId;
use crate::text::Span;

/// Changes that are tried before nothing is offered.
const MOST_TRIALS: usize = 20;

/// What the trials may cost together, in the measure of [`Verdict::effort`].
const MOST_EFFORT: usize = 5_000_000;

pub(super) fn nearest(verdict: &Verdict<'_>, explanation: &Explanation) -> Option<NearestMiss> {
    let failing: Vec<ListId> = verdict.branch.iter().copied().filter(|list| !verdict.passes_alone(*list)).collect();
    let blamed = if failing.is_empty() { in_arrays(verdict) } else { failing.clone() };
    let trials = (MOST_EFFORT / verdict.effort.max(1)).min(MOST_TRIALS);
    let miss = Miss { verdict, failing, trials };
    let message = explanation.summary.trim_start_matches("no match: ").to_string();
    Some(NearestMiss {
        paths: blamed.iter().map(|list| verdict.path(*list)).collect(),
        message,
        in_event: if trials > 0 { miss.in_event() } else { None },
        in_pattern: if trials > 0 { miss.in_pattern() } else { None },
    })
}

/// The lists whose values stand in arrays of objects.
fn in_arrays(verdict: &Verdict<'_>) -> Vec<ListId> {
    let inside = |list: &ListId| verdict.fields_of(*list).any(|field| field.place != PlaceId::ROOT);
    verdict.branch.iter().copied().filter(inside).collect()
}

struct Miss<'a> {
    verdict: &'a Verdict<'a>,
    failing: Vec<ListId>,
    trials: usize,
}

impl Miss<'_> {
    fn in_event(&self) -> Option<Fix> {
        let (event, _) = json::parse(self.verdict.event);
        if self.failing.is_empty() {
            return self.in_one_element();
        }
        let changes: Option<Vec<(Edit, String)>> = self.failing.iter().map(|list| self.change(&event, *list)).collect();
        self.tried(changes?)
    }

    /// All fields pass, but in different elements: one value in one of them is changed.
    fn in_one_element(&self) -> Option<Fix> {
        let lists = in_arrays(self.verdict);
        let candidates = lists.iter().flat_map(|list| self.verdict.fields_of(*list).map(move |field| (*list, field)));
        let failing = candidates.filter(|(list, field)| !self.verdict.field_passes(*list, field));
        failing.take(self.trials).find_map(|(list, field)| self.tried(vec![self.replacement(list, field)?]))
    }

    /// The change, if the pattern matches after it.
    fn tried(&self, mut changes: Vec<(Edit, String)>) -> Option<Fix> {
        sort_by_number(&mut changes, |(edit, _)| u64::from(edit.span.start));
        let overlap = changes.windows(2).any(|pair| pair[0].0.span.end > pair[1].0.span.start);
        if overlap || same_place(&changes) {
            return None;
        }
        let titles: Vec<&str> = changes.iter().map(|(_, title)| title.as_str()).collect();
        let title = titles.join(", ");
        let edits: Vec<Edit> = changes.into_iter().map(|(edit, _)| edit).collect();
        let event = edits::applied(self.verdict.event, &edits);
        judge(self.verdict.pattern, &event).is_ok_and(|verdict| verdict.matches).then_some(Fix { title, edits })
    }

    /// What would make one list pass, and in words.
    fn change(&self, event: &Node, list: ListId) -> Option<(Edit, String)> {
        let path = self.verdict.path(list);
        let tests = &self.verdict.list(list).tests;
        let mut fields = self.verdict.fields_of(list);
        let Some(first) = fields.next() else {
            let value = tests.iter().find_map(|(test, _)| edits::passing(test, None))?;
            return Some((edits::insertion(event, &path, &value)?, format!("add `{path}` with {value}")));
        };
        if let Some(change) = self.replacement(list, first) {
            return Some(change);
        }
        let only = fields.next().is_none() && tests.iter().any(|(test, _)| test.wants_absence());
        only.then(|| Some((edits::removal(event, first.span)?, format!("remove `{path}`"))))?
    }

    fn replacement(&self, list: ListId, field: &Field) -> Option<(Edit, String)> {
        let value = self.verdict.fields.value(self.verdict.event, field);
        let tests = &self.verdict.list(list).tests;
        let text = tests.iter().find_map(|(test, _)| edits::passing(test, Some(&value)))?;
        let title = format!("change `{}` to {text}", self.verdict.path(list));
        Some((Edit { span: field.span, text }, title))
    }

    /// The value that is there is put into each list that fails.
    fn in_pattern(&self) -> Option<Fix> {
        let mut failing = self.failing.clone();
        sort_by_number(&mut failing, |list| u64::from(self.verdict.list(*list).span.start));
        let mut titles = Vec::new();
        let mut edits = Vec::new();
        let mut tests = Vec::new();
        for list in failing {
            let (path, span) = (self.verdict.path(list), self.verdict.list(list).span);
            let value = self.verdict.fields_of(list).next().map(|field| field.span.of(self.verdict.event));
            titles.push(match value {
                Some(value) => format!("let `{path}` be {value} too"),
                None => format!("let `{path}` be absent too"),
            });
            let text = value.unwrap_or(r#"{"exists": false}"#);
            tests.push((list, operators::parse(&json::parse(text).0, &mut Vec::new())?));
            edits.push(Edit { span: Span { start: span.end - 1, end: span.end - 1 }, text: format!(", {text}") });
        }
        // The text would say the same; reading it again would take most of the time.
        let pattern = self.verdict.pattern.with_tests(tests);
        let flips = judge(&pattern, self.verdict.event).is_ok_and(|verdict| verdict.matches);
        (flips && !edits.is_empty()).then(|| Fix { title: titles.join(", "), edits })
    }
}

/// Do two changes begin at the same character? Which of them comes first would be left open.
fn same_place(changes: &[(Edit, String)]) -> bool {
    changes.windows(2).any(|pair| pair[0].0.span.start == pair[1].0.span.start)
}
