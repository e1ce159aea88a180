//! Many rules against one event at once. In: patterns under numbers, then an event. Out: the numbers of those that
//! match, ascending. It knows no names and no spans; it is judged by `explain`, which does it plainly.
//!
//! # How it works, from the naive loop on
//!
//! **A loop over all rules** costs as much as there are rules, and reads the same fields for each of them. So only the
//! paths that some rule asks for are read from the event, once ([`crate::event`]).
//!
//! **Conditions.** The tests on one path are a *condition*, kept once however many branches have it (a branch is a
//! pattern whose `$or` are decided), and judged at most once an event: thousands of rules say `"source": ["aws.s3"]`.
//!
//! **Doors.** A branch is only looked at when one of its conditions, its *door*, is opened by a value of the event.
//! Judging the others can wait until then, and mostly never happens. (Judging every condition first and counting what
//! a branch still lacks was 7 times slower with 100,000 mixed rules.)
//!
//! **Which condition is the door** is decided when as many rules are known as can be ([`Machine::settle`]): the one whose
//! tests the fewest branches ask for, weighed with how commonly values pass its operator (`doors`); what many rules name
//! is common in events as well. (To decide when a rule is added lets the first ones wait behind what is common later:
//! events then open several times as many doors.) So the branches spread over all values that tell them apart, also where
//! thousands of rules have the same `source`; and as long as there are few, they share fields. (To take always the most
//! selective operator would put all rules of one `detail-type` behind one door. To count the branches that wait behind a
//! door, and not those that ask, spread them over popular values as well.)
//!
//! **Guards.** Where many branches wait behind a door, what else each asks for lies scattered in memory. Two conditions of
//! each are kept beside it as numbers of strings (`guards`), so that few branches are looked at; and what is left to ask
//! then, if that is little. All that is left is touched before the first of it is asked, so that the processor fetches it
//! at once (`ask`). With 100,000 mixed rules, to keep what is left beside the branch and to touch it ahead make an event a
//! quarter to a third cheaper.
//!
//! **Doors are found by their values** and not asked one by one (`values`): whole strings, beginnings, ends, addresses
//! and numbers by hash, ranges by the bits that their ends share (`intervals`), wildcards by the rarest of their fixed
//! pieces (`wildcards`).
//!
//! **Events that are parsed already** are read by their owner, who is told what to look at (`plan`): first what opens
//! doors, then what the branches behind them ask for.
//!
//! **Arrays.** Where fields stand in arrays of objects, those that a branch takes must fit together (`fields`).

mod ask;
mod condition;
mod doors;
mod fields;
mod guards;
mod intervals;
mod keyed;
mod memory;
mod plan;
mod values;
mod wildcards;

pub use memory::Memory;
pub use plan::{Clue, Clues, Plan, TextGuard, Wanted, Way};

use crate::event::{PathId, Paths};
use crate::operators::Test;
use crate::order::{Mixer, Table};
use crate::pattern::Pattern;
use condition::Condition;
use guards::Waiting;
use std::hash::{Hash, Hasher};
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
/// machine.add(RuleId(7), &Pattern::compile(r#"{"source": ["aws.s3"]}"#, &Limits::default())?);
/// let mut memory = Memory::default();
/// assert_eq!(machine.matches(r#"{"source": "aws.s3"}"#, &mut memory)?, [RuleId(7)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Machine {
    paths: Paths,
    /// For each path: which conditions a value opens that are doors.
    doors: Vec<Values>,
    conditions: Vec<Condition>,
    /// Conditions by path and tests.
    known: Table,
    branches: Vec<Branch>,
    /// The conditions of all branches, one branch behind the other.
    asked: Vec<ConditionId>,
    /// Branches without a door: they ask only for what is absent, or none has been chosen yet.
    open: Vec<Waiting>,
    /// So many of these have no door for good. The others come behind them.
    settled: usize,
    /// The branches of each rule, in the order of their numbers; none if it was removed.
    rules: Vec<(RuleId, std::ops::Range<u32>)>,
    branches_in_use: usize,
    /// Are there doors in objects of the event?
    opens_objects: bool,
}

/// One way to match a rule.
#[derive(Debug)]
struct Branch {
    rule: RuleId,
    /// The first branch of the same rule.
    first: u32,
    door: Option<ConditionId>,
    /// Where its conditions stand in `asked`, in the order in which the reference looks at their paths.
    conditions: std::ops::Range<u32>,
}

/// So many branches are settled without being told. Of 100,000 whose doors are chosen at once what belongs together lies
/// apart in memory, and questions take longer.
const MANY_UNSETTLED: usize = 2000;

impl Machine {
    /// Adds a rule. A rule that already has this number must be removed first.
    pub fn add(&mut self, rule: RuleId, pattern: &Pattern) {
        self.add_unsettled(rule, pattern);
        self.settle();
    }

    /// The same, but its doors are chosen later, when more is known about what others ask for: until [`Machine::settle`] it is
    /// asked about each event.
    pub fn add_unsettled(&mut self, rule: RuleId, pattern: &Pattern) {
        let first = self.branches.len() as u32;
        for branch in pattern.branches() {
            let from = self.asked.len();
            for list in branch.iter().map(|list| pattern.list(*list)) {
                let path = self.paths.add(&list.path, pattern.empty_keys());
                let tests: Vec<&Test> = list.tests.iter().map(|(test, _)| test).collect();
                let condition = self.condition(path, &tests);
                self.asked.push(condition);
            }
            self.add_branch(rule, first, from);
        }
        self.has_branches(rule, first);
    }

