//! What to read from an event that is parsed already. In two strokes, because most events open few doors: first the
//! fields that may open doors, then those that the branches behind the open ones ask for.

use super::condition::{Condition, text_of};
use super::guards::Waiting;
use super::{Branch, Machine, Memory, RuleId, doors};
use crate::event::{PathId, Reading};
use crate::operators::Test;
use crate::operators::anything_but::AnythingBut;
use crate::operators::prefix::{Affix, Prefix};
use crate::order::sort_by;

/// Paths, as a bit for each; several share one if there are more than bits. So it may be a path too much, and never one
/// too few.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted(pub u32);

impl Wanted {
    fn step(step: u32) -> Wanted {
        Wanted(1 << (step % u32::BITS))
    }

    /// These paths as well.
    pub(super) fn add(&mut self, more: Wanted) {
        self.0 |= more.0;
    }
}

/// Clues, and what is behind the doors that each opens.
pub type Clues<'m> = Vec<(Clue<'m>, Vec<Way<'m>>)>;

/// What to read from an event: a tree over the pieces between the dots of paths.
#[derive(Debug)]
pub struct Plan<'m> {
    /// The pieces that lead to the steps 1, 2, … Step 0 is the event.
    pub pieces: Vec<&'m str>,
    /// Of each of these steps: the number of the step before it times four, plus 1 if a path ends there (whose bit in
    /// [`Wanted`] is the number of the step, modulo 32), plus 2 if values there can open doors.
    pub steps: Vec<u32>,
    /// Does nothing match unless a door is open?
    pub needs_door: bool,
    /// The steps with doors that only such texts open; these texts, and what is behind them.
    pub texts: Vec<(u32, Clues<'m>)>,
}

/// The value is this string, or, if the flag is set, a string that begins with it.
pub type Clue<'m> = (&'m str, bool);

/// What is behind a door: the paths that are wanted ([`Wanted`]); guards, all of which must let pass, or else nothing
/// matches; and the rule that then matches, if they are all that it asks for.
pub type Way<'m> = (u32, Vec<TextGuard<'m>>, Option<u32>);

/// What must be at a step.
#[derive(Clone, Debug)]
pub struct TextGuard<'m> {
    /// The step.
    pub step: u32,
    /// A value that is none of the texts, or one that is?
    pub wants_others: bool,
    /// The texts.
    pub texts: Vec<Clue<'m>>,
}

/// With more steps a plan would take more memory than it saves time.
const MANY_STEPS: usize = 20_000;

/// More ways for the texts of one step are not told, nor beginnings of more lengths: who reads the event asks about the
/// value.
const MANY: usize = 1000;
const MANY_LENGTHS: usize = 4;

/// More branches behind one door are one way without guards.
const MANY_WAYS: usize = 64;

/// More guards of a way are not told unless they are all that it asks for, nor those deeper in the event or of more texts.
const MANY_GUARDS: usize = 2;
const ALL_GUARDS: usize = 6;
const DEEP: usize = 3;
const MANY_TEXTS: usize = 8;

