//! The elements of a list beside each other: those that add nothing, and lists that everything or nothing passes.

use super::covers::{any_string, covers, exclusive};
use super::{Look, Problem};
use crate::diagnostic::{Edit, Fix};
use crate::json::NodeKind;
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::exists::Exists;
use crate::operators::numeric::{Bound, Numeric};
use crate::order::Map;
use crate::pattern::List;
use crate::pattern::fixes::accepted;
use crate::text::Span;

/// Pairs of elements compared in one pattern; a pattern within the limits of EventBridge has fewer.
const MOST_PAIRS: usize = 200_000;

pub(super) fn look(look: &mut Look<'_>) {
    let mut pairs = 0;
    let pattern = look.pattern;
    for list in pattern.lists() {
        never(look, list);
        always(look, list);
        beside(look, list);
        dead(look, list, &mut pairs);
    }
}

fn never(look: &mut Look<'_>, list: &List) {
    for (test, span) in &list.tests {
        let why = match test {
            Test::AnythingBut(AnythingBut::Nothing) => "the list of `anything-but` is empty",
            Test::Numeric(Numeric::Range { low, high }) if !holds_any(low.as_ref(), high.as_ref()) => {
                "there is no number in this range"
            }
            _ => continue,
        };
        look.report(&Problem::NeverPasses(why), *span, look.without_element(*span));
    }
}

/// Is any double in the range?
fn holds_any(low: Option<&Bound>, high: Option<&Bound>) -> bool {
    let amount = |bound: Option<&Bound>, none: f64| bound.map_or(Some(none), |bound| bound.number.amount());
    let (Some(low_amount), Some(high_amount)) = (amount(low, f64::MIN), amount(high, f64::MAX)) else {
        return true;
    };
    let least = if low.is_some_and(|bound| !bound.inclusive) { low_amount.next_up() } else { low_amount };
    let most = if high.is_some_and(|bound| !bound.inclusive) { high_amount.next_down() } else { high_amount };
    least <= most && least.is_finite() && most.is_finite()
}

fn exists(test: &Test) -> Option<bool> {
    match test {
        Test::Exists(Exists { exists }) => Some(*exists),
        _ => None,
    }
}

fn always(look: &mut Look<'_>, list: &List) {
    let has = |wanted| list.tests.iter().any(|(test, _)| exists(test) == Some(wanted));
    if has(true) && has(false) {
        look.report(&Problem::AlwaysPasses("event"), list.span, remove_field(look, list));
        return;
    }
    if has(true) {
        return;
    }
    let mut others: Vec<&(Test, Span)> = list.tests.iter().filter(|(test, _)| anything_but(test).is_some()).collect();
    others.truncate(64);
    for (at, (test, span)) in others.iter().enumerate().skip(1) {
        if !others[..at].iter().any(|(other, _)| exclusive(other, test)) {
            continue;
        }
        look.report(&Problem::AnythingButSplit, *span, merged(look, &others));
        return;
    }
    if let Some((_, span)) = others.iter().find(|(test, _)| allowed_elsewhere(list, test)) {
        look.report(&Problem::AlwaysPasses("value"), *span, None);
    }
}

fn remove_field(look: &Look<'_>, list: &List) -> Option<Fix> {
    let site = look.site(list.key_span);
    Some(Fix::one("remove the field", site.step()?.removal()?, ""))
}

fn anything_but(test: &Test) -> Option<&AnythingBut> {
    match test {
        Test::AnythingBut(test) => Some(test),
        _ => None,
    }
}

/// Does another element take all that this `anything-but` leaves out?
fn allowed_elsewhere(list: &List, test: &Test) -> bool {
    use crate::value::Value;
    let others = || list.tests.iter().map(|(other, _)| other).filter(|other| *other != test);
    let taken = |value: &Value<'_>| others().any(|other| other.passes(value));
    match anything_but(test) {
        Some(AnythingBut::Strings(texts)) if texts.len() < 64 => {
            texts.iter().all(|text| taken(&Value::String(text.as_str().into())))
        }
        Some(AnythingBut::Numbers(numbers)) if numbers.len() < 64 => {
            numbers.iter().all(|number| taken(&Value::Number(number.clone())))
        }
        Some(_) => others().any(any_string),
        None => false,
    }
}

/// The values of all elements in one `anything-but`, where they are written alike.
fn merged(look: &Look<'_>, all: &[&(Test, Span)]) -> Option<Fix> {
    let mut values = Vec::new();
    let mut edits = Vec::new();
    for (_, span) in all {
        let element = look.element(*span)?;
        let NodeKind::Object(members) = &element.node().kind else { return None };
        let operand = &members.first()?.value;
        match &operand.kind {
            NodeKind::Array(items) => values.extend(items.iter().map(|item| item.span.of(look.text))),
            NodeKind::String(_) | NodeKind::Number(_) => values.push(operand.span.of(look.text)),
            _ => return None,
        }
        let place = if edits.is_empty() { *span } else { element.removal()? };
        edits.push(Edit { span: place, text: String::new() });
    }
    edits.first_mut()?.text = format!("{{\"anything-but\": [{}]}}", values.join(", "));
    accepted(&edits[0].text).then(|| Fix { title: "put all values into one `anything-but`".to_string(), edits })
}

/// `{"exists": false}` and something else.
fn beside(look: &mut Look<'_>, list: &List) {
    let absent = list.tests.iter().find(|(test, _)| test.wants_absence());
    let others = list.tests.iter().any(|(test, _)| exists(test).is_none());
    if let (Some((_, span)), true) = (absent, others) {
        look.report(&Problem::ExistsFalseBeside(list.path.utf8().into_owned()), *span, None);
    }
}

/// Elements that add nothing to the others.
fn dead(look: &mut Look<'_>, list: &List, pairs: &mut usize) {
    let mut known: Map<&Test, usize> = Map::default();
    let wide: Vec<usize> = (0..list.tests.len()).filter(|at| is_wide(&list.tests[*at].0)).collect();
    for (at, (test, span)) in list.tests.iter().enumerate() {
        if known.insert(test, at).is_some() {
            look.report(&Problem::TestRepeated, *span, look.without_element(*span));
            continue;
        }
        *pairs += wide.len();
        if *pairs > MOST_PAIRS {
            return;
        }
        let other = wide.iter().copied().find(|&other| {
            let wider = &list.tests[other].0;
            // Of two that say the same the later one adds nothing.
            other != at && wider != test && covers(wider, test) && (other < at || !covers(test, wider))
        });
        if let Some(other) = other {
            let by = shown(list.tests[other].1.of(look.text));
            look.report(&Problem::TestDead(by), *span, look.without_element(*span));
        }
    }
}

/// Can it take the place of other tests? Strings cannot, which are most of the elements of a long list.
fn is_wide(test: &Test) -> bool {
    use crate::operators::equals::Equals;
    !matches!(test, Test::Equals(Equals::String(_) | Equals::Bool(_) | Equals::Null))
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
