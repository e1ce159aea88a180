//! Lists, objects and `$or`.

use super::{Case, LONGEST, accepted};
use crate::diagnostic::{Edit, Fix};
use crate::json::{Member, NodeKind};
use crate::operators;
use crate::pattern::site::Step;
use crate::pattern::{Limits, Pattern};
use crate::text::Span;

impl Case<'_> {
    pub(super) fn structure(&self, code: &str) -> Vec<Fix> {
        let Some(step) = self.site.step() else {
            return Vec::new();
        };
        let fix = match code {
            "pattern-value-not-a-list" => self.operator_without_list().or_else(|| self.or_of_operators()),
            "pattern-empty-object" => self.remove_empty(step),
            "pattern-empty-array" => return self.fill_list(),
            "pattern-nested-array" => self.flatten_list(),
            "operator-missing" => self.no_operator(),
            "or-not-an-array" => self.alternatives_of_object(step),
            "or-too-few" => self.only_alternative(step),
            "or-reserved-key" => self.or_of_operators(),
            _ => None,
        };
        fix.into_iter().collect()
    }

    /// `"state": {"prefix": "x"}`
    fn operator_without_list(&self) -> Option<Fix> {
        let step = self.site.step()?;
        let [.., parent, _] = self.site.steps.as_slice() else {
            return None;
        };
        let under_key = parent.member().value.span == step.object;
        (under_key && is_operator(step.member()) && accepted(step.object.of(self.text)))
            .then(|| wrap("wrap the operator in a list", step.object, "[", "]"))
    }

    fn remove_empty(&self, step: Step<'_>) -> Option<Fix> {
        if self.site.alternative.is_some() || step.member().value.span != self.span {
            return None;
        }
        step.removal().map(|span| Fix::one("remove the field", span, ""))
    }

    fn fill_list(&self) -> Vec<Fix> {
        vec![
            Fix::one("ask for no value (an empty array in an event has none)", self.span, r#"[{"exists": false}]"#),
            Fix::one("ask for any value", self.span, r#"[{"exists": true}]"#),
        ]
    }

    /// `[["a", "b"]]`
    fn flatten_list(&self) -> Option<Fix> {
        let element = self.site.element?.node();
        let inside = inside(element.span).of(self.text).trim();
        accepted(inside).then(|| Fix::one("remove the inner brackets", element.span, inside))
    }

    fn no_operator(&self) -> Option<Fix> {
        let removal = self.site.element?.removal();
        let any = || Fix::one("ask for any value", self.span, r#"{"exists": true}"#);
        Some(removal.map_or_else(any, |span| Fix::one("remove the empty object", span, "")))
    }

    /// `"$or": {"a": [1], "b": [2]}`: an alternative of each member.
    fn alternatives_of_object(&self, step: Step<'_>) -> Option<Fix> {
        let NodeKind::Object(members) = &step.member().value.kind else {
            return None;
        };
        let text = |member: &Member| member.key_span.to(member.value.span).of(self.text);
        let all: Vec<String> = members.iter().map(|member| format!("{{{}}}", text(member))).collect();
        match all.len() {
            0 => None,
            1 => self.unwrapped(step, members),
            _ => {
                let list = format!("[{}]", all.join(", "));
                valid(&format!("{{\"$or\": {list}}}")).then(|| Fix::one("make an alternative of each", self.span, list))
            }
        }
    }

    /// `"$or": [{"a": [1]}]`
    fn only_alternative(&self, step: Step<'_>) -> Option<Fix> {
        let NodeKind::Array(items) = &step.member().value.kind else {
            return None;
        };
        match items.as_slice() {
            [only] => match &only.kind {
                NodeKind::Object(members) => self.unwrapped(step, members),
                _ => None,
            },
            _ => None,
        }
    }

    /// The members in the place of the `$or` around them, if no key is there twice then.
    fn unwrapped(&self, step: Step<'_>, members: &[Member]) -> Option<Fix> {
        let taken = |key| step.members.iter().any(|other| other.key == key);
        if members.is_empty() || members.iter().any(|member| taken(member.key.clone())) {
            return None;
        }
        let first = members.first()?.key_span;
        let content = first.to(members.last()?.value.span).of(self.text);
        let member = step.member();
        valid(&format!("{{{content}}}"))
            .then(|| Fix::one("write it without `$or`", member.key_span.to(member.value.span), content))
    }

    /// `"state": {"$or": [{"prefix": "a"}, {"prefix": "b"}]}`: a list of tests says just that.
    fn or_of_operators(&self) -> Option<Fix> {
        let [.., field, or, _] = self.site.steps.as_slice() else {
            return None;
        };
        let tests = inside(or.member().value.span).of(self.text);
        (or.member().key == *"$or"
            && or.members.len() == 1
            && field.member().value.span == or.object
            && accepted(tests))
        .then(|| Fix::one("use a list of tests", or.object, format!("[{}]", tests.trim())))
    }
}

/// Would EventBridge take this pattern?
fn valid(pattern: &str) -> bool {
    pattern.len() <= LONGEST && Pattern::compile(pattern, &Limits::default()).is_ok()
}

fn is_operator(member: &Member) -> bool {
    operators::names().any(|name| member.key == *name)
}

/// What stands between the brackets.
fn inside(span: Span) -> Span {
    Span { start: span.start + 1, end: (span.end - 1).max(span.start + 1) }
}

/// Puts something around a piece of the text.
pub(crate) fn wrap(title: &str, span: Span, before: &str, after: &str) -> Fix {
    let insert = |at, text: &str| Edit { span: Span { start: at, end: at }, text: text.to_string() };
    Fix { title: title.to_string(), edits: vec![insert(span.start, before), insert(span.end, after)] }
}
