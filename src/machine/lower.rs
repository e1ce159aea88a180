//! From a pattern's words to a machine's: tests in one form each, and which condition of a branch is its door.

use super::{Branch, Condition, ConditionId};
use crate::operators::Test;
use crate::operators::equals::Equals;
use crate::pattern::List;

/// The tests of a list, those that ask the same in the same form.
pub(super) fn tests(list: &List) -> Vec<Test> {
    list.tests.iter().map(|(test, _)| plain(test)).collect()
}

fn plain(test: &Test) -> Test {
    match test {
        Test::Exactly(exactly) => Test::Equals(Equals::String(exactly.text.clone())),
        _ => test.clone(),
    }
}

/// The condition of a branch that the fewest events pass, as far as its operators tell; the first of several. None if
/// all of them can pass without a value.
pub(super) fn door(branch: &Branch, conditions: &[Condition]) -> Option<ConditionId> {
    let condition = |id: &&ConditionId| &conditions[id.0 as usize];
    let possible = branch.conditions.iter().filter(|id| !condition(id).wants_absence);
    possible.min_by_key(|id| condition(id).tests.iter().map(commonness).max()).copied()
}

/// How commonly values pass: 0 for the rarest.
fn commonness(test: &Test) -> u8 {
    match test {
        Test::Equals(Equals::Bool(_) | Equals::Null) => 2,
        Test::Equals(_) | Test::Exactly(_) => 0,
        Test::EqualsIgnoreCase(_) => 1,
        Test::Prefix(_) | Test::Suffix(_) | Test::Wildcard(_) | Test::Cidr(_) => 3,
        Test::Numeric(_) => 4,
        Test::AnythingBut(_) => 5,
        Test::Exists(_) => 6,
    }
}
