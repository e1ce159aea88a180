//! Many rules against one event at once. In: patterns under numbers, then an event. Out: the numbers of those that
//! match, ascending. It knows no names and no spans; it is judged by `explain`, which does it plainly.
//!
//! How it works, from the naive loop on:
//! 1. The tests on one path are a *condition*, kept once however many branches have it, and judged at most once an event.
//! 2. A branch is only looked at when one of its conditions, the *door*, is opened by a value of the event. The door is
//!    the condition that the fewest events open. Doors are found by their values (`values`), not one by one.
//! 3. Only the paths of conditions are read from the event.
//! 4. Where fields stand in arrays of objects, those that a branch takes must fit together (`fields`).

mod fields;
mod lower;
mod values;

use crate::event::{EventError, Fields, PathId, Paths, Problem, read};
use crate::operators::Test;
use crate::order::{Map, sort_by};
use crate::pattern::Pattern;
use crate::text::Span;
use std::collections::BTreeMap;
use values::Values;

/// Number of a rule; the answers come in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct ConditionId(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct BranchId(u32);

/// Rules, ready to be asked.
///
/// ```
/// use eventbridge_rules::machine::{Machine, Memory, RuleId};
/// use eventbridge_rules::pattern::{Limits, Pattern};
/// let mut machine = Machine::default();
/// machine.add(RuleId(7), &Pattern::compile(r#"{"source": ["aws.s3"]}"#, &Limits::default()).unwrap());
/// let mut memory = Memory::default();
/// assert_eq!(machine.matches(r#"{"source": "aws.s3"}"#, &mut memory).unwrap(), [RuleId(7)]);
/// ```
#[derive(Debug, Default)]
pub struct Machine {
    paths: Paths,
    /// For each path: which conditions a value opens that are doors.
    doors: Vec<Values>,
    conditions: Vec<Condition>,
    condition_ids: Map<(PathId, Vec<Test>), ConditionId>,
    branches: Vec<Branch>,
    /// Branches without a door: they ask only for what is absent.
    open: Vec<BranchId>,
    rules: BTreeMap<RuleId, std::ops::Range<u32>>,
}

/// The tests on one path.
#[derive(Debug)]
struct Condition {
    path: PathId,
    tests: Vec<Test>,
    wants_absence: bool,
    /// The branches whose door this is.
    branches: Vec<BranchId>,
    /// Are its tests among the doors of its path?
    is_door: bool,
}

#[derive(Debug)]
struct Branch {
    rule: RuleId,
    /// In the order in which the reference looks at their paths.
    conditions: Vec<ConditionId>,
}

/// What a machine writes down while it answers. Can be used again, also for another machine.
#[derive(Debug, Default)]
pub struct Memory {
    fields: Fields,
    event: u32,
    conditions: Vec<Verdict>,
    /// The last event for which a branch was looked at, and a rule matched.
    branches: Vec<u32>,
    opened: Vec<ConditionId>,
    matched: Vec<RuleId>,
    /// How much search each rule has cost whose fields stand in arrays.
    steps: Map<RuleId, usize>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Verdict {
    /// The event for which it was judged.
    judged: u32,
    passes: bool,
    /// The event for which it was opened as a door.
    opened: u32,
}

impl Machine {
    /// Adds a rule. A rule that already has this number must be removed first.
    pub fn add(&mut self, rule: RuleId, pattern: &Pattern) {
        let first = self.branches.len() as u32;
        for branch in pattern.branches() {
            let lists = branch.iter().map(|list| pattern.list(*list));
            let conditions: Vec<ConditionId> = lists
                .map(|list| {
                    let path = self.paths.add(&list.path, pattern.empty_keys());
                    self.condition(path, lower::tests(list))
                })
                .collect();
            self.add_branch(Branch { rule, conditions });
        }
        self.rules.insert(rule, first..self.branches.len() as u32);
    }

    /// Removes a rule; was there one? What it alone needed stays until the machine is built anew.
    pub fn remove(&mut self, rule: RuleId) -> bool {
        let Some(branches) = self.rules.remove(&rule) else {
            return false;
        };
        for id in branches {
            let door = lower::door(&self.branches[id as usize], &self.conditions);
            let list = match door {
                Some(door) => &mut self.conditions[door.0 as usize].branches,
                None => &mut self.open,
            };
            list.retain(|branch| branch.0 != id);
        }
        true
    }

    /// How many branches it was ever given; against those in use it tells whether building it anew pays.
    pub fn branches_ever(&self) -> usize {
        self.branches.len()
    }

    /// How many branches are in use.
    pub fn branches_in_use(&self) -> usize {
        self.rules.values().map(|branches| branches.len()).sum()
    }

    fn condition(&mut self, path: PathId, tests: Vec<Test>) -> ConditionId {
        let next = ConditionId(self.conditions.len() as u32);
        let key = (path, tests);
        if let Some(known) = self.condition_ids.get(&key) {
            return *known;
        }
        let wants_absence = key.1.iter().any(Test::wants_absence);
        let tests = key.1.clone();
        self.conditions.push(Condition { path, tests, wants_absence, branches: Vec::new(), is_door: false });
        self.condition_ids.insert(key, next);
        next
    }

