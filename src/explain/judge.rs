//! The rules of matching, word by word.

use super::elements::{Chosen, remaining};
use super::too_ambiguous;
use crate::event::{EventError, Field, Fields, PathId, Paths, PlaceId, read};
use crate::limits::CONSISTENCY_STEPS;
use crate::order::sort_by;
use crate::pattern::{Branch, List, ListId, Pattern};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is known about a pattern and an event.
pub(super) struct Verdict<'a> {
    pub(super) pattern: &'a Pattern,
    pub(super) event: &'a str,
    pub(super) fields: Fields,
    pub(super) paths: Paths,
    /// The path of each list.
    ids: Vec<PathId>,
    /// For each list: where values stand that pass.
    passing: Vec<Vec<PlaceId>>,
    /// The branch that matches, or the one that comes nearest: the fewest of its lists fail.
    pub(super) branch: &'a [ListId],
    pub(super) matches: bool,
    /// How much was looked at: characters, tests of values, elements.
    pub(super) effort: usize,
}

/// Judges a pattern and an event.
pub(super) fn judge<'a>(pattern: &'a Pattern, event: &'a str) -> Result<Verdict<'a>, EventError> {
    let mut paths = Paths::default();
    let ids = pattern.lists().iter().map(|list| paths.add(&list.path, pattern.empty_keys())).collect();
    let mut fields = Fields::default();
    read(event, &paths, &mut fields)?;
    let passing = Vec::new();
    let mut verdict = Verdict { pattern, event, fields, paths, ids, passing, branch: &[], matches: false, effort: 0 };
    verdict.passing = (0..pattern.lists().len() as u32).map(|id| verdict.passing_places(ListId(id))).collect();
    let mut search = Search::new(&verdict);
    for branch in pattern.branches() {
        if search.fits(branch)? {
            verdict.branch = branch;
            verdict.matches = true;
            return Ok(verdict);
        }
    }
    let asked: usize =
        (0..).zip(pattern.lists()).map(|(id, l)| verdict.fields_of(ListId(id)).count() * l.tests.len()).sum();
    verdict.effort = event.len() + asked + search.steps;
    let failing = |branch: &&Branch| branch.iter().filter(|list| !verdict.passes_alone(**list)).count();
    verdict.branch = pattern.branches().iter().min_by_key(failing).map_or(&[], |branch| branch);
    Ok(verdict)
}

impl<'a> Verdict<'a> {
    pub(super) fn list(&self, list: ListId) -> &'a List {
        self.pattern.list(list)
    }

    /// The path of a list, for people.
    pub(super) fn path(&self, list: ListId) -> String {
        self.list(list).path.utf8().into_owned()
    }

    /// The fields at the path of a list.
    pub(super) fn fields_of(&self, list: ListId) -> impl Iterator<Item = &Field> {
        self.fields.at(self.ids[list.0 as usize])
    }

    /// Where values stand that pass a list.
    pub(super) fn passing(&self, list: ListId) -> &[PlaceId] {
        &self.passing[list.0 as usize]
    }

    /// Does a list pass if no other list is asked?
    pub(super) fn passes_alone(&self, list: ListId) -> bool {
        let absent = || self.list(list).wants_absence() && self.fields_of(list).next().is_none();
        !self.passing(list).is_empty() || absent()
    }

    /// Does the value of a field pass a list?
    pub(super) fn field_passes(&self, list: ListId, field: &Field) -> bool {
        let value = self.fields.value(self.event, field);
        self.list(list).tests.iter().any(|(test, _)| test.passes(&value))
    }

    fn passing_places(&self, list: ListId) -> Vec<PlaceId> {
        let passing = self.fields_of(list).filter(|field| self.field_passes(list, field));
        ascending(passing.map(|field| field.place).collect())
    }
}

/// The search for values that belong together.
struct Search<'v, 'a> {
    verdict: &'v Verdict<'a>,
    /// For each path: where values stand, and the arrays around them.
    places: BTreeMap<PathId, (Vec<PlaceId>, BTreeSet<u32>)>,
    steps: usize,
}

impl<'v, 'a> Search<'v, 'a> {
    fn new(verdict: &'v Verdict<'a>) -> Search<'v, 'a> {
        let mut places: BTreeMap<PathId, (Vec<PlaceId>, BTreeSet<u32>)> = BTreeMap::new();
        for field in verdict.fields.all() {
            let (places, arrays) = places.entry(field.path).or_default();
            places.push(field.place);
            // Who stands in an array stands in those around it.
            verdict.fields.around(field.place).take_while(|(array, _)| arrays.insert(*array)).for_each(drop);
        }
        for (places, _) in places.values_mut() {
            *places = ascending(std::mem::take(places));
        }
        Search { verdict, places, steps: 0 }
    }

    /// The rule of matching itself: going through the paths in order, every way to choose a value that passes and that
    /// stands in no other element of an array than the values before it; or no value, where none is wanted and no value
    /// at this path would fit to those before it.
    fn fits(&mut self, branch: &Branch) -> Result<bool, EventError> {
        let verdict = self.verdict;
        if branch.iter().any(|list| verdict.passing(*list).is_empty() && !verdict.list(*list).wants_absence()) {
            return Ok(false);
        }
        let last_use = self.last_use(branch);
        let mut ways = vec![(0, Chosen::new())];
        let mut known = BTreeSet::new();
        while let Some((at, chosen)) = ways.pop() {
            let Some(list) = branch.get(at) else {
                return Ok(true);
            };
            let mut choose = |steps: &mut usize, mut with: Chosen| {
                *steps += 1 + with.len();
                // What no later path looks into makes no difference any more.
                with.retain(|array, _| last_use.get(array).is_some_and(|last| *last > at));
                if known.insert((at + 1, with.clone())) {
                    ways.push((at + 1, with));
                }
            };
            let values = self.places.get(&verdict.ids[list.0 as usize]).map_or(&[][..], |(places, _)| places);
            let fitting = remaining(&verdict.fields, values, &chosen);
            if fitting.is_empty() && verdict.list(*list).wants_absence() {
                choose(&mut self.steps, chosen.clone());
            }
            for place in fitting.iter().filter(|place| verdict.passing(*list).binary_search(place).is_ok()) {
                let mut with = chosen.clone();
                with.extend(verdict.fields.around(*place));
                choose(&mut self.steps, with);
            }
            self.steps += 1 + chosen.len() + fitting.len();
            if self.steps > CONSISTENCY_STEPS {
                return Err(too_ambiguous(verdict.event));
            }
        }
        Ok(false)
    }

    /// The last list that looks into each array.
    fn last_use(&self, branch: &Branch) -> BTreeMap<u32, usize> {
        let arrays = |list: &ListId| self.places.get(&self.verdict.ids[list.0 as usize]).map(|(_, arrays)| arrays);
        let used = branch.iter().enumerate().filter_map(|(at, list)| Some((at, arrays(list)?)));
        used.flat_map(|(at, arrays)| arrays.iter().map(move |array| (*array, at))).collect()
    }
}

fn ascending(mut places: Vec<PlaceId>) -> Vec<PlaceId> {
    sort_by(&mut places, |a, b| a < b);
    places.dedup();
    places
}
