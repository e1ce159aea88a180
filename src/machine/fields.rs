//! Do values for all paths of a branch stand in the same array elements? In: for each path, in the reference's order,
//! the places of the values that pass. Out: whether one can be chosen for each so that no two of them stand in different
//! elements of one array.
//!
//! A search from the first path to the last. What matters of the choices so far is only in which elements they stand of
//! the arrays that later paths look into, so a question that was answered before is not asked again; the places of an
//! array's element are neighbors, so those that fit are a few ranges. For events without repeated keys this takes
//! about as many steps as there are values. With repeated keys one path can look into several arrays at once, which is
//! as hard as any question can be: the elements that are looked at are counted.

use super::condition::Condition;
use crate::event::{Fields, PathId, PlaceId};
use crate::limits::CONSISTENCY_STEPS;
use crate::order::{Map, sort_by};
use crate::value::Value;
use std::ops::Range;

/// The search was given up.
#[derive(Debug)]
pub(super) struct TooMany;

/// Is there an element of an array in which values stand for all of these conditions? Where all their values stand in the
/// elements of one array, and in no arrays around or inside of it, this is the whole question; `None` where they do not.
pub(super) fn in_one_element<'c>(
    fields: &Fields,
    text: &str,
    conditions: impl Iterator<Item = &'c Condition>,
    marks: &mut Vec<u32>,
) -> Option<bool> {
    marks.clear();
    let mut array = None;
    let mut all = 0;
    let mut found = false;
    for (condition, before) in conditions.zip(0..) {
        if condition.wants_absence {
            return None;
        }
        found = false;
        all = before + 1;
        for field in fields.at(condition.path) {
            let mut around = fields.around(field.place);
            let (of, place) = around.next()?;
            if around.next().is_some() || *array.get_or_insert(of) != of {
                return None;
            }
            if marks.is_empty() {
                marks.resize(fields.places(), 0);
            }
            let mark = &mut marks[place.0 as usize];
            if *mark == before && condition.takes(&fields.value(text, field)) {
                *mark = all;
                found = true;
            }
        }
    }
    Some(found || all == 0)
}

/// What a branch can choose at one of its paths.
pub(super) struct Choice {
    /// Where values stand that pass, ascending.
    passing: Vec<PlaceId>,
    /// Where any values stand, if it passes to have none.
    any: Option<Vec<PlaceId>>,
}

impl Choice {
    pub(super) fn new(
        fields: &Fields,
        text: &str,
        path: PathId,
        wants_absence: bool,
        passes: impl Fn(&Value<'_>) -> bool,
    ) -> Choice {
        let places = |mut places: Vec<PlaceId>| {
            sort_by(&mut places, |a, b| a < b);
            places.dedup();
            places
        };
        let passing = fields.at(path).filter(|field| passes(&fields.value(text, field))).map(|field| field.place);
        let any = wants_absence.then(|| places(fields.at(path).map(|field| field.place).collect()));
        Choice { passing: places(passing.collect()), any }
    }
}

/// The elements that were chosen: array and place, ascending.
type Chosen = Vec<(u32, PlaceId)>;

struct Search<'a> {
    fields: &'a Fields,
    choices: Vec<Choice>,
    /// The last choice that looks into an array.
    last: Map<u32, usize>,
    steps: usize,
}

/// One choice being made.
struct Frame {
    chosen: Chosen,
    /// It passes that there is no value: this is the only way then.
    absent: bool,
    /// The passing places that are still to be tried, by index, the last ones first.
    rest: Vec<Range<usize>>,
}