    fn add_branch(&mut self, branch: Branch) {
        let id = BranchId(self.branches.len() as u32);
        match lower::door(&branch, &self.conditions) {
            None => self.open.push(id),
            Some(door) => {
                let condition = &mut self.conditions[door.0 as usize];
                condition.branches.push(id);
                if !condition.is_door {
                    condition.is_door = true;
                    let path = condition.path.0 as usize;
                    self.doors.resize_with(self.doors.len().max(path + 1), Values::default);
                    condition.tests.iter().for_each(|test| self.doors[path].add(test, door));
                }
            }
        }
        self.branches.push(branch);
    }

    /// The rules that match an event, ascending.
    ///
    /// # Errors
    /// If the text is no event, see [`crate::event::read`].
    pub fn matches<'m>(&self, text: &str, memory: &'m mut Memory) -> Result<&'m [RuleId], EventError> {
        read(text, &self.paths, &mut memory.fields)?;
        memory.begin(self);
        self.open_doors(text, memory);
        let mut matched = std::mem::take(&mut memory.matched);
        let opened = std::mem::take(&mut memory.opened);
        let behind = opened.iter().flat_map(|door| &self.conditions[door.0 as usize].branches);
        let outcome = self.try_branches(behind.chain(&self.open), text, memory, &mut matched);
        memory.opened = opened;
        sort_by(&mut matched, |a, b| a < b);
        matched.dedup();
        memory.matched = matched;
        outcome.map(|()| memory.matched.as_slice())
    }

    fn open_doors(&self, text: &str, memory: &mut Memory) {
        let Memory { fields, conditions, opened, event, .. } = memory;
        for field in fields.all() {
            let Some(doors) = self.doors.get(field.path.0 as usize).filter(|doors| !doors.is_empty()) else {
                continue;
            };
            doors.opened_by(&fields.value(text, field), &mut |door| {
                let verdict = &mut conditions[door.0 as usize];
                if verdict.opened != *event {
                    *verdict = Verdict { judged: *event, passes: true, opened: *event };
                    opened.push(door);
                }
            });
        }
    }

    fn try_branches<'b>(
        &self,
        branches: impl Iterator<Item = &'b BranchId>,
        text: &str,
        memory: &mut Memory,
        matched: &mut Vec<RuleId>,
    ) -> Result<(), EventError> {
        for id in branches {
            let branch = &self.branches[id.0 as usize];
            if std::mem::replace(&mut memory.branches[id.0 as usize], memory.event) == memory.event {
                continue;
            }
            if !branch.conditions.iter().all(|condition| self.passes(*condition, text, memory)) {
                continue;
            }
            if memory.fields.flat() || self.fits_together(branch, text, memory)? {
                matched.push(branch.rule);
            }
        }
        Ok(())
    }

    /// Is there a value that passes, or none where none is wanted? Which of several is no question here.
    fn passes(&self, id: ConditionId, text: &str, memory: &mut Memory) -> bool {
        let verdict = memory.conditions[id.0 as usize];
        if verdict.judged == memory.event {
            return verdict.passes;
        }
        let condition = &self.conditions[id.0 as usize];
        let fields = &memory.fields;
        // In arrays of objects a value may be absent from the element in question and present in another.
        let absent = condition.wants_absence && (!fields.flat() || fields.at(condition.path).next().is_none());
        let passes = absent
            || fields.at(condition.path).any(|field| {
                let value = fields.value(text, field);
                condition.tests.iter().any(|test| test.passes(&value))
            });
        let verdict = &mut memory.conditions[id.0 as usize];
        verdict.judged = memory.event;
        verdict.passes = passes;
        passes
    }

    fn fits_together(&self, branch: &Branch, text: &str, memory: &mut Memory) -> Result<bool, EventError> {
        let Memory { fields, steps, .. } = memory;
        let choices = branch.conditions.iter().map(|id| {
            let condition = &self.conditions[id.0 as usize];
            let passing = |value: &crate::value::Value<'_>| condition.tests.iter().any(|test| test.passes(value));
            fields::Choice::new(fields, text, condition.path, condition.wants_absence, passing)
        });
        fields::fit_together(fields, choices.collect(), steps.entry(branch.rule).or_default())
            .map_err(|fields::TooMany| EventError::one(text, Problem::TooAmbiguous, Span::new(0, text.len().min(1))))
    }
}

impl Memory {
    /// Forgets the last event; sized for `machine`.
    fn begin(&mut self, machine: &Machine) {
        self.event = self.event.wrapping_add(1);
        if self.event == 0 {
            // After four thousand million events the old marks would look new.
            self.conditions.clear();
            self.branches.clear();
            self.event = 1;
        }
        let (conditions, branches) = (machine.conditions.len(), machine.branches.len());
        self.conditions.resize(self.conditions.len().max(conditions), Verdict::default());
        self.branches.resize(self.branches.len().max(branches), 0);
        self.opened.clear();
        self.matched.clear();
        self.steps.clear();
    }
}