impl Machine {
    /// How to read an event that is parsed already. None if only its text will do.
    pub fn plan(&self) -> Option<Plan<'_>> {
        let steps = self.paths.steps().filter(|steps| steps.len() <= MANY_STEPS)?;
        let mut doors: Vec<Vec<&Condition>> = vec![Vec::new(); steps.len() + 1];
        for door in self.conditions.iter().filter(|condition| !condition.branches.is_empty()) {
            doors[self.paths.end_of(door.path) as usize].push(door);
        }
        let flags = |at: usize, ends: bool| u32::from(ends) | u32::from(!doors[at + 1].is_empty()) << 1;
        let step = |(at, (from, _, end)): (usize, &(u32, &str, Option<PathId>))| from << 2 | flags(at, end.is_some());
        let texts = doors.iter().enumerate().filter_map(|(step, doors)| Some((step as u32, self.texts_of_all(doors)?)));
        Some(Plan {
            pieces: steps.iter().map(|(_, piece, _)| *piece).collect(),
            steps: steps.iter().enumerate().map(step).collect(),
            needs_door: self.open.is_empty(),
            texts: texts.collect(),
        })
    }

    /// Of the fields that were read: what the branches behind the doors ask for that they open. It is enough to know the
    /// fields that the plan marks, and not where they stand in arrays. `None` if they were not read by the plan.
    pub fn wanted(&self, doors: Reading<'_>, memory: &mut Memory) -> Option<Wanted> {
        doors.collect(&self.paths, &mut memory.fields)?;
        memory.begin(self.conditions.len());
        self.open_doors("", memory);
        let mut wanted = Wanted::default();
        memory.opened.iter().for_each(|door| wanted.add(self.conditions[door.0 as usize].wanted));
        Some(wanted)
    }

    /// As [`Machine::matches`], for an event that was read by the plan. `None` if it needs to be read as text: to say
    /// what is wrong with it, or because it was not read by the plan.
    pub fn matches_reading<'m>(&self, reading: Reading<'_>, memory: &'m mut Memory) -> Option<&'m [RuleId]> {
        reading.collect(&self.paths, &mut memory.fields)?;
        self.answer("", memory).ok()
    }

    /// The paths that a branch asks for.
    pub(super) fn wanted_by(&self, branch: &Branch) -> Wanted {
        let mut wanted = Wanted::default();
        for id in self.asked_by(branch) {
            wanted.add(Wanted::step(self.paths.end_of(self.conditions[id.0 as usize].path)));
        }
        wanted
    }

    /// The texts that open these doors, if there are doors and nothing else opens them.
    fn texts_of_all<'m>(&'m self, doors: &[&'m Condition]) -> Option<Clues<'m>> {
        let mut all = Vec::new();
        let mut count = 0;
        for door in doors {
            let ways = self.ways(door);
            let texts = texts_of(door)?;
            count += texts.len() * ways.len();
            if count > MANY {
                return None;
            }
            all.extend(texts.into_iter().map(|text| (text, ways.clone())));
        }
        let mut lengths = Vec::new();
        for ((text, _), _) in all.iter().filter(|((_, begins), _)| *begins) {
            if lengths.len() <= MANY_LENGTHS && !lengths.contains(&text.len()) {
                lengths.push(text.len());
            }
        }
        Some(all).filter(|all| !all.is_empty() && lengths.len() <= MANY_LENGTHS)
    }

    fn ways<'m>(&'m self, door: &'m Condition) -> Vec<Way<'m>> {
        if door.branches.len() > MANY_WAYS {
            return vec![(door.wanted.0, Vec::new(), None)];
        }
        let way = |waiting: &Waiting| {
            let branch = &self.branches[waiting.branch.0 as usize];
            let (guards, are_all) = self.guards(branch);
            (self.wanted_by(branch).0, guards, are_all.then_some(branch.rule.0))
        };
        door.branches.iter().map(way).collect()
    }

    /// The conditions of a branch that are guards, those first that say the most; are they all that it asks for beside its
    /// door?
    fn guards(&self, branch: &Branch) -> (Vec<TextGuard<'_>>, bool) {
        let others = self.asked_by(branch).iter().filter(|id| Some(**id) != branch.door);
        let mut others: Vec<u64> = others.map(|id| doors::cost(self, *id) << 32 | u64::from(id.0)).collect();
        sort_by(&mut others, |a, b| a < b);
        let guards = others.iter().filter_map(|other| self.guard(&self.conditions[*other as u32 as usize]));
        let mut guards: Vec<_> = guards.collect();
        let are_all = guards.len() == others.len() && guards.len() <= ALL_GUARDS;
        guards.truncate(if are_all { ALL_GUARDS } else { MANY_GUARDS });
        (guards, are_all)
    }

    fn guard<'m>(&self, condition: &'m Condition) -> Option<TextGuard<'m>> {
        let step = self.paths.end_of(condition.path);
        let (wants_others, texts) = match texts_of(condition) {
            Some(texts) => (false, texts),
            None => (true, unwanted(condition)?),
        };
        let small = texts.len() <= MANY_TEXTS && self.paths.depth(step) <= DEEP;
        small.then_some(TextGuard { step, wants_others, texts })
    }
}

/// The texts that do not pass a condition, if all others do.
fn unwanted(condition: &Condition) -> Option<Vec<Clue<'_>>> {
    let [Test::AnythingBut(test)] = &*condition.tests else {
        return None;
    };
    let (texts, begins) = match test {
        AnythingBut::Strings(texts) => (texts, false),
        AnythingBut::Prefix(texts) => (texts, true),
        _ => return None,
    };
    texts.iter().map(|text| clue(text, begins)).collect()
}

/// The texts that pass a condition, if nothing else does. In a value half of a surrogate pair counts as `?`, so texts with
/// one may be equal to others. A quote can stand for the one around the value (`operators::prefix`).
fn texts_of(condition: &Condition) -> Option<Vec<Clue<'_>>> {
    condition.tests.iter().map(text_of_any).collect()
}

fn text_of_any(test: &Test) -> Option<Clue<'_>> {
    match test {
        Test::Prefix(Prefix { text: Affix::Plain(text) }) => clue(text, true),
        test => clue(text_of(test)?, false),
    }
}

fn clue(text: &str, begins: bool) -> Option<Clue<'_>> {
    let plain = !(text.contains('?') || begins && text.contains('"'));
    plain.then_some((text, begins))
}
