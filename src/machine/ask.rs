//! What a machine does with an event: which doors open, which branches behind them match.

use super::guards::{Left, Said, Waiting};
use super::memory::{self, PASSES, Possible};
use super::values::Opened;
use super::{Branch, ConditionId, Machine, Memory, RuleId, fields};
use crate::event::{EventError, InPlace, Problem, read};
use crate::operators::Test;
use crate::text::Span;
use std::hint::black_box;

impl Machine {
    /// The rules that match an event, ascending.
    ///
    /// # Errors
    /// If it is no event, see [`crate::event::read`].
    pub fn matches<'m>(
        &self,
        event: &(impl AsRef<[u8]> + ?Sized),
        memory: &'m mut Memory,
    ) -> Result<&'m [RuleId], EventError> {
        let text = read(event, &self.paths, &mut memory.fields)?;
        self.answer(text, memory)
    }

    /// The same for an event that need not be copied.
    pub(crate) fn matches_in_place<'m>(
        &self,
        event: InPlace<'_>,
        memory: &'m mut Memory,
    ) -> Result<&'m [RuleId], EventError> {
        let text = event.read(&self.paths, &mut memory.fields)?;
        self.answer(text, memory)
    }

    /// The rules that match the fields that were read.
    pub(super) fn answer<'m>(&self, text: &str, memory: &'m mut Memory) -> Result<&'m [RuleId], EventError> {
        memory.begin(self.conditions.len());
        self.open_doors(text, memory);
        // All branches first, so that `fetch` knows everything that will be asked.
        for at in 0..memory.opened.len() {
            let door = memory.opened[at];
            self.sift(&self.conditions[door.0 as usize].branches, Some(door), text, memory);
        }
        self.sift(&self.open, None, text, memory);
        self.fetch(memory);
        for at in 0..memory.possible.len() {
            self.try_branch(memory.possible[at], text, memory)?;
        }
        if memory.matched.len() > 1 {
            memory.put_in_order();
        }
        Ok(&memory.matched)
    }

    pub(super) fn open_doors(&self, text: &str, memory: &mut Memory) {
        let Memory { fields, judged, opened, room, .. } = memory;
        let mut opened = Opened { judged, doors: opened };
        for at in 0..fields.all().len() {
            let path = fields.all()[at].path;
            if let Some(doors) = self.doors.get(path.0 as usize).filter(|doors| doors.has_doors()) {
                fields.read_number(text, at);
                doors.opened_by(&fields.value(text, &fields.all()[at]), room, &mut opened);
            }
        }
    }

    /// Which branches match, or may do so.
    fn sift(&self, branches: &[Waiting], door: Option<ConditionId>, text: &str, memory: &mut Memory) {
        for waiting in branches {
            let left = match waiting.ask(self, text, memory) {
                Said::No => continue,
                Said::Yes => waiting.left,
                // A guard could not tell, since several values stand at its path: all conditions are asked, its own as well.
                Said::Perhaps => Left::All,
            };
            if matches!(left, Left::Nothing) && (memory.fields.flat() || waiting.is_one_condition()) {
                memory.matched.push(waiting.rule);
            } else {
                memory.possible.push(Possible { branch: waiting.branch, rule: waiting.rule, door, left });
            }
        }
    }

    /// Looks at what will be asked next, so that the processor fetches all of it at once. With 100,000 rules it would else
    /// wait for the memory several times for each branch.
    fn fetch(&self, memory: &Memory) {
        let asked = |possible: &Possible| match possible.left {
            Left::Nothing => 0,
            Left::One(id) => self.touch(id),
            Left::Two([one, two]) => self.touch(one) + self.touch(two),
            Left::All => {
                let conditions = self.asked_by(&self.branches[possible.branch.0 as usize]).iter();
                conditions.map(|id| self.touch(*id)).sum()
            }
        };
        black_box(memory.possible.iter().map(asked).sum::<usize>());
    }

    /// Reads a condition and its first test, which brings both near. What it says does not matter: it is summed up so that
    /// nobody leaves the reading out.
    #[inline(always)]
    fn touch(&self, id: ConditionId) -> usize {
        let tests = &self.conditions[id.0 as usize].tests;
        usize::from(matches!(tests.first(), Some(Test::Equals(_))))
    }

    fn try_branch(&self, possible: Possible, text: &str, memory: &mut Memory) -> Result<(), EventError> {
        let Possible { branch, rule, door, left } = possible;
        let mut passes = |id: ConditionId| Some(id) == door || self.passes(id, text, memory);
        let pass = match left {
            Left::Nothing => true,
            Left::One(id) => passes(id),
            Left::Two([one, two]) => passes(one) && passes(two),
            Left::All => self.asked_by(&self.branches[branch.0 as usize]).iter().all(|id| passes(*id)),
        };
        if pass && (memory.fields.flat() || self.fits_together(&self.branches[branch.0 as usize], text, memory)?) {
            memory.matched.push(rule);
        }
        Ok(())
    }

    /// Is there a value that passes, or none where none is wanted? Which of several is no question here.
    #[inline(always)]
    fn passes(&self, id: ConditionId, text: &str, memory: &mut Memory) -> bool {
        match memory.judged.bits(id) {
            Some(bits) => bits & PASSES != 0,
            None => self.judge(id, text, memory),
        }
    }

    #[inline(never)]
    fn judge(&self, id: ConditionId, text: &str, memory: &mut Memory) -> bool {
        let condition = &self.conditions[id.0 as usize];
        let fields = &memory.fields;
        // In arrays of objects a value may be absent from the element in question and present in another.
        let missing = || fields.nested(condition.path) || fields.at(condition.path).next().is_none();
        let absent = condition.wants_absence && missing();
        let passes = absent || fields.at(condition.path).any(|field| condition.takes(&fields.value(text, field)));
        memory.judged.note(id, u32::from(passes) * PASSES);
        passes
    }

    #[inline(never)]
    fn fits_together(&self, branch: &Branch, text: &str, memory: &mut Memory) -> Result<bool, EventError> {
        let Memory { fields, steps, marks, judged, .. } = memory;
        let conditions = self.asked_by(branch);
        let condition = |id: &ConditionId| &self.conditions[id.0 as usize];
        // Fields outside of arrays fit to all others, and one path alone fits to itself.
        let mut nested = conditions.iter().map(condition).filter(|condition| fields.nested(condition.path));
        let alone = nested.next().is_none_or(|first| !first.wants_absence) && nested.next().is_none();
        if alone {
            return Ok(true);
        }
        let nested = conditions.iter().map(condition).filter(|condition| fields.nested(condition.path));
        if let Some(answer) = fields::in_one_element(fields, text, nested, marks) {
            return Ok(answer);
        }
        let choices = conditions.iter().map(condition).map(|condition| {
            fields::Choice::new(fields, text, condition.path, condition.wants_absence, |value| condition.takes(value))
        });
        fields::fit_together(fields, choices.collect(), memory::steps_of(steps, branch.first, judged.event()))
            .map_err(|fields::TooMany| EventError::one(text, Problem::TooAmbiguous, Span::new(0, text.len().min(1))))
    }
}
