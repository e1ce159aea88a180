//! What a machine writes down while it answers.

use super::guards::Left;
use super::{BranchId, ConditionId, RuleId};
use crate::event::Fields;
use crate::order::sort_by;

/// What a machine writes down while it answers. Can be used again, also for another machine.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) fields: Fields,
    pub(super) judged: Judged,
    pub(super) opened: Vec<ConditionId>,
    pub(super) matched: Vec<RuleId>,
    /// The branches that may match.
    pub(super) possible: Vec<Possible>,
    /// For each path: the event that was last looked at, and the number of its value there.
    pub(super) numbers: Vec<(u32, u32)>,
    /// By the first branch of a rule: the event in which its fields were last searched for in arrays, and what that has cost.
    pub(super) steps: Vec<(u32, usize)>,
    pub(super) room: Room,
    /// Room for what stands in the elements of an array.
    pub(super) marks: Vec<u32>,
    /// Room for putting many rules in order.
    bits: Vec<u64>,
}

/// A branch of a rule that may match, by which door it was reached, and what is still to be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Possible {
    pub(super) branch: BranchId,
    pub(super) rule: RuleId,
    pub(super) door: Option<ConditionId>,
    pub(super) left: Left,
}

impl Memory {
    /// Another event begins.
    pub(super) fn begin(&mut self, conditions: usize) {
        if self.judged.begin(conditions) {
            self.numbers.clear();
            self.steps.clear();
        }
        self.opened.clear();
        self.possible.clear();
        self.matched.clear();
    }

    /// The rules in the order of their numbers, each once.
    #[inline(never)]
    pub(super) fn put_in_order(&mut self) {
        let Memory { matched, bits, .. } = self;
        let highest = matched.iter().map(|rule| rule.0).max().unwrap_or(0) as usize;
        if matched.len() * 64 < highest {
            sort_by(matched, |a, b| a < b);
            return matched.dedup();
        }
        bits.clear();
        bits.resize(highest / 64 + 1, 0);
        for rule in matched.drain(..) {
            bits[rule.0 as usize / 64] |= 1 << (rule.0 % 64);
        }
        for (word, mut rest) in bits.iter().copied().enumerate() {
            while rest != 0 {
                matched.push(RuleId(word as u32 * 64 + rest.trailing_zeros()));
                rest &= rest - 1;
            }
        }
    }
}

/// What a rule has cost so far in an event.
pub(super) fn steps_of(steps: &mut Vec<(u32, usize)>, first: u32, event: u32) -> &mut usize {
    let at = first as usize;
    steps.resize(steps.len().max(at + 1), (0, 0));
    if steps[at].0 != event {
        steps[at] = (event, 0);
    }
    &mut steps[at].1
}

/// Room for what is written down about one value.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) bytes: Vec<u8>,
    /// A bit for each number that was seen, and the words that are not zero.
    seen: Vec<u64>,
    used: Vec<u32>,
}

impl Room {
    /// Is it seen for the first time since `forget`?
    pub(super) fn is_new(&mut self, number: u32) -> bool {
        let at = number / 64;
        if self.seen.len() <= at as usize {
            self.seen.resize(at as usize + 1, 0);
        }
        let word = &mut self.seen[at as usize];
        if *word == 0 {
            self.used.push(at);
        }
        let before = *word;
        *word |= 1 << (number % 64);
        *word != before
    }

    pub(super) fn forget(&mut self) {
        for at in self.used.drain(..) {
            self.seen[at as usize] = 0;
        }
    }
}

/// What is known about the conditions of this event. A note is the number of the event and two bits; older notes are
/// none, so that nothing needs to be wiped out between events.
#[derive(Debug, Default)]
pub(super) struct Judged {
    notes: Vec<u32>,
    event: u32,
}

pub(super) const PASSES: u32 = 1;
pub(super) const OPENED: u32 = 2;
const BITS: u32 = 2;

impl Judged {
    /// The number of the event, from 1 on.
    pub(super) fn event(&self) -> u32 {
        self.event
    }

    /// Another event begins. Once in a thousand million events the count starts again, and old notes would look new.
    fn begin(&mut self, conditions: usize) -> bool {
        self.event += 1;
        let again = self.event >> (32 - BITS) != 0;
        if again {
            self.notes.clear();
            self.event = 1;
        }
        if self.notes.len() < conditions {
            self.notes.resize(conditions, 0);
        }
        again
    }

    #[inline(always)]
    pub(super) fn note(&mut self, id: ConditionId, bits: u32) {
        self.notes[id.0 as usize] = self.event << BITS | bits;
    }

    /// Is it opened, or was it judged to pass or not?
    #[inline(always)]
    pub(super) fn bits(&self, id: ConditionId) -> Option<u32> {
        let note = self.notes[id.0 as usize];
        (note >> BITS == self.event).then_some(note & (PASSES | OPENED))
    }

    #[inline(always)]
    pub(super) fn is_opened(&self, id: ConditionId) -> bool {
        self.bits(id).is_some_and(|bits| bits & OPENED != 0)
    }
}