    /// Is there such a rule?
    pub fn has(&self, rule: RuleId) -> bool {
        self.place_of(rule).is_ok_and(|at| !self.rules[at].1.is_empty())
    }

    /// Removes a rule; was there one? What it alone needed stays until the machine is built anew.
    pub fn remove(&mut self, rule: RuleId) -> bool {
        let branches = self.place_of(rule).map(|at| std::mem::take(&mut self.rules[at].1)).unwrap_or_default();
        if branches.is_empty() {
            return false;
        }
        self.branches_in_use -= branches.len();
        for id in branches {
            let found = |waiting: &Waiting| waiting.branch.0 == id;
            if let Some(door) = self.branches[id as usize].door {
                let list = &mut self.conditions[door.0 as usize].branches;
                list.iter().position(found).map(|at| list.swap_remove(at));
            } else if let Some(at) = self.open.iter().position(found) {
                // Those behind keep their order: what is settled stands before what is not.
                self.open.remove(at);
                self.settled -= usize::from(at < self.settled);
            }
        }
        true
    }

    /// Chooses the doors of the rules that have none yet.
    pub fn settle(&mut self) {
        if self.settled == self.open.len() {
            return;
        }
        for waiting in self.open.split_off(self.settled) {
            self.choose_door(waiting.branch);
        }
        self.settled = self.open.len();
    }

    /// The same machine without what removed rules have left.
    pub(crate) fn rebuilt(&self) -> Machine {
        let mut new = Machine::default();
        for (rule, branches) in self.rules.iter().filter(|(_, branches)| !branches.is_empty()) {
            let first = new.branches.len() as u32;
            for branch in branches.clone() {
                let from = new.asked.len();
                for id in self.asked_by(&self.branches[branch as usize]) {
                    let condition = &self.conditions[id.0 as usize];
                    let (path, empty_keys) = self.paths.asked(condition.path);
                    let path = new.paths.add(&path, empty_keys);
                    let tests: Vec<&Test> = condition.tests.iter().collect();
                    let condition = new.condition(path, &tests);
                    new.asked.push(condition);
                }
                new.add_branch(*rule, first, from);
            }
            new.has_branches(*rule, first);
        }
        new.settle();
        new
    }

    /// How many branches it was ever given; against those in use it tells whether building it anew pays.
    pub fn branches_ever(&self) -> usize {
        self.branches.len()
    }

    /// How many branches are in use.
    pub fn branches_in_use(&self) -> usize {
        self.branches_in_use
    }

    /// The branches from `first` on are those of a rule.
    fn has_branches(&mut self, rule: RuleId, first: u32) {
        let all = first..self.branches.len() as u32;
        self.branches_in_use += all.len();
        match self.place_of(rule) {
            Ok(at) => self.rules[at].1 = all,
            Err(at) => self.rules.insert(at, (rule, all)),
        }
        if self.open.len() - self.settled > MANY_UNSETTLED {
            self.settle();
        }
    }

    fn place_of(&self, rule: RuleId) -> Result<usize, usize> {
        self.rules.binary_search_by_key(&rule, |(known, _)| *known)
    }

    #[inline]
    fn asked_by(&self, branch: &Branch) -> &[ConditionId] {
        &self.asked[branch.conditions.start as usize..branch.conditions.end as usize]
    }

    fn condition(&mut self, path: PathId, tests: &[&Test]) -> ConditionId {
        let mut mixer = Mixer::default();
        path.hash(&mut mixer);
        tests.iter().for_each(|test| condition::mix(test, &mut mixer));
        let hash = mixer.finish() as u32;
        let known = |id: u32| &self.conditions[id as usize];
        let same = |id: u32| known(id).path == path && known(id).has_tests(tests);
        if let Some(known) = self.known.find(hash, same) {
            return ConditionId(known);
        }
        let id = self.conditions.len() as u32;
        self.known.insert(hash, id);
        self.conditions.push(Condition::new(path, tests.iter().map(|test| condition::copied(test)).collect()));
        ConditionId(id)
    }

    /// Adds a branch whose conditions stand in `asked` from `from` on.
    fn add_branch(&mut self, rule: RuleId, first: u32, from: usize) {
        let id = BranchId(self.branches.len() as u32);
        self.doors.resize_with(self.paths.len(), Values::default);
        for id in &self.asked[from..] {
            let condition = &self.conditions[id.0 as usize];
            self.doors[condition.path.0 as usize].ask(&condition.tests);
        }
        self.branches.push(Branch { rule, first, door: None, conditions: from as u32..self.asked.len() as u32 });
        self.open.push(Waiting::unguarded(id, rule));
    }

    fn choose_door(&mut self, id: BranchId) {
        let at = id.0 as usize;
        let door = doors::choose(self, self.asked_by(&self.branches[at]));
        self.branches[at].door = door;
        let waiting = Waiting::new(self, id, &self.branches[at]);
        let wanted = self.wanted_by(&self.branches[at]);
        let Some(door) = door else {
            return self.open.push(waiting);
        };
        self.opens_objects |= self.paths.is_nested(self.conditions[door.0 as usize].path);
        let condition = &mut self.conditions[door.0 as usize];
        condition.wanted.add(wanted);
        condition.branches.push(waiting);
        if !std::mem::replace(&mut condition.is_door, true) {
            condition.tests.iter().for_each(|test| self.doors[condition.path.0 as usize].open(test, door));
        }
    }
}
