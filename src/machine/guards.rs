//! What is asked of a branch before it is looked at. Many branches wait behind a popular door, each with conditions of its
//! own that lie far apart in memory. The two that say the most are kept beside the branch as numbers, and the values of
//! the event are turned into such numbers once.

use super::memory::Memory;
use super::{Branch, BranchId, ConditionId, Machine, RuleId, doors};
use crate::event::PathId;
use crate::operators::Test;
use crate::value::Value;

/// A branch behind a door.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) branch: BranchId,
    pub(super) rule: RuleId,
    guards: [Guard; 2],
    /// What is left to ask when door and guards have said yes.
    pub(super) left: Left,
}

/// What is left to ask of a branch.
#[derive(Clone, Copy, Debug)]
pub(super) enum Left {
    Nothing,
    One(ConditionId),
    Two([ConditionId; 2]),
    /// All of its conditions, guards included: there are more, or there is no door, or it was not worked out.
    All,
}

impl Left {
    fn of(mut conditions: impl Iterator<Item = ConditionId>) -> Left {
        match (conditions.next(), conditions.next(), conditions.next()) {
            (None, ..) => Left::Nothing,
            (Some(one), None, _) => Left::One(one),
            (Some(one), Some(two), None) => Left::Two([one, two]),
            _ => Left::All,
        }
    }
}

/// What the guards of a branch say.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Said {
    /// One of them does not pass.
    No,
    /// They may pass.
    Perhaps,
    /// They pass. Whether they fit together is asked elsewhere.
    Yes,
}

/// The value at a path has one of two numbers.
#[derive(Clone, Copy, Debug)]
struct Guard {
    path: PathId,
    numbers: [u32; 2],
}

impl Guard {
    /// Asks for nothing.
    const OPEN: Guard = Guard { path: PathId(u32::MAX), numbers: [MANY; 2] };
}

/// No number: there is no value, or one that no rule names.
const NONE: u32 = u32::MAX;

/// No number: there are several values.
const MANY: u32 = u32::MAX - 1;

impl Waiting {
    /// `branch` of `rule`, of which nothing is asked in advance.
    pub(super) fn unguarded(branch: BranchId, rule: RuleId) -> Waiting {
        Waiting { branch, rule, guards: [Guard::OPEN; 2], left: Left::All }
    }

    /// `branch`, whose conditions are all known to the machine.
    pub(super) fn new(machine: &Machine, id: BranchId, branch: &Branch) -> Waiting {
        const NO_GUARD: (u64, Option<ConditionId>, Guard) = (u64::MAX, None, Guard::OPEN);
        let mut guards = [NO_GUARD; 2];
        let conditions = machine.asked_by(branch).iter().copied().filter(|id| Some(*id) != branch.door);
        for condition in conditions.clone() {
            let Some(guard) = guard(machine, condition) else {
                continue;
            };
            let cost = doors::cost(machine, condition);
            let found = (cost, Some(condition), guard);
            if cost < guards[0].0 {
                guards = [found, guards[0]];
            } else if cost < guards[1].0 {
                guards[1] = found;
            }
        }
        let is_guard = |id: &ConditionId| guards.iter().any(|(_, guard, _)| *guard == Some(*id));
        let left = match branch.door {
            Some(_) => Left::of(conditions.filter(|id| !is_guard(id))),
            None => Left::All,
        };
        Waiting { branch: id, rule: branch.rule, guards: guards.map(|(_, _, guard)| guard), left }
    }

    /// Is the door its only condition? Then there is nothing to fit together.
    pub(super) fn is_one_condition(&self) -> bool {
        matches!(self.left, Left::Nothing) && self.guards[0].path == Guard::OPEN.path
    }

    /// What the guards say, when the door is open.
    #[inline(always)]
    pub(super) fn ask(&self, machine: &Machine, text: &str, memory: &mut Memory) -> Said {
        let mut said = Said::Yes;
        for guard in &self.guards {
            if guard.path == Guard::OPEN.path {
                break;
            }
            let number = number_at(machine, guard.path, text, memory);
            if number == MANY {
                said = Said::Perhaps;
            } else if number != guard.numbers[0] && number != guard.numbers[1] {
                return Said::No;
            }
        }
        said
    }
}

/// A condition of one or two whole strings as a guard.
#[inline(never)]
fn guard(machine: &Machine, id: ConditionId) -> Option<Guard> {
    let condition = &machine.conditions[id.0 as usize];
    let values = &machine.doors[condition.path.0 as usize];
    let number = |test: &Test| values.number_of(super::condition::text_of(test)?);
    let (first, second) = match &*condition.tests {
        [only] => (number(only)?, number(only)?),
        [first, second] => (number(first)?, number(second)?),
        _ => return None,
    };
    Some(Guard { path: condition.path, numbers: [first, second] })
}

#[inline(always)]
fn number_at(machine: &Machine, path: PathId, text: &str, memory: &mut Memory) -> u32 {
    match memory.numbers.get(path.0 as usize) {
        Some((event, number)) if *event == memory.judged.event() => *number,
        _ => find_number(machine, path, text, memory),
    }
}

#[inline(never)]
fn find_number(machine: &Machine, path: PathId, text: &str, memory: &mut Memory) -> u32 {
    let mut fields = memory.fields.at(path);
    let number = match (fields.next(), fields.next()) {
        (_, Some(_)) => MANY,
        (Some(field), None) => match memory.fields.value(text, field) {
            Value::String(value) => machine.doors[path.0 as usize].number_of(&value).unwrap_or(NONE),
            _ => NONE,
        },
        (None, None) => NONE,
    };
    let event = memory.judged.event();
    memory.numbers.resize(memory.numbers.len().max(path.0 as usize + 1), (0, NONE));
    memory.numbers[path.0 as usize] = (event, number);
    number
}
