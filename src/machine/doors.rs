//! Which condition of a branch is its door.

use super::{ConditionId, Machine};
use crate::operators::Test;
use crate::operators::equals::Equals;

/// The condition behind which the branch is looked at the least often, by a guess from what is known when it is added;
/// the first of several. None if all of them can pass without a value.
pub(super) fn choose(machine: &Machine, conditions: &[ConditionId]) -> Option<ConditionId> {
    let possible = conditions.iter().filter(|id| !machine.conditions[id.0 as usize].wants_absence);
    possible.min_by_key(|id| cost(machine, **id)).copied()
}

/// How much it costs when one more branch waits behind this door.
fn cost(machine: &Machine, id: ConditionId) -> u64 {
    let condition = &machine.conditions[id.0 as usize];
    let doors = machine.doors.get(condition.path.0 as usize).filter(|doors| !doors.is_empty());
    let waiting = |test| doors.map_or(0, |doors| doors.waiting(test));
    // A value can open a door by each of its tests, but seldom by several.
    let most = condition.tests.iter().map(|test| commonness(test) * (1 + u64::from(waiting(test)))).max();
    // Without any test it is never opened, which is the cheapest.
    most.unwrap_or(0) + if doors.is_none() { NEW_FIELD } else { 0 }
}

/// What it costs to look at one more field of each event.
const NEW_FIELD: u64 = 8;

/// How commonly values pass, against a whole string.
fn commonness(test: &Test) -> u64 {
    match test {
        Test::Equals(Equals::Bool(_) | Equals::Null) => 32,
        Test::Equals(_) | Test::Exactly(_) => 1,
        Test::EqualsIgnoreCase(_) => 2,
        Test::Prefix(_) | Test::Suffix(_) => 6,
        Test::Wildcard(_) => 8,
        Test::Cidr(_) => 16,
        Test::Numeric(_) => 64,
        Test::AnythingBut(_) | Test::Exists(_) => 512,
    }
}
