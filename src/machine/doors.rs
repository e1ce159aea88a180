//! Which condition of a branch is its door, and which is looked at next.

use super::{ConditionId, Machine};
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::operators::numeric::Numeric;
use crate::operators::prefix::Prefix;
use crate::operators::suffix::Suffix;

/// Of a branch: its door, which is the condition that the fewest events pass, by a guess from what is known when it is
/// added, and its guard, the next one after that. No door if all conditions can pass without a value; no guard if there
/// are no conditions.
pub(super) fn choose(machine: &Machine, conditions: &[ConditionId]) -> (Option<ConditionId>, Option<ConditionId>) {
    let condition = |id: &ConditionId| &machine.conditions[id.0 as usize];
    let possible = conditions.iter().filter(|id| !condition(id).wants_absence);
    let door = possible.min_by_key(|id| cost(machine, **id) + new_field(machine, **id)).copied();
    let others = conditions.iter().filter(|id| Some(**id) != door);
    // A guard that many branches have is judged once for all of them.
    let guard = others.min_by_key(|id| (condition(id).shared == 0, cost(machine, **id)));
    (door, guard.copied().or(door))
}

/// How commonly a condition passes: how many branches ask for the same, which says how common the value is in events as
/// well, and what its operators let through.
fn cost(machine: &Machine, id: ConditionId) -> u64 {
    let condition = &machine.conditions[id.0 as usize];
    let asked = &machine.doors[condition.path.0 as usize];
    // A value can pass each of the tests, but seldom several.
    let each = condition.tests.iter().map(|test| commonness(test) * (1 + u64::from(asked.asked(test))));
    each.max().unwrap_or(0)
}

/// What it costs to look at one more field of each event.
fn new_field(machine: &Machine, id: ConditionId) -> u64 {
    let path = machine.conditions[id.0 as usize].path;
    if machine.doors[path.0 as usize].has_doors() { 0 } else { 2 }
}

/// How commonly values pass, against a whole string.
fn commonness(test: &Test) -> u64 {
    match test {
        Test::Equals(Equals::Bool(_) | Equals::Null) => 32,
        Test::Equals(_) | Test::Exactly(_) | Test::Numeric(Numeric::Equal(_)) => 1,
        Test::EqualsIgnoreCase(_) => 2,
        // The longer, the rarer.
        Test::Prefix(Prefix { text }) | Test::Suffix(Suffix { text }) => 1 + 8 / (1 + text.text().len() as u64),
        Test::Wildcard(wildcard) => 1 + 16 / (1 + wildcard.text().len() as u64),
        Test::Cidr(_) => 16,
        Test::Numeric(_) => 64,
        Test::AnythingBut(_) | Test::Exists(_) => 512,
    }
}