/// Can one place be chosen for each? `steps` goes on from branch to branch of a rule.
pub(super) fn fit_together(fields: &Fields, choices: Vec<Choice>, steps: &mut usize) -> Result<bool, TooMany> {
    let mut last = Map::default();
    for (at, choice) in choices.iter().enumerate() {
        *steps += choice.passing.len();
        for place in choice.passing.iter().chain(choice.any.iter().flatten()) {
            // Who has looked into an array has looked into those around it.
            let new = |(array, _): &(u32, PlaceId)| last.insert(*array, at) != Some(at);
            fields.around(*place).take_while(new).for_each(drop);
        }
    }
    let mut search = Search { fields, choices, last, steps: *steps };
    let outcome = search.run();
    *steps = search.steps;
    outcome
}

impl Search<'_> {
    fn run(&mut self) -> Result<bool, TooMany> {
        let mut asked: Map<(usize, Chosen), ()> = Map::default();
        let mut frames = vec![self.frame(Chosen::new(), 0)];
        while let Some(mut frame) = frames.pop() {
            let at = frames.len();
            let Some(chosen) = self.choose(&mut frame, at) else {
                continue;
            };
            self.steps += 1 + chosen.len() + frame.chosen.len();
            if self.steps > CONSISTENCY_STEPS {
                return Err(TooMany);
            }
            frames.push(frame);
            let at = frames.len();
            if at == self.choices.len() {
                return Ok(true);
            }
            if asked.insert((at, chosen.clone()), ()).is_none() {
                frames.push(self.frame(chosen, at));
            }
        }
        Ok(self.choices.is_empty())
    }

    fn frame(&self, chosen: Chosen, at: usize) -> Frame {
        let Some(choice) = self.choices.get(at) else {
            return Frame { chosen, absent: false, rest: Vec::new() };
        };
        let absent = choice.any.as_ref().is_some_and(|any| self.fitting(any, &chosen).is_empty());
        let mut rest = self.fitting(&choice.passing, &chosen);
        rest.reverse();
        Frame { chosen, absent, rest }
    }

    /// The next way to make the choice at `at`: what is chosen then.
    fn choose(&self, frame: &mut Frame, at: usize) -> Option<Chosen> {
        if std::mem::take(&mut frame.absent) {
            return Some(self.still_needed(frame.chosen.iter().copied(), at));
        }
        let next = frame.rest.last_mut()?;
        let place = self.choices[at].passing[next.start];
        next.start += 1;
        if next.start == next.end {
            frame.rest.pop();
        }
        let known = |array: u32| frame.chosen.binary_search_by_key(&array, |chosen| chosen.0).is_ok();
        let new = self.fields.around(place).filter(|(array, _)| !known(*array));
        Some(self.still_needed(frame.chosen.iter().copied().chain(new), at))
    }

    /// Without the arrays that no later choice looks into.
    fn still_needed(&self, chosen: impl Iterator<Item = (u32, PlaceId)>, at: usize) -> Chosen {
        let mut needed: Chosen =
            chosen.filter(|(array, _)| self.last.get(array).is_some_and(|last| *last > at)).collect();
        sort_by(&mut needed, |a, b| a < b);
        needed
    }

    /// Those of `places` that stand in no other element of a chosen array, as ranges of their indices.
    fn fitting(&self, places: &[PlaceId], chosen: &Chosen) -> Vec<Range<usize>> {
        let index = |number: u32| places.partition_point(|place| place.0 < number);
        let mut fitting = Vec::new();
        let mut keep = |from: u32, to: u32| {
            fitting.extend(Some(index(from)..index(to)).filter(|range| from < to && !range.is_empty()));
        };
        // The chosen elements around the current place: where each ends, and its array.
        let mut around: Vec<(u32, u32)> = Vec::new();
        let mut at = 0;
        for &(array, element) in chosen {
            let inside = self.fields.inside(array);
            while let Some((end, behind)) = around.pop_if(|(end, _)| *end <= inside.start) {
                keep(at, end);
                at = behind;
            }
            keep(at, inside.start);
            at = element.0;
            around.push((self.fields.place(element).end, inside.end));
        }
        while let Some((end, behind)) = around.pop() {
            keep(at, end);
            at = behind;
        }
        keep(at, u32::MAX);
        fitting
    }
}
