//! Do values for all paths of a branch stand in the same array elements? In: for each path, in the reference's order,
//! the places of the values that pass. Out: whether one can be chosen for each so that no two of them stand in different
//! elements of one array.
//!
//! A search from the first path to the last. What matters of the choices so far is only in which elements they stand of
//! the arrays that later paths look into, so a question that was answered before is not asked again; the places of an
//! array's element are neighbors, so those that do not fit are jumped over. For events without repeated keys this takes
//! about as many steps as there are values. With repeated keys one path can look into several arrays at once, which is
//! as hard as any question can be: the steps are counted.

use crate::event::{Fields, PathId, PlaceId};
use crate::limits::CONSISTENCY_STEPS;
use crate::value::Value;
use std::collections::{HashMap, HashSet};

/// The search was given up.
#[derive(Debug)]
pub(super) struct TooMany;

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
            places.sort_unstable();
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
    last: HashMap<u32, usize>,
}

/// One choice being made.
struct Frame {
    chosen: Chosen,
    /// The next of the passing places to try.
    next: usize,
}

/// Can one place be chosen for each?
pub(super) fn fit_together(fields: &Fields, choices: Vec<Choice>) -> Result<bool, TooMany> {
    let mut last = HashMap::new();
    for (at, choice) in choices.iter().enumerate() {
        for place in choice.passing.iter().chain(choice.any.iter().flatten()) {
            last.extend(fields.around(*place).map(|(array, _)| (array, at)));
        }
    }
    Search { fields, choices, last }.run()
}

impl Search<'_> {
    fn run(&self) -> Result<bool, TooMany> {
        let mut asked: HashSet<(usize, Chosen)> = HashSet::new();
        let mut frames = vec![Frame { chosen: Chosen::new(), next: 0 }];
        let mut steps = 0;
        while !frames.is_empty() {
            let at = frames.len();
            let frame = &mut frames[at - 1];
            steps += 1;
            if steps > CONSISTENCY_STEPS {
                return Err(TooMany);
            }
            let Some(chosen) = self.choose(frame, at - 1) else {
                frames.pop();
                continue;
            };
            if at == self.choices.len() {
                return Ok(true);
            }
            if asked.insert((at, chosen.clone())) {
                frames.push(Frame { chosen, next: 0 });
            }
        }
        Ok(self.choices.is_empty())
    }

    /// The next way to make the choice at `at`: what is chosen then.
    fn choose(&self, frame: &mut Frame, at: usize) -> Option<Chosen> {
        let choice = self.choices.get(at)?;
        if frame.next == 0
            && let Some(any) = &choice.any
            && self.fitting(any, 0, &frame.chosen).is_none()
        {
            // Nothing is there, so nothing can pass either: this is the only way.
            frame.next = usize::MAX;
            return Some(self.still_needed(frame.chosen.iter().copied(), at));
        }
        let found = self.fitting(&choice.passing, frame.next, &frame.chosen)?;
        frame.next = found + 1;
        let new = self
            .fields
            .around(choice.passing[found])
            .filter(|(array, _)| frame.chosen.binary_search_by_key(array, |chosen| chosen.0).is_err());
        Some(self.still_needed(frame.chosen.iter().copied().chain(new), at))
    }

    /// Without the arrays that no later choice looks into.
    fn still_needed(&self, chosen: impl Iterator<Item = (u32, PlaceId)>, at: usize) -> Chosen {
        let mut needed: Chosen =
            chosen.filter(|(array, _)| self.last.get(array).is_some_and(|last| *last > at)).collect();
        needed.sort_unstable();
        needed
    }

    /// The index of the first of `places`, from `next` on, that stands in no other element of a chosen array.
    fn fitting(&self, places: &[PlaceId], mut next: usize, chosen: &Chosen) -> Option<usize> {
        while let Some(place) = places.get(next) {
            let other = |(array, element): (u32, PlaceId)| {
                let at = chosen.binary_search_by_key(&array, |chosen| chosen.0).ok()?;
                (chosen[at].1 != element).then_some((array, chosen[at].1))
            };
            let Some((array, element)) = self.fields.around(*place).filter_map(other).last() else {
                return Some(next);
            };
            // On to the chosen element, or behind the array if that is past.
            let goal = if *place < element { element } else { PlaceId(self.fields.array_end(array)) };
            next += places[next..].partition_point(|place| *place < goal);
        }
        None
    }
}
