//! Which condition of a branch is its door.

use super::{ConditionId, Machine};
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::operators::numeric::Numeric;
use crate::operators::prefix::Prefix;
use crate::operators::suffix::Suffix;

/// The condition of a branch that the fewest events pass, by a guess from what all branches ask for that are known so far.
/// None if all conditions can pass without a value.
pub(super) fn choose(machine: &Machine, conditions: &[ConditionId]) -> Option<ConditionId> {
    let mut possible = conditions.iter().filter(|id| !machine.conditions[id.0 as usize].wants_absence).copied();
    // Many patterns ask for one field: there is nothing to compare.
    if let [_] = conditions {
        return possible.next();
    }
    possible.min_by_key(|id| cost(machine, *id) + new_field(machine, *id))
}

/// How commonly a condition passes: how many branches ask for the same, which says how common the value is in events as
/// well, and what its operators let through.
pub(super) fn cost(machine: &Machine, id: ConditionId) -> u64 {
    let condition = &machine.conditions[id.0 as usize];
    let asked = &machine.doors[condition.path.0 as usize];
    // A value can pass each of the tests, but seldom several.
    let each = condition.tests.iter().map(|test| commonness(test) * (1 + u64::from(asked.asked(test))));
    each.max().unwrap_or(0)
}

/// What it costs to look at one more field of each event, which all share that ask for it; and to look into objects, where
/// nobody does yet.
fn new_field(machine: &Machine, id: ConditionId) -> u64 {
    let path = machine.conditions[id.0 as usize].path;
    let doors = &machine.doors[path.0 as usize];
    if doors.has_doors() {
        return 0;
    }
    let field = 2 + machine.branches_in_use as u64 / (2 * u64::from(doors.users()));
    let objects = if machine.opens_objects || !machine.paths.is_nested(path) { 0 } else { OBJECTS };
    field + objects
}

/// To look into the objects of an event takes as long as this many branches that open for nothing.
const OBJECTS: u64 = 12;

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
